/** A whole journal as a stream of text: opening balances, transfers in order of day, and balances at each day asked. */
import { addDays, type Day } from "../../lib/day.ts";
import type { Balance, BooksHead, BookTransfer, JournalForm, OpenAccount } from "./books.ts";

export type BooksToWrite = {
  readonly head: BooksHead;
  readonly accounts: AsyncIterable<OpenAccount>;
  /** In order of day. */
  readonly transfers: AsyncIterable<BookTransfer>;
  /** What each account holds at the end of a day; with `all` false, only those that hold something. */
  readonly balances: (day: Day, all: boolean) => AsyncIterable<Balance>;
};

/** `assertAt` in order, each within the days of the file. */
export async function* journalText(
  form: JournalForm,
  { books, assertAt }: { readonly books: BooksToWrite; readonly assertAt: readonly Day[] },
): AsyncGenerator<string> {
  yield form.head(books.head);
  for await (const account of books.accounts) yield form.account(account);
  if (books.head.from !== null) yield* openingText(form, { books, day: addDays(books.head.from, -1) });
  const waiting = [...assertAt];
  for await (const transfer of books.transfers) {
    while (waiting[0] !== undefined && waiting[0] < transfer.effectiveOn)
      yield* assertedText(form, { books, day: waiting.shift() as Day });
    yield form.transfer(transfer);
  }
  for (const day of waiting) yield* assertedText(form, { books, day });
}

type AtDay = { readonly books: BooksToWrite; readonly day: Day };

/** Nothing is written where there is nothing to say: an entry without lines is none. */
async function* openingText(form: JournalForm, { books, day }: AtDay): AsyncGenerator<string> {
  let begun = false;
  for await (const balance of books.balances(day, false)) {
    if (!begun) yield form.openingHead(day);
    begun = true;
    yield form.openingLine(balance);
  }
}

async function* assertedText(form: JournalForm, { books, day }: AtDay): AsyncGenerator<string> {
  let begun = false;
  for await (const balance of books.balances(day, true)) {
    if (!begun) yield form.assertedHead(day);
    begun = true;
    yield form.assertedLine(day, balance);
  }
}
