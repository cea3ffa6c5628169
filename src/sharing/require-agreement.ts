/**
 * What other subjects ask before they share a record or show one: the agreement that is in force for their purpose, and the log of whom
 * was looked at, written in the transaction that reads.
 */
import { assert } from "../lib/assert.ts";
import type { Result } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { type Agreement, decideSharing, type SharingRefusal, stateOn } from "./domain/agreement.ts";
import type { Purpose, ViewKind } from "./domain/words.ts";
import { lookingFor } from "./may-look.ts";
import { findAgreement, listAgreementRows } from "./store/agreements.ts";
import { insertViews } from "./store/views.ts";

/**
 * The agreement, if it is in force today, has the purpose and, where a sender is named, that partner is a party that sends; else a
 * refusal that says which is wanting and whom to ask. Whether the person who asks may look is for `mayLook`.
 */
export async function requireAgreement(
  ctx: PlaceContext,
  the: { readonly agreementId: string; readonly purpose: Purpose; readonly sender?: string },
): Promise<Result<Agreement, SharingRefusal>> {
  const { placeId } = ctx.place;
  const found = await findAgreement(ctx.tx, { placeId, agreementId: the.agreementId });
  return decideSharing(found, { today: ctx.today, purpose: the.purpose, sender: the.sender });
}

/** Those in force today for a purpose, the latest first. */
export async function listInForce(ctx: PlaceContext, purpose: Purpose): Promise<readonly Agreement[]> {
  const rows = await listAgreementRows(ctx.tx, ctx.place.placeId);
  return rows.filter((row) => stateOn(row, ctx.today) === "in_force" && row.purposes.includes(purpose));
}

/** Ids of one row of the log. */
const MOST_IDS = 1000;

/**
 * Writes who looked at what, and for whom, in this transaction. It enters the family role itself, so it is never called inside
 * `asFamily`. Without ids nothing is written.
 */
export async function noteViews(
  ctx: PlaceContext,
  the: {
    readonly agreementId: string;
    readonly purpose: Purpose;
    readonly kind: ViewKind;
    readonly ids: readonly string[];
  },
): Promise<void> {
  if (the.ids.length === 0) return;
  const { placeId } = ctx.place;
  const agreement = await findAgreement(ctx.tx, { placeId, agreementId: the.agreementId });
  assert(agreement !== null, "what is looked at is looked at under an agreement");
  const view = {
    viewer: ctx.mark,
    partnerId: lookingFor(ctx.actor, agreement)?.partnerId ?? null,
    agreementId: the.agreementId,
    purpose: the.purpose,
    kind: the.kind,
    viewedOn: ctx.today,
  };
  const parts = Array.from({ length: Math.ceil(the.ids.length / MOST_IDS) }, (_, part) => ({
    ...view,
    viewId: ctx.newId(),
    ids: the.ids.slice(part * MOST_IDS, (part + 1) * MOST_IDS),
  }));
  await asFamily(ctx.tx, () => insertViews(ctx.tx, placeId, parts));
}
