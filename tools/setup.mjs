/**
 * What both ways in (`npm start` and bin/onepot) do first, with nothing but Node and npm: look at the version of Node,
 * and install the packages of the lockfile when they are not there. Written for any Node that knows modules, so that an
 * old one is told what it lacks.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const NODE_LEAST = [20, 19];
const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A reason not to go on, as one sentence; shown without a stack. */
export class SetupError extends Error {}

/** Progress goes to the standard error: the standard output is for the answers of commands. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > NODE_LEAST[0] || (major === NODE_LEAST[0] && minor >= NODE_LEAST[1])) return;
  throw new SetupError(
    `Onepot needs Node ${NODE_LEAST.join(".")} or newer and this is Node ${version}: install a newer one from https://nodejs.org.`,
  );
}

/**
 * Installs from the lockfile: "run" what running needs, "develop" the developers' packages too. What "develop"
 * installed serves to run as well. True when something was installed.
 */
export async function installPackages({ mode = "run", folder = root } = {}) {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const found = installed(folder, lock);
  if (found === "develop" || found === mode) {
    if (!existsSync(stampOf(folder))) leaveStamp(folder, `${lock} ${found}`);
    return false;
  }
  const wanted = found === "other develop" ? "develop" : mode;
  const begun = Date.now();
  const work = () => {
    say(`Installing the packages ${wanted === "run" ? "to run" : "to develop"} Onepot (once, about a minute).`);
    return npmInstall(folder, wanted);
  };
  if (!(await alone(folder, work))) return installPackages({ mode, folder });
  leaveStamp(folder, `${lock} ${wanted}`);
  say(`Installed in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
  return true;
}

/** "run", "develop", "other develop" (developers' packages of another lockfile) or null. */
function installed(folder, lock) {
  if (existsSync(stampOf(folder))) {
    const [hash, kind] = readFileSync(stampOf(folder), "utf8").trim().split(" ");
    if (hash === lock) return kind;
    return kind === "develop" ? "other develop" : null;
  }
  return installedByHand(folder);
}

/** Someone may have called npm themselves: npm notes what it put there. */
function installedByHand(folder) {
  const note = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return null;
  const there = JSON.parse(readFileSync(note, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages);
  const has = ([path, entry]) =>
    path === "" || entry.optional === true || entry.extraneous === true || there[path]?.version === entry.version;
  const complete = wanted.every(has);
  if (complete) return "develop";
  const hasDevelopers = wanted.some(([path, entry]) => entry.dev === true && !entry.optional && there[path]);
  if (wanted.filter(([, entry]) => entry.dev !== true).every(has)) return hasDevelopers ? "develop" : "run";
  return hasDevelopers ? "other develop" : null;
}

function npmInstall(folder, mode) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const options = ["ci", mode === "run" ? "--omit=dev" : "--include=dev", ...quiet];
  // Called by npm, we call the same npm; its output is chatter and goes to the standard error.
  const npm = process.env.npm_execpath;
  const byNode = npm !== undefined && /\.c?js$/.test(npm);
  const child = spawn(byNode ? process.execPath : "npm", byNode ? [npm, ...options] : options, {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: !byNode && process.platform === "win32",
  });
  return new Promise((done, fail) => {
    const refuse = (words) => fail(new SetupError(`The packages could not be installed${words}`));
    child.on("error", () => refuse(", as npm was not found: install npm, which comes with Node."));
    child.on("exit", (code, signal) => {
      for (const name of STOPS) process.off(name, pass);
      if (code === 0) done();
      else if (signal || stopped) refuse(", as the installation was stopped: start again to complete it.");
      else refuse("; npm says why above. Is there a connection to the package registry, and room on the disk?");
    });
    // Stopped ourselves, we stop npm too: left alone it would be in the way of the next start.
    let stopped = false;
    const pass = (name) => {
      stopped = true;
      child.kill(name);
    };
    for (const name of STOPS) process.on(name, pass);
  });
}

/** Does the work unless another process is at it; then waits until that one has ended and answers false. */
async function alone(folder, work) {
  const lock = join(folder, ".cache", "installing");
  try {
    mkdirSync(join(folder, ".cache"), { recursive: true });
    writeFileSync(lock, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") {
      throw new SetupError(
        `The packages could not be installed, as ${folder} cannot be written (${error.code}): run Onepot once as the user it belongs to.`,
      );
    }
    say("Waiting for another Onepot that is installing its packages.");
    while (existsSync(lock) && runs(Number(readFileSync(lock, "utf8"))))
      await new Promise((done) => setTimeout(done, 200));
    rmSync(lock, { force: true });
    return false;
  }
  try {
    await work();
    return true;
  } finally {
    rmSync(lock, { force: true });
  }
}

function runs(pid) {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function stampOf(folder) {
  return join(folder, "node_modules", ".onepot-installed");
}

function leaveStamp(folder, text) {
  try {
    writeFileSync(stampOf(folder), `${text}\n`);
  } catch {
    // A clone that only its owner may change: looked at again next time.
  }
}

/** Installs and builds what is missing or out of date, then hands over the program that these words start. */
async function ready(words) {
  checkNode();
  await installPackages();
  const { buildIfStale } = await import("./build.mjs");
  await buildIfStale();
  const program = async (name) => import(new URL(`../dist/${name}.js`, import.meta.url).href);
  // A recount starts nothing but the counter, and linking files nothing but the linker.
  const [first] = words;
  if (first === "ballot" || first === "records") {
    const { knows, main } = await program(`${first}-program`);
    if (knows(words)) return { main };
  }
  return program("main");
}

/** Sets up and runs the program with these words; what stops the set-up is one sentence and exit code 1. */
export async function run(words) {
  let program;
  try {
    program = await ready(words);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
    return;
  }
  const code = await program.main(words);
  if (typeof code === "number") process.exitCode = code;
}
