/**
 * Sends a body's authorised requests: one numbered file with stable columns, made once. Its requests are then sent, and the
 * file can be fetched again as the same bytes.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { type Column, writeCsv } from "../platform/tables/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { codeFor, type Mapping } from "./domain/codes.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { findBody, nextNumber } from "./store/books.ts";
import { listMappings } from "./store/codes.ts";
import { insertOutgoing } from "./store/outgoing.ts";
import { insertEvent, listRequestLines, listRequests, type RequestRow } from "./store/requests.ts";

const MOST_IN_BATCH = 1000;

/** Stable: a host's import is set up for them once. */
const COLUMNS: readonly Column[] = [
  { name: "batch", type: "number" },
  { name: "reference", type: "text" },
  { name: "line", type: "number" },
  { name: "supplier", type: "text" },
  { name: "supplier_id", type: "text" },
  { name: "order", type: "text" },
  { name: "description", type: "text" },
  { name: "net", type: "pounds" },
  { name: "vat", type: "pounds" },
  { name: "gross", type: "pounds" },
  { name: "vat_recoverable", type: "pounds" },
  { name: "due_on", type: "day" },
  { name: "cost_centre", type: "text" },
  { name: "subjective", type: "text" },
  { name: "project", type: "text" },
];

type Sent = {
  readonly batchId: string;
  readonly batchNumber: bigint;
  readonly requests: number;
  readonly grossPence: bigint;
};

export const sendRequests = declarePlaceUseCase({
  name: "payment_request.send",
  summary: "Send a body's authorised payment requests as one numbered file",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "payment-requests/send" },
  command: { words: "payment-request send" },
  input: z.strictObject({ bodyId: field.id }),
  output: z.object({
    batchId: field.id,
    batchNumber: z.string(),
    requests: z.number(),
    grossPence: field.penceText,
  }),
  example: { bodyId: "0199c0de-0000-7000-8000-000000000001" },
  refusals: reconciliationRefusals,
  audited: (value: Sent) => value.batchId,
  handle: async (ctx, { bodyId }): Promise<Result<Sent, ReconciliationRefusal>> => {
    const { placeId, area } = ctx.place;
    if ((await findBody(ctx.tx, placeId, bodyId)) === null) return refuse({ code: "partner_not_found" });
    // The counter's row is held from here on, so two files are made one after the other.
    const batchNumber = await nextNumber(ctx.tx, placeId, "batch:payments");
    const asked = { placeId, areaId: area?.areaId ?? null, state: "authorised", bodyId, offset: 0 } as const;
    const found = await listRequests(ctx.tx, { ...asked, limit: MOST_IN_BATCH });
    const requests = found.filter(({ areaId }) => permits(ctx.actor, "reconciliation.keep", areaId)).toReversed();
    if (requests.length === 0) return refuse({ code: "nothing_to_send" });
    const batchId = ctx.newId();
    const { content, lines } = await contentOf(ctx, { requests, batchNumber });
    const grossPence = requests.reduce((sum, one) => sum + one.grossPence, 0n);
    const sha256 = createHash("sha256").update(content).digest();
    const batch = { batchId, kind: "payments", batchNumber, bodyId, potId: null, from: null, to: null } as const;
    await insertOutgoing(ctx.tx, placeId, {
      ...batch,
      lines,
      totalPence: grossPence,
      content,
      sha256,
      madeBy: ctx.mark,
    });
    for (const { requestId, events } of requests) {
      const event = { requestId, number: events + 1, state: "sent", on: ctx.today, by: ctx.mark, batchId } as const;
      // Cancelled at the same moment: the whole batch is undone, and made again without it.
      if (!(await insertEvent(ctx.tx, placeId, event))) return refuse({ code: "request_state", state: "cancelled" });
    }
    return accept({ batchId, batchNumber, requests: requests.length, grossPence });
  },
});

async function contentOf(
  ctx: PlaceContext,
  the: { readonly requests: readonly RequestRow[]; readonly batchNumber: bigint },
): Promise<{ readonly content: string; readonly lines: number }> {
  const { placeId } = ctx.place;
  const mappings: readonly Mapping[] = await listMappings(ctx.tx, {
    placeId,
    bodyId: the.requests[0]?.bodyId ?? null,
    potId: null,
  });
  const rows: (string | number | bigint)[][] = [];
  for (const one of the.requests) {
    const code = codeFor(one, { day: ctx.today, mappings });
    const codes = [code?.costCentre ?? "", code?.subjective ?? "", code?.project ?? ""];
    for (const [at, line] of (await listRequestLines(ctx.tx, placeId, one.requestId)).entries()) {
      const { netPence, vatPence, vatRecoverablePence } = line;
      const about = [
        the.batchNumber,
        one.reference,
        at + 1,
        one.supplier,
        one.supplierId,
        one.commitmentReference,
        line.words,
      ];
      rows.push([...about, netPence, vatPence, netPence + vatPence, vatRecoverablePence, one.dueOn, ...codes]);
    }
  }
  let content = "";
  for await (const piece of writeCsv(COLUMNS, rows)) content += piece;
  return { content, lines: rows.length };
}
