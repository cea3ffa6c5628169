/** What stands in the way of a close for good, with a box for each in which it is explained, on a quarter's page and a year's. */
import type { FastifyRequest } from "fastify";
import type { Setting } from "./frame.ts";

type Item = { readonly item: string; readonly state: string; readonly title: string; readonly words: string };
export type Values = Readonly<Record<string, string>>;

/** What was sent, as it was typed. */
export function fieldsOf({ request }: { readonly request: FastifyRequest }): Values {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
  );
}

/** An earlier period that is open cannot be explained away. */
export function stopsOf(items: readonly Item[], the: Pick<Setting, "words"> & { readonly values: Values }) {
  return items
    .filter(({ item, state }) => state === "stop" && item !== "earlier")
    .map((one) => ({
      field: `explained_${one.item}`,
      label: the.words("whyStop", { title: one.title, words: one.words }),
      value: the.values[`explained_${one.item}`] ?? "",
    }));
}

export function explainedIn(values: Values): { item: string; words: string }[] {
  return Object.entries(values).flatMap(([name, said]) =>
    name.startsWith("explained_") && said.trim() !== "" ? [{ item: name.slice("explained_".length), words: said }] : [],
  );
}
