/** Holds docs/decisions.md to package.json: each package has a line that says why, and no line is left over. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readArchitecture } from "../../tools/architecture.ts";

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

const manifest = JSON.parse(read("package.json")) as Manifest;
const kinds = ["dependencies", "optionalDependencies", "devDependencies"];
const packages = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
const lines = [...read("docs/decisions.md").matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map((match) => match[1] ?? "");

test("each package has one line in docs/decisions.md, and each line a package", () => {
  expect(lines.toSorted()).toEqual(packages.toSorted());
});

test("each package is of one exact version", () => {
  const versions = kinds.flatMap((kind) => Object.values(manifest[kind] ?? {}));
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test("each package that the import rules name is in package.json", () => {
  const { packages: ruled, domainPackages } = readArchitecture();
  const named = [...Object.keys(ruled), ...Object.values(domainPackages).flat()];
  expect(named.filter((name) => !packages.includes(name))).toEqual([]);
});
