/**
 * The filter of the spending pages and their addresses. A form sends an empty field for "any", so lines that name no
 * service area have a sign of their own in the address.
 */
import type { Language } from "../../../lib/language.ts";
import { spendingWords } from "./words.ts";

export type SpendQuery = {
  readonly publisherId?: string | undefined;
  readonly serviceArea?: string | undefined;
  readonly supplier?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly fileId?: string | undefined;
  /** Of lines only: money that came back. */
  readonly credits?: "only" | undefined;
};

const NO_AREA = "(none)";
const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type QueryFault = { readonly text: string; readonly href: string };
export type QueryRead = { readonly query: SpendQuery; readonly page: number; readonly faults: readonly QueryFault[] };

/** What of an address can be read; what cannot is left out and told. */
export function readQuery(sent: unknown, language: Language): QueryRead {
  const words = spendingWords(language);
  const given = (name: string): string | undefined => {
    const value = (sent as Readonly<Record<string, unknown>> | undefined)?.[name];
    const one = Array.isArray(value) ? value[0] : value;
    return typeof one === "string" && one.trim() !== "" ? one.trim() : undefined;
  };
  const faults: QueryFault[] = [];
  const take = (name: string, fits: (text: string) => boolean, fault: string): string | undefined => {
    const text = given(name);
    if (text === undefined || fits(text)) return text;
    faults.push({ text: fault, href: `#${name}` });
    return undefined;
  };
  const isWords = (text: string): boolean => text.length <= 1000 && !text.includes("\0");
  const area = take("serviceArea", isWords, words("badFilter"));
  const months = {
    from: take("from", (text) => MONTH.test(text), words("badMonth")),
    to: take("to", (text) => MONTH.test(text), words("badMonth")),
  };
  const turned = months.from !== undefined && months.to !== undefined && months.to < months.from;
  if (turned) faults.push({ text: words("notFoundMonths"), href: "#to" });
  const page = Number(given("page") ?? 1);
  return {
    query: {
      publisherId: take("publisherId", (text) => ID.test(text), words("badFilter")),
      serviceArea: area === NO_AREA ? "" : area,
      supplier: take("supplier", isWords, words("badFilter")),
      ...(turned ? {} : months),
      fileId: take("fileId", (text) => ID.test(text), words("badFilter")),
      credits: take("credits", (text) => text === "only", words("badFilter")) === undefined ? undefined : "only",
    },
    page: Number.isInteger(page) && page >= 1 ? page : 1,
    faults,
  };
}

/** Without what is not asked, as a use case takes it. */
export function inputOf(query: SpendQuery): { readonly [Name in keyof SpendQuery]: NonNullable<SpendQuery[Name]> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

export function spendingPath(slug: string): string {
  return `/places/${slug}/spending`;
}

/** An address with the filter in it, empty parts left out. */
export function withQuery(path: string, query: SpendQuery & { readonly page?: number }): string {
  const parts = new URLSearchParams();
  const { page = 1, ...filter } = query;
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    parts.set(name, name === "serviceArea" && value === "" ? NO_AREA : value);
  }
  if (page > 1) parts.set("page", String(page));
  const text = parts.toString();
  return text === "" ? path : `${path}?${text}`;
}

export function areaValue(serviceArea: string): string {
  return serviceArea === "" ? NO_AREA : serviceArea;
}

export function isFiltered(query: SpendQuery): boolean {
  return Object.values(query).some((value) => value !== undefined);
}
