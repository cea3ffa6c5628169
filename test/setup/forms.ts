/** Forms as a person without scripts sends them: each with its own request key, twice, and what the page then says. */
import { expect } from "vitest";
import type { Fields, Visitor } from "./doors.ts";

export const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

/** The key of each form of a page, by the state that the form asks for; "" where it asks for none. */
export function keysIn(html: string): ReadonlyMap<string, string> {
  const forms = html.match(/<form method="post"[\s\S]*?<\/form>/g) ?? [];
  return new Map(
    forms.flatMap((form) => {
      const key = /name="requestKey" value="([0-9a-f-]{36})"/.exec(form)?.[1];
      return key === undefined ? [] : [[/name="state" value="(\w+)"/.exec(form)?.[1] ?? "", key] as const];
    }),
  );
}

/** Fetches a form and sends it twice with its own request key: the second answer is the first. */
export async function sendTwice(visitor: Visitor, { url, fields }: { readonly url: string; readonly fields: Fields }) {
  const page = await visitor.get(url);
  expect(page.statusCode, textOf(page.body)).toBe(200);
  const requestKey = keysIn(page.body).get(fields["state"] ?? "") ?? "";
  expect(requestKey).not.toBe("");
  const first = await visitor.post(url, { ...fields, requestKey });
  if (first.statusCode !== 303) return first;
  const again = await visitor.post(url, { ...fields, requestKey });
  expect([again.statusCode, again.headers["location"]], textOf(again.body)).toEqual([303, first.headers["location"]]);
  return first;
}

/** The fields at fault, by the links of the error summary. */
export function faultsIn(html: string): readonly string[] {
  const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? "";
  return [...summary.matchAll(/href="#([^"]+)"/g)].map(([, name = ""]) => name);
}
