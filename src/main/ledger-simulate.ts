/** `onepot ledger simulate --seed N --operations N`: the ledger against a plain model of it, on a scratch database. */
import { parseArgs } from "node:util";
import type { HandCommand, Output } from "../cli/index.ts";
import { type Simulated, simulateLedger } from "../ledger/index.ts";
import type { Config } from "../platform/config.ts";
import { withScratchHouse } from "./scratch-house.ts";

type Surroundings = {
  readonly config: Pick<Config, "root" | "dataFolder" | "postgresPrograms" | "databaseUrl">;
  readonly log: (line: string) => void;
};

const USE = "ledger simulate [--seed N] [--operations N] [--clients N] [--json]";
const MOST_OPERATIONS = 100_000_000;
const MOST_CLIENTS = 32;
/** Operations between two checks of everything, and on one place. */
const ROUND = 2_000;
const ERA = 10_000;
const ERAS_IN_HOUSE = 5;

export function ledgerSimulate(surroundings: Surroundings): HandCommand {
  return {
    words: "ledger simulate",
    summary:
      "Hold the ledger against a plain model of it, by random operations on a scratch database that is dropped afterwards; no place's books are touched",
    use: USE,
    takes: {
      seed: {
        type: "integer",
        minimum: 0,
        description: "What to draw from: the same seed draws the same. 1 by default",
      },
      operations: {
        type: "integer",
        minimum: 1,
        maximum: MOST_OPERATIONS,
        description: "How many operations, 10000 by default",
      },
      clients: { type: "integer", minimum: 1, maximum: MOST_CLIENTS, description: "How many at once, 8 by default" },
    },
    gives: {
      seed: { type: "string" },
      operations: { type: "integer" },
      transfers: { type: "integer" },
      outcomes: { type: "object" },
      rounds: { type: "integer" },
      checks: { type: "integer" },
      seconds: { type: "number" },
      differences: { type: "array", items: { type: "string" } },
    },
    example: { seed: 1, operations: 10_000 },
    run: async (given, output) => {
      const asked = readWords(given);
      if (typeof asked !== "string") return simulate(surroundings, { asked, output });
      output.error(`${asked}\nUse: bin/onepot ${USE}`);
      return 2;
    },
  };
}

type Asked = {
  readonly seed: bigint;
  readonly operations: number;
  readonly clients: number;
  readonly json: boolean;
};

function readWords(given: readonly string[]): Asked | string {
  const number = { type: "string" } as const;
  const options = { seed: number, operations: number, clients: number, json: { type: "boolean" } } as const;
  const { values } = parseArgs({ args: [...given], options });
  const { seed = "1", operations = "10000", clients = "8", json = false } = values;
  if (!/^\d{1,19}$/.test(seed)) return "Give --seed a whole number, for example --seed 42.";
  const whole = (text: string, most: number) => {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= 1 && value <= most ? value : null;
  };
  const wanted = whole(operations, MOST_OPERATIONS);
  const many = whole(clients, MOST_CLIENTS);
  if (wanted === null) return `Give --operations a whole number from 1 to ${MOST_OPERATIONS}.`;
  if (many === null) return `Give --clients a whole number from 1 to ${MOST_CLIENTS}.`;
  return { seed: BigInt(seed), operations: wanted, clients: many, json };
}

async function simulate(
  surroundings: Surroundings,
  { asked, output }: { readonly asked: Asked; readonly output: Output },
): Promise<number> {
  const { seed, operations, clients, json } = asked;
  const started = performance.now();
  const say = json ? () => undefined : output.out;
  const simulated = await simulateLedger({
    inHouse: (work) => withScratchHouse({ ...surroundings, poolSize: clients + 2 }, work),
    erasInHouse: ERAS_IN_HOUSE,
    ...{ seed, operations, clients, round: ROUND, era: ERA, say },
  });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (json) {
    const outcomes = Object.fromEntries(simulated.outcomes);
    output.out(JSON.stringify({ ...simulated, seed: String(seed), outcomes, seconds }));
  } else for (const line of report(simulated, { seed, clients, seconds })) output.out(line);
  return simulated.differences.length === 0 ? 0 : 1;
}

function report(
  { operations, transfers, rounds, checks, outcomes, differences }: Simulated,
  the: { readonly seed: bigint; readonly clients: number; readonly seconds: number },
): readonly string[] {
  return [
    ...[...outcomes].sort().map(([name, times]) => `  ${String(times).padStart(9)}  ${name}`),
    `seed ${the.seed}, ${the.clients} clients: ${operations} operations, ${transfers} transfers posted, ${rounds} rounds, ${checks} invariants run, ${the.seconds} seconds`,
    ...(differences.length === 0 ? ["No answer differed from the model's."] : ["A DIFFERENCE:", ...differences]),
  ];
}
