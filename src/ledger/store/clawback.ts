/** Whether a stream's payer takes money back, and since when. The newest rule for a day counts. */
import type { Day } from "../../lib/day.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { ClawbackRule } from "../domain/position.ts";

export type StatedRule = {
  readonly ruleId: string;
  readonly streamId: string;
  readonly fromOn: Day;
  readonly rule: ClawbackRule;
  readonly reason: string;
  readonly setBy: string;
};

export async function insertClawbackRule(tx: Transaction, placeId: number, one: StatedRule): Promise<void> {
  await tx.run(
    sql`insert into stream_clawback_rule (place_id, stream_id, rule_id, from_on, rule, reason, set_by)
        values (${placeId}, ${one.streamId}, ${one.ruleId}, ${one.fromOn}, ${one.rule}, ${one.reason}, ${one.setBy})`,
    1,
  );
}

/** Null where nobody has said. */
export async function findClawbackRule(
  tx: Transaction,
  placeId: number,
  the: { readonly streamId: string; readonly day: Day },
): Promise<Pick<StatedRule, "rule" | "fromOn" | "reason"> | null> {
  const found = await tx.rows(sql<Pick<StatedRule, "rule" | "fromOn" | "reason">>`
    select rule, from_on as "fromOn", reason from stream_clawback_rule
     where place_id = ${placeId} and stream_id = ${the.streamId} and from_on <= ${the.day}
     order by from_on desc, set_at desc, rule_id desc limit 1`);
  return found[0] ?? null;
}

/** The pots into which a stream ever put anything, oldest first. */
export async function findPotsOf(tx: Transaction, placeId: number, streamId: string): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ potId: string }>`
    select distinct a.pot_id as "potId" from ledger_account a
     where a.place_id = ${placeId} and a.stream_id = ${streamId} and a.pot_id is not null order by "potId" limit 1000`);
  return found.map(({ potId }) => potId);
}
