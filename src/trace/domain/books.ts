/** Shadow and real are two books: what a chain carries in one is never added to what it carries in the other. */
import type { Pence } from "../../lib/pence.ts";

export type Book = "real" | "shadow";
/** So many branches that are not shown, and what they come to. */
export type Hidden = { readonly book: Book | null; readonly count: number; readonly amountPence: Pence };

/** The book of a share or stop, where its subject says it; else that of the record it leads to or stands at counts. */
export function bookOf(one: object): Book | null {
  const book = "book" in one ? one.book : null;
  return book === "real" || book === "shadow" ? book : null;
}

/** What is hidden of a record, a line for each book; `own` is the record's book. */
export function hiddenByBook(hidden: readonly { readonly amountPence: Pence }[], own: Book | null): readonly Hidden[] {
  const books = new Map<Book | null, Hidden>();
  for (const one of hidden) {
    const book = bookOf(one) ?? own;
    const before = books.get(book) ?? { book, count: 0, amountPence: 0n };
    books.set(book, { book, count: before.count + 1, amountPence: before.amountPence + one.amountPence });
  }
  return [...books.values()];
}
