/** The stages in which a commitment is to be paid, with what was paid of each, earlier stages first. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { asAt } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listStages as findStages, findStandingCommitment } from "./store/lifecycle.ts";

export const listStages = declarePlaceUseCase({
  name: "commitment.stages",
  summary: "List the stages in which a commitment is to be paid",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "commitments/{commitmentId}/stages" },
  command: { words: "commitment stages", positional: ["commitmentId"] },
  input: z.strictObject({ commitmentId: field.id, asAt }),
  output: z.object({
    stages: z.array(
      z.object({
        stageNumber: z.number(),
        words: z.string(),
        dueOn: z.string(),
        amountPence: field.penceText,
        paidPence: field.penceText,
      }),
    ),
  }),
  example: { commitmentId: "0199c0de-0000-7000-8000-000000000006" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const { commitmentId } = input;
    if ((await findStandingCommitment(ctx.tx, placeId, commitmentId)) === null)
      return refuse({ code: "commitment_not_found" });
    return accept({ stages: await findStages(ctx.tx, { placeId, commitmentId, asAt: input.asAt ?? ctx.today }) });
  },
});
