/**
 * Maximum welfare: the set that fits with the greatest sum of satisfaction, proved by branch and bound: projects in the order of
 * satisfaction per pound, each taken and then left, a branch given up when even with a part of the next project it cannot reach the
 * best known. Source: Silvano Martello and Paolo Toth, "Knapsack Problems: Algorithms and Computer Implementations", 1990, sections
 * 2.2 (Dantzig's bound) and 2.5. Exact: whole numbers only.
 */
import type { TieOrder } from "../ties.ts";

export type Welfare = {
  readonly projects: readonly number[];
  readonly costs: readonly bigint[];
  /** Satisfaction that each would give; those that give none are left out. */
  readonly worth: readonly bigint[];
  readonly money: bigint;
  readonly order: TieOrder;
  /** Whether a project may stand beside these. */
  readonly admits: (project: number, beside: readonly number[]) => boolean;
  /** Branches to look at before it is given up. */
  readonly most: number;
};

export type Greatest = {
  readonly optimum: bigint;
  readonly funded: readonly number[];
  /** Projects in some sets of the greatest worth and not in others. */
  readonly tied: readonly number[];
};

/** Null where the branches ran out before it was proved. */
export function maxWelfare(the: Welfare): Greatest | null {
  const search = openSearch(the);
  const first = search.best(new Map());
  if (first === null) return null;
  // One after another in the order of the policy: kept where the optimum can still be reached with it. So of all the
  // greatest sets it is the one that the policy prefers, and what could have been otherwise is known.
  const fixed = new Map<number, boolean>();
  const tied: number[] = [];
  let known = new Set(first.chosen);
  for (const project of [...search.projects].sort(the.order)) {
    const without = known.has(project) ? search.best(new Map([[project, false]]), first.worth) : null;
    const within = known.has(project) ? null : search.best(new Map([[project, true]]), first.worth);
    if (search.exhausted()) return null;
    if (without?.worth === first.worth || within?.worth === first.worth) tied.push(project);
    const kept = known.has(project) ? null : search.best(new Map([...fixed, [project, true]]), first.worth);
    if (search.exhausted()) return null;
    if (kept?.worth === first.worth) known = new Set(kept.chosen);
    fixed.set(project, known.has(project));
  }
  return { optimum: first.worth, funded: [...known].sort(the.order), tied };
}

type Found = { readonly worth: bigint; readonly chosen: readonly number[] };

/** Those that give something and that the money is enough for, the most satisfaction per pound first. */
function inDensity(the: Welfare, worthOf: ReadonlyMap<number, bigint>): readonly number[] {
  const [costOf, worth] = [(one: number) => the.costs[one] as bigint, (one: number) => worthOf.get(one) ?? 0n];
  return the.projects
    .filter((project) => worth(project) > 0n && costOf(project) <= the.money)
    .sort((a, b) => {
      const difference = worth(b) * costOf(a) - worth(a) * costOf(b);
      return difference > 0n ? 1 : difference < 0n ? -1 : the.order(a, b);
    });
}

function openSearch(the: Welfare) {
  const worthOf = new Map(the.projects.map((project, at) => [project, the.worth[at] as bigint]));
  const costOf = (project: number) => the.costs[project] as bigint;
  const projects = inDensity(the, worthOf);
  const costs = projects.map(costOf);
  const worth = projects.map((project) => worthOf.get(project) ?? 0n);
  let branches = 0;
  const mayReach = (free: readonly number[], rest: Place): bigint => {
    const { sum, looked } = bound(free, { ...rest, costs, worth });
    branches += 1 + looked / PLACES_LIKE_A_BRANCH;
    return sum;
  };
  /** The greatest with some projects fixed in or out; with a goal, any set that reaches it, or one that does not. */
  const best = (fixed: ReadonlyMap<number, boolean>, goal: bigint | null = null): Found | null => {
    const free = projects.map((_, at) => at).filter((at) => !fixed.has(projects[at] as number));
    branches += free.length / PLACES_LIKE_A_BRANCH;
    const chosen = [...fixed].filter(([, kept]) => kept).map(([project]) => project);
    let [place, left] = [0, the.money - chosen.reduce((sum, project) => sum + costOf(project), 0n)];
    if (left < 0n || !chosen.every((project, at) => the.admits(project, chosen.slice(0, at)))) return null;
    let sum = chosen.reduce((all, project) => all + (worthOf.get(project) ?? 0n), 0n);
    let found: Found | null = null;
    let least = goal === null ? -1n : goal - 1n;
    // Places taken, the last of which is left next: a list and no recursion, which ten thousand projects are too many for.
    const taken: number[] = [];
    for (;;) {
      if (sum > least) {
        least = sum;
        found = { worth: sum, chosen: [...chosen] };
      }
      if ((goal !== null && found !== null) || branches >= the.most) return found;
      const at = free[place];
      if (at !== undefined && sum + mayReach(free, { place, left }) > least) {
        const project = projects[at] as number;
        if ((costs[at] as bigint) <= left && the.admits(project, chosen)) {
          taken.push(place);
          chosen.push(project);
          left -= costs[at] as bigint;
          sum += worth[at] as bigint;
        }
        place += 1;
        continue;
      }
      const back = taken.pop();
      if (back === undefined) return found;
      chosen.pop();
      left += costs[free[back] as number] as bigint;
      sum -= worth[free[back] as number] as bigint;
      place = back + 1;
    }
  };
  return { projects, best, exhausted: () => branches >= the.most };
}

/** Projects that are looked at in the time of a branch. */
const PLACES_LIKE_A_BRANCH = 256;

type Place = { readonly place: number; readonly left: bigint };
type Rest = Place & { readonly costs: readonly bigint[]; readonly worth: readonly bigint[] };

/** What the rest could add at most: the best per pound first, and of the one that does not fit the part that does. */
function bound(
  free: readonly number[],
  { place, left, costs, worth }: Rest,
): { readonly sum: bigint; readonly looked: number } {
  let [room, sum] = [left, 0n];
  for (let next = place; next < free.length; next += 1) {
    const at = free[next] as number;
    const cost = costs[at] as bigint;
    if (cost > room) return { sum: sum + ((worth[at] as bigint) * room) / cost, looked: next - place };
    room -= cost;
    sum += worth[at] as bigint;
  }
  return { sum, looked: free.length - place };
}
