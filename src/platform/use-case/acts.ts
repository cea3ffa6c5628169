/**
 * The two-person rule's seam: what a use case would do to somebody's money, said line by line, and the two ways in which
 * it is then carried out under an approval: rehearsed, leaving nothing behind, and for real. Who may prepare and who may
 * authorise is for src/approvals to say.
 */
import type { Language } from "../../lib/language.ts";
import type { Pence } from "../../lib/pence.ts";
import type { Refusal, Result } from "../../lib/result.ts";
import { writeAudit } from "../audit/index.ts";
import { sql } from "../database/index.ts";
import type { AnyUseCase, PlaceContext } from "./declare.ts";

export const ACT_KINDS = [
  "contribution",
  "allocation",
  "commitment",
  "payment",
  "reversal",
  "virement",
  "release",
  "credit_note",
  "paid_elsewhere",
  "clearing",
  "journal",
  "accrual",
  "carry_forward",
  "step",
  "close",
  "handover",
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

type Words = Readonly<Record<Language, string>>;
/** One line of what would happen. Never a figure that another act may change: an approval is for exactly what is shown. */
export type ShownLine = { readonly label: Words; readonly text: Words };

export type Act = {
  readonly act: ActKind;
  readonly potId: string | null;
  readonly book: "real" | "shadow";
  /** The area whose money it is; null for the whole place. */
  readonly areaId: string | null;
  readonly capital: boolean;
  readonly amountPence: Pence;
  readonly shown: readonly ShownLine[];
};

export type Approval = { readonly approvalId: string; readonly preparedBy: string };

type Carried = {
  readonly input: unknown;
  readonly approval: Approval;
  /** Also the id of the transfer it makes, which so leads to who prepared and who authorised it. */
  readonly requestKey: string;
};

/** Carries it out and takes it all back: whether it could be done now, and by which name it would be refused. */
export async function rehearse(
  ctx: PlaceContext,
  useCase: AnyUseCase,
  { input, approval, requestKey }: Carried,
): Promise<Result<unknown, Refusal>> {
  await ctx.tx.run(sql`savepoint rehearsed`, "any");
  const result: Result<unknown> = await useCase.handle({ ...ctx, approval, requestKey }, input);
  await ctx.tx.run(sql`rollback to savepoint rehearsed`, "any");
  return result;
}

/** Carries it out in the transaction in hand, as `ctx` and under the approval; a refusal must undo what was written. */
export async function carryOut(
  ctx: PlaceContext,
  useCase: AnyUseCase,
  { input, approval, requestKey }: Carried,
): Promise<Result<unknown, Refusal>> {
  const result: Result<unknown> = await useCase.handle({ ...ctx, approval, requestKey }, input);
  if (!result.ok) return result;
  const recordId: string | null =
    typeof useCase.audited === "function" ? useCase.audited(result.value as never, input as never) : null;
  if (recordId !== null) await writeAudit(ctx, { action: useCase.name, recordId, content: input });
  return result;
}
