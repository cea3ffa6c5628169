/**
 * CPU seconds of `records link --auto` in a process of its own: start, reading, linking and writing, less those of `node -e 0`; the most
 * memory it held; and how well it agrees with the truth. Seven agencies' files drawn from a seed; and published files, where they lie
 * in a folder beside the project.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeAgencyFiles, makeFamilies, TRUTH_COLUMNS } from "../src/linkage/index.ts";
import { machineWords, median, say } from "./scratch.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const REAL = join(root, "../shared/data/linkage");
const TIMES = 3;

const folder = await mkdtemp(join(tmpdir(), "onepot records "));
const [pairs, clusters] = [join(folder, "pairs.csv"), join(folder, "clusters.csv")];
const probe = join(folder, "probe.mjs");
await writeFile(
  probe,
  `process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write(\`probe \${userCPUTime + systemCPUTime} \${maxRSS}\\n\`);
  });`,
);

function run(words: readonly string[]) {
  const begun = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", probe, ...words], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const found = /probe (\d+) (\d+)/.exec(stderr);
  if (status !== 0 || found === null) throw new Error(`linking failed: ${stderr}`);
  const wall = (performance.now() - begun) / 1000;
  return { stdout, seconds: Number(found[1]) / 1e6, megabytes: Number(found[2]) / 1024, wall };
}

type Asked = {
  readonly name: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly truth: string;
  readonly goal: number | null;
  readonly times: number;
};

const real = (names: readonly string[], about: Pick<Asked, "ignore" | "truth" | "goal">): readonly Asked[] => {
  const paths = names.map((name) => join(REAL, name));
  return paths.every((path) => existsSync(path)) ? [{ name: names.join(" and "), paths, ...about, times: TIMES }] : [];
};

/** Seven files of so many families. */
async function drawn(families: number): Promise<Asked> {
  const population = makeFamilies({ families, seed: 3 });
  const paths: string[] = [];
  for (const { agency, headings, rows } of makeAgencyFiles(population, 3)) {
    const path = join(folder, `${agency}-${families}.csv`);
    await writeFile(path, `${[headings, ...rows].map((row) => row.join(",")).join("\n")}\n`);
    paths.push(path);
  }
  const name = `drawn: ${families} families, seven files`;
  return { name, paths, ignore: TRUTH_COLUMNS, truth: "true_person", goal: null, times: 1 };
}

const asked: readonly Asked[] = [
  ...real(["historical_50k.csv"], { ignore: ["cluster"], truth: "cluster", goal: 5 }),
  ...real(["fake_1000.csv"], { ignore: ["cluster"], truth: "cluster", goal: null }),
  ...real(["febrl3.csv"], { ignore: [], truth: "rec_id", goal: null }),
  ...real(["febrl4a.csv", "febrl4b.csv"], { ignore: [], truth: "rec_id", goal: 3 }),
  await drawn(1_500),
  await drawn(80_000),
];

try {
  say(`records: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; median of ${TIMES}`);
  const idle = median(Array.from({ length: TIMES }, () => run(["-e", "0"]).seconds));
  for (const { name, paths, ignore, truth, goal, times } of asked) {
    const words = ["records", "link", ...paths, "--auto", ...ignore.flatMap((column) => ["--ignore", column])];
    const runs = Array.from({ length: times }, () =>
      run(["bin/onepot", ...words, "--pairs", pairs, "--clusters", clusters, "--json"]),
    );
    const truths = paths.flatMap((path) => ["--truth", `${path}:${truth}`]);
    const measured = JSON.parse(run(["bin/onepot", "records", "evaluate", clusters, ...truths, "--json"]).stdout);
    const { records, pairsCompared } = JSON.parse(runs[0]?.stdout ?? "{}");
    const seconds = median(runs.map((one) => one.seconds)) - idle;
    const megabytes = Math.max(...runs.map((one) => one.megabytes));
    say(
      `${name}: ${records} records, ${pairsCompared} pairs, ${seconds.toFixed(2)} CPU s, ${median(runs.map(({ wall }) => wall)).toFixed(1)} s, ${megabytes.toFixed(0)} MB; ` +
        `F1 of pairs ${measured.pairs.f1.toFixed(4)}, B-cubed ${measured.bCubed.f1.toFixed(4)}${goal === null ? "" : `; goal ${goal} CPU s`}`,
    );
  }
  if (!existsSync(REAL)) say("The published files were skipped: they are not here.");
} finally {
  await rm(folder, { recursive: true, force: true });
}
