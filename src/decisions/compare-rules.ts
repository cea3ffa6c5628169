/** Two rules on the same ballots, side by side: what both fund, what one of them funds, and which of the two more voters prefer. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declareNationalUseCase } from "../platform/use-case/index.ts";
import { type Choice, choiceShape, plainChoice, readChoice, writeChoice } from "./choice.ts";
import { findCountable, hindranceOf } from "./count-file.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { type FileShown, fileShape, fileShown } from "./show-file.ts";
import { addressShape, beginWork, lookAt, seeWork, shownOf, type WorkShown, workKeyShape, workShape } from "./work.ts";
import type { Compared } from "./works.ts";

/** Stands in no address of a count. */
const BETWEEN = "~";

export function keyOfComparison(one: Choice, other: Choice): string {
  return `${writeChoice(one)}${BETWEEN}${writeChoice(other)}`;
}

export const compareRules = declareNationalUseCase({
  name: "election.compare",
  summary: "Count a file of an election by two rules, to see them side by side",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/{address}/comparisons", timesAMinute: 20 },
  input: z.strictObject({ address: addressShape, one: choiceShape, other: choiceShape }),
  output: z.object({ comparison: z.string().describe("The address of the comparison, under that of its file") }),
  example: {
    address: "town-2013",
    one: { rule: "greedy", utility: "cost", ties: "project-id" },
    other: { rule: "equal-shares", utility: "cost", completion: "add1", ties: "project-id" },
  },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address, one, other }): Promise<Result<{ readonly comparison: string }, ElectionRefusal>> => {
    const found = await findCountable(ctx, address);
    if (!found.ok) return found;
    const { file, read } = found.value;
    const hindrance = hindranceOf(read, one) ?? hindranceOf(read, other);
    if (hindrance !== null) return refuse(hindrance);
    if (writeChoice(one) === writeChoice(other)) return refuse({ code: "same_rules" });
    const workKey = keyOfComparison(one, other);
    const choices = [plainChoice(one), plainChoice(other)] as const;
    await beginWork(ctx, { fileId: file.fileId, workKey, asked: { kind: "compare", choices } });
    return accept({ comparison: workKey });
  },
});

export type ComparisonSeen = {
  readonly file: FileShown;
  readonly one: Choice;
  readonly other: Choice;
  readonly work: WorkShown;
  readonly compared: Compared | null;
};

export const showComparison = declareNationalUseCase({
  name: "election.show_comparison",
  summary: "Show two rules on the same ballots side by side",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections/{address}/comparisons/{comparison}" },
  input: z.strictObject({ address: addressShape, comparison: workKeyShape }),
  output: z.object({
    file: fileShape,
    one: z.record(z.string(), z.unknown()),
    other: z.record(z.string(), z.unknown()),
    work: workShape,
    compared: z.record(z.string(), z.unknown()).nullable(),
  }),
  example: { address: "town-2013", comparison: "greedy.cost.project-id~equal-shares.cost.add1.project-id" },
  refusals: electionRefusals,
  handle: async (ctx, { address, comparison }): Promise<Result<ComparisonSeen, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    if (file === null) return refuse({ code: "election_not_found" });
    const [one, other] = comparison.split(BETWEEN).map(readChoice);
    const work = await seeWork(ctx, { fileId: file.fileId, workKey: comparison });
    if (!one || !other || work === null) return refuse({ code: "work_not_found" });
    const compared = work.answer === null ? null : (JSON.parse(work.answer) as Compared);
    return accept({ file: fileShown(address, file), one, other, work: shownOf(work), compared });
  },
});
