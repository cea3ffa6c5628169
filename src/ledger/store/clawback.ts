/** Whether a stream's payer takes money back, and since when. The newest rule for a day counts. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
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
    held(
      "clawback_rule",
      sql`insert into stream_clawback_rule (place_id, stream_id, rule_id, from_on, rule, reason, set_by)
        values (${placeId}, ${one.streamId}, ${one.ruleId}, ${one.fromOn}, ${one.rule}, ${one.reason}, ${one.setBy})`,
    ),
    1,
  );
}

/** Every rule of a stream, in the order in which they count: the newest day first, of one day what was set later. */
export async function listClawbackRules(
  tx: Transaction,
  placeId: number,
  streamId: string,
): Promise<readonly Omit<StatedRule, "streamId">[]> {
  return tx.rows(sql<Omit<StatedRule, "streamId">>`
    select rule_id as "ruleId", from_on as "fromOn", rule, reason, set_by as "setBy" from stream_clawback_rule
     where place_id = ${placeId} and stream_id = ${streamId}
     order by from_on desc, set_at desc, rule_id desc limit 1000`);
}

/** The pots into which a stream ever put anything, oldest first. */
export async function findPotsOf(tx: Transaction, placeId: number, streamId: string): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ potId: string }>`
    select distinct a.pot_id as "potId" from ledger_account a
     where a.place_id = ${placeId} and a.stream_id = ${streamId} and a.pot_id is not null order by "potId" limit 1000`);
  return found.map(({ potId }) => potId);
}
