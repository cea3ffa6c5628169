/**
 * Writes an election as a clean Pabulib file: LF, quotes only where they are needed, no spaces around anything, and every count
 * made anew from the ballots. Votes as they were cast, one row for a voter, in the order given.
 */
import type { VoteType } from "../election.ts";
import { type Decimal, parseDecimal, writeDecimal } from "./decimal.ts";
import { writeCell } from "./document.ts";

export type WrittenElection = {
  readonly voteType: VoteType;
  /** As text, as costs are: "1784786.62". */
  readonly budget: string;
  /** Further keys of META; the counts, budget and vote_type are written from what is here. */
  readonly meta: ReadonlyMap<string, string>;
  readonly projects: readonly WrittenProject[];
  readonly voters: readonly Voter[];
};

export type WrittenProject = {
  readonly id: string;
  readonly cost: string;
  /** Further columns by name, such as name, category or selected. */
  readonly columns?: ReadonlyMap<string, string>;
};

export type Voter = {
  readonly id: string;
  /** The ids of projects, best first where the order counts. */
  readonly choices: readonly string[];
  /** One for each choice, as text; for cumulative and scoring ballots alone. */
  readonly points?: readonly string[];
  /** Further columns by name, such as age or voting_method. */
  readonly columns?: ReadonlyMap<string, string>;
};

const OURS = new Set(["num_projects", "num_votes", "budget", "vote_type"]);
/** The order of Pabulib's page; what is not listed follows in the order given. */
const META_ORDER = ["description", "country", "unit", "district", "subunit", "instance"];
const META_AFTER = ["rule", "date_begin", "date_end"];
const PROJECT_ORDER = ["name", "category", "beneficiaries", "selected", "neighborhood", "subunit", "district"];
const VOTER_ORDER = ["age", "sex", "voting_method", "district", "neighborhood", "education"];

const encoder = new TextEncoder();

export function writeElection(election: WrittenElection): Uint8Array {
  const lines = [...metaLines(election), ...projectLines(election), ...voteLines(election)];
  return encoder.encode(`${lines.join("\n")}\n`);
}

/** An id that is chosen and that the lists of this format would part, since commas part them; null where there is none. */
export function partedId({ voters }: Pick<WrittenElection, "voters">): string | null {
  for (const { choices } of voters) {
    const parted = choices.find((id) => id.includes(","));
    if (parted !== undefined) return parted;
  }
  return null;
}

function metaLines({ meta, budget, voteType, projects, voters }: WrittenElection): readonly string[] {
  const given = [...meta].filter(([key]) => !OURS.has(key));
  const listed = (keys: readonly string[]) => keys.flatMap((key) => given.filter(([one]) => one === key));
  const known = new Set([...META_ORDER, ...META_AFTER]);
  const entries: readonly (readonly [string, string])[] = [
    ...listed(META_ORDER),
    ["num_projects", String(projects.length)],
    ["num_votes", String(voters.length)],
    ["budget", plain(budget)],
    ["vote_type", voteType],
    ...listed(META_AFTER),
    ...given.filter(([key]) => !known.has(key)),
  ];
  return ["META", "key;value", ...entries.map(writeRow)];
}

function projectLines(election: WrittenElection): readonly string[] {
  const { projects, voteType } = election;
  const { votes, scores } = countWritten(election);
  const counted = new Set(["project_id", "cost", "votes", "score"]);
  const names = columnsOf(projects, PROJECT_ORDER).filter((name) => !counted.has(name));
  const scored = voteType !== "approval" && voteType !== "choose-1";
  const head = ["project_id", "cost", "votes", ...(scored ? ["score"] : []), ...names];
  const rows = projects.map(({ id, cost, columns }) => [
    id,
    plain(cost),
    String(votes.get(id) ?? 0),
    ...(scored ? [writeDecimal(scores.get(id) ?? NOUGHT)] : []),
    ...names.map((name) => columns?.get(name) ?? ""),
  ]);
  return ["PROJECTS", ...[head, ...rows].map(writeRow)];
}

function voteLines({ voters, voteType }: WrittenElection): readonly string[] {
  const written = new Set(["voter_id", "vote", "points"]);
  const names = columnsOf(voters, VOTER_ORDER).filter((name) => !written.has(name));
  const pointed = voteType === "cumulative" || voteType === "scoring";
  const head = ["voter_id", "vote", ...(pointed ? ["points"] : []), ...names];
  const rows = voters.map(({ id, choices, points, columns }) => [
    id,
    choices.join(","),
    ...(pointed ? [(points ?? []).map(plain).join(",")] : []),
    ...names.map((name) => columns?.get(name) ?? ""),
  ]);
  return ["VOTES", ...[head, ...rows].map(writeRow)];
}

type Amount = Pick<Decimal, "digits" | "places">;
const NOUGHT: Amount = { digits: 0n, places: 0 };

/** Votes count voters; a score is the sum of points, or n for the first of a ranking's n choices down to 1. */
function countWritten({ voters, voteType }: WrittenElection) {
  const votes = new Map<string, number>();
  const scores = new Map<string, Amount>();
  for (const { choices, points } of voters) {
    const met = new Set<string>();
    for (const [index, id] of choices.entries()) {
      if (met.has(id)) continue;
      met.add(id);
      votes.set(id, (votes.get(id) ?? 0) + 1);
      const rank = { digits: BigInt(choices.length - index), places: 0 };
      const given = voteType === "ordinal" ? rank : (parseDecimal(points?.[index] ?? "") ?? NOUGHT);
      scores.set(id, sum(scores.get(id) ?? NOUGHT, given));
    }
  }
  return { votes, scores };
}

function sum(one: Amount, other: Amount): Amount {
  const places = Math.max(one.places, other.places);
  const wide = ({ digits, places: own }: Amount) => digits * 10n ** BigInt(places - own);
  return { digits: wide(one) + wide(other), places };
}

/** A number in its shortest form; what is none stays as it is, for the check to say. */
function plain(text: string): string {
  const number = parseDecimal(text);
  return number === null ? text : writeDecimal(number);
}

type WithColumns = { readonly columns?: ReadonlyMap<string, string> };

function columnsOf(all: readonly WithColumns[], order: readonly string[]): readonly string[] {
  const names = new Set(all.flatMap(({ columns }) => [...(columns?.keys() ?? [])]));
  return [...order.filter((name) => names.has(name)), ...[...names].filter((name) => !order.includes(name))];
}

function writeRow(cells: readonly string[]): string {
  return cells.map(writeCell).join(";");
}
