/**
 * The 12 neighbourhoods of the ten neighbourhood bids (source: LGiU, 21 December 2011, and Children & Young People Now,
 * 2012). The mode is our reading of the source's own words, which stand beside it.
 */
import type { DemoArea, DemoNeighbourhood, DemoTheme } from "./types.ts";

function theme(id: string, en: string, cy: string): DemoTheme {
  return { id, name: { en, cy }, projects: [], sourceId: "lgiu-2011" };
}

function ward(code: string, name: string): DemoArea {
  return { kind: "ward", code, name };
}

function same(name: string): DemoNeighbourhood["name"] {
  return { en: name, cy: name };
}

const BIRMINGHAM_QUOTE =
  "Birmingham (Balshall Heath, Shard End, Castle Vale) want the pilots to become a catalyst for more pooled budgets " +
  "focused on prevention. Balsall Heath Forum and Shard End will be community led approaches while Castle Vale " +
  "Community Partnership will be housing association led.";

const NEWCASTLE_QUOTE =
  "Newcastle (Cowgate, Kenton Bar, Montague) will broker agreements so ward committees can invest in family-support " +
  "services delivered by a community enterprise.";

/** The 2012 article calls these wards; in the ONS lists they are estates inside wards. */
const NEWCASTLE_WARDS = ["E05001090", "E05001097", "E05001099"];
const NEWCASTLE_NOTE =
  "Called a ward in one source; in the ONS lists it is an estate. It lies in one of Blakelaw, Fawdon and Kenton; the sources do not say which.";

const NEWCASTLE: DemoNeighbourhood = {
  slug: "cowgate-kenton-bar-montagu",
  name: { en: "Cowgate, Kenton Bar and Montagu", cy: "Cowgate, Kenton Bar a Montagu" },
  otherSpellings: ["Montague"],
  councilGss: "E08000021",
  areas: ["Cowgate", "Kenton Bar", "Montagu"].map((name) => ({
    kind: "area",
    name,
    liesIn: NEWCASTLE_WARDS,
    note: NEWCASTLE_NOTE,
  })),
  mode: "delegated",
  leadBody: "ward committee",
  quote: NEWCASTLE_QUOTE,
  sourceId: "lgiu-2011",
  themes: [theme("newcastle-family-support", "Family support", "Cymorth i deuluoedd")],
};

function birmingham(
  part: Pick<DemoNeighbourhood, "slug" | "otherSpellings" | "areas" | "leadBody"> & { readonly title: string },
) {
  return {
    slug: part.slug,
    name: same(part.title),
    otherSpellings: part.otherSpellings,
    councilGss: "E08000025",
    areas: part.areas,
    mode: "pooled",
    leadBody: part.leadBody,
    quote: BIRMINGHAM_QUOTE,
    sourceId: "lgiu-2011",
    themes: [theme(`${part.slug}-prevention`, "Prevention", "Atal")],
  } as const satisfies DemoNeighbourhood;
}

const LONDON: readonly DemoNeighbourhood[] = [
  {
    slug: "white-city",
    name: same("White City"),
    otherSpellings: [],
    councilGss: "E09000013",
    areas: [
      {
        kind: "area",
        name: "White City estate",
        liesIn: ["E05000265"],
        note: "Part of the ward of Wormholt and White City.",
      },
    ],
    mode: "aligned",
    leadBody: "council",
    quote:
      "Hammersmith & Fulham (White City) want to integrate neighbourhood service budgets including welfare, crime, social care and ‘clean/green’.",
    sourceId: "lgiu-2011",
    themes: [
      theme("white-city-welfare", "Welfare", "Lles"),
      theme("white-city-crime", "Crime", "Troseddu"),
      theme("white-city-social-care", "Social care", "Gofal cymdeithasol"),
      theme("white-city-clean-green", "Clean and green", "Glân a gwyrdd"),
    ],
  },
  {
    slug: "queens-park",
    name: same("Queen's Park"),
    otherSpellings: ["Queens Park"],
    councilGss: "E09000033",
    areas: [ward("E05000642", "Queen's Park")],
    mode: "pooled",
    leadBody: "partnership",
    quote:
      "Westminster (Queens Park) will create a Recovery and Early Action Partnership to bring all relevant services and residents in the neighbourhood together to focus on families at risk.",
    sourceId: "lgiu-2011",
    themes: [theme("queens-park-families", "Families at risk", "Teuluoedd mewn perygl")],
  },
  {
    slug: "poplar-harca",
    name: same("Poplar HARCA"),
    otherSpellings: ["Poplar Harca"],
    councilGss: "E09000030",
    areas: [
      {
        kind: "area",
        name: "Poplar HARCA's estates",
        liesIn: [],
        note: "The estates of a housing association. The ward list at hand is of the 2014 boundaries, after the business date.",
      },
    ],
    mode: "aligned",
    leadBody: "housing association",
    quote:
      "Tower Hamlets (Poplar Harca) want their neighbourhood services to include support for local enterprise with more spent on services than bureaucracy.",
    sourceId: "lgiu-2011",
    themes: [theme("poplar-enterprise", "Local enterprise", "Menter leol")],
  },
  {
    slug: "norbiton",
    name: same("Norbiton"),
    otherSpellings: [],
    councilGss: "E09000021",
    areas: [ward("E05000409", "Norbiton")],
    mode: "aligned",
    leadBody: "council",
    quote:
      "Kingston (Norbiton) will extend Local Integrated Services to all neighbourhood funds looking at housing, policing and community engagement.",
    sourceId: "lgiu-2011",
    themes: [
      theme("norbiton-housing", "Housing", "Tai"),
      theme("norbiton-policing", "Policing", "Plismona"),
      theme("norbiton-engagement", "Community engagement", "Ymgysylltu â'r gymuned"),
    ],
  },
];

const ELSEWHERE: readonly DemoNeighbourhood[] = [
  {
    slug: "bradford-trident",
    name: same("Bradford Trident"),
    otherSpellings: [],
    councilGss: "E08000032",
    areas: [
      {
        kind: "area",
        name: "Bradford Trident area",
        liesIn: [],
        note: "The area of a community company; the sources name no wards.",
      },
    ],
    mode: "pooled",
    leadBody: "community",
    quote:
      "Bradford Trident will co-commission parish functions, health and unemployment services with youth and sports centres run by a social enterprise.",
    sourceId: "lgiu-2011",
    themes: [
      theme("trident-parish", "Parish functions", "Swyddogaethau plwyf"),
      theme("trident-health", "Health", "Iechyd"),
      theme("trident-unemployment", "Unemployment", "Diweithdra"),
      theme("trident-youth", "Youth and sports centres", "Canolfannau ieuenctid a chwaraeon"),
    ],
  },
  {
    slug: "sherwood",
    name: same("Sherwood"),
    otherSpellings: [],
    councilGss: "E07000116",
    areas: [ward("E05005146", "Sherwood")],
    mode: "delegated",
    leadBody: "resident-led trust",
    quote: "Tunbridge Wells (Sherwood) aims to devolve all appropriate service funding to a resident led trust.",
    sourceId: "lgiu-2011",
    themes: [theme("sherwood-services", "Services held by the trust", "Gwasanaethau dan ofal yr ymddiriedolaeth")],
  },
  {
    slug: "one-haverhill",
    name: same("One Haverhill"),
    otherSpellings: ["Haverhill"],
    councilGss: "E07000204",
    areas: [
      ward("E05007173", "Haverhill East"),
      ward("E05007174", "Haverhill North"),
      ward("E05007175", "Haverhill South"),
      ward("E05007176", "Haverhill West"),
    ],
    mode: "pooled",
    leadBody: "partnership",
    quote:
      "Haverhill will devolve a pooled budget to the ‘One Haverhill’ partnership. This will embed local knowledge and community influence over services.",
    sourceId: "lgiu-2011",
    themes: [theme("haverhill-influence", "Community influence over services", "Dylanwad y gymuned ar wasanaethau")],
  },
  {
    slug: "ilfracombe",
    name: same("Ilfracombe"),
    otherSpellings: [],
    councilGss: "E07000043",
    areas: [
      ward("E05003546", "Ilfracombe Central"),
      ward("E05003547", "Ilfracombe East"),
      ward("E05003548", "Ilfracombe West"),
    ],
    mode: "shadow",
    leadBody: "council",
    quote:
      "North Devon DC (Ilfracombe) will create shadow accounts in “Virtual bank” as the first step to co-commissioning, before moving to budgetary control. It will look at neighbourhood services, libraries and highways.",
    sourceId: "lgiu-2011",
    themes: [
      theme("ilfracombe-neighbourhood", "Neighbourhood services", "Gwasanaethau cymdogaeth"),
      theme("ilfracombe-libraries", "Libraries", "Llyfrgelloedd"),
      theme("ilfracombe-highways", "Highways", "Priffyrdd"),
    ],
  },
];

export const neighbourhoods: readonly DemoNeighbourhood[] = [
  ...LONDON,
  ...ELSEWHERE,
  birmingham({
    slug: "balsall-heath",
    title: "Balsall Heath",
    otherSpellings: ["Balshall Heath"],
    areas: [
      {
        kind: "area",
        name: "Balsall Heath",
        liesIn: ["E05001196", "E05001207"],
        note: "An area inside the wards of Moseley and Kings Heath and of Sparkbrook, never a ward of its own at this date.",
      },
    ],
    leadBody: "community",
  }),
  birmingham({
    slug: "shard-end",
    title: "Shard End",
    otherSpellings: [],
    areas: [ward("E05001203", "Shard End")],
    leadBody: "community",
  }),
  birmingham({
    slug: "castle-vale",
    title: "Castle Vale",
    otherSpellings: [],
    areas: [
      {
        kind: "area",
        name: "Castle Vale estate",
        liesIn: ["E05001215"],
        note: "An estate in the ward of Tyburn; a ward of its own only since 2018.",
      },
    ],
    leadBody: "housing association",
  }),
  NEWCASTLE,
];
