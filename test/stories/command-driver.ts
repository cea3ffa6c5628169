/**
 * The story by bin/onepot: a pool manager and a finance officer, each signed in on the command line in a folder of their
 * own, with a program of its own for each step.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "../../src/lib/assert.ts";
import type { Machine } from "../setup/command-line.ts";
import type { TestHouse } from "../setup/house.ts";
import { makeSignIn, TEST_PASSWORD } from "../setup/people.ts";
import { useCaseNamed } from "./api-driver.ts";
import { type Driver, PLACE } from "./salford-pound.ts";

export async function openCommandDriver(the: {
  readonly test: TestHouse;
  readonly machine: Machine;
  readonly placeId: number;
}): Promise<Driver> {
  const { test, machine, placeId } = the;
  const commandsOf = async (role: "pool_manager" | "finance_officer") => {
    const { email } = await makeSignIn(test, { role, placeId });
    const login = join(machine.folder, `login of the ${role}`);
    const surroundings = { DATABASE_URL: test.adminUrl, ONEPOT_PASSWORD: TEST_PASSWORD, ONEPOT_LOGIN: login };
    const run = async (...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
      const answered = await machine.run([...words, "--json"], surroundings);
      if (answered.code !== 0)
        throw new Error(`onepot ${words.join(" ")}: ${answered.code} ${answered.error}${answered.out}`);
      return JSON.parse(answered.out);
    };
    await run("login", "--email", email);
    return run;
  };
  const command = await commandsOf("pool_manager");
  const officer = await commandsOf("finance_officer");
  let files = 0;
  const kept = async (content: object): Promise<string> => {
    files += 1;
    const path = join(machine.folder, `input-${files}.json`);
    await writeFile(path, JSON.stringify(content));
    return path;
  };
  return {
    importSpending: async ({ name, bytes }) => {
      const path = join(machine.folder, name);
      await writeFile(path, bytes);
      return (await command("spend", "import", path, "--place", PLACE)) as Awaited<
        ReturnType<Driver["importSpending"]>
      >;
    },
    record: async (name, sent) => {
      const words = must(useCaseNamed(name).command, `${name} has a command`).words.split(" ");
      return command(...words, "--place", PLACE, "--input", await kept(sent));
    },
    together: async (name, request) => {
      const at = ["--place", PLACE] as const;
      const prepared = await command("approval", "prepare", name, ...at, "--input", await kept({ request }));
      const hash = ["--shown-hash", String(prepared["shownHash"])] as const;
      const done = await officer("approval", "authorise", String(prepared["approvalId"]), ...hash, ...at);
      return done["answer"] as Readonly<Record<string, unknown>>;
    },
    trace: (record) => command("trace", record, "--place", PLACE),
  };
}
