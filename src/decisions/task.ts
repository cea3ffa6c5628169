/**
 * The work on one file, as a thread of its own carries it out: the bytes in, the answer as JSON text out. Nothing here knows a
 * database or a clock, so that a thread that is stopped half way leaves nothing behind.
 */
import { createHash } from "node:crypto";
import {
  compareOutcomes,
  countElection,
  describeFault,
  type Election,
  type Grouping,
  type Outcome,
  readGroups,
  verifyReplay,
  writeReplay,
} from "../allocation/index.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { type Choice, parametersOf } from "./choice.ts";
import { type Counted, countedOf } from "./counted.ts";
import { explainChange } from "./explained.ts";
import { currencyOf, readFile } from "./file-read.ts";
import { GROUPS_ASKED } from "./groups.ts";
import { MOST_FILE_BYTES } from "./messages.ts";
import { readTables, type Tables } from "./tables.ts";
import type { Compared, Verified } from "./works.ts";

export type Asked =
  | { readonly kind: "read" }
  | { readonly kind: "count"; readonly choice: Choice }
  | { readonly kind: "compare"; readonly choices: readonly [Choice, Choice] }
  | { readonly kind: "change"; readonly choice: Choice; readonly project: number }
  | { readonly kind: "verify"; readonly replay: string };

export type Task = {
  readonly bytes: Uint8Array;
  /** Of two tables one after the other, which are read and nothing else: what else is known of them. */
  readonly csv: Tables | null;
  readonly asked: Asked;
};

/** How far the work is: the share of a part that is done, or the number of raises, where nobody knows how many will be needed. */
export type Step = {
  readonly part: "reading" | "counting" | "proving";
  readonly share: number;
  readonly raises: number;
};

/** What a look at an answer may cost: about a tenth of a second to read it, and a page of a few megabytes. */
const MOST_ANSWER = 8_000_000;

/** The answer as JSON text; refused where it is more than can be shown. */
export function carryOutTask(task: Task, tell: (step: Step) => void): Result<string> {
  const done = carryOut(task, tell);
  const most = task.csv === null ? MOST_ANSWER : 3 * MOST_FILE_BYTES;
  return done.ok && done.value.length > most ? refuse({ code: "too_much_to_show" }) : done;
}

function carryOut({ bytes, csv, asked }: Task, tell: (step: Step) => void): Result<string> {
  const reading = (share: number) => tell({ part: "reading", share, raises: 0 });
  if (csv !== null) {
    const read = readTables(bytes, csv);
    return read.ok ? accept(JSON.stringify(read.value)) : read;
  }
  if (asked.kind === "read") return accept(JSON.stringify(readFile(bytes, reading)));
  // Groups are of one result: two rules beside each other, and a proof, are of all voters.
  const columns = asked.kind === "count" ? GROUPS_ASKED : [];
  const { election, meta, faults, groupings } = readGroups(bytes, { asked: columns, onProgress: reading });
  if (election === null) return refuse({ code: "file_not_countable", errors: faults.errors });
  const electionHash = createHash("sha256").update(bytes).digest("hex");
  const the: Reading = { election, electionHash, currency: currencyOf(meta), groupings, tell };
  switch (asked.kind) {
    case "count":
      return count(the, asked.choice);
    case "compare":
      return compare(the, asked.choices);
    case "change":
      return change(the, asked);
    case "verify":
      tell({ part: "proving", share: 0, raises: 0 });
      return accept(JSON.stringify(verify(the, asked.replay)));
  }
}

type Reading = {
  readonly election: Election;
  readonly electionHash: string;
  readonly currency: string | null;
  readonly groupings: readonly Grouping[];
  readonly tell: (step: Step) => void;
};

const RAISES_BETWEEN_NOTES = 50;

function outcomeOf({ election, tell }: Reading, choice: Choice): Result<Outcome> {
  tell({ part: "counting", share: 0, raises: 0 });
  let told = 0;
  return countElection(election, {
    parameters: parametersOf(election, choice),
    onRaise: (raises) => {
      if (raises < told + RAISES_BETWEEN_NOTES) return;
      told = raises;
      tell({ part: "counting", share: 0, raises });
    },
  });
}

export type CountAnswer = { readonly counted: Counted; readonly replay: string };

function count(the: Reading, choice: Choice): Result<string> {
  const { election, electionHash, currency, groupings } = the;
  const counted = outcomeOf(the, choice);
  if (!counted.ok) return counted;
  const outcome = counted.value;
  const answer: CountAnswer = {
    counted: countedOf({ election, outcome, choice, currency, groupings, searchChanges: true }),
    replay: writeReplay({ election, electionHash, outcome }),
  };
  return accept(JSON.stringify(answer));
}

function compare(the: Reading, [one, other]: readonly [Choice, Choice]): Result<string> {
  const { election, currency, groupings } = the;
  const [first, second] = [outcomeOf(the, one), outcomeOf(the, other)];
  if (!first.ok) return first;
  if (!second.ok) return second;
  const { utility, conditions } = parametersOf(election, one);
  const { byChoices } = compareOutcomes(election, {
    ...{ utility, conditions },
    first: first.value.funded,
    second: second.value.funded,
  });
  const shown = { election, currency, groupings, searchChanges: false };
  const answer: Compared = {
    one: countedOf({ ...shown, outcome: first.value, choice: one }),
    other: countedOf({ ...shown, outcome: second.value, choice: other }),
    preferOne: byChoices.first,
    preferOther: byChoices.second,
    preferNeither: byChoices.neither,
  };
  return accept(JSON.stringify(answer));
}

function change(the: Reading, { choice, project }: Extract<Asked, { kind: "change" }>): Result<string> {
  const counted = outcomeOf(the, choice);
  if (!counted.ok) return counted;
  const { election, currency } = the;
  const shown = { election, currency, choice, groupings: [], outcome: counted.value, searchChanges: false };
  return accept(JSON.stringify(explainChange(shown, project)));
}

function verify({ election, electionHash }: Reading, replayText: string): Verified {
  const answer = verifyReplay({ replayText, election, electionHash });
  if (answer.proved) {
    const { rule, utility, completion, ties } = answer.parameters;
    return {
      proved: true,
      fault: null,
      by: { rule, utility, completion, ties: ties.kind },
      funded: answer.funded.map(
        (project) => election.projects[project]?.name || (election.projects[project]?.id ?? ""),
      ),
      raises: answer.raises && { made: answer.raises.made, proved: answer.raises.proved },
    };
  }
  const line = "line" in answer.fault ? answer.fault.line : null;
  const said = { en: describeFault(answer.fault, "en"), cy: describeFault(answer.fault, "cy") };
  return { proved: false, fault: { code: answer.fault.code, line, said }, by: null, funded: [], raises: null };
}
