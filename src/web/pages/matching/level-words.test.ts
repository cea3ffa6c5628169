/** Every level that the engine can name has words here, and each reads as a sentence would. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Gathering, planColumns } from "../../../linkage/index.ts";
import { columnSaid, knownLevel, levelSaid } from "./level-words.ts";

const COMPARE = join(import.meta.dirname, "../../../linkage/domain/compare");

/** The names in the lists of levels of every comparison of one column, as they are written in its source. */
function writtenLevels(): readonly string[] {
  return readdirSync(COMPARE)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .flatMap((name) => [...readFileSync(join(COMPARE, name), "utf8").matchAll(/orderedLevels\(`([^`]*)`\)/g)])
    .flatMap(([, lines = ""]) => lines.trim().split("\n"))
    .map((line) => line.split("|")[0]?.trim() ?? "");
}

/** The comparisons that the engine chooses for files with a column of every kind. */
function plannedLevels() {
  const gathering = new Gathering({ id: "id", ignore: [] });
  gathering.open(
    "one.csv",
    "id,forename,surname,full_name,sex,dob,address,postcode,email,nhs_number,phone,town,line_1,line_2".split(","),
  );
  const towns = ["salford", "eccles", "swinton", "irlam", "worsley"];
  for (let at = 0; at < 60; at += 1) {
    const [town, day] = [towns[at % 5] ?? "", String(10 + (at % 18))];
    const person = [`r${at}`, `ann${at % 9}`, `bell${at % 7}`, `Ann Marie Jo${at % 4} Bell`, at % 2 ? "F" : "M"];
    const home = [`19${60 + (at % 30)}-02-${day}`, `${at} ${town} road north`, `M${(at % 5) + 1} ${at % 9}AB`];
    const numbers = [`ann${at}@example.org`, `943476${String(1000 + at)}`, `0161 496 0${String(100 + at)}`, town];
    gathering.take([...person, ...home, ...numbers, `flat ${at % 20}`, `${at % 11} ${town} lane`]);
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  return plan.value.comparisons;
}

describe("levels", () => {
  it("of every comparison of one column have words", () => {
    const written = writtenLevels();
    expect(written.length).toBeGreaterThan(30);
    const comparison = "home";
    const missing = written.filter((level) => knownLevel({ comparison, columns: [comparison], level }) === null);
    expect(missing).toEqual([]);
  });

  it("of everything that the engine chooses by itself have words, two columns compared as one among them", () => {
    const comparisons = plannedLevels();
    expect(comparisons.some(({ columns }) => columns.length === 2)).toBe(true);
    const all = comparisons.flatMap(({ name, columns, levels }) =>
      levels.map((level) => ({ comparison: name, columns, level: level.name })),
    );
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter((one) => knownLevel(one) === null)).toEqual([]);
  });

  it("of one comparison are all said differently", () => {
    for (const { name, columns, levels } of plannedLevels()) {
      const said = levels.map((level) => levelSaid({ comparison: name, columns, level: level.name }));
      expect(new Set(said).size, `${name}: ${said.join("; ")}`).toBe(said.length);
    }
  });
});

const CASES = `
  date_of_birth | same | Same date of birth
  dob | day and month swapped | Date of birth with day and month swapped
  postcode | different | Different postcode
  postcode | same sector | Different postcode in the same sector
  nhs_number | mistyped: one fails its check digit | Nearly the same NHS number, and one cannot be right
  name | forename same, surname near | Same forename, nearly the same surname
  name | forename near, surname near | Nearly the same forename and surname
  name | forename and surname swapped | Forename and surname swapped
  name | surname same, no forename | Same surname, with no forename to compare
  name | surname stands as the other's forename | Surname of one is the other's forename
  name | only forename and surname, different | One has only a forename, the other only a surname: different
  line_1 and line_2 | line_1 same, line_2 alike | Same line 1, similar line 2
  dob | of a model from elsewhere | Date of birth: of a model from elsewhere
`;

it.each(
  CASES.trim()
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim())),
)("%s, %s: %s", (comparison = "", level = "", said = "") => {
  expect(levelSaid({ comparison, columns: [comparison], level })).toBe(said);
});

it("nothing to compare is said of the column, and headings are words", () => {
  expect(levelSaid({ comparison: "nhs_number", columns: ["nhs_number"], level: null })).toBe(
    "Nothing to compare for NHS number",
  );
  expect(["NINO", "Date_Of_Birth", "house number"].map(columnSaid)).toEqual([
    "National Insurance number",
    "date of birth",
    "house number",
  ]);
});
