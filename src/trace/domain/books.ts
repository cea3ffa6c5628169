/** Shadow and real are two books: what a chain carries in one is never added to what it carries in the other. */
import type { Pence } from "../../lib/pence.ts";

export type Book = "real" | "shadow";
/** So many branches that are not shown, and what they come to. */
export type Hidden = { readonly book: Book | null; readonly count: number; readonly amountPence: Pence };

/** What is hidden of a record, a line for each book; `own` is the record's book. */
export function hiddenByBook(
  hidden: readonly { readonly amountPence: Pence; readonly book?: Book | null }[],
  own: Book | null,
): readonly Hidden[] {
  const books = new Map<Book | null, Hidden>();
  for (const one of hidden) {
    const book = one.book ?? own;
    const before = books.get(book) ?? { book, count: 0, amountPence: 0n };
    books.set(book, { book, count: before.count + 1, amountPence: before.amountPence + one.amountPence });
  }
  return [...books.values()];
}
