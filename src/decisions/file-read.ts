/** What is found out about a file of an election before it is counted: its faults in words, what it is, and which rules it allows. */
import {
  type Election,
  explainFault,
  type Fault,
  readElection,
  type VoteType,
  validateElection,
  writeDecimal,
} from "../allocation/index.ts";
import { type Applying, applyingTo } from "./choice.ts";
import { votesOf } from "./voters.ts";

export type FaultShown = {
  /** Which of two tables it is in; null where there is one file. */
  readonly file: "projects" | "ballots" | null;
  readonly code: string;
  readonly grade: "error" | "warning";
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;
  readonly en: string;
  readonly cy: string;
};

export type ElectionShown = {
  readonly description: string;
  readonly where: string;
  readonly dates: string;
  readonly currency: string | null;
  readonly voteType: VoteType;
  readonly voters: number;
  readonly budget: string;
  readonly costOfAll: string;
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly cost: string;
    readonly votes: number;
  }[];
  readonly threshold: string | null;
  readonly limits: number;
  readonly applying: Applying;
};

export type FileRead = {
  readonly errors: number;
  readonly warnings: number;
  /** A hundred at most, in order of line. */
  readonly faults: readonly FaultShown[];
  /** Null where a fault hinders the count. */
  readonly election: ElectionShown | null;
};

export function readFile(bytes: Uint8Array, onProgress: (share: number) => void): FileRead {
  const { election, meta } = readElection(bytes, { onProgress: (share) => onProgress(share / 2) });
  const { kept, total, errors } = validateElection(bytes);
  onProgress(1);
  return {
    errors,
    warnings: total - errors,
    faults: kept.map(faultShown),
    election: election === null ? null : electionShown(election, meta),
  };
}

export function faultShown(fault: Fault): FaultShown {
  const { code, grade, line, column, found, expected } = fault;
  const words = { en: explainFault(fault, "en"), cy: explainFault(fault, "cy") };
  return { file: null, code, grade, line, column, found, expected, ...words };
}

export function electionShown(election: Election, meta: ReadonlyMap<string, string>): ElectionShown {
  const { places, budget, projects, ballots, threshold, pointPlaces } = election;
  const money = (digits: bigint) => writeDecimal({ digits, places });
  const said = (...keys: readonly string[]) => keys.map((key) => meta.get(key) ?? "").filter((text) => text !== "");
  const votes = votesOf(election);
  return {
    description: said("description").join(""),
    where: said("district", "subunit", "unit", "country").join(", "),
    dates: [...new Set(said("date_begin", "date_end"))].join(" – "),
    currency: currencyOf(meta),
    voteType: election.voteType,
    voters: ballots.cast,
    budget: money(budget),
    costOfAll: money(projects.reduce((sum, { cost, withdrawn }) => (withdrawn ? sum : sum + cost), 0n)),
    projects: projects.map(({ id, name, cost }, project) => ({
      ...{ id, name, cost: money(cost) },
      votes: votes[project] as number,
    })),
    threshold: threshold === null ? null : writeDecimal({ digits: threshold, places: pointPlaces }),
    limits: election.limits.length,
    applying: applyingTo(election),
  };
}

/** Three letters, as ISO 4217 has them; what else may stand there is no currency. */
export function currencyOf(meta: ReadonlyMap<string, string>): string | null {
  const written = meta.get("currency")?.toUpperCase() ?? "";
  return /^[A-Z]{3}$/.test(written) ? written : null;
}
