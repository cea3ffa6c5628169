/**
 * Weights that Splink itself has published: the first rows of the predictions in its tutorial "Predicting which records match", of its
 * example file fake_1000 and the model shown there (documentation of Splink 4, tutorial 5, read in November 2026). The tutorial's fifth
 * comparison, of e-mail addresses, says nothing in any of these pairs and is left out.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Gathering } from "../table/gather.ts";
import { linkBySplink } from "./link-by-splink.ts";
import { readSplinkModel } from "./settings.ts";

const FILE = new URL("../../../../../shared/data/linkage/fake_1000.csv", import.meta.url);

/** Each line a level: its condition, m, u; "tf" where it is adjusted for the frequency of terms. */
const NAMES = (name: string, shares: readonly string[]) => `
  "${name}_l" = "${name}_r" | ${shares[0]} | tf
  jaro_winkler_similarity("${name}_l", "${name}_r") >= 0.92 | ${shares[1]}
  jaro_winkler_similarity("${name}_l", "${name}_r") >= 0.88 | ${shares[2]}
  jaro_winkler_similarity("${name}_l", "${name}_r") >= 0.7 | ${shares[3]}
  ELSE | ${shares[4]}`;
const COMPARISONS = {
  first_name: NAMES("first_name", [
    "0.49142094931763786 | 0.0057935713975033705",
    "0.15176057384758357 | 0.0023429457903817435",
    "0.07406496776118936 | 0.0015484319951285285",
    "0.07908610771504865 | 0.018934945558406913",
    "0.20366740135854072 | 0.9713801052585794",
  ]),
  surname: NAMES("surname", [
    "0.43457460622893745 | 0.004889975550122249",
    "0.22529103510053106 | 0.00283905173880724",
    "0.044322214569398714 | 0.0011314412292407403",
    "0.0778408787095487 | 0.014729633311540402",
    "0.21797126539158398 | 0.9764098981702893",
  ]),
  dob: `
    CAST("dob_l" AS TEXT) = CAST("dob_r" AS TEXT) | 0.39142166528829947 | 0.0017477477477477479
    levenshtein(CAST("dob_l" AS TEXT), CAST("dob_r" AS TEXT)) <= 1 | 0.14937817941895076 | 0.0016016016016016017
    ELSE | 0.4592001552927498 | 0.9966506506506506`,
  city: `
    "city_l" = "city_r" | 0.5625747223574914 | 0.0551475711801453 | tf
    ELSE | 0.43742527764250866 | 0.9448524288198547`,
};

const MODEL = {
  link_type: "dedupe_only",
  probability_two_random_records_match: 0.00298012298012298,
  sql_dialect: "duckdb",
  unique_id_column_name: "unique_id",
  blocking_rules_to_generate_predictions: [
    { blocking_rule: '(l."first_name" = r."first_name") AND (l."city" = r."city")' },
    { blocking_rule: 'l."surname" = r."surname"' },
  ],
  comparisons: Object.entries(COMPARISONS).map(([name, lines]) => ({
    output_column_name: name,
    comparison_levels: [
      { sql_condition: `"${name}_l" IS NULL OR "${name}_r" IS NULL`, is_null_level: true },
      ...lines
        .trim()
        .split("\n")
        .map((line) => {
          const [sql_condition = "", m, u, terms] = line.split(" | ").map((part) => part.trim());
          const tf = terms === "tf" ? { tf_adjustment_column: name, tf_adjustment_weight: 1 } : {};
          return { sql_condition, m_probability: Number(m), u_probability: Number(u), ...tf };
        }),
    ],
  })),
};

/** Ids of both records and their match_weight, as published. */
const PUBLISHED = `
  324 326 -1.749664
  25 27 -1.626076
  626 629 -1.551265
  600 602 -1.427735
  599 602 -1.427735
`;

describe.skipIf(!existsSync(FILE))("Splink's published predictions (skipped when its file is not at hand)", () => {
  it("are given back to the sixth decimal", () => {
    const gathering = new Gathering({ id: "unique_id", ignore: ["cluster"], asWritten: true });
    const [headings = "", ...rows] = readFileSync(FILE, "utf8").trim().split("\n");
    gathering.open("fake_1000.csv", headings.split(","));
    for (const row of rows) gathering.take(row.split(","));
    const records = gathering.finish();
    const model = readSplinkModel(JSON.stringify(MODEL));
    if (!records.ok || !model.ok) throw new Error("not read");
    const options = { threshold: 0.2, mostPairs: 1e6 };
    const linked = linkBySplink(records.value, { model: model.value, options });
    if (!linked.ok) throw new Error(linked.refusal.code);
    const { left, right, weights } = linked.value.pairs;
    const weightOf = new Map<string, number>();
    left.forEach((one, pair) => {
      const ids = [one, right[pair] as number].map((record) => Number(records.value.ids[record]));
      weightOf.set(ids.sort((a, b) => a - b).join(" "), weights[pair] as number);
    });
    for (const line of PUBLISHED.trim().split("\n")) {
      const [one, other, weight] = line.trim().split(" ");
      expect(weightOf.get(`${one} ${other}`)).toBeCloseTo(Number(weight), 6);
    }
  });
});
