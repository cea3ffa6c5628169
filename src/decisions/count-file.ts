/** Counting a file by a rule that a person chose, and looking at the result: the count goes on when the page is left. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { type Context, declareNationalUseCase } from "../platform/use-case/index.ts";
import { type Choice, choiceShape, faultOfChoice, plainChoice, readChoice, writeChoice } from "./choice.ts";
import type { Counted } from "./counted.ts";
import type { FileRead } from "./file-read.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { type FileShown, fileShape, fileShown } from "./show-file.ts";
import type { ElectionFile } from "./store/files.ts";
import type { CountAnswer } from "./task.ts";
import {
  addressShape,
  beginWork,
  lookAt,
  READ_KEY,
  seeWork,
  shownOf,
  type WorkShown,
  workKeyShape,
  workShape,
} from "./work.ts";

/** A file that can be counted, or why not. */
export async function findCountable(
  ctx: Context,
  address: string,
): Promise<Result<{ readonly file: ElectionFile; readonly read: FileRead }, ElectionRefusal>> {
  const file = await lookAt(ctx, address);
  const work = file === null ? null : await seeWork(ctx, { fileId: file.fileId, workKey: READ_KEY });
  if (file === null || work === null) return refuse({ code: "election_not_found" });
  if (work.answer === null) return refuse({ code: "not_read_yet" });
  const read = JSON.parse(work.answer) as FileRead;
  return read.election === null ? refuse({ code: "file_not_countable", errors: read.errors }) : accept({ file, read });
}

/** Why these ballots cannot be counted so; null where they can. */
export function hindranceOf({ election }: FileRead, choice: Choice): ElectionRefusal | null {
  const { rules = [], utilities = [] } = election?.applying ?? {};
  const rule = rules.find((one) => one.rule === choice.rule)?.hindered ?? null;
  if (rule !== null) return { code: "rule_does_not_apply", because: rule };
  const utility = utilities.find((one) => one.utility === choice.utility)?.hindered ?? null;
  if (utility !== null) return { code: "utility_does_not_apply", because: utility };
  const fault = faultOfChoice(choice);
  if (fault === "completion") return { code: "completion_missing" };
  if (fault === "seed") return { code: choice.ties === "cost-votes-lot" ? "seed_missing" : "seed_not_read" };
  return null;
}

export const countElection = declareNationalUseCase({
  name: "election.count",
  summary: "Count a file of an election by a rule",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/{address}/counts", timesAMinute: 30 },
  input: z.strictObject({ address: addressShape, ...choiceShape.shape }),
  output: z.object({ count: z.string().describe("The address of the count, under that of its file") }),
  example: {
    address: "town-2013",
    ...{ rule: "equal-shares", utility: "cost", completion: "add1", ties: "project-id" },
  },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address, ...asked }): Promise<Result<{ readonly count: string }, ElectionRefusal>> => {
    const found = await findCountable(ctx, address);
    if (!found.ok) return found;
    const hindrance = hindranceOf(found.value.read, asked);
    if (hindrance !== null) return refuse(hindrance);
    const choice = plainChoice(asked);
    const workKey = writeChoice(choice);
    await beginWork(ctx, { fileId: found.value.file.fileId, workKey, asked: { kind: "count", choice } });
    return accept({ count: workKey });
  },
});

export type CountSeen = {
  readonly file: FileShown;
  readonly choice: Choice;
  readonly work: WorkShown;
  readonly counted: Counted | null;
  /** From which anyone can prove the outcome. */
  readonly replay: string | null;
};

export const showCount = declareNationalUseCase({
  name: "election.show_count",
  summary: "Show a count: what was funded, why, and the replay that proves it",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections/{address}/counts/{count}", timesAMinute: 180 },
  input: z.strictObject({ address: addressShape, count: workKeyShape }),
  output: z.object({
    file: fileShape,
    choice: z.record(z.string(), z.unknown()),
    work: workShape,
    counted: z.record(z.string(), z.unknown()).nullable(),
    replay: z.string().nullable().describe("The replay file, whole; election.verify proves it"),
  }),
  example: { address: "town-2013", count: "equal-shares.cost.add1.project-id" },
  refusals: electionRefusals,
  handle: async (ctx, { address, count }): Promise<Result<CountSeen, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    if (file === null) return refuse({ code: "election_not_found" });
    const choice = readChoice(count);
    const work = choice === null ? null : await seeWork(ctx, { fileId: file.fileId, workKey: count });
    if (choice === null || work === null) return refuse({ code: "work_not_found" });
    const answer = work.answer === null ? null : (JSON.parse(work.answer) as CountAnswer);
    return accept({
      file: fileShown(address, file),
      choice,
      work: shownOf(work),
      counted: answer?.counted ?? null,
      replay: answer?.replay ?? null,
    });
  },
});
