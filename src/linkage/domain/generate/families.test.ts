/** Made-up families, and what the engine finds of them: people, twins and siblings, and the numbers that the files were made with. */
import { describe, expect, it } from "vitest";
import { linkRecords } from "../link.ts";
import { agreementOf, bCubed } from "../measure/truth.ts";
import { modelOf } from "../model/artefact.ts";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import { AGENCIES, makeAgencyFiles, mistype, TRUTH_COLUMNS } from "./agencies.ts";
import { chanceFrom } from "./chance.ts";
import { makeFamilies } from "./families.ts";

function madeFiles(families: number) {
  const population = makeFamilies({ families, seed: 11 });
  return { population, files: makeAgencyFiles(population, 11) };
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

describe("linking seven agencies' files", () => {
  const { population, files } = madeFiles(400);
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
  const options = { seed: 1, threshold: 0.5, pairBudget: 300_000 };
  const linked = linkRecords(records.value, { plan: plan.value, options });
  if (!linked.ok) throw new Error(linked.refusal.code);
  const { clusters, parameters } = linked.value;
  const people = Int32Array.from(truth);

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

  it("hardly ever takes one twin or sibling for another", () => {
    const { persons } = population;
    let [wrong, siblings] = [0, 0];
    const { count, left, right } = clusters.pairs;
    for (let pair = 0; pair < count; pair += 1) {
      const [one, other] = [
        persons[people[left[pair] as number] as number],
        persons[people[right[pair] as number] as number],
      ];
      if (one !== undefined && other !== undefined && one.id !== other.id && one.household === other.household)
        wrong += 1;
    }
    for (let one = 0; one < people.length; one += 1)
      for (let other = 0; other < one; other += 1) {
        const [a, b] = [persons[people[one] as number], persons[people[other] as number]];
        if (a?.household === b?.household && a?.id !== b?.id) siblings += 1;
      }
    expect(wrong / siblings).toBeLessThan(0.002);
  });

  it("recovers the m, u and prior that the files have", () => {
    const model = modelOf(plan.value, linked.value);
    const codes = records.value.columns.find(({ name }) => name === "sex")?.codes ?? new Int32Array();
    const born = records.value.columns.find(({ name }) => name === "date_of_birth")?.codes ?? new Int32Array();
    const shares = (column: Int32Array, same: boolean) => {
      let [agree, all] = [0, 0];
      for (let one = 0; one < people.length; one += 1)
        for (let other = 0; other < one; other += 1) {
          if ((people[one] === people[other]) !== same || column[one] === -1 || column[other] === -1) continue;
          all += 1;
          if (column[one] === column[other]) agree += 1;
        }
      return { share: agree / all, all };
    };
    const level = (name: string) => model.comparisons.find((comparison) => comparison.name === name)?.levels[0];
    expect(level("sex")?.m).toBeCloseTo(shares(codes, true).share, 1);
    expect(level("sex")?.u).toBeCloseTo(shares(codes, false).share, 1);
    expect(Math.abs((level("date_of_birth")?.m ?? 0) - shares(born, true).share)).toBeLessThan(0.06);
    expect(Math.abs(Math.log2((level("date_of_birth")?.u ?? 1) / shares(born, false).share))).toBeLessThan(0.7);
    let matches = 0;
    const sizes = new Map<number, number>();
    for (const person of people) sizes.set(person, (sizes.get(person) ?? 0) + 1);
    for (const size of sizes.values()) matches += (size * (size - 1)) / 2;
    const possible = (people.length * (people.length - 1)) / 2;
    expect(Math.abs(Math.log2(parameters.prior / (matches / possible)))).toBeLessThan(0.3);
  });
});
