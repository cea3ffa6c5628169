/** Which groups cast which ballots, counted by hand, and on many voters against a plain count. */
import { describe, expect, test } from "vitest";
import { type Grouping, type GroupingAsked, readGroups } from "./groups.ts";
import { APPROVAL, bytesOf } from "./small-election.fixture.ts";

function ask(text: string, asked: readonly GroupingAsked[]) {
  return readGroups(bytesOf(text), { asked });
}

/** For each distinct ballot "group x voters", in the order of groups. */
function linesOf({ starts, groups, voters, names }: Grouping): readonly string[] {
  return Array.from({ length: starts.length - 1 }, (_, ballot) => {
    const range = Array.from(
      { length: (starts[ballot + 1] ?? 0) - (starts[ballot] ?? 0) },
      (__, index) => (starts[ballot] ?? 0) + index,
    );
    return range.map((at) => `${names[groups[at] ?? 0] ?? "unknown"} x ${voters[at]}`).join(", ");
  });
}

describe("groups", () => {
  test("the ballots are those of the election, and only what was asked for is counted", () => {
    const read = ask(APPROVAL, [{ column: "sex" }, { column: "district" }]);
    expect(read.columns).toEqual(["age", "sex"]);
    expect(read.groupings.map(({ column }) => column)).toEqual(["sex"]);
    const [sex] = read.groupings;
    expect(sex && linesOf(sex)).toEqual(["F x 1, M x 1", "F x 1", "unknown x 1", "M x 1"]);
    expect(sex?.names).toEqual(["F", "M", null]);
    expect([...(sex?.sizes ?? [])]).toEqual([2, 2, 1]);
  });

  test("ages fall into the bands asked for, and None is not an age", () => {
    const [age] = ask(APPROVAL, [{ column: "age", bandStarts: [18, 65] }]).groupings;
    expect(age?.names).toEqual(["18-64", "0-17", "65+", null]);
    expect(age && linesOf(age)).toEqual(["18-64 x 2", "0-17 x 1", "65+ x 1", "unknown x 1"]);
  });

  test("a band that the file itself gives stays as it is", () => {
    const [age] = ask(APPROVAL.replace("1;10,2;34;F", "1;10,2;30-39;F"), [
      { column: "age", bandStarts: [18] },
    ]).groupings;
    expect(age?.names).toEqual(["30-39", "18+", "0-17", null]);
  });

  test("a file that cannot be counted has no groups", () => {
    const read = ask(APPROVAL.replace("budget;", "purse;"), [{ column: "sex" }]);
    expect(read.election).toBeNull();
    expect(read.groupings).toEqual([]);
  });

  test("many voters, against a plain count", () => {
    const rows = Array.from({ length: 5000 }, (_, voter) => {
      const choices = ["10", "2", "007"].filter((__, index) => (voter * 31) % (index + 2) === 0);
      return { id: 100 + voter, choices, place: `d${(voter * voter) % 7}` };
    });
    const text = `${APPROVAL.slice(0, APPROVAL.indexOf("VOTES"))}VOTES\nvoter_id;district;vote\n${rows
      .map(({ id, place, choices }) => `${id};${place};${choices.join(",")}`)
      .join("\n")}`;
    const { election, groupings } = ask(text, [{ column: "district" }]);
    const counts = new Map<string, number>();
    for (const { choices, place } of rows) {
      const key = `${choices.join(",")} ${place}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [grouping] = groupings;
    if (!election || !grouping) throw new Error("not read");
    const { starts, choices } = election.ballots;
    const found = new Map<string, number>();
    for (let ballot = 0; ballot < election.ballots.weights.length; ballot += 1) {
      const ids = [...choices.slice(starts[ballot], starts[ballot + 1])].map((choice) => election.projects[choice]?.id);
      for (let at = grouping.starts[ballot] ?? 0; at < (grouping.starts[ballot + 1] ?? 0); at += 1) {
        found.set(`${ids.join(",")} ${grouping.names[grouping.groups[at] ?? 0]}`, grouping.voters[at] ?? 0);
      }
    }
    expect(new Map([...found].sort())).toEqual(new Map([...counts].sort()));
  });
});
