/**
 * The pots of Greater Manchester and Salford, and what was put into them. All made up. Five pots, one of each mode and
 * a pilot pot of the year before; the shadow pot holds nobody's money and is never added to the others. In the aligned
 * pot each partner spends its own: only Salford's part is allocated here, since only Salford's payments are at hand.
 */
import { mustDay } from "../../src/lib/day.ts";
import type { DemoContribution, DemoPot, TwoPeople } from "../types.ts";
import { SALFORD_GSS } from "./partners.ts";
import { FUNDED_FAMILIES } from "./streams.ts";

export const FINANCE: TwoPeople = { preparedBy: "pool", authorisedBy: "finance" };

export const pots: readonly DemoPot[] = [
  {
    id: "gm-troubled-families",
    name: { en: "Greater Manchester troubled families pot", cy: "Cronfa teuluoedd mewn trafferthion Manceinion Fwyaf" },
    purpose: {
      en: "One team and one plan for each family with multiple problems.",
      cy: "Un tîm ac un cynllun i bob teulu sydd â sawl problem.",
    },
    mode: "pooled",
    hostId: "salford",
    openedOn: mustDay("2012-04-26"),
    power: "Section 10 of the Children Act 2004: pooled fund agreement of 26 April 2012 (made up)",
    madeUp: true,
  },
  {
    id: "salford-early-years",
    name: { en: "Salford early years pot", cy: "Cronfa blynyddoedd cynnar Salford" },
    purpose: { en: "Help before school age, to one plan.", cy: "Cymorth cyn oed ysgol, yn ôl un cynllun." },
    mode: "aligned",
    hostId: "salford",
    councilGss: SALFORD_GSS,
    openedOn: mustDay("2012-04-02"),
    power: "Memorandum of understanding: each partner keeps and spends its own money (made up)",
    madeUp: true,
  },
  {
    id: "salford-work-shadow",
    name: { en: "Salford work and skills shadow pot", cy: "Cronfa gysgodol gwaith a sgiliau Salford" },
    purpose: {
      en: "Accounts kept as if work and skills money were one: nobody's money moves.",
      cy: "Cyfrifon fel pe bai arian gwaith a sgiliau yn un: nid oes arian neb yn symud.",
    },
    mode: "shadow",
    hostId: "salford",
    councilGss: SALFORD_GSS,
    openedOn: mustDay("2012-07-02"),
    power: "No power is needed: no money moves",
    madeUp: true,
  },
  {
    id: "salford-community-committee",
    name: {
      en: "Langworthy and Weaste community committee pot",
      cy: "Cronfa pwyllgor cymunedol Langworthy a Weaste",
    },
    purpose: { en: "Small grants that residents decide.", cy: "Grantiau bach y mae trigolion yn eu penderfynu." },
    mode: "delegated",
    hostId: "salford",
    councilGss: SALFORD_GSS,
    openedOn: mustDay("2012-05-14"),
    power: "Section 101 of the Local Government Act 1972: scheme of delegation (made up)",
    madeUp: true,
  },
  {
    id: "salford-families-pilot-2011",
    name: { en: "Salford families pilot pot, 2011-12", cy: "Cronfa beilot teuluoedd Salford, 2011-12" },
    purpose: {
      en: "The first year's Community Budget for families with multiple problems.",
      cy: "Cyllideb Gymunedol y flwyddyn gyntaf i deuluoedd â sawl problem.",
    },
    mode: "pooled",
    hostId: "salford",
    councilGss: SALFORD_GSS,
    openedOn: mustDay("2011-04-18"),
    power: "Section 10 of the Children Act 2004: pooled fund agreement of 18 April 2011 (made up)",
    madeUp: true,
  },
];

type Short = readonly [streamId: string, potId: string, amountPence: bigint, date: string];

const ONE_EIGHTH_OF_THE_FEE_PENCE = 40_000n;

/** The other nine councils put one eighth of their attachment fees into the team that works across the county. */
const NEIGHBOURS: readonly Short[] = FUNDED_FAMILIES.filter(([councilId]) => councilId !== "salford").map(
  ([councilId, , , families]) =>
    [
      `${councilId}-attachment-2012`,
      "gm-troubled-families",
      families * ONE_EIGHTH_OF_THE_FEE_PENCE,
      "2012-06-11",
    ] as const,
);

const LIST: readonly Short[] = [
  ["salford-attachment-2012", "gm-troubled-families", 74_240_000n, "2012-05-08"],
  ["salford-coordinator-2012", "gm-troubled-families", 10_000_000n, "2012-05-08"],
  ["police-community-safety-2012", "gm-troubled-families", 12_000_000n, "2012-05-10"],
  ["pct-families-2012", "gm-troubled-families", 18_000_000n, "2012-05-10"],
  ["jobcentre-flexible-2012", "gm-troubled-families", 6_000_000n, "2012-05-15"],
  ["quaybridge-2012", "gm-troubled-families", 4_500_000n, "2012-05-15"],
  ["salford-revenue-2012", "gm-troubled-families", 15_000_000n, "2012-05-08"],
  ["schools-2012", "gm-troubled-families", 8_000_000n, "2012-05-21"],
  ...NEIGHBOURS,
  ["salford-early-intervention-2012", "salford-early-years", 90_000_000n, "2012-04-16"],
  ["salford-revenue-2012", "salford-early-years", 12_000_000n, "2012-04-16"],
  ["pct-families-2012", "salford-early-years", 19_000_000n, "2012-04-23"],
  ["schools-2012", "salford-early-years", 9_000_000n, "2012-04-23"],
  ["esf-families-2012", "salford-work-shadow", 21_200_000n, "2012-07-09"],
  ["skills-2012", "salford-work-shadow", 8_400_000n, "2012-07-09"],
  ["jobcentre-flexible-2012", "salford-work-shadow", 3_600_000n, "2012-07-09"],
  ["salford-housing-2012", "salford-community-committee", 6_000_000n, "2012-05-28"],
  ["salford-revenue-2012", "salford-community-committee", 4_000_000n, "2012-05-28"],
  ["quaybridge-2012", "salford-community-committee", 1_500_000n, "2012-06-01"],
  ["salford-early-intervention-2011", "salford-families-pilot-2011", 42_000_000n, "2011-04-26"],
];

/** A contribution is named after its stream and its pot. */
export function contributionId(streamId: string, potId: string): string {
  return `${streamId}-in-${potId}`;
}

export const contributions: readonly DemoContribution[] = LIST.map(([streamId, potId, amountPence, date], index) => ({
  id: contributionId(streamId, potId),
  streamId,
  potId,
  amountPence,
  date: mustDay(date),
  reference: `CON-${String(index + 1).padStart(4, "0")}`,
  ...FINANCE,
}));
