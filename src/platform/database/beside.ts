/**
 * Long readings by turns on several links that see one moment: PostgreSQL's synchronised snapshots (its manual, section 9.28.5). One
 * process of the server answers one link, so that a proof of a whole ledger on one link leaves its other processors idle.
 */
import { sql } from "kysely";
import { must } from "../../lib/assert.ts";
import type { Transaction, Work } from "./database.ts";

export type Alone = Omit<Transaction, "beside">;

/** The link that asks is one of them. */
const MOST_LINKS = 4;

export type Links = {
  readonly own: Alone;
  /** How many more links could be taken now. */
  readonly free: () => number;
  /** Opens one that sees the moment of a snapshot, for the work. */
  readonly open: (snapshot: string, work: Work<void>) => Promise<void>;
};

/** Each work is begun by the next link that is free. The first that fails ends it: what is begun is waited for, no more begun. */
export async function shareOut<T>({ own, free, open }: Links, works: readonly Work<T>[]): Promise<readonly T[]> {
  const answers: T[] = [];
  let next = 0;
  const takeTurns = async (tx: Transaction): Promise<void> => {
    try {
      for (let at = next++; at < works.length; at = next++) answers[at] = await must(works[at], "a work")(tx);
    } catch (error) {
      next = works.length;
      throw error;
    }
  };
  const others = Math.max(0, Math.min(MOST_LINKS - 1, works.length - 1, free()));
  const snapshot = others === 0 ? "" : await exportSnapshot(own);
  const join = async (): Promise<void> => {
    let begun = false;
    const work: Work<void> = (tx) => {
      begun = true;
      return takeTurns(tx);
    };
    // A link that was taken by another meanwhile is done without: what it would have done, those that there are do.
    await open(snapshot, work).catch((error: unknown) => {
      if (begun) throw error;
    });
  };
  const ended = await Promise.allSettled([
    takeTurns({ ...own, beside: notAgain }),
    ...Array.from({ length: others }, () => join()),
  ]);
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return answers;
}

/** The link that asks waits for the others' long works inside its transaction, for longer than a transaction may lie idle. */
async function exportSnapshot(tx: Alone): Promise<string> {
  const { snapshot } = await tx.one(sql<{ snapshot: string }>`
    select pg_export_snapshot() as snapshot, set_config('idle_in_transaction_session_timeout', '0', true)`);
  return snapshot;
}

function notAgain(): never {
  throw new Error("what is done beside shares nothing out again");
}
