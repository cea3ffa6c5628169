/**
 * Follow the pound: from any record of money, up to the streams it came from and down to the payments, the services and
 * the suppressed count of families, with the share that each branch carries, to the penny.
 */
import { z } from "zod";
import { ledgerTracedKinds } from "../ledger/index.ts";
import { accept, refuse } from "../lib/result.ts";
import type { TracedKind, TracedRecord, TraceScope, Words } from "../platform/traced.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { spendTracedKinds } from "../spending/index.ts";
import { traceRefusals } from "./messages.ts";
import { type BookedStop, DEEPEST, growTree, type TracedNode } from "./tree.ts";

/** Every kind of record that can be followed; a later subject adds its own. */
const KINDS: readonly TracedKind[] = [...ledgerTracedKinds, ...spendTracedKinds];
const LINE_ID = /^[0-9a-f-]{36}\.\d+$/;

const words = z.object({ en: z.string(), cy: z.string() });
const book = z.enum(["real", "shadow"]).nullable();
const stop = z.object({ amountPence: field.penceText.nullable(), book, words });
const record = z.object({
  kind: z.string(),
  id: z.string(),
  title: words,
  amountPence: field.penceText.nullable(),
  date: z.string().nullable(),
  words,
  decidedBy: z.string().nullable(),
  book,
  madeUp: z.boolean(),
  reversed: z.boolean(),
  facts: z.array(z.object({ label: words, value: words })),
  links: z.array(z.object({ kind: z.string(), id: z.string(), title: words })),
});

/** A chain has so many steps and no more, so its shape is written out without one that contains itself. */
function nodeOf(depth: number): z.ZodType {
  return z.object({
    record,
    amountPence: field.penceText.nullable(),
    book,
    stops: z.array(stop),
    more: z.array(z.object({ book, count: z.number(), amountPence: field.penceText })),
    branches: depth === 0 ? z.array(z.never()).max(0) : z.array(nodeOf(depth - 1)),
  });
}

export type FoundStop = BookedStop & {
  readonly direction: "up" | "down";
  readonly record: { readonly kind: string; readonly id: string; readonly title: Words };
};

export type Followed = {
  readonly record: TracedRecord;
  readonly up: ShownNode;
  readonly down: ShownNode;
  readonly stops: readonly FoundStop[];
};

/** A node without the pence it is followed by. */
export type ShownNode = Omit<TracedNode, "branches"> & { readonly branches: readonly ShownNode[] };

export const followRecord = declarePlaceUseCase({
  name: "trace.follow",
  summary: "Follow the pound from any record, up to its streams and down to its services",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "trace/{record}" },
  command: { words: "trace", positional: ["record"] },
  input: z.strictObject({
    record: z
      .string()
      .regex(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[1-9]\d{0,8})?$/,
        said({
          en: "The id is a UUID, or a file's UUID, a full stop and a row",
          cy: "UUID yw'r rhif adnabod, neu UUID ffeil, atalnod llawn a rhes",
        }),
      )
      .describe("The record's id; of a published payment its file's id, a full stop and the row"),
  }),
  output: z.object({
    record,
    up: nodeOf(DEEPEST),
    down: nodeOf(DEEPEST),
    stops: z.array(
      stop.extend({
        direction: z.enum(["up", "down"]),
        record: z.object({ kind: z.string(), id: z.string(), title: words }),
      }),
    ),
  }),
  example: { record: "0199c0de-0000-7000-8000-000000000008" },
  refusals: traceRefusals,
  handle: async (ctx, input) => {
    const scope: TraceScope = { tx: ctx.tx, placeId: ctx.place.placeId };
    const found = await findRecord(scope, input.record);
    if (found === null) return refuse({ code: "record_not_found", record: input.record });
    const up = showNode(await growTree(scope, { kinds: KINDS, record: found, direction: "up" }));
    const down = showNode(await growTree(scope, { kinds: KINDS, record: found, direction: "down" }));
    const stops = [...stopsOf(up, "up"), ...stopsOf(down, "down")];
    const answer: Followed = { record: found, up, down, stops };
    return accept(answer);
  },
});

async function findRecord(scope: TraceScope, id: string): Promise<TracedRecord | null> {
  const line = LINE_ID.test(id);
  for (const kind of KINDS) {
    if ((kind.kind === "spend_line") !== line) continue;
    const [found] = await kind.find(scope, [id]);
    if (found) return found;
  }
  return null;
}

function showNode(node: TracedNode): ShownNode {
  const { record: shown, amountPence, book: kept, stops, more } = node;
  return { record: shown, amountPence, book: kept, stops, more, branches: node.branches.map(showNode) };
}

function stopsOf(node: ShownNode, direction: "up" | "down"): readonly FoundStop[] {
  const { kind, id, title } = node.record;
  const own = node.stops.map((found) => ({ ...found, direction, record: { kind, id, title } }));
  return [...own, ...node.branches.flatMap((branch) => stopsOf(branch, direction))];
}
