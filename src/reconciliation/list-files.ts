/** The listings taken in, the newest first. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { listFiles } from "./store/files.ts";

const FILES_A_PAGE = 50;

export const listListings = declarePlaceUseCase({
  name: "reconciliation.files",
  summary: "List the ledger listings and bank statements taken in",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/files" },
  command: { words: "reconciliation files" },
  input: z.strictObject({ page: field.page }),
  output: z.object({
    page: z.number(),
    more: z.boolean(),
    files: z.array(
      z.object({
        fileId: field.id,
        bodyId: field.id,
        body: z.string(),
        source: z.enum(["ledger", "bank"]),
        potId: field.id.nullable(),
        pot: z.string().nullable(),
        format: z.string(),
        name: z.string(),
        lines: z.number(),
        skipped: z.number(),
        changed: z.number(),
        totalPence: field.penceText,
        from: z.string().nullable(),
        to: z.string().nullable(),
        openingPence: field.penceText.nullable(),
        closingPence: field.penceText.nullable(),
        takenAt: z.string(),
      }),
    ),
  }),
  example: {},
  refusals: reconciliationRefusals,
  handle: async (ctx, { page }) => {
    const offset = (page - 1) * FILES_A_PAGE;
    const found = await listFiles(ctx.tx, { placeId: ctx.place.placeId, limit: FILES_A_PAGE + 1, offset });
    return accept({ page, more: found.length > FILES_A_PAGE, files: found.slice(0, FILES_A_PAGE) });
  },
});
