/** Who stands behind what the pages of the money show: by name, for readers of the ledger only. The audit trail keeps the ids. */
import { findAuthorised } from "../../../approvals/index.ts";
import { findName } from "../../../identity/index.ts";
import type { PlaceContext } from "../../../platform/use-case/index.ts";

/** The names of those who stand behind marks; of a key or a program, the mark itself. */
export async function makersOf(ctx: PlaceContext, marks: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const makers = new Map<string, string>();
  for (const mark of new Set(marks)) {
    const [kind, id] = mark.split(":");
    const name = kind === "person" && id !== undefined ? await findName(ctx.tx, id) : null;
    makers.set(mark, name ?? mark);
  }
  return makers;
}

type Made = { readonly transferId: string; readonly madeBy: string };
type Authorised = Made & { readonly authorisedBy: readonly string[] };

/** Who made each transfer and, where two people did, who authorised it, by transfer. */
export async function peopleOf(ctx: PlaceContext, made: readonly Made[]) {
  const transferIds = made.map(({ transferId }) => transferId);
  const found = await findAuthorised(ctx.tx, { placeId: ctx.place.placeId, transferIds });
  const signers = new Map(found.map((one) => [one.transferId, one.signers]));
  return namesOf(
    ctx,
    made.map((one) => ({ ...one, authorisedBy: signers.get(one.transferId) ?? [] })),
  );
}

export async function namesOf(ctx: PlaceContext, transfers: readonly Authorised[]) {
  const marks = transfers.flatMap(({ madeBy, authorisedBy }) => [madeBy, ...authorisedBy]);
  const signers = new Map(transfers.map(({ transferId, authorisedBy }) => [transferId, authorisedBy]));
  return { makers: await makersOf(ctx, marks), signers };
}
