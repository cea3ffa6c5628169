/**
 * What the import rules cannot see, read from the syntax of each file: how it opens, how long it and its functions
 * are, what it is called, and where SQL, the clock and the forbidden forms of TypeScript stand.
 */
import ts from "typescript";
import type { Architecture } from "./architecture.ts";

export type Breach = { readonly rule: string; readonly file: string; readonly detail: string };

type Source = { readonly file: string; readonly text: string };
type Place = { readonly file: string; readonly test: boolean; readonly sql: boolean; readonly clock: boolean };
type Look = {
  readonly node: ts.Node;
  readonly place: Place;
  readonly architecture: Architecture;
  readonly tree: ts.SourceFile;
};
type Finding = { readonly rule: string; readonly what: string };

export const SOURCE_RULES = [
  "opening-comment",
  "file-length",
  "function-length",
  "parameters",
  "file-name",
  "class-name",
  "inheritance",
  "default-export",
  "non-null",
  "enum",
  "index-re-exports",
  "sql-in-store",
  "clock",
  "file-path",
] as const;

/** One file, its path from the root with forward slashes. */
export function scanSource(architecture: Architecture, { file, text }: Source): readonly Breach[] {
  const place = placeOf(architecture, file);
  const kind = file.endsWith(".mjs") ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const breaches: Breach[] = wholeFile(architecture, { file, text }).map((found) => ({
    rule: found.rule,
    file,
    detail: found.what,
  }));
  const visit = (node: ts.Node): void => {
    for (const { rule, what } of look({ node, place, architecture, tree })) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      breaches.push({ rule, file, detail: `line ${line + 1}: ${what}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  if (/^src\/[^/]+\/index\.ts$/.test(file) && !tree.statements.every(isReExport)) {
    breaches.push({ rule: "index-re-exports", file, detail: "index.ts re-exports only" });
  }
  return breaches;
}

function placeOf(architecture: Architecture, file: string): Place {
  const inside = (folders: readonly string[]) => folders.some((folder) => file.startsWith(`${folder}/`));
  const test = /\.(test|fixture)\.ts$/.test(file);
  const outside = !file.startsWith("src/");
  const store = /^src\/[^/]+\/store(\.ts$|\/)/.test(file);
  return {
    file,
    test,
    sql: test || outside || store || inside(architecture.sql),
    clock: test || outside || inside(architecture.clock),
  };
}

function wholeFile(architecture: Architecture, { file, text }: Source): readonly Finding[] {
  const found: Finding[] = [];
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const { fileLines } = architecture.limits;
  if (lines > fileLines) found.push({ rule: "file-length", what: `${lines} lines, at most ${fileLines}` });
  // An index.ts only re-exports; what its folder is for stands in the README.md beside it.
  if (!text.replace(/^#!.*\n/, "").startsWith("/**") && !file.endsWith("/index.ts")) {
    found.push({ rule: "opening-comment", what: "opens without a /** comment that says what it is for" });
  }
  // What a name is comes last in it: price-manager is a manager, common-refusals are refusals.
  const names = file.toLowerCase().replace(/\..*$/, "").split("/");
  const bad = names
    .map((name) => name.split("-").at(-1) ?? "")
    .find((name) => architecture.forbiddenNames.includes(name));
  if (bad) found.push({ rule: "file-name", what: `"${bad}" says nothing: use a noun of the trade` });
  // "service" is also a word of the trade (what is provided to people), so only its use as a layer is seen here.
  if (/\.service\.ts$/i.test(file)) found.push({ rule: "file-name", what: "no layer called service" });
  return found;
}

function look(subject: Look): readonly Finding[] {
  return [
    ...forms(subject),
    ...classes(subject),
    ...sizes(subject),
    ...filePath(subject),
    ...(subject.place.sql ? [] : sqlIn(subject)),
    ...(subject.place.clock ? [] : clockIn(subject)),
  ];
}

function forms({ node }: Look): readonly Finding[] {
  if (ts.isNonNullExpression(node)) return [{ rule: "non-null", what: "no !: use must() or a test" }];
  if (ts.isEnumDeclaration(node)) return [{ rule: "enum", what: "no enum: a list of words as const" }];
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const marked = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
  const named =
    ts.isExportSpecifier(node) && node.name.text === "default"
      ? true
      : ts.isExportAssignment(node) && !node.isExportEquals;
  return marked || named ? [{ rule: "default-export", what: "no default exports" }] : [];
}

function classes({ node, architecture }: Look): readonly Finding[] {
  if (!ts.isClassDeclaration(node) && !ts.isClassExpression(node)) return [];
  const found: Finding[] = [];
  const name = node.name?.text ?? "";
  if (architecture.forbiddenClassEndings.some((ending) => name.endsWith(ending))) {
    found.push({ rule: "class-name", what: `${name}: use a noun of the trade` });
  }
  for (const clause of node.heritageClauses ?? []) {
    const parent = clause.types[0]?.expression.getText() ?? "";
    if (clause.token === ts.SyntaxKind.ExtendsKeyword && !parent.endsWith("Error")) {
      found.push({ rule: "inheritance", what: `extends ${parent}: no inheritance` });
    }
  }
  return found;
}

function sizes({ node, tree, architecture, place }: Look): readonly Finding[] {
  if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return [];
  const { functionLines, parameters } = architecture.limits;
  const line = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const lines = line(node.getEnd()) - line(node.getStart(tree)) + 1;
  const found: Finding[] = [];
  if (lines > functionLines && !isSuite(node)) {
    found.push({ rule: "function-length", what: `a function of ${lines} lines, at most ${functionLines}` });
  }
  const ours = isExported(node);
  if (ours && !place.test && place.file.startsWith("src/") && counted(node) > parameters) {
    found.push({ rule: "parameters", what: `${counted(node)} parameters: make them one object` });
  }
  return found;
}

/** The parameters of a function, without what carries them all: the transaction, the context, the house or the request. */
function counted({ parameters }: ts.SignatureDeclaration): number {
  const first = parameters[0]?.name.getText() ?? "";
  return (
    parameters.length -
    (["tx", "ctx", "database", "client", "house", "request", "exchange", "useCase", "actor", "output"].includes(first)
      ? 1
      : 0)
  );
}

/** A function that other files call. What stays inside a file is judged by who reads it. */
function isExported(node: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(node.parent) ? node.parent.parent.parent : node;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
}

/** describe("...", () => { ... }) holds tests; it is not a function that anyone must take in at a glance. */
function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());
}

/** The address of a folder with a space in its name holds %20, and a file of that name is nowhere. */
function filePath({ node }: Look): readonly Finding[] {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== "pathname") return [];
  const fromHere = /^new URL\([\s\S]*import\.meta\.url\)$/.test(node.expression.getText());
  return fromHere ? [{ rule: "file-path", what: "use fileURLToPath: a folder may have spaces in its name" }] : [];
}

const STATEMENT =
  /^\s*(?:insert into|delete from|update \w+(?: as)?(?: \w+)? set|select\s[\s\S]+?\sfrom\s|with \w+ as \()/;

function sqlIn({ node }: Look): readonly Finding[] {
  const found = [{ rule: "sql-in-store", what: "SQL stands in store.ts, store/ or src/platform" }];
  if (ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText())) return found;
  if (node.parent && ts.isTaggedTemplateExpression(node.parent)) return [];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node)) {
    const shouted = /^\s*(INSERT INTO|DELETE FROM|UPDATE|SELECT|WITH)\s/.test(node.text);
    return STATEMENT.test(shouted ? node.text.toLowerCase() : node.text) ? found : [];
  }
  return [];
}

const CLOCKS = [
  "Date.now",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
  "process.hrtime",
];
const CLOCK_CALLS = ["setTimeout", "setInterval", "setImmediate", "randomUUID", "randomBytes", "randomInt"];

function clockIn({ node }: Look): readonly Finding[] {
  const found = (what: string) => [{ rule: "clock", what: `${what}: time and chance come from ctx` }];
  if (ts.isPropertyAccessExpression(node) && CLOCKS.includes(node.getText().replace(/^globalThis\./, ""))) {
    return found(node.getText());
  }
  const dateless = ts.isNewExpression(node) && (node.arguments ?? []).length === 0;
  if (dateless && node.expression.getText() === "Date") return found("new Date()");
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return [];
  const name = node.expression.text;
  return name === "Date" || CLOCK_CALLS.includes(name) ? found(name) : [];
}

function isReExport(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}
