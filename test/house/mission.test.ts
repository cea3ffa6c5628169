/**
 * Holds docs/mission.json to what exists: what a claim names as its page, command and test must be there, and the
 * README's table must be the one made from it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Claim, drawMission, missionIn, readClaims } from "../../tools/draw-mission.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const SEEDS = join(PROJECT, "../shared/seeds");
const README = join(PROJECT, "README.md");

type Sources = { readonly web: string; readonly all: string; readonly exists: (file: string) => boolean };

/** What a claim names that is not there. A page is looked for by its pattern, {place} and :place being the same. */
function faultsOf(claim: Claim, sources: Sources): readonly string[] {
  const { page, command, status } = claim;
  const proofs = [page, command, claim.test];
  if (status === "not yet")
    return proofs.some((one) => one !== null) ? ["not yet, but names a page, command or test"] : [];
  const colons = (text: string) => text.replaceAll(/\{([a-zA-Z]+)\}/g, ":$1");
  const quoted = (text: string) => [`"${text}"`, `\`${text}\``, `'${text}'`];
  const found = (text: string, wanted: string) => quoted(wanted).some((one) => text.includes(one));
  return [
    ...(claim.test === null ? ["works, but names no test"] : []),
    ...(page === null && command === null ? ["works, but names neither page nor command"] : []),
    ...(page !== null && !found(colons(sources.web), page) ? [`no page ${page}`] : []),
    ...(command !== null && !found(sources.all, command) ? [`no command ${command}`] : []),
    ...(claim.test !== null && !sources.exists(claim.test) ? [`no test ${claim.test}`] : []),
  ];
}

function readSources(folder: string): string {
  const root = join(PROJECT, folder);
  if (!existsSync(root)) return "";
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const code = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  return code.map((file) => readFileSync(join(root, file), "utf8")).join("\n");
}

const claims = readClaims();
const sources: Sources = {
  web: readSources("src/web"),
  all: readSources("src"),
  exists: (file) => existsSync(join(PROJECT, file)),
};

describe("each claim of the five texts", () => {
  test.each(claims)("$seed: $claim", (claim) => expect(faultsOf(claim, sources)).toEqual([]));

  test("every text has claims, and no claim stands twice", () => {
    expect([...new Set(claims.map(({ seed }) => seed))].toSorted()).toEqual(["000", "001", "002", "003", "004"]);
    expect(new Set(claims.map(({ claim }) => claim)).size).toBe(claims.length);
  });

  test.skipIf(!existsSync(SEEDS))("is quoted word for word (skipped where the texts are not at hand)", () => {
    const plain = (text: string) => text.replaceAll(/\s+/g, " ");
    const texts = readdirSync(SEEDS).map((name) => ({ name, text: plain(readFileSync(join(SEEDS, name), "utf8")) }));
    const wrong = claims.filter(
      ({ seed, quote }) => !texts.some(({ name, text }) => name.startsWith(seed) && text.includes(plain(quote))),
    );
    expect(wrong.map(({ quote }) => quote)).toEqual([]);
  });
});

describe("the check itself", () => {
  const claim: Claim = {
    claim: "A claim",
    seed: "000",
    quote: "words",
    page: "/places/:place/pots",
    command: "ledger verify",
    test: "test/here.test.ts",
    status: "works",
  };
  const whole: Sources = {
    web: 'get("/places/{place}/pots")',
    all: 'name: "ledger verify"',
    exists: (file) => file === "test/here.test.ts",
  };

  test("finds nothing wrong where all is there", () => expect(faultsOf(claim, whole)).toEqual([]));

  test.each<readonly [string, Partial<Claim>]>([
    ["no page /places/:place/pot", { page: "/places/:place/pot" }],
    ["no command ledger", { command: "ledger" }],
    ["no test test/gone.test.ts", { test: "test/gone.test.ts" }],
    ["works, but names no test", { test: null }],
    ["works, but names neither page nor command", { page: null, command: null }],
    ["not yet, but names a page, command or test", { status: "not yet" }],
  ])("says: %s", (fault, change) => expect(faultsOf({ ...claim, ...change }, whole)).toEqual([fault]));
});

test.skipIf(!existsSync(README))("README.md shows the table made from the claims", () => {
  expect(missionIn(readFileSync(README, "utf8"))).toBe(drawMission(claims));
});
