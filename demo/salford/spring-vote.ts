/**
 * The vote on Langworthy's neighbourhood pot in the spring of 2013, as a file in Pabulib's format. All of it is made up: the projects,
 * their costs, and the ballots, which are drawn by a generator with a fixed seed from four groups of neighbours who want different
 * things. The two largest groups agree on the dearest projects, so that most votes first and equal shares fund different ones.
 */
import { below, splitMix64 } from "../../src/lib/generator.ts";

type DemoProject = { readonly id: string; readonly name: string; readonly pounds: number };

const PROJECTS: readonly DemoProject[] = [
  { id: "LW01", name: "New play area on Chimney Pot Park", pounds: 24_000 },
  { id: "LW02", name: "Youth café, two evenings a week", pounds: 18_500 },
  { id: "LW03", name: "Alley gates, six terraces", pounds: 16_000 },
  { id: "LW04", name: "Bus shelter on Langworthy Road", pounds: 9_000 },
  { id: "LW05", name: "Debt advice drop-in for a year", pounds: 12_000 },
  { id: "LW06", name: "Allotment with water and paths", pounds: 8_500 },
  { id: "LW07", name: "Lunch club for older neighbours", pounds: 7_200 },
  { id: "LW08", name: "Bicycle store at the flats", pounds: 6_400 },
  { id: "LW09", name: "Hanging baskets and tubs", pounds: 3_600 },
  { id: "LW10", name: "Homework club at the library", pounds: 5_800 },
  { id: "LW11", name: "Thirty street trees", pounds: 6_900 },
  { id: "LW12", name: "Benches and a noticeboard", pounds: 2_400 },
  { id: "LW13", name: "Summer street party", pounds: 1_500 },
  { id: "LW14", name: "Computer lessons for job seekers", pounds: 4_300 },
];

/** How many of a group, how old they are, where most of them live, and of a hundred of them how many choose each project. */
type Group = {
  readonly voters: number;
  readonly ages: readonly [number, number];
  readonly area: string;
  readonly wants: Readonly<Record<string, number>>;
};

const GROUPS: readonly Group[] = [
  {
    ...{ voters: 158, ages: [24, 46], area: "Round the park" },
    wants: { LW01: 82, LW02: 66, LW10: 34, LW13: 22, LW03: 24, LW04: 12 },
  },
  {
    ...{ voters: 116, ages: [55, 84], area: "The terraces" },
    wants: { LW03: 78, LW01: 52, LW02: 34, LW07: 44, LW04: 40, LW12: 26, LW09: 18 },
  },
  {
    ...{ voters: 82, ages: [18, 38], area: "The flats" },
    wants: { LW05: 80, LW14: 62, LW08: 55, LW13: 20, LW04: 18 },
  },
  {
    ...{ voters: 56, ages: [36, 72], area: "Round the park" },
    wants: { LW06: 84, LW11: 76, LW09: 48, LW12: 30, LW08: 14 },
  },
];

const AREAS = ["Round the park", "The terraces", "The flats"] as const;

const BUDGET_POUNDS = 60_000;
const MOST_CHOICES = 5;
const SEED = 20_130_309n;
const VOTERS_SEED = 20_130_302n;

const META: readonly (readonly [string, string])[] = [
  ["description", "Langworthy neighbourhood pot spring 2013 (made-up data)"],
  ["country", "United Kingdom"],
  ["unit", "Salford"],
  ["subunit", "Langworthy"],
  ["instance", "2013"],
  ["num_projects", String(PROJECTS.length)],
  ["num_votes", String(GROUPS.reduce((sum, { voters }) => sum + voters, 0))],
  ["budget", String(BUDGET_POUNDS)],
  ["vote_type", "approval"],
  ["rule", "equalshares"],
  ["date_begin", "02.03.2013"],
  ["date_end", "09.03.2013"],
  ["min_length", "1"],
  ["max_length", String(MOST_CHOICES)],
  ["language", "en"],
  ["edition", "1"],
  ["currency", "GBP"],
];

/** Each ballot as the ids that it chose; nobody hands in an empty one. */
function ballots(): readonly (readonly string[])[] {
  const next = splitMix64(SEED);
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  return GROUPS.flatMap(({ voters, wants }) =>
    Array.from({ length: voters }, () => {
      const [first = ""] = Object.keys(wants);
      const chosen = Object.entries(wants).flatMap(([id, hundredth]) => (draw(100) < hundredth ? [id] : []));
      return (chosen.length === 0 ? [first] : chosen).slice(0, MOST_CHOICES).sort();
    }),
  );
}

/** The age and area of each voter; one in eight says neither, and three in ten live elsewhere than most of their group. */
function voters(): readonly string[] {
  const next = splitMix64(VOTERS_SEED);
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  return GROUPS.flatMap(({ voters: count, ages: [youngest, oldest], area }) =>
    Array.from({ length: count }, () => {
      const age = youngest + draw(oldest - youngest + 1);
      const lives = draw(10) < 7 ? area : (AREAS[draw(AREAS.length)] ?? area);
      return draw(8) === 0 ? ";" : `${age};${lives}`;
    }),
  );
}

export function springVoteFile(): string {
  const all = ballots();
  const by = voters();
  const votesFor = (id: string) => all.filter((ballot) => ballot.includes(id)).length;
  return [
    ...["META", "key;value", ...META.map((pair) => pair.join(";"))],
    ...["PROJECTS", "project_id;cost;votes;name"],
    ...PROJECTS.map(({ id, pounds, name }) => `${id};${pounds};${votesFor(id)};${name}`),
    ...["VOTES", "voter_id;vote;age;neighborhood"],
    ...all.map((ballot, at) => `${at + 1};${ballot.join(",")};${by[at]}`),
    "",
  ].join("\n");
}

export const springVote = {
  place: "langworthy",
  slug: "langworthy-spring-2013",
  fileName: "langworthy-spring-2013.pb",
  title: { en: "Langworthy neighbourhood pot, spring 2013", cy: "Cronfa gymdogaeth Langworthy, gwanwyn 2013" },
  rule: {
    rule: "equal-shares",
    utility: "cost",
    completion: "add1-greedy",
    ties: "cost-votes-lot",
    seed: "2013-03-09 22:00 3 14 15 27 33 42",
  },
} as const;
