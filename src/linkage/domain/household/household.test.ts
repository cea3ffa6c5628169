/** Homes, spells, households and families: rules as lines of text, and households of made-up families against the truth. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { familyGraph, type Relation } from "./family-graph.ts";
import { COMMUNAL, type HouseholdFacts, householdsOn, type Protection } from "./gather-households.ts";
import { overlap, type Sighting, spellOn, spellsOf } from "./spells.ts";

/** "person home day", `;` between them; "-" for no day. */
function readSightings(text: string): readonly Sighting[] {
  return text.split(";").map((one) => {
    const [person, home, day = "-"] = one.trim().split(/\s+/);
    return { person: Number(person), home: Number(home), day: day === "-" ? null : day, source: "school", named: true };
  });
}

function householdsOf(text: string, about: Partial<HouseholdFacts> & { readonly day?: string } = {}) {
  const { day = "2013-03-29", ...rest } = about;
  const facts = { sightings: readSightings(text), surnameOf: () => "jones", protectedPeople: new Map(), ...rest };
  return householdsOn(day, facts);
}

/** Each household as its home and members, those who followed with a mark. */
function said(text: string, about: Parameters<typeof householdsOf>[1] = {}): string {
  return householdsOf(text, about)
    .households.map(({ home, members }) => `${home}: ${members.map(word).join(" ")}`)
    .join("; ");
}

function word({ person, known }: { readonly person: number; readonly known: string }): string {
  return known === "followed" ? `${person}>` : String(person);
}

describe("address spells", () => {
  it("begin with the first day at a home and end with the first day at another", () => {
    const [first, second] = spellsOf(readSightings("1 5 2010-01-01; 1 5 2010-06-01; 1 6 2011-02-01")).get(1) ?? [];
    expect(first).toMatchObject({ home: 5, from: "2010-01-01", seen: "2010-06-01", to: "2011-02-01" });
    expect(second).toMatchObject({ home: 6, from: "2011-02-01", to: null });
    expect(
      spellOn(
        [first, second].filter((one) => one !== undefined),
        "2011-01-31",
      )?.home,
    ).toBe(5);
    expect(
      spellOn(
        [first, second].filter((one) => one !== undefined),
        "2009-01-31",
      ),
    ).toBeNull();
  });

  it("without any day are at the home that most records name", () => {
    expect(spellsOf(readSightings("1 5; 1 6; 1 6")).get(1)).toMatchObject([{ home: 6, from: null, to: null }]);
  });

  it("of one person never overlap, and cover every day since the first", () => {
    const day = fc.integer({ min: 0, max: 1500 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    const seen = fc.record({
      person: fc.constant(1),
      home: fc.nat(3),
      day,
      source: fc.constant("school"),
      named: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(seen, { minLength: 1, maxLength: 12 }), day, (sightings, asked) => {
        const spells = spellsOf(sightings).get(1) ?? [];
        spells.forEach((one, at) => {
          for (const other of spells.slice(at + 1)) expect(overlap(one, { ...other, home: one.home })).toBeNull();
        });
        const first = sightings.map((one) => one.day).sort()[0] ?? "";
        expect(spellOn(spells, asked) === null).toBe(asked < first);
      }),
    );
  });
});

const cases = `
  two at one home                          | 1 5 2012-01-01; 2 5 2012-05-01                                      | 5: 1 2
  one who moved out                        | 1 5 2010-01-01; 2 5 2010-01-01; 2 6 2012-01-01; 1 5 2012-06-01      | 5: 1; 6: 2
  one who was not seen since all moved     | 1 5 2010-01-01; 2 5 2010-01-01; 3 5 2010-01-01; 2 6 2012-01-01; 3 6 2012-02-01 | 6: 1> 2 3
  two who were not seen since              | 1 5 2010-01-01; 2 5 2010-03-01; 3 5 2010-01-01; 3 6 2012-02-01      | 6: 1> 2> 3
  others went to two homes                 | 1 5 2010-01-01; 2 5 2010-01-01; 3 5 2010-01-01; 2 6 2012-01-01; 3 7 2012-02-01 | 5: 1; 6: 2; 7: 3
  another family moves in after them       | 1 5 2010-01-01; 2 5 2010-01-01; 2 6 2011-01-01; 8 5 2012-01-01; 9 5 2012-01-02 | 5: 8 9; 6: 1> 2
  who came after is not left behind        | 2 5 2010-01-01; 2 6 2011-01-01; 8 5 2012-01-01                      | 5: 8; 6: 2
`;

describe("households on a day", () => {
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()) as [string, string, string]),
  )("%s", (_, text, wanted) => {
    expect(said(text)).toBe(wanted);
  });

  it("are those of that day, not of later ones", () => {
    const text = "1 5 2010-01-01; 2 5 2010-01-01; 2 6 2012-01-01; 1 5 2012-06-01";
    expect(said(text, { day: "2011-01-01" })).toBe("5: 1 2");
  });

  it("are not made of homes of many unrelated people", () => {
    const people = Array.from({ length: COMMUNAL.surnames + 1 }, (_, at) => at);
    const text = people.map((person) => `${person} 5 2012-01-01`).join("; ");
    expect(householdsOf(text).communal).toEqual([]);
    const names = ["smith", "jones", "evans", "patel", "khan", "wood"];
    const mixed = householdsOf(text, { surnameOf: (person) => names[person] ?? null });
    expect(mixed).toMatchObject({ households: [], communal: [{ home: 5, persons: people }] });
    const mistyped = ["smith", "smyth", "evans", "patel", "khan", "wood"];
    expect(householdsOf(text, { surnameOf: (person) => mistyped[person] ?? null }).communal).toEqual([]);
  });

  it.each(["refuge", "adoption", "protection"] as const)("tell nothing of anybody under %s", (kind) => {
    const text = "1 5 2010-01-01; 2 5 2010-01-01; 3 5 2010-01-01; 2 6 2012-01-01; 3 6 2012-01-01";
    const found = householdsOf(text, { protectedPeople: new Map<number, Protection>([[1, kind]]) });
    expect(found.withheld).toEqual([1]);
    expect(JSON.stringify(found.households)).not.toContain('"person":1,');
    const alone = householdsOf(text, { protectedPeople: new Map<number, Protection>([[2, kind]]) });
    expect(alone.households.map(({ home }) => home)).toEqual([6]);
  });

  it("hold nobody twice, whoever is protected", () => {
    const days = ["2010-01-01", "2011-01-01", "2012-01-01", null];
    const seen = fc.record({
      person: fc.nat(6),
      home: fc.nat(3),
      day: fc.constantFrom(...days),
      source: fc.constant("school"),
      named: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 25 }), fc.nat(6), (sightings, hidden) => {
        const protectedPeople = new Map<number, Protection>([[hidden, "refuge"]]);
        const found = householdsOn("2012-06-01", { sightings, surnameOf: () => null, protectedPeople });
        const people = found.households.flatMap(({ members }) => members.map(({ person }) => person));
        expect(new Set(people).size).toBe(people.length);
        expect(people).not.toContain(hidden);
      }),
    );
  });
});

describe("the family graph", () => {
  const parent = (one: number, other: number, from: string | null = null): Relation => ({
    one,
    other,
    type: "parent-or-guardian",
    from,
    to: null,
    sources: ["school"],
    records: [one * 100 + other],
  });
  const graphOf = (recorded: readonly Relation[], hidden: readonly number[] = []) =>
    familyGraph({
      recorded,
      spells: [],
      yearOf: (person) => (person < 10 ? 1970 : person < 20 ? 1995 : null),
      protectedPeople: new Map(hidden.map((person) => [person, "adoption" as const])),
    });

  it("has what was recorded, and infers siblings from one parent", () => {
    const { edges } = graphOf([parent(1, 11, "2005-09-01"), parent(1, 12, "2008-09-01")]);
    expect(edges.map(({ one, other, type, known }) => `${one} ${other} ${type} ${known}`)).toEqual([
      "1 11 parent-or-guardian recorded",
      "1 12 parent-or-guardian recorded",
      "11 12 sibling inferred",
    ]);
    expect(edges[2]).toMatchObject({ from: "2008-09-01", sources: ["school"], records: [111, 112], through: 1 });
    const undated = graphOf([parent(1, 11, "2005-09-01"), { ...parent(1, 12), from: null }]);
    expect(undated.edges[2]).toMatchObject({ type: "sibling", from: null });
  });

  it("infers nothing of protected people, nor through them", () => {
    const recorded = [parent(1, 11), parent(1, 12), parent(1, 13)];
    const inferred = (hidden: readonly number[]) =>
      graphOf(recorded, hidden)
        .edges.filter(({ known }) => known === "inferred")
        .map(({ one, other }) => `${one} ${other}`);
    expect(inferred([])).toEqual(["11 12", "11 13", "12 13"]);
    expect(inferred([12])).toEqual(["11 13"]);
    expect(inferred([1])).toEqual([]);
  });

  it("names what contradicts itself and leaves it out", () => {
    const { edges, contradictions } = graphOf([
      parent(1, 1),
      parent(11, 12),
      parent(1, 20),
      parent(20, 21),
      parent(21, 1),
    ]);
    expect(contradictions.map(({ code }) => code)).toEqual(["oneself", "parent_too_young", "own_ancestor"]);
    expect(edges.map(({ one, other }) => `${one} ${other}`)).toEqual(["1 20", "20 21"]);
  });

  it("takes people of one home at one time for people of one home, and for no more", () => {
    const spells = spellsOf(readSightings("1 5 2010-01-01; 2 5 2011-01-01; 1 6 2012-01-01; 3 5 2012-06-01"));
    const { edges } = familyGraph({
      recorded: [],
      spells: [[...spells.values()].flat().filter(({ home }) => home === 5)],
      yearOf: () => null,
      protectedPeople: new Map(),
    });
    expect(edges.map(({ one, other, type, from, to }) => `${one} ${other} ${type} ${from} ${to}`)).toEqual([
      "1 2 co-resident 2011-01-01 2012-01-01",
      "2 3 co-resident 2012-06-01 null",
    ]);
  });
});
