/** The top of every page: the place, its rooms that have content, who is signed in, the language switch, notices. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { londonDay } from "../lib/day.ts";
import type { Language } from "../lib/language.ts";
import type { Role } from "../platform/actor.ts";
import { roleName } from "../platform/role-names.ts";
import { type PlaceTop, readTop } from "./place-top.ts";
import { demonstrationBanner, type PageLayout } from "./shell/layout.ts";
import { placeColourClass } from "./shell/place-colour.ts";

export type PageTop = {
  readonly title: string;
  /** The address of the place the page belongs to. */
  readonly place?: string;
  readonly room?: "overview" | "money" | "families" | "partners" | "search" | "tasks" | "administration";
  readonly breadcrumbs?: readonly { readonly text: string; readonly href?: string }[];
  readonly backHref?: string;
  readonly errors?: readonly { readonly text: string; readonly href?: string }[];
};

const ROOMS = {
  overview: { en: "Overview", cy: "Trosolwg", path: "" },
  money: { en: "Money", cy: "Arian", path: "/money" },
  families: { en: "Families", cy: "Teuluoedd", path: "/matching" },
  partners: { en: "Partners and services", cy: "Partneriaid a gwasanaethau", path: "/partners" },
  search: { en: "Search", cy: "Chwilio", path: "/search" },
  tasks: { en: "Tasks", cy: "Tasgau", path: "/tasks" },
  administration: { en: "Administration", cy: "Gweinyddu", path: "/administration" },
} as const;

/** Who has something to do in the room of families: whoever reads what matching found, or brings records to it. */
const FAMILY_ROLES: readonly Role[] = [
  "analyst",
  "key_worker",
  "information_governance_lead",
  "auditor",
  "partner_officer",
];

export async function layoutOf(
  the: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  top: PageTop,
): Promise<PageLayout> {
  const { request } = the;
  const { web, language, address } = request.visit;
  const place = await readTop(request, top.place ?? null);
  const notice = takeNotice(request);
  return {
    language,
    title: top.title,
    placeName: place.name === null ? undefined : language === "cy" ? (place.nameWelsh ?? place.name) : place.name,
    placeSlug: top.place,
    placeColourClass: place.colour === null || top.place === undefined ? undefined : placeColourClass(top.place),
    rooms: roomsOf(place, { language, top }),
    signedIn:
      place.person === null
        ? undefined
        : { name: place.person.name, role: signedInRole(place, language), href: "/account", signOutHref: "/sign-out" },
    signInHref: place.person === null ? "/sign-in" : undefined,
    switchHref: { en: switchTo(address, "en"), cy: switchTo(address, "cy") },
    banner: place.demonstration
      ? demonstrationBanner(language, place.businessDate ?? londonDay(web.house.now()))
      : undefined,
    breadcrumbs: top.breadcrumbs ?? [],
    backHref: top.backHref,
    errors: top.errors,
    notice: notice === null ? undefined : { kind: "success", text: notice },
    csrfToken: request.session?.userId === undefined ? undefined : await the.reply.generateCsrf(),
    assets: {
      css: web.asset("app.css"),
      js: web.asset("app.js"),
      govukJs: web.asset("govuk-frontend.min.js"),
      placesCss: "/places.css",
      icon: web.asset("icon.svg"),
    },
  };
}

function takeNotice(request: FastifyRequest): string | null {
  const notice = request.session?.notice;
  if (notice === undefined) return null;
  delete request.session.notice;
  return notice;
}

function switchTo(address: string, language: Language): string {
  return `${address}${address.includes("?") ? "&" : "?"}lang=${language}`;
}

/** Empty where no place is in hand; at a place where they hold no role it says so. */
function signedInRole(place: PlaceTop, language: Language): string {
  if (place.name === null) return "";
  const role = place.person?.roles[0];
  if (role !== undefined) return roleName(role, language);
  return language === "cy" ? "dim rôl yma" : "no role here";
}

function roomsOf(place: PlaceTop, the: { readonly language: Language; readonly top: PageTop }): PageLayout["rooms"] {
  const slug = the.top.place;
  if (slug === undefined || place.name === null) return [];
  const roles = place.person?.roles ?? [];
  const shown: (keyof typeof ROOMS)[] = ["overview"];
  if (place.hasMoney || roles.length > 0) shown.push("money");
  if (roles.some((role) => FAMILY_ROLES.includes(role))) shown.push("families");
  if (place.hasPartners || roles.length > 0) shown.push("partners");
  shown.push("search");
  if (roles.length > 0) shown.push("tasks");
  if (roles.includes("administrator") || roles.includes("auditor") || roles.includes("information_governance_lead"))
    shown.push("administration");
  // Agreements belong to families; whoever has no such room reads them among the partners who signed them.
  const current = the.top.room === "families" && !shown.includes("families") ? "partners" : the.top.room;
  return shown.map((room) => ({
    text: ROOMS[room][the.language],
    href: `/places/${slug}${ROOMS[room].path}`,
    current: room === current,
  }));
}
