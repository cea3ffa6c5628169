/**
 * Proves a replay, or names the first line that is wrong, what stands there and what should. The verifier counts by its own hand, with
 * none of the counting rules: it reads the ballots anew, takes the parameters and the claims that say where to look (the number of raises,
 * the optimum), proves those, and then every line has to say what it found. So nothing in a replay is believed but its parameters, which
 * the answer gives: whether they are those that were decided before the vote is for the reader to compare.
 */
import type { Conditions } from "../admission.ts";
import type { Election } from "../election.ts";
import type { Parameters } from "../outcome.ts";
import { costOfAll, leavesNothing, type Reading, readAnew } from "./own-reading.ts";
import { type Extras, proveExtras } from "./prove-extras.ts";
import type { RaisesProved, ShareFault } from "./prove-shares.ts";
import { proveStages, type WelfareFault, type Work } from "./prove-stages.ts";
import { type Expected, readReplay } from "./read-replay.ts";
import { type LineKind, linesOf, type Replay, type ReplayLine, sealOf } from "./replay.ts";
import { headOf, idIn } from "./write-replay.ts";

export type ReplayFault =
  | { readonly code: "too_long" }
  /** This is not a replay: it is no JSON, or JSON that does not name this format. */
  | { readonly code: "not_json" }
  | { readonly code: "not_a_replay" }
  /** A replay of another version, or one that lacks what this version has. */
  | { readonly code: "misshapen"; readonly path: string; readonly expected: Expected }
  | ({ readonly line: number } & (
      | { readonly code: "not_as_written"; readonly found: string; readonly expected: string }
      | { readonly code: "wrong_file"; readonly found: string; readonly expected: string }
      | { readonly code: "unknown_project"; readonly project: string }
      | { readonly code: "uncountable" }
      | {
          readonly code: WrongCode;
          readonly field: string;
          readonly found: string | null;
          readonly expected: string | null;
        }
      | ShareFault
      | WelfareFault
      | { readonly code: "changed_since" }
    ));

export type WrongCode =
  | "wrong_election"
  | "wrong_parameters"
  | "wrong_counted"
  | "wrong_stage"
  | "wrong_purchase"
  | "wrong_passed"
  | "wrong_tie"
  | "wrong_result"
  | "wrong_comparison"
  | "wrong_part";

export type VerifyAnswer =
  | {
      readonly proved: true;
      readonly parameters: Parameters;
      readonly funded: readonly number[];
      /** Of Add1: all is proved where the two numbers are the same; else the end is, and those of the first raises. */
      readonly raises: RaisesProved | null;
    }
  | { readonly proved: false; readonly fault: ReplayFault };

export type Verifiable = {
  readonly replayText: string;
  readonly election: Election;
  /** SHA-256 of the bytes of the file that the election was read from, in base 16. */
  readonly electionHash: string;
  readonly work?: Work;
};

/**
 * As many as the ties that a count lists can come to, and room for its purchases. The longest of the real elections that this was tried
 * on has 26,104 characters.
 */
const MOST_CHARACTERS = 64_000_000;
/** Some seconds of each on one core. */
export const USUAL_WORK: Work = { mostLooks: 400_000_000, mostBranches: 2_000_000 };

export function verifyReplay({
  replayText: text,
  election,
  electionHash,
  work = USUAL_WORK,
}: Verifiable): VerifyAnswer {
  if (isTooLong(text, election)) return wrong({ code: "too_long" });
  const replayText = asWritten(text);
  const read = readReplay(replayText);
  if (!read.ok) return wrong(read.fault);
  const { replay } = read;
  const lines = linesOf(replay);
  const unlike = notAsWritten(replayText, lines);
  if (unlike !== null) return wrong(unlike);
  const lineOf = (kind: LineKind) => lines.findIndex((line) => line.kind === kind) + 1;
  if (replay.election.sha256 !== electionHash)
    return wrong({
      code: "wrong_file",
      line: lineOf("election"),
      found: replay.election.sha256,
      expected: electionHash,
    });
  const conditions = conditionsOf(election, replay);
  if (typeof conditions === "string")
    return wrong({ code: "unknown_project", line: lineOf("conditions"), project: conditions });
  const parameters: Parameters = { ...replay.parameters, conditions };
  if (!isCountable(election, parameters)) return wrong({ code: "uncountable", line: lineOf("parameters") });
  const head = headOf({ election, electionHash, parameters });
  const early = firstWrong(linesOf({ ...replay, ...head }), lines);
  if (early !== null) return wrong(early);
  const reading = readAnew(election, parameters);
  const proof = proveStages(reading, { claim: replay, work });
  if (!proof.ok) return wrong({ ...proof.fault, line: lineOf("counted") });
  const extras = proveExtras(reading, proof);
  const should: Replay = { ...head, counted: proof.counted, stages: extras.stages, ...resultOf(reading, extras) };
  const fault = firstWrong(linesOf(should), lines);
  if (fault !== null) return wrong(fault);
  const body = `${lines.map(({ text }) => text).join("\n")}\n`;
  if (read.seal !== sealOf(body)) return wrong({ code: "changed_since", line: lines.length + 1 });
  return { proved: true, parameters, funded: extras.funded, raises: proof.raises };
}

/** Without what Windows, an editor or mail put there on its way: a byte order mark, and carriage returns before line ends. */
function asWritten(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

const wrong = (fault: ReplayFault): VerifyAnswer => ({ proved: false, fault });

/**
 * Whether it holds more lists and records than any count of this election: a small text of nothing but brackets would take a hundred
 * times its size once it is read. A stage opens four for each project at most; the rest is for what a place lays down.
 */
function isTooLong(replayText: string, { projects }: Election): boolean {
  if (replayText.length > MOST_CHARACTERS) return true;
  let left = 100_000 + 10 * projects.length;
  for (const bracket of ["[", "{"])
    for (let at = replayText.indexOf(bracket); at >= 0; at = replayText.indexOf(bracket, at + 1)) {
      left -= 1;
      if (left < 0) return true;
    }
  return false;
}

/** The text has to be the one that its own values give, line by line: nothing hides between them. */
function notAsWritten(replayText: string, lines: readonly ReplayLine[]): ReplayFault | null {
  const found = replayText.split("\n");
  const last = found[lines.length] ?? "";
  const should = [...lines.map(({ text }) => text), /^"seal": "[^"\\]*"$/.test(last) ? last : '"seal": ""', "}", ""];
  for (let at = 0; at < Math.max(found.length, should.length); at += 1)
    if (found[at] !== should[at])
      return { code: "not_as_written", line: at + 1, found: found[at] ?? "", expected: should[at] ?? "" };
  return null;
}

/** The first project that the election does not have, where there is one. */
function conditionsOf(election: Election, { conditions }: Replay): Conditions | string {
  const places = new Map(election.projects.map(({ id }, project) => [id, project]));
  const unknown = conditions.incompatible.flat().find((id) => !places.has(id));
  if (unknown !== undefined) return unknown;
  return {
    threshold: conditions.threshold === null ? null : BigInt(conditions.threshold),
    incompatible: conditions.incompatible.map((list) => list.map((id) => places.get(id) ?? -1)),
    limits: conditions.limits.map(({ of, name, most }) => ({ of, name, most: BigInt(most) })),
  };
}

function isCountable({ ballots, voteType }: Election, { rule, utility }: Parameters): boolean {
  if (ballots.cast === 0) return false;
  if (rule === "phragmen" && voteType !== "approval" && voteType !== "choose-1") return false;
  if (utility === "points") return ballots.points !== null;
  return utility !== "borda" || voteType === "ordinal";
}

function resultOf(
  reading: Reading,
  { funded, compared, part }: Extras,
): Pick<Replay, "funded" | "cost" | "left" | "exhaustive" | "compared" | "part"> {
  const cost = costOfAll(reading, funded);
  return {
    funded: funded.map((project) => idIn(reading.election, project)),
    cost: String(cost),
    left: String(reading.election.budget - cost),
    exhaustive: leavesNothing(reading, funded),
    compared,
    part,
  };
}

const CODES: Readonly<Record<LineKind, WrongCode>> = {
  frame: "wrong_stage",
  format: "wrong_parameters",
  election: "wrong_election",
  parameters: "wrong_parameters",
  conditions: "wrong_parameters",
  counted: "wrong_counted",
  stage: "wrong_stage",
  purchase: "wrong_purchase",
  passed: "wrong_passed",
  tie: "wrong_tie",
  result: "wrong_result",
  compared: "wrong_comparison",
  part: "wrong_part",
  seal: "wrong_result",
};

/** The first line that differs, and the first name on it that does. Where one list ends before the other, a whole line is wrong. */
function firstWrong(should: readonly ReplayLine[], found: readonly ReplayLine[]): ReplayFault | null {
  for (let at = 0; at < Math.max(should.length, found.length); at += 1) {
    const [right, here] = [should[at], found[at]];
    if (right?.text === here?.text) continue;
    const kind = right === undefined || right.kind === "frame" ? (here ?? right)?.kind : right.kind;
    const code = CODES[kind ?? "frame"];
    if (right === undefined || here === undefined || right.kind !== here.kind)
      return { code, line: at + 1, field: "line", found: here?.text ?? null, expected: right?.text ?? null };
    const names = [...new Set([...Object.keys(right.value), ...Object.keys(here.value)])];
    const name = names.find((one) => written(right.value[one]) !== written(here.value[one]));
    // Alike but for the comma after it, or for the order of the names: more or fewer lines follow.
    if (name === undefined) {
      const next = firstWrongAfter({ should, found, at });
      return next ?? { code: "not_as_written", line: at + 1, found: here.text, expected: right.text };
    }
    return {
      code,
      line: at + 1,
      field: name,
      found: written(here.value[name]),
      expected: written(right.value[name]),
    };
  }
  return null;
}

/** Where a list goes on too long or ends too soon, the wrong line is the one after. */
function firstWrongAfter(the: {
  readonly should: readonly ReplayLine[];
  readonly found: readonly ReplayLine[];
  readonly at: number;
}): ReplayFault | null {
  const [right, here] = [the.should[the.at + 1], the.found[the.at + 1]];
  if (right === undefined || here === undefined || right.kind === here.kind) return null;
  const kind = right.kind === "frame" ? here.kind : right.kind;
  const expected = right.kind === "frame" ? null : right.text;
  return {
    code: CODES[kind],
    line: the.at + 2,
    field: "line",
    found: here.kind === "frame" ? null : here.text,
    expected,
  };
}

function written(value: unknown): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
