/**
 * Which lines of a body's own ledger are which of Onepot's records. Our own method, in fixed steps, each taking only what
 * the steps before left: (1) the same reference and amount, where each is the only one; (2) a payment and its reversal;
 * (3) one line and one record of the same amount, the best first; (4) one record and several lines, or several records
 * and one line, whose sum is the amount, by shared document, else by a bounded search that gives up rather than run long
 * and suggests nothing where two answers fit. Amounts always agree to the penny. A suggestion is a proposal with its
 * reasons: a person accepts it, and only what is certain can be accepted all at once.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { alikePercent, plainReference } from "./alike.ts";
import { findSums } from "./sums.ts";

export type MatchLine = {
  readonly lineId: string;
  readonly document: string;
  readonly postedOn: Day;
  readonly amountPence: Pence;
  readonly costCentre: string;
  readonly subjective: string;
  readonly project: string;
  readonly supplier: string;
  readonly words: string;
  readonly reference: string;
};

export type Code = { readonly costCentre: string; readonly subjective: string; readonly project: string };

export const RECORD_KINDS = [
  "payment",
  "paid_elsewhere",
  "credit_note",
  "contribution",
  "accrual",
  "accrual_return",
  "reversal",
  "request",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export type MatchRecord = {
  readonly recordId: string;
  readonly kind: RecordKind;
  readonly day: Day;
  /** As the body's ledger would show it: a cost is positive. */
  readonly amountPence: Pence;
  readonly reference: string;
  readonly supplier: string;
  readonly code: Code | null;
  /** What a reversal reverses. */
  readonly reverses: string | null;
};

export type Strength = "certain" | "likely" | "possible";
export type Reason =
  | { readonly code: "reference"; readonly reference: string }
  | { readonly code: "reference_in_words"; readonly reference: string }
  | { readonly code: "amount" }
  | { readonly code: "sum"; readonly count: number }
  | { readonly code: "same_document"; readonly document: string }
  | { readonly code: "days"; readonly days: number }
  | { readonly code: "supplier"; readonly percent: number }
  | { readonly code: "codes" }
  | { readonly code: "reversal" }
  | { readonly code: "others_fit"; readonly count: number };

export type MatchKind = "one_to_one" | "one_to_many" | "many_to_one" | "contra";
export type Suggestion = {
  readonly kind: MatchKind;
  readonly lineIds: readonly string[];
  readonly recordIds: readonly string[];
  readonly strength: Strength;
  readonly reasons: readonly Reason[];
};

export type Suggested = {
  readonly suggestions: readonly Suggestion[];
  /** Records and lines with more candidates than are tried: a person matches them. */
  readonly notTried: readonly string[];
};

/** Whether references speak against a pair: one that names another line or record here is not passed over. */
type MayBe = (line: MatchLine, record: MatchRecord) => boolean;

function startMayBe(lines: readonly MatchLine[], records: readonly MatchRecord[]): MayBe {
  const named = (line: MatchLine): readonly string[] => [line.reference, line.document].map(plainReference);
  const onLines = new Set(lines.flatMap(named).filter((one) => one !== ""));
  const onRecords = new Set(records.map(({ reference }) => plainReference(reference)).filter((one) => one !== ""));
  return (line, record) => {
    const wanted = plainReference(record.reference);
    const own = named(line);
    if (own.includes(wanted)) return true;
    return !onLines.has(wanted) && !own.some((reference) => onRecords.has(reference));
  };
}

export const WINDOW_DAYS = 45;
const ALIKE = 60;
const MOST_PAIRS = 200_000;
const MOST_COMPARED = 200_000;

type Left = {
  readonly mayBe: MayBe;
  readonly lines: Map<string, MatchLine>;
  readonly records: Map<string, MatchRecord>;
};

export function suggestMatches(lines: readonly MatchLine[], records: readonly MatchRecord[]): Suggested {
  const left: Left = {
    mayBe: startMayBe(lines, records),
    lines: new Map(byDay(lines, ({ postedOn, lineId }) => postedOn + lineId).map((one) => [one.lineId, one])),
    records: new Map(byDay(records, ({ day, recordId }) => day + recordId).map((one) => [one.recordId, one])),
  };
  const suggestions: Suggestion[] = [];
  const take = (suggestion: Suggestion): void => {
    suggestions.push(suggestion);
    for (const id of suggestion.lineIds) left.lines.delete(id);
    for (const id of suggestion.recordIds) left.records.delete(id);
  };
  for (const one of certainOf(left)) take(one);
  for (const one of reversedOf(left)) take(one);
  for (const one of pairsOf(left)) take(one);
  const notTried: string[] = [];
  manyLines(left, { take, notTried });
  manyRecords(left, { take, notTried });
  return { suggestions, notTried };
}

function byDay<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function daysBetween(first: Day, second: Day): number {
  return Math.abs(Date.parse(first) - Date.parse(second)) / 86_400_000;
}

/** How a line and a record agree in everything but the amount. */
export function reasonsFor(line: MatchLine, record: MatchRecord): readonly Reason[] {
  const reasons: Reason[] = [];
  const wanted = plainReference(record.reference);
  const own = [line.reference, line.document].map(plainReference);
  if (wanted !== "" && own.includes(wanted)) reasons.push({ code: "reference", reference: record.reference });
  else if (wanted.length >= 5 && plainReference(`${line.words} ${line.reference}`).includes(wanted))
    reasons.push({ code: "reference_in_words", reference: record.reference });
  const percent = alikePercent(line.supplier, record.supplier);
  if (percent >= ALIKE) reasons.push({ code: "supplier", percent });
  if (record.code !== null && codeFits(record.code, line)) reasons.push({ code: "codes" });
  const days = daysBetween(line.postedOn, record.day);
  if (days <= WINDOW_DAYS) reasons.push({ code: "days", days });
  return reasons;
}

/** What a code leaves empty may be anything. */
export function codeFits(code: Code, line: Code): boolean {
  const fits = (wanted: string, has: string): boolean => wanted === "" || wanted === has;
  return (
    fits(code.costCentre, line.costCentre) && fits(code.subjective, line.subjective) && fits(code.project, line.project)
  );
}

const has = (reasons: readonly Reason[], ...codes: readonly Reason["code"][]): boolean =>
  reasons.some(({ code }) => codes.includes(code));

/** The same reference and amount, and no other line or record that has both. */
function certainOf({ lines, records }: Left): readonly Suggestion[] {
  const linesBy = new Map<string, MatchLine[]>();
  for (const line of lines.values())
    for (const reference of new Set([line.reference, line.document].map(plainReference)))
      if (reference !== "") push(linesBy, { key: `${reference} ${line.amountPence}`, item: line });
  const recordsBy = new Map<string, MatchRecord[]>();
  for (const record of records.values()) {
    const reference = plainReference(record.reference);
    if (reference !== "") push(recordsBy, { key: `${reference} ${record.amountPence}`, item: record });
  }
  const found: Suggestion[] = [];
  const taken = new Set<string>();
  for (const [key, [record, ...more]] of recordsBy) {
    const [line, ...others] = linesBy.get(key) ?? [];
    if (!record || !line || more.length > 0 || others.length > 0 || taken.has(line.lineId)) continue;
    taken.add(line.lineId);
    const reasons: Reason[] = [{ code: "amount" }, ...reasonsFor(line, record)];
    found.push(pair(line, record, { strength: "certain", reasons }));
  }
  return found;
}

function push<T>(into: Map<string, T[]>, { key, item }: { readonly key: string; readonly item: T }): void {
  const there = into.get(key);
  if (there) there.push(item);
  else into.set(key, [item]);
}

function pair(line: MatchLine, record: MatchRecord, the: Pick<Suggestion, "strength" | "reasons">): Suggestion {
  return { kind: "one_to_one", lineIds: [line.lineId], recordIds: [record.recordId], ...the };
}

/** What was recorded and reversed is in no listing: the two cancel. */
function reversedOf({ records }: Left): readonly Suggestion[] {
  const found: Suggestion[] = [];
  for (const record of records.values()) {
    const reversed = record.reverses === null ? undefined : records.get(record.reverses);
    if (reversed === undefined || reversed.amountPence !== -record.amountPence) continue;
    const recordIds = [reversed.recordId, record.recordId];
    found.push({ kind: "contra", lineIds: [], recordIds, strength: "likely", reasons: [{ code: "reversal" }] });
  }
  return found;
}

type Scored = {
  readonly line: MatchLine;
  readonly record: MatchRecord;
  readonly reasons: readonly Reason[];
  readonly score: number;
};

/** Pairs of one amount within the window, or with a shared reference; the best first, each in one pair. */
function pairsOf({ lines, records, mayBe }: Left): readonly Suggestion[] {
  const byAmount = new Map<string, MatchLine[]>();
  for (const line of lines.values()) push(byAmount, { key: String(line.amountPence), item: line });
  const scored: Scored[] = [];
  let tried = 0;
  for (const record of records.values())
    for (const line of byAmount.get(String(record.amountPence)) ?? []) {
      tried += 1;
      if (tried > MOST_PAIRS) return [];
      if (!mayBe(line, record)) continue;
      const reasons = reasonsFor(line, record);
      if (has(reasons, "reference", "reference_in_words", "days"))
        scored.push({ line, record, reasons, score: scoreOf(reasons) });
    }
  const key = ({ line, record }: Scored): string => line.postedOn + record.day + line.lineId + record.recordId;
  scored.sort((a, b) => b.score - a.score || (key(a) < key(b) ? -1 : 1));
  const equals = (one: Scored): number =>
    scored.filter(
      (other) => other !== one && other.score === one.score && (other.line === one.line || other.record === one.record),
    ).length;
  const taken = new Set<string>();
  const found: Suggestion[] = [];
  for (const one of scored) {
    const { line, record, reasons } = one;
    if (taken.has(line.lineId) || taken.has(record.recordId)) continue;
    taken.add(line.lineId).add(record.recordId);
    const others = equals(one);
    const likely = others === 0 && has(reasons, "reference", "reference_in_words", "supplier");
    const told: Reason[] = [{ code: "amount" }, ...reasons];
    if (others > 0) told.push({ code: "others_fit", count: others });
    found.push(pair(line, record, { strength: likely ? "likely" : "possible", reasons: told }));
  }
  return found;
}

function scoreOf(reasons: readonly Reason[]): number {
  const worth = (reason: Reason): number => {
    if (reason.code === "reference") return 400;
    if (reason.code === "reference_in_words") return 300;
    if (reason.code === "supplier") return 2 * reason.percent;
    if (reason.code === "codes") return 60;
    return reason.code === "days" ? WINDOW_DAYS - reason.days : 0;
  };
  return reasons.reduce((sum, reason) => sum + worth(reason), 0);
}

type Finding = { readonly take: (suggestion: Suggestion) => void; readonly notTried: string[] };

/** Those within the window that share a reference or a supplier; null once more pairs were looked at than is worth while. */
function startNear(
  mayBe: MayBe,
): (
  lines: Iterable<MatchLine>,
  records: Iterable<MatchRecord>,
) => readonly (readonly [MatchLine, MatchRecord])[] | null {
  let looked = 0;
  return (lines, records) => {
    const found: (readonly [MatchLine, MatchRecord])[] = [];
    for (const line of lines)
      for (const record of records) {
        if (daysBetween(line.postedOn, record.day) > WINDOW_DAYS || !mayBe(line, record)) continue;
        looked += 1;
        if (looked > MOST_COMPARED) return null;
        if (has(reasonsFor(line, record), "reference", "reference_in_words", "supplier")) found.push([line, record]);
      }
    return found;
  };
}

/** One payment that the host's ledger shows as several lines: the lines of one document, or the same supplier's. */
function manyLines(left: Left, { take, notTried }: Finding): void {
  const near = startNear(left.mayBe);
  for (const record of [...left.records.values()]) {
    if (!left.records.has(record.recordId)) continue;
    const pairs = near(left.lines.values(), [record]);
    const items = (pairs ?? []).map(([line]) => line);
    if (pairs === null) notTried.push(record.recordId);
    const sum = findSums({
      target: record.amountPence,
      parts: items.map((line) => ({ id: line.lineId, amountPence: line.amountPence, group: line.document })),
    });
    if (sum.kind === "too_many") notTried.push(record.recordId);
    if (sum.kind !== "found") continue;
    const [first] = items.filter(({ lineId }) => sum.ids.includes(lineId));
    const shared: Reason[] = sum.group === null ? [] : [{ code: "same_document", document: sum.group }];
    const reasons: Reason[] = [
      { code: "sum", count: sum.ids.length },
      ...shared,
      ...(first ? reasonsFor(first, record) : []),
    ];
    const strength = sum.group !== null || has(reasons, "reference") ? "likely" : "possible";
    take({ kind: "one_to_many", lineIds: sum.ids, recordIds: [record.recordId], strength, reasons });
  }
}

/** Several payments that the host made in one: a payment run, with one reference or to one supplier. */
function manyRecords(left: Left, { take, notTried }: Finding): void {
  const near = startNear(left.mayBe);
  for (const line of [...left.lines.values()]) {
    const pairs = near([line], left.records.values());
    const items = (pairs ?? []).map(([, record]) => record);
    if (pairs === null) notTried.push(line.lineId);
    const sum = findSums({
      target: line.amountPence,
      parts: items.map((one) => ({
        id: one.recordId,
        amountPence: one.amountPence,
        group: plainReference(one.reference),
      })),
    });
    if (sum.kind === "too_many") notTried.push(line.lineId);
    if (sum.kind !== "found") continue;
    const [first] = items.filter(({ recordId }) => sum.ids.includes(recordId));
    const reasons: Reason[] = [{ code: "sum", count: sum.ids.length }, ...(first ? reasonsFor(line, first) : [])];
    const strength = sum.group !== null ? "likely" : "possible";
    take({ kind: "many_to_one", lineIds: [line.lineId], recordIds: sum.ids, strength, reasons });
  }
}
