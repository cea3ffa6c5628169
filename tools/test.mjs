/**
 * Checks everything: `npm test`, also on a fresh clone, where it first installs what the lockfile names. Each stage is
 * timed; a failing stage does not stop the next. The last line is `N passed, M failed`: every test counts as one, and so
 * does every stage that is not made of tests. `npm test -- unit browser` runs only the stages named.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkNode, installPackages, root as ROOT, SetupError } from "./setup.mjs";

const LONGEST_STAGE = 15 * 60_000;

const STAGES = [
  {
    name: "format",
    command: script("@biomejs/biome/bin/biome", [
      "ci",
      "--error-on-warnings",
      "--colors=off",
      "--max-diagnostics=20",
      ".",
    ]),
  },
  { name: "types", command: script("typescript/bin/tsc", ["--noEmit"]) },
  { name: "imports", command: script("tsx/dist/cli.mjs", ["tools/check-architecture.ts"]) },
  { name: "dead-code", command: script("knip/bin/knip.js", ["--no-progress", "--no-config-hints"]) },
  { name: "build", command: [process.execPath, "tools/build.mjs"] },
  { name: "unit", project: true },
  { name: "database", project: true },
  { name: "doors", project: true },
  { name: "browser", project: true },
];

function script(file, options) {
  return [process.execPath, join(ROOT, "node_modules", file), ...options];
}

/** Runs a command to its end and gives its exit code; what it prints goes straight through. */
function run([program, ...options], environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, options, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...environment },
      timeout: LONGEST_STAGE,
    });
    const pass = (signal) => child.kill(signal);
    process.once("SIGTERM", pass);
    child.on("error", (error) => {
      process.stdout.write(`${program} could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      process.removeListener("SIGTERM", pass);
      if (signal) process.stdout.write(`stopped by ${signal}\n`);
      resolve(code ?? 1);
    });
  });
}

/** All packages of the lockfile, developers' included; a reason why not is said in one sentence. */
async function isSetUp() {
  try {
    checkNode();
    await installPackages({ mode: "develop" });
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}

/** One project of vitest.config.ts, counted from Vitest's own report. */
async function runProject(name) {
  const report = join(ROOT, ".cache", `tests-${name}.json`);
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run(script("vitest/vitest.mjs", ["run", "--project", name, ...reporters]), { CI: "true" });
  return count(report, code);
}

function count(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: [] };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const skipped = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === "skipped" || status === "pending" || status === "todo"),
  );
  // A file that cannot be loaded has no tests to count: it counts as one that failed.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  ).length;
  const failed = numFailedTests + broken;
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: skipped.map(({ fullName }) => fullName),
  };
}

async function runStage(stage) {
  process.stdout.write(`\n== ${stage.name}\n`);
  const began = performance.now();
  const outcome = stage.project ? await runProject(stage.name) : await runCheck(stage);
  return { name: stage.name, ...outcome, seconds: (performance.now() - began) / 1000 };
}

async function runCheck({ command }) {
  const code = await run(command);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

function chosenStages(names) {
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    process.stdout.write(
      `No stage is called ${unknown.join(", ")}. Stages: ${STAGES.map(({ name }) => name).join(", ")}\n`,
    );
    return null;
  }
  return names.length === 0 ? STAGES : STAGES.filter(({ name }) => names.includes(name));
}

async function main() {
  const stages = chosenStages(process.argv.slice(2));
  if (!stages) return 2;
  const outcomes = [];
  const began = performance.now();
  if (await isSetUp()) {
    const seconds = (performance.now() - began) / 1000;
    if (seconds > 1) outcomes.push({ name: "set-up", passed: 0, failed: 0, skipped: [], seconds });
    for (const stage of stages) outcomes.push(await runStage(stage));
  } else {
    outcomes.push({ name: "set-up", passed: 0, failed: 1, skipped: [], seconds: (performance.now() - began) / 1000 });
  }
  return report(outcomes);
}

function report(outcomes) {
  const sum = (read) => outcomes.reduce((total, outcome) => total + read(outcome), 0);
  const skipped = outcomes.flatMap((outcome) => outcome.skipped.map((name) => `${outcome.name}: ${name}`));
  process.stdout.write("\n");
  for (const name of skipped) process.stdout.write(`skipped  ${name}\n`);
  for (const { name, passed, failed, seconds } of outcomes) {
    const figures = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    process.stdout.write(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s ${figures}\n`);
  }
  process.stdout.write(
    `${"all".padEnd(10)} ${sum(({ seconds }) => seconds)
      .toFixed(1)
      .padStart(6)} s\n`,
  );
  const failed = sum((outcome) => outcome.failed);
  process.stdout.write(`${sum(({ passed }) => passed)} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
