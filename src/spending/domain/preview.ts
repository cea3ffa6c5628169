/**
 * What a file would bring, before any of it is stored: counted as its lines are read, so that it needs the same memory for
 * a thousand lines as for ten million.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import type { LineFault, LineRead, SpendLine } from "./spend-line.ts";

export type ServiceAreaTotal = { readonly serviceArea: string; readonly lines: number; readonly totalPence: Pence };

export type Preview = {
  /** Lines that can be read. */
  readonly lines: number;
  readonly totalPence: Pence;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly creditsCount: number;
  /** Below nought. */
  readonly creditsPence: Pence;
  /** Rows that cannot be read. */
  readonly refusedCount: number;
  /** The faults of the first of them. */
  readonly refused: readonly LineFault[];
  /** The service areas with the most money, the largest first. Lines that name none have the empty text. */
  readonly byServiceArea: readonly ServiceAreaTotal[];
  /** Lines of service areas not listed there. */
  readonly elsewhere: { readonly lines: number; readonly totalPence: Pence };
};

export type PreviewLimits = { readonly refused: number; readonly serviceAreas: number };
export type PreviewCount = { readonly add: (read: LineRead) => void; readonly result: () => Preview };

/** A column with more different texts than this is not one of service areas. */
const MOST_AREAS = 5_000;
const LIMITS: PreviewLimits = { refused: 1_000, serviceAreas: 20 };

type AreaCount = { lines: number; totalPence: Pence };

export function startPreview(limits: PreviewLimits = LIMITS): PreviewCount {
  const areas = new Map<string, AreaCount>();
  const other: AreaCount = { lines: 0, totalPence: 0n };
  const refused: LineFault[] = [];
  let [lines, creditsCount, refusedCount] = [0, 0, 0];
  let [totalPence, creditsPence] = [0n, 0n];
  let from: Day | null = null;
  let to: Day | null = null;
  const areaOf = (name: string): AreaCount => {
    const known = areas.get(name);
    if (known !== undefined) return known;
    if (areas.size >= MOST_AREAS) return other;
    const area = { lines: 0, totalPence: 0n };
    areas.set(ownCopy(name), area);
    return area;
  };
  const addLine = (line: SpendLine): void => {
    lines += 1;
    totalPence += line.amountPence;
    if (from === null || line.paidOn < from) from = line.paidOn;
    if (to === null || line.paidOn > to) to = line.paidOn;
    if (line.amountPence < 0n) {
      creditsCount += 1;
      creditsPence += line.amountPence;
    }
    const area = areaOf(line.serviceArea);
    area.lines += 1;
    area.totalPence += line.amountPence;
  };
  const add = (read: LineRead): void => {
    if (read === null) return;
    if (read.ok) {
      addLine(read.value);
      return;
    }
    refusedCount += 1;
    for (const fault of read.refusal.faults) {
      if (refused.length < limits.refused) refused.push({ ...fault, value: ownCopy(fault.value) });
    }
  };
  const result = (): Preview => {
    const { listed, elsewhere } = largestAreas(areas, other, limits.serviceAreas);
    const counts = { lines, totalPence, from, to, creditsCount, creditsPence, refusedCount };
    return { ...counts, refused: [...refused], byServiceArea: listed, elsewhere };
  };
  return { add, result };
}

function largestAreas(
  areas: ReadonlyMap<string, AreaCount>,
  other: AreaCount,
  most: number,
): { readonly listed: readonly ServiceAreaTotal[]; readonly elsewhere: AreaCount } {
  const all = [...areas].map(([serviceArea, count]) => ({ serviceArea, ...count }));
  all.sort((a, b) =>
    a.totalPence === b.totalPence ? (a.serviceArea < b.serviceArea ? -1 : 1) : a.totalPence > b.totalPence ? -1 : 1,
  );
  const elsewhere = { ...other };
  for (const area of all.slice(most)) {
    elsewhere.lines += area.lines;
    elsewhere.totalPence += area.totalPence;
  }
  return { listed: all.slice(0, most), elsewhere };
}

/** A text cut from a piece of a file keeps the whole piece in memory; its own copy does not. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
