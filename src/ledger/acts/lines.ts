/** The lines by which an act of the ledger says what it would do: everything that was asked for, nothing that can change. */
import type { Day } from "../../lib/day.ts";
import { formatDay } from "../../lib/day-words.ts";
import type { Language } from "../../lib/language.ts";
import { formatPounds, type Pence } from "../../lib/pence.ts";
import type { ShownLine } from "../../platform/use-case/index.ts";
import type { CreditLine } from "../domain/credit-lines.ts";
import type { PaymentLine } from "../domain/payment-lines.ts";
import { groupText } from "../domain/subjective-groups.ts";
import type { Name } from "../store/acts.ts";

const LABELS = {
  act: { en: "What happens", cy: "Beth sy'n digwydd" },
  pot: { en: "Pot", cy: "Cronfa" },
  book: { en: "Book", cy: "Llyfr" },
  amount: { en: "Amount", cy: "Swm" },
  stream: { en: "Stream", cy: "Ffrwd" },
  shares: { en: "Drawn on", cy: "Daw o" },
  day: { en: "Day", cy: "Diwrnod" },
  reference: { en: "Reference", cy: "Cyfeirnod" },
  allocation: { en: "Allocation", cy: "Dyraniad" },
  name: { en: "What it is for", cy: "Ar gyfer beth" },
  nameWelsh: { en: "Name in Welsh", cy: "Enw yn Gymraeg" },
  purpose: { en: "Minute or note of the decision", cy: "Cofnod neu nodyn o'r penderfyniad" },
  theme: { en: "Theme", cy: "Thema" },
  decidedBy: { en: "Decided by", cy: "Penderfynwyd gan" },
  power: { en: "Legal power", cy: "Pŵer cyfreithiol" },
  kind: { en: "Kind", cy: "Math" },
  supplier: { en: "Supplier", cy: "Cyflenwr" },
  service: { en: "Service", cy: "Gwasanaeth" },
  endsOn: { en: "Ends on", cy: "Yn dod i ben ar" },
  notes: { en: "Notes", cy: "Nodiadau" },
  vat: { en: "Tax recovered besides", cy: "Treth a adenillir ar ben hynny" },
  published: { en: "Published line", cy: "Llinell gyhoeddedig" },
  reversed: { en: "Entry to reverse", cy: "Cofnod i'w wrthdroi" },
  reason: { en: "Reason", cy: "Rheswm" },
  gives: { en: "Allocation that gives", cy: "Dyraniad sy'n rhoi" },
  receives: { en: "Allocation that receives", cy: "Dyraniad sy'n derbyn" },
  potGives: { en: "Pot that gives", cy: "Cronfa sy'n rhoi" },
  potReceives: { en: "Pot that receives", cy: "Cronfa sy'n derbyn" },
  entry: { en: "Journal", cy: "Dyddlyfr" },
  account: { en: "Account", cy: "Cyfrif" },
  period: { en: "Period", cy: "Cyfnod" },
  explained: { en: "Explained", cy: "Eglurwyd" },
  item: { en: "Item to resolve", cy: "Eitem i'w datrys" },
  mode: { en: "New mode", cy: "Modd newydd" },
  following: { en: "Pot that follows", cy: "Cronfa sy'n dilyn" },
  stood: { en: "What stands there", cy: "Yr hyn sydd yno" },
} as const satisfies Readonly<Record<string, Name>>;

export const ACTS = {
  contribution: { en: "A stream puts money into a pot", cy: "Mae ffrwd yn rhoi arian mewn cronfa" },
  allocation: { en: "Part of a pot is allocated", cy: "Dyrennir rhan o gronfa" },
  commitment: { en: "Money is set aside for a supplier", cy: "Neilltuir arian ar gyfer cyflenwr" },
  payment: { en: "A commitment is paid", cy: "Telir ymrwymiad" },
  virement: {
    en: "Money moves from one allocation to another",
    cy: "Mae arian yn symud o un dyraniad i un arall",
  },
  handover: {
    en: "Money is handed between a pot and its part",
    cy: "Rhoddir arian rhwng cronfa a'i rhan",
  },
  release: {
    en: "What a commitment still holds goes back to its allocation",
    cy: "Mae'r hyn sydd gan ymrwymiad o hyd yn mynd yn ôl i'w ddyraniad",
  },
  creditNote: {
    en: "A supplier gives part of a payment back",
    cy: "Mae cyflenwr yn rhoi rhan o daliad yn ôl",
  },
  close: {
    en: "The books are closed for good: nobody can enter into them again",
    cy: "Caeir y llyfrau'n derfynol: ni all neb gofnodi ynddynt eto",
  },
  yearEnd: {
    en: "The financial year ends: what is left is carried forward or given back, and March is closed for good",
    cy: "Daw'r flwyddyn ariannol i ben: caiff yr hyn sydd ar ôl ei gario ymlaen neu ei roi'n ôl, a chaeir mis Mawrth yn derfynol",
  },
  elsewhere: {
    en: "A payment that was made elsewhere is recorded",
    cy: "Cofnodir taliad a wnaed mewn man arall",
  },
  clearing: {
    en: "Somebody bears what was paid elsewhere",
    cy: "Mae rhywun yn dwyn yr hyn a dalwyd mewn man arall",
  },
  journal: { en: "Journals move money between accounts", cy: "Mae dyddlyfrau'n symud arian rhwng cyfrifon" },
  step: { en: "A pot takes its next step", cy: "Mae cronfa'n cymryd ei cham nesaf" },
  reversal: { en: "An entry is reversed: its money goes back", cy: "Gwrthdroir cofnod: mae ei arian yn mynd yn ôl" },
} as const satisfies Readonly<Record<string, Name>>;

export const MODE_NAMES = {
  aligned: { en: "Aligned", cy: "Wedi'i halinio" },
  shadow: { en: "Shadow", cy: "Cysgodol" },
  pooled: { en: "Pooled: money in one fund", cy: "Cyfun: arian mewn un gronfa" },
  delegated: { en: "Delegated: a board holds the budget", cy: "Dirprwyedig: bwrdd sy'n dal y gyllideb" },
} as const satisfies Readonly<Record<string, Name>>;

export const REAL: Name = { en: "Real money", cy: "Arian go iawn" };

const bothOf = (text: string): Name => ({ en: text, cy: text });

export function line(label: keyof typeof LABELS, text: string | Name): ShownLine {
  return { label: LABELS[label], text: typeof text === "string" ? bothOf(text) : text };
}

/** Nothing where there is nothing to say. */
export function lineIf(label: keyof typeof LABELS, text: string | Name | null): readonly ShownLine[] {
  return text === null || text === "" ? [] : [line(label, text)];
}

export function dayLine(label: "day" | "endsOn", day: Day): ShownLine {
  return line(label, { en: formatDay("en", day), cy: formatDay("cy", day) });
}

export function amountLine(amountPence: Pence, label: "amount" | "vat" = "amount"): ShownLine {
  return line(label, formatPounds(amountPence));
}

/** An invoice line by line, as it was typed; nothing where two amounts say it all. */
export function invoiceLines(lines: readonly PaymentLine[] | undefined): readonly ShownLine[] {
  return (lines ?? []).map(({ netPence, vatPence, recoverablePence, subjectiveGroup, words }, index) => {
    const [net, vat, recovered] = [netPence, vatPence, recoverablePence].map(formatPounds);
    const after = (text: string, language: Language) => {
      const before = [words, groupText(subjectiveGroup ?? "", language)].filter((part) => part !== "").join(", ");
      return before === "" ? text : `${before}: ${text}`;
    };
    return {
      label: { en: `Invoice line ${index + 1}`, cy: `Llinell ${index + 1} yr anfoneb` },
      text: {
        en: after(`net ${net}, VAT ${vat}, of which ${recovered} is recovered`, "en"),
        cy: after(`net ${net}, TAW ${vat}, y mae ${recovered} ohoni'n cael ei adennill`, "cy"),
      },
    };
  });
}

/** A credit note line by line, each with what the payment's line was for; nothing where it has one amount. */
export function creditedLines(
  lines: readonly CreditLine[] | undefined,
  paid: readonly (CreditLine & { readonly words: string })[],
): readonly ShownLine[] {
  return (lines ?? []).map((one) => {
    const [net, vat, recovered] = [one.netPence, one.vatPence, one.recoverablePence].map(formatPounds);
    const words = paid.find(({ line }) => line === one.line)?.words ?? "";
    const before = words === "" ? "" : `${words}: `;
    return {
      label: { en: `Credited of line ${one.line}`, cy: `Credydir o linell ${one.line}` },
      text: {
        en: `${before}net ${net}, VAT ${vat}, of which ${recovered} had been recovered`,
        cy: `${before}net ${net}, TAW ${vat}, yr oedd ${recovered} ohono wedi'i adennill`,
      },
    };
  });
}
