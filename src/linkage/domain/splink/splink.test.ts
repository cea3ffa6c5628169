/**
 * Splink's models: the language of their conditions by examples, what is refused and by which name, and the same pairs and weights as a
 * plain second implementation gives on drawn tables.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gathering } from "../table/gather.ts";
import type { Records } from "../table/records.ts";
import { compile } from "./evaluate.ts";
import { readExpression } from "./expressions.ts";
import { linkBySplink } from "./link-by-splink.ts";
import { type PlainConditions, type PlainModel, type PlainRow, plainSplink } from "./plain-splink.ts";
import { isSplinkModel, readSplinkModel } from "./settings.ts";

function tableOf(files: Readonly<Record<string, readonly PlainRow[]>>): Records {
  const gathering = new Gathering({ id: "unique_id", ignore: [], asWritten: true });
  for (const [name, rows] of Object.entries(files)) {
    const headings = Object.keys(rows[0] ?? {}).filter((heading) => heading !== "file");
    gathering.open(name, headings);
    for (const row of rows) gathering.take(headings.map((heading) => row[heading] ?? ""));
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  return records.value;
}

/** The condition of two values of one column a. */
function asked(sql: string, [left, right]: readonly [string, string]): unknown {
  const records = tableOf({
    file: [
      { unique_id: "1", a: left },
      { unique_id: "2", a: right },
    ],
  });
  const [column] = records.columns;
  return compile(readExpression(sql, "suffix"), () => column as NonNullable<typeof column>)(0, 1);
}

describe("conditions", () => {
  // Jaro-Winkler: Winkler's MARTHA and DWAYNE; levenshtein of kitten and sitting, and the true Damerau distance of ca and abc, are the usual.
  const cases = `
    "a_l" = "a_r"                                                  | Ann | Ann | true
    a_l = a_r                                                      | Ann | ann | false
    lower(a_l) = lower(a_r)                                        | Ann | ann | true
    "a_l" IS NULL OR "a_r" IS NULL                                 | Ann |     | true
    "a_l" = "a_r"                                                  | Ann |     | null
    NOT ("a_l" = "a_r")                                            | Ann |     | null
    "a_l" = "a_r" OR "a_l" IS NOT NULL                             | Ann |     | true
    a_l <> a_r AND a_r IS NULL                                     | Ann |     | null
    round                                                          | Ann | Ann | "round" is of neither record
    jaro_winkler_similarity("a_l", "a_r") > 0.9611                 | MARTHA | MARHTA | true
    jaro_winkler_similarity("a_l", "a_r") < 0.9612                 | MARTHA | MARHTA | true
    jaro_similarity("a_l", "a_r") > 0.8222                         | DWAYNE | DUANE | true
    jaro_similarity("a_l", "a_r") < 0.8223                         | DWAYNE | DUANE | true
    jaro_winkler_similarity("a_l", "a_r") >= 0.7                   | abcdef | abzzzzzz | false
    levenshtein("a_l", "a_r") = 3                                  | kitten | sitting | true
    damerau_levenshtein("a_l", "a_r") = 2                          | ca | abc | true
    damerau_levenshtein("a_l", "a_r") <= 1                         | 1970-01-02 | 1970-10-02 | true
    levenshtein("a_l", "a_r") = 2                                  | Zoe | Zoé | true
    jaccard("a_l", "a_r") = 0.5                                    | abc | bcd | true
    ABS(EPOCH(try_strptime("a_l", '%Y-%m-%d')) - EPOCH(try_strptime("a_r", '%Y-%m-%d'))) <= 2629800.0 | 1970-01-02 | 1970-02-01 | true
    ABS(EPOCH(try_strptime("a_l", '%Y-%m-%d')) - EPOCH(try_strptime("a_r", '%Y-%m-%d'))) <= 2629800.0 | 1970-01-02 | 1970-02-30 | null
    try_strptime("a_l", '%d/%m/%Y') IS NULL                        | 31/02/1970 | x | true
    abs(date_diff('day', CAST("a_l" AS DATE), "a_r"::date)) <= 30  | 1970-01-02 | 1970-02-01 | true
    abs("a_l" - "a_r") <= 2                                        | 9 | 11 | true
    "a_l" - 1 = CAST("a_r" AS INTEGER)                             | 12 | 11 | true
    substr("a_l", 1, 3) = substr("a_r", 1, 3)                      | Annette | Anna | true
    substring(a_l, -2) = 'te'                                      | Annette | Anna | true
    NULLIF(regexp_extract("a_l", '^[^@]+', 0), '') = NULLIF(regexp_extract("a_r", '^[^@]+', 0), '') | ann@x.org | ann@y.org | true
    NULLIF(regexp_extract("a_l", '^[^@]+', 0), '') = NULLIF(regexp_extract("a_r", '^[^@]+', 0), '') | @x.org | @x.org | null
    coalesce(a_l, 'none') = coalesce(a_r, 'none')                  |  |  | true
    array_length(list_intersect("a_l", "a_r")) >= 1                | [M6 5PW, M7 1AA] | ['M7 1AA'] | true
    array_length(list_intersect("a_l", "a_r")) >= 1                | [M6 5PW] | M7 1AA | null
    'it''s' = a_l || '''s'                                         | it | x | true
    a_l = a_r)                                                     | x | x | ")" is not expected
    dmetaphone("a_l") = dmetaphone("a_r")                          | x | x | the function dmetaphone is not known
    substr("a_l") = 'x'                                            | x | x | substr is given 1 values
    "a_l" @> "a_r"                                                 | x | x | "@> "a_r"" is not read
    CAST("a_l" AS BLOB) = 'x'                                      | x | x | the type BLOB is not read
  `;
  it.each(
    cases
      .trim()
      .split("\n")
      .map((line) =>
        line
          .replaceAll(" || ", " ¦¦ ")
          .split("|")
          .map((part) => part.trim().replaceAll("¦¦", "||")),
      ),
  )("%s of %s and %s: %s", (sql = "", left = "", right = "", answer = "") => {
    if (["true", "false", "null"].includes(answer)) expect(String(asked(sql, [left, right]))).toBe(answer);
    else expect(() => asked(sql, [left, right])).toThrow(answer);
  });
});

const level = (sql_condition: string, shares: readonly [number, number], more = {}) => {
  const [m_probability, u_probability] = shares;
  return { sql_condition, label_for_charts: sql_condition, m_probability, u_probability, ...more };
};
const nothing = (sql_condition: string) => ({ sql_condition, label_for_charts: "nothing", is_null_level: true });

const MODEL: PlainModel = {
  link_type: "dedupe_only",
  probability_two_random_records_match: 0.02,
  blocking_rules_to_generate_predictions: [
    { blocking_rule: 'l."forename" = r."forename"' },
    { blocking_rule: '(SUBSTR(l.surname, 1, 2) = SUBSTR(r.surname, 1, 2)) AND (l."born" = r."born")' },
  ],
  comparisons: [
    {
      output_column_name: "forename",
      comparison_levels: [
        nothing('"forename_l" IS NULL OR "forename_r" IS NULL'),
        level('"forename_l" = "forename_r"', [0.7, 0.05], { tf_adjustment_column: "forename" }),
        level('jaro_winkler_similarity("forename_l", "forename_r") >= 0.8', [0.2, 0.1], {
          tf_adjustment_column: "forename",
          tf_adjustment_weight: 0.5,
          tf_minimum_u_value: 0.2,
        }),
        level("ELSE", [0.1, 0.85]),
      ],
    },
    {
      output_column_name: "surname",
      comparison_levels: [
        nothing('"surname_l" IS NULL OR "surname_r" IS NULL'),
        level('"surname_l" = "surname_r"', [0.8, 0.01]),
        level('"surname_l" = "forename_r"', [0.01, 0.004]),
        level('levenshtein("surname_l", "surname_r") <= 1', [0.1, 0.02]),
        level("ELSE", [0.09, 0.966]),
      ],
    },
    {
      output_column_name: "born",
      comparison_levels: [
        nothing('"born_l" IS NULL OR "born_r" IS NULL'),
        level('"born_l" = "born_r"', [0.9, 0.001]),
        level("ELSE", [0.1, 0.999]),
      ],
    },
  ],
};

const start = (row: PlainRow) => row["surname"]?.slice(0, 2) ?? null;
const same = (column: string) => (left: PlainRow, right: PlainRow) =>
  left[column] !== null && left[column] === right[column];
const none = (column: string) => (left: PlainRow, right: PlainRow) => left[column] === null || right[column] === null;

/** Of names of three letters: one changed, put in or left out. */
function oneApart(one: string, other: string): boolean {
  if (one.length === other.length) return [...one].filter((letter, at) => letter !== other[at]).length <= 1;
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return (
    longer.length - shorter.length === 1 &&
    [...longer].some((_, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter)
  );
}

/** Ann and Anna: 3 and 4 letters, all shared, Jaro 0.91667, three of the beginning: 0.94167. No other two of the list reach 0.8. */
const ALIKE = ["Ann Anna", "Anna Ann"];

const BY_HAND: PlainConditions = {
  'l."forename" = r."forename"': same("forename"),
  '(SUBSTR(l.surname, 1, 2) = SUBSTR(r.surname, 1, 2)) AND (l."born" = r."born")': (left, right) =>
    start(left) !== null && start(left) === start(right) && same("born")(left, right),
  '"forename_l" IS NULL OR "forename_r" IS NULL': none("forename"),
  '"forename_l" = "forename_r"': same("forename"),
  'jaro_winkler_similarity("forename_l", "forename_r") >= 0.8': (left, right) =>
    left["forename"] === right["forename"] || ALIKE.includes(`${left["forename"]} ${right["forename"]}`),
  '"surname_l" IS NULL OR "surname_r" IS NULL': none("surname"),
  '"surname_l" = "surname_r"': same("surname"),
  '"surname_l" = "forename_r"': (left, right) => left["surname"] !== null && left["surname"] === right["forename"],
  'levenshtein("surname_l", "surname_r") <= 1': (left, right) =>
    oneApart(left["surname"] ?? "", right["surname"] ?? ""),
  '"born_l" IS NULL OR "born_r" IS NULL': none("born"),
  '"born_l" = "born_r"': same("born"),
};

const rowsOf = fc
  .array(
    fc.record({
      forename: fc.constantFrom("Ann", "Anna", "Huw", "Pru", null),
      surname: fc.constantFrom("Rees", "Reed", "Ree", "Pugh", "Huw", null),
      born: fc.constantFrom("1970-01-02", "1971-12-30", null),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((rows) =>
    rows.map((row, at): PlainRow => ({ unique_id: String(at + 1), ...row, file: at % 3 === 0 ? "a" : "b" })),
  );

function linked(records: Records, model: PlainModel, threshold: number) {
  const read = readSplinkModel(JSON.stringify(model));
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const found = linkBySplink(records, { model: read.value, options: { threshold, mostPairs: 1e6 } });
  if (!found.ok) throw new Error(JSON.stringify(found.refusal));
  const { left, right, weights } = found.value.pairs;
  const pairs = Array.from(left, (one, pair) => {
    const [first, second] = [one, right[pair] as number].sort((a, b) => a - b);
    return { left: first as number, right: second as number, weight: weights[pair] as number };
  });
  return { ...found.value, pairs: pairs.sort((a, b) => a.left - b.left || a.right - b.right) };
}

function expectSame(found: readonly { weight: number }[], wanted: readonly { weight: number }[]) {
  const places = (pairs: readonly object[]) => pairs.map((pair) => ({ ...pair, weight: 0 }));
  expect(places(found)).toEqual(places(wanted));
  found.forEach(({ weight }, at) => {
    expect(weight).toBeCloseTo(wanted[at]?.weight ?? 0, 9);
  });
}

describe("a Splink model", () => {
  it("makes the pairs and weights that its JSON says, within one file", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const found = linked(tableOf({ all: rows }), MODEL, 0);
        expectSame(found.pairs, plainSplink(rows, { model: MODEL, conditions: BY_HAND }));
      }),
      { numRuns: 300 },
    );
  });

  it("makes them of two files, of which neither is looked at by itself", () => {
    const model = { ...MODEL, link_type: "link_only" };
    fc.assert(
      fc.property(rowsOf, (rows) => {
        // Splink's left record is that of the first file.
        const inFiles = [...rows.filter(({ file }) => file === "a"), ...rows.filter(({ file }) => file === "b")];
        fc.pre(inFiles.some(({ file }) => file === "b"));
        const files = { a: inFiles.filter(({ file }) => file === "a"), b: inFiles.filter(({ file }) => file === "b") };
        expectSame(linked(tableOf(files), model, 0).pairs, plainSplink(inFiles, { model, conditions: BY_HAND }));
      }),
    );
  });

  it("makes clusters of what hangs together at the threshold, and gives the pairs that reach it", () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const found = linked(tableOf({ all: rows }), MODEL, 0.5);
        const wanted = plainSplink(rows, { model: MODEL, conditions: BY_HAND }).filter(({ weight }) => weight >= 0);
        expectSame(found.pairs, wanted);
        // Spread the lowest number along the pairs until it stands still.
        const lowest = rows.map((_, at) => at);
        for (let round = 0; round < rows.length; round += 1)
          for (const { left, right } of wanted) {
            const least = Math.min(lowest[left] as number, lowest[right] as number);
            lowest[left] = least;
            lowest[right] = least;
          }
        rows.forEach((_, one) => {
          rows.forEach((__, other) => {
            expect(found.clusterOf[one] === found.clusterOf[other]).toBe(lowest[one] === lowest[other]);
          });
        });
      }),
    );
  });

  const edited = (change: (model: { [key: string]: unknown }) => void) => {
    const model = JSON.parse(JSON.stringify(MODEL));
    change(model);
    return JSON.stringify(model);
  };
  type Editable = { comparisons: { comparison_levels: { [key: string]: unknown }[] }[]; [key: string]: unknown };
  const withLevel = (change: Readonly<Record<string, unknown>>) =>
    edited((model) => {
      Object.assign((model as Editable).comparisons[1]?.comparison_levels[3] ?? {}, change);
    });
  it.each([
    [withLevel({ sql_condition: "soundex(surname_l) = 'x'" }), null, "the function soundex is not known"],
    [withLevel({ sql_condition: "surname_l ~ 'x'" }), "surname: levenshtein", `"~ 'x'" is not read`],
    [withLevel({ m_probability: undefined }), "surname: levenshtein", "it was not trained"],
    [withLevel({ u_probability: 0, m_probability: 0 }), "surname: levenshtein", "are no shares"],
    [withLevel({ tf_adjustment_column: "town" }), "surname: levenshtein", "no level is exact agreement on town"],
    [withLevel({ sql_condition: "ELSE" }), "surname", "the last level, and no other"],
    [withLevel({ sql_condition: "town_l = town_r" }), null, "the files have no column town"],
    [edited((model) => Object.assign(model, { sql_dialect: "spark" })), "sql_dialect", "only duckdb"],
    [
      edited((model) => Object.assign(model, { probability_two_random_records_match: 2 })),
      "the model",
      "between 0 and 1",
    ],
    [
      edited((model) => Object.assign(model, { blocking_rules_to_generate_predictions: ["l.born < r.born"] })),
      null,
      "equations",
    ],
    [
      edited((model) => Object.assign(model, { blocking_rules_to_generate_predictions: ["l.surname = r.forename"] })),
      null,
      "the same of both records",
    ],
  ])("that cannot be carried out is refused by name (%#)", (text, where, why) => {
    expect(isSplinkModel(text)).toBe(true);
    const read = readSplinkModel(text);
    // What depends on the files is refused when they are there.
    const found = read.ok
      ? linkBySplink(tableOf({ all: [{ unique_id: "1", forename: "Ann", surname: "Rees", born: "1970-01-02" }] }), {
          model: read.value,
          options: { threshold: 0.5, mostPairs: 10 },
        })
      : read;
    if (found.ok) throw new Error("it was carried out");
    expect(found.refusal).toMatchObject({ code: "splink_not_read" });
    if ("where" in found.refusal) {
      if (where !== null) expect(found.refusal.where).toContain(where);
      expect(found.refusal.why).toContain(why);
    }
  });

  it("without rules compares every two, and is refused before there are too many", () => {
    const rows = Array.from(
      { length: 10 },
      (_, at): PlainRow => ({ unique_id: String(at), forename: "Ann", surname: null, born: null }),
    );
    const model = { ...MODEL, blocking_rules_to_generate_predictions: [] };
    expect(linked(tableOf({ all: rows }), model, 0).compared).toBe(45);
    const read = readSplinkModel(JSON.stringify(model));
    if (!read.ok) throw new Error("not read");
    const few = linkBySplink(tableOf({ all: rows }), { model: read.value, options: { threshold: 0, mostPairs: 44 } });
    expect(few).toMatchObject({ refusal: { code: "too_many_pairs", pairs: 45 } });
  });

  it("is told from the house's own", () => {
    expect(isSplinkModel('{"format":"onepot-linkage-model","comparisons":[{"levels":[]}]}')).toBe(false);
    expect(isSplinkModel("{")).toBe(false);
  });
});
