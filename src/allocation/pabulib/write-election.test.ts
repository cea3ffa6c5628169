/** An election that was written is read again as the same, without a fault against Pabulib's page. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VOTE_TYPES } from "../election.ts";
import { readElection, validateElection } from "./read-election.ts";
import { type WrittenElection, writeElection } from "./write-election.ts";

const decoder = new TextDecoder();

const META = new Map([
  ["country", "United Kingdom"],
  ["description", "Ashdale; a vote"],
  ["unit", "Ashdale"],
  ["instance", "2026"],
  ["rule", "unknown"],
  ["date_begin", "2026"],
  ["date_end", "2026"],
  ["max_sum_points", "999999"],
  ["num_votes", "77"],
]);

const IN_FULL = `META
key;value
description;"Ashdale; a vote"
country;United Kingdom
unit;Ashdale
instance;2026
num_projects;2
num_votes;2
budget;1000.5
vote_type;cumulative
rule;unknown
date_begin;2026
date_end;2026
max_sum_points;999999
PROJECTS
project_id;cost;votes;score;name;category;selected;motto
007;600;1;1;"The ""old"" pond; north";;1;
2;50;1;2.5;;green,roads;;x
VOTES
voter_id;vote;points;age;sex
a;2,007;2.5,1;34;F
b;;;;
`;

test("a small file in full", () => {
  const bytes = writeElection({
    voteType: "cumulative",
    budget: "1000.50",
    meta: META,
    projects: [
      {
        id: "007",
        cost: "600.00",
        columns: new Map([
          ["selected", "1"],
          ["name", 'The "old" pond; north'],
        ]),
      },
      {
        id: "2",
        cost: "50",
        columns: new Map([
          ["category", "green,roads"],
          ["motto", "x"],
        ]),
      },
    ],
    voters: [
      {
        id: "a",
        choices: ["2", "007"],
        points: ["2.50", "1"],
        columns: new Map([
          ["sex", "F"],
          ["age", "34"],
        ]),
      },
      { id: "b", choices: [], points: [] },
    ],
  });
  expect(decoder.decode(bytes)).toBe(IN_FULL);
  expect(validateElection(bytes)).toMatchObject({ total: 0 });
});

describe("written and read again", () => {
  const text = fc
    .string({ unit: fc.constantFrom("a", "B", "é", ";", '"', "\n", "7", "-", ",", " ") })
    .map((one) => one.trim());
  const ids = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom("a", "0", "1", ";", '"', "é", "/"), minLength: 1, maxLength: 5 }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const amount = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.constantFrom("", ".5", ".25", ".00"));

  const election: fc.Arbitrary<WrittenElection> = fc
    .record({ voteType: fc.constantFrom(...VOTE_TYPES), known: ids, budget: amount })
    .chain(({ voteType, known, budget }) =>
      fc.record({
        voteType: fc.constant(voteType),
        budget: fc.constant(budget.join("")),
        meta: fc.constant(META),
        projects: fc.tuple(
          ...known.map((id) =>
            fc.record({
              id: fc.constant(id),
              cost: amount.map((parts) => parts.join("")),
              columns: text.map((name) => new Map([["name", name]])),
            }),
          ),
        ),
        voters: fc
          .array(
            fc.tuple(fc.shuffledSubarray(known), fc.infiniteStream(fc.constantFrom("0", "1", "2.5", "3.25", "10"))),
            { maxLength: 15 },
          )
          .map((ballots) =>
            ballots.map(([choices, points], index) => ({
              id: String(index),
              choices: voteType === "choose-1" ? choices.slice(0, 1) : choices,
              points: choices.map(() => points.next().value ?? "0"),
            })),
          ),
      }),
    );

  test("the costs, the names and every ballot are the same", () => {
    fc.assert(
      fc.property(election, (written) => {
        const { election: read, faults } = readElection(writeElection(written));
        expect(faults.kept).toEqual([]);
        if (!read) throw new Error("not read");
        const unit = 10 ** read.places;
        expect(Number(read.budget)).toBeCloseTo(Number(written.budget) * unit, 0);
        expect(read.projects.map(({ id, name }) => [id, name])).toEqual(
          written.projects.map(({ id, columns }) => [id, none(columns?.get("name"))]),
        );
        for (const [index, { cost }] of written.projects.entries()) {
          expect(Number(read.projects[index]?.cost)).toBeCloseTo(Number(cost) * unit, 0);
        }
        expect(countsOf(read)).toEqual(plainCounts(written));
      }),
      { numRuns: 300 },
    );
  });

  test("nothing is found against Pabulib's page but what the vote itself breaks", () => {
    fc.assert(
      fc.property(election, (written) => {
        const allowed = ["ballot_not_one", "cost_above_budget", "fully_funded_untrue"];
        const { byCode } = validateElection(writeElection(written));
        expect([...byCode.keys()].filter((code) => !allowed.includes(code))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

function none(text = ""): string {
  return text.toLowerCase() === "none" ? "" : text;
}

function countsOf({ ballots, projects, pointPlaces }: NonNullable<ReturnType<typeof readElection>["election"]>) {
  const { weights, starts, choices, points } = ballots;
  const counts = [...weights].map((weight, ballot) => {
    const from = starts[ballot] ?? 0;
    const items = [...choices.slice(from, starts[ballot + 1])].map((choice, index) => {
      const given = points ? `:${(points[from + index] ?? 0) / 10 ** pointPlaces}` : "";
      return JSON.stringify(projects[choice]?.id) + given;
    });
    return `${weight} x ${items.join(" ")}`;
  });
  return counts.sort();
}

function plainCounts({ voters, projects, voteType }: WrittenElection) {
  const counts = new Map<string, number>();
  const place = (id: string) => projects.findIndex((project) => project.id === id);
  const pointed = voteType === "cumulative" || voteType === "scoring";
  for (const { choices, points } of voters) {
    const items = choices.map((id, index) => ({ id, given: pointed ? `:${Number(points?.[index])}` : "" }));
    if (voteType !== "ordinal") items.sort((one, other) => place(one.id) - place(other.id));
    const key = items.map(({ id, given }) => JSON.stringify(id) + given).join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} x ${key}`).sort();
}
