/** One book of a place as every way to write it down takes it: accounts, transfers with their lines, balances. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";

export const BOOKS = ["real", "shadow"] as const;
export type Book = (typeof BOOKS)[number];

export type BooksHead = {
  readonly place: string;
  readonly book: Book;
  readonly from: Day | null;
  readonly asAt: Day;
};

/** `record` is the name of what the account is for, where it has one; all words may be anything at all. */
export type NamedAccount = {
  readonly accountId: string;
  readonly kind: string;
  readonly pot: string | null;
  readonly stream: string | null;
  readonly record: string | null;
};

/** `firstOn` is the day of the first entry that the file holds for it. */
export type OpenAccount = NamedAccount & { readonly firstOn: Day };

export type BookLine = { readonly account: NamedAccount; readonly amountPence: Pence };

export type BookTransfer = {
  readonly transferId: string;
  readonly kind: string;
  readonly effectiveOn: Day;
  readonly postedAt: string;
  readonly recordId: string;
  readonly words: string;
  readonly madeBy: string;
  readonly reversesId: string | null;
  readonly lines: readonly BookLine[];
};

export type Balance = { readonly account: NamedAccount; readonly balancePence: Pence };

/** How one program's file is written, part after part. A part that has lines is begun, and each line stands alone. */
export type JournalForm = {
  readonly head: (head: BooksHead) => string;
  readonly account: (account: OpenAccount) => string;
  readonly transfer: (transfer: BookTransfer) => string;
  /** What was there before the first day of the file: one entry, at the end of `day`. */
  readonly openingHead: (day: Day) => string;
  readonly openingLine: (balance: Balance) => string;
  /** What each account must hold at the end of `day`. */
  readonly assertedHead: (day: Day) => string;
  readonly assertedLine: (day: Day, balance: Balance) => string;
};
