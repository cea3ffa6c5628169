/**
 * The table of what works, for the README, made from docs/mission.json: each claim of the five texts Onepot is built
 * from. With --write it is put between the markers in README.md. A test fails when the two differ.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { blockBetween, replaceBlock } from "./draw-architecture.ts";

export type Claim = {
  readonly claim: string;
  /** The first three figures of the text's name. */
  readonly seed: string;
  /** Word for word, white space aside. */
  readonly quote: string;
  /** The pattern of the page's address, with :place and the like. */
  readonly page: string | null;
  readonly command: string | null;
  readonly test: string | null;
  readonly status: "works" | "partly" | "not yet";
};

const MARKERS = ["<!-- mission -->", "<!-- /mission -->"] as const;

export function readClaims(): readonly Claim[] {
  const text = readFileSync(new URL("../docs/mission.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly claims: readonly Claim[] }).claims;
}

/** What works and what works partly, as a table; then what does not work yet, as a list. */
export function drawMission(claims: readonly Claim[]): string {
  const works = claims.filter(({ status }) => status !== "not yet");
  const rows = works.map(
    ({ claim, status, page, command }) => `| ${claim} | ${status} | ${code(page)} | ${code(command)} |`,
  );
  const missing = claims.filter(({ status }) => status === "not yet").map(({ claim }) => `- ${claim}`);
  return [
    `${works.length} of the ${claims.length} claims of the texts that Onepot is built from work, at least in part.`,
    "",
    "| What | Works? | Page | Command |",
    "|---|---|---|---|",
    ...rows,
    "",
    "Not yet:",
    "",
    ...missing,
  ].join("\n");
}

export function missionIn(readme: string): string | null {
  return blockBetween(readme, MARKERS);
}

function code(text: string | null): string {
  return text === null ? "" : `\`${text}\``;
}

function main(): void {
  const table = drawMission(readClaims());
  if (!process.argv.includes("--write")) {
    process.stdout.write(`${table}\n`);
    return;
  }
  const path = new URL("../README.md", import.meta.url);
  writeFileSync(path, replaceBlock(readFileSync(path, "utf8"), { markers: MARKERS, content: table }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
