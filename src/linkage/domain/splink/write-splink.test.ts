/** A model written for Splink: read back by our own reader, its levels are those of the house's comparisons, on drawn families. */
import { describe, expect, it } from "vitest";
import { makeAgencyFiles, TRUTH_COLUMNS } from "../generate/agencies.ts";
import { makeFamilies } from "../generate/families.ts";
import { linkRecords } from "../link.ts";
import { type Model, modelOf } from "../model/artefact.ts";
import { planColumns } from "../plan.ts";
import { Gathering } from "../table/gather.ts";
import type { Column } from "../table/records.ts";
import { compile } from "./evaluate.ts";
import { NotRead } from "./expressions.ts";
import { readSplinkModel } from "./settings.ts";
import { writeSplink } from "./write-splink.ts";

/** Police records: of every kind of column but an e-mail address, which is made of the name, and two lines. */
function made() {
  const gathering = new Gathering({ id: "reference", ignore: [...TRUTH_COLUMNS, "recorded_on"] });
  const files = makeAgencyFiles(makeFamilies({ families: 120, seed: 6 }), 6).filter(({ agency }) =>
    ["police", "social-care"].includes(agency),
  );
  for (const { agency, headings, rows } of files) {
    gathering.open(agency, [...headings, "email", "line_1", "line_2"]);
    for (const row of rows) {
      const cell = (name: string) => row[headings.indexOf(name)] ?? "";
      const [number = "", ...street] = cell("address").split(" ");
      const email = `${cell("forename")}.${cell("phone").slice(-3)}@example.org`;
      gathering.take([...row, email, number, street.join(" ")]);
    }
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const planned = planColumns(records.value);
  if (!planned.ok) throw new Error(planned.refusal.code);
  const plan = planned.value;
  const linked = linkRecords(records.value, { plan, options: { seed: 1, threshold: 0.5, pairBudget: 30_000 } });
  if (!linked.ok) throw new Error(linked.refusal.code);
  return { records: records.value, plan, model: modelOf(plan, linked.value) };
}

const { records, plan, model } = made();
const written = writeSplink(model);

/** The columns as Splink would hold them: names of both parts under their headings, days as YYYY-MM-DD. */
const held = new Map<string, Column>(
  plan.makers.flatMap(({ name, prepared }) =>
    prepared.map((column): readonly [string, Column] => {
      if (name !== "date_of_birth") return [column.name, column];
      const values = column.values.map((day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
      return [column.name, { ...column, values }];
    }),
  ),
);

describe("a model written for Splink", () => {
  const read = readSplinkModel(JSON.stringify(written.settings));
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  const splink = read.value;

  it("has every comparison with the house's m and u, and the prior", () => {
    expect(splink.prior).toBe(model.prior);
    expect(
      splink.comparisons.length + written.leftOut.filter((name) => !name.includes(" and ")).length,
    ).toBeGreaterThan(7);
    const described = written.settings["comparisons"] as readonly { comparison_description: string }[];
    described.forEach(({ comparison_description: name }, at) => {
      const own = model.comparisons.find((one) => one.name === name);
      const levels = (splink.comparisons[at]?.levels ?? []).flatMap(({ label, shares }) =>
        shares ? [{ label, ...shares }] : [],
      );
      const byName = (one: { readonly label: string }, other: { readonly label: string }) =>
        one.label < other.label ? -1 : 1;
      const wanted = (own?.levels ?? []).map(({ name: label, m, u }) => ({ label, m, u }));
      expect(levels.sort(byName)).toEqual(wanted.sort(byName));
    });
  });

  /** The share of pairs that Splink's first level that holds is the house's of. */
  const agreement = (at: number, name: string) => {
    const comparison = plan.comparisons.find((one) => one.name === name);
    const levels = (splink.comparisons[at]?.levels ?? []).map(({ label, condition, shares }) => ({
      label: shares === null ? null : label,
      holds:
        condition === null
          ? () => true
          : compile(condition, (column) => {
              const found = held.get(column);
              if (found === undefined) throw new NotRead(column);
              return found;
            }),
    }));
    let [same, all] = [0, 0];
    // Every third record with those within reach of it: members of one family stand near each other.
    for (let left = 0; left < records.count; left += 3)
      for (let right = Math.max(0, left - 120); right < left; right += 1) {
        const level = comparison?.compare(left, right) ?? -1;
        const own = level < 0 ? null : (comparison?.levels[level]?.name ?? null);
        const found = levels.find(({ holds }) => holds(left, right) === true)?.label ?? null;
        all += 1;
        if (found === own) same += 1;
      }
    return { all, share: same / all };
  };

  const comparisons = (written.settings["comparisons"] as readonly { comparison_description: string }[]).map(
    ({ comparison_description: name }, at) => ({ name, at }),
  );
  it.each(comparisons)("says at each pair what the house says: $name", ({ name, at }) => {
    const { all, share } = agreement(at, name);
    expect(all).toBeGreaterThan(5000);
    if (written.approximated.some((one) => one.startsWith(`${name}: `))) expect(share).toBeGreaterThan(0.97);
    else expect(share).toBe(1);
  });

  it("makes the rules that SQL can say, and names those that it cannot", () => {
    const rules: Model["rules"] = [
      ["surname", "date_of_birth: year"],
      ["surname by sound"],
      ["postcode: sector", "forename's initial"],
    ];
    const { settings, leftOut } = writeSplink({ ...model, rules });
    expect(settings["blocking_rules_to_generate_predictions"]).toEqual([
      {
        blocking_rule:
          '(l."surname" = r."surname") AND (substr(l."date_of_birth", 1, 4) = substr(r."date_of_birth", 1, 4))',
        sql_dialect: "duckdb",
      },
      {
        blocking_rule: `(left(l."postcode", length(l."postcode") - 2) = left(r."postcode", length(r."postcode") - 2)) AND (substr(l."forename", 1, 1) = substr(r."forename", 1, 1))`,
        sql_dialect: "duckdb",
      },
    ]);
    expect(leftOut).toContain("surname by sound");
    expect(readSplinkModel(JSON.stringify(settings)).ok).toBe(true);
  });

  it("of a whole name takes its first and last words", () => {
    const whole = {
      ...model,
      rules: [],
      comparisons: model.comparisons.map((one) => (one.name === "name" ? { ...one, columns: ["full_name"] } : one)),
    };
    const text = JSON.stringify(writeSplink(whole).settings);
    expect(text).toContain("split_part(\\\"full_name_l\\\", ' ', 1)");
    expect(readSplinkModel(text).ok).toBe(true);
  });
});
