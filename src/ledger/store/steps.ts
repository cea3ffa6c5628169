/** The steps of a pot from mode to mode, each with the statement of what stood there when it was taken. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Mode } from "./pots.ts";

export type PotStep = {
  readonly stepNumber: number;
  readonly mode: Mode;
  readonly fromOn: Day;
  readonly power: string;
  readonly words: string;
  readonly successorId: string | null;
  /** Figures in pence as text, as they were. */
  readonly statement: unknown;
  readonly statementHash: Buffer;
  readonly blockNumber: bigint | null;
  readonly madeBy: string;
  readonly madeAt: Date;
};
export type ListedStep = PotStep & { readonly successor: string | null; readonly successorSlug: string | null };

/** The number of the last step; other steps of the pot wait until this transaction ends. */
export async function lockSteps(tx: Transaction, placeId: number, potId: string): Promise<number> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${potId}, ${placeId}))`);
  const { last } = await tx.one(sql<{ last: number }>`
    select coalesce(max(step_number), 0)::integer as last from pot_step where place_id = ${placeId} and pot_id = ${potId}`);
  return last;
}

export async function insertStep(
  tx: Transaction,
  placeId: number,
  step: Omit<PotStep, "blockNumber" | "madeAt"> & { readonly potId: string },
): Promise<void> {
  await tx.run(
    held(
      "step",
      sql`insert into pot_step (place_id, pot_id, step_number, mode, from_on, power, words, successor_id, statement, statement_hash,
          block_number, made_by)
        values (${placeId}, ${step.potId}, ${step.stepNumber}, ${step.mode}, ${step.fromOn}, ${step.power}, ${step.words},
          ${step.successorId}, ${JSON.stringify(step.statement)}::jsonb, ${step.statementHash},
          (select max(block_number) from audit_block where place_id = ${placeId}), ${step.madeBy})`,
    ),
    1,
  );
}

export async function listSteps(tx: Transaction, placeId: number, potId: string): Promise<readonly ListedStep[]> {
  return tx.rows(sql<ListedStep>`
    select s.step_number as "stepNumber", s.mode, s.from_on as "fromOn", s.power, s.words, s.successor_id as "successorId",
           s.statement, s.statement_hash as "statementHash", s.block_number as "blockNumber", s.made_by as "madeBy",
           s.made_at as "madeAt", o.name as successor, o.slug as "successorSlug"
      from pot_step s left join pot o on o.place_id = s.place_id and o.pot_id = s.successor_id
     where s.place_id = ${placeId} and s.pot_id = ${potId} order by s.step_number limit 50`);
}

/** The pot that this one follows, where it does. */
export async function findFollowed(
  tx: Transaction,
  placeId: number,
  potId: string,
): Promise<{
  readonly potId: string;
  readonly slug: string;
  readonly name: string;
  readonly nameWelsh: string | null;
} | null> {
  return tx.maybe(sql<{ potId: string; slug: string; name: string; nameWelsh: string | null }>`
    select o.pot_id as "potId", o.slug, o.name, o.name_welsh as "nameWelsh"
      from pot_step s join pot o on o.place_id = s.place_id and o.pot_id = s.pot_id
     where s.place_id = ${placeId} and s.successor_id = ${potId}`);
}

export type PotLink = {
  readonly potId: string;
  readonly otherId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly way: "follows" | "followed";
};

/** The pots that some pots go on from, and those that go on from them. */
export async function findPotLinks(
  tx: Transaction,
  placeId: number,
  potIds: readonly string[],
): Promise<readonly PotLink[]> {
  return tx.rows(sql<PotLink>`
    select s.successor_id as "potId", s.pot_id as "otherId", o.name, o.name_welsh as "nameWelsh", 'follows' as way
      from pot_step s join pot o on o.place_id = s.place_id and o.pot_id = s.pot_id
     where s.place_id = ${placeId} and s.successor_id = any(${potIds}::uuid[])
    union all
    select s.pot_id, s.successor_id, o.name, o.name_welsh, 'followed'
      from pot_step s join pot o on o.place_id = s.place_id and o.pot_id = s.successor_id
     where s.place_id = ${placeId} and s.pot_id = any(${potIds}::uuid[]) limit 2000`);
}

export async function closePot(
  tx: Transaction,
  placeId: number,
  the: { readonly potId: string; readonly from: Day },
): Promise<void> {
  await tx.rows(sql`select close_pot(${placeId}, ${the.potId}, ${the.from})`);
}
