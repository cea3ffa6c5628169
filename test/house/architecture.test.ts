/**
 * Plants files that break each rule of structure in a tree of their own and fails if any goes unseen, or if a clean
 * file is blamed. The tree stands inside the project (.cache/), so that npm packages are found from it.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doorsOf, importRules, knownBy, readArchitecture, subjectsOf } from "../../tools/architecture.ts";
import { type Checked, checkArchitecture } from "../../tools/check-architecture.ts";
import { drawArchitecture, pictureIn } from "../../tools/draw-architecture.ts";
import { SOURCE_RULES } from "../../tools/scan-source.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const architecture = { ...readArchitecture(), domainPackages: { "src/decisions": ["fast-check"] } };
const folders = Object.keys(architecture.folders);
const COMMENT = "/** A planted file. */\n";
const long = (lines: number) => Array.from({ length: lines }, (_, index) => `  steps.push(${index});`).join("\n");

/** Files that break one rule each: rule, file, text. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
  ["folder-unlisted", "src/misfiled/note.ts", 'import { lib } from "../lib/index.ts";\nexport const note = lib;'],
  ["door-known", "src/savings/through-a-door.ts", 'export { web } from "../web/page.ts";'],
  ["past-index", "src/decisions/past-index.ts", 'export { account } from "../ledger/account.ts";'],
  ["past-index-from-demo", "demo/past-index.ts", 'export { account } from "../src/ledger/account.ts";'],
  ["own-index", "src/ledger/own-index.ts", 'export { ledger } from "./index.ts";'],
  ["own-platform-index", "src/platform/jobs/own-index.ts", 'export { jobs } from "./index.ts";'],
  ["outside-demo", "src/spending/wants-demo.ts", 'export { salford } from "../../demo/salford.ts";'],
  ["outside-test", "src/spending/wants-test.ts", 'export { setup } from "../../test/setup.ts";'],
  ["outside-bench", "src/spending/wants-bench.ts", 'export { bench } from "../../bench/bench.ts";'],
  ["outside-tools", "src/spending/wants-tools.ts", 'export { tool } from "../../tools/tool.ts";'],
  ["demo-knows", "demo/knows-a-door.ts", 'export { web } from "../src/web/page.ts";'],
  ["domain-imports", "src/ledger/domain/store.ts", 'export { account } from "../account.ts";'],
  ["domain-imports", "src/ledger/domain/platform.ts", 'export { platform } from "../../platform/index.ts";'],
  ["domain-imports", "src/ledger/domain/node.ts", 'export { readFileSync } from "node:fs";'],
  ["domain-imports", "src/ledger/domain/package.ts", 'export { z } from "zod";'],
  ["domain-imports", "src/ledger/domain/typed.ts", 'export type { Account } from "../account.ts";'],
  ["domain-imports-src/decisions", "src/decisions/domain/package.ts", 'export { z } from "zod";'],
  ["pure-lib", "src/lib/package.ts", 'export { z } from "zod";'],
  ["pure-lib", "src/lib/node.ts", 'export { randomUUID } from "node:crypto";'],
  ["pure-allocation", "src/allocation/package.ts", 'export { z } from "zod";'],
  ["package-unlisted", "src/ledger/unlisted.ts", 'export { parse } from "yaml";'],
  ["package-unlisted", "demo/unlisted.ts", 'export { parse } from "yaml";'],
  ["unresolved", "src/ledger/nowhere.ts", 'export { gone } from "./gone.ts";'],
  ["cycle", "src/ledger/egg.ts", 'import { hen } from "./hen.ts";\nexport const egg = () => hen;'],
  ["file-length", "src/costs/long.ts", "export const one = 1;\n".repeat(400)],
  ["function-length", "src/costs/deep.ts", `export function deep(steps: number[]): void {\n${long(59)}\n}`],
  ["function-length", "src/costs/arrow.ts", `export const deep = (steps: number[]) => {\n${long(59)}\n};`],
  ["parameters", "src/costs/many.ts", "export function many(a: 1, b: 2, c: 3): number {\n  return a + b + c;\n}"],
  ["parameters", "src/costs/many-arrow.ts", "export const many = (a: 1, b: 2, c: 3): number => a + b + c;"],
  ["file-name", "src/costs/utils.ts", "export const one = 1;"],
  ["file-name", "src/costs/helpers/one.ts", "export const one = 1;"],
  ["file-name", "src/costs/price-manager.ts", "export const one = 1;"],
  ["file-name", "src/costs/price.service.ts", "export const one = 1;"],
  ["file-name", "src/costs/common.ts", "export const one = 1;"],
  ["class-name", "src/costs/class.ts", "export class PriceService {}"],
  ["inheritance", "src/costs/child.ts", "class Price {}\nexport class UnitPrice extends Price {}"],
  ["default-export", "src/costs/default.ts", "export default 1;"],
  ["default-export", "src/costs/default-function.ts", "export default function one(): void {}"],
  ["default-export", "src/costs/default-as.ts", "const one = 1;\nexport { one as default };"],
  ["non-null", "src/costs/sure.ts", "export const first = (list: readonly number[]): number => list[0]!;"],
  ["enum", "src/costs/enum.ts", "export enum Mode {\n  aligned,\n}"],
  ["index-re-exports", "src/costs/index.ts", "export const cost = 1;"],
  ["sql-in-store", "src/spending/tagged.ts", "export const rows = (sql: typeof String.raw) => sql`select 1`;"],
  ["sql-in-store", "src/spending/plain.ts", 'export const text = "insert into payment (id) values (1)";'],
  [
    "sql-in-store",
    "src/web/rows.ts",
    "export const text = (id: number) => `select a\nfrom payment where id = ${String(id)}`;",
  ],
  ["sql-in-store", "src/spending/shouted.ts", 'export const text = "UPDATE payment SET id = 1";'],
  ["clock", "src/spending/now.ts", "export const at = () => Date.now();"],
  ["clock", "src/ledger/domain/today.ts", "export const at = () => new Date();"],
  ["clock", "src/lib/chance.ts", "export const chance = () => Math.random();"],
  ["clock", "src/spending/id.ts", 'import { randomUUID } from "node:crypto";\nexport const id = () => randomUUID();'],
  ["file-path", "src/platform/here.ts", 'export const here = new URL(".", import.meta.url).pathname;'],
  ["readme", "src/spending/README.md", "line\n".repeat(41)],
  ["readme", "src/places/README.md", ""],
];

/** Files that break nothing, each close to a rule. */
const CLEAN: Readonly<Record<string, string>> = {
  "src/ledger/account.ts": "export const account = 1;\nexport type Account = typeof account;",
  "src/ledger/domain/balance.ts": 'export { lib } from "../../lib/index.ts";\nexport const at = new Date(0);',
  "src/ledger/store.ts": 'export { platform } from "../platform/index.ts";\nexport const text = "select a from b";',
  "src/ledger/store/pot.ts": 'export const text = "update pot set a = 1";',
  "src/ledger/record-service.ts": 'export { z } from "zod";\nexport const words = "Select a place from the list";',
  "src/ledger/account.test.ts": 'export { fc } from "fast-check";\nexport { setup } from "../../test/setup.ts";',
  "src/ledger/refused.ts": "export class LedgerError extends Error {}",
  "src/ledger/hen.ts": 'import { egg } from "./egg.ts";\nexport const hen = () => egg;',
  "src/ledger/ewe.ts": 'import { lamb } from "./lamb.ts";\nexport const ewe = () => lamb;',
  "src/ledger/lamb.ts": 'import type { ewe } from "./ewe.ts";\nexport const lamb: { readonly of?: typeof ewe } = {};',
  "src/ledger/lines.fixture.ts": 'export { ledger } from "./index.ts";',
  "src/ledger/common-refusals.ts": "export const refusals = (tx: 1, place: 2, what: 3): number => tx + place + what;",
  "src/decisions/domain/count.ts": 'export { fc } from "fast-check";',
  "src/allocation/share.ts": 'export { lib } from "../lib/index.ts";',
  "src/platform/sql.ts": 'export const text = "delete from a";\nexport const at = Date.now();',
  "src/platform/jobs/index.ts": "export const jobs = 1;",
  "src/main/start.ts": 'export { web } from "../web/page.ts";\nexport { salford } from "../../demo/salford.ts";',
  "demo/salford.ts": 'export { ledger } from "../src/ledger/index.ts";\nexport const salford = 1;',
  "test/setup.ts": "export const setup = 1;",
  "bench/bench.ts": "export const bench = 1;",
  "tools/tool.ts": "export const tool = 1;",
};

let root = "";
let seen: Checked = { modules: 0, breaches: [] };

function plant(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || !file.endsWith("/index.ts")) writeFileSync(path, text);
}

function rulesAt(file: string): readonly string[] {
  return seen.breaches.filter((breach) => breach.file === file).map(({ rule }) => rule);
}

/** A folder that imports every other folder, and a file for each package, so that every forbidden pair is planted. */
function plantPairs(): void {
  for (const from of folders) {
    const imports = folders.filter((to) => to !== from).map((to) => `export * as ${to} from "../${to}/index.ts";`);
    plant(`src/${from}/everything.ts`, `${COMMENT}${imports.join("\n")}\n`);
    plant(`src/${from}/packages.ts`, `${COMMENT}${everyPackage()}\n`);
  }
}

function everyPackage(): string {
  return Object.keys(architecture.packages)
    .map((name) => `import "${name}";`)
    .join("\n");
}

beforeAll(async () => {
  mkdirSync(join(PROJECT, ".cache"), { recursive: true });
  root = mkdtempSync(join(PROJECT, ".cache", "architecture-"));
  for (const name of folders) plant(`src/${name}/page.ts`, `${COMMENT}export const ${name} = 1;\n`);
  for (const [, file, text] of PLANTED) {
    if (file !== "src/places/README.md") plant(file, file.endsWith(".md") ? text : `${COMMENT}${text}\n`);
  }
  for (const name of folders) plant(`src/${name}/index.ts`, `${COMMENT}export * from "./page.ts";\n`);
  for (const name of subjectsOf(architecture)) {
    if (name !== "places" && name !== "spending") plant(`src/${name}/README.md`, "# A subject\n");
  }
  for (const [file, text] of Object.entries(CLEAN)) plant(file, `${COMMENT}${text}\n`);
  plant("src/costs/silent.ts", "export const one = 1;\n");
  plantPairs();
  seen = await checkArchitecture(architecture, root);
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the rules of structure", () => {
  test.each(PLANTED)("%s is seen in %s", (rule, file) => expect(rulesAt(file)).toContain(rule));

  test("a file that opens without a comment is seen", () =>
    expect(rulesAt("src/costs/silent.ts")).toEqual(["opening-comment"]));

  test.each(Object.keys(CLEAN))("nothing is seen in %s", (file) => expect(rulesAt(file)).toEqual([]));

  test("every rule has a planted breach", () => {
    const planted = new Set([...PLANTED.map(([rule]) => rule), "opening-comment"]);
    const pairwise = /^(folder|package)-/;
    const rules = [...importRules(architecture).map(({ name }) => name), ...SOURCE_RULES, "readme"];
    expect(rules.filter((rule) => !planted.has(rule ?? "") && !pairwise.test(rule ?? ""))).toEqual([]);
  });

  test.each(folders)("src/%s is blamed for each folder it may not import, and for no other", (from) => {
    const may = knownBy(architecture, from);
    const blamed = seen.breaches
      .filter(({ rule, file }) => rule === `folder-${from}` && file === `src/${from}/everything.ts`)
      .map(({ detail }) => detail.replace("imports src/", "").replace("/index.ts", ""));
    expect(blamed.toSorted()).toEqual(folders.filter((to) => to !== from && !may.includes(to)).toSorted());
  });

  test.each(Object.keys(architecture.packages))("%s is seen wherever it may not be imported", (name) => {
    const allowed = architecture.packages[name] ?? [];
    const blamed = folders.filter((from) => rulesAt(`src/${from}/packages.ts`).includes(`package-${name}`));
    expect(blamed).toEqual(folders.filter((from) => !allowed.some((one) => one === "src" || one === `src/${from}`)));
  });
});

describe("the picture", () => {
  /** Written by hand from the conventions, so that a slip in architecture.json is not its own proof. */
  const pairs = `
    lib -> platform        forbidden
    platform -> places     forbidden
    places -> approvals    forbidden
    costs -> ledger        forbidden
    allocation -> places   forbidden
    allocation -> platform forbidden
    ledger -> savings      forbidden
    ledger -> spending     forbidden
    ledger -> approvals    allowed
    families -> ledger     forbidden
    families -> linkage    allowed
    linkage -> families    forbidden
    results -> savings     forbidden
    savings -> families    allowed
    programme -> trace     forbidden
    programme -> localfinance allowed
    trace -> programme     allowed
    ledger -> trace        forbidden
    web -> api             forbidden
    api -> cli             forbidden
    web -> trace           allowed
    trace -> web           forbidden
    main -> web            allowed
  `;
  test.each(
    pairs
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+(?:->\s+)?/) as [string, string, string]),
  )("%s -> %s is %s", (from, to, answer) =>
    expect(knownBy(architecture, from).includes(to) ? "allowed" : "forbidden").toBe(answer),
  );

  test("doors are web, api and cli", () => expect(doorsOf(architecture)).toEqual(["web", "api", "cli"]));

  test("ARCHITECTURE.md shows it as it is", () => {
    const text = readFileSync(join(PROJECT, "ARCHITECTURE.md"), "utf8");
    expect(pictureIn(text)).toBe(drawArchitecture(readArchitecture()));
  });
});

test("a tree without modules is a failure, not a pass", async () => {
  const empty = mkdtempSync(join(PROJECT, ".cache", "empty-"));
  try {
    const { breaches } = await checkArchitecture(architecture, empty);
    expect(breaches.map(({ rule }) => rule)).toContain("nothing-seen");
    mkdirSync(join(empty, "src"));
    expect((await checkArchitecture(architecture, empty)).breaches.map(({ rule }) => rule)).toContain("nothing-seen");
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});
