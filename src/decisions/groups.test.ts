/** Groups of voters on a result: what was spent on each, and what is withheld of small ones. Figures worked by hand. */
import { describe, expect, it } from "vitest";
import { countElection, readGroups } from "../allocation/index.ts";
import { must } from "../lib/assert.ts";
import { choiceShape, parametersOf } from "./choice.ts";
import { GROUPS_ASKED, type GroupsShown, groupsOf } from "./groups.ts";

type Voters = { readonly count: number; readonly vote: string; readonly area: string; readonly age?: string };

/** A pot of 100: A (60) and B (40) are funded by most votes where A has more votes than C, which costs 60 too. */
function groupsBy(voters: readonly Voters[], budget = "100"): readonly GroupsShown[] {
  const cast = voters.flatMap(({ count, vote, area, age = "" }) =>
    Array.from({ length: count }, () => `${vote};${area};${age}`),
  );
  const file = [
    ...["META", "key;value", "description;A pot", "country;Worldwide", "unit;Town", "instance;2013", "num_projects;3"],
    ...[`num_votes;${cast.length}`, `budget;${budget}`, "vote_type;approval", "rule;greedy"],
    ...["PROJECTS", "project_id;cost;name", "A;60;Shelter", "B;40;Café", "C;60;Gates"],
    ...["VOTES", "voter_id;vote;neighborhood;age", ...cast.map((ballot, at) => `${at + 1};${ballot}`)],
  ].join("\n");
  const { election, groupings } = readGroups(Buffer.from(file), { asked: GROUPS_ASKED });
  const known = must(election, "the file can be counted");
  const choice = choiceShape.parse({ rule: "greedy", utility: "cost", ties: "project-id" });
  const outcome = countElection(known, { parameters: parametersOf(known, choice) });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return groupsOf({ election: known, outcome: outcome.value }, groupings);
}

describe("a result by group", () => {
  it("divides each project's cost among its voters, beside an equal part", () => {
    // A: 60 among 20 of the north and 10 of the south, 2 each. B: 40 among the 10 of the south who chose both, 4 each.
    const [areas, ...others] = groupsBy([
      { count: 20, vote: "A", area: "North" },
      { count: 10, vote: "A,B", area: "South" },
      { count: 10, vote: "C", area: "South" },
    ]);
    expect(others).toEqual([]);
    expect(areas).toEqual({
      column: "neighborhood",
      groups: [
        {
          ...{ name: "North", kind: "named", voters: 20, received: "40", equalPart: "50" },
          ...{ percent: 80, withNothing: 0 },
        },
        {
          ...{ name: "South", kind: "named", voters: 20, received: "60", equalPart: "50" },
          ...{ percent: 120, withNothing: 10 },
        },
      ],
    });
  });

  it("puts groups of fewer than ten together, and says nothing of fewer than ten together", () => {
    const small = groupsBy([
      { count: 30, vote: "A", area: "North" },
      { count: 9, vote: "A", area: "East" },
    ]);
    expect(small[0]?.groups).toEqual([
      expect.objectContaining({ name: "North", voters: 30, received: "46.15" }),
      {
        ...{ name: null, kind: "together", voters: 9, received: null, equalPart: "23.08" },
        ...{ percent: null, withNothing: null },
      },
    ]);
    const two = groupsBy([
      { count: 30, vote: "A", area: "North" },
      { count: 9, vote: "A", area: "East" },
      { count: 5, vote: "C", area: "West" },
    ]);
    expect(two[0]?.groups[1]).toMatchObject({ kind: "together", voters: 14, received: "13.85", withNothing: null });
  });

  it("shows at most thirty and the rest together, ages from the youngest, and what is not given last", () => {
    const areas = Array.from({ length: 40 }, (_, at) => ({ count: 10 + at, vote: "A", area: `Ward ${at}` }));
    const [many] = groupsBy(areas);
    expect(many?.groups.length).toBe(31);
    expect(many?.groups.at(-1)).toMatchObject({ kind: "together", voters: 10 * 10 + 45 });
    const [ages] = groupsBy([
      { count: 12, vote: "A", area: "", age: "70" },
      { count: 50, vote: "A", area: "" },
      { count: 30, vote: "A", area: "", age: "17" },
      { count: 10, vote: "A", area: "", age: "15" },
    ]);
    expect(ages?.column).toBe("age");
    expect(ages?.groups.map(({ name, kind }) => name ?? kind)).toEqual(["0-15", "16-24", "65-74", "not_given"]);
  });

  it("is not there where the file does not know, or all are alike", () => {
    expect(groupsBy([{ count: 40, vote: "A", area: "North", age: "30" }])).toEqual([]);
  });

  it("is nothing for each where no project fits", () => {
    const [areas] = groupsBy(
      [
        { count: 20, vote: "A", area: "North" },
        { count: 20, vote: "B", area: "South" },
      ],
      "0.01",
    );
    expect(areas?.groups[0]).toMatchObject({ received: "0", percent: 0, withNothing: 20 });
  });
});
