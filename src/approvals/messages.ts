/** Why preparing, authorising or laying down limits can be refused, in the order in which each looks. */
import { londonDay } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Language } from "../lib/language.ts";
import { formatPounds } from "../lib/pence.ts";
import { roleName } from "../platform/role-names.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { NoAuthority, Reach } from "./domain/authority.ts";
import type { State } from "./store/approvals.ts";

export type ApprovalRefusal =
  | { readonly code: "act_not_known"; readonly act: string }
  | { readonly code: "one_person_enough" }
  | { readonly code: "approval_not_found" }
  | { readonly code: "approval_ended"; readonly state: State }
  | { readonly code: "approval_expired"; readonly expiredAt: Date }
  | { readonly code: "own_approval" }
  | { readonly code: "not_a_person" }
  | { readonly code: "signed_already" }
  | NoAuthority
  | { readonly code: "stale" }
  | { readonly code: "preparer_gone" }
  | { readonly code: "not_preparer" }
  | { readonly code: "key_reused" }
  | { readonly code: "another_area" }
  | { readonly code: "authority_not_found" }
  | { readonly code: "pot_not_found" }
  | { readonly code: "scheme_not_expressible"; readonly scheme: string };

type Of<Code extends ApprovalRefusal["code"]> = Catalogue<Extract<ApprovalRefusal, { readonly code: Code }>>;

const ENDED: Readonly<Record<State, Readonly<Record<Language, string>>>> = {
  waiting: { en: "is waiting", cy: "yn aros" },
  done: { en: "has been authorised and carried out", cy: "wedi'i awdurdodi a'i gyflawni" },
  refused: { en: "has been refused", cy: "wedi'i wrthod" },
  withdrawn: { en: "has been withdrawn", cy: "wedi'i dynnu'n ôl" },
  stale: { en: "has been prepared anew", cy: "wedi'i baratoi o'r newydd" },
};

function whoText(who: readonly Reach[], language: Language): string {
  const any = language === "en" ? "any amount" : "unrhyw swm";
  const upTo = language === "en" ? "up to" : "hyd at";
  return who
    .map(
      ({ role, upToPence }) =>
        `${roleName(role, language)} (${upToPence === null ? any : `${upTo} ${formatPounds(upToPence)}`})`,
    )
    .join(", ");
}

const preparing: Of<"act_not_known" | "one_person_enough" | "key_reused"> = {
  act_not_known: {
    status: 422,
    field: "act",
    en: ({ act }) =>
      `"${act}" is not something that two people do here. Name it as its command does with a full stop, for example payment.record.`,
    cy: ({ act }) =>
      `Nid yw "${act}" yn rhywbeth y mae dau berson yn ei wneud yma. Enwch ef fel y mae ei orchymyn gydag atalnod llawn, er enghraifft payment.record.`,
  },
  one_person_enough: {
    status: 409,
    field: "act",
    en: () => "This moves nobody's money, so one person is enough. Record it directly.",
    cy: () => "Nid yw hyn yn symud arian neb, felly mae un person yn ddigon. Cofnodwch ef yn uniongyrchol.",
  },
  key_reused: {
    status: 409,
    field: "requestKey",
    en: () => "This request key was used for a different request. Make a new key and try again.",
    cy: () => "Defnyddiwyd yr allwedd hon ar gyfer cais gwahanol. Gwnewch allwedd newydd a rhowch gynnig arall arni.",
  },
};

const ending: Of<"approval_not_found" | "approval_ended" | "approval_expired" | "not_preparer"> = {
  approval_not_found: {
    status: 404,
    field: "approvalId",
    en: () => "Nothing was prepared here under this id. Choose one from the list of what is waiting.",
    cy: () => "Ni pharatowyd dim yma o dan y rhif adnabod hwn. Dewiswch un o'r rhestr o'r hyn sy'n aros.",
  },
  approval_ended: {
    status: 409,
    field: "approvalId",
    en: ({ state }) =>
      `This ${ENDED[state].en}, so nothing more can be done with it. Prepare it again if it is needed.`,
    cy: ({ state }) =>
      `Mae hwn ${ENDED[state].cy}, felly ni ellir gwneud dim mwy ag ef. Paratowch ef eto os oes ei angen.`,
  },
  approval_expired: {
    status: 409,
    field: "approvalId",
    en: ({ expiredAt }) =>
      `This expired on ${formatDay("en", londonDay(expiredAt))}, before it was authorised. Prepare it again.`,
    cy: ({ expiredAt }) =>
      `Daeth hwn i ben ar ${formatDay("cy", londonDay(expiredAt))}, cyn ei awdurdodi. Paratowch ef eto.`,
  },
  not_preparer: {
    status: 403,
    field: "approvalId",
    en: () => "Only who prepared this may withdraw it. Refuse it instead, with your reason.",
    cy: () => "Dim ond y sawl a baratôdd hwn a gaiff ei dynnu'n ôl. Gwrthodwch ef yn lle hynny, gyda'ch rheswm.",
  },
};

const signing: Of<"own_approval" | "not_a_person" | "signed_already" | "no_authority" | "stale" | "preparer_gone"> = {
  own_approval: {
    status: 403,
    field: "approvalId",
    en: () => "You prepared this, so someone else must authorise or refuse it. You may withdraw it.",
    cy: () => "Chi a baratôdd hwn, felly rhaid i rywun arall ei awdurdodi neu ei wrthod. Cewch ei dynnu'n ôl.",
  },
  not_a_person: {
    status: 403,
    en: () => "Only a person who is signed in may authorise. Sign in, or ask someone who may.",
    cy: () => "Dim ond person sydd wedi mewngofnodi a gaiff awdurdodi. Mewngofnodwch, neu gofynnwch i rywun a gaiff.",
  },
  signed_already: {
    status: 409,
    field: "approvalId",
    en: () => "You have signed this already. It needs another person's signature as well.",
    cy: () => "Rydych wedi llofnodi hwn eisoes. Mae angen llofnod person arall arno hefyd.",
  },
  no_authority: {
    status: 403,
    field: "approvalId",
    en: ({ amountPence, mostPence, who }) =>
      `${mostPence === null ? "Your roles may authorise nothing of this kind in this pot" : `You may authorise up to ${formatPounds(mostPence)} of this kind in this pot`}, and this is ${formatPounds(amountPence)}. ${who.length === 0 ? "No role may: ask the administrator to set a limit that covers it." : `Those who may: ${whoText(who, "en")}.`}`,
    cy: ({ amountPence, mostPence, who }) =>
      `${mostPence === null ? "Ni chaiff eich rolau awdurdodi dim o'r math hwn yn y gronfa hon" : `Cewch awdurdodi hyd at ${formatPounds(mostPence)} o'r math hwn yn y gronfa hon`}, a ${formatPounds(amountPence)} yw hyn. ${who.length === 0 ? "Ni chaiff unrhyw rôl: gofynnwch i'r gweinyddwr osod terfyn sy'n ei gynnwys." : `Y rhai a gaiff: ${whoText(who, "cy")}.`}`,
  },
  stale: {
    status: 409,
    field: "shownHash",
    en: () => "What would happen is no longer what was shown. Have it prepared again, and look at it anew.",
    cy: () =>
      "Nid yr hyn a ddangoswyd a fyddai'n digwydd bellach. Trefnwch iddo gael ei baratoi eto, ac edrychwch arno o'r newydd.",
  },
  preparer_gone: {
    status: 409,
    field: "approvalId",
    en: () => "Who prepared this may no longer do so here. Refuse it, and have it prepared again by someone who may.",
    cy: () =>
      "Ni chaiff y sawl a baratôdd hwn wneud hynny yma bellach. Gwrthodwch ef, a threfnwch i rywun a gaiff ei baratoi eto.",
  },
};

const limits: Of<"another_area" | "authority_not_found" | "pot_not_found" | "scheme_not_expressible"> = {
  another_area: {
    status: 403,
    en: () => "Your role is for one area, and this is not that area's own. Ask someone with a role in the whole place.",
    cy: () =>
      "Mae eich rôl ar gyfer un ardal, ac nid eiddo'r ardal honno yw hwn. Gofynnwch i rywun â rôl yn y lle cyfan.",
  },
  authority_not_found: {
    status: 404,
    field: "authorityId",
    en: () => "There is no such limit in force here. Choose one from the list of limits.",
    cy: () => "Nid oes terfyn o'r fath mewn grym yma. Dewiswch un o'r rhestr o derfynau.",
  },
  pot_not_found: {
    status: 404,
    field: "potId",
    en: () => "This place has no such pot. Choose one from its list, or leave it empty for every pot.",
    cy: () => "Nid oes gan y lle hwn gronfa o'r fath. Dewiswch un o'i restr, neu gadewch yn wag ar gyfer pob cronfa.",
  },
  scheme_not_expressible: {
    status: 422,
    field: "scheme",
    en: ({ scheme }) =>
      `The scheme "${scheme}" gives its limits as shares of net revenue. Work the amounts out and set each limit by itself.`,
    cy: ({ scheme }) =>
      `Mae'r cynllun "${scheme}" yn rhoi ei derfynau fel cyfrannau o refeniw net. Cyfrifwch y symiau a gosodwch bob terfyn ar ei ben ei hun.`,
  },
};

export const approvalRefusals: Catalogue<ApprovalRefusal> = { ...preparing, ...ending, ...signing, ...limits };
