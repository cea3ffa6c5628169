/** Why a period, an accrual or a year end can be refused, in the order in which it is looked at. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Language } from "../lib/language.ts";
import { formatPounds, type Pence } from "../lib/pence.ts";
import type { Catalogue } from "../platform/use-case/index.ts";
import { type Period, periodWords } from "./domain/periods.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";

type Said = Readonly<Record<Language, string>>;

type Own =
  | { readonly code: "march_closes_twice" }
  | { readonly code: "period_not_over"; readonly to: Day }
  | { readonly code: "already_closed" }
  | { readonly code: "earlier_open"; readonly period: Period }
  | { readonly code: "checklist_stops"; readonly title: Said; readonly words: Said; readonly stops: number }
  | { readonly code: "period_overlaps" }
  | { readonly code: "period_not_closed" }
  | { readonly code: "period_hard" }
  | { readonly code: "not_a_period_end"; readonly end: Day }
  | { readonly code: "accrual_not_found" }
  | { readonly code: "accrual_taken_back" }
  | { readonly code: "accrual_not_turned_round"; readonly amountPence: Pence }
  | { readonly code: "accrual_comes_back" }
  | { readonly code: "figures_changed" }
  | { readonly code: "rule_exists" }
  | { readonly code: "nothing_sealed"; readonly first: Date | null }
  | { readonly code: "year_ended" }
  | { readonly code: "periods_open"; readonly period: Period }
  | { readonly code: "commitment_undecided"; readonly words: string; readonly leftPence: Pence; readonly count: number }
  | { readonly code: "not_open_commitment"; readonly commitmentId: string };

export type PeriodRefusal = LedgerRefusal | Own;

const own: Catalogue<Own> = {
  march_closes_twice: {
    status: 422,
    field: "period",
    en: () =>
      "March closes twice: softly as period 12, then for good as period 13 with the year end. Close period 12 softly, or end the year.",
    cy: () =>
      "Mae mis Mawrth yn cau ddwywaith: yn feddal fel cyfnod 12, yna'n derfynol fel cyfnod 13 gyda diwedd y flwyddyn. Caewch gyfnod 12 yn feddal, neu dewch â'r flwyddyn i ben.",
  },
  period_not_over: {
    status: 422,
    field: "period",
    en: ({ to }) =>
      `The period runs to ${formatDay("en", to)}. Close it for good on that day or later; softly at any time.`,
    cy: ({ to }) =>
      `Mae'r cyfnod yn rhedeg hyd ${formatDay("cy", to)}. Caewch ef yn derfynol ar y diwrnod hwnnw neu'n hwyrach; yn feddal unrhyw bryd.`,
  },
  already_closed: {
    status: 409,
    field: "period",
    en: () => "This is closed for good already. Its certificate stands on the page of its quarter.",
    cy: () => "Mae hwn wedi'i gau'n derfynol eisoes. Mae ei dystysgrif ar dudalen ei chwarter.",
  },
  earlier_open: {
    status: 409,
    field: "period",
    en: ({ period }) =>
      `${periodWords("en", period)} has entries and is not closed for good. Close it first: periods close in order.`,
    cy: ({ period }) =>
      `Mae gan ${periodWords("cy", period)} gofnodion ac nid yw wedi'i gau'n derfynol. Caewch ef yn gyntaf: mae cyfnodau'n cau yn eu trefn.`,
  },
  checklist_stops: {
    status: 409,
    field: "explained",
    en: ({ title, words, stops }) =>
      `${title.en}: ${words.en} Do this first, or say in words why the period closes without it.${
        stops > 1 ? ` ${stops} things stand in the way altogether.` : ""
      }`,
    cy: ({ title, words, stops }) =>
      `${title.cy}: ${words.cy} Gwnewch hyn yn gyntaf, neu dywedwch mewn geiriau pam mae'r cyfnod yn cau hebddo.${
        stops > 1 ? ` Mae ${stops} o bethau yn y ffordd i gyd.` : ""
      }`,
  },
  period_overlaps: {
    status: 409,
    field: "period",
    en: () => "Another stretch of these days is closed already. Choose one of the periods in the list.",
    cy: () => "Mae rhan arall o'r dyddiau hyn wedi'i chau eisoes. Dewiswch un o'r cyfnodau yn y rhestr.",
  },
  period_not_closed: {
    status: 409,
    field: "period",
    en: () => "This period is open. There is nothing to take back.",
    cy: () => "Mae'r cyfnod hwn ar agor. Nid oes dim i'w dynnu'n ôl.",
  },
  period_hard: {
    status: 409,
    field: "period",
    en: () => "This period is closed for good. Record what came late as a late item: it counts in the open period.",
    cy: () =>
      "Mae'r cyfnod hwn wedi'i gau'n derfynol. Cofnodwch yr hyn a ddaeth yn hwyr fel eitem hwyr: bydd yn cyfrif yn y cyfnod agored.",
  },
  not_a_period_end: {
    status: 422,
    field: "on",
    en: ({ end }) =>
      `An accrual stands on the last day of a period. Enter ${formatDay("en", end)}, or another month's end.`,
    cy: ({ end }) =>
      `Mae croniad yn sefyll ar ddiwrnod olaf cyfnod. Rhowch ${formatDay("cy", end)}, neu ddiwedd mis arall.`,
  },
  accrual_not_found: {
    status: 404,
    field: "takesBackId",
    en: () => "This place has no such accrual. Choose one from the list of its period end.",
    cy: () => "Nid oes gan y lle hwn groniad o'r fath. Dewiswch un o restr ei ddiwedd cyfnod.",
  },
  accrual_taken_back: {
    status: 409,
    field: "takesBackId",
    en: () =>
      "Nothing of this accrual stands: it is taken back already, or takes back another. Look at the list again.",
    cy: () =>
      "Nid oes dim o'r croniad hwn yn sefyll: mae wedi'i dynnu'n ôl eisoes, neu mae'n tynnu un arall yn ôl. Edrychwch ar y rhestr eto.",
  },
  accrual_not_turned_round: {
    status: 422,
    field: "takesBackId",
    en: ({ amountPence }) =>
      `To take this accrual back, record ${formatPounds(amountPence)} with the same pot, stream, kind, partner, service, period end and reference.`,
    cy: ({ amountPence }) =>
      `I dynnu'r croniad hwn yn ôl, cofnodwch ${formatPounds(amountPence)} gyda'r un gronfa, ffrwd, math, partner, gwasanaeth, diwedd cyfnod a chyfeirnod.`,
  },
  accrual_comes_back: {
    status: 409,
    field: "transferId",
    en: () =>
      "An accrual comes back by itself the day after its period. Record one of the opposite amount to undo it sooner.",
    cy: () =>
      "Mae croniad yn dod yn ôl ohono'i hun y diwrnod ar ôl ei gyfnod. Cofnodwch un o'r swm cyferbyn i'w ddadwneud yn gynt.",
  },
  figures_changed: {
    status: 409,
    en: () => "The statement's figures have changed since you looked. Look at it again, then mark it as sent.",
    cy: () =>
      "Mae ffigurau'r gyfriflen wedi newid ers i chi edrych. Edrychwch arni eto, yna nodwch iddi gael ei hanfon.",
  },
  rule_exists: {
    status: 409,
    field: "startsOn",
    en: () => "The pot has a rule from that day already. Choose another day.",
    cy: () => "Mae gan y gronfa reol o'r diwrnod hwnnw eisoes. Dewiswch ddiwrnod arall.",
  },
  nothing_sealed: {
    status: 422,
    field: "knownAt",
    en: ({ first }) =>
      first === null
        ? "Nothing is sealed here yet. Ask again in a few seconds, or leave the moment out."
        : `The first block was sealed at ${first.toISOString()}. Enter that moment or a later one.`,
    cy: ({ first }) =>
      first === null
        ? "Nid oes dim wedi'i selio yma eto. Gofynnwch eto ymhen ychydig eiliadau, neu gadewch y foment allan."
        : `Seliwyd y bloc cyntaf am ${first.toISOString()}. Rhowch y foment honno neu un ddiweddarach.`,
  },
  year_ended: {
    status: 409,
    field: "year",
    en: () => "This year has ended already in this book. Its closing figures are the next year's opening ones.",
    cy: () =>
      "Mae'r flwyddyn hon wedi dod i ben eisoes yn y llyfr hwn. Ei ffigurau terfynol yw ffigurau agoriadol y flwyddyn nesaf.",
  },
  periods_open: {
    status: 409,
    field: "year",
    en: ({ period }) =>
      `${periodWords("en", period)} is still open. Close periods 1 to 11 for good and period 12 softly, then end the year.`,
    cy: ({ period }) =>
      `Mae ${periodWords("cy", period)} ar agor o hyd. Caewch gyfnodau 1 i 11 yn derfynol a chyfnod 12 yn feddal, yna dewch â'r flwyddyn i ben.`,
  },
  commitment_undecided: {
    status: 409,
    field: "commitments",
    en: ({ words, leftPence, count }) =>
      `"${words}" has ${formatPounds(leftPence)} left. Say whether it is carried forward or released.${
        count > 1 ? ` ${count} commitments are open.` : ""
      }`,
    cy: ({ words, leftPence, count }) =>
      `Mae gan "${words}" ${formatPounds(leftPence)} ar ôl. Dywedwch a gaiff ei gario ymlaen neu ei ryddhau.${
        count > 1 ? ` Mae ${count} o ymrwymiadau ar agor.` : ""
      }`,
  },
  not_open_commitment: {
    status: 422,
    field: "commitments",
    en: () => "One of the commitments has nothing left, or is of another book. Decide only on those that are listed.",
    cy: () =>
      "Nid oes gan un o'r ymrwymiadau ddim ar ôl, neu mae mewn llyfr arall. Penderfynwch dim ond ar y rhai a restrir.",
  },
};

export const periodRefusals: Catalogue<PeriodRefusal> = { ...ledgerRefusals, ...own };
