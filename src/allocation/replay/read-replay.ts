/**
 * From any text to a replay, or to where it is not one. Nothing is believed here and nothing is proved: only that each value is of
 * its kind, so that what follows need not ask.
 */
import { readFraction } from "../fraction.ts";
import { COMPLETIONS, RULES, STARTS, STOPS } from "../outcome.ts";
import { COMPARISONS } from "../prefer.ts";
import { UTILITIES } from "../support.ts";
import { isRecord, MEASURES, REPLAY_FORMAT, REPLAY_VERSION, type Replay } from "./replay.ts";

/** What was expected at a place, such as `stages 2 share`. */
export type Misshapen = { readonly path: string; readonly expected: Expected };
export type Expected =
  | "text"
  | "whole_number"
  | "amount"
  | "fraction"
  | "yes_or_no"
  | "list"
  | "record"
  | "one_of_the_known"
  | "this_format";

type Shape = (value: unknown, path: string) => Misshapen | null;

const MOST_TEXT = 100_000;
const when = (holds: boolean, expected: Expected, path: string): Misshapen | null =>
  holds ? null : { path, expected };
const text: Shape = (value, path) => when(typeof value === "string" && value.length <= MOST_TEXT, "text", path);
const whole: Shape = (value, path) => when(Number.isSafeInteger(value) && (value as number) >= 0, "whole_number", path);
const amount: Shape = (value, path) => when(typeof value === "string" && /^-?\d{1,300}$/.test(value), "amount", path);
const fraction: Shape = (value, path) =>
  when(typeof value === "string" && readFraction(value) !== null, "fraction", path);
const yesOrNo: Shape = (value, path) => when(typeof value === "boolean", "yes_or_no", path);
const among =
  (known: readonly unknown[], expected: Expected = "one_of_the_known"): Shape =>
  (value, path) =>
    when(known.includes(value), expected, path);
const maybe =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? null : shape(value, path);
const listOf =
  (shape: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return { path, expected: "list" };
    for (let at = 0; at < value.length; at += 1) {
      const wrong = shape(value[at], `${path} ${at + 1}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };
const record =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isRecord(value)) return { path, expected: "record" };
    for (const [name, shape] of Object.entries(shapes)) {
      const wrong = shape(Object.hasOwn(value, name) ? value[name] : undefined, path === "" ? name : `${path} ${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  };

const ties: Shape = (value, path) =>
  isRecord(value) && value["kind"] === "project-id"
    ? null
    : record({ kind: among(["cost-votes-lot"]), seed: text })(value, path);

const parameters = record({
  rule: among(RULES),
  utility: among(UTILITIES),
  completion: among(COMPLETIONS),
  stop: among(STOPS),
  start: among(STARTS),
  ties,
  misfit: among(["skip", "stop"]),
  comparison: among(COMPARISONS),
  partFunding: yesOrNo,
});

const stage: Shape = (value, path) => {
  const by = record({ by: among(RULES) })(value, path);
  if (by !== null) return by;
  const measure = MEASURES[(value as { readonly by: keyof typeof MEASURES }).by];
  return record({
    share: maybe(fraction),
    stoppedBy: maybe(text),
    purchases: listOf(record({ round: whole, project: text, cost: amount, left: amount, [measure]: fraction })),
    passed: listOf(record({ project: text, cost: amount, left: amount })),
    ties: listOf(record({ round: whole, tied: listOf(text) })),
  })(value, path);
};

const preferred = record({ funded: listOf(text), preferredBy: whole });

const replay = record({
  format: among([REPLAY_FORMAT], "this_format"),
  version: among([REPLAY_VERSION], "this_format"),
  election: record({ sha256: text, budget: amount, places: whole, voters: whole, projects: whole }),
  parameters,
  conditions: record({
    threshold: maybe(amount),
    incompatible: listOf(listOf(text)),
    limits: listOf(record({ of: among(["category", "neighbourhood"]), name: text, most: amount })),
  }),
  counted: record({ increments: maybe(whole), optimum: maybe(amount) }),
  stages: listOf(stage),
  funded: listOf(text),
  cost: amount,
  left: amount,
  exhaustive: yesOrNo,
  compared: maybe(record({ rule: preferred, greedy: preferred, kept: among(["rule", "greedy"]) })),
  part: maybe(record({ project: text, money: amount })),
  seal: text,
});

export type ReadReplay =
  | { readonly ok: true; readonly replay: Replay; readonly seal: string }
  | { readonly ok: false; readonly fault: Unread };

type Unread =
  | { readonly code: "not_json" }
  | { readonly code: "not_a_replay" }
  | ({ readonly code: "misshapen" } & Misshapen);

export function readReplay(replayText: string): ReadReplay {
  let value: unknown;
  try {
    value = JSON.parse(replayText);
  } catch {
    return { ok: false, fault: { code: "not_json" } };
  }
  if (!isRecord(value) || value["format"] !== REPLAY_FORMAT) return { ok: false, fault: { code: "not_a_replay" } };
  const misshapen = replay(value, "");
  if (misshapen !== null) return { ok: false, fault: { code: "misshapen", ...misshapen } };
  const found = value as Replay & { readonly seal: string; readonly stages: readonly RawStage[] };
  return { ok: true, replay: { ...found, stages: found.stages.map(stageFrom) }, seal: found.seal };
}

type RawPurchase = Readonly<Record<"project" | "cost" | "left", string>> & Readonly<Record<string, string>>;
type RawStage = Omit<Replay["stages"][number], "purchases"> & { readonly purchases: readonly RawPurchase[] };

function stageFrom(raw: RawStage): Replay["stages"][number] {
  return {
    ...raw,
    purchases: raw.purchases.map(({ project, cost, left, ...more }) => ({
      project,
      cost,
      left,
      measure: more[MEASURES[raw.by]] ?? "",
    })),
  };
}
