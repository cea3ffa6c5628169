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
  const isReached = (fixed: ReadonlyMap<number, boolean>) => search.find({ fixed, least: claim }) !== null;
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
    this.#worth = this.projects.map((project) => worthOf(reading, project));
    this.#costs = this.projects.map((project) => costOf(reading, project));
  }

  get exhausted(): boolean {
    return this.#branches <= 0;
  }

  /** A set worth at least that much; null where there is none, or where the work ran out. */
  find({ fixed, least }: Question): readonly number[] | null {
    const chosen: number[] = [];
    const visit = (at: number, left: bigint, sum: bigint): readonly number[] | null => {
      const wanted = fixedFrom(this.projects, fixed, at);
      if (sum >= least && !wanted) return [...chosen];
      this.#branches -= 1;
      const project = this.projects[at];
      if (this.exhausted || project === undefined || sum + this.#atMost(at, left) < least) return null;
      const [cost, worth] = [this.#costs[at] ?? 0n, this.#worth[at] ?? 0n];
      if (fixed.get(project) !== false && cost <= left && !this.#reading.bars(project, chosen)) {
        chosen.push(project);
        const found = visit(at + 1, left - cost, sum + worth);
        if (found !== null) return found;
        chosen.pop();
      }
      return fixed.get(project) === true ? null : visit(at + 1, left, sum);
    };
    return visit(0, this.#reading.election.budget, 0n);
  }

  #atMost(from: number, left: bigint): bigint {
    let [room, sum] = [left, 0n];
    for (let at = from; at < this.projects.length; at += 1) {
      const [cost, worth] = [this.#costs[at] ?? 0n, this.#worth[at] ?? 0n];
      if (cost > room) return sum + (worth * room) / cost;
      room -= cost;
      sum += worth;
    }
    return sum;
  }
}

/** Whether a project that must be taken is still to come. */
function fixedFrom(projects: readonly number[], fixed: ReadonlyMap<number, boolean>, at: number): boolean {
  for (let here = at; here < projects.length; here += 1) if (fixed.get(projects[here] ?? -1) === true) return true;
  return false;
}
