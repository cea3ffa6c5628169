/**
 * Checks the house's rules of structure: imports by dependency-cruiser with rules made from architecture.json, and the
 * rest by reading the syntax of every file. `node_modules/.bin/tsx tools/check-architecture.ts` prints each breach and
 * exits 1; finding no files to check is a failure too, because a check that sees nothing passes everything.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { type Architecture, importRules, readArchitecture, subjectsOf } from "./architecture.ts";
import { type Breach, scanSource } from "./scan-source.ts";

export type Checked = { readonly modules: number; readonly breaches: readonly Breach[] };

const SCANNED = ["src", "demo", "test", "bench", "tools"];
const README_LINES = 40;

export async function checkArchitecture(architecture: Architecture, root: string): Promise<Checked> {
  const imports = await checkImports(architecture, root);
  const sources = SCANNED.flatMap((folder) => filesUnder(root, folder))
    .filter((file) => /\.(ts|mjs)$/.test(file) && !/\/(generated|node_modules)\//.test(file))
    .sort()
    .flatMap((file) => scanSource(architecture, { file, text: readFileSync(join(root, file), "utf8") }));
  return {
    modules: imports.modules,
    breaches: [...imports.breaches, ...sources, ...checkSubjects(architecture, root)],
  };
}

function filesUnder(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}

async function checkImports(architecture: Architecture, root: string): Promise<Checked> {
  const folders = ["src", "demo"].filter((folder) => existsSync(join(root, folder)));
  const none: Breach = { rule: "nothing-seen", file: "src", detail: "no module was read: the check sees nothing" };
  if (folders.length === 0) return { modules: 0, breaches: [none] };
  const { output } = await cruise(folders, {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: [...importRules(architecture)] },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types", "require"],
      extensions: [".ts", ".mjs", ".js", ".json", ".d.ts"],
    },
  });
  const result = output as ICruiseResult;
  const read = result.modules.filter(({ source }) => /^(src|demo)\/.*\.ts$/.test(source));
  const breaches = result.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    file: from,
    detail: `imports ${to}`,
  }));
  return { modules: read.length, breaches: read.length === 0 ? [none, ...breaches] : breaches };
}

/** A subject that has an index.ts has a README.md of at most 40 lines: purpose, words, invariants, sources. */
function checkSubjects(architecture: Architecture, root: string): readonly Breach[] {
  return subjectsOf(architecture).flatMap((name) => {
    if (!existsSync(join(root, "src", name, "index.ts"))) return [];
    const file = `src/${name}/README.md`;
    if (!existsSync(join(root, file))) return [{ rule: "readme", file, detail: "is missing" }];
    const lines = readFileSync(join(root, file), "utf8").trimEnd().split("\n").length;
    return lines > README_LINES ? [{ rule: "readme", file, detail: `${lines} lines, at most ${README_LINES}` }] : [];
  });
}

async function main(): Promise<void> {
  const architecture = readArchitecture();
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { modules, breaches } = await checkArchitecture(architecture, root);
  const comments = new Map(importRules(architecture).map(({ name, comment }) => [name, comment]));
  for (const { rule, file, detail } of breaches) {
    process.stdout.write(`${file}: ${detail} [${rule}] ${comments.get(rule) ?? ""}\n`);
  }
  process.stdout.write(`${modules} modules read, ${breaches.length} breaches\n`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
