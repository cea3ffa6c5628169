/** How much of the money went to each group of voters, and how two outcomes compare: see `checks.ts`. */
import type { Election } from "../election.ts";
import type { Fraction } from "../fraction.ts";
import type { Grouping } from "../pabulib/groups.ts";
import { exactly } from "../reasons/exact.ts";
import { costOf } from "../replay/own-reading.ts";
import { type Checking, choicesOf, plus, satisfactionOf } from "./check-outcome.ts";
import type { Compared, GroupShare, Preferring } from "./checks.ts";

/** In the order of the grouping. */
export function shareGroups(
  election: Election,
  { grouping, funded }: Pick<Checking, "funded"> & { readonly grouping: Grouping },
): readonly GroupShare[] {
  const reading = choicesOf(election);
  const received: Fraction[] = grouping.names.map(() => ({ over: 0n, under: 1n }));
  for (const project of funded) {
    const backing = reading.backing[project];
    const counts = grouping.names.map(() => 0);
    for (const ballot of backing?.ballots ?? [])
      for (let at = grouping.starts[ballot] ?? 0; at < (grouping.starts[ballot + 1] ?? 0); at += 1) {
        const group = grouping.groups[at] ?? 0;
        counts[group] = (counts[group] ?? 0) + (grouping.voters[at] ?? 0);
      }
    const voters = BigInt(backing?.voters ?? 0);
    counts.forEach((count, group) => {
      const before = received[group];
      if (count > 0 && before !== undefined)
        received[group] = plus(before, { over: costOf(reading, project) * BigInt(count), under: voters });
    });
  }
  const cast = BigInt(election.ballots.cast);
  const without = withNothing(grouping, satisfactionOf(reading, funded).counts);
  return grouping.names.map((name, group) => ({
    name,
    voters: grouping.sizes[group] ?? 0,
    received: exactly(received[group] ?? { over: 0n, under: 1n }),
    equalPart: exactly({ over: election.budget * BigInt(grouping.sizes[group] ?? 0), under: cast }),
    withNothing: without[group] ?? 0,
  }));
}

/** Voters of each group whose ballot has none of its choices funded. */
function withNothing({ names, starts, groups, voters }: Grouping, funded: readonly number[]): readonly number[] {
  const without = names.map(() => 0);
  funded.forEach((count, ballot) => {
    if (count > 0) return;
    for (let at = starts[ballot] ?? 0; at < (starts[ballot + 1] ?? 0); at += 1) {
      const group = groups[at] ?? 0;
      without[group] = (without[group] ?? 0) + (voters[at] ?? 0);
    }
  });
  return without;
}

export function compareOutcomes(
  election: Election,
  { first, second }: { readonly first: readonly number[]; readonly second: readonly number[] },
): Compared {
  const reading = choicesOf(election);
  const [one, other] = [satisfactionOf(reading, first), satisfactionOf(reading, second)];
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  const { weights } = election.ballots;
  const nothing = (counts: readonly number[]) =>
    weights.reduce((sum, weight, ballot) => (counts[ballot] === 0 ? sum + weight : sum), 0);
  return {
    inBoth: first.filter((project) => inSecond.has(project)),
    onlyFirst: first.filter((project) => !inSecond.has(project)),
    onlySecond: second.filter((project) => !inFirst.has(project)),
    byChoices: preferring(weights, [one.counts, other.counts]),
    byCost: preferring(weights, [one.costs, other.costs]),
    withNothing: { first: nothing(one.counts), second: nothing(other.counts) },
  };
}

type Satisfactions = readonly [readonly (number | bigint)[], readonly (number | bigint)[]];

function preferring(weights: Uint32Array, [one, other]: Satisfactions): Preferring {
  let [first, second, neither] = [0, 0, 0];
  weights.forEach((weight, ballot) => {
    const [left, right] = [one[ballot] ?? 0, other[ballot] ?? 0];
    if (left > right) first += weight;
    else if (right > left) second += weight;
    else neither += weight;
  });
  return { first, second, neither };
}
