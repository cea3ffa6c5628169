/** What an agreement must say before anybody is asked to sign it. */
import type { Day } from "../../lib/day.ts";
import { type Refused, refuse } from "../../lib/result.ts";
import type { Kept, Party } from "./agreement.ts";

export type Terms = {
  readonly parties: readonly Omit<Party, "name" | "nameWelsh">[];
  readonly startsOn: Day;
  readonly reviewOn: Day;
  /** The last day. */
  readonly endsOn: Day;
  readonly assessedOn: Day;
};

export type TermsRefusal =
  | { readonly code: "replaced_already"; readonly title: string }
  | { readonly code: "partner_not_here" }
  | { readonly code: "party_twice" }
  | { readonly code: "party_does_nothing" }
  | { readonly code: "health_not_sent" }
  | { readonly code: "nobody_sends" }
  | { readonly code: "nobody_receives" }
  | { readonly code: "review_before_start"; readonly startsOn: Day }
  | { readonly code: "end_before_review"; readonly reviewOn: Day }
  | { readonly code: "over_already"; readonly today: Day }
  | { readonly code: "assessed_later"; readonly today: Day };

type Around = {
  readonly today: Day;
  readonly partnersHere: ReadonlySet<string>;
  /** The agreement that it replaces, where it replaces one. */
  readonly replaces: Pick<Kept, "title" | "end"> | null;
};

/** What is wanting or does not hold, the first in the order in which the form asks; null where nothing is. */
export function refuseTerms(terms: Terms, around: Around): Refused<TermsRefusal> | null {
  const { replaces } = around;
  if (replaces !== null && replaces.end !== null) return refuse({ code: "replaced_already", title: replaces.title });
  return refuseParties(terms.parties, around) ?? refuseDays(terms, around);
}

function refuseParties(parties: Terms["parties"], { partnersHere }: Around): Refused<TermsRefusal> | null {
  if (parties.some(({ partnerId }) => !partnersHere.has(partnerId))) return refuse({ code: "partner_not_here" });
  if (new Set(parties.map(({ partnerId }) => partnerId)).size < parties.length) return refuse({ code: "party_twice" });
  if (parties.some(({ sends, receives }) => !(sends || receives))) return refuse({ code: "party_does_nothing" });
  if (parties.some(({ sends, health }) => health && !sends)) return refuse({ code: "health_not_sent" });
  if (!parties.some(({ sends }) => sends)) return refuse({ code: "nobody_sends" });
  return parties.some(({ receives }) => receives) ? null : refuse({ code: "nobody_receives" });
}

function refuseDays(terms: Terms, { today }: Around): Refused<TermsRefusal> | null {
  const { startsOn, reviewOn, endsOn, assessedOn } = terms;
  if (assessedOn > today) return refuse({ code: "assessed_later", today });
  if (reviewOn <= startsOn) return refuse({ code: "review_before_start", startsOn });
  if (endsOn < reviewOn) return refuse({ code: "end_before_review", reviewOn });
  return endsOn < today ? refuse({ code: "over_already", today }) : null;
}
