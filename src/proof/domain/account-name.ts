/**
 * The name of an account in other programs. One name serves both: five roots (beancount, "Language Syntax", Accounts;
 * hledger manual, "Account types"), then words for people, then the account's whole id. The id alone makes a name the
 * account's own; a word is shorter than an id, so that no account's name is the beginning of another's, whose balance a
 * program would add to it. Names do not change: what they are made of is never changed.
 */
import type { NamedAccount } from "./books.ts";

/** Money that others give comes in as income; what is held stands under assets; what services cost is spent. */
const ROOTS: Readonly<Record<string, string>> = {
  stream: "Income:Stream",
  pot: "Assets:Pot",
  allocation: "Assets:Allocation",
  commitment: "Assets:Commitment",
  paid: "Expenses:Paid",
  clearing: "Assets:Clearing",
  resolve: "Assets:To-Resolve",
  adjustment: "Expenses:Adjustment",
  creditor: "Liabilities:Creditor",
  debtor: "Assets:Debtor",
  prepaid: "Assets:Prepaid",
};
/** An id has 36 letters. */
const LONGEST_WORD = 32;
/** Basic Latin, Latin-1, Latin Extended-A and -B and Additional (Welsh ẁ ŵ): letters that every version knows. */
const NOT_LETTERS = /[^0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+/g;
const BEGINS = /^[\p{Lu}\p{Nd}]/u;

export function accountName(account: NamedAccount): string {
  const root = ROOTS[account.kind] ?? "Equity:Other";
  const words = [account.pot, account.stream, account.record === account.pot ? null : account.record];
  const own = words
    .map((text) => wordOf(text ?? ""))
    .filter((word, at, all) => word !== "" && all.indexOf(word) === at);
  return [root, ...own, account.accountId.toUpperCase()].join(":");
}

/** The account's id from its name. */
export function accountIdOf(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1).toLowerCase();
}

/** The text as one word that begins with a capital letter or a number; "" where nothing of it is left. */
function wordOf(text: string): string {
  const [first = "", ...rest] = text.normalize("NFC").replaceAll(NOT_LETTERS, "-").replaceAll(/^-+/g, "");
  const word = (first.toUpperCase() + rest.join("")).normalize("NFC").replaceAll(NOT_LETTERS, "-");
  const begun = word === "" || BEGINS.test(word) ? word : `X${word}`;
  return begun.slice(0, LONGEST_WORD).replaceAll(/-+$/g, "");
}
