/**
 * One new record against a million: how long the index takes to build from a linked table, what it holds, and how long it takes to find
 * the records that may be of the same person. The table is drawn from a seed; every five hundredth record is kept out of it and asked for.
 */
import {
  Gathering,
  linkRecords,
  makeAgencyFiles,
  makeFamilies,
  planColumns,
  populationOf,
  RecordIndex,
  TRUTH_COLUMNS,
  usualBlock,
  usualBudget,
} from "../src/linkage/index.ts";
import { machineWords, say } from "./scratch.ts";

const FAMILIES = 80_000;
const GOAL_MS = 20;
const SURE = 0.9;

type New = { readonly record: Readonly<Record<string, string>>; readonly person: string };

/** The table, whose each record is, and the records that are kept out of it. */
function drawn() {
  const gathering = new Gathering({ id: "reference", ignore: [...TRUTH_COLUMNS] });
  const people: string[] = [];
  const fresh: New[] = [];
  let seen = 0;
  for (const { agency, headings, rows } of makeAgencyFiles(makeFamilies({ families: FAMILIES, seed: 3 }), 3)) {
    gathering.open(agency, headings);
    const truth = headings.indexOf(TRUTH_COLUMNS[0]);
    for (const row of rows) {
      seen += 1;
      const person = row[truth] ?? "";
      if (seen % 500 === 0) {
        const record = Object.fromEntries(headings.map((heading, at) => [heading, row[at] ?? ""]));
        fresh.push({ record, person });
        continue;
      }
      gathering.take(row);
      people.push(person);
    }
  }
  const records = gathering.finish();
  if (!records.ok) throw new Error(records.refusal.code);
  return { records: records.value, people, fresh };
}

function share(sorted: readonly number[], part: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0).toFixed(2);
}

const megabytes = () => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 ** 2;
};

say(`incremental: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}`);
const { records, people, fresh } = drawn();
const planned = planColumns(records);
if (!planned.ok) throw new Error(planned.refusal.code);
const plan = planned.value;
const pairBudget = usualBudget(records.count);
const linked = linkRecords(records, { plan, options: { seed: 1, threshold: 0.5, pairBudget } });
if (!linked.ok) throw new Error(linked.refusal.code);
const { parameters, rules, clusters } = linked.value;

const before = megabytes();
const begun = performance.now();
const population = populationOf(clusters.clusterOf, 1);
const index = new RecordIndex({ plan, parameters, rules, population, largestBlock: usualBlock(pairBudget) });
const seconds = (performance.now() - begun) / 1000;
say(
  `${records.count} records, ${rules.length} rules: built in ${seconds.toFixed(1)} s; ` +
    `${(megabytes() - before).toFixed(0)} MB beside the table${globalThis.gc === undefined ? " (not collected)" : ""}`,
);

for (const time of ["cold", "warm"]) {
  const took: number[] = [];
  let [compared, sure, right, skipped] = [0, 0, 0, 0];
  for (const { record, person } of fresh) {
    const from = performance.now();
    const found = index.findLike(record);
    took.push(performance.now() - from);
    compared += found.compared;
    skipped += found.skipped.length;
    const [best] = found.likes;
    if (best === undefined || best.probability < SURE) continue;
    sure += 1;
    if (people[best.record] === person) right += 1;
  }
  const first = took[0] ?? 0;
  took.sort((one, other) => one - other);
  say(
    `${time}: ${fresh.length} records, p50 ${share(took, 0.5)} ms, p95 ${share(took, 0.95)} ms, p99 ${share(took, 0.99)} ms, ` +
      `slowest ${share(took, 1)} ms, first ${first.toFixed(1)} ms; ${(compared / fresh.length).toFixed(0)} compared and ` +
      `${(skipped / fresh.length).toFixed(2)} rules left out in the mean; ${sure} found at ${SURE}, ${right} of them right; goal p95 ${GOAL_MS} ms`,
  );
}
const adding = performance.now();
for (const { record } of fresh) index.add(record);
say(`added: ${((performance.now() - adding) / fresh.length).toFixed(2)} ms a record`);
