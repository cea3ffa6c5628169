/** Who asks, as somebody who signs, and what of an agreement they may sign. */
import { listHolders } from "../places/index.ts";
import { permits } from "../platform/policy.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { signaturesWanting, stateOn } from "./domain/agreement.ts";
import { decideSigning, type Signer } from "./domain/signing.ts";
import type { Capacity } from "./domain/words.ts";
import type { AgreementRow } from "./store/agreements.ts";

export type Signable = { readonly partnerId: string; readonly capacity: Capacity; readonly paper: boolean };

/** What whoever asks may sign of what is wanting: here, or only as a paper that was signed. */
export async function signableBy(ctx: PlaceContext, row: AgreementRow): Promise<readonly Signable[]> {
  if (row.end !== null || stateOn(row, ctx.today) !== "unsigned") return [];
  if (!permits(ctx.actor, "sharing.sign", ctx.place.area?.areaId ?? null)) return [];
  const { parties, signatures } = row;
  const withOfficer = await partnersWithOfficer(ctx);
  const around = { today: ctx.today, parties, signatures, signer: signerOf(ctx), withOfficer };
  return signaturesWanting(row).flatMap(({ partnerId, capacity }): readonly Signable[] => {
    const may = (onPaper: string) => decideSigning({ partnerId, capacity, onPaper, signedOn: null }, around).ok;
    if (may("")) return [{ partnerId, capacity, paper: false }];
    return may("paper") ? [{ partnerId, capacity, paper: true }] : [];
  });
}

export function signerOf({ actor, mark }: PlaceContext): Signer {
  const holdings = actor.kind === "person" ? actor.holdings : [];
  const signing = holdings.filter(({ role }) => role === "partner_officer" || role === "information_governance_lead");
  const ownPartners = new Set(signing.flatMap(({ partnerId }) => (partnerId === null ? [] : [partnerId])));
  return { mark, isLead: signing.some(({ role }) => role === "information_governance_lead"), ownPartners };
}

export async function partnersWithOfficer(ctx: PlaceContext): Promise<ReadonlySet<string>> {
  const people = await listHolders(ctx.tx, ctx.place.placeId);
  const officers = people.filter(({ role, areaId }) => role === "partner_officer" && areaId === null);
  return new Set(officers.flatMap(({ partnerId }) => (partnerId === null ? [] : [partnerId])));
}
