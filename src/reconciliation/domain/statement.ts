/**
 * A reconciliation statement, in the form of a bank reconciliation: what Onepot says stood at the end of the period, less
 * what only Onepot has, plus what only the listing has, and the differences of what should be the same, comes to what the
 * listing says, to the penny. A match counts when all of it lies on or before the last day; else its parts wait, as timing
 * differences, as cheques not yet presented do in a bank reconciliation. The method is our own; the property that every
 * statement comes out is tested.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { plainReference } from "./alike.ts";
import type { Code } from "./match.ts";

export type StatementLine = Code & {
  readonly lineId: string;
  readonly document: string;
  readonly postedOn: Day;
  readonly amountPence: Pence;
  readonly supplier: string;
  readonly reference: string;
  readonly matchId: string | null;
};
export type StatementRecord = {
  readonly recordId: string;
  readonly kind: string;
  readonly day: Day;
  readonly amountPence: Pence;
  readonly supplier: string;
  readonly reference: string;
  readonly code: Code | null;
  readonly matchId: string | null;
};

export type Both = { readonly onepotPence: Pence; readonly listingPence: Pence };
export type CodeRow = Code & Both & { readonly differencePence: Pence };

export type Reconciled = {
  readonly opening: Both;
  readonly period: Both;
  readonly closing: Both;
  /** Matched in the period or before, all parts by its last day. */
  readonly matchedPence: Pence;
  readonly matches: number;
  readonly onepotOnly: readonly StatementRecord[];
  readonly onepotOnlyPence: Pence;
  readonly listingOnly: readonly StatementLine[];
  readonly listingOnlyPence: Pence;
  /** The same reference and another amount. */
  readonly amountDifferences: readonly AmountDifference[];
  readonly differencesPence: Pence;
  readonly codes: readonly CodeRow[];
};
export type AmountDifference = {
  readonly line: StatementLine;
  readonly record: StatementRecord;
  readonly differencePence: Pence;
};

type Sides = { readonly lines: readonly StatementLine[]; readonly records: readonly StatementRecord[] };
type Period = { readonly from: Day; readonly to: Day };

export function reconcile({ lines, records }: Sides, { from, to }: Period): Reconciled {
  const late = lateMatches({ lines, records }, to);
  const ours = records.filter(({ day }) => day <= to);
  const theirs = lines.filter(({ postedOn }) => postedOn <= to);
  const open = <T extends { readonly matchId: string | null }>(items: readonly T[]): T[] =>
    items.filter(({ matchId }) => matchId === null || late.has(matchId));
  const { differences, onepotOnly, listingOnly } = takeDifferences(open(ours), open(theirs));
  const matched = ours.filter(({ matchId }) => matchId !== null && !late.has(matchId));
  const before = {
    records: ours.filter(({ day }) => day < from),
    lines: theirs.filter(({ postedOn }) => postedOn < from),
  };
  const opening = bothOf(before);
  const closing = bothOf({ records: ours, lines: theirs });
  return {
    opening,
    period: {
      onepotPence: closing.onepotPence - opening.onepotPence,
      listingPence: closing.listingPence - opening.listingPence,
    },
    closing,
    matchedPence: sum(matched),
    matches: new Set(matched.map(({ matchId }) => matchId)).size,
    onepotOnly,
    onepotOnlyPence: sum(onepotOnly),
    listingOnly,
    listingOnlyPence: sum(listingOnly),
    amountDifferences: differences,
    differencesPence: differences.reduce((total, { differencePence }) => total + differencePence, 0n),
    codes: codesOf({ records: ours, lines: theirs }),
  };
}

function sum(of: readonly { readonly amountPence: Pence }[]): Pence {
  return of.reduce((total, { amountPence }) => total + amountPence, 0n);
}

function bothOf({ records, lines }: Sides): Both {
  return { onepotPence: sum(records), listingPence: sum(lines) };
}

/** Matches that have a part after the last day. */
function lateMatches({ lines, records }: Sides, to: Day): ReadonlySet<string> {
  const late = [
    ...lines.filter(({ postedOn }) => postedOn > to).map(({ matchId }) => matchId),
    ...records.filter(({ day }) => day > to).map(({ matchId }) => matchId),
  ];
  return new Set(late.filter((matchId) => matchId !== null));
}

/**
 * What names the same reference and is of another amount belongs together, once each: a cost with a cost. A credit names
 * its invoice too, and an accrual's return the invoice that followed; neither is another amount of it.
 */
function takeDifferences(records: readonly StatementRecord[], lines: readonly StatementLine[]) {
  const byReference = new Map<string, StatementLine>();
  const keyOf = (reference: string, amountPence: Pence) => `${reference} ${amountPence < 0n ? "-" : "+"}`;
  for (const line of lines)
    for (const reference of [line.reference, line.document].map(plainReference)) {
      const key = keyOf(reference, line.amountPence);
      if (reference !== "" && !byReference.has(key)) byReference.set(key, line);
    }
  const differences: AmountDifference[] = [];
  const used = new Set<string>();
  for (const record of records) {
    const line = byReference.get(keyOf(plainReference(record.reference), record.amountPence));
    if (line === undefined || used.has(line.lineId) || line.amountPence === record.amountPence) continue;
    used.add(line.lineId).add(record.recordId);
    differences.push({ line, record, differencePence: record.amountPence - line.amountPence });
  }
  return {
    differences,
    onepotOnly: records.filter(({ recordId }) => !used.has(recordId)),
    listingOnly: lines.filter(({ lineId }) => !used.has(lineId)),
  };
}

/** By code: what a code leaves empty stands for any, so a line stands under the code of ours that it fits. */
function codesOf({ records, lines }: Sides): readonly CodeRow[] {
  const rows = new Map<string, Code & { onepotPence: Pence; listingPence: Pence }>();
  const rowOf = (code: Code) => {
    const key = [code.costCentre, code.subjective, code.project].join("\n");
    const found = rows.get(key) ?? { ...plainCode(code), onepotPence: 0n, listingPence: 0n };
    rows.set(key, found);
    return found;
  };
  for (const { code, amountPence } of records) rowOf(code ?? NO_CODE).onepotPence += amountPence;
  const ours = [...rows.values()];
  for (const line of lines) {
    const fitting = ours.filter((code) => fits(code, line)).sort((a, b) => exactness(b) - exactness(a));
    rowOf(fitting[0] ?? line).listingPence += line.amountPence;
  }
  const key = (code: Code): string => [code.costCentre, code.subjective, code.project].join("\n");
  return [...rows.values()]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((row) => ({ ...row, differencePence: row.onepotPence - row.listingPence }));
}

const NO_CODE: Code = { costCentre: "", subjective: "", project: "" };

function plainCode({ costCentre, subjective, project }: Code): Code {
  return { costCentre, subjective, project };
}

function exactness(code: Code): number {
  return [code.costCentre, code.subjective, code.project].filter((one) => one !== "").length;
}

/** A record without a code gathers nothing. */
function fits(code: Code, line: Code): boolean {
  const part = (wanted: string, has: string): boolean => wanted === "" || wanted === has;
  return (
    exactness(code) > 0 &&
    part(code.costCentre, line.costCentre) &&
    part(code.subjective, line.subjective) &&
    part(code.project, line.project)
  );
}

export const AGES = ["0-30", "31-60", "61-90", "over-90"] as const;
export type Age = (typeof AGES)[number];

/** The days since something was posted, in the bands of an aged list. */
export function ageOf(posted: Day, today: Day): { readonly days: number; readonly age: Age } {
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(posted)) / 86_400_000));
  const band = days <= 30 ? 0 : days <= 60 ? 1 : days <= 90 ? 2 : 3;
  return { days, age: AGES[band] };
}
