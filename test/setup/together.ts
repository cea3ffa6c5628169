/**
 * Carries out a use case as two people do: directly where one is enough, else prepared by whoever asks and authorised by a
 * second person. Gives the act's own answer or refusal; a request key is the approval's id, and so the transfer's.
 */
import type { z } from "zod";
import { authoriseApproval, prepareApproval, showApproval } from "../../src/approvals/index.ts";
import { accept, type Refusal, type Result, refuse } from "../../src/lib/result.ts";
import {
  type Asked,
  type Credential,
  type House,
  perform,
  toJson,
  type UseCase,
} from "../../src/platform/use-case/index.ts";

/** A refusal as the act itself would give it, without the words that it carries. */
function bare({ inWords: _, ...refusal }: Refusal): Result<never> {
  return refuse(refusal as Refusal);
}

/** What is prepared may change while it waits: it is then prepared anew, so often. */
const TIMES = 5;

export async function performTogether<
  S extends "place" | "national",
  I extends z.ZodObject,
  V,
  R extends { readonly code: string },
>(
  house: House,
  useCase: UseCase<S, I, V, R>,
  the: { readonly asked: Asked; readonly second: () => Promise<Credential> },
): Promise<Result<V>> {
  const { asked } = the;
  const direct = await perform(house, useCase, asked);
  if (direct.ok || useCase.twoPeople === undefined) return direct;
  const { code } = direct.refusal;
  if (code !== "needs_two_people" && !(code === "key_reused" && asked.requestKey)) return direct;
  for (let time = 1; ; time += 1) {
    const request = toJson(asked.input) as Record<string, unknown>;
    const input = { act: useCase.name, request };
    const prepared = await perform(house, prepareApproval, { ...asked, input });
    if (!prepared.ok) return bare(prepared.refusal);
    const { requestKey: _, ...again } = asked;
    const { approvalId, shownHash } = prepared.value;
    const credential = await the.second();
    const done = await perform(house, authoriseApproval, { ...again, credential, input: { approvalId, shownHash } });
    if (done.ok) return accept(done.value.answer as V);
    if (done.refusal.code === "stale" && !asked.requestKey && time < TIMES) continue;
    if (done.refusal.code !== "approval_ended") return bare(done.refusal);
    const shown = await perform(house, showApproval, { ...again, credential, input: { approvalId } });
    return shown.ok && shown.value.answer !== null ? accept(shown.value.answer as V) : bare(done.refusal);
  }
}
