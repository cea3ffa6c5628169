/**
 * Draws the picture of the folders from architecture.json as a block of text, and with --write puts it between the
 * markers in ARCHITECTURE.md. A test fails when the two differ.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Architecture, doorsOf, knownBy, readArchitecture, subjectsOf } from "./architecture.ts";

const MARKERS = ["<!-- picture -->", "<!-- /picture -->"] as const;

/** Below every subject; said once, under the picture. */
const GROUND = ["lib", "platform", "places"];

/** One line per folder: its name, what it may import, what it is for; then who may import which package. */
export function drawArchitecture(architecture: Architecture): string {
  const folders = Object.entries(architecture.folders).map(([name, { purpose }]) =>
    row(`src/${name}`, knownFolders(architecture, name), purpose),
  );
  const outside = Object.entries(architecture.outside).map(([name, { purpose, knownBy: knowers }]) =>
    row(`${name}/`, knowers.length > 0 ? `(imported only by ${knowers.join(", ")})` : "", purpose),
  );
  const places = [...new Set(Object.values(architecture.packages).map((where) => where.join(", ")))];
  const packages = places.map((where) => {
    const names = Object.keys(architecture.packages).filter(
      (name) => architecture.packages[name]?.join(", ") === where,
    );
    return `${where.padEnd(40)} ${names.join(" ")}`;
  });
  return [
    "```",
    ...folders,
    ...outside,
    "",
    `Every subject also knows ${GROUND.join(", ")} (allocation only lib). A subject is imported by its index.ts only.`,
    `Nothing imports a door (${doorsOf(architecture).join(", ")}) but main.`,
    "",
    "Packages may be imported only in:",
    ...packages,
    "```",
  ].join("\n");
}

function row(...[folder, knows, purpose]: readonly [string, string, string]): string {
  return `${folder.padEnd(17)} ${knows.padEnd(45)} ${purpose}`.trimEnd();
}

function knownFolders(architecture: Architecture, name: string): string {
  const stated = architecture.folders[name]?.knows ?? [];
  if (stated.some((other) => other.startsWith("every "))) return `-> ${stated.join(" ")}`;
  const known = knownBy(architecture, name);
  const beyond = subjectsOf(architecture).includes(name) ? known.filter((other) => !GROUND.includes(other)) : known;
  return beyond.length > 0 ? `-> ${beyond.join(" ")}` : "";
}

/** The text between the markers; null when a marker is missing. */
export function blockBetween(text: string, [open, close]: readonly [string, string]): string | null {
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  return from < 0 || to < from ? null : text.slice(from + open.length, to).trim();
}

export function replaceBlock(
  text: string,
  block: { readonly markers: readonly [string, string]; readonly content: string },
): string {
  const [open, close] = block.markers;
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the markers ${open} and ${close} are missing`);
  return `${text.slice(0, from + open.length)}\n${block.content}\n${text.slice(to)}`;
}

export function pictureIn(text: string): string | null {
  return blockBetween(text, MARKERS);
}

function main(): void {
  const picture = drawArchitecture(readArchitecture());
  if (!process.argv.includes("--write")) {
    process.stdout.write(`${picture}\n`);
    return;
  }
  const path = new URL("../ARCHITECTURE.md", import.meta.url);
  writeFileSync(path, replaceBlock(readFileSync(path, "utf8"), { markers: MARKERS, content: picture }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
