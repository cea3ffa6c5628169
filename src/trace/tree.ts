/** Builds the chain of one record in one direction, from how each subject describes its own. */
import { must } from "../lib/assert.ts";
import type { Pence } from "../lib/pence.ts";
import type {
  TracedKind,
  TracedPart,
  TracedRecord,
  TracedShare,
  TracedStep,
  TracedStop,
  TraceScope,
} from "../platform/traced.ts";
import { type Book, type Hidden, hiddenByBook } from "./domain/books.ts";
import { cutLevel } from "./domain/grow.ts";

/** What is shown of a level of the chain; the rest is counted. */
export const BRANCHES_A_LEVEL = 200;
/** A chain from partner to service has seven steps; virements, handovers, releases and credit notes lie between some of them. */
export const DEEPEST = 16;

export type TracedNode = {
  readonly record: TracedRecord;
  /** How much of the record is on this branch. */
  readonly amountPence: Pence | null;
  /** The book that the branch is kept in; null where it may stand in both, as a stream does. */
  readonly book: Book | null;
  readonly branches: readonly TracedNode[];
  readonly stops: readonly BookedStop[];
  /** Branches not shown, and what they come to in each book. */
  readonly more: readonly Hidden[];
};

export type BookedStop = TracedStop & { readonly book: Book | null };

type Growing = {
  readonly record: TracedRecord;
  readonly amountPence: Pence | null;
  readonly book: Book | null;
  readonly part: TracedPart;
  branches: Growing[];
  stops: readonly BookedStop[];
  more: readonly Hidden[];
};

export type Direction = "up" | "down";

export async function growTree(
  scope: TraceScope,
  the: { readonly kinds: readonly TracedKind[]; readonly record: TracedRecord; readonly direction: Direction },
): Promise<TracedNode> {
  const kinds = new Map(the.kinds.map((kind) => [kind.kind, kind]));
  const kindOf = (name: string) => must(kinds.get(name), `no subject describes records of kind ${name}`);
  const part = the.record.reversed
    ? { id: the.record.id, slices: [] }
    : await kindOf(the.record.kind).whole(scope, the.record.id);
  const { amountPence, book } = the.record;
  const root = newNode({ record: the.record, amountPence, book, part });
  if (the.record.reversed) return { ...root, stops: [{ ...REVERSED, book }] };
  let level: readonly Growing[] = [root];
  for (let depth = 1; depth < DEEPEST && level.length > 0; depth += 1)
    level = await growLevel({ scope, kindOf, level, direction: the.direction });
  return root;
}

type Level = {
  readonly scope: TraceScope;
  readonly kindOf: (name: string) => TracedKind;
  readonly level: readonly Growing[];
  readonly direction: Direction;
};

async function growLevel(the: Level): Promise<readonly Growing[]> {
  const { scope, kindOf, level, direction } = the;
  const steps = new Map<Growing, TracedStep>();
  for (const [kind, nodes] of groupBy(level, ({ record }) => record.kind)) {
    const found = await kindOf(kind)[direction](
      scope,
      nodes.map(({ part }) => part),
    );
    for (const [index, node] of nodes.entries()) steps.set(node, must(found[index], "a step for each part"));
  }
  const cuts = cutLevel(
    level.map((node) => steps.get(node)?.shares ?? []),
    BRANCHES_A_LEVEL,
  );
  const shown = cuts.flatMap((cut) => cut.shown);
  const records = await findRecords(the, shown);
  const next: Growing[] = [];
  for (const [index, node] of level.entries()) {
    const cut = must(cuts[index], "a cut for each record");
    node.stops = (steps.get(node)?.stops ?? []).map((stop) => ({ ...stop, book: stop.book ?? node.book }));
    node.more = hiddenByBook(cut.hidden, node.book);
    for (const share of cut.shown) {
      const record = must(
        records.get(`${share.kind} ${share.id}`),
        `${share.kind} ${share.id} is in the chain and is not described`,
      );
      const part =
        share.slices.length > 0
          ? { id: share.id, slices: share.slices }
          : await kindOf(share.kind).whole(scope, share.id);
      const book = share.book ?? record.book ?? node.book;
      node.branches.push(newNode({ record, amountPence: share.amountPence, book, part }));
    }
    next.push(...node.branches);
  }
  return next;
}

async function findRecords(the: Level, shares: readonly TracedShare[]): Promise<ReadonlyMap<string, TracedRecord>> {
  const records = new Map<string, TracedRecord>();
  for (const [kind, some] of groupBy(shares, (share) => share.kind)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    for (const record of await the.kindOf(kind).find(the.scope, ids)) records.set(`${kind} ${record.id}`, record);
  }
  return records;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function newNode(the: Pick<Growing, "record" | "amountPence" | "book" | "part">): Growing {
  return { ...the, branches: [], stops: [], more: [] };
}

const REVERSED: TracedStop = {
  amountPence: null,
  words: {
    en: "This was reversed: its money went back to where it came from.",
    cy: "Cafodd hyn ei wrthdroi: aeth ei arian yn ôl i'r man y daeth ohono.",
  },
};
