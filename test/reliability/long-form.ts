/** How a long form runs its test with other numbers than `npm test` does, and says what came of it; exit code 1 on a breach. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { machineWords } from "../../bench/scratch.ts";

export async function runLongForm(the: {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
}): Promise<void> {
  const { name, environment } = the;
  const words = Object.entries(environment).map(([variable, value]) => `${variable}=${value}`);
  say(`${name}: ${machineWords()}, ${new Date().toISOString().slice(0, 10)}; ${words.join(" ")}`);
  const started = performance.now();
  const file = `test/reliability/${name}.db.test.ts`;
  const child = spawn("npx", ["vitest", "run", "--project", "database", file], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const all: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    all.push(line);
    // The figures, as the test prints them; the rest only where something is wrong.
    if (line.startsWith(`${name.replaceAll("-", " ")}:`)) say(line);
  });
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (status !== 0) for (const line of all) say(line);
  say(
    `${name}: ${((performance.now() - started) / 1000).toFixed(0)} seconds, ${status === 0 ? "no breach" : "A BREACH"}`,
  );
  process.exitCode = status === 0 ? 0 : 1;
}

export function seedOf(given: string | undefined): string {
  return given ?? String(Date.now() % 2_147_483_647);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
