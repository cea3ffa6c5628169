/** Money set aside before there was an order: open, or how each ended. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { book } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listPrecommitments as findPrecommitments } from "./store/lifecycle.ts";

const ROWS_A_PAGE = 100;

export const listPrecommitments = declarePlaceUseCase({
  name: "precommitment.list",
  summary: "List money set aside before there was an order, newest first",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "precommitments" },
  command: { words: "precommitment list" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    open: z.boolean().default(false).describe("Only those that still hold money"),
    page: field.page,
  }),
  output: z.object({
    precommitments: z.array(
      z.object({
        precommitmentId: field.id,
        allocationId: field.id,
        allocation: z.string(),
        potId: field.id,
        pot: z.string(),
        potSlug: z.string(),
        book,
        serviceId: field.id.nullable(),
        service: z.string().nullable(),
        supplierId: field.id.nullable(),
        supplier: z.string().nullable(),
        amountPence: field.penceText,
        madeOn: z.string(),
        endsOn: z.string().nullable(),
        words: z.string(),
        state: z.enum(["open", "drawn", "released", "expired"]),
        endedOn: z.string().nullable(),
      }),
    ),
    page: z.number(),
    more: z.boolean(),
  }),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, { potId, open, page }) => {
    const found = await findPrecommitments(ctx.tx, {
      placeId: ctx.place.placeId,
      areaId: ctx.place.area?.areaId ?? null,
      potId,
      open,
      limit: ROWS_A_PAGE + 1,
      skip: (page - 1) * ROWS_A_PAGE,
    });
    const precommitments = found.slice(0, ROWS_A_PAGE).map(({ areaId: _, ...one }) => one);
    return accept({ precommitments, page, more: found.length > ROWS_A_PAGE });
  },
});
