/**
 * The places of the demonstration: every place the five source texts name, as it stood on 29 March 2013. Neighbourhoods
 * of Salford stand beside them: the wards are real, that they were opened is made up.
 * Ward codes are those of the ONS lists whose boundaries held on that day; an area that is not a ward says which wards
 * it lies in, as far as the sources tell. Where a text spells a name in two ways, both are kept.
 */
import { mustDay } from "../src/lib/day.ts";
import { neighbourhoods } from "./neighbourhoods.ts";
import { salfordNeighbourhoods } from "./salford/neighbourhoods.ts";
import type { DemoNeighbourhood, DemoPlace, DemoTheme } from "./types.ts";

export const BUSINESS_DATE = mustDay("2013-03-29");

function theme(id: string, en: string, cy: string, sourceId: string | null = "lgiu-2011"): DemoTheme {
  return { id, name: { en, cy }, projects: [], sourceId };
}

const GREATER_MANCHESTER: DemoPlace = {
  slug: "greater-manchester",
  name: { en: "Greater Manchester", cy: "Manceinion Fwyaf" },
  kind: "whole_place",
  councils: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `E080000${String(n).padStart(2, "0")}`),
  hostGss: "E08000006",
  description: {
    en: "Ten councils and their partners invest together to reduce dependency and support growth.",
    cy: "Deg cyngor a'u partneriaid yn buddsoddi gyda'i gilydd i leihau dibyniaeth a chefnogi twf.",
  },
  themes: [
    theme("gm-dependency", "Reducing dependency", "Lleihau dibyniaeth"),
    theme("gm-growth", "Growth", "Twf"),
    theme("gm-unemployment", "Unemployment", "Diweithdra"),
    theme("gm-low-skills", "Low skills", "Sgiliau isel"),
    theme("gm-early-intervention", "Early intervention", "Ymyrraeth gynnar"),
  ],
  neighbourhoods: salfordNeighbourhoods,
  businessDate: BUSINESS_DATE,
  sourceId: "lgiu-2011",
};

const CHESHIRE_WEST: DemoPlace = {
  slug: "cheshire-west-and-chester",
  name: { en: "Cheshire West and Chester", cy: "Gorllewin Swydd Gaer a Chaer" },
  kind: "whole_place",
  councils: ["E06000050"],
  hostGss: "E06000050",
  description: {
    en: "Over 150 local services reviewed for one budget.",
    cy: "Adolygu dros 150 o wasanaethau lleol ar gyfer un gyllideb.",
  },
  themes: [
    {
      id: "cwac-best-start",
      name: { en: "Best start in life", cy: "Y dechrau gorau mewn bywyd" },
      projects: [
        { id: "cwac-troubled-families", name: { en: "Troubled families", cy: "Teuluoedd mewn trafferthion" } },
        { id: "cwac-early-help", name: { en: "Early help and prevention", cy: "Cymorth cynnar ac atal" } },
        { id: "cwac-youth-support", name: { en: "Youth support", cy: "Cymorth i bobl ifanc" } },
        {
          id: "cwac-childrens-centres",
          name: { en: "Children's centre redesign", cy: "Ailgynllunio canolfannau plant" },
        },
      ],
      sourceId: "cypn-2012",
    },
    theme("cwac-safer-cleaner", "Safer and cleaner neighbourhoods", "Cymdogaethau mwy diogel a glanach"),
    theme("cwac-better-deal", "Jobs and learning: a 'better deal'", "Swyddi a dysgu: 'bargen well'"),
    theme("cwac-older-people", "Older people living independently", "Pobl hŷn yn byw'n annibynnol"),
  ],
  neighbourhoods: [],
  businessDate: BUSINESS_DATE,
  sourceId: "lgiu-2011",
};

const WEST_LONDON: DemoPlace = {
  slug: "west-london",
  name: { en: "West London", cy: "Gorllewin Llundain" },
  kind: "whole_place",
  councils: ["E09000013", "E09000020", "E09000033"],
  hostGss: "E09000033",
  description: {
    en: "Hammersmith & Fulham, Kensington & Chelsea and Westminster, under a 'Tri-Government Guarantee'.",
    cy: "Hammersmith & Fulham, Kensington & Chelsea a San Steffan, o dan 'Warant Tair Llywodraeth'.",
  },
  themes: [
    theme(
      "wl-young-people",
      "Young people in work, training or education",
      "Pobl ifanc mewn gwaith, hyfforddiant neu addysg",
    ),
    theme("wl-school-results", "School results", "Canlyniadau ysgol"),
    theme("wl-housing", "Affordable housing", "Tai fforddiadwy"),
  ],
  neighbourhoods: of("E09000013", "E09000020", "E09000033"),
  businessDate: BUSINESS_DATE,
  sourceId: "lgiu-2011",
};

/** "Whole Essex": the county, its 12 districts, Southend and Thurrock. 10 + 1 + 3 + 15 are the 29 councils reported. */
const ESSEX: DemoPlace = {
  slug: "essex",
  name: { en: "Essex", cy: "Essex" },
  kind: "whole_place",
  councils: [
    "E10000012",
    ...[66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77].map((n) => `E070000${n}`),
    "E06000033",
    "E06000034",
  ],
  hostGss: "E10000012",
  description: {
    en: "Residents play a greater part, and savings are reinvested in prevention and early intervention.",
    cy: "Trigolion yn chwarae mwy o ran, ac arbedion yn cael eu hailfuddsoddi mewn atal ac ymyrraeth gynnar.",
  },
  themes: [
    theme("essex-health", "Health and social care", "Iechyd a gofal cymdeithasol"),
    theme("essex-skills", "Skills for young people", "Sgiliau i bobl ifanc"),
    theme("essex-growth", "Economic growth", "Twf economaidd"),
    theme("essex-safety", "Community safety", "Diogelwch cymunedol"),
  ],
  neighbourhoods: [],
  businessDate: BUSINESS_DATE,
  sourceId: "lgiu-2011",
};

function of(...councils: readonly string[]): readonly DemoNeighbourhood[] {
  return neighbourhoods.filter((neighbourhood) => councils.includes(neighbourhood.councilGss));
}

type CouncilPlace = {
  readonly slug: string;
  readonly gss: string;
  readonly en: string;
  readonly cy: string;
  readonly description: DemoPlace["description"];
};

function councilPlace({ slug, gss, en, cy, description }: CouncilPlace): DemoPlace {
  return {
    slug,
    name: { en, cy },
    kind: "council",
    councils: [gss],
    hostGss: gss,
    description,
    themes: [],
    neighbourhoods: of(gss),
    businessDate: BUSINESS_DATE,
    sourceId: "lgiu-2011",
  };
}

function pilot(area: string): DemoPlace["description"] {
  return {
    en: `A neighbourhood Community Budget for ${area}.`,
    cy: `Cyllideb Gymunedol i gymdogaeth ${area}.`,
  };
}

const COUNCIL_PLACES: readonly DemoPlace[] = [
  { slug: "tower-hamlets", gss: "E09000030", en: "Tower Hamlets", cy: "Tower Hamlets", description: pilot("Poplar") },
  { slug: "bradford", gss: "E08000032", en: "Bradford", cy: "Bradford", description: pilot("Bradford Trident") },
  {
    slug: "tunbridge-wells",
    gss: "E07000116",
    en: "Tunbridge Wells",
    cy: "Tunbridge Wells",
    description: pilot("Sherwood"),
  },
  { slug: "kingston", gss: "E09000021", en: "Kingston", cy: "Kingston", description: pilot("Norbiton") },
  { slug: "haverhill", gss: "E07000204", en: "Haverhill", cy: "Haverhill", description: pilot("Haverhill") },
  {
    slug: "birmingham",
    gss: "E08000025",
    en: "Birmingham",
    cy: "Birmingham",
    description: {
      en: "Neighbourhood Community Budgets in Balsall Heath, Shard End and Castle Vale.",
      cy: "Cyllidebau Cymunedol i gymdogaethau Balsall Heath, Shard End a Castle Vale.",
    },
  },
  {
    slug: "north-devon",
    gss: "E07000043",
    en: "North Devon",
    cy: "Gogledd Dyfnaint",
    description: pilot("Ilfracombe"),
  },
  {
    slug: "newcastle",
    gss: "E08000021",
    en: "Newcastle",
    cy: "Newcastle",
    description: {
      en: "A neighbourhood Community Budget for Cowgate, Kenton Bar and Montagu.",
      cy: "Cyllideb Gymunedol i gymdogaeth Cowgate, Kenton Bar a Montagu.",
    },
  },
].map(councilPlace);

/** The national programme is itself a place: it owns the waves, bids, barriers and national figures. */
const PROGRAMME: DemoPlace = {
  slug: "programme",
  name: { en: "Community Budgets programme", cy: "Rhaglen Cyllidebau Cymunedol" },
  kind: "programme",
  councils: [],
  hostGss: null,
  description: {
    en: "How places join, what stands in their way, and what they report.",
    cy: "Sut mae lleoedd yn ymuno, beth sy'n sefyll yn eu ffordd, a'r hyn y maent yn ei adrodd.",
  },
  themes: [],
  neighbourhoods: [],
  businessDate: BUSINESS_DATE,
  sourceId: "dclg-2011",
};

export const places: readonly DemoPlace[] = [
  GREATER_MANCHESTER,
  CHESHIRE_WEST,
  WEST_LONDON,
  ESSEX,
  ...COUNCIL_PLACES,
  PROGRAMME,
];
