/**
 * The chain of a record as stages in a line: each step away from it is one stage, in which a record that several
 * branches reach stands once, with the sum of their shares. The shares and stops of a stage sum to those of the one before.
 */

import { formatPounds } from "../../../lib/pence.ts";
import type { followRecord } from "../../../trace/index.ts";
import type { ValueOf } from "./reading.ts";

export type Followed = ValueOf<typeof followRecord>;
export type Node = Followed["up"];
type Words = Node["stops"][number]["words"];
export type StageStop = {
  /** Null where the words stand alone; else what all of them come to, and the words follow it. */
  readonly amountPence: bigint | null;
  readonly words: Words;
  /** The record at which the chain ends. */
  readonly title: Words;
  readonly count: number;
};
type Via = { readonly node: Node; readonly amountPence: bigint | null };

export type StageRecord = {
  readonly record: Node["record"];
  readonly amountPence: bigint | null;
  /** The records of the stage before that lead here, with what each carries. */
  readonly via: readonly Via[];
};

export type Stage = {
  readonly kind: string;
  readonly records: readonly StageRecord[];
  /** Where a branch of the stage before got no further. */
  readonly stops: readonly StageStop[];
  readonly more: number;
  readonly morePence: bigint;
};

const DEEPEST = 12;

/** The stages from the nearest outwards. Stops of a stage stand on the stage after it, where its records would go on. */
export function stagesOf(root: Node): readonly Stage[] {
  const stages: Stage[] = [];
  let level: readonly Node[] = [root];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const branches = level.flatMap((node) => node.branches.map((branch) => ({ node: branch, parent: node })));
    const records = merge(branches);
    const stops = joinStops(level);
    const more = level.reduce((sum, node) => sum + node.more, 0);
    const morePence = level.reduce((sum, node) => sum + node.morePence, 0n);
    if (records.length > 0 || stops.length > 0 || more > 0)
      stages.push({ kind: records[0]?.record.kind ?? "", records, stops, more, morePence });
    level = branches.map(({ node }) => node);
  }
  return stages;
}

function merge(branches: readonly { readonly node: Node; readonly parent: Node }[]): readonly StageRecord[] {
  const merged = new Map<string, { record: Node["record"]; amountPence: bigint | null; via: Map<string, Via> }>();
  for (const { node, parent } of branches) {
    const { record, amountPence } = node;
    const key = `${record.kind} ${record.id}`;
    const one = merged.get(key) ?? { record, amountPence: null, via: new Map<string, Via>() };
    one.amountPence = add(one.amountPence, amountPence);
    const before = one.via.get(parent.record.id)?.amountPence ?? null;
    one.via.set(parent.record.id, { node: parent, amountPence: add(before, amountPence) });
    merged.set(key, one);
  }
  return [...merged.values()]
    .map((one) => ({ ...one, via: [...one.via.values()] }))
    .toSorted(
      (a, b) => size(b.amountPence) - size(a.amountPence) || (a.record.date ?? "").localeCompare(b.record.date ?? ""),
    );
}

function add(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null ? a : a + b;
}

/** For an order only; equal sizes keep their place. */
function size(amount: bigint | null): number {
  return amount === null ? 0 : Number(amount);
}

/** Amounts that stop in the same way are said as one sum; other stops name the record at which the chain ends. */
function joinStops(level: readonly Node[]): readonly StageStop[] {
  const joined = new Map<string, StageStop>();
  for (const { record, stops } of level) {
    for (const { amountPence, words } of stops) {
      const amount = amountPence === null ? "" : `${formatPounds(amountPence)} `;
      const rest = {
        en: words.en.startsWith(amount) ? words.en.slice(amount.length) : words.en,
        cy: words.cy.startsWith(amount) ? words.cy.slice(amount.length) : words.cy,
      };
      const summed = amountPence !== null && rest.en !== words.en;
      const key = summed ? rest.en : `${record.id} ${words.en}`;
      const before = joined.get(key);
      joined.set(key, {
        amountPence: summed ? (before?.amountPence ?? 0n) + amountPence : null,
        words: summed ? rest : words,
        title: record.title,
        count: (before?.count ?? 0) + 1,
      });
    }
  }
  return [...joined.values()];
}
