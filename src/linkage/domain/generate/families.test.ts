/** Made-up families, and what the engine finds of them: people, twins and siblings, and the numbers that the files were made with. */
import { describe, expect, it } from "vitest";
import { householdsOn } from "../household/gather-households.ts";
import { peopleInHomes } from "../household/link-households.ts";
import { linkRecords } from "../link.ts";
import { householdAgreement } from "../measure/households.ts";
import { agreementOf, bCubed } from "../measure/truth.ts";
import { modelOf } from "../model/artefact.ts";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import { AGENCIES, makeAgencyFiles, mistype, TRUTH_COLUMNS } from "./agencies.ts";
import { chanceFrom } from "./chance.ts";
import { makeFamilies } from "./families.ts";
import { LAST_DAY } from "./homes.ts";

function madeFiles(families: number, seed = 11) {
  const population = makeFamilies({ families, seed });
  return { population, files: makeAgencyFiles(population, seed) };
}

/** What the engine makes of the files, and whose each record is. */
function linkedFiles(families: number, seed = 11) {
  const { population, files } = madeFiles(families, seed);
  const gathering = new Gathering({ id: "reference", ignore: [...TRUTH_COLUMNS] });
  const truth: number[] = [];
  for (const { agency, headings, rows } of files) {
    gathering.open(agency, headings);
    for (const row of rows) {
      gathering.take(row);
      truth.push(Number(row[row.length - 2]));
    }
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  const linked = linkRecords(records.value, {
    plan: plan.value,
    options: { seed: 1, threshold: 0.5, pairBudget: 300_000 },
  });
  if (!linked.ok) throw new Error(linked.refusal.code);
  const { persons } = population;
  return { persons, people: Int32Array.from(truth), records: records.value, plan: plan.value, linked: linked.value };
}

type Found = Pick<ReturnType<typeof linkedFiles>, "persons" | "people"> & { readonly clusterOf: Int32Array };

/** Of all pairs of records of two people of one household, how many there are and how many stand in one cluster. */
function withinHouseholds({ persons, people, clusterOf }: Found) {
  const found = { children: 0, childrenWrong: 0, all: 0, wrong: 0 };
  for (let one = 0; one < people.length; one += 1)
    for (let other = 0; other < one; other += 1) {
      const [a, b] = [persons[people[one] as number], persons[people[other] as number]];
      if (a?.household !== b?.household || a?.id === b?.id) continue;
      const wrong = clusterOf[one] === clusterOf[other] ? 1 : 0;
      found.all += 1;
      found.wrong += wrong;
      if (a?.role !== "child" || b?.role !== "child") continue;
      found.children += 1;
      found.childrenWrong += wrong;
    }
  return found;
}

describe("made-up families", () => {
  const { population, files } = madeFiles(400);

  it("are the same for the same seed, and others for another", () => {
    expect(madeFiles(400).files).toEqual(files);
    expect(makeFamilies({ families: 400, seed: 12 })).not.toEqual(population);
  });

  it("have parents, children and twins of one birthday", () => {
    const { persons } = population;
    expect(new Set(persons.map(({ household }) => household)).size).toBe(400);
    const twins = persons.filter(({ twinOf }) => twinOf !== null);
    expect(twins.length).toBeGreaterThan(10);
    for (const { id, born, twinOf, forename } of twins) {
      const twin = persons[twinOf ?? -1];
      expect(twin).toMatchObject({ born, twinOf: id });
      expect(twin?.forename).not.toBe(forename);
    }
  });

  it("stand in seven files, each with its own columns and the truth beside them", () => {
    expect(files.map(({ agency }) => agency)).toEqual([...AGENCIES]);
    for (const { headings, rows } of files) {
      expect(headings.slice(-2)).toEqual([...TRUTH_COLUMNS]);
      expect(rows.length).toBeGreaterThan(100);
      expect(rows.every((row) => row.length === headings.length)).toBe(true);
      expect(new Set(rows.map(([reference]) => reference)).size).toBe(rows.length);
    }
  });

  it("a slip of the pen changes a text by one mistake at most", () => {
    const chance = chanceFrom(3);
    for (let time = 0; time < 200; time += 1)
      expect(Math.abs(mistype("langworthy", chance).length - 10)).toBeLessThanOrEqual(1);
  });
});

/** Every two records of one person. */
function pairsOfPeople(people: Int32Array): readonly (readonly [number, number])[] {
  const records = new Map<number, number[]>();
  people.forEach((person, record) => {
    records.set(person, [...(records.get(person) ?? []), record]);
  });
  return [...records.values()].flatMap((own) =>
    own.flatMap((one, at) => own.slice(at + 1).map((other) => [one, other] as const)),
  );
}

describe("linking seven agencies' files", () => {
  const made = linkedFiles(400);
  const { people, plan, linked, records } = made;
  const { clusters, parameters } = linked;

  it("finds who is who", () => {
    const found = bCubed(clusters.clusterOf, people);
    expect(found.precision).toBeGreaterThan(0.99);
    expect(found.f1).toBeGreaterThan(0.97);
    let right = 0;
    const { count, left, right: others } = clusters.pairs;
    for (let pair = 0; pair < count; pair += 1)
      if (people[left[pair] as number] === people[others[pair] as number]) right += 1;
    expect(agreementOf({ right, found: count, wanted: count }).precision).toBeGreaterThan(0.99);
  });

  it("takes no more than one pair of twins' or siblings' records in a thousand for one person's, nor of a family's", () => {
    for (const one of [made, linkedFiles(250, 12), linkedFiles(300, 13)]) {
      const { children, childrenWrong, all, wrong } = withinHouseholds({
        ...one,
        clusterOf: one.linked.clusters.clusterOf,
      });
      expect(children).toBeGreaterThan(3000);
      expect(childrenWrong / children).toBeLessThanOrEqual(0.001);
      expect(wrong / all).toBeLessThanOrEqual(0.001);
    }
  });

  it("finds nine households of ten exactly, and the second look inside them harms nobody", () => {
    for (const one of [made, linkedFiles(250, 12)]) {
      const { persons, people, linked: found } = one;
      const options = { seed: 1, threshold: 0.5, pairBudget: 300_000, households: true };
      const again = linkRecords(one.records, { plan: one.plan, options });
      if (!again.ok) throw new Error(again.refusal.code);
      const home = peopleInHomes(one.records, { plan: one.plan, clusterOf: again.value.clusters.clusterOf });
      const { households, communal } = householdsOn(LAST_DAY, { ...home, protectedPeople: new Map() });
      const householdOf = new Map(households.flatMap(({ members }, at) => members.map(({ person }) => [person, at])));
      const inHostel = new Set(communal.flatMap((one) => one.persons));
      const hidden = new Set(people.filter((_, record) => inHostel.has(home.personOf[record] as number)));
      const exact = householdAgreement({
        person: people,
        found: home.personOf,
        household: home.personOf.map((person) => householdOf.get(person) ?? -1),
        livesWith: (person) => (hidden.has(person) ? -1 : (persons[person]?.livesWith ?? -1)),
      });
      expect(exact.households).toBeGreaterThan(230);
      expect(exact.exact).toBeGreaterThanOrEqual(0.9);
      expect(bCubed(home.personOf, people).f1).toBeGreaterThanOrEqual(bCubed(found.clusters.clusterOf, people).f1);
      const { all, wrong } = withinHouseholds({ persons, people, clusterOf: home.personOf });
      expect(wrong / all).toBeLessThanOrEqual(0.001);
    }
  });

  it("joins in the second look nobody whom a reviewer kept apart, and nobody who is protected", () => {
    const look = (more: object) => {
      const options = { seed: 1, threshold: 0.5, pairBudget: 300_000, households: true, ...more };
      const again = linkRecords(records, { plan, options });
      if (!again.ok) throw new Error(again.refusal.code);
      return again.value.clusters;
    };
    const { clusterOf: after, pairs } = look({});
    const before = clusters.clusterOf;
    const joined = Array.from({ length: pairs.count }, (_, pair) => pair).find(
      (pair) => before[pairs.left[pair] ?? 0] !== before[pairs.right[pair] ?? 0],
    );
    if (joined === undefined) throw new Error("the second look joined nobody");
    const [one, other] = [pairs.left[joined] ?? 0, pairs.right[joined] ?? 0];
    expect(after[one]).toBe(after[other]);
    const apart = look({ cannotLink: [[other, one]] }).clusterOf;
    expect(apart[one]).not.toBe(apart[other]);
    const closed = new Uint8Array(records.count);
    closed[one] = 1;
    const withheld = look({ closed }).clusterOf;
    expect(withheld[one]).not.toBe(withheld[other]);
  });

  it("learns how many have moved though most rules ask for the home: pairs of one postcode hardly know another address", () => {
    for (const one of [made, linkedFiles(400, 21), linkedFiles(400, 3)]) {
      for (const name of ["address", "postcode"]) {
        const at = one.plan.comparisons.findIndex((comparison) => comparison.name === name);
        const compare = one.plan.comparisons[at]?.compare ?? (() => -1);
        const matches = pairsOfPeople(one.people).map(([left, right]) => compare(left, right));
        const known = matches.filter((level) => level >= 0);
        const same = known.filter((level) => level <= 1).length / known.length;
        const { matched } = one.linked.parameters.comparisons[at] ?? { matched: new Float64Array(2) };
        // What no rule makes a pair of is not learned from: of those who moved it is a little more.
        expect(Math.abs((matched[0] ?? 0) + (matched[1] ?? 0) - same)).toBeLessThan(0.03);
      }
    }
  });

  it("recovers the m, u and prior that the files have", () => {
    const model = modelOf(plan, linked);
    // Both by the comparison's own levels: of the pairs of birthdays one text in twenty is no day any more, and says nothing.
    const shares = (name: string, same: boolean) => {
      const compare = plan.comparisons.find((one) => one.name === name)?.compare ?? (() => -1);
      let [agree, all] = [0, 0];
      for (let one = 0; one < people.length; one += 1)
        for (let other = 0; other < one; other += 1) {
          if ((people[one] === people[other]) !== same) continue;
          const level = compare(one, other);
          if (level < 0) continue;
          all += 1;
          if (level === 0) agree += 1;
        }
      return agree / all;
    };
    const level = (name: string) => model.comparisons.find((comparison) => comparison.name === name)?.levels[0];
    // Some 4,000 matches have both: four standard errors of 0.98 are 0.009.
    expect(Math.abs((level("sex")?.m ?? 0) - shares("sex", true))).toBeLessThan(0.01);
    expect(Math.abs((level("date_of_birth")?.m ?? 0) - shares("date_of_birth", true))).toBeLessThan(0.01);
    expect(Math.abs((level("sex")?.u ?? 0) - shares("sex", false))).toBeLessThan(0.02);
    // Counted by person there and by record here: some 130 pairs of people share a birthday, and four standard errors of that are a third.
    expect(Math.abs(Math.log2((level("date_of_birth")?.u ?? 1) / shares("date_of_birth", false)))).toBeLessThan(0.42);
    let matches = 0;
    const sizes = new Map<number, number>();
    for (const person of people) sizes.set(person, (sizes.get(person) ?? 0) + 1);
    for (const size of sizes.values()) matches += (size * (size - 1)) / 2;
    const possible = (people.length * (people.length - 1)) / 2;
    expect(Math.abs(Math.log2(parameters.prior / (matches / possible)))).toBeLessThan(0.3);
  });
});
