/** Plain CSV files give the election that the same votes in a Pabulib file give, and faults say the file and the place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { must } from "../lib/assert.ts";
import { type CsvElection, readCsvElection } from "./ballot-csv.ts";
import { readCsvWritten } from "./ballot-csv-written.ts";
import { type Election, VOTE_TYPES } from "./election.ts";
import { readElection } from "./pabulib/read-election.ts";
import { APPROVAL, bytesOf, CUMULATIVE } from "./pabulib/small-election.fixture.ts";
import { writeElection } from "./pabulib/write-election.ts";

const PROJECTS = `project_id,cost,name,category,beneficiaries,neighborhood
10,600,Pond,green,all,North
2,400.25,"Path; north ""loop""","green,roads","children,adults",South
007,300,Swings,,,
meta,999999999,Withdrawn,roads,,North
`;
const BARS = "voter_id,vote\n1,10|2\n2,2|10\n3,10|007|2\n4,007|10\n5,meta\n";

type Change = { readonly [Part in "projects" | "ballots"]?: string } & Partial<
  Pick<CsvElection, "budget" | "voteType" | "threshold">
>;

function files({ projects = PROJECTS, ballots = BARS, ...rest }: Change): CsvElection {
  return {
    projects: bytesOf(projects),
    ballots: bytesOf(ballots),
    budget: "1000.50",
    voteType: "approval",
    ...rest,
  };
}

const read = (change: Change) => readCsvElection(files(change));

const faultsOf = (faults: ReturnType<typeof read>["faults"]) =>
  faults.kept.map(({ code, section, line, column }) => `${code} ${section} ${line}:${column}`);

describe("approvals", () => {
  const { election } = readElection(bytesOf(APPROVAL));

  test.each([
    ["lists parted by bars", { ballots: BARS }],
    [
      "lists in quotes parted by commas",
      { ballots: 'voter_id,vote\n1,"10,2"\n2,"2,10"\n3,"10,007,2"\n4,"007,10"\n5,meta\n' },
    ],
    [
      "semicolons, as other countries' spreadsheets save",
      { ballots: "voter_id;vote\r\n1;10,2\r\n2;2,10\r\n3;10,007,2\r\n4;007,10\r\n5;meta\r\n" },
    ],
    ["a mark at the start and tabs", { ballots: `\uFEFF${BARS.replaceAll(",", "\t")}` }],
    [
      "a row for each choice",
      { ballots: "voter_id,project_id\n1,10\n2,2\n1,2\n2,10\n3,10\n3,007\n3,2\n4,007\n4,10\n5,meta\n" },
    ],
    ["more columns", { ballots: BARS.replaceAll("\n", ",x\n").replace(",x", ",age") }],
  ])("%s", (_, change) => {
    const csv = read(change);
    expect(csv.faults).toMatchObject({ total: 0 });
    expect(csv.election).toEqual(election);
  });

  test("a voter without choices is a ballot in either form", () => {
    expect(read({ ballots: "voter_id,vote\n1,10\n2,\n" }).election?.ballots.cast).toBe(2);
    expect(read({ ballots: "voter_id,project_id\n1,10\n2,\n" }).election?.ballots.cast).toBe(2);
  });
});

test("rows of separators alone, as a spreadsheet saves below its last, are nobody's ballot", () => {
  const { election, faults } = read({ ballots: `${BARS},\n,\n`, projects: `${PROJECTS},,,,,\n` });
  expect(election?.ballots.cast).toBe(5);
  expect(faultsOf(faults)).toEqual(["line_empty PROJECTS 6:1", "line_empty VOTES 7:1", "line_empty VOTES 8:1"]);
});

describe("points and ranks", () => {
  const { election } = readElection(bytesOf(CUMULATIVE));
  const projects = "project_id,cost\na,60\nb,50\n";

  test.each([
    ["lists", "voter_id,vote,points\n1,a|b,4|6\n2,b|a,5|2.5\n3,a,7.0\n"],
    ["a row for each choice", "voter_id,project_id,points\n1,a,4\n1,b,6\n2,b,5\n3,a,7.0\n2,a,2.5\n"],
  ])("points as %s", (_, ballots) => {
    const csv = read({ projects, ballots, budget: "100", voteType: "cumulative" });
    expect(csv.faults).toMatchObject({ total: 0 });
    expect(csv.election).toEqual(election);
  });

  test("ranks order a voter's choices, wherever the rows stand", () => {
    const ballots = "voter_id,project_id,rank\n1,a,2\n2,a,1\n1,b,1\n2,b,2\n3,b,1\n3,a,10\n";
    const { ballots: cast } = read({ projects, ballots, voteType: "ordinal" }).election ?? {};
    expect(cast && { weights: [...cast.weights], choices: [...cast.choices] }).toEqual({
      weights: [2, 1],
      choices: [1, 0, 0, 1],
    });
  });

  test("a threshold is kept in the unit of the points", () => {
    const csv = read({ projects, ballots: "voter_id,vote,points\n1,a,4.5\n", voteType: "scoring", threshold: "2" });
    expect(csv.election).toMatchObject({ threshold: 20n, pointPlaces: 1 });
  });
});

/** Points of a choice that names no project are written and not counted: they may make the unit finer. */
function inWholePoints(election: Election | null) {
  const { points, ...ballots } = must(election, "it can be read").ballots;
  return {
    ...{ ...election, pointPlaces: null },
    ballots: { ...ballots, points: points && Array.from(points, (one) => one / 10 ** (election?.pointPlaces ?? 0)) },
  };
}

describe("any bytes at all", () => {
  const texts = fc.constantFrom(
    BARS,
    "voter_id,vote,points\n1,10|2,4|6\n2,2,5.5\n",
    "voter_id,project_id,points\n1,10,4\n1,2,6\n2,10,5.5\n",
    "voter_id,project_id,rank\n1,10,1\n1,2,2\n",
  );
  const change = fc.record({
    at: fc.nat(),
    gone: fc.nat({ max: 3 }),
    put: fc.string({ unit: fc.constantFrom(...'012.,|;-"\n\r aé') }),
  });

  const spoilt = (
    text: string,
    { at, gone, put }: { readonly at: number; readonly gone: number; readonly put: string },
  ) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + gone);
  };

  test("spoilt ballots are read or refused, never thrown at", () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...VOTE_TYPES),
        fc.array(change, { maxLength: 4 }),
        (text, voteType, changes) => {
          const ballots = changes.reduce<string>(spoilt, text);
          const { election, faults } = read({ ballots, voteType });
          expect(election === null).toBe(faults.errors > 0);
          const sum = election?.ballots.weights.reduce((all, weight) => all + weight, 0);
          expect(sum).toBe(election?.ballots.cast);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("what can be read is the same election once it is written as one file", () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...VOTE_TYPES),
        fc.array(change, { maxLength: 3 }),
        (text, voteType, changes) => {
          const ballots = changes.reduce<string>(spoilt, text);
          const { election, faults } = read({ ballots, voteType });
          const written = readCsvWritten({ ...files({ ballots, voteType }), meta: new Map([["currency", "GBP"]]) });
          expect(written.ok).toBe(election !== null);
          if (!written.ok) {
            expect(written.refusal.faults).toEqual(faults);
            return;
          }
          const again = readElection(writeElection(written.value.written));
          expect(inWholePoints(again.election)).toEqual(inWholePoints(election));
          expect(again.meta.get("currency")).toBe("GBP");
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("one file of two", () => {
  const written = (ballots: string, voteType: CsvElection["voteType"] = "approval") => {
    const done = readCsvWritten({ ...files({ ballots, voteType }), meta: new Map([["description", "A pot"]]) });
    return done.ok ? new TextDecoder().decode(writeElection(done.value.written)).split("\n") : [];
  };

  test("keeps voters, and what else is known of voters and projects", () => {
    const lines = written('voter_id,vote,age,Area\n7,"10,2",34,North\n8,007,,"South; west"\n');
    expect(lines.slice(0, 8)).toEqual([
      ...["META", "key;value", "description;A pot", "num_projects;4", "num_votes;2", "budget;1000.5"],
      ...["vote_type;approval", "PROJECTS"],
    ]);
    expect(lines.slice(9, 11)).toEqual([
      "10;600;1;Pond;green;all;North",
      '2;400.25;1;"Path; north ""loop""";green,roads;children,adults;South',
    ]);
    expect(lines.slice(-5)).toEqual(["VOTES", "voter_id;vote;age;area", "7;10,2;34;North", '8;007;;"South; west"', ""]);
  });

  test("numbers voters where no column names them, and keeps ids as they are", () => {
    expect(written('vote,age\n"10,2",34\n2,51\n').slice(-4)).toEqual(["voter_id;vote;age", "1;10,2;34", "2;2;51", ""]);
    expect(written("voter_id,vote\nNone,10|2\nn/a,2\n").slice(-3)).toEqual(["None;10,2", "n/a;2", ""]);
  });

  test("leaves out a choice of no project that would be parted into choices of some", () => {
    expect(written('voter_id,project_id\n1,"0,10"\n1,2\n2,99\n').slice(-3)).toEqual(["1;2", "2;99", ""]);
  });

  test("keeps a voter's ranks as an order, with the first row's facts", () => {
    const lines = written("voter_id,project_id,rank,sex\n1,10,2,F\n2,2,1,M\n1,2,1,F\n", "ordinal");
    expect(lines.slice(-4)).toEqual(["voter_id;vote;sex", "1;2,10;F", "2;2;M", ""]);
  });
});

describe("faults", () => {
  test.each([
    [
      "a cost in words",
      { projects: "project_id,cost\n10,lots\n" },
      ["cost_unreadable PROJECTS 2:4", "choice_unknown VOTES 2:6", "choice_unknown VOTES 3:3"],
    ],
    ["no projects", { projects: "" }, ["empty_file PROJECTS 1:1"]],
    ["a spreadsheet that was not saved as CSV", { ballots: "PK\u0003\u0004" }, ["not_this_format VOTES 1:1"]],
    ["no votes", { ballots: "voter_id,choice\n1,10\n" }, ["column_missing VOTES 1:1"]],
    ["no budget", { budget: "lots" }, ["budget_unreadable null 1:1"]],
    [
      "ranks that tie",
      { voteType: "ordinal" as const, ballots: "voter_id,project_id,rank\n1,10,1\n1,2,1\n" },
      ["ranks_unclear VOTES 3:5"],
    ],
    [
      "no ranks",
      { voteType: "ordinal" as const, ballots: "voter_id,project_id\n1,10\n" },
      ["column_missing VOTES 1:1"],
    ],
    [
      "points in words",
      { voteType: "cumulative" as const, ballots: "voter_id,project_id,points\n1,10,two\n" },
      ["points_unreadable VOTES 2:6"],
    ],
    ["a choice of nobody", { ballots: "voter_id,project_id\n,10\n" }, ["choice_without_voter VOTES 2:1"]],
  ])("%s", (_, change, expected) => {
    const { election, faults } = read(change);
    expect(election).toBeNull();
    expect(faultsOf(faults).slice(0, expected.length).sort()).toEqual([...expected].sort());
  });

  test("choices that are unknown or repeated are left out and said", () => {
    const { election, faults } = read({ ballots: "voter_id,project_id\n1,10\n1,99\n1,10\n" });
    expect(faultsOf(faults)).toEqual(["choice_unknown VOTES 3:3", "choice_repeated VOTES 4:3"]);
    expect([...(election?.ballots.choices ?? [])]).toEqual([0]);
  });
});
