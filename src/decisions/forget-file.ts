/** Forgetting a brought file at once, with everything that was found out about it, instead of within the hour. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { askToCancel } from "../platform/jobs/index.ts";
import { declareNationalUseCase } from "../platform/use-case/index.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { deleteBrought, findFile } from "./store/files.ts";
import { listJobsUnderWay } from "./store/works.ts";
import { addressShape } from "./work.ts";

export const forgetElection = declareNationalUseCase({
  name: "election.forget",
  summary: "Forget a brought file now, with everything that was found out about it",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/{address}/forget", timesAMinute: 30 },
  input: z.strictObject({ address: addressShape }),
  output: z.object({ forgotten: z.boolean() }),
  example: { address: "town-2013" },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address }): Promise<Result<{ readonly forgotten: boolean }, ElectionRefusal>> => {
    const { tx, now } = ctx;
    const file = await findFile(tx, { address, now });
    if (file === null) return refuse({ code: "election_not_found" });
    if (file.forgetAt === null) return refuse({ code: "election_is_published" });
    for (const jobId of await listJobsUnderWay(tx, file.fileId)) await askToCancel(tx, jobId);
    await deleteBrought(tx, file.fileId);
    return accept({ forgotten: true });
  },
});
