/**
 * Which of several projects that a rule cannot tell apart goes first. There is no default: whoever counts names the policy, and
 * every tie that was met is in the outcome. The second policy is the one that equalshares.net recommends (lowest cost, then most
 * votes, then a lot): the lot orders projects by SHA-256 of the published seed, a line end and the project's id, so that anyone can
 * draw it again; the seed must be fixed before the count, by something nobody chooses.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Election } from "./election.ts";

export type TiePolicy = { readonly kind: "project-id" } | { readonly kind: "cost-votes-lot"; readonly seed: string };

/** In which round of purchases, between whom, in the order of the policy: the first was taken. */
export type Tie = { readonly round: number; readonly projects: readonly number[] };

/**
 * Characters of ids that the ties of a count may come to: some three thousand projects that all tie in every round. More could not be
 * written down, nor read by whoever checks the count.
 */
const MOST_CHARACTERS = 50_000_000;

/** The ties met by a rule that meets them round after round; once they are `tooMany`, no more are listed. */
export class Ties {
  readonly #projects: Election["projects"];
  readonly #met: Tie[] = [];
  #left: number;

  constructor(projects: Election["projects"], most = MOST_CHARACTERS) {
    this.#projects = projects;
    this.#left = most;
  }

  get met(): readonly Tie[] {
    return this.#met;
  }

  get tooMany(): boolean {
    return this.#left < 0;
  }

  meet(tie: Tie): void {
    // With the quotation marks and the comma that a list has of each.
    for (const project of tie.projects) this.#left -= (this.#projects[project]?.id.length ?? 0) + 3;
    if (!this.tooMany) this.#met.push(tie);
  }
}

/** Below nought where the first of two goes first. */
export type TieOrder = (a: number, b: number) => number;

/** Votes are voters behind each project. */
export function tieOrder(
  policy: TiePolicy,
  { projects, votes }: { readonly projects: Election["projects"]; readonly votes: Float64Array },
): TieOrder {
  // All are put in order once, at the first tie: where thousands tie in each round, they are compared millions of times.
  let ranks: Uint32Array | null = null;
  return (a, b) => {
    ranks ??= ranksBy(orderBy(policy, { projects, votes }), projects.length);
    return (ranks[a] as number) - (ranks[b] as number);
  };
}

function ranksBy(order: TieOrder, many: number): Uint32Array {
  const ranks = new Uint32Array(many);
  const sorted = Array.from(ranks, (_, project) => project).sort(order);
  for (const [rank, project] of sorted.entries()) ranks[project] = rank;
  return ranks;
}

function orderBy(
  policy: TiePolicy,
  { projects, votes }: { readonly projects: Election["projects"]; readonly votes: Float64Array },
): TieOrder {
  const idOf = (project: number) => projects[project]?.id ?? "";
  if (policy.kind === "project-id") return (a, b) => compareIds(idOf(a), idOf(b));
  const lots = new Map<number, string>();
  const lotOf = (project: number) => {
    const drawn = lots.get(project) ?? lot(policy.seed, idOf(project));
    lots.set(project, drawn);
    return drawn;
  };
  const costOf = (project: number) => projects[project]?.cost ?? 0n;
  return (a, b) => {
    if (costOf(a) !== costOf(b)) return costOf(a) < costOf(b) ? -1 : 1;
    if (votes[a] !== votes[b]) return (votes[b] as number) - (votes[a] as number);
    return compareIds(lotOf(a), lotOf(b));
  };
}

/** What orders the lot: 64 figures of base 16, the lowest first. */
export function lot(seed: string, id: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${seed}\n${id}`)));
}

/** By Unicode code points, as the reference results have it; JavaScript's own order is by halves of surrogate pairs. */
export function compareIds(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
