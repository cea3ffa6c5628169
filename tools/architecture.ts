/**
 * The picture of the folders (architecture.json) as data, and the import rules of dependency-cruiser made from it.
 * The check, its test and the picture in ARCHITECTURE.md all come from here, so that they cannot disagree.
 */
import { readFileSync } from "node:fs";
import type { IForbiddenRuleType, IRegularForbiddenRuleType } from "dependency-cruiser";

type Folder = {
  readonly purpose: string;
  /** Folder names; or "every subject above" (those listed earlier that are no doors), or "every folder". */
  readonly knows: readonly string[];
  /** Pure as a whole: nothing but the folders it knows, no packages, no node: modules, no clock. */
  readonly pure?: boolean;
  readonly door?: boolean;
};

export type Architecture = {
  readonly folders: Readonly<Record<string, Folder>>;
  readonly outside: Readonly<Record<string, { readonly purpose: string; readonly knownBy: readonly string[] }>>;
  /** Which npm package may be imported in which folders. A package that is not here may be imported nowhere. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Packages that the domain of a folder may use: { "src/allocation": ["highs"] }. */
  readonly domainPackages: Readonly<Record<string, readonly string[]>>;
  /** Where SQL may stand besides store.ts and store/. */
  readonly sql: readonly string[];
  /** Where the clock, random numbers and the process may be asked. Everywhere else they come from ctx. */
  readonly clock: readonly string[];
  readonly forbiddenNames: readonly string[];
  readonly forbiddenClassEndings: readonly string[];
  readonly limits: { readonly fileLines: number; readonly functionLines: number; readonly parameters: number };
};

const TEST = "\\.(?:test|fixture)\\.ts$";
/** Folders without one index.ts for all: their files are imported singly. */
const WITHOUT_INDEX = ["lib", "platform", "main"];

export function readArchitecture(): Architecture {
  return JSON.parse(readFileSync(new URL("./architecture.json", import.meta.url), "utf8")) as Architecture;
}

/** Every folder of src that the named folder may import, itself left out, in the order of the picture. */
export function knownBy(architecture: Architecture, name: string): readonly string[] {
  const names = Object.keys(architecture.folders);
  const above = names.slice(0, names.indexOf(name)).filter((other) => !architecture.folders[other]?.door);
  const stated = architecture.folders[name]?.knows ?? [];
  const known = new Set(
    stated.flatMap((other) => {
      if (other === "every folder") return names;
      return other === "every subject above" ? above : [other];
    }),
  );
  return names.filter((other) => known.has(other) && other !== name);
}

export function subjectsOf(architecture: Architecture): readonly string[] {
  return Object.keys(architecture.folders).filter(
    (name) => !WITHOUT_INDEX.includes(name) && !architecture.folders[name]?.door,
  );
}

export function doorsOf(architecture: Architecture): readonly string[] {
  return Object.keys(architecture.folders).filter((name) => architecture.folders[name]?.door);
}

/** All import rules. Each name says what is broken; the comment says what to do instead. */
export function importRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  return [
    ...folderRules(architecture),
    ...indexRules(architecture),
    ...outsideRules(architecture),
    ...pureRules(architecture),
    ...packageRules(architecture),
    error({
      name: "cycle",
      comment: "Two files that need each other (other than for their types) are one file, or lack a third below both.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    }),
    error({
      name: "unresolved",
      comment: "The import leads nowhere: the file or package does not exist.",
      from: {},
      to: { couldNotResolve: true },
    }),
  ];
}

function folderRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  const names = Object.keys(architecture.folders);
  const unlisted = error({
    name: "folder-unlisted",
    comment: "Add the folder to tools/architecture.json first.",
    from: { path: "^src/", pathNot: `^src/${oneOf(names)}/` },
    to: {},
  });
  const rules = names.map((name) => {
    const may = [name, ...knownBy(architecture, name)];
    return error({
      name: `folder-${name}`,
      comment: `src/${name} may import only: ${may.join(", ")}.`,
      from: { path: `^src/${name}/` },
      to: { path: "^src/", pathNot: `^src/${oneOf(may)}/` },
    });
  });
  const doors = oneOf(doorsOf(architecture));
  const door = error({
    name: "door-known",
    comment: "Nothing imports a door but src/main.",
    from: { path: "^(src|demo)/([^/]+)/", pathNot: "^src/main/" },
    to: { path: `^src/${doors}/`, pathNot: "^$1/$2/" },
  });
  return [unlisted, ...rules, door];
}

function indexRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  const subjects = `^src/${oneOf(subjectsOf(architecture))}/`;
  const comment = "Import another subject by its index.ts only.";
  return [
    error({
      name: "past-index",
      comment,
      from: { path: "^src/([^/]+)/" },
      to: { path: subjects, pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$"] },
    }),
    error({
      name: "past-index-from-demo",
      comment,
      from: { path: "^demo/" },
      to: { path: subjects, pathNot: "^src/[^/]+/index\\.ts$" },
    }),
    error({
      name: "own-index",
      comment: "A subject's index.ts is for others: import the file itself.",
      from: { path: "^src/([^/]+)/", pathNot: TEST },
      to: { path: "^src/$1/index\\.ts$" },
    }),
    error({
      name: "own-platform-index",
      comment: "A folder's index.ts is for others: import the file itself.",
      from: { path: "^src/platform/([^/]+)/", pathNot: TEST },
      to: { path: "^src/platform/$1/index\\.ts$" },
    }),
  ];
}

function outsideRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  const outside = Object.entries(architecture.outside).map(([name, { knownBy: knowers }]) =>
    error({
      name: `outside-${name}`,
      comment: `Only ${knowers.join(", ") || "tests"} may import ${name}/.`,
      from: { path: "^src/", pathNot: [TEST, ...knowers.map((knower) => `^src/${knower}/`)] },
      to: { path: `^${name}/` },
    }),
  );
  const demo = error({
    name: "demo-knows",
    comment: "The demonstration knows subjects only, no doors and no starting programs.",
    from: { path: "^demo/", pathNot: TEST },
    to: { path: `^src/${oneOf([...doorsOf(architecture), "main"])}/` },
  });
  return [...outside, demo];
}

function pureRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  const named = Object.entries(architecture.domainPackages).flatMap(([folder, packages]) =>
    packages.map((name) => ({ folder, name })),
  );
  const domain = error({
    name: "domain-imports",
    comment: "Domain code imports only src/lib and domain code: it is pure.",
    from: { path: "^src/([^/]+)/domain/", pathNot: [TEST, ...named.map(({ folder }) => `^${folder}/`)] },
    to: { pathNot: ["^src/lib/", "^src/$1/domain/"] },
  });
  const exceptions = [...new Set(named.map(({ folder }) => folder))].map((folder) => {
    const packages = named.filter((one) => one.folder === folder).map(({ name }) => inPackage(name));
    return error({
      name: `domain-imports-${folder}`,
      comment: `Domain code of ${folder} imports only src/lib, itself and named packages.`,
      from: { path: `^${folder}/domain/`, pathNot: TEST },
      to: { pathNot: ["^src/lib/", `^${folder}/domain/`, ...packages] },
    });
  });
  const whole = Object.keys(architecture.folders).filter((name) => architecture.folders[name]?.pure);
  const pure = whole.map((name) =>
    error({
      name: `pure-${name}`,
      comment: `src/${name} is pure: no packages, no node: modules.`,
      from: { path: `^src/${name}/`, pathNot: TEST },
      to: {
        pathNot: [
          `^src/${oneOf([name, ...knownBy(architecture, name)])}/`,
          ...(architecture.domainPackages[`src/${name}`] ?? []).map(inPackage),
        ],
      },
    }),
  );
  return [domain, ...exceptions, ...pure];
}

function packageRules(architecture: Architecture): readonly IForbiddenRuleType[] {
  const names = [
    ...new Set([...Object.keys(architecture.packages), ...Object.values(architecture.domainPackages).flat()]),
  ];
  const known = Object.entries(architecture.packages).map(([name, folders]) =>
    error({
      name: `package-${name}`,
      comment: `${name} may be imported only in ${folders.join(", ")}.`,
      from: { path: "^(src|demo)/", pathNot: [TEST, ...folders.map((folder) => `^${folder}/`)] },
      to: { path: inPackage(name) },
    }),
  );
  const unlisted = error({
    name: "package-unlisted",
    comment: "Name the package in tools/architecture.json and docs/decisions.md first.",
    from: { path: "^(src|demo)/", pathNot: TEST },
    to: { path: "(^|/)node_modules/", pathNot: names.map(inPackage) },
  });
  return [...known, unlisted];
}

/** The path of a package wherever node_modules stands: a planted tree finds it some folders up. */
function inPackage(name: string): string {
  return `(^|/)node_modules/(@types/)?${name.replaceAll(".", "\\.")}/`;
}

function oneOf(names: readonly string[]): string {
  return `(?:${names.join("|")})`;
}

type Rule = Pick<IRegularForbiddenRuleType, "from" | "to"> & { readonly name: string; readonly comment: string };

function error(rule: Rule): IForbiddenRuleType {
  return { severity: "error", ...rule };
}
