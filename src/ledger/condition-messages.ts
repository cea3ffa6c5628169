/** Why conditions keep money where it is, and why an item to resolve cannot be cleared; in both languages. */
import { formatDay } from "../lib/day-words.ts";
import { formatPounds } from "../lib/pence.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { Kept } from "./domain/draw.ts";
import type { LedgerRefusal } from "./messages.ts";

const KIND_WORDS = {
  en: { capital: "it is capital money", revenue: "it is revenue money" },
  cy: { capital: "arian cyfalaf ydyw", revenue: "arian refeniw ydyw" },
} as const;

/** The stream, how much stays there, and each condition by its number and in its own words. */
function keptWords(language: "en" | "cy", kept: readonly Kept[]): string {
  const [stays, condition] = language === "en" ? ["stays in", "condition"] : ["yn aros yn", "amod"];
  return kept
    .map(({ stream, capital, keptPence, unmet }) => {
      const each = unmet.map(({ number, words }) =>
        number === 0 ? KIND_WORDS[language][capital ? "capital" : "revenue"] : `${condition} ${number}, "${words}"`,
      );
      return `${formatPounds(keptPence)} ${stays} "${stream}" (${each.join("; ")})`;
    })
    .join(", ");
}

export const conditions: Catalogue<
  Extract<
    LedgerRefusal,
    { readonly code: "condition_not_met" | "condition_theme_not_found" | "condition_partner_not_found" }
  >
> = {
  condition_not_met: {
    status: 409,
    en: ({ kept, availablePence }) =>
      `Conditions keep money out: ${keptWords("en", kept)}. ${formatPounds(availablePence)} may be used for this. Enter that much or less, change what it is for, or ask who pays the stream.`,
    cy: ({ kept, availablePence }) =>
      `Mae amodau'n cadw arian allan: ${keptWords("cy", kept)}. Gellir defnyddio ${formatPounds(availablePence)} ar gyfer hyn. Rhowch y swm hwnnw neu lai, newidiwch at beth y mae, neu gofynnwch i bwy bynnag sy'n talu'r ffrwd.`,
  },
  condition_theme_not_found: {
    status: 404,
    field: "conditions",
    en: ({ themeId }) =>
      `A condition names the theme ${themeId}, which this place does not have. Choose one from its list.`,
    cy: ({ themeId }) => `Mae amod yn enwi'r thema ${themeId}, nad yw gan y lle hwn. Dewiswch un o'i restr.`,
  },
  condition_partner_not_found: {
    status: 404,
    field: "conditions",
    en: ({ partnerId }) =>
      `A condition names the partner ${partnerId}, which this place does not have. Choose one from its list, or add it first.`,
    cy: ({ partnerId }) =>
      `Mae amod yn enwi'r partner ${partnerId}, nad yw gan y lle hwn. Dewiswch un o'i restr, neu ychwanegwch ef yn gyntaf.`,
  },
};

export const resolving: Catalogue<
  Extract<
    LedgerRefusal,
    {
      readonly code: "item_not_found" | "before_item" | "item_cleared" | "over_item" | "another_pot" | "borne_since";
    }
  >
> = {
  item_not_found: {
    status: 404,
    field: "itemId",
    en: () => "This place has no such item to resolve. Choose one from the list of accounts to resolve.",
    cy: () => "Nid oes gan y lle hwn eitem o'r fath i'w datrys. Dewiswch un o restr y cyfrifon i'w datrys.",
  },
  before_item: {
    status: 422,
    field: "clearedOn",
    en: ({ arisenOn }) => `The payment was made on ${formatDay("en", arisenOn)}. Enter that day or a later one.`,
    cy: ({ arisenOn }) => `Gwnaed y taliad ar ${formatDay("cy", arisenOn)}. Rhowch y diwrnod hwnnw neu un diweddarach.`,
  },
  item_cleared: {
    status: 409,
    field: "itemId",
    en: () => "Nothing of this item is left to resolve. It was cleared, or its payment was reversed.",
    cy: () => "Nid oes dim o'r eitem hon ar ôl i'w ddatrys. Fe'i cliriwyd, neu gwrthdrowyd ei thaliad.",
  },
  over_item: {
    status: 409,
    field: "amountPence",
    en: ({ leftPence }) => `Only ${formatPounds(leftPence)} of this item is left to resolve. Enter that much or less.`,
    cy: ({ leftPence }) =>
      `Dim ond ${formatPounds(leftPence)} o'r eitem hon sydd ar ôl i'w ddatrys. Rhowch y swm hwnnw neu lai.`,
  },
  another_pot: {
    status: 409,
    field: "allocationId",
    en: () => "This allocation is from another pot. Choose one from the pot whose payment is to be resolved.",
    cy: () => "O gronfa arall y daw'r dyraniad hwn. Dewiswch un o'r gronfa y mae ei thaliad i'w ddatrys.",
  },
  borne_since: {
    status: 409,
    field: "transferId",
    en: ({ bornePence }) =>
      `${formatPounds(bornePence)} of this payment was cleared since. Reverse those journals first, then the payment.`,
    cy: ({ bornePence }) =>
      `Cliriwyd ${formatPounds(bornePence)} o'r taliad hwn ers hynny. Gwrthdrowch y dyddlyfrau hynny yn gyntaf, yna'r taliad.`,
  },
};
