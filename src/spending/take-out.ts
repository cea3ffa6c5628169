/** Published spending taken out for a file: lines and sums a batch at a time, each batch in a transaction of its own. */
import { z } from "zod";
import { mustDay } from "../lib/day.ts";
import { accept, type Result } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { creditsOnly, filterOf, filterShape } from "./filter.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import { type FineSum, type LineRow, listLinesAfter, listSums } from "./store/lines.ts";

const BATCH = 5000;
const name = z.string().max(1000);

/** Lines are only ever added, so an export that goes on from the last one it had misses none that were there. */
export const takeOutLines = declarePlaceUseCase({
  name: "spend.take_out_lines",
  summary: "A batch of published payments, in order of time",
  permission: "spending.read",
  changes: false,
  input: z.strictObject({
    ...filterShape,
    fileId: field.id.optional(),
    credits: creditsOnly,
    after: z.strictObject({ paidOn: field.day, fileId: field.id, row: z.number().int() }).nullable().default(null),
  }),
  output: z.object({}),
  example: {},
  refusals: spendingRefusals,
  handle: async (ctx, input): Promise<Result<readonly (LineRow & { readonly fileName: string })[], SpendingRefusal>> =>
    accept(
      await listLinesAfter(ctx.tx, {
        ...(await filterOf(ctx, input)),
        fileId: input.fileId ?? null,
        creditsOnly: input.credits === "only",
        after: input.after,
        limit: BATCH,
      }),
    ),
});

export const takeOutSums = declarePlaceUseCase({
  name: "spend.take_out_sums",
  summary: "A batch of sums by publisher, month, service area and supplier",
  permission: "spending.read",
  changes: false,
  input: z.strictObject({
    ...filterShape,
    after: z
      .strictObject({ publisherId: field.id, month: z.string(), serviceArea: name, supplier: name })
      .nullable()
      .default(null),
  }),
  output: z.object({}),
  example: {},
  refusals: spendingRefusals,
  handle: async (ctx, input): Promise<Result<readonly FineSum[], SpendingRefusal>> => {
    const after = input.after === null ? null : { ...input.after, month: mustDay(input.after.month) };
    return accept(await listSums(ctx.tx, { ...(await filterOf(ctx, input)), after, limit: BATCH }));
  },
});
