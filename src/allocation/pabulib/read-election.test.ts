/** Small files read, with what they say worked out by hand, and the faults that hinder or colour a count. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Election } from "../election.ts";
import { readElection } from "./read-election.ts";
import { APPROVAL, bytesOf, CUMULATIVE, withLine } from "./small-election.fixture.ts";

function electionOf(text: string): Election {
  const { election, faults } = readElection(bytesOf(text));
  if (election === null) throw new Error(`not read: ${JSON.stringify(faults.kept)}`);
  return election;
}

/** Each distinct ballot as "weight x id,id" with points behind colons. */
function ballotsOf({ ballots, projects }: Election): readonly string[] {
  const { weights, starts, choices, points } = ballots;
  return [...weights].map((weight, ballot) => {
    const chosen = [...choices.slice(starts[ballot], starts[ballot + 1])].map((project, index) => {
      const id = projects[project]?.id ?? "?";
      return points ? `${id}:${points[(starts[ballot] ?? 0) + index]}` : id;
    });
    return `${weight} x ${chosen.join(",")}`;
  });
}

function faultsOf(text: string): readonly string[] {
  return readElection(bytesOf(text)).faults.kept.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe("an approval file", () => {
  const election = electionOf(APPROVAL);

  test("costs and budget are exact, in the finest unit that either is written in", () => {
    expect(election.places).toBe(2);
    expect(election.budget).toBe(100050n);
    expect(election.projects.map(({ cost }) => cost)).toEqual([60000n, 40025n, 30000n, 99999999900n]);
  });

  test("ids are text in the order of the file, and a project may be called meta", () => {
    expect(election.projects.map(({ id }) => id)).toEqual(["10", "2", "007", "meta"]);
    expect(election.projects.map(({ withdrawn }) => withdrawn)).toEqual([false, false, false, true]);
  });

  test("names, categories and beneficiaries are read through their quotes", () => {
    expect(election.projects[1]).toEqual({
      id: "2",
      name: 'Path; north "loop"',
      cost: 40025n,
      withdrawn: false,
      categories: ["green", "roads"],
      neighbourhood: "South",
      beneficiaries: ["children", "adults"],
    });
    expect(election.projects[2]?.neighbourhood).toBeNull();
  });

  test("alike ballots stand once, whatever the order of their choices", () => {
    expect(ballotsOf(election)).toEqual(["2 x 10,2", "1 x 10,2,007", "1 x 10,007", "1 x meta"]);
    expect(election.ballots.cast).toBe(5);
    expect(election.ballots.points).toBeNull();
  });

  test("META is given as it stands", () => {
    const { meta, faults } = readElection(bytesOf(APPROVAL));
    expect(meta.get("unit")).toBe("Ashdale");
    expect([...meta.keys()].slice(0, 3)).toEqual(["description", "country", "unit"]);
    expect(faults).toMatchObject({ total: 0, errors: 0, kept: [] });
  });

  test.each([
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["CR alone", (text: string) => text.replaceAll("\n", "\r")],
    ["a mark at its start", (text: string) => `\uFEFF${text}`],
    ["no end of its last line", (text: string) => text.trimEnd()],
    ["blank lines", (text: string) => text.replaceAll("\n", "\n\n")],
    ["small titles", (text: string) => text.replace("META\n", "Meta\n").replace("VOTES\n", "votes\n")],
    ["target for beneficiaries", (text: string) => text.replace("beneficiaries", "target")],
    ["the British neighbourhood", (text: string) => text.replace("neighborhood;", "neighbourhood;")],
    [
      "quotes round everything",
      (text: string) => text.replace("10,007,2", '"10,007,2"').replace("key;value", '"key";"value"'),
    ],
  ])("reads the same with %s", (_, change) => {
    expect(electionOf(change(APPROVAL))).toEqual(election);
  });

  test("reads the same with its sections in another order, and says so", () => {
    const [, meta = "", projects = "", votes = ""] = /^(META.*?)(PROJECTS.*?)(VOTES.*)$/s.exec(APPROVAL) ?? [];
    expect(electionOf(votes + projects + meta)).toEqual(election);
    expect(faultsOf(votes + meta + projects)).toEqual(["section_order 1:1"]);
  });
});

describe("ballots", () => {
  const votes = (lines: string, voteType = "approval") =>
    `${APPROVAL.slice(0, APPROVAL.indexOf("VOTES")).replace("vote_type;approval", `vote_type;${voteType}`)}VOTES\n${lines}`;

  test("empty ones are cast, and None is an empty one", () => {
    const election = electionOf(votes("voter_id;vote\n1;\n2;10\n3;None\n4;none"));
    expect(ballotsOf(election)).toEqual(["3 x ", "1 x 10"]);
    expect(election.ballots.cast).toBe(4);
  });

  test("no ballots at all is an election too", () => {
    expect(electionOf(votes("voter_id;vote\n")).ballots.cast).toBe(0);
  });

  test("the word None alone is no choice, which is said where a project is called that", () => {
    const text = votes("voter_id;vote\n1;None\n2;10,None\n3;none\n4;\n");
    expect(faultsOf(text)).toEqual(["choice_unknown 30:6"]);
    const named = text.replace("\n2;400.25", "\nNone;400.25");
    expect(ballotsOf(electionOf(named))).toEqual(["3 x ", "1 x 10,None"]);
    expect(faultsOf(named)).toEqual(["choice_none 29:3"]);
  });

  test("rankings keep their order, and their points are not read", () => {
    const election = electionOf(votes("voter_id;vote;points\n1;2,10;5,3\n2;10,2;5,3\n3;2,10;9,1\n", "ordinal"));
    expect(ballotsOf(election)).toEqual(["2 x 2,10", "1 x 10,2"]);
    expect(election.ballots.points).toBeNull();
  });

  test("what cannot stand is left out and said, with its place", () => {
    const text = votes("voter_id;vote\n1;10, 2\n1;10,99,10\n;2,,007\n4;2;\n5;2;;\n6\n", "ordinal");
    const election = electionOf(text);
    expect(ballotsOf(election)).toEqual(["1 x 10,2", "1 x 10", "1 x 2,007", "2 x 2", "1 x "]);
    expect(faultsOf(text)).toEqual([
      "list_space 29:3",
      "voter_repeated 30:1",
      "choice_unknown 30:6",
      "choice_repeated 30:9",
      "voter_without_id 31:1",
      "list_item_empty 31:4",
      "cells_extra 32:5",
      "cells_extra 33:5",
      "cells_missing 34:2",
    ]);
  });

  test("a voter met again among ids that do not rise is still seen", () => {
    expect(faultsOf(votes("voter_id;vote\nb;2\na;2\nc;2\na;2\nb;10\n"))).toEqual([
      "voter_repeated 32:1",
      "voter_repeated 33:1",
    ]);
  });

  test("of many voters in no order, each second standing of an id is seen", () => {
    const ids = Array.from({ length: 6000 }, (_, index) => `v${(index * index) % 4801}`);
    const { faults } = readElection(bytesOf(votes(`voter_id;vote\n${ids.map((id) => `${id};2`).join("\n")}`)));
    expect(faults.byCode.get("voter_repeated")).toBe(ids.length - new Set(ids).size);
  });

  test("places inside a quoted cell are those of its items", () => {
    expect(faultsOf(votes('voter_id;vote\n1;"10,98"\n2;" 99"\n3;"10,""97"""\n'))).toEqual([
      "choice_unknown 29:7",
      "choice_unknown 30:5",
      "choice_unknown 31:3",
    ]);
  });

  test("an id in doubled quotes is the id without them", () => {
    const text = votes('voter_id;vote\n1;"2,""q"",10"\n').replace("meta;999999999", '"""q""";5');
    expect(ballotsOf(electionOf(text))).toEqual([`1 x 10,2,"q"`]);
  });

  test("the order of voters changes nothing but the order of ballots", () => {
    const ballot = fc
      .subarray(["10", "2", "007", "meta"])
      .chain((ids) => fc.shuffledSubarray(ids, { minLength: ids.length }));
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (ballots, seeds) => {
        const text = (list: readonly (readonly string[])[]) =>
          votes(`voter_id;vote\n${list.map((ids, index) => `${index};${ids.join(",")}`).join("\n")}`);
        const shuffled = ballots
          .map((ids) => ({ ids, key: seeds.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ ids }) => ids);
        expect([...ballotsOf(electionOf(text(shuffled)))].sort()).toEqual(
          [...ballotsOf(electionOf(text(ballots)))].sort(),
        );
      }),
    );
  });

  test("many and long ballots, more than any first room, are merged as a plain count merges them", () => {
    const ids = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const projects = ids.map((id) => `${id};5`).join("\n");
    const lists = Array.from({ length: 6000 }, (_, voter) =>
      ids.filter((_, index) => (voter * 7919 + index * 104729) % (50 + (voter % 2500)) < 3),
    );
    const rows = lists.map((list, voter) => `${voter * 2};${list.toReversed().join(",")}`).join("\n");
    const { ballots } = electionOf(
      `META\nkey;value\nbudget;9\nvote_type;approval\nPROJECTS\nproject_id;cost\n${projects}\nVOTES\nvoter_id;vote\n${rows}`,
    );
    const counts = new Map<string, number>();
    for (const list of lists) counts.set(list.join(","), (counts.get(list.join(",")) ?? 0) + 1);
    expect([...ballots.weights]).toEqual([...counts.values()]);
    const first = [...ballots.choices.slice(ballots.starts[7], ballots.starts[8])].map((choice) => ids[choice]);
    expect(first.join(",")).toBe([...counts.keys()][7]);
  });
});

describe("points", () => {
  test("are whole numbers in the finest unit that any is written in", () => {
    const election = electionOf(CUMULATIVE);
    expect(election.pointPlaces).toBe(1);
    expect(ballotsOf(election)).toEqual(["1 x a:40,b:60", "1 x a:25,b:50", "1 x a:70"]);
  });

  test("travel with their choice, and ballots are alike only where points are", () => {
    const text = `${CUMULATIVE}4;b,a;6,4.00\n5;b,a;4,6\n6;a;7\n`;
    expect(ballotsOf(electionOf(text))).toEqual(["2 x a:40,b:60", "1 x a:25,b:50", "2 x a:70", "1 x a:60,b:40"]);
  });

  test("travel with their choice on long ballots too", () => {
    const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const given = ids.map((_, index) => ((index * 37) % 60) / 2);
    const ballot = (order: readonly number[]) =>
      `${order.map((at) => ids[at]).join(",")};${order.map((at) => given[at]).join(",")}`;
    const forth = ids.map((_, index) => index);
    const text = `META\nkey;value\nbudget;9\nvote_type;scoring\nPROJECTS\nproject_id;cost\n${ids.map((id) => `${id};5`).join("\n")}
VOTES\nvoter_id;vote;points\n1;${ballot(forth)}\n2;${ballot(forth.toReversed())}\n3;${ballot(forth.map((at) => (at * 7) % 60))}\n`;
    const { ballots } = electionOf(text);
    expect([...ballots.weights]).toEqual([3]);
    expect([...ballots.choices]).toEqual(forth);
    expect([...(ballots.points ?? [])]).toEqual(given.map((points) => points * 10));
  });

  test("a scoring file's default and threshold are in the same unit, and points may be below nought", () => {
    const text = CUMULATIVE.replace("vote_type;cumulative", "vote_type;scoring\ndefault_score;-0.25")
      .replace("rule;unknown", "rule;unknown\nmin_project_score_threshold;7.5")
      .replace("3;a;7.0", "3;a;-7");
    const election = electionOf(text);
    expect(election).toMatchObject({ pointPlaces: 2, threshold: 750n });
    expect(ballotsOf(election).at(-1)).toBe("1 x a:-700,b:-25");
  });

  const cases = `
    4;a,b;1      | points_length 27:7
    4;a;1,2      | points_length 27:5
    4;a;         | points_length 27:5
    4;a;one      | points_unreadable 27:5
    4;a,b;1,     | points_unreadable 27:7
    4;a;1e3      | points_unreadable 27:5
    4;a;9007199254740993 | points_unreadable 27:5
    4;a;0.12345678901234567 | points_unreadable 27:5
    4;a,b;9007199254740991,0.25 | points_unreadable 27:7
  `;
  test.each(
    cases
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim())),
  )("%s is an error: %s", (line, fault) => {
    const { election, faults } = readElection(bytesOf(CUMULATIVE + line));
    expect(election).toBeNull();
    expect(faults.kept.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([fault]);
  });
});

describe("a default score", () => {
  const scored = (score: string, many: number) =>
    bytesOf(
      `META\nkey;value\nbudget;9\nvote_type;scoring\ndefault_score;${score}\nPROJECTS\nproject_id;cost\n${Array.from({ length: many }, (_, at) => `${at};5\n`).join("")}VOTES\nvoter_id;vote;points\n${Array.from({ length: many }, (_, at) => `${at};${at};1\n`).join("")}`,
    );

  test("that asks for more scores than any memory holds is refused with its place", () => {
    const { election, faults } = readElection(scored("1", 5000));
    expect(election).toBeNull();
    expect(faults.kept).toMatchObject([
      { code: "default_score_too_much", line: 5, column: 15, found: "25000000", expected: "20000000" },
    ]);
    expect(readElection(scored("0", 5000)).election).not.toBeNull();
  });

  test("that no float holds is refused", () => {
    const { election, faults } = readElection(scored("9007199254740993", 2));
    expect(election).toBeNull();
    expect(faults.kept).toMatchObject([{ code: "setting_unreadable", line: 5, found: "9007199254740993" }]);
  });
});

describe("what cannot be counted", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["nothing", "", ["empty_file 1:1"]],
    ["only blank lines", "\uFEFF\r\n \n", ["empty_file 1:1"]],
    ["a web page", "<!DOCTYPE html>\n<p>", ["not_this_format 1:1"]],
    ["a spreadsheet", "PK\u0003\u0004…", ["not_this_format 1:1"]],
    ["some other text", "name;cost\nPond;5\n", ["not_this_format 1:1"]],
    ["no META", APPROVAL.slice(APPROVAL.indexOf("PROJECTS")), ["no_meta 1:1"]],
    ["no VOTES", APPROVAL.slice(0, APPROVAL.indexOf("VOTES")), ["no_votes_section 26:1"]],
    ["no budget", withLine(APPROVAL, { line: 9, to: null }), ["budget_missing 1:1"]],
    ["a budget in words", withLine(APPROVAL, { line: 9, to: "budget;lots" }), ["budget_unreadable 9:8"]],
    [
      "a budget that may be a thousandfold",
      withLine(APPROVAL, { line: 9, to: "budget;400,000" }),
      ["budget_unreadable 9:8"],
    ],
    ["no vote type", withLine(APPROVAL, { line: 10, to: "vote_type;" }), ["vote_type_missing 1:1"]],
    ["a strange vote type", withLine(APPROVAL, { line: 10, to: "vote_type;shouting" }), ["vote_type_unknown 10:11"]],
    ["no cost", withLine(APPROVAL, { line: 23, to: "10;;4;Pond" }), ["cost_unreadable 23:4", "cells_missing 23:11"]],
    ["a cost of nought", APPROVAL.replace("10;600;", "10;0.0;"), ["cost_unreadable 23:4"]],
    ["a cost below nought", APPROVAL.replace("10;600;", "10;-6;"), ["cost_unreadable 23:4"]],
    [
      "a project without id",
      APPROVAL.replace("007;300", ";300"),
      ["project_without_id 25:1", "choice_unknown 31:6", "choice_unknown 32:3"],
    ],
    [
      "one id for two",
      APPROVAL.replace("007;300", "10;300"),
      ["project_repeated 25:1", "choice_unknown 31:6", "choice_unknown 32:3"],
    ],
    ["no column of costs", APPROVAL.replace("project_id;cost", "project_id;price"), ["column_missing 22:1"]],
    [
      "a quote left open",
      APPROVAL.replace("5;meta;", '5;"meta;'),
      ["cells_missing 34:1", "choice_unknown 33:3", "quote_not_closed 33:3"],
    ],
    ["two files in one", APPROVAL + APPROVAL, ["section_repeated 34:1"]],
  ];
  test.each(cases)("%s", (_, text, faults) => {
    const read = readElection(bytesOf(text));
    expect(read.election).toBeNull();
    const errors = read.faults.kept.map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect([...errors].sort()).toEqual([...faults].sort());
    expect(read.faults.errors).toBeGreaterThan(0);
  });

  test("a byte that is not UTF-8 is said with its place", () => {
    const bytes = bytesOf(APPROVAL);
    const at = bytes.indexOf(bytesOf("P")[0] ?? 0, APPROVAL.indexOf("Pond"));
    bytes[at + 1] = 0xe9;
    const { faults } = readElection(bytes);
    expect(faults.kept).toEqual([
      { code: "not_utf8", grade: "error", line: 23, column: 11, section: null, found: "E9", expected: "UTF-8" },
    ]);
  });
});

describe("what a count puts up with", () => {
  test("decimal commas", () => {
    const text = APPROVAL.replace("1000.50", "1000,5").replace("400.25", "400,25");
    expect(electionOf(text)).toMatchObject({ budget: 100050n, places: 2 });
    expect(faultsOf(text)).toEqual(["decimal_comma 9:8", "decimal_comma 24:3"]);
  });

  test("limits by category and neighbourhood, each list beside its names", () => {
    const text = APPROVAL.replace("language;en", "budget_per_category;500.99,20.259\nbudget_per_neighborhood;7,8");
    expect(electionOf(text).limits).toEqual([
      { of: "category", name: "green", most: 50099n },
      { of: "category", name: "roads", most: 2025n },
      { of: "neighbourhood", name: "North", most: 700n },
      { of: "neighbourhood", name: "South", most: 800n },
    ]);
    const unclear = APPROVAL.replace("language;en", "budget_per_category;500");
    expect(faultsOf(unclear)).toEqual(["limits_unclear 18:21"]);
    expect(electionOf(unclear).limits).toEqual([]);
  });

  test("a threshold of part of a vote asks for the whole one", () => {
    const text = APPROVAL.replace("language;en", "min_project_score_threshold;2.5");
    expect(electionOf(text).threshold).toBe(3n);
  });

  test("a hundred faults of one kind do not hide the only one of another", () => {
    const rows = Array.from({ length: 500 }, (_, index) => `${100 + index};99;;`).join("\n");
    const { faults } = readElection(bytesOf(`${APPROVAL}${rows}\n999;10,10;;\n`));
    expect(faults).toMatchObject({ total: 501, errors: 0 });
    expect(faults.kept).toHaveLength(100);
    expect(faults.kept.at(-1)).toMatchObject({
      code: "choice_repeated",
      line: 534,
      column: 8,
      found: "10",
      section: "VOTES",
    });
    expect(faults.byCode.get("choice_unknown")).toBe(500);
  });
});

test("progress is told a hundred times at most, and rises", () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `${100 + index};10`).join("\n");
  const shares: number[] = [];
  readElection(bytesOf(APPROVAL + rows), { onProgress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(50);
  expect(shares.length).toBeLessThanOrEqual(100);
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});
