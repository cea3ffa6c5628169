/**
 * Import of a million spend lines from a CSV file, whole: reading, checking, storing, summing; beside the floor: COPY of the
 * same lines, ready made, into an unlogged table, then one INSERT ... SELECT into the same keys and indexes.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openPlace } from "../src/places/index.ts";
import { newId } from "../src/platform/ids.ts";
import { perform } from "../src/platform/use-case/index.ts";
import { hashOfFile, importSpendFile } from "../src/spending/index.ts";
import { machineWords, median, openScratch, say } from "./scratch.ts";

const LINES = Number(process.env["BENCH_LINES"] ?? 1_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const AREAS = [
  "Children's Services",
  "Community Health & Social Care",
  "Environment",
  "Customer & Support Services",
  "Public Health",
];

type Line = {
  readonly row: number;
  readonly day: string;
  readonly pence: number;
  readonly supplier: string;
  readonly area: string;
};

function lineOf(row: number): Line {
  const month = 1 + (row % 12);
  return {
    row,
    day: `2012-${String(month).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`,
    pence: 50_001 + ((row * 7919) % 9_000_000),
    supplier: `Supplier number ${(row * 31) % 4000} Ltd`,
    area: AREAS[row % AREAS.length] ?? "",
  };
}

function* csv(round: number): Generator<string> {
  yield `Payment Date,Amount,Service Area,Supplier Name,Description,Transaction Number\n`;
  for (let row = 2; row <= LINES + 1; row += 1) {
    const { day, pence, supplier, area } = lineOf(row);
    yield `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)},"${(pence / 100).toFixed(2)}","${area}",${supplier},Agency staff and services,${round}${row}\n`;
  }
}

function* copyLines(batch: string, round: number): Generator<string> {
  for (let row = 2; row <= LINES + 1; row += 1) {
    const { day, pence, supplier, area } = lineOf(row);
    yield `${batch}\t${row}\t${day}\t${pence}\t${supplier}\t${area}\tAgency staff and services\t${round}${row}\t\t\n`;
  }
}

const scratch = await openScratch(4);
const folder = await mkdtemp(join(tmpdir(), "onepot-bench-"));
const opened = await perform(scratch.house, openPlace, {
  credential: { kind: "operator" },
  language: "en",
  input: { slug: "salford" },
});
if (!opened.ok) throw new Error("the place was not opened");
const admin = new pg.Client({ connectionString: scratch.adminUrl });
await admin.connect();
await admin.query("create unlogged table floor_staging (like spend_staging)");
await admin.query(
  "create table floor_line (like spend_line including defaults including constraints including indexes)",
);
say(`import: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${LINES} lines, ${ROUNDS} rounds`);

const ratios: number[] = [];
const seconds: number[] = [];
const floors: number[] = [];
let peak = 0;
for (let round = 1; round <= ROUNDS; round += 1) {
  const path = join(folder, `lines-${round}.csv`);
  await pipeline(Readable.from(csv(round)), createWriteStream(path));
  const ready = join(folder, `lines-${round}.copy`);
  const batch = newId();
  await pipeline(Readable.from(copyLines(batch, round)), createWriteStream(ready));

  const floorBegun = performance.now();
  await pipeline(
    createReadStream(ready, { highWaterMark: 256 * 1024 }),
    admin.query(copyFrom("copy floor_staging from stdin")),
  );
  await admin.query(
    `insert into floor_line (place_id, file_id, row_number, publisher_id, paid_on, amount_pence, supplier, service_area, description, reference, company_number, charity_number)
     select 1, $1, row_number, $1, paid_on, amount_pence, supplier, service_area, description, reference, company_number, charity_number from floor_staging`,
    [batch],
  );
  const floor = (performance.now() - floorBegun) / 1000;
  await admin.query("truncate floor_staging");
  await admin.query("checkpoint");

  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }, 20);
  const begun = performance.now();
  const result = await perform(scratch.house, importSpendFile, {
    credential: { kind: "operator" },
    place: "salford",
    language: "en",
    input: { name: `lines-${round}.csv`, file: { input: { path }, sha256: await hashOfFile(path) } },
  });
  const ours = (performance.now() - begun) / 1000;
  clearInterval(watch);
  if (!result.ok || !result.value.stored || result.value.lines !== LINES) throw new Error("the import was refused");
  await admin.query("checkpoint");
  ratios.push(floor / ours);
  seconds.push(ours);
  floors.push(floor);
}
say(
  `  ${median(seconds).toFixed(1)} s (${(LINES / median(seconds)).toFixed(0)} lines a second); floor ${median(floors).toFixed(1)} s; ratio ${median(ratios).toFixed(2)} (goal 0.5); memory +${Math.round(peak / 2 ** 20)} MB at most (goal +150)`,
);
await admin.end();
await scratch.close();
await rm(folder, { recursive: true, force: true });
