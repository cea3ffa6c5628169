/**
 * The books as beancount reads them. Source: "Beancount Language Syntax" (version 2): open and balance directives,
 * transactions, strings, metadata and links; "Precision & Tolerances in Beancount": a balance is taken as right within a
 * penny either way unless its own tolerance says otherwise, so each says nought. A balance holds at the beginning of its
 * day, so that of the end of a day is written for the next.
 */
import { addDays } from "../../lib/day.ts";
import { accountName } from "./account-name.ts";
import type { JournalForm } from "./books.ts";
import { onOneLine, poundsText } from "./plain-text.ts";

const quoted = (words: string): string => `"${onOneLine(words).replaceAll(/[\\"]/g, (sign) => `\\${sign}`)}"`;
const about = (name: string, value: string): string => `  ${name}: ${quoted(value)}\n`;
const posting = (name: string, amount: string): string => `  ${name}  ${amount} GBP\n`;

/** A transfer is linked by its own id, and a reversal by that of what it reverses too: both are found by either. */
export const beancountForm: JournalForm = {
  head: ({ place, book, from, asAt }) =>
    [
      `; The ${book} book${from === null ? "" : ` from ${from}`} as at ${asAt}`,
      "; Words are as they were written; % stands before what a line cannot hold (RFC 3986, section 2.1).",
      `option "title" ${quoted(`Onepot: the ${book} book of ${place}`)}`,
      'option "operating_currency" "GBP"',
      "",
      "",
    ].join("\n"),
  account: (account) => `${account.firstOn} open ${accountName(account)} GBP\n`,
  transfer: (one) =>
    [
      `\n${one.effectiveOn} * ${quoted(one.words)} ^${one.transferId}${one.reversesId === null ? "" : ` ^${one.reversesId}`}\n`,
      about("transfer", one.transferId),
      about("kind", one.kind),
      about("record", one.recordId),
      about("posted", one.postedAt),
      about("made-by", one.madeBy),
      one.reversesId === null ? "" : about("reverses", one.reversesId),
      ...one.lines.map((line) => posting(accountName(line.account), poundsText(line.amountPence))),
    ].join(""),
  openingHead: (day) => `\n${day} * "What was there before"\n`,
  openingLine: ({ account, balancePence }) => posting(accountName(account), poundsText(balancePence)),
  assertedHead: (day) => `\n; What each account holds at the end of ${day}\n`,
  assertedLine: (day, { account, balancePence }) =>
    `${addDays(day, 1)} balance ${accountName(account)}  ${poundsText(balancePence)} ~ 0 GBP\n`,
};
