/** Stopping what was asked of a brought file: whoever has its address may. A published file's counts are everybody's, and go on. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { askToCancel } from "../platform/jobs/index.ts";
import { declareNationalUseCase } from "../platform/use-case/index.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { findWork } from "./store/works.ts";
import { addressShape, lookAt, workKeyShape } from "./work.ts";

export const stopElectionWork = declareNationalUseCase({
  name: "election.stop",
  summary: "Stop the reading, counting, comparing or proving of a brought file, if it has not ended",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/{address}/stop", timesAMinute: 30 },
  input: z.strictObject({ address: addressShape, work: workKeyShape.describe("The address of a count, or `read`") }),
  output: z.object({ work: z.string() }),
  example: { address: "town-2013", work: "read" },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address, work: workKey }): Promise<Result<{ readonly work: string }, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    if (file === null) return refuse({ code: "election_not_found" });
    if (file.forgetAt === null) return refuse({ code: "election_is_published" });
    const work = await findWork(ctx.tx, { fileId: file.fileId, workKey });
    if (work === null) return refuse({ code: "work_not_found" });
    if (work.jobId !== null && work.answer === null) await askToCancel(ctx.tx, work.jobId);
    return accept({ work: workKey });
  },
});
