/** Why the ledger can refuse a change, in the order in which it looks; each says what is there and what to do. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import { type Catalogue, type CommonRefusal, commonRefusals } from "../platform/use-case/index.ts";
import { type BankRefusal, bankRefusals } from "./bank-messages.ts";
import { conditions, resolving } from "./condition-messages.ts";
import type { Kept } from "./domain/draw.ts";
import type { LinesRefusal } from "./domain/payment-lines.ts";

export type LedgerRefusal =
  | BankRefusal
  | { readonly code: "stream_not_found" }
  | { readonly code: "stream_exists"; readonly name: string }
  | { readonly code: "ends_before_start" }
  | { readonly code: "pot_not_found"; readonly pot: string }
  | { readonly code: "pot_exists"; readonly name: string }
  | { readonly code: "allocation_not_found" }
  | { readonly code: "commitment_not_found" }
  | { readonly code: "transfer_not_found" }
  | { readonly code: "partner_not_found" }
  | { readonly code: "service_not_found" }
  | { readonly code: "theme_not_found" }
  | { readonly code: "area_not_found" }
  | { readonly code: "condition_theme_not_found"; readonly themeId: string }
  | { readonly code: "condition_partner_not_found"; readonly partnerId: string }
  | { readonly code: "spend_line_not_found"; readonly row: number }
  | { readonly code: "another_area" }
  | { readonly code: "before_opening"; readonly openedOn: Day }
  | { readonly code: "after_today"; readonly today: Day }
  | { readonly code: "before_transfer"; readonly effectiveOn: Day }
  | { readonly code: "item_not_found" }
  | { readonly code: "before_item"; readonly arisenOn: Day }
  | { readonly code: "item_cleared" }
  | { readonly code: "over_item"; readonly leftPence: Pence }
  | { readonly code: "another_pot" }
  | { readonly code: "borne_since"; readonly bornePence: Pence }
  | { readonly code: "shares_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "stream_twice"; readonly streamId: string }
  | { readonly code: "stream_not_in_pot"; readonly streamId: string }
  | { readonly code: "reversal_not_reversible" }
  | Extract<CommonRefusal, { readonly code: "key_reused" }>
  | { readonly code: "already_reversed" }
  | { readonly code: "wrong_book" }
  | { readonly code: "account_closed" }
  | { readonly code: "stream_exhausted"; readonly stream: string; readonly availablePence: Pence }
  | { readonly code: "condition_not_met"; readonly kept: readonly Kept[]; readonly availablePence: Pence }
  | { readonly code: "insufficient_funds"; readonly availablePence: Pence; readonly stream?: string }
  | {
      readonly code: "insufficient_funds_then";
      readonly day: Day;
      readonly availablePence: Pence;
      readonly stream?: string;
    }
  | { readonly code: "vat_over_amount"; readonly amountPence: Pence }
  | LinesRefusal
  | { readonly code: "used_further_on"; readonly amountPence: Pence; readonly availablePence: Pence }
  | { readonly code: "not_verified"; readonly check: string; readonly found: string };

const money: Catalogue<
  Extract<
    LedgerRefusal,
    {
      readonly code:
        | "shares_do_not_sum"
        | "stream_exhausted"
        | "insufficient_funds"
        | "insufficient_funds_then"
        | "vat_over_amount"
        | "line_not_right"
        | "lines_do_not_sum"
        | "lines_recover_another"
        | "used_further_on";
    }
  >
> = {
  shares_do_not_sum: {
    status: 422,
    field: "shares",
    en: ({ sumPence, amountPence }) =>
      `The shares come to ${formatPounds(sumPence)}, but the amount is ${formatPounds(amountPence)}. Change them so that they agree to the penny.`,
    cy: ({ sumPence, amountPence }) =>
      `Cyfanswm y cyfrannau yw ${formatPounds(sumPence)}, ond y swm yw ${formatPounds(amountPence)}. Newidiwch hwy fel eu bod yn cytuno i'r geiniog.`,
  },
  stream_exhausted: {
    status: 409,
    field: "amountPence",
    en: ({ stream, availablePence }) =>
      `The stream "${stream}" has ${formatPounds(availablePence)} left to give. Enter that much or less.`,
    cy: ({ stream, availablePence }) =>
      `Mae gan y ffrwd "${stream}" ${formatPounds(availablePence)} ar ôl i'w roi. Rhowch y swm hwnnw neu lai.`,
  },
  insufficient_funds: {
    status: 409,
    field: "amountPence",
    en: ({ availablePence, stream }) =>
      `There is ${formatPounds(availablePence)} left here${stream === undefined ? "" : ` from the stream "${stream}"`}. Enter that much or less, or put more in first.`,
    cy: ({ availablePence, stream }) =>
      `Mae ${formatPounds(availablePence)} ar ôl yma${stream === undefined ? "" : ` o'r ffrwd "${stream}"`}. Rhowch y swm hwnnw neu lai, neu ychwanegwch ragor yn gyntaf.`,
  },
  insufficient_funds_then: {
    status: 409,
    en: ({ day, availablePence, stream }) =>
      `On ${formatDay("en", day)} only ${formatPounds(availablePence)} was there${stream === undefined ? "" : ` from the stream "${stream}"`}. Enter that much or less, or a later day.`,
    cy: ({ day, availablePence, stream }) =>
      `Ar ${formatDay("cy", day)} dim ond ${formatPounds(availablePence)} oedd yno${stream === undefined ? "" : ` o'r ffrwd "${stream}"`}. Rhowch y swm hwnnw neu lai, neu ddiwrnod diweddarach.`,
  },
  vat_over_amount: {
    status: 422,
    field: "vatRecoveredPence",
    en: ({ amountPence }) =>
      `The tax recovered is more than the payment of ${formatPounds(amountPence)} without it. Enter that much or less, and check which amount is which.`,
    cy: ({ amountPence }) =>
      `Mae'r dreth a adenillwyd yn fwy na'r taliad o ${formatPounds(amountPence)} hebddi. Rhowch y swm hwnnw neu lai, a gwiriwch pa swm yw p'un.`,
  },
  line_not_right: {
    status: 422,
    field: "lines",
    en: ({ line, column }) =>
      column === "vatPence"
        ? `Line ${line}: the VAT does not have the sign of the net amount. Enter both as amounts more than nought, or both as less for what is credited.`
        : `Line ${line}: more VAT would be recovered than was charged, or it has another sign. Enter an amount from nought to the VAT of the line.`,
    cy: ({ line, column }) =>
      column === "vatPence"
        ? `Llinell ${line}: nid oes gan y TAW arwydd y swm net. Rhowch y ddau'n symiau mwy na sero, neu'r ddau'n llai am yr hyn a gredydir.`
        : `Llinell ${line}: byddai mwy o TAW yn cael ei adennill nag a godwyd, neu mae ei harwydd yn wahanol. Rhowch swm o sero hyd at TAW y llinell.`,
  },
  lines_do_not_sum: {
    status: 422,
    field: "lines",
    en: ({ sumPence, amountPence }) =>
      `The lines come to ${formatPounds(sumPence)}, net and the VAT that is not recovered. The amount is ${formatPounds(amountPence)}. Make them the same.`,
    cy: ({ sumPence, amountPence }) =>
      `Cyfanswm y llinellau yw ${formatPounds(sumPence)}, net a'r TAW nas adferir. Y swm yw ${formatPounds(amountPence)}. Gwnewch nhw yr un fath.`,
  },
  lines_recover_another: {
    status: 422,
    field: "lines",
    en: ({ sumPence, amountPence }) =>
      `The lines recover ${formatPounds(sumPence)} of VAT. The payment recovers ${formatPounds(amountPence)}. Make them the same.`,
    cy: ({ sumPence, amountPence }) =>
      `Mae'r llinellau'n adfer ${formatPounds(sumPence)} o TAW. Mae'r taliad yn adfer ${formatPounds(amountPence)}. Gwnewch nhw yr un fath.`,
  },
  used_further_on: {
    status: 409,
    en: ({ amountPence, availablePence }) =>
      `Only ${formatPounds(availablePence)} of this ${formatPounds(amountPence)} has not been used further on. Reverse what used the rest first.`,
    cy: ({ amountPence, availablePence }) =>
      `Dim ond ${formatPounds(availablePence)} o'r ${formatPounds(amountPence)} hwn sydd heb ei ddefnyddio ymhellach. Gwrthdrowch yr hyn a ddefnyddiodd y gweddill yn gyntaf.`,
  },
};

const missing: Catalogue<
  Extract<
    LedgerRefusal,
    {
      readonly code:
        | "stream_not_found"
        | "pot_not_found"
        | "allocation_not_found"
        | "commitment_not_found"
        | "transfer_not_found"
        | "partner_not_found"
        | "service_not_found"
        | "theme_not_found"
        | "area_not_found"
        | "spend_line_not_found";
    }
  >
> = {
  stream_not_found: {
    status: 404,
    field: "streamId",
    en: () => "This place has no such stream. Choose one from its list, or open it first.",
    cy: () => "Nid oes gan y lle hwn ffrwd o'r fath. Dewiswch un o'i restr, neu ei hagor yn gyntaf.",
  },
  pot_not_found: {
    status: 404,
    field: "pot",
    en: ({ pot }) => `This place has no pot "${pot}". Choose one from its list, by its name or address.`,
    cy: ({ pot }) => `Nid oes gan y lle hwn gronfa "${pot}". Dewiswch un o'i restr, yn ôl ei henw neu ei chyfeiriad.`,
  },
  allocation_not_found: {
    status: 404,
    field: "allocationId",
    en: () => "This place has no such allocation. Choose one from the pot's page.",
    cy: () => "Nid oes gan y lle hwn ddyraniad o'r fath. Dewiswch un o dudalen y gronfa.",
  },
  commitment_not_found: {
    status: 404,
    field: "commitmentId",
    en: () => "This place has no such commitment. Choose one from the pot's page.",
    cy: () => "Nid oes gan y lle hwn ymrwymiad o'r fath. Dewiswch un o dudalen y gronfa.",
  },
  transfer_not_found: {
    status: 404,
    field: "transferId",
    en: () => "This place has no such transfer. Choose one from the ledger.",
    cy: () => "Nid oes gan y lle hwn drosglwyddiad o'r fath. Dewiswch un o'r llyfr cyfrifon.",
  },
  partner_not_found: {
    status: 404,
    en: () => "This place has no such partner. Choose one from its list, or add it first.",
    cy: () => "Nid oes gan y lle hwn bartner o'r fath. Dewiswch un o'i restr, neu ychwanegwch ef yn gyntaf.",
  },
  service_not_found: {
    status: 404,
    field: "serviceId",
    en: () => "This place has no such service. Choose one from its list, or add it first.",
    cy: () => "Nid oes gan y lle hwn wasanaeth o'r fath. Dewiswch un o'i restr, neu ychwanegwch ef yn gyntaf.",
  },
  theme_not_found: {
    status: 404,
    field: "themeId",
    en: () => "This place has no such theme. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn thema o'r fath. Dewiswch un o'i restr.",
  },
  area_not_found: {
    status: 404,
    field: "areaId",
    en: () => "This place has no such area. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn ardal o'r fath. Dewiswch un o'i restr.",
  },
  spend_line_not_found: {
    status: 404,
    field: "spendLine",
    en: ({ row }) =>
      `There is no published payment in row ${row} of that file. Check the file and the row, or leave them out.`,
    cy: ({ row }) =>
      `Nid oes taliad cyhoeddedig yn rhes ${row} y ffeil honno. Gwiriwch y ffeil a'r rhes, neu eu gadael allan.`,
  },
};

export const ledgerRefusals: Catalogue<LedgerRefusal> = {
  ...missing,
  ...conditions,
  ...resolving,
  ...money,
  ...bankRefusals,
  key_reused: commonRefusals.key_reused,
  stream_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `There is a stream called "${name}" here already. Use it, or choose another name.`,
    cy: ({ name }) => `Mae ffrwd o'r enw "${name}" yma eisoes. Defnyddiwch hi, neu dewiswch enw arall.`,
  },
  ends_before_start: {
    status: 422,
    field: "endsOn",
    en: () => "The end is before the start. Change one of the two dates.",
    cy: () => "Mae'r diwedd cyn y dechrau. Newidiwch un o'r ddau ddyddiad.",
  },
  pot_exists: {
    status: 409,
    field: "name",
    en: ({ name }) => `There is a pot called "${name}" here already, or one with its address. Choose another name.`,
    cy: ({ name }) => `Mae cronfa o'r enw "${name}" yma eisoes, neu un â'i chyfeiriad. Dewiswch enw arall.`,
  },
  another_area: {
    status: 403,
    en: () =>
      "This money is not only your area's. Ask someone who keeps the money of the whole place to record it, or use a pot of your own area.",
    cy: () =>
      "Nid arian eich ardal chi yn unig yw hwn. Gofynnwch i rywun sy'n cadw arian y lle cyfan ei gofnodi, neu defnyddiwch gronfa eich ardal eich hun.",
  },
  before_opening: {
    status: 422,
    en: ({ openedOn }) => `The pot opened on ${formatDay("en", openedOn)}. Enter that day or a later one.`,
    cy: ({ openedOn }) =>
      `Agorodd y gronfa ar ${formatDay("cy", openedOn)}. Rhowch y diwrnod hwnnw neu un diweddarach.`,
  },
  after_today: {
    status: 422,
    en: ({ today }) =>
      `Today is ${formatDay("en", today)} in this place. Record what has happened: enter that day or an earlier one.`,
    cy: ({ today }) =>
      `Heddiw yw ${formatDay("cy", today)} yn y lle hwn. Cofnodwch yr hyn sydd wedi digwydd: rhowch y diwrnod hwnnw neu un cynharach.`,
  },
  before_transfer: {
    status: 422,
    field: "reversedOn",
    en: ({ effectiveOn }) =>
      `The transfer was made on ${formatDay("en", effectiveOn)}. Reverse it on that day or a later one.`,
    cy: ({ effectiveOn }) =>
      `Gwnaed y trosglwyddiad ar ${formatDay("cy", effectiveOn)}. Gwrthdrowch ef ar y diwrnod hwnnw neu un diweddarach.`,
  },
  stream_twice: {
    status: 422,
    field: "shares",
    en: () => "A stream is named twice in the shares. Put its shares together.",
    cy: () => "Mae ffrwd wedi'i henwi ddwywaith yn y cyfrannau. Rhowch ei chyfrannau gyda'i gilydd.",
  },
  stream_not_in_pot: {
    status: 422,
    field: "shares",
    en: () => "A share names a stream that has no money here. Choose among the streams of this pot.",
    cy: () => "Mae cyfran yn enwi ffrwd nad oes ganddi arian yma. Dewiswch o blith ffrydiau'r gronfa hon.",
  },
  reversal_not_reversible: {
    status: 409,
    field: "transferId",
    en: () => "This is itself a reversal. Record what happened again instead of reversing it.",
    cy: () => "Gwrthdroad yw hwn ei hun. Cofnodwch yr hyn a ddigwyddodd eto yn lle ei wrthdroi.",
  },
  already_reversed: {
    status: 409,
    field: "transferId",
    en: () => "This transfer has been reversed already. There is nothing more to undo.",
    cy: () => "Mae'r trosglwyddiad hwn wedi'i wrthdroi eisoes. Nid oes dim mwy i'w ddadwneud.",
  },
  wrong_book: {
    status: 409,
    en: () => "Shadow money and real money are kept apart. Choose accounts of one book.",
    cy: () => "Cedwir arian cysgodol ac arian go iawn ar wahân. Dewiswch gyfrifon o un llyfr.",
  },
  account_closed: {
    status: 409,
    en: () => "One of the accounts is closed on that day. Choose an earlier day, or another account.",
    cy: () => "Mae un o'r cyfrifon ar gau ar y diwrnod hwnnw. Dewiswch ddiwrnod cynharach, neu gyfrif arall.",
  },
  not_verified: {
    status: 409,
    en: ({ check, found }) =>
      `The ledger does not verify. ${check} First found: ${found}. Stop recording and ask the auditor.`,
    cy: ({ check, found }) =>
      `Nid yw'r llyfr cyfrifon yn dilysu. ${check} Canfuwyd gyntaf: ${found}. Peidiwch â chofnodi rhagor a gofynnwch i'r archwilydd.`,
  },
};
