/**
 * A form's record, carried out where one person is enough; what moves real money is prepared instead, and waits on a page
 * of its own for someone else.
 */
import type { z } from "zod";
import { prepareApproval } from "../../../../approvals/index.ts";
import { accept, type Result } from "../../../../lib/result.ts";
import { toJson, type UseCase } from "../../../../platform/use-case/index.ts";
import { ask } from "../../../visit.ts";
import { type Exchange, visitOf } from "../exchange.ts";
import type { Done } from "./form.ts";
import { formWords } from "./words.ts";

export async function recordOrPrepare<I extends z.ZodObject, V, R extends { readonly code: string }>(
  { request }: Exchange,
  form: {
    readonly useCase: UseCase<"place", I, V, R>;
    readonly requestKey: string;
    readonly input: z.input<I>;
    readonly done: (value: V) => Done;
  },
): Promise<Result<Done>> {
  const visit = visitOf(request);
  const { useCase, requestKey, input } = form;
  const direct = await ask(request, useCase, { place: visit.place, requestKey, input });
  if (direct.ok) return accept(form.done(direct.value));
  const { code } = direct.refusal;
  // A form that was sent twice finds its key used by what it prepared: preparing again gives the first answer.
  if (code !== "needs_two_people" && code !== "key_reused") return direct;
  const prepared = await ask(request, prepareApproval, {
    place: visit.place,
    requestKey,
    input: { act: useCase.name, request: toJson(input) as Record<string, unknown> },
  });
  if (!prepared.ok) return prepared;
  const notice = formWords(visit.language)("prepared");
  return accept({ href: visit.to.approval(prepared.value.approvalId), notice });
}
