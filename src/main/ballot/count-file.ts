/** `ballot count FILE.pb --rule …`: reads the file, counts, and says what is funded; with --json as `countAnswer` has it. */
import { writeFile } from "node:fs/promises";
import {
  countElection,
  type Election,
  type Faults,
  type Outcome,
  readElection,
  validateElection,
  wordsOfUncountable,
  writeDecimal,
  writeReplay,
} from "../../allocation/index.ts";
import type { Output } from "../../cli/index.ts";
import { faultOfWords, refuseAs, refuseWords } from "../file-command.ts";
import { countAnswer } from "./answer.ts";
import { type Asked, COUNT_USE, readAsked } from "./asked.ts";
import { checked, explained } from "./explain.ts";
import { hashOf, readBytes, refuseFileOf } from "./read-file.ts";
import { refuseFaults } from "./validate-file.ts";

export async function countFile(words: readonly string[], output: Output): Promise<number> {
  const asked = understood(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: COUNT_USE });
  const { path, json } = asked;
  const bytes = await readBytes(path);
  if (typeof bytes === "string") return refuseFileOf(output, { message: bytes, json });
  const { election, faults } = readElection(bytes);
  if (election === null)
    return refuseFaults(output, { message: `${path} cannot be counted`, faults, json, pathOf: () => path });
  const parameters = asked.parametersFor(election);
  if (typeof parameters === "string") return refuseWords(output, { fault: parameters, use: COUNT_USE });
  const counted = countElection(election, { parameters });
  if (!counted.ok) {
    const message = wordsOfUncountable(counted.refusal, "en");
    return refuseAs(output, { code: counted.refusal.code, message, json });
  }
  const kept = await keepReplay(asked, { election, bytes, outcome: counted.value });
  if (kept !== null) return refuseAs(output, { code: "not_written", message: kept, json });
  say(output, { asked, counted: { election, bytes, outcome: counted.value } });
  return 0;
}

function say(output: Output, { asked, counted }: { readonly asked: Asked; readonly counted: Counted }): void {
  const { election, bytes, outcome } = counted;
  const reasons = asked.explain ? explained(election, { outcome, only: asked.project }) : null;
  const checks = asked.explain ? checked(election, outcome) : [];
  if (asked.json) {
    output.out(JSON.stringify({ ...countAnswer(election, outcome), ...(reasons !== null && { reasons, checks }) }));
    return;
  }
  // People are told of everything that is not as it should be; the count itself needs only what hinders it.
  for (const line of report(election, outcome, validateElection(bytes))) output.out(line);
  for (const line of checks) output.out(line);
  const nameOf = new Map(election.projects.map(({ id, name }) => [id, name]));
  for (const { project, words } of reasons ?? []) output.out(`\n${project}: ${nameOf.get(project) ?? ""}\n  ${words}`);
}

type Counted = { readonly election: Election; readonly bytes: Uint8Array; readonly outcome: Outcome };

/** Writes the replay where that is asked for; a sentence where it cannot. */
async function keepReplay({ replay }: Asked, { election, bytes, outcome }: Counted): Promise<string | null> {
  if (replay === null) return null;
  const text = writeReplay({ election, electionHash: hashOf(bytes), outcome });
  return writeFile(replay, text).then(
    () => null,
    () => `${replay} cannot be written. Give --replay a file in a folder that is there.`,
  );
}

function understood(words: readonly string[]): Asked | string {
  try {
    return readAsked(words);
  } catch (error) {
    return `${faultOfWords(error)}.`;
  }
}

function report(election: Election, outcome: Outcome, faults: Faults): readonly string[] {
  const money = (amount: bigint) => writeDecimal({ digits: amount, places: election.places });
  const { funded, cost, increments, exhaustive } = outcome;
  const width = Math.max(0, ...funded.map((project) => election.projects[project]?.id.length ?? 0));
  return [
    ...funded.map((project, at) => {
      const { id = "", cost: price = 0n, name = "" } = election.projects[project] ?? {};
      return `${String(at + 1).padStart(4)}  ${id.padEnd(width)}  ${money(price).padStart(12)}  ${name}`;
    }),
    `${funded.length} of ${election.projects.length} projects funded, for ${money(cost)} of ${money(election.budget)}.`,
    exhaustive ? "Nothing more would fit." : "More would fit what is left.",
    ...(increments === null ? [] : [`The share of each voter was raised ${increments} times.`]),
    ...(faults.total > 0
      ? [
          `${faults.total} ${faults.total === 1 ? "thing" : "things"} in the file ${faults.total === 1 ? "is" : "are"} not as the format asks: bin/onepot ballot validate names them.`,
        ]
      : []),
  ];
}
