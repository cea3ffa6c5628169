/** The files that went out, and one of them again as the same bytes. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { listOutgoing as findAll, findOutgoing } from "./store/outgoing.ts";

const outgoingOut = {
  batchId: field.id,
  kind: z.enum(["payments", "journal"]),
  batchNumber: z.string(),
  bodyId: field.id,
  body: z.string(),
  potId: field.id.nullable(),
  pot: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  lines: z.number(),
  totalPence: field.penceText,
  madeAt: z.string(),
};

export const listOutgoing = declarePlaceUseCase({
  name: "outgoing.list",
  summary: "List the payment files and journals that went out",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/outgoing" },
  command: { words: "reconciliation outgoing" },
  input: z.strictObject({}),
  output: z.object({ files: z.array(z.object(outgoingOut)) }),
  example: {},
  refusals: reconciliationRefusals,
  handle: async (ctx) => accept({ files: await findAll(ctx.tx, ctx.place.placeId) }),
});

export const readOutgoing = declarePlaceUseCase({
  name: "outgoing.read",
  summary: "Read a payment file or journal as it went out",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/outgoing/{batchId}" },
  command: { words: "reconciliation outgoing-file", positional: ["batchId"] },
  input: z.strictObject({ batchId: field.id }),
  output: z.object({ ...outgoingOut, content: z.string().describe("The file, as CSV") }),
  example: { batchId: "0199c0de-0000-7000-8000-000000000015" },
  refusals: reconciliationRefusals,
  handle: async (ctx, { batchId }) => {
    const found = await findOutgoing(ctx.tx, ctx.place.placeId, batchId);
    return found === null ? refuse({ code: "outgoing_not_found" }) : accept(found);
  },
});
