/**
 * What a count leaves behind so that anybody can prove it again without this program: a text of one JSON value, with a line for each
 * purchase, that says which file was counted, with what parameters, and the exact numbers on which every purchase stands. The format
 * is this project's own; the record that it follows is the one that risk-limiting audits ask for: enough to check, and no more
 * (Philip Stark and David Wagner, "Evidence-Based Elections", IEEE Security and Privacy 10(5), 2012).
 *
 * Money is in the smallest unit that the election has (10^-places). A number that may be a fraction is text: "17/3".
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Parameters, Rule } from "../outcome.ts";

export const REPLAY_FORMAT = "onepot count replay";
export const REPLAY_VERSION = 1;

export type Replay = {
  readonly format: string;
  readonly version: number;
  readonly election: ReplayElection;
  readonly parameters: Omit<Parameters, "conditions">;
  readonly conditions: ReplayConditions;
  readonly counted: {
    /** Of Add1: how many raises were tried. */
    readonly increments: number | null;
    /** Of maximum welfare: the greatest sum of satisfaction. */
    readonly optimum: string | null;
  };
  readonly stages: readonly ReplayStage[];
  /** In order of purchase. */
  readonly funded: readonly string[];
  readonly cost: string;
  readonly left: string;
  readonly exhaustive: boolean;
  readonly compared: {
    readonly rule: ReplayPreferred;
    readonly greedy: ReplayPreferred;
    readonly kept: "rule" | "greedy";
  } | null;
  readonly part: { readonly project: string; readonly money: string } | null;
};

/** By how many voters what is funded is preferred to the other. */
export type ReplayPreferred = { readonly funded: readonly string[]; readonly preferredBy: number };

export type ReplayElection = {
  /** Of the bytes of the file that was counted. */
  readonly sha256: string;
  readonly budget: string;
  readonly places: number;
  readonly voters: number;
  readonly projects: number;
};

export type ReplayConditions = {
  readonly threshold: string | null;
  readonly incompatible: readonly (readonly string[])[];
  readonly limits: readonly {
    readonly of: "category" | "neighbourhood";
    readonly name: string;
    readonly most: string;
  }[];
};

export type ReplayStage = {
  readonly by: Rule;
  /** Of equal shares: what everybody held at first. */
  readonly share: string | null;
  /** Of Phragmen: the project that was due and did not fit. */
  readonly stoppedBy: string | null;
  readonly purchases: readonly ReplayPurchase[];
  /** Of greedy: whose turn came when less than their cost was left. */
  readonly passed: readonly { readonly project: string; readonly cost: string; readonly left: string }[];
  /** The first of those tied was taken; of maximum welfare, those that another greatest set has or lacks. */
  readonly ties: readonly { readonly round: number; readonly tied: readonly string[] }[];
};

export type ReplayPurchase = {
  readonly project: string;
  readonly cost: string;
  /** What is left of the budget after it. */
  readonly left: string;
  /** What the rule bought it by; see `MEASURES`. */
  readonly measure: string;
};

/**
 * What stands beside a purchase. Payment: what a voter who can pays for each unit of support (a vote, a point). Load: what each
 * supporter has paid by then if all paid alike. Score: votes or points together. Worth: the sum of satisfaction.
 */
export const MEASURES = {
  greedy: "score",
  "equal-shares": "payment",
  phragmen: "load",
  "max-welfare": "worth",
} as const satisfies Record<Rule, string>;

export type LineKind =
  | "frame"
  | "format"
  | "election"
  | "parameters"
  | "conditions"
  | "counted"
  | "stage"
  | "purchase"
  | "passed"
  | "tie"
  | "result"
  | "compared"
  | "part"
  | "seal";

/** A line of the text; `value` is what it says, for comparing two lines by their names. */
export type ReplayLine = {
  readonly kind: LineKind;
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** Without the seal: see `sealed`. */
export function linesOf(replay: Replay): readonly ReplayLine[] {
  const named = (kind: LineKind, name: string, value: unknown): ReplayLine => ({
    kind,
    text: `${JSON.stringify(name)}: ${JSON.stringify(value)},`,
    value: isRecord(value) ? value : { [name]: value },
  });
  return [
    frame("{"),
    named("format", "format", replay.format),
    named("format", "version", replay.version),
    named("election", "election", replay.election),
    named("parameters", "parameters", replay.parameters),
    named("conditions", "conditions", replay.conditions),
    named("counted", "counted", replay.counted),
    frame('"stages": ['),
    ...replay.stages.flatMap((stage, at) => stageLines(stage, at + 1 === replay.stages.length)),
    frame("],"),
    named("result", "funded", replay.funded),
    named("result", "cost", replay.cost),
    named("result", "left", replay.left),
    named("result", "exhaustive", replay.exhaustive),
    named("compared", "compared", replay.compared),
    named("part", "part", replay.part),
  ];
}

const frame = (text: string): ReplayLine => ({ kind: "frame", text, value: {} });

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stageLines(stage: ReplayStage, isLast: boolean): readonly ReplayLine[] {
  const { by, share, stoppedBy } = stage;
  const head = { by, share, stoppedBy };
  const listed = (kind: LineKind, values: readonly Readonly<Record<string, unknown>>[]): readonly ReplayLine[] =>
    values.map((value, at) => ({
      kind,
      text: `${JSON.stringify(value)}${at + 1 === values.length ? "" : ","}`,
      value,
    }));
  const purchases = stage.purchases.map(({ project, cost, left, measure }, at) => ({
    round: at + 1,
    project,
    cost,
    left,
    [MEASURES[by]]: measure,
  }));
  return [
    { kind: "stage", text: `${JSON.stringify(head).slice(0, -1)},"purchases": [`, value: head },
    ...listed("purchase", purchases),
    frame('],"passed": ['),
    ...listed("passed", stage.passed),
    frame('],"ties": ['),
    ...listed("tie", stage.ties),
    frame(isLast ? "]}" : "]},"),
  ];
}

/**
 * The text with its last line, the SHA-256 of all lines before it. It finds what was changed by accident, also where the change makes
 * no difference to the count (another seed where there was no tie); who changes a replay on purpose can seal it again.
 */
export function sealed(lines: readonly ReplayLine[]): string {
  const body = `${lines.map(({ text }) => text).join("\n")}\n`;
  return `${body}"seal": ${JSON.stringify(sealOf(body))}\n}\n`;
}

export function sealOf(body: string): string {
  return bytesToHex(sha256(utf8ToBytes(body)));
}
