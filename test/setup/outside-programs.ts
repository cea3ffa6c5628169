/** hledger and beancount as oracles: what they make of a file, where they are installed. Nothing else is asked of them. */
import { spawnSync } from "node:child_process";
import { must } from "../../src/lib/assert.ts";
import { addDays, type Day } from "../../src/lib/day.ts";
import { parsePounds } from "../../src/lib/pence.ts";
import { accountIdOf } from "../../src/proof/domain/account-name.ts";

/** By account id, those that hold nothing left out. */
export type Balances = ReadonlyMap<string, bigint>;

export type OutsideProgram = {
  readonly name: string;
  readonly format: "hledger" | "beancount";
  /** The programs it needs on the PATH. */
  readonly needs: readonly string[];
  /** What it finds wrong with the file, its balance assertions among it; "" for nothing. */
  readonly check: (path: string) => string;
  readonly balances: (path: string, day: Day) => Balances;
};

const LONGEST_MS = 300_000;

function run(
  program: string,
  words: readonly string[],
): { readonly code: number | null; readonly out: string; readonly error: string } {
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", HOME: "/nonexistent", PYTHONUTF8: "1" };
  const options = { encoding: "utf8", env, timeout: LONGEST_MS, maxBuffer: 256 * 1024 * 1024 } as const;
  const done = spawnSync(program, [...words], options);
  return { code: done.status, out: done.stdout ?? "", error: done.stderr ?? String(done.error ?? "") };
}

/** Rows of plain CSV as these programs write it: names and amounts hold no commas. */
function balancesOf(csv: string): Balances {
  const found = new Map<string, bigint>();
  for (const line of csv.trim().split(/\r?\n/).slice(1)) {
    const [name = "", amount = ""] = line.split(",").map((cell) => cell.replaceAll('"', "").trim());
    const pence = must(parsePounds(amount.replace(/ ?GBP/, "") || "0"), `${amount} is an amount`);
    if (pence !== 0n) found.set(accountIdOf(name), pence);
  }
  return found;
}

function wrong(done: ReturnType<typeof run>): string {
  return done.code === 0 ? "" : `${done.out}${done.error}` || `it ended with ${done.code}`;
}

export const OUTSIDE: readonly OutsideProgram[] = [
  {
    name: "hledger",
    format: "hledger",
    needs: ["hledger"],
    check: (path) => wrong(run("hledger", ["-f", path, "check", "--strict"])),
    balances: (path, day) => {
      const words = ["balance", "--flat", "--no-total", "--empty", "--end", addDays(day, 1), "--output-format", "csv"];
      const done = run("hledger", ["-f", path, ...words]);
      if (done.code !== 0) throw new Error(done.error);
      return balancesOf(done.out);
    },
  },
  {
    name: "beancount",
    format: "beancount",
    needs: ["bean-check", "bean-query"],
    check: (path) => wrong(run("bean-check", ["--no-cache", path])),
    balances: (path, day) => {
      const query = `select account, sum(number) where date < ${addDays(day, 1)} group by account`;
      const done = run("bean-query", ["--no-errors", "-f", "csv", path, query]);
      if (done.code !== 0) throw new Error(done.error);
      return balancesOf(done.out);
    },
  },
];

export function isInstalled({ needs }: OutsideProgram): boolean {
  return needs.every((program) => run(program, ["--version"]).code === 0);
}
