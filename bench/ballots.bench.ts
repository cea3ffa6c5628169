/**
 * CPU seconds of one recount, in a process of its own: reading the file, counting, answering, less those of `node -e 0`; and the
 * most memory it held. Elections drawn here from a seed; and real ones, where their files lie in a folder beside the project.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Voter, writeElection } from "../src/allocation/index.ts";
import { below, splitMix64 } from "../src/lib/generator.ts";
import { machineWords, median, say } from "./scratch.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const REAL = join(root, "../shared/data/pabulib");
const TIMES = 7;

const folder = await mkdtemp(join(tmpdir(), "onepot ballots "));
const probe = join(folder, "probe.mjs");
await writeFile(
  probe,
  `process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write(\`probe \${userCPUTime + systemCPUTime} \${maxRSS}\\n\`);
  });`,
);

type Cost = { readonly seconds: number; readonly megabytes: number };

/** The median of several runs. */
function costOf(words: readonly string[]): Cost {
  const runs = Array.from({ length: TIMES }, () => {
    const { stderr, status } = spawnSync(process.execPath, ["--import", probe, ...words], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    const found = /probe (\d+) (\d+)/.exec(stderr);
    if (status !== 0 || found === null) throw new Error(`the recount failed: ${stderr}`);
    return { seconds: Number(found[1]) / 1e6, megabytes: Number(found[2]) / 1024 };
  });
  return { seconds: median(runs.map((run) => run.seconds)), megabytes: Math.max(...runs.map((run) => run.megabytes)) };
}

type Asked = {
  readonly name: string;
  readonly path: string;
  readonly words: readonly string[];
  readonly goal: number | null;
};

/** Approvals of up to five projects, some projects far better liked than others. */
async function drawn(voters: number, projects: number): Promise<string> {
  const next = splitMix64(BigInt(voters));
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  const cast: Voter[] = Array.from({ length: voters }, (_, at) => {
    const chosen = new Set(Array.from({ length: 1 + draw(5) }, () => Math.min(draw(projects), draw(projects))));
    return { id: String(at + 1), choices: [...chosen].map((project) => `P${project}`) };
  });
  const path = join(folder, `${voters}.pb`);
  const written = writeElection({
    voteType: "approval",
    budget: "6000000",
    meta: new Map([["description", "Drawn from a seed"]]),
    projects: Array.from({ length: projects }, (_, at) => ({ id: `P${at}`, cost: String(4_000 + draw(900_000)) })),
    voters: cast,
  });
  await writeFile(path, written);
  return path;
}

const shares = ["--rule", "equal-shares", "--json"];
const raises = [...shares, "--completion", "add1", "--stop", "overspend"];
const real = (name: string, words: readonly string[], goal: number): readonly Asked[] => {
  const path = join(REAL, `${name}.pb`);
  return existsSync(path) ? [{ name, path, words, goal }] : [];
};
const asked: readonly Asked[] = [
  ...real("France_Toulouse_2024", shares, 0.12),
  ...real("Poland_Lodz_2022", shares, 0.5),
  ...real("Poland_Wieliczka_2023_Green_Budget", raises, 0.4),
  { name: "drawn: 7,000 ballots x 180", path: await drawn(7_000, 180), words: shares, goal: null },
  { name: "drawn: 90,000 ballots x 160", path: await drawn(90_000, 160), words: shares, goal: null },
  { name: "drawn: 130,000 ballots x 200, Add1", path: await drawn(130_000, 200), words: raises, goal: null },
];

try {
  say(`ballots: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; median of ${TIMES}`);
  const idle = costOf(["-e", "0"]);
  say(`node -e 0: ${idle.seconds.toFixed(3)} s, ${idle.megabytes.toFixed(0)} MB`);
  for (const { name, path, words, goal } of asked) {
    const { seconds, megabytes } = costOf(["bin/onepot", "ballot", "count", path, ...words]);
    const less = (seconds - idle.seconds).toFixed(3);
    say(`${name}: ${less} s, ${megabytes.toFixed(0)} MB${goal === null ? "" : `; goal ${goal} s`}`);
  }
  if (!existsSync(REAL)) say("The real elections were skipped: their files are not here.");
} finally {
  await rm(folder, { recursive: true, force: true });
}
