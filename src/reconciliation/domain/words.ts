/** Why a row cannot be taken in and why two things are thought to be one, in both languages. */
import type { Language } from "../../lib/language.ts";
import type { ColumnRole } from "./columns.ts";
import type { FaultReason, RowFault } from "./listing-line.ts";
import type { Reason } from "./match.ts";

const FAULTS: Readonly<Record<Language, Readonly<Record<FaultReason, string>>>> = {
  en: {
    missing: "is empty. Fill it in, or remove the row",
    not_a_date: "is not a date. Write it day first, for example 31/03/2013",
    not_an_amount: "is not an amount in pounds and pence. Write it like 1234.50 or -1234.50",
    both_debit_and_credit: "has a debit and a credit in one row. Leave one of them empty",
    sign_not_known: "says neither debit nor credit. Use D or C, or S or H",
    too_long: "is longer than 400 characters. Shorten it",
    line_twice: "stands twice in this file. Remove one of the two rows",
    changed:
      "was taken in before with other content: it was changed in the host's ledger. Accept the changed lines to keep both versions",
    changed_and_matched: "was changed in the host's ledger after it was matched. Undo its match first",
  },
  cy: {
    missing: "yn wag. Llenwch ef, neu dilëwch y rhes",
    not_a_date: "ddim yn ddyddiad. Ysgrifennwch y diwrnod yn gyntaf, er enghraifft 31/03/2013",
    not_an_amount: "ddim yn swm mewn punnoedd a cheiniogau. Ysgrifennwch ef fel 1234.50 neu -1234.50",
    both_debit_and_credit: "â debyd a chredyd mewn un rhes. Gadewch un ohonynt yn wag",
    sign_not_known: "ddim yn dweud ai debyd ynteu gredyd ydyw. Defnyddiwch D neu C, neu S neu H",
    too_long: "yn hirach na 400 o nodau. Cwtogwch ef",
    line_twice: "yn sefyll ddwywaith yn y ffeil hon. Dilëwch un o'r ddwy res",
    changed:
      "wedi'i gymryd i mewn o'r blaen gyda chynnwys arall: fe'i newidiwyd yng nghyfriflyfr y lletywr. Derbyniwch y llinellau a newidiwyd i gadw'r ddau fersiwn",
    changed_and_matched: "wedi'i newid yng nghyfriflyfr y lletywr ar ôl ei baru. Dadwnewch y paru yn gyntaf",
  },
};

export function explainFault(language: Language, fault: RowFault): string {
  const { row, column, value, reason } = fault;
  const what = value === "" ? column : `${column} “${value}”`;
  return language === "cy"
    ? `Rhes ${row}: mae ${what} ${FAULTS.cy[reason]}.`
    : `Row ${row}: ${what} ${FAULTS.en[reason]}.`;
}

export const roleNames: Readonly<Record<Language, Readonly<Record<ColumnRole, string>>>> = {
  en: {
    document: "document number",
    line: "line number",
    postedOn: "posting date",
    amount: "amount",
    debit: "debit",
    credit: "credit",
    sign: "debit or credit",
    costCentre: "cost centre",
    subjective: "account (subjective)",
    project: "project",
    supplier: "supplier",
    words: "text",
    period: "period",
    reference: "reference",
  },
  cy: {
    document: "rhif y ddogfen",
    line: "rhif y llinell",
    postedOn: "dyddiad postio",
    amount: "swm",
    debit: "debyd",
    credit: "credyd",
    sign: "debyd neu gredyd",
    costCentre: "canolfan gost",
    subjective: "cyfrif (goddrychol)",
    project: "prosiect",
    supplier: "cyflenwr",
    words: "testun",
    period: "cyfnod",
    reference: "cyfeirnod",
  },
};

/** A reason for a suggestion in plain words. Staff desks read it; the Welsh follows. */
export function explainReason(reason: Reason): string {
  switch (reason.code) {
    case "reference":
      return `the reference ${reason.reference} is the same`;
    case "reference_in_words":
      return `the reference ${reason.reference} stands in the text`;
    case "amount":
      return "the amount is the same to the penny";
    case "sum":
      return `${reason.count} of them come to the amount, to the penny`;
    case "same_document":
      return `they are the lines of document ${reason.document}`;
    case "days":
      return reason.days === 0 ? "on the same day" : reason.days === 1 ? "1 day apart" : `${reason.days} days apart`;
    case "supplier":
      return reason.percent === 100 ? "the supplier is the same" : `the supplier's name is ${reason.percent}% alike`;
    case "codes":
      return "the codes are the same";
    case "reversal":
      return "the one reverses the other, and neither is in the listing";
    case "others_fit":
      return reason.count === 1 ? "one other pair fits as well" : `${reason.count} other pairs fit as well`;
  }
}
