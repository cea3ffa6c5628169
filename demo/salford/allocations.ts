/** What was allocated from each pot of Greater Manchester: who decided, when and under what power. All made up. */
import { mustDay } from "../../src/lib/day.ts";
import { splitPence } from "../../src/lib/pence.ts";
import type { DemoAllocation, Words } from "../types.ts";
import { contributionId, FINANCE } from "./pots.ts";
import { FUNDED_FAMILIES } from "./streams.ts";

const GM = "gm-troubled-families";
const EARLY = "salford-early-years";
const SHADOW = "salford-work-shadow";
const COMMITTEE = "salford-community-committee";
const PILOT = "salford-families-pilot-2011";

type Deciding = Pick<DemoAllocation, "decidedBy" | "power" | "date" | "minute">;

const BOARD: Deciding = {
  decidedBy: "Greater Manchester troubled families board (made up)",
  power: "Pooled fund agreement of 26 April 2012, clause 7, under section 10 of the Children Act 2004",
  date: mustDay("2012-05-17"),
  minute: "TFB/12/05, minute 4",
};
const LATER_BOARD: Deciding = { ...BOARD, date: mustDay("2012-06-21"), minute: "TFB/12/06, minute 3" };
const PARTNERS: Deciding = {
  decidedBy: "Salford early years partnership (made up)",
  power: "Memorandum of understanding, paragraph 9: each partner decides its own part",
  date: mustDay("2012-04-26"),
  minute: "EYP/12/04, minute 2",
};
const COMMUNITY: Deciding = {
  decidedBy: "Langworthy and Weaste community committee (made up)",
  power: "Scheme of delegation under section 101 of the Local Government Act 1972",
  date: mustDay("2012-07-12"),
  minute: "CC/12/07, minute 6",
};
const SHADOW_BOARD: Deciding = {
  decidedBy: "Salford work and skills board (made up)",
  power: "None: an entry in shadow accounts",
  date: mustDay("2012-07-19"),
  minute: "WSB/12/07, minute 2",
};
const PILOT_BOARD: Deciding = {
  decidedBy: "Salford families pilot board (made up)",
  power: "Pooled fund agreement of 18 April 2011, under section 10 of the Children Act 2004",
  date: mustDay("2011-05-05"),
  minute: "FPB/11/05, minute 1",
};

type Short = {
  readonly id: string;
  readonly potId: string;
  readonly purpose: Words;
  readonly themeId: string;
  readonly from: readonly (readonly [streamId: string, amountPence: bigint])[];
  readonly deciding: Deciding;
};

function allocate({ id, potId, purpose, themeId, from, deciding }: Short): DemoAllocation {
  const draws = from.map(([streamId, amountPence]) => ({
    contributionId: contributionId(streamId, potId),
    amountPence,
  }));
  const amountPence = draws.reduce((sum, part) => sum + part.amountPence, 0n);
  return { id, potId, purpose, themeId, amountPence, draws, ...deciding, ...FINANCE };
}

const OUTREACH_PENCE = 52_000_000n;

/** The outreach team's cost over the nine other councils, in proportion to their funded families, to the penny. */
const NEIGHBOURS = FUNDED_FAMILIES.filter(([councilId]) => councilId !== "salford");
const NEIGHBOUR_SHARES = splitPence(
  OUTREACH_PENCE,
  NEIGHBOURS.map(([, , , families]) => families),
);
const neighbours = NEIGHBOURS.map(
  ([councilId], index) => [`${councilId}-attachment-2012`, NEIGHBOUR_SHARES[index] ?? 0n] as const,
);

const troubledFamilies: readonly Short[] = [
  {
    id: "key-workers",
    potId: GM,
    purpose: { en: "Intensive family key workers in Salford", cy: "Gweithwyr allweddol dwys i deuluoedd yn Salford" },
    themeId: "gm-early-intervention",
    from: [["salford-attachment-2012", 31_200_000n]],
    deciding: BOARD,
  },
  {
    id: "one-team",
    potId: GM,
    purpose: {
      en: "One early help team of police, health, housing and Jobcentre",
      cy: "Un tîm cymorth cynnar: heddlu, iechyd, tai a'r Ganolfan Byd Gwaith",
    },
    themeId: "gm-dependency",
    from: [
      ["police-community-safety-2012", 12_000_000n],
      ["pct-families-2012", 18_000_000n],
      ["jobcentre-flexible-2012", 6_000_000n],
      ["quaybridge-2012", 4_500_000n],
      ["salford-attachment-2012", 1_500_000n],
    ],
    deciding: BOARD,
  },
  {
    id: "co-ordination",
    potId: GM,
    purpose: { en: "Programme co-ordinator", cy: "Cydlynydd y rhaglen" },
    themeId: "gm-dependency",
    from: [["salford-coordinator-2012", 10_000_000n]],
    deciding: BOARD,
  },
  {
    id: "attendance",
    potId: GM,
    purpose: { en: "Attendance and behaviour at school", cy: "Presenoldeb ac ymddygiad yn yr ysgol" },
    themeId: "gm-low-skills",
    from: [
      ["schools-2012", 8_000_000n],
      ["salford-revenue-2012", 6_000_000n],
    ],
    deciding: LATER_BOARD,
  },
  {
    id: "domestic-abuse",
    potId: GM,
    purpose: { en: "Support after domestic abuse", cy: "Cymorth ar ôl cam-drin domestig" },
    themeId: "gm-early-intervention",
    from: [["salford-attachment-2012", 9_600_000n]],
    deciding: LATER_BOARD,
  },
  {
    id: "parenting",
    potId: GM,
    purpose: { en: "Parenting courses", cy: "Cyrsiau magu plant" },
    themeId: "gm-early-intervention",
    from: [["salford-attachment-2012", 18_000_000n]],
    deciding: LATER_BOARD,
  },
  {
    id: "across-the-county",
    potId: GM,
    purpose: { en: "Outreach team across nine councils", cy: "Tîm allgymorth ar draws naw cyngor" },
    themeId: "gm-dependency",
    from: neighbours,
    deciding: LATER_BOARD,
  },
];

const elsewhere: readonly Short[] = [
  {
    id: "childrens-centres",
    potId: EARLY,
    purpose: { en: "Outreach from children's centres", cy: "Allgymorth o ganolfannau plant" },
    themeId: "gm-early-intervention",
    from: [
      ["salford-early-intervention-2012", 72_000_000n],
      ["salford-revenue-2012", 6_000_000n],
    ],
    deciding: PARTNERS,
  },
  {
    id: "talking-early",
    potId: EARLY,
    purpose: { en: "Help with early speech and language", cy: "Cymorth gyda lleferydd ac iaith gynnar" },
    themeId: "gm-early-intervention",
    from: [
      ["schools-2012", 9_000_000n],
      ["salford-early-intervention-2012", 11_000_000n],
    ],
    deciding: PARTNERS,
  },
  {
    id: "work-coaching",
    potId: SHADOW,
    purpose: { en: "Work coaching, as if one team", cy: "Hyfforddi ar gyfer gwaith, fel pe bai'n un tîm" },
    themeId: "gm-unemployment",
    from: [
      ["esf-families-2012", 16_000_000n],
      ["skills-2012", 6_000_000n],
      ["jobcentre-flexible-2012", 3_000_000n],
    ],
    deciding: SHADOW_BOARD,
  },
  {
    id: "youth-evenings",
    potId: COMMITTEE,
    purpose: { en: "Youth club evenings", cy: "Nosweithiau clwb ieuenctid" },
    themeId: "gm-early-intervention",
    from: [["salford-revenue-2012", 2_400_000n]],
    deciding: COMMUNITY,
  },
  {
    id: "growing",
    potId: COMMITTEE,
    purpose: { en: "Community garden for tenants", cy: "Gardd gymunedol i denantiaid" },
    themeId: "gm-dependency",
    from: [["salford-housing-2012", 1_450_000n]],
    deciding: COMMUNITY,
  },
  {
    id: "pilot-team",
    potId: PILOT,
    purpose: { en: "The first joint prevention team", cy: "Y tîm atal ar y cyd cyntaf" },
    themeId: "gm-early-intervention",
    from: [["salford-early-intervention-2011", 40_500_000n]],
    deciding: PILOT_BOARD,
  },
];

export const allocations: readonly DemoAllocation[] = [...troubledFamilies, ...elsewhere].map(allocate);
