/**
 * Which parts come to a sum: the parts of one group (a document, a payment run), else the only set of two to six parts that
 * does (subset sum by trying, R. M. Karp's problem 18 "knapsack", 1972: it has no fast answer in general, so the number of
 * parts and of steps is bounded, and beyond the bound it is refused).
 */
import type { Pence } from "../../lib/pence.ts";

export type Part = { readonly id: string; readonly amountPence: Pence; readonly group: string };
export type SumFound =
  | { readonly kind: "found"; readonly ids: readonly string[]; readonly group: string | null }
  | { readonly kind: "none" }
  | { readonly kind: "several" }
  | { readonly kind: "too_many" };

export const MOST_PARTS = 24;
const MOST_IN_SET = 6;
const MOST_STEPS = 50_000;

export function findSums({ target, parts }: { readonly target: Pence; readonly parts: readonly Part[] }): SumFound {
  const whole = wholeGroup(target, parts);
  if (whole !== null) return whole;
  if (parts.length < 2) return { kind: "none" };
  if (parts.length > MOST_PARTS) return { kind: "too_many" };
  return searchSets(target, parts);
}

function wholeGroup(target: Pence, parts: readonly Part[]): SumFound | null {
  const groups = new Map<string, Part[]>();
  for (const part of parts) if (part.group !== "") groups.set(part.group, [...(groups.get(part.group) ?? []), part]);
  const fitting = [...groups].filter(
    ([, members]) => members.length > 1 && members.reduce((sum, { amountPence }) => sum + amountPence, 0n) === target,
  );
  const [found] = fitting;
  if (found === undefined) return null;
  if (fitting.length > 1) return { kind: "several" };
  return { kind: "found", ids: found[1].map(({ id }) => id), group: found[0] };
}

function searchSets(target: Pence, parts: readonly Part[]): SumFound {
  const found: string[][] = [];
  let steps = 0;
  const visit = (from: number, the: { readonly left: Pence; readonly ids: readonly string[] }): void => {
    steps += 1;
    if (found.length > 1 || steps > MOST_STEPS) return;
    if (the.left === 0n && the.ids.length > 1) {
      found.push([...the.ids]);
      return;
    }
    if (the.ids.length === MOST_IN_SET) return;
    for (let at = from; at < parts.length; at += 1) {
      const part = parts[at];
      if (part) visit(at + 1, { left: the.left - part.amountPence, ids: [...the.ids, part.id] });
    }
  };
  visit(0, { left: target, ids: [] });
  // A search that was cut short has not shown that the one set it found is the only one.
  if (steps > MOST_STEPS && found.length < 2) return { kind: "too_many" };
  const [only, another] = found;
  if (only === undefined) return { kind: "none" };
  return another === undefined ? { kind: "found", ids: only, group: null } : { kind: "several" };
}
