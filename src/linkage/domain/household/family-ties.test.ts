/** Ties of people from what records say of records: merging, what is left out whole, and made-up families against the truth. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { must } from "../../../lib/assert.ts";
import { readRelatives } from "../../import/relatives.ts";
import { makeAgencyFiles } from "../generate/agencies.ts";
import { makeFamilies, type Population } from "../generate/families.ts";
import { addRelations } from "../generate/relations.ts";
import type { Edge } from "./family-graph.ts";
import { CROWDED, crowdedAmong, familyTies, type RecordRelation } from "./family-ties.ts";

type Facts = Parameters<typeof familyTies>[0];

const tiesOf = (relations: readonly RecordRelation[], more: Partial<Facts> = {}) =>
  familyTies({
    relations,
    unknownReferences: 0,
    personOf: Int32Array.from({ length: 1000 }, (_, record) => record),
    sightings: [],
    communal: [],
    yearOf: () => null,
    protectedPeople: new Map(),
    ...more,
  });

type Said = Pick<RecordRelation, "one" | "other"> & Partial<RecordRelation>;
const says = (relation: Said): RecordRelation => ({
  type: "parent-or-guardian",
  day: null,
  guardian: false,
  source: "school",
  said: relation.one,
  ...relation,
});
const wordsOf = ({ one, other, type, known }: Edge) => `${one} ${other} ${type} ${known}`;

describe("relations of people", () => {
  it("are one for each two people and type, from the earliest day, by every record that says so", () => {
    // Records 0 and 1 are one parent, 2 and 3 one child.
    const personOf = Int32Array.from([7, 7, 3, 3]);
    const { edges } = tiesOf(
      [
        says({ one: 0, other: 2, day: "2010-05-01", said: 2, source: "social care" }),
        says({ one: 1, other: 3, day: "2009-01-01", said: 1, source: "school" }),
        says({ one: 0, other: 2, day: null, said: 0, source: "social care" }),
      ],
      { personOf },
    );
    expect(edges).toEqual([
      {
        ...{
          one: 7,
          other: 3,
          type: "parent-or-guardian",
          from: "2009-01-01",
          to: null,
          known: "recorded",
          guardian: false,
        },
        ...{ sources: ["social care", "school", "social care"], records: [2, 1, 0], through: null },
      },
    ]);
  });

  it("make brothers and sisters of a parent's children, and not of one guardian's wards", () => {
    const siblings = (guardian: readonly [boolean, boolean]) =>
      tiesOf(guardian.map((only, at) => says({ one: 0, other: at + 1, guardian: only }))).edges.filter(
        ({ type }) => type === "sibling",
      ).length;
    expect([siblings([false, false]), siblings([true, true]), siblings([true, false])]).toEqual([1, 0, 0]);
    // Whom another record calls a parent is one.
    const both = [1, 2].flatMap((other) =>
      [true, false].map((guardian) => says({ one: 0, other, guardian, said: guardian ? 8 : 9 })),
    );
    expect(tiesOf(both).edges.map(wordsOf)).toContain("1 2 sibling inferred");
  });

  it("of partners are one whoever names whom", () => {
    const partner = { type: "partner" as const, day: "2012-01-01" };
    const { edges } = tiesOf([
      says({ one: 5, other: 4, ...partner }),
      says({ one: 4, other: 5, ...partner, day: "2011-01-01" }),
    ]);
    expect(edges.map(wordsOf)).toEqual(["4 5 partner recorded"]);
    expect(edges[0]?.from).toBe("2011-01-01");
  });

  it("of two records that are one person are dropped and counted, and so are parents who are too young", () => {
    const { edges, facts } = tiesOf([says({ one: 0, other: 1 }), says({ one: 2, other: 3 })], {
      personOf: Int32Array.from([4, 4, 5, 6]),
      yearOf: (person) => (person === 5 ? 1990 : 1995),
    });
    expect(edges).toEqual([]);
    expect(facts.contradictions).toEqual([
      { code: "oneself", relations: 1 },
      { code: "parent_too_young", relations: 1 },
    ]);
  });
});

/** So many, each of whom makes a pair with every other. */
const all = (size: number) => ({ size, within: size });

describe("a register that is wrong by the thousand", () => {
  it("with one parent for everybody gives nothing of that parent, says so, and keeps the rest", () => {
    const everybody = Array.from({ length: 900 }, (_, at) => says({ one: 0, other: at + 1, said: at + 1 }));
    const { edges, facts } = tiesOf([...everybody, says({ one: 950, other: 3 })]);
    expect(edges.map(wordsOf)).toEqual(["950 3 parent-or-guardian recorded"]);
    expect(facts.crowdedPeople).toBe(1);
  });

  it("in which too many pairs would follow leaves out the largest first", () => {
    // Twenty have 190 pairs among them, two have one.
    const sizes = Array.from({ length: 10_000 }, (_, one) => ({ one, ...all(one < 5000 ? 20 : 2) }));
    const left = crowdedAmong(sizes, CROWDED.spells);
    expect(left.size).toBe(5000 - Math.floor((CROWDED.pairs - 5000) / 190));
    expect([...left].filter((one) => one >= 5000)).toEqual([]);
    expect(crowdedAmong([{ one: "largest", ...all(20) }], 20).size).toBe(0);
    expect(crowdedAmong([{ one: "larger", ...all(21) }], 20).size).toBe(1);
  });

  it("leaves out nobody of families as they are, however many there are", () => {
    // Two parents and four children each: 24 pairs of relations in a family, and twelve of children of one parent.
    const families = 21_000;
    const relations = Array.from({ length: families }, (_, family) => {
      const [first, second, ...children] = Array.from({ length: 6 }, (_one, at) => family * 6 + at) as [number, number];
      return [
        says({ one: first, other: second, type: "partner" }),
        ...children.flatMap((other) => [says({ one: first, other }), says({ one: second, other })]),
      ];
    }).flat();
    const personOf = Int32Array.from({ length: families * 6 }, (_, record) => record);
    const { facts } = tiesOf(relations, { personOf });
    expect(facts.crowdedPeople).toBe(0);
    expect(facts.kinds).toContainEqual({ kind: "sibling", recorded: 0, inferred: families * 6 });
  });

  it("takes a family as large as the limit whole", () => {
    const children = Array.from({ length: CROWDED.relations }, (_, at) => says({ one: 0, other: at + 1 }));
    const { facts } = tiesOf(children);
    const siblings = (CROWDED.relations * (CROWDED.relations - 1)) / 2;
    expect(facts.kinds.map(({ recorded, inferred }) => recorded + inferred)).toEqual([children.length, 0, siblings, 0]);
  });

  it("in which each is the next one's parent ends after a hundred forebears", () => {
    const line = Array.from({ length: 500 }, (_, at) => says({ one: at, other: at + 1 }));
    const { edges, facts } = tiesOf(line);
    expect(edges.length + must(facts.contradictions[0], "some are left out").relations).toBe(line.length);
    expect(facts.contradictions.map(({ code }) => code)).toEqual(["too_many_ancestors"]);
  });

  it("which has everybody at one address says of nobody that they lived together there", () => {
    const seen = { day: null, source: "police", named: true };
    const sightings = Array.from({ length: 900 }, (_, person) => ({ person, home: person < 2 ? 1 : 2, ...seen }));
    const { edges, facts } = tiesOf([], { sightings });
    expect(edges.map(wordsOf)).toEqual(["0 1 co-resident inferred"]);
    expect(facts.crowdedHomes).toBe(1);
    expect(tiesOf([], { sightings, communal: [{ home: 1 }] }).edges).toEqual([]);
  });
});

/** What the registers say of the truth's own people: as a run would have it if every match were right. */
function drawn(seed: number) {
  const population = makeFamilies({ families: 40, seed });
  const files = addRelations(makeAgencyFiles(population, seed), { population, seed });
  const persons: number[] = [];
  const relations: RecordRelation[] = [];
  let unknownReferences = 0;
  for (const { agency, headings, rows } of files) {
    const first = persons.length;
    const at = (name: string) => headings.indexOf(name);
    persons.push(...rows.map((row) => Number(row[at("true_person")])));
    const places = new Map(rows.map((row, place) => [row[0], first + place]));
    for (const [place, row] of rows.entries()) {
      const named = { relatedTo: row[at("related_to")], relation: row[at("relation")] };
      const read = readRelatives({ reference: row[0] ?? "", ...named });
      if (!read.ok) throw new Error(read.refusal.code);
      for (const { reference, kinship } of read.value.relatives) {
        const [said, relative] = [first + place, places.get(reference)];
        if (relative === undefined) unknownReferences += 1;
        else if (kinship === "child") relations.push(says({ one: relative, other: said, said, source: agency }));
        else relations.push(says({ one: said, other: relative, type: "partner", said, source: agency }));
      }
    }
  }
  return { population, relations, personOf: Int32Array.from(persons), unknownReferences };
}

describe("made-up families", () => {
  const isTrue = ({ persons }: Population, { one, other, type }: Edge) => {
    const [first, second] = [must(persons[one], "a person"), must(persons[other], "a person")];
    if (first.household !== second.household) return false;
    if (type === "parent-or-guardian") return first.role === "parent" && second.role === "child";
    return first.role === second.role && first.role === (type === "partner" ? "parent" : "child");
  };

  it("have recorded only parents and partners that are true, and siblings who share a recorded parent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (seed) => {
        const { population, relations, personOf, unknownReferences } = drawn(seed);
        const { edges, facts } = tiesOf(relations, { personOf, unknownReferences });
        expect(edges.filter((edge) => !isTrue(population, edge))).toEqual([]);
        // A second count: every two people who have a recorded parent in common, and nobody else.
        const children = new Map<number, Set<number>>();
        for (const { one, other, type } of relations)
          if (type === "parent-or-guardian") {
            const parent = personOf[one] as number;
            children.set(parent, (children.get(parent) ?? new Set()).add(personOf[other] as number));
          }
        const two = new Set<string>();
        for (const own of children.values())
          for (const one of own) for (const other of own) if (one < other) two.add(`${one} ${other}`);
        const siblings = edges.filter(({ type }) => type === "sibling").map(({ one, other }) => `${one} ${other}`);
        expect(siblings.toSorted()).toEqual([...two].sort());
        expect(facts.contradictions).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it("have nothing of or through whoever is protected", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(), (seed, pick) => {
        const { population, relations, personOf } = drawn(seed);
        const hidden = pick % population.persons.length;
        const protectedPeople = new Map([[hidden, "refuge" as const]]);
        const { edges } = tiesOf(relations, { personOf, protectedPeople });
        expect(edges.filter(({ one, other, through }) => [one, other, through].includes(hidden))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it("count nobody who is protected among what is left out", () => {
    const relations = [
      ...Array.from({ length: 30 }, (_, at) => says({ one: 0, other: at + 1 })),
      ...[says({ one: 50, other: 51 }), says({ one: 51, other: 50 })],
    ];
    const protectedPeople = new Map([0, 50].map((person) => [person, "refuge" as const]));
    const { edges, facts } = tiesOf(relations, { protectedPeople });
    expect([edges, facts.crowdedPeople, facts.contradictions]).toEqual([[], 0, []]);
    expect(tiesOf(relations).facts).toMatchObject({ crowdedPeople: 1, contradictions: [{ code: "own_ancestor" }] });
  });

  it("keep their files to the letter: relations are two columns more, from a chance of their own", () => {
    const population = makeFamilies({ families: 200, seed: 4 });
    const files = makeAgencyFiles(population, 4);
    const related = addRelations(files, { population, seed: 4 });
    const without = related.map(({ agency, headings, rows }) => {
      const at = headings.indexOf("related_to");
      const cut = (cells: readonly string[]) => (at < 0 ? cells : [...cells.slice(0, at), ...cells.slice(at + 2)]);
      return { agency, headings: cut(headings), rows: rows.map(cut) };
    });
    expect(without).toEqual(files);
    const counts = related.map(({ agency, headings, rows }) => {
      const at = headings.indexOf("related_to");
      return [agency, at < 0 ? 0 : rows.filter((row) => row[at] !== "").length > 10] as const;
    });
    expect(counts.filter(([, some]) => some)).toEqual([
      ["council-tax", true],
      ["social-care", true],
      ["jobcentre", true],
    ]);
  });
});
