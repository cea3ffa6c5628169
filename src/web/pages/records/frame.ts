/** What the pages about any record share: the way up to it, the numbers of a list's pages, and who wrote something. */
import type { FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { ROLES } from "../../../platform/actor.ts";
import { roleName } from "../../../platform/role-names.ts";
import { type ShownRecord, showRecord } from "../../../search/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { crumbsTo, type Exchange, openPlacePage, queryOf, type ShownPlace } from "../places/place-page.ts";
import { staffWords } from "./staff-words.ts";
import { recordWords } from "./words.ts";

export type { Exchange };

export type Query = Readonly<Record<string, string | number | null | undefined>>;

/** What is empty, and the first page, are left out of an address. */
export function withQuery(path: string, query: Query): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== "" && !(name === "page" && value === 1))
      parts.set(name, String(value));
  const text = parts.toString();
  return text === "" ? path : `${path}?${text}`;
}

const ROWS = 25;
const LAST_PAGE = 100_000;

/** The page that an address asks for; what is no page is the first. */
export function pageOf(the: Exchange): number {
  const page = Number(queryOf(the.request, "page") || 1);
  return Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1;
}

type Listed = { readonly page: number; readonly pages: number; readonly total: number };

/** The model of the macro `pagination`. */
export function pagesModel({ page, pages, total }: Listed, hrefOf: (page: number) => string) {
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const numbers = [...new Set(near)].sort((a, b) => a - b);
  const hrefs = numbers.flatMap((number, index) => {
    const one = { number, href: hrefOf(number) };
    return index > 0 && number - (numbers[index - 1] ?? 0) > 1 ? [{ ellipsis: true }, one] : [one];
  });
  const first = (page - 1) * ROWS + 1;
  return {
    page,
    pages,
    count: total,
    countText: formatNumber(total),
    from: formatNumber(first),
    to: formatNumber(Math.min(total, page * ROWS)),
    hrefs,
    beyond: total > 0 && first > total,
    firstHref: hrefOf(1),
    ...(page > 1 && page <= pages && { previousHref: hrefOf(page - 1) }),
    ...(page < pages && { nextHref: hrefOf(page + 1) }),
  };
}

/** Who wrote something, by their part here. */
export function authorName(author: string, language: Language): string {
  const role = ROLES.find((one) => one === author);
  if (role !== undefined) return roleName(role, language);
  const words = recordWords(language);
  if (author === "key") return words("program");
  return author === "operator" ? words("operator") : words("someone");
}

/** The page of a record, wherever its subject keeps it. */
export function recordHref(slug: string, record: Pick<ShownRecord, "kind" | "id" | "slug">): string {
  const { kind, id } = record;
  const [file = "", row = ""] = id.split(".");
  if (kind === "stream") return placeAddress(slug, "streams", id);
  if (kind === "pot" && record.slug !== null) return placeAddress(slug, "pots", record.slug);
  if (kind === "service") return placeAddress(slug, "services", id);
  if (kind === "partner") return `${placeAddress(slug, "partners")}#${id}`;
  if (kind === "theme") return placeAddress(slug, "services");
  if (kind === "area" && record.slug !== null) return placeAddress(record.slug);
  if (kind === "spend_file") return placeAddress(slug, "spending", "files", id);
  if (kind === "spend_line") return placeAddress(slug, "spending", "lines", file, row);
  return placeAddress(slug, "trace", id);
}

export type OpenRecord = {
  readonly slug: string;
  readonly shown: ShownPlace;
  readonly record: ShownRecord;
  readonly title: string;
  readonly href: string;
};

/** The record of an address, or null when the refusal has been sent. Whether it exists is made sure of here, once. */
export async function openRecord(the: Exchange): Promise<OpenRecord | null> {
  const { place: slug, record: id } = the.request.params as { readonly place: string; readonly record: string };
  const found = await ask(the.request, showRecord, { place: slug, input: { record: id.slice(0, 60) } });
  if (!found.ok) {
    await sendRefusal(the, showRecord, found.refusal);
    return null;
  }
  const shown = await openPlacePage(the, slug);
  if (shown === null) return null;
  const record = found.value;
  return { slug, shown, record, title: record.title[the.request.visit.language], href: recordHref(slug, record) };
}

/** A desk of the place's administration, or of its work: in English. */
export async function sendDesk(
  the: Exchange,
  desk: {
    readonly slug: string;
    readonly title: string;
    readonly template: string;
    readonly room: "tasks" | "administration";
    readonly model: object;
    readonly above?: readonly { readonly text: string; readonly href: string }[];
    readonly errors?: readonly { readonly text: string; readonly href?: string }[];
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { slug, title } = desk;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const last = [...(desk.above ?? []), { text: title }];
  return sendPage(the, `pages/records/${desk.template}.njk`, {
    top: {
      title,
      place: slug,
      room: desk.room,
      breadcrumbs: crumbsTo(the.request.visit.language, { shown, last }),
      ...(desk.errors !== undefined && { errors: desk.errors }),
    },
    model: { s: staffWords, title, ...desk.model },
    status: desk.status ?? 200,
  });
}

export function administrationCrumb(slug: string) {
  return [{ text: staffWords.administration, href: placeAddress(slug, "administration") }];
}
