/**
 * Which of a record's dated rules counts on a day. Rules are only ever added: the newest day not after the day asked for
 * counts, and of two from one day the one set later. Our own rule; the stores read the rule in force by the same order.
 */
import type { Day } from "../../lib/day.ts";

/** Replaced: another was set later from the same day, so that it counts on no day. */
export const RULE_STATES = ["to_come", "in_force", "before", "replaced"] as const;
export type RuleState = (typeof RULE_STATES)[number];

type Dated = { readonly fromOn: Day };

/** Each rule with its state; the newest day first, and of one day what was set later first. */
export function ruleHistory<R extends Dated>(
  newestFirst: readonly R[],
  day: Day,
): readonly (R & { readonly state: RuleState })[] {
  const current = newestFirst.findIndex(({ fromOn }) => fromOn <= day);
  return newestFirst.map((rule, index) => ({ ...rule, state: stateOf({ newestFirst, current }, index) }));
}

function stateOf(
  { newestFirst, current }: { readonly newestFirst: readonly Dated[]; readonly current: number },
  index: number,
): RuleState {
  if (index === current) return "in_force";
  if (index > 0 && newestFirst[index - 1]?.fromOn === newestFirst[index]?.fromOn) return "replaced";
  return current < 0 || index < current ? "to_come" : "before";
}
