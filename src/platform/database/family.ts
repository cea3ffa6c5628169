/**
 * Work on the tables of families and of matching, which only the family role reads: entered after permission is given and left again in
 * the same transaction, so that nothing else of the house, the books least of all, can read them by mistake.
 */
import { sql, type Transaction } from "./database.ts";

/** Does the work in the family role. Where it throws, the transaction is lost with it, and the role too. */
export async function asFamily<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.rows(sql`set local role onepot_family`);
  const answer = await work();
  await tx.rows(sql`set local role none`);
  return answer;
}
