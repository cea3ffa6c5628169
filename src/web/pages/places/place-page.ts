/** What the pages of a place share: the place as it is shown, its name, the way up to it, and what the reader may do. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import {
  type Area,
  type Partner,
  type PublishedFigure,
  type Service,
  showPlace,
  type Theme,
} from "../../../places/index.ts";
import { type Permission, permits } from "../../../platform/policy.ts";
import { readAt } from "../../reading.ts";
import { ask, type FormErrors, sendRefusal } from "../../visit.ts";
import { placeAddress } from "./addresses.ts";
import { placeWords } from "./words.ts";

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export type ShownPlace = {
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly narrowedTo: Pick<Area, "areaId" | "slug" | "name" | "nameWelsh"> | null;
  readonly businessDate: Day;
  readonly demonstration: boolean;
  readonly areas: readonly (Area & { readonly parts: readonly string[] })[];
  readonly partners: readonly (Partner & {
    readonly identifiers: readonly { readonly scheme: string; readonly identifier: string }[];
  })[];
  readonly themes: readonly Theme[];
  readonly services: readonly (Service & { readonly provider: string; readonly theme: string | null })[];
  readonly figures: readonly PublishedFigure[];
};

/** The place at an address, or null when the refusal has been sent. */
export async function openPlacePage(the: Exchange, slug: string): Promise<ShownPlace | null> {
  const found = await ask(the.request, showPlace, { place: slug, input: {} });
  if (found.ok) return found.value;
  await sendRefusal(the, showPlace, found.refusal);
  return null;
}

type Named = { readonly name: string; readonly nameWelsh: string | null };

export function nameIn(language: Language, named: Named): string {
  return language === "cy" ? (named.nameWelsh ?? named.name) : named.name;
}

/** The council or neighbourhood that the address names, or the place itself. */
export function placeName(language: Language, shown: ShownPlace): string {
  return nameIn(language, shown.narrowedTo ?? shown);
}

type Crumb = { readonly text: string; readonly href?: string };

/** From the start page down to the place, by the council a neighbourhood lies in; `last` is the page itself. */
export function crumbsTo(
  language: Language,
  the: { readonly shown: ShownPlace; readonly last: readonly Crumb[] },
): readonly Crumb[] {
  const { shown, last } = the;
  const way: Crumb[] = [
    { text: placeWords(language)("start"), href: "/" },
    { text: nameIn(language, shown), href: placeAddress(shown.slug) },
  ];
  const area = shown.areas.find((one) => one.areaId === shown.narrowedTo?.areaId);
  const above = shown.areas.find((one) => one.areaId === area?.insideAreaId);
  for (const one of [above, area]) if (one) way.push({ text: nameIn(language, one), href: placeAddress(one.slug) });
  if (last.length > 0) return [...way, ...last];
  return way.map((crumb, index) => (index === way.length - 1 ? { text: crumb.text } : crumb));
}

/** Whether the reader may do something at a place: to show a link only to those for whom it works. */
export async function mayAt(
  request: FastifyRequest,
  the: { readonly slug: string; readonly permissions: readonly Permission[] },
) {
  const none = the.permissions.map(() => false);
  if (request.visit.credential.kind !== "person") return none;
  const may = await readAt(request, the.slug, async ({ actor, place }) =>
    the.permissions.map((permission) => permits(actor, permission, place.area?.areaId ?? null)),
  );
  return may ?? none;
}

/** Faults of a list's parts ("parts.0.code") are shown at the field of the list. */
export function atFields(errors: FormErrors): FormErrors {
  const bare = (name: string): string => name.split(".")[0] ?? name;
  return {
    summary: errors.summary.map(({ text, href }) => ({ text, ...(href !== undefined && { href: bare(href) }) })),
    byField: Object.fromEntries(Object.entries(errors.byField).map(([field, fault]) => [bare(field), fault])),
  };
}

export const NO_ERRORS: FormErrors = { summary: [], byField: {} };

/** For the select macro, with an empty choice first. */
export function choices(
  items: readonly { readonly value: string; readonly text: string }[],
  the: { readonly chosen: string; readonly empty: string },
) {
  return [{ value: "", text: the.empty }, ...items].map((item) => ({ ...item, selected: item.value === the.chosen }));
}

export function queryOf(request: FastifyRequest, name: string): string {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : "";
}
