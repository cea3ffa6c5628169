/**
 * Rows of one query through a cursor of the transaction in hand, some thousands at a time, so that a million take no more memory
 * than a few thousand. A cursor takes no parameters: the query writes its values as literals.
 */
import { type Fragment, sql, type Transaction } from "./database.ts";

const ROWS_A_TIME = 2_000;

export async function* readThrough<Row extends object>(
  tx: Transaction,
  query: Fragment<Row>,
): AsyncGenerator<readonly Row[]> {
  await tx.run(sql`declare rows_in_hand no scroll cursor for ${query}`, "any");
  for (;;) {
    const rows = await tx.rows(sql<Row>`fetch ${sql.lit(ROWS_A_TIME)} from rows_in_hand`);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_TIME) break;
  }
  await tx.run(sql`close rows_in_hand`, "any");
}
