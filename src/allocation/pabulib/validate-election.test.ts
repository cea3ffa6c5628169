/**
 * The strict check: a sound file spoilt one line at a time, with the fault that must be found and where; and any bytes at all,
 * which it must survive.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FaultCode, GRADES } from "./faults.ts";
import { readElection, validateElection } from "./read-election.ts";
import { APPROVAL, bytesOf, CUMULATIVE, withLine } from "./small-election.fixture.ts";

function faultsOf(text: string): readonly string[] {
  return validateElection(bytesOf(text)).kept.map(
    ({ code, line, column, found, expected }) => `${code} ${line}:${column} ${found} / ${expected}`,
  );
}

test("the sound files have no fault", () => {
  expect(faultsOf(APPROVAL)).toEqual([]);
  expect(faultsOf(CUMULATIVE)).toEqual([]);
});

/** Line, what it becomes ("-" is deleted), and the faults that follow. */
const APPROVAL_CASES = `
  2  | -                        | meta_header 2:1 description / key;value
  3  | -                        | meta_key_missing 1:1  / description
  3  | description;a; b         | cells_extra 3:15 3 / 2; cell_space 3:15 b /
  3  | description; a           | cell_space 3:13 a /
  4  |                          | meta_key_missing 1:1  / country; line_empty 4:1  /
  5  | description;again        | meta_key_missing 1:1  / unit; meta_key_repeated 5:1 description /
  7  | num_projects;5           | projects_miscounted 7:14 5 / 4
  7  | num_projects;four        | number_unreadable 7:14 four / num_projects;123
  8  | num_votes;6              | ballots_miscounted 8:11 6 / 5
  9  | budget;1000,5            | decimal_comma 9:8 1000,5 / 1000.5
  9  | budget;600               | funded_above_budget 24:65 1000.25 / ≤ 600
  9  | budget;599.99            | cost_above_budget 23:4 600 / ≤ 599.99; funded_above_budget 23:25 1000.25 / ≤ 599.99
  9  | budget;1300.25           | unfunded_fits 25:20 300 / > 300
  11 | rule;monarchy            | rule_unknown 11:6 monarchy / greedy, greedy-no-skip, greedy-threshold, greedy-exclusive, greedy-custom, equa…
  12 | date_begin;2026-03-01    | date_shape 12:12 2026-03-01 / dd.mm.yyyy
  12 | date_begin;31.02.2026    | date_shape 12:12 31.02.2026 / dd.mm.yyyy
  12 | date_begin;2027          | dates_reversed 13:10 31.03.2026 / 2027
  13 | date_end;2026            |
  14 | min_length;2             | ballot_short 33:3 1 / ≥ 2
  15 | max_length;2             | ballot_long 31:3 3 / ≤ 2
  15 | min_sum_cost;900.01      | ballot_cost_low 32:3 900 / ≥ 900.01
  15 | max_sum_cost;1000.25     | ballot_cost_high 31:3 1300.25 / ≤ 1000.25; ballot_cost_high 33:3 999999999 / ≤ 1000.25
  16 | categories;green         | category_unlisted 24:35 roads / green; category_unlisted 26:28 roads / green
  16 | categories;green, roads  | list_space 16:12 green, roads /
  17 | neighborhoods;North      | neighbourhood_unlisted 24:67 South / North
  18 | language;english         | language_shape 18:10 english / en
  19 | currency;£               | currency_shape 19:10 £ / GBP
  20 | comment;Made up.         | comment_shape 20:9 Made up. / #1: …
  20 | fully_funded;0           | flag_unknown 20:14 0 / 1
  20 | fully_funded;1           | fully_funded_untrue 20:14 1300.25 / ≤ 1000.5
  20 | experimental;yes         | flag_unknown 20:14 yes / 1
  20 | max_length_per_category;1,0 | category_length_high 29:3 green: 2 / ≤ 1; category_length_high 29:3 roads: 1 / ≤ 0; category_length_high 30:3 green: 2 / ≤ 1; category_length_high 30:3 roads: 1 / ≤ 0; category_length_high 31:3 green: 2 / ≤ 1; category_length_high 31:3 roads: 1 / ≤ 0; category_length_high 33:3 roads: 1 / ≤ 0
  20 | max_sum_cost_per_category;1000,500 | category_cost_high 29:3 green: 1000.25 / ≤ 1000; category_cost_high 30:3 green: 1000.25 / ≤ 1000; category_cost_high 31:3 green: 1000.25 / ≤ 1000; category_cost_high 33:3 roads: 999999999 / ≤ 500
  22 | project_id;cost;votes;name;category;target;selected;neighborhood;latitude;longitude | target_renamed 22:37 target / beneficiaries
  22 | project_id;cost;votes;name;category;cost;selected;neighborhood;latitude;longitude | column_repeated 22:37 cost /
  23 | 10;600;3;Pond;green;all;1;North;53.5;-2.3 | votes_miscounted 23:8 3 / 4
  23 | 10;600;;Pond;green;all;1;North;53.5;-2.3 | votes_miscounted 23:8  / 4
  23 | 10;600;many;Pond;green;all;1;North;53.5;-2.3 | number_unreadable 23:8 many / 4
  23 | 10;600;4;Pond;green;all;4;North;53.5;-2.3 | selected_unknown 23:25 4 / 0, 1, 2, 3; unfunded_fits 25:20 300 / > 600.25
  23 | 10;600;4;Pond;green;all;1;North;-90.1;180.5 | coordinate_outside 23:33 -90.1 / -90 … 90; coordinate_outside 23:39 180.5 / -180 … 180
  23 | 10;600;4;Pond;green;all, some;1;North;53.5;-2.3 | list_space 23:21 all, some /
  23 | 10;600;4;Pond;green;all;1;North;53.5 | cells_missing 23:37 9 / 10
  26 | meta;999999999;1;Withdrawn;roads;;1;North;; | funded_withdrawn 26:35 meta /; funded_above_budget 26:35 1000000999.25 / ≤ 1000.5
  29 | 1;10, 2;34;F             | list_space 29:3 10, 2 /
  29 | 1;10,2,10;34;F           | choice_repeated 29:8 10 /
  29 | 1;10,2,9;34;F            | choice_unknown 29:8 9 /
  30 | 1;2,10;51;M              | voter_repeated 30:1 1 /
  30 | ;2,10;51;M               | voter_without_id 30:1  /
  32 | 4;007,10;70              | cells_missing 32:12 3 / 4
`;

const CUMULATIVE_CASES = `
  10 | vote_type;scoring   |
  14 | min_points;2.75     | points_low 25:3 2.5 / ≥ 2.75
  15 | max_points;6.5      | points_high 26:3 7 / ≤ 6.5
  16 | min_sum_points;7.1  | points_sum_low 26:3 7 / ≥ 7.1
  17 | max_sum_points;9    | points_sum_high 24:3 10 / ≤ 9
  17 | -                   | meta_key_missing 1:1  / max_sum_points
  20 | a;60;3;13           | score_miscounted 20:8 13 / 13.5
  20 | a;60;3;13.50        |
  24 | 1;a,b;4,6,0         | points_length 24:7 3 / 2
`;

function casesOf(text: string) {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()))
    .map(([line = "", to = "", faults = ""]) => ({
      line: Number(line),
      to,
      faults: faults === "" ? [] : faults.split(/; (?=[a-z_]+ \d+:\d+)/),
    }));
}

describe("one line of an approval file changed", () => {
  test.each(casesOf(APPROVAL_CASES))("$line: $to", ({ line, to, faults }) => {
    const spoilt = withLine(APPROVAL, { line, to: to === "-" ? null : to });
    expect(faultsOf(spoilt).map((fault) => fault.trim())).toEqual(faults.map((fault) => fault.trim()));
  });
});

describe("one line of a file of points changed", () => {
  test.each(casesOf(CUMULATIVE_CASES))("$line: $to", ({ line, to, faults }) => {
    const spoilt = withLine(CUMULATIVE, { line, to: to === "-" ? null : to });
    expect(faultsOf(spoilt)).toEqual(faults);
  });
});

describe("other ways of voting", () => {
  test("one choice is one choice", () => {
    const text = APPROVAL.replace("vote_type;approval", "vote_type;choose-1");
    const faults = validateElection(bytesOf(text)).kept.filter(({ code }) => code === "ballot_not_one");
    expect(faults.map(({ line, found }) => `${line} ${found}`)).toEqual(["29 2", "30 2", "31 3", "32 2"]);
  });

  test("a ranking's first of n choices gets n", () => {
    const text = CUMULATIVE.replace("vote_type;cumulative", "vote_type;ordinal")
      .replace("voter_id;vote;points\n1;a,b;4,6\n2;b,a;5,2.5\n3;a;7.0", "voter_id;vote\n1;a,b\n2;b,a\n3;a")
      .replace("a;60;3;13.5", "a;60;3;4")
      .replace("b;50;2;11", "b;50;2;3");
    expect(faultsOf(text)).toEqual([]);
    expect(faultsOf(text.replace("b;50;2;3", "b;50;2;2"))).toEqual(["score_miscounted 21:8 2 / 3"]);
  });

  test("a threshold under which something was funded", () => {
    const text = APPROVAL.replace("rule;greedy", "rule;greedy-threshold").replace(
      "language;en",
      "min_project_score_threshold;4",
    );
    expect(faultsOf(text)).toEqual(["funded_below_threshold 24:65 3 / ≥ 4"]);
  });
});

describe("any bytes at all", () => {
  const texts = fc.constantFrom(APPROVAL, CUMULATIVE);

  test("random bytes are refused or read, never thrown at", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(validateElection(bytes).errors).toBeGreaterThan(0);
        expect(readElection(bytes).election).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  const change = fc.record({
    how: fc.constantFrom("delete", "double", "swap", "put"),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 6 }),
    byte: fc.constantFrom(0, 10, 13, 32, 34, 44, 45, 46, 48, 57, 59, 65, 0xc3, 0xff),
  });

  test("bytes lost, doubled, swapped or put in: the two readings agree on whether it can be counted", () => {
    fc.assert(
      fc.property(texts, fc.array(change, { minLength: 1, maxLength: 5 }), (text, changes) => {
        let bytes = [...bytesOf(text)];
        for (const { how, at, length, byte } of changes) {
          const from = at % (bytes.length + 1);
          const taken = bytes.slice(from, from + length);
          if (how === "delete") bytes.splice(from, length);
          else if (how === "double") bytes.splice(from, 0, ...taken);
          else if (how === "put") bytes.splice(from, 0, byte);
          else bytes = [...bytes.slice(0, from), ...taken.toReversed(), ...bytes.slice(from + length)];
        }
        agree(new Uint8Array(bytes));
      }),
      { numRuns: 1500 },
    );
  });

  test("lines lost, doubled or swapped", () => {
    fc.assert(
      fc.property(texts, fc.array(change, { minLength: 1, maxLength: 5 }), (text, changes) => {
        const lines = text.split("\n");
        for (const { how, at, length } of changes) {
          const from = at % lines.length;
          const [line = ""] = lines.splice(from, 1);
          if (how === "double") lines.splice(from, 0, line, line);
          if (how === "swap") lines.splice((from + length) % (lines.length + 1), 0, line);
        }
        agree(bytesOf(lines.join("\n")));
      }),
      { numRuns: 1000 },
    );
  });

  function agree(bytes: Uint8Array): void {
    const read = readElection(bytes);
    const strict = validateElection(bytes);
    expect(strict.errors).toBe(read.faults.errors);
    expect(read.election === null).toBe(read.faults.errors > 0);
    expect(strict.total).toBeGreaterThanOrEqual(read.faults.total);
    expect(strict.kept.length).toBe(Math.min(100, strict.total));
    const places = strict.kept.map(({ line, column }) => line * 1e6 + column);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    for (const { line, column, grade, code } of strict.kept) {
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      expect(grade).toBe(GRADES[code as FaultCode]);
    }
    if (read.election === null) return;
    const { ballots, projects } = read.election;
    expect(ballots.weights.reduce((sum, weight) => sum + weight, 0)).toBe(ballots.cast);
    expect(ballots.choices.every((choice) => choice < projects.length)).toBe(true);
    expect(ballots.starts.at(-1)).toBe(ballots.choices.length);
  }
});
