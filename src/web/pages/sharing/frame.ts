/** What the pages of agreements share: their addresses, their top, and the words. */
import type { PageTop } from "../../page-layout.ts";
import { type Query, withQuery } from "../money/addresses.ts";
import { type Exchange, parameterOf, type Visit, visitOf } from "../money/exchange.ts";
import { crumbsTo, openPlacePage } from "../places/place-page.ts";
import { type SharingWords, sharingWords } from "./words.ts";

export type { Exchange };

export type Desk = {
  readonly the: Exchange;
  readonly visit: Visit;
  readonly words: SharingWords;
  readonly to: ReturnType<typeof addressesAt>;
};

function addressesAt(place: string) {
  const base = `/places/${place}/sharing`;
  return {
    list: (query: Query = {}) => withQuery(base, query),
    one: (id: string) => `${base}/${id}`,
    prepare: (query: Query = {}) => withQuery(`${base}/new`, query),
    views: (query: Query = {}) => withQuery(`${base}/views`, query),
    viewsFile: (query: Query = {}) => withQuery(`${base}/views.csv`, query),
    partners: `/places/${place}/partners`,
  };
}

export function deskOf(the: Exchange): Desk {
  const visit = visitOf(the.request);
  const to = addressesAt(parameterOf(the.request, "place"));
  return { the, visit, words: sharingWords(visit.language), to };
}

type Top = { readonly title: string; readonly listed: boolean; readonly errors?: NonNullable<PageTop["errors"]> };

/** The way down to the page by the place and its partners; null when the refusal has been sent: there is no such place. */
export async function topHere({ the, visit, words, to }: Desk, top: Top): Promise<PageTop | null> {
  const shown = await openPlacePage(the, visit.place);
  if (shown === null) return null;
  const last = [
    { text: words("partners"), href: to.partners },
    ...(top.listed ? [{ text: words("title"), href: to.list() }] : []),
    { text: top.title },
  ];
  return {
    title: top.title,
    place: visit.place,
    room: "families",
    breadcrumbs: crumbsTo(visit.language, { shown, last }),
    ...(top.errors && { errors: top.errors }),
  };
}
