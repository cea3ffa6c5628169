/**
 * The reference results: pabutools' counts of 47 real elections from Pabulib, and what three towns that use equal shares announced.
 * The files lie beside the project; where they are not, this says that it was skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countElection } from "./count.ts";
import { PLAIN } from "./election.fixture.ts";
import type { Election } from "./election.ts";
import type { Completion, Outcome, Parameters, Rule } from "./outcome.ts";
import { writeDecimal } from "./pabulib/decimal.ts";
import { readElection } from "./pabulib/read-election.ts";
import type { Utility } from "./support.ts";

const SHARED = new URL("../../../shared/", import.meta.url);
const GOLDEN = new URL("golden/pabulib.json", SHARED);

type Wanted = {
  readonly order?: readonly string[];
  readonly winners?: readonly string[];
  readonly exhaustive?: boolean;
  readonly add1_increments?: number;
  readonly optimum?: number;
};
type Golden = {
  readonly file: string;
  readonly official_selected: readonly string[] | null;
  readonly rules: Readonly<Record<string, Wanted>>;
};

const here = existsSync(GOLDEN);
const golden: readonly Golden[] = here ? JSON.parse(readFileSync(GOLDEN, "utf8")) : [];
if (!here) process.stdout.write("golden: the reference elections are not here, so they were skipped\n");

function open(file: string): Election {
  const { election } = readElection(readFileSync(new URL(`data/pabulib/${file}`, SHARED)));
  if (election === null) throw new Error(`${file} was not read`);
  return election;
}

const RULES: Readonly<Record<string, Rule>> = {
  greedy: "greedy",
  mes: "equal-shares",
  phragmen: "phragmen",
  max: "max-welfare",
};
const UTILITIES: Readonly<Record<string, Utility>> = {
  cost: "cost",
  card: "cardinality",
  addcard: "points",
  borda: "borda",
};

/** "mes_cost_add1_greedy" is equal shares by cost, completed by Add1 and greedy; "max_welfare_points" counts ranks as Borda. */
function parametersOf(key: string, { voteType }: Election): Parameters {
  const [rule = "", second = "", ...rest] = key.split("_");
  const utility = UTILITIES[rule === "max" ? (rest[0] ?? "") : second];
  const byPoints = voteType === "ordinal" ? "borda" : "points";
  return {
    ...PLAIN,
    rule: RULES[rule] ?? "greedy",
    utility: rule === "phragmen" ? "cardinality" : (utility ?? byPoints),
    completion: rule === "mes" && rest.length > 0 ? (rest.join("-") as Completion) : "none",
  };
}

function differences(election: Election, key: string, wanted: Wanted): readonly string[] {
  const counted = countElection(election, { parameters: parametersOf(key, election) });
  if (!counted.ok) return [`${key}: ${counted.refusal.code}`];
  const found = sayAs(election, counted.value, wanted);
  return Object.entries(found).flatMap(([what, is]) => {
    const should = wanted[what as keyof Wanted];
    return JSON.stringify(is) === JSON.stringify(should) ? [] : [`${key}: ${what} is ${is} and should be ${should}`];
  });
}

/** The outcome in the words of the reference: Phragmen's winners as a set, of maximum welfare the optimum alone. */
function sayAs(election: Election, outcome: Outcome, wanted: Wanted): Wanted {
  if (wanted.optimum !== undefined) {
    const places = outcome.parameters.utility === "cost" ? election.places : election.pointPlaces;
    return { optimum: Number(writeDecimal({ digits: outcome.optimum ?? -1n, places })) };
  }
  const order = outcome.funded.map((project) => election.projects[project]?.id ?? "");
  return {
    ...(outcome.parameters.rule === "phragmen" ? { winners: [...order].sort() } : { order }),
    ...(wanted.exhaustive !== undefined && { exhaustive: outcome.exhaustive }),
    ...(wanted.add1_increments !== undefined && { add1_increments: outcome.increments ?? -1 }),
  };
}

describe.skipIf(!here)("the reference results", () => {
  it("are 47 elections and 475 counts", () => {
    expect(golden).toHaveLength(47);
    expect(golden.flatMap(({ rules }) => Object.keys(rules))).toHaveLength(475);
  });

  it.each(golden)("$file", ({ file, rules }) => {
    const election = open(file);
    const found = Object.entries(rules).flatMap(([key, wanted]) =>
      differences(election, key, {
        ...wanted,
        ...(wanted.winners !== undefined && { winners: [...wanted.winners].sort() }),
      }),
    );
    expect(found).toEqual([]);
  });
});

/** Towns that count by equal shares with Add1: two announced what either stop gives, and one what only the later stop gives. */
const TOWNS = [
  ["Netherlands_Assen_2024.pb", ["exhaustive", "overspend"]],
  ["Poland_Swiecie_2023.pb", ["exhaustive", "overspend"]],
  ["Poland_Wieliczka_2023_Green_Budget.pb", ["overspend"]],
] as const;

describe.skipIf(!here)("what towns announced", () => {
  it.each(TOWNS)("%s", (file, stops) => {
    const election = open(file);
    const official = golden.find((one) => one.file === file)?.official_selected ?? [];
    expect(official.length).toBeGreaterThan(5);
    const reproduced = (["exhaustive", "overspend"] as const).filter((stop) => {
      const parameters = { ...PLAIN, completion: "add1", stop } as const;
      const counted = countElection(election, { parameters });
      const ids = counted.ok ? counted.value.funded.map((project) => election.projects[project]?.id ?? "") : [];
      return [...ids].sort().join() === [...official].sort().join();
    });
    expect(reproduced).toEqual(stops);
  });
});
