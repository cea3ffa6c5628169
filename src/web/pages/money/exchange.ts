/** What every money page takes from a request, and what it says at its top. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Day, parseDay } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import type { PageTop } from "../../page-layout.ts";
import { type Addresses, addressesOf } from "./addresses.ts";
import { moneyWords } from "./words.ts";

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };
type Crumb = { readonly text: string; readonly href?: string };

export function parameterOf(request: FastifyRequest, name: string): string {
  const value = (request.params as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : "";
}

/** A word of the address's query; empty, repeated or missing is null. */
export function queryOf(request: FastifyRequest, name: string): string | null {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** The day asked for in the address: nothing, a day, or words that are no day. */
export function askedDay(
  request: FastifyRequest,
  name = "asAt",
): { readonly day: Day | null; readonly wrong: boolean } {
  const text = queryOf(request, name);
  const day = text === null ? null : parseDay(text);
  return { day, wrong: text !== null && day === null };
}

export function pageNumber(request: FastifyRequest): number {
  const text = queryOf(request, "page") ?? "1";
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1;
}

/** A choice of a list, or null. */
export function choiceOf<const T extends string>(
  request: FastifyRequest,
  name: string,
  choices: readonly T[],
): T | null {
  const text = queryOf(request, name);
  return choices.find((choice) => choice === text) ?? null;
}

export type Visit = {
  readonly place: string;
  readonly language: Language;
  readonly to: Addresses;
};

export function visitOf(request: FastifyRequest, asAt: Day | null = null): Visit {
  const place = parameterOf(request, "place");
  return { place, language: request.visit.language, to: addressesOf(place, asAt) };
}

/** The top of a page in the money room: overview, money, and what lies between. */
export function topOf(
  visit: Visit,
  the: { readonly title: string; readonly crumbs?: readonly Crumb[]; readonly errors?: PageTop["errors"] },
): PageTop {
  const words = moneyWords(visit.language);
  return {
    title: the.title,
    place: visit.place,
    room: "money",
    breadcrumbs: [
      { text: words("overview"), href: visit.to.overview },
      { text: words("money"), href: visit.to.room },
      ...(the.crumbs ?? []),
    ],
    ...(the.errors && { errors: the.errors }),
  };
}

/** A name in the visitor's language, or as it is. */
export function named(language: Language, [name, nameWelsh]: readonly [string, string | null | undefined]): string {
  return language === "cy" ? (nameWelsh ?? name) : name;
}
