/**
 * When an agreement is in force, for what, and for whom: signed by every party, and by the Caldicott guardian of each party that sends
 * health data; begun, not ended and not past its last day. That health data needs its guardian is from "The Caldicott Guardian Manual"
 * (Department of Health, 2010); purposes, gateway, review and register are those of the Information Commissioner's "Data sharing code of
 * practice" (2011, section 14; 2021, "Data sharing agreements").
 */
import type { Day } from "../../lib/day.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Capacity, PersonField, Purpose } from "./words.ts";

export type Party = {
  readonly partnerId: string;
  readonly name: string;
  readonly nameWelsh: string | null;
  readonly sends: boolean;
  readonly receives: boolean;
  /** It sends health data, so that its Caldicott guardian signs as well. */
  readonly health: boolean;
};

export type Signature = { readonly partnerId: string; readonly capacity: Capacity };

/** What anyone who shares or looks under an agreement has to know of it. */
export type Agreement = {
  readonly agreementId: string;
  /** Counted in its place, from 1. */
  readonly number: number;
  readonly title: string;
  readonly titleWelsh: string | null;
  readonly purposes: readonly Purpose[];
  readonly gateway: string;
  readonly fields: readonly PersonField[];
  readonly parties: readonly Party[];
  /** Records of people found not to be concerned are deleted so many days after they came. */
  readonly keepDays: number;
  readonly startsOn: Day;
  readonly reviewOn: Day;
  /** The last day. */
  readonly endsOn: Day;
};

export type Kept = Agreement & {
  readonly signatures: readonly Signature[];
  readonly end: { readonly endedOn: Day; readonly replacedBy: string | null } | null;
};

/** `ended` by someone or replaced; `past` its last day; `unsigned` while a signature is wanting; `to_start` later. */
export type AgreementState = "ended" | "past" | "unsigned" | "to_start" | "in_force";

export type Wanting = { readonly partnerId: string; readonly name: string; readonly capacity: Capacity };

/** Signatures that are wanting, in the order of the parties, the guardian's after the signatory's. */
export function signaturesWanting({ parties, signatures }: Pick<Kept, "parties" | "signatures">): readonly Wanting[] {
  return parties.flatMap(({ partnerId, name, health }) => {
    const needed: readonly Capacity[] = health ? ["signatory", "caldicott_guardian"] : ["signatory"];
    return needed
      .filter((capacity) => !signatures.some((one) => one.partnerId === partnerId && one.capacity === capacity))
      .map((capacity) => ({ partnerId, name, capacity }));
  });
}

/** How it stands on a day. From the day on which it ends, or is replaced, it is in force no more. */
export function stateOn(kept: Kept, today: Day): AgreementState {
  if (kept.end !== null && kept.end.endedOn <= today) return "ended";
  if (kept.endsOn < today) return "past";
  if (signaturesWanting(kept).length > 0) return "unsigned";
  return today < kept.startsOn ? "to_start" : "in_force";
}

/** A review that is overdue does not end an agreement: it is said wherever the agreement is shown. */
export function reviewIsOverdue(kept: Kept, today: Day): boolean {
  return kept.reviewOn < today && stateOn(kept, today) === "in_force";
}

export type SharingRefusal =
  | { readonly code: "agreement_not_found" }
  | { readonly code: "agreement_ended"; readonly title: string; readonly endedOn: Day }
  | { readonly code: "agreement_past"; readonly title: string; readonly endsOn: Day }
  | { readonly code: "agreement_unsigned"; readonly title: string; readonly partners: string }
  | { readonly code: "agreement_to_start"; readonly title: string; readonly startsOn: Day }
  | { readonly code: "purpose_not_agreed"; readonly title: string; readonly purpose: Purpose }
  | { readonly code: "sender_not_agreed"; readonly title: string }
  | { readonly code: "receiver_not_agreed"; readonly title: string };

/** Sharing for a purpose today, with a partner that sends: what is looked at is in the order of the refusals. */
export function decideSharing(
  kept: Kept | null,
  the: { readonly today: Day; readonly purpose: Purpose; readonly sender?: string | undefined },
): Result<Agreement, SharingRefusal> {
  if (kept === null) return refuse({ code: "agreement_not_found" });
  const { title, startsOn, endsOn } = kept;
  const state = stateOn(kept, the.today);
  if (state === "ended") return refuse({ code: "agreement_ended", title, endedOn: kept.end?.endedOn ?? endsOn });
  if (state === "past") return refuse({ code: "agreement_past", title, endsOn });
  if (state === "unsigned") {
    const partners = [...new Set(signaturesWanting(kept).map(({ name }) => name))].join(", ");
    return refuse({ code: "agreement_unsigned", title, partners });
  }
  if (state === "to_start") return refuse({ code: "agreement_to_start", title, startsOn });
  if (!kept.purposes.includes(the.purpose)) return refuse({ code: "purpose_not_agreed", title, purpose: the.purpose });
  if (the.sender !== undefined && !kept.parties.some(({ partnerId, sends }) => sends && partnerId === the.sender))
    return refuse({ code: "sender_not_agreed", title });
  return accept(kept);
}
