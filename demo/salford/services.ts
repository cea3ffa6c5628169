/** What the money of Greater Manchester buys, and how many families each service reached. All made up. */
import { mustDay } from "../../src/lib/day.ts";
import type { DemoReach, DemoService, Words } from "../types.ts";
import { SALFORD_GSS } from "./partners.ts";

type Short = readonly [
  id: string,
  name: Words,
  description: Words,
  providerId: string,
  themeId: string,
  areaName: string,
];

const KEY_WORKER: Words = {
  en: "One worker who knows the whole family, several times a week.",
  cy: "Un gweithiwr sy'n adnabod y teulu cyfan, sawl gwaith yr wythnos.",
};

/** The story of the Salford pound ends with this service: wherever it is followed to, the neighbourhood is named. */
const IN_LANGWORTHY: Words = {
  en: "One worker in Langworthy who knows the whole family, several times a week.",
  cy: "Un gweithiwr yn Langworthy sy'n adnabod y teulu cyfan, sawl gwaith yr wythnos.",
};

const LIST: readonly Short[] = [
  [
    "key-worker-langworthy",
    { en: "Intensive family key worker, Langworthy", cy: "Gweithiwr allweddol dwys i deuluoedd, Langworthy" },
    IN_LANGWORTHY,
    "irwell",
    "gm-early-intervention",
    "Langworthy",
  ],
  [
    "key-worker-ordsall",
    {
      en: "Intensive family key worker, Ordsall and Weaste",
      cy: "Gweithiwr allweddol dwys i deuluoedd, Ordsall a Weaste",
    },
    KEY_WORKER,
    "irwell",
    "gm-early-intervention",
    "Ordsall and Weaste",
  ],
  [
    "key-worker-walkden",
    {
      en: "Family key workers, Little Hulton and Walkden",
      cy: "Gweithwyr allweddol i deuluoedd, Little Hulton a Walkden",
    },
    KEY_WORKER,
    "chapelbrook",
    "gm-early-intervention",
    "Little Hulton and Walkden",
  ],
  [
    "front-door",
    { en: "Early help front door", cy: "Drws blaen cymorth cynnar" },
    { en: "One place to ask for help.", cy: "Un lle i ofyn am gymorth." },
    "irwell",
    "gm-dependency",
    "Salford",
  ],
  [
    "tenancy",
    { en: "Keeping a home", cy: "Cadw cartref" },
    { en: "Help with rent, repairs and neighbours.", cy: "Cymorth gyda rhent, atgyweiriadau a chymdogion." },
    "quaybridge",
    "gm-dependency",
    "Salford",
  ],
  [
    "family-work-advice",
    { en: "Work advice for families", cy: "Cyngor gwaith i deuluoedd" },
    { en: "Steps to a job, at home.", cy: "Camau tuag at swydd, gartref." },
    "northlight",
    "gm-dependency",
    "Salford",
  ],
  [
    "co-ordinator",
    { en: "Programme co-ordinator", cy: "Cydlynydd y rhaglen" },
    { en: "Keeps partners to one plan.", cy: "Yn cadw partneriaid at un cynllun." },
    "salford",
    "gm-dependency",
    "Salford",
  ],
  [
    "attendance-school",
    { en: "Breakfast and attendance mentor", cy: "Brecwast a mentor presenoldeb" },
    { en: "Getting children to school.", cy: "Helpu plant i gyrraedd yr ysgol." },
    "weirside",
    "gm-low-skills",
    "Weaste",
  ],
  [
    "attendance-home",
    { en: "Attendance visits at home", cy: "Ymweliadau presenoldeb gartref" },
    { en: "Working with parents on attendance.", cy: "Gweithio gyda rhieni ar bresenoldeb." },
    "steppingstone",
    "gm-low-skills",
    "Salford",
  ],
  [
    "safe-at-home",
    { en: "Safe at home", cy: "Diogel gartref" },
    { en: "Support after domestic abuse.", cy: "Cymorth ar ôl cam-drin domestig." },
    "safehouse",
    "gm-early-intervention",
    "Salford",
  ],
  [
    "parenting",
    { en: "Parenting courses", cy: "Cyrsiau magu plant" },
    { en: "Twelve weeks, with a creche.", cy: "Deuddeg wythnos, gyda chrèche." },
    "steppingstone",
    "gm-early-intervention",
    "Salford",
  ],
  [
    "outreach",
    { en: "Outreach team across nine councils", cy: "Tîm allgymorth ar draws naw cyngor" },
    { en: "Goes to families who move between councils.", cy: "Yn mynd at deuluoedd sy'n symud rhwng cynghorau." },
    "lantern",
    "gm-dependency",
    "Greater Manchester",
  ],
  [
    "centre-outreach",
    { en: "Children's centre outreach", cy: "Allgymorth canolfannau plant" },
    { en: "Home visits for children under five.", cy: "Ymweliadau cartref i blant dan bump oed." },
    "lantern",
    "gm-early-intervention",
    "Salford",
  ],
  [
    "talking",
    { en: "Talking early", cy: "Siarad yn gynnar" },
    { en: "Speech and language help before school.", cy: "Cymorth lleferydd ac iaith cyn yr ysgol." },
    "chapelbrook",
    "gm-early-intervention",
    "Salford",
  ],
  [
    "work-coach",
    { en: "Work coach (shadow)", cy: "Hyfforddwr gwaith (cysgodol)" },
    { en: "What one team of coaches would cost.", cy: "Yr hyn y byddai un tîm o hyfforddwyr yn ei gostio." },
    "northlight",
    "gm-unemployment",
    "Salford",
  ],
  [
    "youth-club",
    { en: "Youth club evenings", cy: "Nosweithiau clwb ieuenctid" },
    { en: "Two evenings a week.", cy: "Dwy noson yr wythnos." },
    "crescent",
    "gm-early-intervention",
    "Langworthy and Weaste",
  ],
  [
    "garden",
    { en: "Community garden", cy: "Gardd gymunedol" },
    { en: "Growing food together.", cy: "Tyfu bwyd gyda'n gilydd." },
    "millgate",
    "gm-dependency",
    "Langworthy and Weaste",
  ],
  [
    "joint-prevention",
    { en: "Joint prevention team, 2011-12", cy: "Tîm atal ar y cyd, 2011-12" },
    { en: "The pilot's team of several agencies.", cy: "Tîm y cynllun peilot, o sawl asiantaeth." },
    "irwell",
    "gm-early-intervention",
    "Salford",
  ],
];

export const services: readonly DemoService[] = LIST.map(([id, name, description, providerId, themeId, areaName]) => ({
  id,
  name,
  description,
  providerId,
  themeId,
  ...(areaName === "Greater Manchester" ? {} : { councilGss: SALFORD_GSS }),
  ...(areaName === "Langworthy" ? { neighbourhoodSlug: "langworthy" } : {}),
  areaName,
  madeUp: true,
}));

const QUARTERS = [
  ["2012-04-01", "2012-06-30"],
  ["2012-07-01", "2012-09-30"],
  ["2012-10-01", "2012-12-31"],
  ["2013-01-01", "2013-03-29"],
] as const;

/** Families by quarter of 2012-13; a dash where the service had not begun. Some are too few to publish. */
const REACH = `
  key-worker-langworthy  2   3   4   4
  key-worker-ordsall     5   9  11  12
  key-worker-walkden     7  14  16  18
  front-door            31  84  97 112
  tenancy               12  27  33  38
  family-work-advice     -   8  15  21
  attendance-school      3   6   7   9
  attendance-home        -  11  14  13
  safe-at-home           1   4   6   8
  parenting              -  16  24  29
  outreach              22  61  75  83
  centre-outreach      214 231 246 238
  talking               42  47  51  55
  youth-club             -  18  26  31
  garden                 -   4   3   2
`;

const reachByQuarter: readonly DemoReach[] = REACH.trim()
  .split("\n")
  .flatMap((line) => {
    const [serviceId = "", ...counts] = line.trim().split(/\s+/);
    return QUARTERS.flatMap(([from, to], index) => {
      const count = counts[index] ?? "-";
      return count === "-" ? [] : [{ serviceId, from: mustDay(from), to: mustDay(to), families: Number(count) }];
    });
  });

export const reach: readonly DemoReach[] = [
  ...reachByQuarter,
  { serviceId: "key-worker-langworthy", from: mustDay("2013-02-01"), to: mustDay("2013-02-28"), families: 4 },
  { serviceId: "joint-prevention", from: mustDay("2011-04-01"), to: mustDay("2012-03-31"), families: 37 },
];
