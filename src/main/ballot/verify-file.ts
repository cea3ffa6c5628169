/**
 * `ballot verify REPLAY FILE.pb`: proves the outcome that a replay claims from the ballots, by a verifier that shares no rule with the
 * counter; exit code 1 names the first line that is wrong.
 */
import {
  describeFault,
  lineOfFault,
  readElection,
  USUAL_WORK,
  type VerifyAnswer,
  verifyReplay,
} from "../../allocation/index.ts";
import type { Output } from "../../cli/index.ts";
import { refuseWords } from "../file-command.ts";
import { parametersSaid } from "./answer.ts";
import { hashOf, readBytes, refuseFileOf } from "./read-file.ts";
import { refuseFaults } from "./validate-file.ts";

/** Every raise is proved, however long it takes: whoever proves on their own machine can wait, and is told no half of a proof. */
const WORK = { ...USUAL_WORK, mostLooks: Number.POSITIVE_INFINITY };

export const VERIFY_USE = "ballot verify REPLAY FILE.pb [--json]";

export async function verifyFile(words: readonly string[], output: Output): Promise<number> {
  const json = words.includes("--json");
  const [replay, path] = words.filter((word) => word !== "--json");
  if (replay === undefined || path === undefined)
    return refuseWords(output, {
      fault: "Say which replay to prove, and which file of an election it is of.",
      use: VERIFY_USE,
    });
  const [replayBytes, bytes] = [await readBytes(replay), await readBytes(path)];
  if (typeof replayBytes === "string") return refuseFileOf(output, { message: replayBytes, json });
  if (typeof bytes === "string") return refuseFileOf(output, { message: bytes, json });
  const { election, faults } = readElection(bytes);
  if (election === null)
    return refuseFaults(output, { message: `${path} cannot be counted`, faults, json, pathOf: () => path });
  const replayText = new TextDecoder().decode(replayBytes);
  const answer = verifyReplay({ replayText, election, electionHash: hashOf(bytes), work: WORK });
  if (!answer.proved) return refuseReplay(output, { answer, replay, json });
  const idOf = (project: number) => election.projects[project]?.id ?? "";
  const { rule } = answer.parameters;
  if (json) {
    const parameters = parametersSaid(election, answer.parameters);
    output.out(
      JSON.stringify({ proved: true, rule, parameters, funded: answer.funded.map(idOf), raises: answer.raises }),
    );
    return 0;
  }
  output.out(`${replay} is proved: by its parameters, these ballots fund ${answer.funded.map(idOf).join(", ")}.`);
  output.out("Whether the parameters are those that were decided before the vote is for you to compare:");
  for (const [name, value] of Object.entries({ rule, ...parametersSaid(election, answer.parameters) }))
    output.out(`  ${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return 0;
}

type Unproved = {
  readonly answer: Extract<VerifyAnswer, { readonly proved: false }>;
  readonly replay: string;
  readonly json: boolean;
};

function refuseReplay(output: Output, { answer, replay, json }: Unproved): number {
  const { fault } = answer;
  const message = describeFault(fault, "en");
  if (json) output.out(JSON.stringify({ proved: false, ...fault, message }));
  else {
    const line = lineOfFault(fault);
    output.error(`${replay}${line === null ? "" : `:${line}`}: ${message}`);
  }
  return 1;
}
