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
export type Book = Node["book"];
export type StageStop = {
  /** Null where the words stand alone; else what all of them come to, and the words follow it. */
  readonly amountPence: bigint | null;
  readonly book: Book;
  /** What stands before the amount, and after it. */
  readonly before: Words;
  readonly words: Words;
  /** The record at which the chain ends. */
  readonly title: Words;
  readonly count: number;
};
/** Records of one name that lead to the same record, with what they carry together. */
type Via = { readonly title: Words; readonly amountPence: bigint | null; readonly count: number };

export type StageRecord = {
  readonly record: Node["record"];
  readonly amountPence: bigint | null;
  /** A record that both books reach stands once for each. */
  readonly book: Book;
  /** The records of the stage before that lead here, with what each carries. */
  readonly via: readonly Via[];
};

export type Stage = {
  readonly kind: string;
  readonly records: readonly StageRecord[];
  /** Where a branch of the stage before got no further. */
  readonly stops: readonly StageStop[];
  /** What is not shown, for each book. */
  readonly more: Node["more"];
};

const DEEPEST = 16;

/** The stages from the nearest outwards. Stops of a stage stand on the stage after it, where its records would go on. */
export function stagesOf(root: Node): readonly Stage[] {
  const stages: Stage[] = [];
  let level: readonly Node[] = [root];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const branches = level.flatMap((node) => node.branches.map((branch) => ({ node: branch, parent: node })));
    const records = merge(branches);
    const stops = joinStops(level);
    const more = joinMore(level);
    if (records.length > 0 || stops.length > 0 || more.length > 0)
      stages.push({ kind: records[0]?.record.kind ?? "", records, stops, more });
    level = branches.map(({ node }) => node);
  }
  return stages;
}

function merge(branches: readonly { readonly node: Node; readonly parent: Node }[]): readonly StageRecord[] {
  const merged = new Map<
    string,
    Omit<StageRecord, "via" | "amountPence"> & { amountPence: bigint | null; via: Map<string, Via> }
  >();
  for (const { node, parent } of branches) {
    const { record, amountPence, book } = node;
    const key = `${record.kind} ${record.id} ${book}`;
    const one = merged.get(key) ?? { record, book, amountPence: null, via: new Map<string, Via>() };
    one.amountPence = add(one.amountPence, amountPence);
    const { title } = parent.record;
    const before = one.via.get(title.en);
    one.via.set(title.en, {
      title,
      amountPence: add(before?.amountPence ?? null, amountPence),
      count: (before?.count ?? 0) + 1,
    });
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

function joinMore(level: readonly Node[]): Node["more"] {
  const joined = new Map<Book, Node["more"][number]>();
  for (const { book, count, amountPence } of level.flatMap((node) => node.more)) {
    const before = joined.get(book);
    joined.set(book, {
      book,
      count: (before?.count ?? 0) + count,
      amountPence: (before?.amountPence ?? 0n) + amountPence,
    });
  }
  return [...joined.values()];
}

/** A sentence as what stands before the first amount in it and what stands after; null where the amount is not in it. */
function splitAt(text: string, amountPence: bigint | null): readonly [string, string] | null {
  const amount = amountPence === null ? "" : formatPounds(amountPence);
  const at = amount === "" ? -1 : text.indexOf(amount);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + amount.length)];
}

/** Amounts that stop in the same way in the same book are said as one sum; other stops name the record at which the chain ends. */
function joinStops(level: readonly Node[]): readonly StageStop[] {
  const joined = new Map<string, StageStop>();
  for (const { record, stops } of level) {
    for (const { amountPence, words, book } of stops) {
      const [en, cy] = [splitAt(words.en, amountPence), splitAt(words.cy, amountPence)];
      const summed = amountPence !== null && en !== null && cy !== null;
      const key = summed ? `${book} ${en.join(" ")}` : `${record.id} ${words.en}`;
      const before = joined.get(key);
      joined.set(key, {
        amountPence: summed ? (before?.amountPence ?? 0n) + amountPence : null,
        book,
        before: summed ? { en: en[0], cy: cy[0] } : { en: "", cy: "" },
        words: summed ? { en: en[1], cy: cy[1] } : words,
        title: record.title,
        count: (before?.count ?? 0) + 1,
      });
    }
  }
  return [...joined.values()];
}
