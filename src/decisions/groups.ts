/**
 * Fair share by group and area: what was spent on each group of voters that a file knows of, beside an equal part of the budget, and
 * who of them has nothing. Groups of fewer than ten voters are put together, and where they are fewer than ten together nothing is
 * said of what they chose: the practice, and its source, are those of `places/domain/suppress.ts`.
 */
import {
  type Election,
  type Grouping,
  type GroupingAsked,
  type GroupShare,
  readFraction,
  shareGroups,
} from "../allocation/index.ts";
import { must } from "../lib/assert.ts";
import { roundDivide } from "../lib/pence.ts";
import { SUPPRESSION_THRESHOLD } from "../places/index.ts";
import { hundredthsOf } from "./amounts.ts";
import type { ToShow } from "./to-show.ts";

/** As Pabulib names what a file may know of its voters, areas first. */
export const GROUPS_ASKED = [
  { column: "neighborhood" },
  { column: "age", bandStarts: [16, 25, 35, 45, 55, 65, 75] },
  { column: "sex" },
  { column: "education" },
  { column: "voting_method" },
] as const satisfies readonly GroupingAsked[];
export type GroupColumn = (typeof GROUPS_ASKED)[number]["column"];

/** More are not read on one page: the smallest are put together. */
const MOST_GROUPS = 30;

export type GroupShown = {
  /** As the file writes it. */
  readonly name: string | null;
  /** Of `not_given` the file says nothing; `together` are groups that are too small, or too many, to stand alone. */
  readonly kind: "named" | "not_given" | "together";
  readonly voters: number;
  /** Null where the group is too small to say so. */
  readonly received: string | null;
  readonly equalPart: string;
  /** Received over the equal part, in whole per cent. */
  readonly percent: number | null;
  /** Voters with none of their choices funded: none, a number from ten, or null for fewer than ten. */
  readonly withNothing: number | null;
};

export type GroupsShown = { readonly column: GroupColumn; readonly groups: readonly GroupShown[] };

/** Nothing for a column in which all voters are alike. */
export function groupsOf(
  { election, outcome }: Pick<ToShow, "election" | "outcome">,
  groupings: readonly Grouping[],
): readonly GroupsShown[] {
  const { funded } = outcome;
  return GROUPS_ASKED.flatMap(({ column }) => {
    const found = groupings.find((one) => one.column === column);
    if (found === undefined || found.names.length < 2) return [];
    const { grouping, together } = putTogether(found);
    const shares = shareGroups(election, { funded, grouping });
    const parts = shares.map(
      (share, group): Part => ({
        ...share,
        kind: group === together ? "together" : share.name === null ? "not_given" : "named",
      }),
    );
    if (parts.length < 2) return [];
    return [{ column, groups: inOrder(column, parts).map((part) => groupShown(election, part)) }];
  });
}

type Part = GroupShare & Pick<GroupShown, "kind">;

/** The same with one group, its last, for all that are too small or too many to stand alone; null where there is none. */
function putTogether(grouping: Grouping): { readonly grouping: Grouping; readonly together: number | null } {
  const { names, sizes, groups } = grouping;
  const bySize = [...names.keys()].sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0));
  const alone = bySize.filter((group, at) => at < MOST_GROUPS && (sizes[group] ?? 0) >= SUPPRESSION_THRESHOLD);
  const rest = bySize.slice(alone.length);
  if (rest.length === 0) return { grouping, together: null };
  const together = alone.length;
  const now = new Map(alone.map((group, at) => [group, at]));
  const size = rest.reduce((sum, group) => sum + (sizes[group] ?? 0), 0);
  return {
    grouping: {
      ...grouping,
      names: [...alone.map((group) => names[group] ?? null), null],
      sizes: Uint32Array.from([...alone.map((group) => sizes[group] ?? 0), size]),
      groups: groups.map((group) => now.get(group) ?? together),
    },
    together,
  };
}

/** Ages from the youngest, all others from the largest; what is not named comes last. */
function inOrder(column: GroupColumn, parts: readonly Part[]): readonly Part[] {
  const rank = ({ kind }: Part) => ["named", "not_given", "together"].indexOf(kind);
  const age = ({ name }: Part) => Number.parseInt(name ?? "", 10) || 0;
  return parts.toSorted(
    (one, other) =>
      rank(one) - rank(other) || (column === "age" ? age(one) - age(other) : 0) || other.voters - one.voters,
  );
}

function groupShown({ budget, places }: Election, part: Part): GroupShown {
  const { name, kind, voters, withNothing } = part;
  const fraction = (exact: string) => must(readFraction(exact), "what a group has is a fraction");
  const [received, equal] = [fraction(part.received.exact), fraction(part.equalPart.exact)];
  const told = voters >= SUPPRESSION_THRESHOLD;
  return {
    ...{ name, kind, voters },
    received: told ? hundredthsOf(received, places) : null,
    equalPart: hundredthsOf(equal, places),
    percent:
      told && budget > 0n ? Number(roundDivide(received.over * equal.under * 100n, received.under * equal.over)) : null,
    withNothing: told && (withNothing === 0 || withNothing >= SUPPRESSION_THRESHOLD) ? withNothing : null,
  };
}
