/**
 * The books as hledger reads them. Source: hledger manual 1.25, "journal format": transactions, postings, amounts,
 * comments and tags, balance assertions, and the directives decimal-mark, commodity and account. An assertion holds at the
 * end of its day because it stands after that day's entries: hledger checks them by date, then by their order in the file.
 */
import { accountName } from "./account-name.ts";
import type { Balance, JournalForm } from "./books.ts";
import { onOneLine, poundsText } from "./plain-text.ts";

/** The end of a description, of a payee, and of a tag. */
const SIGNS = /[;|,]/g;

const tag = (name: string, value: string): string => `    ; ${name}: ${onOneLine(value, SIGNS)}\n`;
const posting = (name: string, amount: string): string => `    ${name}  ${amount}\n`;
const amountOf = ({ balancePence }: Balance): string => `${poundsText(balancePence)} GBP`;

export const hledgerForm: JournalForm = {
  head: ({ place, book, from, asAt }) =>
    [
      `; Onepot: the ${book} book of ${onOneLine(place)}${from === null ? "" : ` from ${from}`} as at ${asAt}`,
      "; Words are as they were written; % stands before what a line cannot hold (RFC 3986, section 2.1).",
      "decimal-mark .",
      "commodity 1000.00 GBP",
      "",
      "",
    ].join("\n"),
  account: (account) => `account ${accountName(account)}\n`,
  transfer: (one) =>
    [
      `\n${one.effectiveOn} * (${one.transferId}) ${onOneLine(one.words, SIGNS)}`.trimEnd(),
      "\n",
      tag("kind", one.kind),
      tag("record", one.recordId),
      tag("posted", one.postedAt),
      tag("made-by", one.madeBy),
      one.reversesId === null ? "" : tag("reverses", one.reversesId),
      ...one.lines.map((line) => posting(accountName(line.account), `${poundsText(line.amountPence)} GBP`)),
    ].join(""),
  openingHead: (day) => `\n${day} * (opening) What was there before\n`,
  openingLine: (balance) => posting(accountName(balance.account), amountOf(balance)),
  assertedHead: (day) => `\n${day} * (balances) What each account holds at the end of the day\n`,
  assertedLine: (_, balance) => posting(accountName(balance.account), `0.00 GBP = ${amountOf(balance)}`),
};
