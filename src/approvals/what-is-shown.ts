/** What an authorisation is for: the request and what it would do, as it was shown, under one hash. */

import type { Transaction } from "../platform/database/index.ts";
import {
  type Act,
  type AnyUseCase,
  hashJson,
  type Json,
  type PlaceContext,
  parseInput,
  type ShownLine,
} from "../platform/use-case/index.ts";
import { type ApprovalRow, readShown } from "./store/approvals.ts";

type Shown = { readonly useCase: string; readonly request: Json; readonly shown: readonly ShownLine[] };

export function hashShown({ useCase, request, shown }: Shown): Buffer {
  return hashJson({ useCase, request, shown });
}

/** The request of an approval as its use case takes it, where it would still do what was shown; else null. */
export async function requestAsShown(
  ctx: PlaceContext,
  the: { readonly useCase: AnyUseCase; readonly approval: ApprovalRow },
): Promise<{ readonly input: unknown } | null> {
  const { useCase, approval } = the;
  const parsed = parseInput(useCase, approval.request, ctx.language);
  if (!parsed.ok) return null;
  const now = await useCase.twoPeople?.(ctx, parsed.value);
  if (now === undefined || !now.ok || now.value === null) return null;
  const act: Act = now.value;
  const same = { useCase: useCase.name, request: approval.request, shown: act.shown };
  const unchanged =
    act.act === approval.act &&
    act.potId === approval.potId &&
    act.areaId === approval.areaId &&
    act.capital === approval.capital &&
    act.amountPence === approval.amountPence;
  return unchanged && hashShown(same).equals(approval.shownHash) ? { input: parsed.value } : null;
}

/** The first approval whose request and lines no longer have the hash that was authorised, or null. */
export async function findShownChanged(tx: Transaction, placeId: number): Promise<string | null> {
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof readShown>> = await readShown(tx, { placeId, after });
    const changed = page.find((one) => !hashShown(one).equals(one.shownHash));
    if (changed !== undefined) return changed.approvalId;
    after = page.at(-1)?.approvalId ?? null;
    if (after === null) return null;
  }
}
