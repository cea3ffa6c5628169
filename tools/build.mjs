/**
 * Builds dist/: the program in one file, the style sheets, scripts and pictures of the pages under names that change
 * with their content (public/manifest.json has the names), and the templates. `node tools/build.mjs` builds anew.
 * The build is made beside its place and put there when complete.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root as project, SetupError, say } from "./setup.mjs";

const ENTRIES = [
  "src/main/main.ts",
  "src/main/ballot-program.ts",
  "src/main/records-program.ts",
  "src/decisions/election-thread.ts",
  "src/linkage/matching-thread.ts",
];
const SOURCES = ["src", "db", "demo", "tools/build.mjs", "package-lock.json"];
const GOVUK_SCRIPT = "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js";

/** Builds when the sources are not those of the last build; true when it built. */
export async function buildIfStale(options = {}) {
  const stamp = join(options.root ?? project, "dist", ".built");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesOf(options.root ?? project)) return false;
  await build(options);
  return true;
}

export async function build({ quiet = false, root = project, entries = ENTRIES } = {}) {
  const begun = Date.now();
  if (!quiet) say("Building.");
  const sources = sourcesOf(root);
  const draft = join(root, ".cache", `build-${process.pid}`);
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(join(draft, "public"), { recursive: true });
    await bundle({ root, draft, entries });
    await publish({ root, draft });
    const templates = join(root, "src/web/templates");
    if (existsSync(templates)) cpSync(templates, join(draft, "templates"), { recursive: true });
    writeFileSync(join(draft, ".built"), sources);
    putInPlace(draft, join(root, "dist"));
  } catch (error) {
    throw explain(error, root);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  if (!quiet) say(`Built in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
}

function explain(error, root) {
  if (["EACCES", "EPERM", "EROFS"].includes(error.code)) {
    return new SetupError(
      `Onepot must be built but may not write in ${root}: run it once as the user the folder belongs to.`,
    );
  }
  if (error.code === "ENOSPC") return new SetupError(`The disk is full, so Onepot cannot be built in ${root}.`);
  return error;
}

/** Names the state of the sources: which files there are, how long and how old. */
function sourcesOf(root) {
  // Asked before every command: the text is hashed at once, and a name costs no more than a look at the file.
  const lines = [];
  const look = (name) => {
    const { size, mtimeMs } = statSync(`${root}/${name}`);
    lines.push(`${name} ${size} ${mtimeMs}`);
  };
  const walk = (folder) => {
    const entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (!name.endsWith(".test.ts")) look(name);
    }
  };
  for (const source of SOURCES) {
    const found = statSync(`${root}/${source}`, { throwIfNoEntry: false });
    if (found?.isDirectory()) walk(source);
    else if (found) look(source);
  }
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/** The files of a folder and the folders in it, in order; a file is its own only one. */
function filesIn(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

async function bundle({ root, draft, entries }) {
  const there = entries.filter((entry) => existsSync(join(root, entry)));
  if (there.length === 0) return;
  const { build: bundleWith } = await import("esbuild");
  await bundleWith({
    absWorkingDir: root,
    entryPoints: there,
    outdir: draft,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
    entryNames: "[name]",
  });
}

/** Pictures first, then what may name them: style sheets, then scripts. */
async function publish({ root, draft }) {
  const assets = join(root, "src/web/assets");
  const files = filesIn(assets).map((path) => ({ name: relative(assets, path), content: readFileSync(path) }));
  const govuk = join(root, GOVUK_SCRIPT);
  if (existsSync(govuk)) files.unshift({ name: basename(govuk), content: withoutMap(readFileSync(govuk, "utf8")) });
  files.push(...(await styles(root)));
  const rank = ({ name }) => [".css", ".js"].indexOf(extname(name));
  files.sort((a, b) => rank(a) - rank(b));
  const manifest = {};
  for (const { name, content } of files) {
    const text = rank({ name }) < 0 ? content : renamed(String(content), manifest);
    const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
    manifest[name] = `${name.slice(0, -extname(name).length || undefined)}.${digest}${extname(name)}`;
    mkdirSync(dirname(join(draft, "public", name)), { recursive: true });
    writeFileSync(join(draft, "public", manifest[name]), text);
  }
  writeFileSync(join(draft, "public", "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The map is not published, and a browser would ask for it. */
function withoutMap(script) {
  return script.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
}

/** "./name" of a published file, in a style sheet or script, becomes the name with the hash. */
function renamed(text, manifest) {
  return text.replace(/(["'(]\.\/)([\w./-]+)(?=["')])/g, (all, before, name) =>
    manifest[name] ? before + manifest[name] : all,
  );
}

async function styles(root) {
  const folder = join(root, "src/web/styles");
  if (!existsSync(folder)) return [];
  const sheets = readdirSync(folder).filter((name) => name.endsWith(".scss") && !name.startsWith("_"));
  if (sheets.length === 0) return [];
  const { compile } = await import("sass");
  const loadPaths = ["node_modules", "node_modules/govuk-frontend/dist"].map((path) => join(root, path));
  const options = { loadPaths, quietDeps: true, style: "compressed" };
  return sheets.map((name) => ({
    name: name.replace(/\.scss$/, ".css"),
    content: compile(join(folder, name), options).css,
  }));
}

/** Two commands may build at once: whoever comes second finds the place taken by the same build and leaves it. */
function putInPlace(draft, place) {
  const old = `${draft}-old`;
  try {
    if (existsSync(place)) renameSync(place, old);
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(join(place, ".built"))) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  build().catch((error) => {
    say(error instanceof SetupError ? error.message : String(error));
    process.exitCode = 1;
  });
}
