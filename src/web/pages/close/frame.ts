/** What the pages of the close share: their addresses, their top, and how a period's state reads. */
import type { FastifyRequest } from "fastify";
import type { PageTop } from "../../page-layout.ts";
import { withQuery } from "../money/addresses.ts";
import { parameterOf, topOf, type Visit, visitOf } from "../money/exchange.ts";
import { type CloseWords, closeWords } from "./words.ts";

export type Setting = { readonly visit: Visit; readonly words: CloseWords };
export type Book = "real" | "shadow";

export function settingOf(request: FastifyRequest): Setting {
  const visit = visitOf(request);
  return { visit, words: closeWords(visit.language) };
}

/** 2012-13/Q3, from the two parts of the address. */
export function askedQuarter(request: FastifyRequest): string {
  return `${parameterOf(request, "year")}/${parameterOf(request, "quarter")}`.slice(0, 40);
}

export function closeAddress(
  place: string,
  the: { readonly quarter: string; readonly book?: Book; readonly part?: string },
): string {
  const query = { book: the.book === "shadow" ? the.book : null };
  return withQuery(`/places/${place}/close/${the.quarter}${the.part ?? ""}`, query);
}

export function yearAddress(place: string, year: string | null = null): string {
  return withQuery(`/places/${place}/close`, { year });
}

export function closeTop(
  { visit, words }: Setting,
  the: {
    readonly title: string;
    readonly crumbs?: readonly { readonly text: string; readonly href?: string }[];
    readonly errors?: PageTop["errors"];
  },
): PageTop {
  return topOf(visit, {
    title: the.title,
    crumbs: [{ text: words("periods"), href: yearAddress(visit.place) }, ...(the.crumbs ?? [])],
    ...(the.errors && { errors: the.errors }),
  });
}

export const STATE_TONES = { open: "grey", soft: "yellow", hard: "green" } as const;
