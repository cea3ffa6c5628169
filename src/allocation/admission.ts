/**
 * What a place lays down beside its rule: projects that were withdrawn, a threshold of votes, projects of which only one may be
 * funded, and how much a category or a neighbourhood may cost together. Each is a reason of its own, apart from "no money left".
 */
import type { Election, Limit } from "./election.ts";

export type Conditions = {
  /** The fewest votes (points or Borda, where the rule adds those up); null for none. */
  readonly threshold: bigint | null;
  /** Of each list at most one is funded. */
  readonly incompatible: readonly (readonly number[])[];
  readonly limits: readonly Limit[];
};

/** Why a project may not be funded, whatever money is left. */
export type Barred =
  | { readonly why: "withdrawn" }
  | { readonly why: "below_threshold"; readonly has: bigint; readonly needs: bigint }
  | { readonly why: "incompatible"; readonly with: number }
  | { readonly why: "over_limit"; readonly limit: Limit; readonly left: bigint };

/** Follows what was funded; a project that is barred stays barred. */
export class Admission {
  readonly #election: Election;
  readonly #conditions: Conditions;
  readonly #scores: Float64Array;
  readonly #spent: bigint[];
  readonly #against = new Map<number, number>();

  constructor(
    election: Election,
    { conditions, scores }: { readonly conditions: Conditions; readonly scores: Float64Array },
  ) {
    this.#election = election;
    this.#conditions = conditions;
    this.#scores = scores;
    this.#spent = conditions.limits.map(() => 0n);
  }

  fund(project: number): void {
    const cost = this.#election.projects[project]?.cost ?? 0n;
    this.#conditions.limits.forEach((limit, at) => {
      if (this.#isOf(project, limit)) this.#spent[at] = (this.#spent[at] as bigint) + cost;
    });
    for (const group of this.#conditions.incompatible)
      if (group.includes(project))
        for (const other of group)
          if (other !== project && !this.#against.has(other)) this.#against.set(other, project);
  }

  barred(project: number): Barred | null {
    const found = this.#election.projects[project];
    if (found === undefined || found.withdrawn) return { why: "withdrawn" };
    const { threshold, limits } = this.#conditions;
    if (threshold !== null) {
      const has = BigInt(this.#scores[project] ?? 0);
      if (has < threshold) return { why: "below_threshold", has, needs: threshold };
    }
    const other = this.#against.get(project);
    if (other !== undefined) return { why: "incompatible", with: other };
    const over = limits.findIndex(
      (limit, at) => this.#isOf(project, limit) && (this.#spent[at] as bigint) + found.cost > limit.most,
    );
    const limit = limits[over];
    return limit === undefined ? null : { why: "over_limit", limit, left: limit.most - (this.#spent[over] as bigint) };
  }

  #isOf(project: number, { of, name }: Limit): boolean {
    const found = this.#election.projects[project];
    if (found === undefined) return false;
    return of === "category" ? found.categories.includes(name) : found.neighbourhood === name;
  }
}
