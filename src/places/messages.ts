/** Why a change to a place, its partners, services or people can be refused. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Catalogue } from "../platform/use-case/index.ts";

export type PlacesRefusal =
  | { readonly code: "council_not_found"; readonly slug: string }
  | { readonly code: "place_exists"; readonly slug: string }
  | { readonly code: "area_exists"; readonly name: string }
  | { readonly code: "area_not_found" }
  | { readonly code: "ward_not_found"; readonly ward: string }
  | { readonly code: "partner_exists"; readonly name: string }
  | { readonly code: "partner_not_found" }
  | { readonly code: "identifier_not_valid"; readonly scheme: string; readonly form: string }
  | { readonly code: "identifier_twice"; readonly scheme: string }
  | { readonly code: "theme_exists"; readonly name: string }
  | { readonly code: "theme_not_found" }
  | { readonly code: "service_exists"; readonly name: string }
  | { readonly code: "service_not_found" }
  | { readonly code: "reach_exists"; readonly startsOn: Day }
  | { readonly code: "colour_contrast"; readonly ratio: string };

export const placesRefusals: Catalogue<PlacesRefusal> = {
  identifier_twice: {
    status: 422,
    field: "identifiers",
    en: ({ scheme }) => `A partner has one number of a kind, and ${scheme} is given twice. Leave one of them out.`,
    cy: ({ scheme }) =>
      `Un rhif o bob math sydd gan bartner, a rhoddwyd ${scheme} ddwywaith. Gadewch un ohonynt allan.`,
  },
  reach_exists: {
    status: 409,
    field: "startsOn",
    en: ({ startsOn }) =>
      `This service has reported for the period from ${formatDay("en", startsOn)} already. Enter another first day.`,
    cy: ({ startsOn }) =>
      `Mae'r gwasanaeth hwn wedi adrodd eisoes am y cyfnod o ${formatDay("cy", startsOn)}. Rhowch ddiwrnod cyntaf arall.`,
  },
  council_not_found: {
    status: 404,
    field: "slug",
    en: ({ slug }) =>
      `There is no council or combined authority "${slug}" in the national register. Check the spelling, for example salford.`,
    cy: ({ slug }) =>
      `Nid oes cyngor nac awdurdod cyfun "${slug}" yn y gofrestr genedlaethol. Gwiriwch y sillafu, er enghraifft salford.`,
  },
  place_exists: {
    status: 409,
    field: "slug",
    en: ({ slug }) => `The place "${slug}" is open already. Go to it instead of opening it again.`,
    cy: ({ slug }) => `Mae'r lle "${slug}" ar agor eisoes. Ewch iddo yn lle ei agor eto.`,
  },
  area_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `This place, or another, already has an area at the address "${name}". Choose another name.`,
    cy: ({ name }) => `Mae gan y lle hwn, neu le arall, ardal yn y cyfeiriad "${name}" eisoes. Dewiswch enw arall.`,
  },
  area_not_found: {
    status: 404,
    en: () => "This place has no such area. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn ardal o'r fath. Dewiswch un o'i restr.",
  },
  ward_not_found: {
    status: 422,
    field: "parts",
    en: ({ ward }) =>
      `There is no ward "${ward}" in the register. Check the code, or give the part a name without a code.`,
    cy: ({ ward }) => `Nid oes ward "${ward}" yn y gofrestr. Gwiriwch y cod, neu rhowch enw i'r rhan heb god.`,
  },
  partner_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `There is a partner called "${name}" here already. Use it, or choose another name.`,
    cy: ({ name }) => `Mae partner o'r enw "${name}" yma eisoes. Defnyddiwch ef, neu dewiswch enw arall.`,
  },
  partner_not_found: {
    status: 404,
    en: () => "This place has no such partner. Choose one from its list, or add it first.",
    cy: () => "Nid oes gan y lle hwn bartner o'r fath. Dewiswch un o'i restr, neu ychwanegwch ef yn gyntaf.",
  },
  identifier_not_valid: {
    status: 422,
    field: "identifiers",
    en: ({ scheme, form }) => `A number of the scheme ${scheme} is written ${form}. Check it and try again.`,
    cy: ({ scheme, form }) =>
      `Ysgrifennir rhif y cynllun ${scheme} fel ${form}. Gwiriwch ef a rhowch gynnig arall arni.`,
  },
  theme_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `There is a theme called "${name}" here already.`,
    cy: ({ name }) => `Mae thema o'r enw "${name}" yma eisoes.`,
  },
  theme_not_found: {
    status: 404,
    en: () => "This place has no such theme. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn thema o'r fath. Dewiswch un o'i restr.",
  },
  service_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `There is a service called "${name}" here already. Choose another name.`,
    cy: ({ name }) => `Mae gwasanaeth o'r enw "${name}" yma eisoes. Dewiswch enw arall.`,
  },
  service_not_found: {
    status: 404,
    en: () => "This place has no such service. Choose one from its list, or add it first.",
    cy: () => "Nid oes gan y lle hwn wasanaeth o'r fath. Dewiswch un o'i restr, neu ychwanegwch ef yn gyntaf.",
  },
  colour_contrast: {
    status: 422,
    field: "colour",
    en: ({ ratio }) =>
      `White words on this colour have a contrast of ${ratio} to 1. Choose a darker colour, with 4.5 to 1 or more.`,
    cy: ({ ratio }) =>
      `Mae gan eiriau gwyn ar y lliw hwn gyferbyniad o ${ratio} i 1. Dewiswch liw tywyllach, 4.5 i 1 neu fwy.`,
  },
};
