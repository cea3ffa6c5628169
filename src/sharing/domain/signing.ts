/**
 * Who signs for whom. A partner's own officer signs for it. Where it has none here, its people signed on paper and the information
 * governance lead records that, saying where the paper is; the same for the sign-off of a Caldicott guardian, who need not work here. The
 * guardian is never the person who signs for the partner: two people look at what is sent.
 */
import type { Day } from "../../lib/day.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import type { Party } from "./agreement.ts";
import type { Capacity } from "./words.ts";

export type SigningRefusal =
  | { readonly code: "not_a_party" }
  | { readonly code: "no_health_data" }
  | { readonly code: "signed_already"; readonly capacity: Capacity }
  | { readonly code: "not_your_partner" }
  | { readonly code: "partner_signs_itself" }
  | { readonly code: "same_person" }
  | { readonly code: "paper_wanting" }
  | { readonly code: "signed_later"; readonly today: Day };

export type Signing = {
  readonly partnerId: string;
  readonly capacity: Capacity;
  /** Where the signed paper is kept; empty where it is signed here. */
  readonly onPaper: string;
  /** The day on the paper; what is signed here is of today. */
  readonly signedOn: Day | null;
};

/** Whoever signs: their mark, whether they are information governance lead, and the partners whose officer or lead they are. */
export type Signer = { readonly mark: string; readonly isLead: boolean; readonly ownPartners: ReadonlySet<string> };

type Around = {
  readonly today: Day;
  readonly parties: readonly Pick<Party, "partnerId" | "health">[];
  readonly signatures: readonly {
    readonly partnerId: string;
    readonly capacity: Capacity;
    readonly signedBy: string;
  }[];
  readonly signer: Signer;
  /** Partners for whom somebody here is partner officer. */
  readonly withOfficer: ReadonlySet<string>;
};

/** The day that is written, or why it is not signed. */
export function decideSigning(asked: Signing, around: Around): Result<{ readonly signedOn: Day }, SigningRefusal> {
  const { partnerId, capacity } = asked;
  const party = around.parties.find((one) => one.partnerId === partnerId);
  if (party === undefined) return refuse({ code: "not_a_party" });
  if (capacity === "caldicott_guardian" && !party.health) return refuse({ code: "no_health_data" });
  if (around.signatures.some((one) => one.partnerId === partnerId && one.capacity === capacity))
    return refuse({ code: "signed_already", capacity });
  const refused = refusePerson(asked, around);
  if (refused !== null) return refuse(refused);
  const signedOn = asked.onPaper === "" ? around.today : (asked.signedOn ?? around.today);
  return signedOn > around.today ? refuse({ code: "signed_later", today: around.today }) : accept({ signedOn });
}

function refusePerson({ partnerId, capacity, onPaper }: Signing, around: Around): SigningRefusal | null {
  const { isLead, ownPartners, mark } = around.signer;
  const isOwn = ownPartners.has(partnerId);
  if (!isOwn && !isLead) return { code: "not_your_partner" };
  if (!isOwn && capacity === "signatory" && around.withOfficer.has(partnerId)) return { code: "partner_signs_itself" };
  if (onPaper !== "") return null;
  if (!isOwn) return { code: "paper_wanting" };
  const other = around.signatures.find((one) => one.partnerId === partnerId);
  return other?.signedBy === mark ? { code: "same_person" } : null;
}
