/** A replay that somebody else gives, proved against the file it is of by a verifier that shares no rule with the counter. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declareNationalUseCase, said } from "../platform/use-case/index.ts";
import { findCountable } from "./count-file.ts";
import { type ElectionRefusal, electionRefusals, MOST_REPLAY_BYTES } from "./messages.ts";
import { type FileShown, fileShape, fileShown } from "./show-file.ts";
import { addressShape, beginWork, lookAt, seeWork, shownOf, type WorkShown, workKeyShape, workShape } from "./work.ts";
import type { Verified } from "./works.ts";

const empty = said({ en: "Choose the replay file to verify", cy: "Dewiswch y ffeil ailchwarae i'w gwirio" });
const tooLong = said({ en: "The replay is larger than 4 MB", cy: "Mae'r ailchwarae yn fwy na 4 MB" });

export const verifyElection = declareNationalUseCase({
  name: "election.verify",
  summary: "Verify a replay against the file of its election",
  permission: "election.count",
  changes: true,
  route: {
    method: "post",
    path: "elections/{address}/verifications",
    bodyLimitBytes: 2 * MOST_REPLAY_BYTES,
    timesAMinute: 20,
  },
  input: z.strictObject({
    address: addressShape,
    replay: z.string().min(1, empty).max(MOST_REPLAY_BYTES, tooLong).describe("The replay file's text, whole"),
  }),
  output: z.object({ verification: z.string().describe("The address of the answer, under that of the file") }),
  example: { address: "town-2013", replay: "{}" },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address, replay }): Promise<Result<{ readonly verification: string }, ElectionRefusal>> => {
    const found = await findCountable(ctx, address);
    if (!found.ok) return found;
    const workKey = `verify-${createHash("sha256").update(replay).digest("hex")}`;
    await beginWork(ctx, { fileId: found.value.file.fileId, workKey, asked: { kind: "verify", replay } });
    return accept({ verification: workKey });
  },
});

export type VerificationSeen = {
  readonly file: FileShown;
  readonly work: WorkShown;
  readonly verified: Verified | null;
};

export const showVerification = declareNationalUseCase({
  name: "election.show_verification",
  summary: "Show whether a replay was proved, and if not which line is wrong",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections/{address}/verifications/{verification}" },
  input: z.strictObject({ address: addressShape, verification: workKeyShape }),
  output: z.object({ file: fileShape, work: workShape, verified: z.record(z.string(), z.unknown()).nullable() }),
  example: { address: "town-2013", verification: `verify-${"0".repeat(64)}` },
  refusals: electionRefusals,
  handle: async (ctx, { address, verification }): Promise<Result<VerificationSeen, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    if (file === null) return refuse({ code: "election_not_found" });
    const work = await seeWork(ctx, { fileId: file.fileId, workKey: verification });
    if (work === null || work.kind !== "verify") return refuse({ code: "work_not_found" });
    const verified = work.answer === null ? null : (JSON.parse(work.answer) as Verified);
    return accept({ file: fileShown(address, file), work: shownOf(work), verified });
  },
});
