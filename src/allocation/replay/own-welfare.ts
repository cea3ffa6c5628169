/**
 * Maximum welfare as the verifier proves it. The replay claims an optimum; here it is shown that some set reaches it and that none
 * exceeds it, by going through sets in the order of the ballots' satisfaction per pound and leaving off where even the rest, with a part of the project
 * that does not fit, cannot reach the claim (the bound of George Dantzig, "Discrete-Variable Extremum Problems", Operations Research
 * 5(2), 1957). The claim is not believed: it only says where to leave off, and a wrong one is found from either side.
 */
import { costOf, type Reading } from "./own-reading.ts";

export type OwnWelfare = { readonly funded: readonly number[]; readonly tied: readonly number[] };
export type WelfareAnswer =
  | { readonly is: "proved"; readonly found: OwnWelfare }
  /** No set is worth that much, or one is worth more. */
  | { readonly is: "wrong" }
  | { readonly is: "too_much_work" };

type Question = { readonly fixed: ReadonlyMap<number, boolean>; readonly least: bigint };

export function proveWelfare(
  reading: Reading,
  { claim, mostBranches }: { readonly claim: bigint; readonly mostBranches: number },
): WelfareAnswer {
  const search = new Search(reading, mostBranches);
  const none = new Map<number, boolean>();
  const reaches = search.find({ fixed: none, least: claim });
  const exceeds = search.find({ fixed: none, least: claim + 1n });
  if (search.exhausted) return { is: "too_much_work" };
  if (reaches === null || exceeds !== null) return { is: "wrong" };
  // Any set that was found to reach it answers again where it has and lacks what is asked.
  const reaching = [new Set(reaches)];
  const isReached = (fixed: ReadonlyMap<number, boolean>): boolean => {
    const asked = [...fixed].reverse();
    if (reaching.some((set) => asked.every(([project, taken]) => set.has(project) === taken))) return true;
    const found = search.find({ fixed, least: claim });
    if (found !== null) reaching.push(new Set(found));
    return found !== null;
  };
  // Each in the order of the policy: taken where the optimum can still be reached with it and with those taken before.
  const fixed = new Map<number, boolean>();
  const tied: number[] = [];
  for (const project of [...search.projects].sort(reading.order)) {
    const [within, without] = [isReached(new Map([[project, true]])), isReached(new Map([[project, false]]))];
    if (within && without) tied.push(project);
    fixed.set(project, within && isReached(new Map([...fixed, [project, true]])));
    if (search.exhausted) return { is: "too_much_work" };
  }
  const funded = [...fixed].filter(([, taken]) => taken).map(([project]) => project);
  return { is: "proved", found: { funded, tied } };
}

export function worthOf(reading: Reading, project: number): bigint {
  return (reading.backing[project]?.score ?? 0n) * (reading.measures[project] ?? 1n);
}

export class Search {
  readonly #reading: Reading;
  readonly projects: readonly number[];
  readonly #isIn: ReadonlySet<number>;
  readonly #worth: readonly bigint[];
  readonly #costs: readonly bigint[];
  #branches: number;

  constructor(reading: Reading, mostBranches: number) {
    this.#reading = reading;
    this.#branches = mostBranches;
    const dense = (a: number, b: number) => {
      const difference = worthOf(reading, b) * costOf(reading, a) - worthOf(reading, a) * costOf(reading, b);
      return difference < 0n ? -1 : difference > 0n ? 1 : a - b;
    };
    this.projects = reading.admitted
      .filter((project) => worthOf(reading, project) > 0n && costOf(reading, project) <= reading.election.budget)
      .sort(dense);
    this.#isIn = new Set(this.projects);
    this.#worth = this.projects.map((project) => worthOf(reading, project));
    this.#costs = this.projects.map((project) => costOf(reading, project));
  }

  get exhausted(): boolean {
    return this.#branches <= 0;
  }

  get branchesLeft(): number {
    return this.#branches;
  }

  /** Begins to count its work anew. */
  allow(mostBranches: number): void {
    this.#branches = mostBranches;
  }

  /** Whether it is one of `projects`. */
  has(project: number): boolean {
    return this.#isIn.has(project);
  }

  /**
   * A set worth at least that much; null where there is none, or where the work ran out. Those that must be taken are taken first, so
   * that nothing is hoped of the money that they need.
   */
  find({ fixed, least }: Question): readonly number[] | null {
    const chosen: number[] = [];
    let [left, given] = [this.#reading.election.budget, 0n];
    for (const [project, isTaken] of fixed) {
      if (!isTaken) continue;
      if (this.#reading.bars(project, chosen)) return null;
      chosen.push(project);
      left -= costOf(this.#reading, project);
      given += worthOf(this.#reading, project);
    }
    if (left < 0n) return null;
    const free = this.projects.map((_, at) => at).filter((at) => !fixed.has(this.projects[at] ?? -1));
    this.#branches -= free.length / PLACES_LIKE_A_BRANCH;
    return this.#walk({ free, chosen, least }, { place: 0, left, sum: given });
  }

  /** Each is taken and then left; the places taken are a list, as there may be more projects than calls can stand within each other. */
  #walk({ free, chosen, least }: Searching, from: Visit): readonly number[] | null {
    const taken: number[] = [];
    let { place, left, sum } = from;
    while (sum < least) {
      if (this.exhausted) return null;
      const at = free[place];
      if (at === undefined || sum + this.#atMost(free, { place, left }) < least) {
        const back = taken.pop();
        if (back === undefined) return null;
        chosen.pop();
        left += this.#costs[free[back] ?? -1] ?? 0n;
        sum -= this.#worth[free[back] ?? -1] ?? 0n;
        place = back + 1;
        continue;
      }
      const [project, cost] = [this.projects[at] ?? -1, this.#costs[at] ?? 0n];
      if (cost <= left && !this.#reading.bars(project, chosen)) {
        taken.push(place);
        chosen.push(project);
        left -= cost;
        sum += this.#worth[at] ?? 0n;
      }
      place += 1;
    }
    return [...chosen];
  }

  #atMost(free: readonly number[], { place, left }: Pick<Visit, "place" | "left">): bigint {
    let [room, sum, next] = [left, 0n, place];
    for (; next < free.length; next += 1) {
      const at = free[next] ?? -1;
      const [cost, worth] = [this.#costs[at] ?? 0n, this.#worth[at] ?? 0n];
      if (cost > room) {
        sum += (worth * room) / cost;
        break;
      }
      room -= cost;
      sum += worth;
    }
    this.#branches -= 1 + (next - place) / PLACES_LIKE_A_BRANCH;
    return sum;
  }
}

/** Projects that are looked at in the time of a branch. */
const PLACES_LIKE_A_BRANCH = 256;

type Searching = { readonly free: readonly number[]; readonly chosen: number[]; readonly least: bigint };
type Visit = { readonly place: number; readonly left: bigint; readonly sum: bigint };
