/** What the auditor's pages read beside their lists: the day, and the names behind the marks. */
import { z } from "zod";
import { accept } from "../../../../lib/result.ts";
import { declarePlaceUseCase, field } from "../../../../platform/use-case/index.ts";
import { proofRefusals } from "../../../../proof/index.ts";
import { peopleOf } from "../reading-people.ts";

export const readAuditor = declarePlaceUseCase({
  name: "audit.page",
  summary: "What the auditor's pages show beside their lists",
  permission: "audit.read",
  changes: false,
  input: z.strictObject({
    made: z.array(z.strictObject({ transferId: field.id, madeBy: field.words(80) })).max(10_000),
  }),
  output: z.object({}),
  example: { made: [] },
  refusals: proofRefusals,
  handle: async (ctx, { made }) => accept({ today: ctx.today, ...(await peopleOf(ctx, made)) }),
});

export const readTakeOut = declarePlaceUseCase({
  name: "ledger.export_page",
  summary: "What the page offers that takes a book out",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: proofRefusals,
  handle: async (ctx) => accept({ today: ctx.today }),
});
