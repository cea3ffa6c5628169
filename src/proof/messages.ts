/** Why an export, a sample or a listing can be refused, in the order in which it looks. */
import type { Day } from "../lib/day.ts";
import { formatDay } from "../lib/day-words.ts";
import type { Catalogue } from "../platform/use-case/index.ts";

export type ProofRefusal =
  | { readonly code: "pot_not_found"; readonly pot: string }
  | { readonly code: "ends_before_start" }
  | { readonly code: "assertion_outside"; readonly day: Day; readonly from: Day | null; readonly to: Day }
  | { readonly code: "export_too_long"; readonly most: number }
  | { readonly code: "night_not_found" };

export const proofRefusals: Catalogue<ProofRefusal> = {
  pot_not_found: {
    status: 404,
    field: "potId",
    en: ({ pot }) => `There is no pot ${pot} at this place. List the pots to find its id.`,
    cy: ({ pot }) => `Nid oes pot ${pot} yn y lle hwn. Rhestrwch y potiau i ddod o hyd i'w rif adnabod.`,
  },
  ends_before_start: {
    status: 422,
    field: "from",
    en: () => "The last day is before the first. Give a first day that is no later than the last.",
    cy: () => "Mae'r diwrnod olaf cyn y cyntaf. Rhowch ddiwrnod cyntaf nad yw'n hwyrach na'r olaf.",
  },
  assertion_outside: {
    status: 422,
    field: "assertAt",
    en: ({ day, from, to }) =>
      `Balances cannot be stated at ${formatDay("en", day)}: the file holds ${from === null ? "the days up to" : `${formatDay("en", from)} to`} ${formatDay("en", to)}.`,
    cy: ({ day, from, to }) =>
      `Ni ellir nodi balansau ar ${formatDay("cy", day)}: mae'r ffeil yn cynnwys ${from === null ? "y dyddiau hyd at" : `${formatDay("cy", from)} i`} ${formatDay("cy", to)}.`,
  },
  export_too_long: {
    status: 422,
    field: "from",
    en: ({ most }) => `There is more than a file may hold: ${most} entries. Choose fewer days, or one pot.`,
    cy: ({ most }) => `Mae mwy nag y gall ffeil ei ddal: ${most} o gofnodion. Dewiswch lai o ddyddiau, neu un pot.`,
  },
  night_not_found: {
    status: 404,
    field: "jobId",
    en: () => "This place has no such proof of a night. List its jobs to find the id.",
    cy: () => "Nid oes prawf nos o'r fath gan y lle hwn. Rhestrwch ei dasgau i ddod o hyd i'r rhif adnabod.",
  },
};
