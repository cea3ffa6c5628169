/** Published files with a truth, where they are at hand: linked from their columns alone, at the threshold of 0.5, as well as is promised. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeRecords } from "./domain/encode/encode.ts";
import { matchCodes } from "./domain/encode/match-codes.ts";
import { usualSchema } from "./domain/encode/usual-schema.ts";
import { linkRecords, usualBudget } from "./domain/link.ts";
import { bCubed, pairAgreement } from "./domain/measure/truth.ts";
import { planColumns } from "./domain/plan.ts";
import { Gathering } from "./domain/table/gather.ts";

const FOLDER = new URL("../../../shared/data/linkage/", import.meta.url);
const here = existsSync(FOLDER);

/** These files have no quoted cells. */
function open(...names: readonly string[]) {
  const gathering = new Gathering({ id: null, ignore: ["cluster"] });
  const truth: string[] = [];
  for (const name of names) {
    const [headings = "", ...rows] = readFileSync(new URL(name, FOLDER), "utf8").trim().split("\n");
    gathering.open(name, headings.split(","));
    const cluster = headings.split(",").indexOf("cluster");
    for (const row of rows) {
      const cells = row.split(",");
      gathering.take(cells);
      truth.push(cluster < 0 ? (/\d+/.exec(cells[0] ?? "")?.[0] ?? "") : (cells[cluster] ?? ""));
    }
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  const plan = planColumns(records.value);
  if (!plan.ok) throw new Error(plan.refusal.code);
  const numbers = new Map<string, number>();
  const people = Int32Array.from(truth, (one) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  });
  return { records: records.value, plan: plan.value, people };
}

describe.skipIf(!here)("published files (skipped when they are not at hand)", () => {
  it.each([
    { files: ["fake_1000.csv"], pairs: 0.9, clusters: 0.94 },
    { files: ["febrl3.csv"], pairs: 0.9986, clusters: 0.9986 },
    { files: ["febrl4a.csv", "febrl4b.csv"], pairs: 0.9997, clusters: 0.9997 },
  ])("$files", ({ files, pairs, clusters }) => {
    const { records, plan, people } = open(...files);
    const options = { seed: 1, threshold: 0.5, pairBudget: usualBudget(records.count) };
    const linked = linkRecords(records, { plan, options });
    if (!linked.ok) throw new Error(linked.refusal.code);
    const { clusterOf } = linked.value.clusters;
    expect(pairAgreement(clusterOf, people).f1).toBeGreaterThan(pairs);
    expect(bCubed(clusterOf, people).f1).toBeGreaterThan(clusters);
  });

  it("febrl4 by codes alone", () => {
    const [first, second] = [open("febrl4a.csv"), open("febrl4b.csv")];
    const secret = { schema: usualSchema(first.plan.columns), secret: "for this test only" };
    const [all, right] = [encodeRecords(first.records, secret), encodeRecords(second.records, secret)];
    // A fifth of one file against the whole of the other: every two are compared.
    const left = { ...all, bits: all.bits.subarray(0, 1000 * all.words) };
    const personOf = (id: string | undefined) => /\d+/.exec(id ?? "")?.[0];
    const matches = matchCodes({ left, right }, 0.5);
    const found = matches.filter(
      (match) => personOf(first.records.ids[match.left]) === personOf(second.records.ids[match.right]),
    ).length;
    expect((2 * found) / (matches.length + 1000)).toBeGreaterThan(0.985);
  }, 30_000);
});
