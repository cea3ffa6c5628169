/** Why the virtual bank can refuse a change beyond the plain record: periods, journals, plans, steps; in both languages. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import type { CreditRefusal } from "./domain/credit-lines.ts";

/** Those of credited lines that are not the payment's own (messages.ts). */
type CreditLineRefusal = Extract<
  CreditRefusal,
  { readonly code: "line_twice" | "line_not_found" | "credit_over_line" | "credit_leaves_recovered" }
>;

export type BankRefusal =
  | CreditLineRefusal
  | { readonly code: "credit_note_not_found" }
  | { readonly code: "period_closed"; readonly openFrom: Day }
  | { readonly code: "too_large" }
  | { readonly code: "unknown_account"; readonly at: number }
  | { readonly code: "unbalanced"; readonly at: number; readonly sumPence: Pence }
  | { readonly code: "streams_mixed"; readonly at: number; readonly sumPence: Pence }
  | { readonly code: "payment_not_found" }
  | { readonly code: "precommitment_not_found" }
  | { readonly code: "precommitment_ended" }
  | { readonly code: "another_allocation" }
  | { readonly code: "same_allocation" }
  | { readonly code: "another_pot" }
  | { readonly code: "not_its_part" }
  | { readonly code: "another_host"; readonly host: string }
  | { readonly code: "pot_closed"; readonly closedOn: Day }
  | { readonly code: "step_backwards"; readonly mode: "aligned" | "shadow" | "pooled" | "delegated" }
  | { readonly code: "name_needed" }
  | { readonly code: "part_needed" }
  | { readonly code: "parent_not_fit" }
  | { readonly code: "stages_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "credit_over_payment"; readonly leftPence: Pence }
  | { readonly code: "credited_already"; readonly creditedPence: Pence };

const LINE_AMOUNTS = {
  netPence: { en: "net amount", cy: "swm net" },
  vatPence: { en: "VAT", cy: "TAW" },
  recoverablePence: { en: "VAT recovered", cy: "TAW a adenillwyd" },
} as const;

export const bankRefusals: Catalogue<BankRefusal> = {
  period_closed: {
    status: 409,
    en: ({ openFrom }) =>
      `The books are closed for that day. Enter ${formatDay("en", openFrom)} or later, or record it as a late item: it then counts in the open period and keeps its own day.`,
    cy: ({ openFrom }) =>
      `Mae'r llyfrau ar gau ar gyfer y diwrnod hwnnw. Rhowch ${formatDay("cy", openFrom)} neu'n hwyrach, neu cofnodwch hi fel eitem hwyr: bydd wedyn yn cyfrif yn y cyfnod agored ac yn cadw ei diwrnod ei hun.`,
  },
  too_large: {
    status: 422,
    field: "amountPence",
    en: () =>
      "The amount is more than £10,000,000,000,000, the most that one entry can be. Check it for digits too many.",
    cy: () =>
      "Mae'r swm yn fwy na £10,000,000,000,000, y mwyaf y gall un cofnod fod. Gwiriwch a oes gormod o ddigidau.",
  },
  unknown_account: {
    status: 404,
    field: "journals",
    en: ({ at }) => `Journal ${at} names an account that is not at this place. Take the id from the list of accounts.`,
    cy: ({ at }) => `Mae dyddlyfr ${at} yn enwi cyfrif nad yw yn y lle hwn. Cymerwch y rhif o'r rhestr cyfrifon.`,
  },
  unbalanced: {
    status: 422,
    field: "journals",
    en: ({ at, sumPence }) =>
      `The lines of journal ${at} come to ${formatPounds(sumPence)}. Change them so that they come to nought.`,
    cy: ({ at, sumPence }) =>
      `Cyfanswm llinellau dyddlyfr ${at} yw ${formatPounds(sumPence)}. Newidiwch hwy fel eu bod yn dod i ddim.`,
  },
  streams_mixed: {
    status: 422,
    field: "journals",
    en: ({ at, sumPence }) =>
      `Journal ${at} moves ${formatPounds(sumPence)} from one stream's money to another's. Make the lines of each stream come to nought: each pound stays with its stream.`,
    cy: ({ at, sumPence }) =>
      `Mae dyddlyfr ${at} yn symud ${formatPounds(sumPence)} o arian un ffrwd i arian ffrwd arall. Gwnewch i linellau pob ffrwd ddod i ddim: mae pob punt yn aros gyda'i ffrwd.`,
  },
  payment_not_found: {
    status: 404,
    field: "paymentId",
    en: () => "There is no such payment. Choose one from the list of payments.",
    cy: () => "Nid oes taliad o'r fath. Dewiswch un o'r rhestr taliadau.",
  },
  precommitment_not_found: {
    status: 404,
    field: "precommitmentId",
    en: () => "There is no such pre-commitment. Choose one from the list.",
    cy: () => "Nid oes rhag-ymrwymiad o'r fath. Dewiswch un o'r rhestr.",
  },
  precommitment_ended: {
    status: 409,
    field: "precommitmentId",
    en: () => "This pre-commitment holds nothing any more: it was drawn, released or expired. Choose an open one.",
    cy: () =>
      "Nid yw'r rhag-ymrwymiad hwn yn dal dim bellach: cafodd ei dynnu, ei ryddhau neu daeth i ben. Dewiswch un agored.",
  },
  another_allocation: {
    status: 422,
    field: "precommitmentId",
    en: () => "The pre-commitment is of another allocation. Choose one of the same allocation.",
    cy: () => "Mae'r rhag-ymrwymiad yn perthyn i ddyraniad arall. Dewiswch un o'r un dyraniad.",
  },
  same_allocation: {
    status: 422,
    field: "toAllocationId",
    en: () => "Choose another allocation to receive the money.",
    cy: () => "Dewiswch ddyraniad arall i dderbyn yr arian.",
  },
  another_pot: {
    status: 422,
    field: "toAllocationId",
    en: () =>
      "The two allocations are in different pots. Choose two of the same pot; between pots money goes by a contribution.",
    cy: () =>
      "Mae'r ddau ddyraniad mewn cronfeydd gwahanol. Dewiswch ddau o'r un gronfa; rhwng cronfeydd mae arian yn mynd drwy gyfraniad.",
  },
  not_its_part: {
    status: 422,
    field: "toPotId",
    en: () =>
      "Money is handed only between a pot and its own part. Choose a part of this pot, or the pot that it is part of; elsewhere money goes by a contribution.",
    cy: () =>
      "Dim ond rhwng cronfa a'i rhan ei hun y rhoddir arian. Dewiswch ran o'r gronfa hon, neu'r gronfa y mae'n rhan ohoni; fel arall mae arian yn mynd drwy gyfraniad.",
  },
  another_host: {
    status: 409,
    field: "toPotId",
    en: ({ host }) =>
      `That pot's money is held by ${host}, so it would leave this pot's host. Record a contribution to it from the stream instead.`,
    cy: ({ host }) =>
      `${host} sy'n dal arian y gronfa honno, felly byddai'n gadael lletywr y gronfa hon. Cofnodwch gyfraniad iddi o'r ffrwd yn lle hynny.`,
  },
  pot_closed: {
    status: 409,
    en: ({ closedOn }) =>
      `This pot closed on ${formatDay("en", closedOn)}: another goes on from it. Open that one and record there.`,
    cy: ({ closedOn }) =>
      `Caeodd y gronfa hon ar ${formatDay("cy", closedOn)}: mae un arall yn parhau ohoni. Agorwch honno a chofnodwch yno.`,
  },
  step_backwards: {
    status: 409,
    field: "mode",
    en: ({ mode }) => `The pot is ${mode} already. Choose a mode that comes after: aligned, shadow, pooled, delegated.`,
    cy: ({ mode }) =>
      `Mae'r gronfa eisoes yn y modd ${mode}. Dewiswch fodd sy'n dod wedyn: aligned, shadow, pooled, delegated.`,
  },
  name_needed: {
    status: 422,
    field: "name",
    en: () => "Enter a name for the pot that follows: real money has a pot of its own.",
    cy: () => "Rhowch enw i'r gronfa sy'n dilyn: mae gan arian go iawn ei gronfa ei hun.",
  },
  part_needed: {
    status: 422,
    field: "part",
    en: () => "Say both: the pot that it is part of, and as what (a neighbourhood's, a project's or a theme's).",
    cy: () => "Nodwch y ddau: y gronfa y mae'n rhan ohoni, ac fel beth (cymdogaeth, prosiect neu thema).",
  },
  parent_not_fit: {
    status: 422,
    field: "parentId",
    en: () =>
      "Choose an open pot of the same book that is not itself part of another. Real money (pooled, delegated) and shadow accounts (aligned, shadow) stay apart.",
    cy: () =>
      "Dewiswch gronfa agored o'r un llyfr nad yw ei hun yn rhan o un arall. Mae arian go iawn (wedi'i chyfuno, wedi'i dirprwyo) a chyfrifon cysgodol (wedi'i halinio, cysgodol) yn aros ar wahân.",
  },
  stages_do_not_sum: {
    status: 422,
    field: "stages",
    en: ({ sumPence, amountPence }) =>
      `The stages come to ${formatPounds(sumPence)}, but the amount is ${formatPounds(amountPence)}. Change them so that they agree to the penny.`,
    cy: ({ sumPence, amountPence }) =>
      `Cyfanswm y camau yw ${formatPounds(sumPence)}, ond y swm yw ${formatPounds(amountPence)}. Newidiwch hwy fel eu bod yn cytuno i'r geiniog.`,
  },
  credit_over_payment: {
    status: 409,
    field: "amountPence",
    en: ({ leftPence }) =>
      `Only ${formatPounds(leftPence)} of this payment can still be credited. Enter that much or less.`,
    cy: ({ leftPence }) =>
      `Dim ond ${formatPounds(leftPence)} o'r taliad hwn y gellir ei gredydu o hyd. Rhowch y swm hwnnw neu lai.`,
  },
  credit_note_not_found: {
    status: 404,
    field: "creditNoteId",
    en: () => "There is no such credit note. Open it from the payment that it is on.",
    cy: () => "Nid oes nodyn credyd o'r fath. Agorwch ef o'r taliad y mae arno.",
  },
  line_twice: {
    status: 422,
    field: "lines",
    en: ({ line }) => `Line ${line} is named twice. Put what is credited of it together.`,
    cy: ({ line }) => `Mae llinell ${line} wedi'i henwi ddwywaith. Rhowch yr hyn a gredydir ohoni gyda'i gilydd.`,
  },
  line_not_found: {
    status: 404,
    field: "lines",
    en: ({ line }) => `The payment has no line ${line}. Name one of its own lines.`,
    cy: ({ line }) => `Nid oes gan y taliad linell ${line}. Enwch un o'i linellau ei hun.`,
  },
  credit_over_line: {
    status: 409,
    field: "lines",
    en: ({ line, column, leftPence }) =>
      `Line ${line}: ${formatPounds(leftPence)} of the ${LINE_AMOUNTS[column].en} is left to credit. Enter an amount from nought to that.`,
    cy: ({ line, column, leftPence }) =>
      `Llinell ${line}: mae ${formatPounds(leftPence)} o'r ${LINE_AMOUNTS[column].cy} ar ôl i'w gredydu. Rhowch swm o sero hyd at hynny.`,
  },
  credit_leaves_recovered: {
    status: 409,
    field: "lines",
    en: ({ line, leastPence }) =>
      `Line ${line}: of the VAT that is left, more would have been recovered than was charged. Enter ${formatPounds(leastPence)} or more as credited VAT that had been recovered, or credit less VAT.`,
    cy: ({ line, leastPence }) =>
      `Llinell ${line}: o'r TAW sydd ar ôl, byddai mwy wedi'i adennill nag a godwyd. Rhowch ${formatPounds(leastPence)} neu fwy fel TAW a gredydir ac a oedd wedi'i adennill, neu credydwch lai o TAW.`,
  },
  credited_already: {
    status: 409,
    en: ({ creditedPence }) =>
      `${formatPounds(creditedPence)} of this payment was credited back already. Reverse the credit note first.`,
    cy: ({ creditedPence }) =>
      `Cafodd ${formatPounds(creditedPence)} o'r taliad hwn ei gredydu'n ôl eisoes. Gwrthdrowch y nodyn credyd yn gyntaf.`,
  },
};
