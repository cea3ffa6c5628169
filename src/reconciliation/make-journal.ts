/**
 * A pot's period as a journal for a body's ledger, by its codes: payments and contributions under the code of each, against
 * the pot's own code. Each journal is made once and numbered; asked again it is the same.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { type Column, writeCsv } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { codeFor } from "./domain/codes.ts";
import { type JournalLine, journalOf } from "./domain/journal.ts";
import { gather } from "./gather.ts";
import { EXAMPLE_SIDE, periodShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { nextNumber } from "./store/books.ts";
import { listMappings } from "./store/codes.ts";
import { findJournal, insertOutgoing } from "./store/outgoing.ts";

const COLUMNS: readonly Column[] = [
  { name: "journal", type: "number" },
  { name: "date", type: "day" },
  { name: "cost_centre", type: "text" },
  { name: "subjective", type: "text" },
  { name: "project", type: "text" },
  { name: "subjective_group", type: "number" },
  { name: "description", type: "text" },
  { name: "debit", type: "pounds" },
  { name: "credit", type: "pounds" },
];

type Made = {
  readonly batchId: string;
  readonly batchNumber: bigint;
  readonly lines: number;
  readonly totalPence: bigint;
  readonly already: boolean;
};

export const makeJournal = declarePlaceUseCase({
  name: "reconciliation.journal",
  summary: "Make a pot's period a balanced journal for a body's ledger",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/journals" },
  command: { words: "reconciliation journal" },
  input: z.strictObject({ bodyId: field.id, potId: field.id, ...periodShape }),
  output: z.object({
    batchId: field.id,
    batchNumber: z.string(),
    lines: z.number(),
    totalPence: field.penceText.describe("The sum of the debits, which is that of the credits"),
    already: z.boolean(),
  }),
  example: { ...EXAMPLE_SIDE, from: "2013-01-01", to: "2013-01-31" },
  refusals: reconciliationRefusals,
  audited: (value: Made) => (value.already ? null : value.batchId),
  handle: async (ctx, { from, to, ...side }): Promise<Result<Made, ReconciliationRefusal>> => {
    const { placeId } = ctx.place;
    if (to < from) return refuse({ code: "ends_before_start" });
    // A journal holds what has happened: a period that still goes on is not whole.
    if (to > ctx.today) return refuse({ code: "after_today", today: ctx.today });
    const reached = await reachToKeep(ctx, side);
    if (!reached.ok) return reached;
    await nextNumber(ctx.tx, placeId, "journals");
    const made = await findJournal(ctx.tx, placeId, { ...side, from, to });
    if (made !== null) {
      const { batchId, batchNumber, lines, totalPence } = made;
      return accept({ batchId, batchNumber, lines, totalPence, already: true });
    }
    const { records } = await gather(ctx, { ...side, source: "ledger", to });
    const mappings = await listMappings(ctx.tx, { placeId, bodyId: side.bodyId, potId: null });
    // An accrual is the body's own closing journal and comes back by itself: what is sent is what was paid and given.
    const sent = records.filter(({ kind }) => kind !== "accrual" && kind !== "accrual_return");
    const ours = sent.filter(({ day }) => day >= from);
    if (ours.length === 0) return refuse({ code: "nothing_to_journal" });
    const balancing = codeFor({ potId: side.potId, allocationId: null, serviceId: null }, { day: to, mappings });
    const count = ours.filter(({ code }) => code === null).length;
    if (balancing === null || count > 0) return refuse({ code: "codes_missing", count: Math.max(count, 1) });
    const lines = journalOf(ours, balancing);
    if (lines.length === 0) return refuse({ code: "nothing_to_journal" });
    const batchNumber = await nextNumber(ctx.tx, placeId, "batch:journal");
    const words = `${reached.value.pot.name}, ${from} to ${to}`;
    const content = await contentOf(lines, { batchNumber, to, words });
    const totalPence = lines.reduce((sum, { debitPence }) => sum + debitPence, 0n);
    const batch = {
      batchId: ctx.newId(),
      kind: "journal",
      batchNumber,
      ...side,
      from,
      to,
      lines: lines.length,
      totalPence,
    } as const;
    const sha256 = createHash("sha256").update(content).digest();
    await insertOutgoing(ctx.tx, placeId, { ...batch, content, sha256, madeBy: ctx.mark });
    return accept({ batchId: batch.batchId, batchNumber, lines: lines.length, totalPence, already: false });
  },
});

async function contentOf(
  lines: readonly JournalLine[],
  the: { readonly batchNumber: bigint; readonly to: string; readonly words: string },
): Promise<string> {
  const side = (pence: bigint): bigint | null => (pence === 0n ? null : pence);
  const rows = lines.map((line) => [
    ...[the.batchNumber, the.to, line.costCentre, line.subjective, line.project, line.subjectiveGroup, the.words],
    ...[side(line.debitPence), side(line.creditPence)],
  ]);
  let content = "";
  for await (const piece of writeCsv(COLUMNS, rows)) content += piece;
  return content;
}
