/** Builds the chain of one record in one direction, from how each subject describes its own. */
import { must } from "../lib/assert.ts";
import type { Pence } from "../lib/pence.ts";
import type { TracedKind, TracedPart, TracedRecord, TracedShare, TracedStop, TraceScope } from "../platform/traced.ts";
import { cutLevel } from "./domain/grow.ts";

/** What is shown of a level of the chain; the rest is counted. */
export const BRANCHES_A_LEVEL = 200;
/** A chain from partner to service has seven steps. */
export const DEEPEST = 8;

export type TracedNode = {
  readonly record: TracedRecord;
  /** How much of the record is on this branch. */
  readonly amountPence: Pence | null;
  readonly branches: readonly TracedNode[];
  readonly stops: readonly TracedStop[];
  /** Branches not shown, and what they come to. */
  readonly more: number;
  readonly morePence: Pence;
};

type Growing = {
  readonly record: TracedRecord;
  readonly amountPence: Pence | null;
  readonly part: TracedPart;
  branches: Growing[];
  stops: readonly TracedStop[];
  more: number;
  morePence: Pence;
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
  const root = newNode({ record: the.record, amountPence: the.record.amountPence, part });
  if (the.record.reversed) return { ...root, stops: [REVERSED] };
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
  const steps = new Map<Growing, { readonly shares: readonly TracedShare[]; readonly stops: readonly TracedStop[] }>();
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
    node.stops = steps.get(node)?.stops ?? [];
    node.more = cut.more;
    node.morePence = cut.morePence;
    for (const share of cut.shown) {
      const record = must(
        records.get(`${share.kind} ${share.id}`),
        `${share.kind} ${share.id} is in the chain and is not described`,
      );
      const part =
        share.slices.length > 0
          ? { id: share.id, slices: share.slices }
          : await kindOf(share.kind).whole(scope, share.id);
      node.branches.push(newNode({ record, amountPence: share.amountPence, part }));
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

function newNode(the: Pick<Growing, "record" | "amountPence" | "part">): Growing {
  return { ...the, branches: [], stops: [], more: 0, morePence: 0n };
}

const REVERSED: TracedStop = {
  amountPence: null,
  words: {
    en: "This was reversed: its money went back to where it came from.",
    cy: "Cafodd hyn ei wrthdroi: aeth ei arian yn ôl i'r man y daeth ohono.",
  },
};
