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
  const rest = new Rest({ projects, costs, worth });
  /** The greatest with some projects fixed in or out; with a goal, any set that reaches it, or one that does not. */
  const best = (fixed: ReadonlyMap<number, boolean>, goal: bigint | null = null): Found | null => {
    const free = rest.without(fixed);
    branches += free.places.length / PLACES_LIKE_A_BRANCH;
    const chosen = [...fixed].filter(([, kept]) => kept).map(([project]) => project);
    let [place, left] = [0, the.money - chosen.reduce((sum, project) => sum + costOf(project), 0n)];
    if (left < 0n || !chosen.every((project, at) => the.admits(project, chosen.slice(0, at)))) return null;
    let sum = chosen.reduce((all, project) => all + (worthOf.get(project) ?? 0n), 0n);
    let found: Found | null = null;
    let least = goal === null ? -1n : goal - 1n;
    // Places taken, the last of which is left next: a list and no recursion, which ten thousand projects are too many for.
    const taken: number[] = [];
    // What is taken is what was hoped for, and stays so; what cannot be, or comes back, is hoped for anew.
    let hope: Hope | null = null;
    let isGreater = false;
    for (;;) {
      if (sum > least) [least, isGreater] = [sum, true];
      if ((goal !== null && isGreater) || branches >= the.most)
        return isGreater ? { worth: least, chosen: [...chosen] } : found;
      const at = free.places[place];
      if (at !== undefined) {
        hope ??= rest.hope(free, { place, left, sum });
        branches += 1 + (hope.to - place) / PLACES_LIKE_A_BRANCH;
      }
      if (at !== undefined && hope !== null && hope.most > least) {
        const project = projects[at] as number;
        if ((costs[at] as bigint) > left || !the.admits(project, chosen)) hope = null;
        else {
          taken.push(place);
          chosen.push(project);
          left -= costs[at] as bigint;
          sum += worth[at] as bigint;
        }
        place += 1;
        continue;
      }
      // Each project gives something: the greatest so far is written down only when one of it is left again.
      if (isGreater) [found, isGreater] = [{ worth: least, chosen: [...chosen] }, false];
      const back = taken.pop();
      if (back === undefined) return found;
      hope = null;
      chosen.pop();
      left += costs[free.places[back] as number] as bigint;
      sum -= worth[free.places[back] as number] as bigint;
      place = back + 1;
    }
  };
  return { projects, best, exhausted: () => branches >= the.most };
}

/** Projects that are looked at in the time of a branch. */
const PLACES_LIKE_A_BRANCH = 256;

/** The projects in the order of the search, those that are fixed left out. */
type Free = {
  /** The places of those that are left. */
  readonly places: Uint32Array;
  /** The places between them that are not, in order, and where all end. */
  readonly gaps: readonly number[];
};

/** The most that there can be with what is chosen, and where among the free ones the money for it ends. */
type Hope = { readonly most: bigint; readonly to: number };

/**
 * What the rest could add. Sums from the first place on are kept, so that where the money ends is found by halving between two gaps and
 * not by adding up every project again.
 */
class Rest {
  readonly #placeOf: ReadonlyMap<number, number>;
  readonly #costs: readonly bigint[];
  readonly #worth: readonly bigint[];
  /** Of all before each place. */
  readonly #costsBefore: readonly bigint[];
  readonly #worthBefore: readonly bigint[];

  constructor(the: {
    readonly projects: readonly number[];
    readonly costs: readonly bigint[];
    readonly worth: readonly bigint[];
  }) {
    this.#placeOf = new Map(the.projects.map((project, place) => [project, place]));
    this.#costs = the.costs;
    this.#worth = the.worth;
    this.#costsBefore = sumsOf(the.costs);
    this.#worthBefore = sumsOf(the.worth);
  }

  without(fixed: ReadonlyMap<number, boolean>): Free {
    const all = this.#costs.length;
    const gaps = [...fixed.keys()].flatMap((project) => this.#placeOf.get(project) ?? []).sort((a, b) => a - b);
    const places = new Uint32Array(all - gaps.length);
    let [many, gap] = [0, 0];
    for (let place = 0; place < all; place += 1) {
      if (place === gaps[gap]) gap += 1;
      else {
        places[many] = place;
        many += 1;
      }
    }
    return { places, gaps: [...gaps, all] };
  }

  /** From one of the free places on, the best per pound first, and of the one that does not fit the part that does. */
  hope({ places, gaps }: Free, from: { readonly place: number; readonly left: bigint; readonly sum: bigint }): Hope {
    let [room, most, to] = [from.left, from.sum, from.place];
    let place = places[from.place] ?? this.#costs.length;
    for (const gap of gaps) {
      if (gap < place) continue;
      const end = this.#whereEnds(place, { gap, room });
      room -= (this.#costsBefore[end] as bigint) - (this.#costsBefore[place] as bigint);
      most += (this.#worthBefore[end] as bigint) - (this.#worthBefore[place] as bigint);
      to += end - place;
      if (end < gap) return { most: most + ((this.#worth[end] as bigint) * room) / (this.#costs[end] as bigint), to };
      place = gap + 1;
    }
    return { most, to };
  }

  /** The first place from `place` on that the money is not enough for with all before it; the gap where there is none. */
  #whereEnds(place: number, { gap, room }: { readonly gap: number; readonly room: bigint }): number {
    const most = (this.#costsBefore[place] as bigint) + room;
    let [fits, end] = [place, gap];
    while (fits < end) {
      const middle = (fits + end + 1) >>> 1;
      if ((this.#costsBefore[middle] as bigint) <= most) fits = middle;
      else end = middle - 1;
    }
    return fits;
  }
}

function sumsOf(amounts: readonly bigint[]): readonly bigint[] {
  const sums = [0n];
  for (const amount of amounts) sums.push((sums.at(-1) ?? 0n) + amount);
  return sums;
}
