/** `ledger verify --bundle` is a command of its own that never opens the house; without the option the derived one is taken. */
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../cli/index.ts";
import { useCases } from "./use-cases.ts";
import { verifyBundleCommand } from "./verify-bundle.ts";

async function run(words: readonly string[]) {
  const said = { out: "", error: "", opened: 0 };
  const code = await runCommandLine(
    {
      useCases,
      commands: [verifyBundleCommand],
      output: {
        out: (text) => {
          said.out += text;
        },
        error: (text) => {
          said.error += text;
        },
      },
      withHouse: async () => {
        said.opened += 1;
        return 9;
      },
      credential: async () => ({ refused: "no house here" }),
      listPlaces: async () => [],
    },
    words,
  );
  return { code, ...said };
}

describe("ledger verify", () => {
  it("opens the house without --bundle", async () => {
    expect(await run(["ledger", "verify"])).toMatchObject({ code: 9, opened: 1 });
  });

  it("with --bundle opens nothing, and refuses what is not there", async () => {
    for (const words of [["--bundle", "/nowhere/at-all.zip"], ["--bundle=/nowhere/at-all.zip"]]) {
      const ended = await run(["ledger", "verify", ...words]);
      expect(ended).toMatchObject({ code: 1, opened: 0 });
      expect(ended.error).toContain("There is no such file");
    }
    const json = await run(["ledger", "verify", "--json", "--bundle", "/nowhere/at-all.zip"]);
    expect(JSON.parse(json.out)).toMatchObject({ code: "not_verified", part: null });
  });

  it("says how a head is written", async () => {
    const ended = await run(["ledger", "verify", "--bundle", "x.zip", "--head", "12"]);
    expect(ended).toMatchObject({ code: 2, opened: 0 });
    expect(ended.error).toContain("64-figure hash");
  });
});
