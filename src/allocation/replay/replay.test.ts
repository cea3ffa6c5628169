/**
 * Replays: what a count writes is proved by a verifier that shares no rule with it, and no value in it can be changed unseen.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, type SmallCount, smallCounts } from "../counts.fixture.ts";
import { PLAIN, small } from "../election.fixture.ts";
import { readElection } from "../pabulib/read-election.ts";
import { describeFault } from "./messages.ts";
import { readReplay } from "./read-replay.ts";
import { linesOf, sealed } from "./replay.ts";
import { type VerifyAnswer, verifyReplay } from "./verify-replay.ts";
import { writeReplay } from "./write-replay.ts";

const HASH = "f".repeat(64);
const written = (count: SmallCount): string =>
  writeReplay({ election: count.election, electionHash: HASH, outcome: counted(count) });
const verified = ({ election }: SmallCount, replayText: string): VerifyAnswer =>
  verifyReplay({ replayText, election, electionHash: HASH });

describe("a worked example", () => {
  // Four voters have 25 each. a costs its three voters 20 each, effective votes 3. Then v1 to v3 hold 5 and v4 25: b takes 5 and 25.
  const count: SmallCount = {
    election: small("budget 100", "a 60: v1 v2 v3", "b 30: v3 v4", "c 11: v1 v2"),
    parameters: PLAIN,
  };
  it("has a line for each purchase, with what who can pays for each vote", () => {
    const lines = written(count).split("\n");
    expect(lines).toContain('{"by":"equal-shares","share":"25","stoppedBy":null,"purchases": [');
    expect(lines).toContain('{"round":1,"project":"a","cost":"60","left":"40","payment":"20"},');
    expect(lines).toContain('{"round":2,"project":"b","cost":"30","left":"10","payment":"25"}');
    expect(lines).toContain('"funded": ["a","b"],');
  });
  it.each([
    [
      '"payment":"20"',
      '"payment":"21"',
      "On line 10, payment is 21 and should be 20: counted again, this purchase differs.",
    ],
    [
      '"share":"25"',
      '"share":"51/2"',
      "On line 9, share is 51/2 and should be 25: this part of the count starts otherwise.",
    ],
    ['"voters":4', '"voters":5', "On line 4, voters is 5 and should be 4: this is what the election file says."],
    [
      '"payment":"25"',
      '"payment":"50/2"',
      "On line 11, payment is 50/2 and should be 25: counted again, this purchase differs.",
    ],
    [
      '"exhaustive": true',
      '"exhaustive": false',
      "On line 19, exhaustive is false and should be true: this does not follow from the purchases.",
    ],
    [
      '"left":"10"',
      '"left": "10"',
      'Line 11 is not as a count writes it. It is "{"round":2,"project":"b","cost":"30","left": "10","payment":"25"}" and should be "{"round":2,"project":"b","cost":"30","left":"10","payment":"25"}".',
    ],
    [
      '"seal": "',
      '"seal": "0',
      "Line 22, the seal, is not that of the lines above it: the replay was changed after it was written.",
    ],
  ])("says where %s was changed to %s", (from, to, sentence) => {
    const answer = verified(count, written(count).replace(from, to));
    expect(answer.proved ? "" : describeFault(answer.fault, "en")).toBe(sentence);
    expect(answer.proved ? "" : describeFault(answer.fault, "cy")).not.toBe("");
  });
  it("says that a purchase was left out, or put in", () => {
    const text = written(count);
    const without = text.replace(/,\n\{"round":2.*\n/, "\n");
    const twice = text.replace(
      /(\{"round":2.*)\n/,
      '$1,\n{"round":3,"project":"c","cost":"11","left":"-1","payment":"1"}\n',
    );
    const sentences = [without, twice].map((changed) => {
      const answer = verified(count, changed);
      return answer.proved ? "" : describeFault(answer.fault, "en");
    });
    expect(sentences).toEqual([
      'Line 11 should be {"round":2,"project":"b","cost":"30","left":"10","payment":"25"}: counted again, this purchase differs.',
      "Line 12 should not be there: counted again, this purchase differs.",
    ]);
  });
  it("is of one file only", () => {
    const answer = verifyReplay({ replayText: written(count), election: count.election, electionHash: "0".repeat(64) });
    expect(answer).toMatchObject({ proved: false, fault: { code: "wrong_file", line: 4 } });
  });
});

describe("raises", () => {
  // Three voters have 10 each. a needs 12 of each of its two, b 30 of its one.
  const count: SmallCount = {
    election: small("budget 30", "a 20: v1 v2", "b 30: v3"),
    parameters: { ...PLAIN, completion: "add1", stop: "overspend" },
  };
  it("are proved one after another, and their number is what the money allows", () => {
    // At raise 2 a is bought; b too at raise 20, which would spend 54.
    expect(verified(count, written(count))).toMatchObject({
      proved: true,
      funded: [0],
      raises: { made: 19, proved: 19 },
    });
  });
  it.each([
    ["19", { code: "raise_should_go_on", raise: 19 }],
    ["21", { code: "raise_should_end", raise: 20 }],
    ["0", { code: "raise_should_go_on", raise: 0 }],
  ])("are not %s", (raises, fault) => {
    const answer = verified(count, written(count).replace('"increments":20', `"increments":${raises}`));
    expect(answer).toMatchObject({ proved: false, fault });
  });
});

describe("every count", () => {
  it("is proved by its replay", () =>
    fc.assert(
      fc.property(smallCounts, (count) => {
        const answer = verified(count, written(count));
        expect(answer).toMatchObject({ proved: true, parameters: count.parameters, funded: counted(count).funded });
        if (answer.proved && answer.raises !== null) expect(answer.raises.proved).toBe(answer.raises.made);
      }),
      { numRuns: 700 },
    ));

  // A change of a parameter may make no difference to the count: then the changed text is the replay of the other parameters.
  it("cannot be changed in any value: none is believed, sealed again or not", () => {
    let [changes, same] = [0, 0];
    fc.assert(
      fc.property(smallCounts, (count) => {
        const text = written(count);
        const seal = text.split("\n").at(-3) ?? "";
        for (const changed of changesOf(JSON.parse(text))) {
          changes += 1;
          const read = readReplay(JSON.stringify(changed));
          if (!read.ok) continue;
          const again = sealed(linesOf(read.replay));
          if (again === text) continue;
          const kept = again.split("\n").with(-3, seal).join("\n");
          expect(verified(count, kept).proved).toBe(false);
          const answer = verified(count, again);
          if (!answer.proved) continue;
          same += 1;
          expect(again).toBe(written({ ...count, parameters: answer.parameters }));
        }
      }),
      { numRuns: 8 },
    );
    expect(changes).toBeGreaterThan(1000);
    expect(same).toBeLessThan(changes / 10);
  }, 60_000);
});

describe("maximum welfare", () => {
  // Money for a fifth of them: to force a poor project in, its money has to be set aside first, or the search is hopeless.
  it("of three hundred projects is proved within the usual work", () => {
    const projects = Array.from({ length: 300 }, (_, at) => `${at} ${1 + ((at * 7919) % 1000)}: v${at % 50}`);
    const count: SmallCount = {
      election: small("budget 30000", ...projects),
      parameters: { ...PLAIN, rule: "max-welfare" },
    };
    expect(verified(count, written(count))).toMatchObject({ proved: true, funded: counted(count).funded });
  });
});

describe("any text", () => {
  const count: SmallCount = { election: small("budget 30", "a 20: v1 v2", "b 30: v3"), parameters: PLAIN };
  it("is answered and never throws", () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.nat({ max: 700 })), (drawn) => {
        const text = written(count);
        const given = typeof drawn === "string" ? drawn : text.slice(0, Math.min(drawn, text.length - 1));
        const answer = verified(count, given);
        expect(answer.proved).toBe(false);
        if (!answer.proved)
          for (const language of ["en", "cy"] as const) expect(describeFault(answer.fault, language)).not.toBe("");
      }),
      { numRuns: 1000 },
    ));

  it.each([
    ["the line ends of Windows", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["both", (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ])("that is a proof with %s is the same proof", (_, changed) => {
    expect(verified(count, changed(written(count)))).toEqual(verified(count, written(count)));
    expect(verified(count, written(count))).toMatchObject({ proved: true });
    // What is wrong is found on the same line, and the seal is still over the text as it was written.
    const wrong = written(count).replace('"left":"10"', '"left":"9"');
    expect(verified(count, changed(wrong))).toMatchObject({ proved: false, fault: { code: "wrong_purchase" } });
    expect(verified(count, changed(wrong))).toEqual(verified(count, wrong));
    const unsealed = written(count).replace(/"seal": ".{64}"/, `"seal": "${HASH}"`);
    expect(verified(count, changed(unsealed))).toMatchObject({ fault: { code: "changed_since" } });
  });

  it("with a lone carriage return, or a second mark, is not as a count writes it", () => {
    const text = written(count);
    expect(verified(count, text.replace("\n", "\r"))).toMatchObject({ fault: { code: "not_as_written", line: 1 } });
    expect(verified(count, `\uFEFF\uFEFF${text}`)).toMatchObject({ fault: { code: "not_json" } });
  });

  it.each([
    ["no JSON", "project_id;cost\n1;2\n", "not_json"],
    ["nothing", "", "not_json"],
    ["half a replay", written(count).slice(0, 400), "not_json"],
    ["a list", "[]", "not_a_replay"],
    ["a number", "17", "not_a_replay"],
    ["an answer of the command", '{"rule":"greedy","parameters":{},"funded":[]}', "not_a_replay"],
    ["JSON of another format", '{"format":"FeatureCollection","version":1}', "not_a_replay"],
    ["a replay of another version", written(count).replace('"version": 1', '"version": 2'), "misshapen"],
    ["a replay with a name less", written(count).replace('"exhaustive"', '"exhausted"'), "misshapen"],
    ["a replay with another amount", written(count).replace(`"cost": "20"`, `"cost": "19"`), "wrong_result"],
  ])("says whether it is a replay at all: %s", (_, text, code) =>
    expect(verified(count, text)).toMatchObject({ proved: false, fault: { code } }),
  );

  // Read, each pair of brackets would take some fifty bytes.
  it.each([
    ["deep", "[".repeat(200_000)],
    ["wide", `[${"{},".repeat(200_000)}{}]`],
    ["long", " ".repeat(64_000_001)],
  ])("that is too %s for any count is refused before it is read", (_, text) =>
    expect(verified(count, text)).toEqual({ proved: false, fault: { code: "too_long" } }),
  );
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Every value changed, and every list with an item less, one twice, and two the other way round. */
function* changesOf(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      yield value.toSpliced(at, 1);
      yield value.toSpliced(at, 0, value[at]);
      if (at > 0) yield value.with(at, value[at - 1]).with(at - 1, value[at]);
      for (const changed of changesOf(value[at])) yield value.with(at, changed);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value))
      for (const changed of changesOf(one)) yield { ...value, [name]: changed };
  } else yield* otherValues(value);
}

function otherValues(value: Json): readonly Json[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, ...(value > 0 ? [value - 1] : [])];
  if (value === null) return ["1", 1, "p0", true];
  const known = [
    "greedy",
    "equal-shares",
    "phragmen",
    "max-welfare",
    "cost",
    "cardinality",
    "points",
    "borda",
    "none",
    "add1",
    "add1-greedy",
    "exhaustive",
    "overspend",
    "fractional",
    "integral",
    "project-id",
    "skip",
    "stop",
    "choices",
    "exclusion",
    "rule",
    "park",
    "p0",
    "p7",
  ];
  const more = /^-?\d+(\/\d+)?$/.test(String(value))
    ? [`${BigInt(String(value).split("/")[0] ?? 0) + 1n}`, `${value}1`, "0"]
    : [`${value}x`];
  return [...more, ...known, null].filter((other) => other !== value);
}

const REAL = new URL("../../../../shared/data/pabulib/", import.meta.url);
const files = existsSync(REAL) ? readdirSync(REAL) : [];

describe.skipIf(files.length === 0)("real elections (skipped where ../shared/data/pabulib is not there)", () => {
  it.each([
    ["Poland_Lodz_2022.pb", "equal-shares", "cost", "none"],
    ["France_Toulouse_2024.pb", "equal-shares", "cardinality", "none"],
    ["France_Toulouse_2024.pb", "phragmen", "cost", "none"],
    ["Poland_Wieliczka_2023_Green_Budget.pb", "equal-shares", "cost", "add1-greedy"],
    ["Netherlands_Assen_2024.pb", "max-welfare", "cost", "none"],
  ] as const)(
    "%s by %s is proved",
    (file, rule, utility, completion) => {
      const bytes = readFileSync(new URL(file, REAL));
      const { election } = readElection(bytes);
      expect(election).not.toBeNull();
      if (election === null) return;
      const outcome = counted({ election, parameters: { ...PLAIN, rule, utility, completion } });
      const electionHash = bytesToHex(sha256(bytes));
      const replayText = writeReplay({ election, electionHash, outcome });
      const answer = verifyReplay({ replayText, election, electionHash });
      expect(answer).toMatchObject({ proved: true, funded: outcome.funded });
    },
    60_000,
  );
});
