/**
 * What would have changed the answer about one project of a count: work of its own, for those projects that the count itself left out,
 * since every answer takes many counts.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declareNationalUseCase } from "../platform/use-case/index.ts";
import { readChoice } from "./choice.ts";
import { findCountable, hindranceOf } from "./count-file.ts";
import type { Words } from "./explained.ts";
import { type ElectionRefusal, electionRefusals } from "./messages.ts";
import { addressShape, beginWork, lookAt, seeWork, shownOf, type WorkShown, workKeyShape, workShape } from "./work.ts";

const numberShape = z.coerce.number().int().min(1).max(10_000_000).describe("The project's place in the file, from 1");
const keyOf = (count: string, number: number) => `change-${number}~${count}`;

export const workOutChange = declareNationalUseCase({
  name: "election.work_out",
  summary: "Work out what would have changed the answer about one project of a count",
  permission: "election.count",
  changes: true,
  route: { method: "post", path: "elections/{address}/counts/{count}/projects/{number}/changes", timesAMinute: 30 },
  input: z.strictObject({ address: addressShape, count: workKeyShape, number: numberShape }),
  output: z.object({ count: z.string() }),
  example: { address: "town-2013", count: "greedy.cost.project-id", number: 3 },
  refusals: electionRefusals,
  audited: () => null,
  handle: async (ctx, { address, count, number }): Promise<Result<{ readonly count: string }, ElectionRefusal>> => {
    const found = await findCountable(ctx, address);
    if (!found.ok) return found;
    const choice = readChoice(count);
    const { file, read } = found.value;
    if (choice === null || number > (read.election?.projects.length ?? 0)) return refuse({ code: "work_not_found" });
    const hindrance = hindranceOf(read, choice);
    if (hindrance !== null) return refuse(hindrance);
    const asked = { kind: "change", choice, project: number - 1 } as const;
    await beginWork(ctx, { fileId: file.fileId, workKey: keyOf(count, number), asked });
    return accept({ count });
  },
});

export type ChangeSeen = { readonly work: WorkShown; readonly changed: Words | null };

export const showChange = declareNationalUseCase({
  name: "election.show_change",
  summary: "Show what would have changed the answer about one project of a count, once it is worked out",
  permission: "election.count",
  changes: false,
  route: { method: "get", path: "elections/{address}/counts/{count}/projects/{number}/changes" },
  input: z.strictObject({ address: addressShape, count: workKeyShape, number: numberShape }),
  output: z.object({ work: workShape, changed: z.object({ en: z.string(), cy: z.string() }).nullable() }),
  example: { address: "town-2013", count: "greedy.cost.project-id", number: 3 },
  refusals: electionRefusals,
  handle: async (ctx, { address, count, number }): Promise<Result<ChangeSeen, ElectionRefusal>> => {
    const file = await lookAt(ctx, address);
    if (file === null) return refuse({ code: "election_not_found" });
    const work = await seeWork(ctx, { fileId: file.fileId, workKey: keyOf(count, number) });
    if (work === null) return refuse({ code: "work_not_found" });
    const changed = work.answer === null ? null : (JSON.parse(work.answer) as Words);
    return accept({ work: shownOf(work), changed });
  },
});
