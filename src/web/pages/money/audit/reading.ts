/** What the auditor's pages read beside their lists: the day, and the names behind the marks. */
import { z } from "zod";
import { accept } from "../../../../lib/result.ts";
import { declarePlaceUseCase, field } from "../../../../platform/use-case/index.ts";
import { proofRefusals } from "../../../../proof/index.ts";
import { makersOf } from "../reading.ts";

export const readAuditor = declarePlaceUseCase({
  name: "audit.page",
  summary: "What the auditor's pages show beside their lists",
  permission: "audit.read",
  changes: false,
  input: z.strictObject({ marks: z.array(field.words(80)).max(10_000) }),
  output: z.object({}),
  example: { marks: [] },
  refusals: proofRefusals,
  handle: async (ctx, { marks }) => accept({ today: ctx.today, makers: await makersOf(ctx, marks) }),
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
