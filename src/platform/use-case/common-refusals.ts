/** The refusals that any use case can meet before it begins. */
import type { Catalogue } from "./declare.ts";

export type CommonRefusal =
  | { readonly code: "input_not_valid"; readonly faults: readonly InputFault[] }
  | { readonly code: "not_allowed"; readonly permission: string }
  | { readonly code: "place_not_found"; readonly place: string }
  | { readonly code: "key_reused" }
  | { readonly code: "needs_two_people" }
  | { readonly code: "outcome_unknown" };

export type InputFault = { readonly field: string; readonly message: string };

export const commonRefusals: Catalogue<CommonRefusal> = {
  input_not_valid: {
    status: 400,
    en: ({ faults }) => `Check what you sent. ${faults.map((fault) => `${fault.field}: ${fault.message}`).join(". ")}`,
    cy: ({ faults }) =>
      `Gwiriwch yr hyn a anfonwyd. ${faults.map((fault) => `${fault.field}: ${fault.message}`).join(". ")}`,
  },
  not_allowed: {
    status: 403,
    en: () => "You may not do this. Ask the administrator of this place for a role that may.",
    cy: () => "Ni chewch wneud hyn. Gofynnwch i weinyddwr y lle hwn am rôl sy'n caniatáu hynny.",
  },
  place_not_found: {
    status: 404,
    en: ({ place }) => `There is no place "${place}" here. Check the name, or open it first.`,
    cy: ({ place }) => `Nid oes lle "${place}" yma. Gwiriwch yr enw, neu ei agor yn gyntaf.`,
  },
  key_reused: {
    status: 409,
    field: "requestKey",
    en: () => "This request key was used for a different request. Make a new key and try again.",
    cy: () => "Defnyddiwyd yr allwedd hon ar gyfer cais gwahanol. Gwnewch allwedd newydd a rhowch gynnig arall arni.",
  },
  needs_two_people: {
    status: 409,
    en: () =>
      "Money in a real pot needs two people. Prepare this with `approval prepare`, and someone else authorises it.",
    cy: () =>
      "Mae angen dau berson ar gyfer arian mewn cronfa go iawn. Paratowch hyn ag `approval prepare`, a bydd rhywun arall yn ei awdurdodi.",
  },
  outcome_unknown: {
    status: 409,
    en: () =>
      "The answer was lost on its way. Send the same request again with the same key: it will be carried out once.",
    cy: () => "Collwyd yr ateb ar y ffordd. Anfonwch yr un cais eto gyda'r un allwedd: caiff ei gyflawni unwaith.",
  },
};
