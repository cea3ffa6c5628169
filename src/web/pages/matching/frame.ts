/** What the pages of matching share: their addresses, their top, and how days, people and refused runs stand in words. In English, as desks. */
import type { Day } from "../../../lib/day.ts";
import { showMatching } from "../../../linkage/index.ts";
import type { Json } from "../../../platform/use-case/index.ts";
import type { PageTop } from "../../page-layout.ts";
import { formatDay } from "../../shell/formats.ts";
import { wordsOf } from "../../visit.ts";
import { type Query, withQuery } from "../money/addresses.ts";
import { type Exchange, visitOf } from "../money/exchange.ts";
import { moneyWords } from "../money/words.ts";
import { matchingWords } from "./words.ts";

export type { Exchange };

/** Ids alone: no address ever holds a word about anybody. */
export function matchingAddresses(place: string) {
  const base = `/places/${place}/matching`;
  return {
    room: base,
    runs: `${base}/runs`,
    run: (id: string) => `${base}/runs/${id}`,
    thresholds: `${base}/thresholds`,
    newFile: `${base}/files/new`,
    upload: (id: string) => `${base}/files/${id}`,
    desk: (query: Query = {}) => withQuery(`${base}/desk`, query),
    readings: (query: Query = {}) => withQuery(`${base}/readings`, query),
    reading: (id: string) => `${base}/desk/readings/${id}`,
    undo: (id: string) => `${base}/readings/${id}/undo`,
    people: `${base}/people`,
    person: (id: string) => `${base}/people/${id}`,
    register: `/places/${place}/sharing`,
    agreement: (id: string) => `/places/${place}/sharing/${id}`,
    newAgreement: `/places/${place}/sharing/new`,
    job: (id: string) => `/places/${place}/jobs/${id}`,
  };
}

export type MatchingAddresses = ReturnType<typeof matchingAddresses>;

export function addressesHere({ request }: Exchange): MatchingAddresses {
  return matchingAddresses(visitOf(request).place);
}

type Crumb = { readonly text: string; readonly href?: string };
type Top = {
  readonly title: string;
  /** What lies between the room and the page. */
  readonly crumbs?: readonly Crumb[];
  readonly errors?: PageTop["errors"] | undefined;
};

/** Overview, matching, and the page itself; the room is the last of its own way. */
export function matchingTop({ request }: Exchange, { title, crumbs = [], errors }: Top): PageTop {
  const { place, language, to } = visitOf(request);
  const room = matchingAddresses(place).room;
  const isRoom = title === matchingWords.title;
  return {
    title,
    place,
    room: "families",
    breadcrumbs: [
      { text: moneyWords(language)("overview"), href: to.overview },
      ...(isRoom ? [] : [{ text: matchingWords.title, href: room }]),
      ...crumbs,
      { text: title },
    ],
    ...(errors && { errors }),
  };
}

export function daySaid(day: string): string {
  return formatDay("en", day as Day);
}

/** Why a run found nothing, as it is kept with the run. */
export function refusedSaid(refusal: Json): string {
  const kept = refusal as { readonly code?: unknown } | null;
  if (typeof kept?.code !== "string" || kept.code === "stopped") return matchingWords.stopped;
  return wordsOf({ refusals: showMatching.refusals }, kept as { readonly code: string }, "en").text;
}
