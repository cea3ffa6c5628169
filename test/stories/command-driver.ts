/** The story by bin/onepot, as a finance officer who signs in on the command line: a program of its own for each step. */
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
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId });
  const surroundings = { DATABASE_URL: test.adminUrl, ONEPOT_PASSWORD: TEST_PASSWORD };
  const command = async (...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    const answered = await machine.run([...words, "--json"], surroundings);
    if (answered.code !== 0)
      throw new Error(`onepot ${words.join(" ")}: ${answered.code} ${answered.error}${answered.out}`);
    return JSON.parse(answered.out);
  };
  await command("login", "--email", email);
  let files = 0;
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
      files += 1;
      const path = join(machine.folder, `input-${files}.json`);
      await writeFile(path, JSON.stringify(sent));
      return command(...words, "--place", PLACE, "--input", path);
    },
    trace: (record) => command("trace", record, "--place", PLACE),
  };
}
