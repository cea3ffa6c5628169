/**
 * The commands as a person types them, each a program of its own on a scratch data folder: exit codes, the JSON that is
 * promised, with the server running and not, and one sentence for each fault of the surroundings.
 */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { runCommandLine } from "../../src/cli/index.ts";
import { openDemonstrationAccount } from "../../src/identity/index.ts";
import { handCommands } from "../../src/main/commands.ts";
import {
  demonstrationFault,
  isThisMachineOnly,
  signInLines,
  withoutDemonstrationPeople,
} from "../../src/main/demonstration-people.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { newId } from "../../src/platform/ids.ts";
import { type Answered, type Machine, openMachine, STACK } from "../setup/command-line.ts";
import { openTestHouse } from "../setup/house.ts";

let machine: Machine;
let file: string;

beforeAll(async () => {
  machine = await openMachine();
  file = join(machine.folder, "payments 2012.csv");
  const rows = [
    "Payment Date,Amount,Beneficiary Name",
    "2012-04-03,750.00,Irwell Supplies",
    "2012-05-01,(1250.10),Ordsall Ltd",
    "sometime,x,y",
    "",
  ];
  await writeFile(file, rows.join("\r\n"));
  await machine.run(["migrate"]);
}, 60_000);

afterAll(() => machine?.close());

const json = (answered: Answered) => JSON.parse(answered.out) as Record<string, unknown>;

async function command(...words: readonly string[]): Promise<Answered> {
  const answered = await machine.run(words);
  expect(answered.error).not.toMatch(STACK);
  return answered;
}

describe("with no server running", () => {
  it("migrate does nothing a second time", async () => {
    const again = await command("migrate", "--json");
    expect({ code: again.code, ...json(again) }).toEqual({ code: 0, applied: 0 });
  });

  it("place open: done, then refused, then not understood", async () => {
    const opened = await command("place", "open", "salford", "--json");
    expect(opened.code).toBe(0);
    expect(json(opened)).toMatchObject({ slug: "salford", name: "Salford" });
    const again = await command("place", "open", "salford", "--json");
    expect({ code: again.code, refusal: json(again)["code"] }).toEqual({ code: 1, refusal: "place_exists" });
    const [missing, nowhere, surprising] = await Promise.all([
      command("place", "open"),
      command("place", "open", "atlantis"),
      command("place", "open", "bolton", "--surprise"),
    ]);
    expect([missing.code, nowhere.code, surprising.code]).toEqual([2, 1, 2]);
    expect(nowhere.error).toContain("atlantis");
    expect(nowhere.out).toBe("");
  });

  it("admin create gives the link once", async () => {
    const made = await command("admin", "create", "--email", "sam@example.com", "--name", "Sam Okoye", "--json");
    expect(made.code).toBe(0);
    expect(json(made)).toMatchObject({ place: "salford", link: expect.stringMatching(/^\/account\/link\//) });
    expect((await command("admin", "create", "--email", "sam", "--name", "Sam")).code).toBe(2);
  });

  it("spend import: preview, refused, accepted, already", async () => {
    const sent = ["spend", "import", file, "--place", "salford", "--json"];
    const preview = await command(...sent, "--preview");
    expect(preview.code).toBe(0);
    expect(json(preview)).toMatchObject({
      lines: 2,
      totalPence: "-50010",
      from: "2012-04-03",
      to: "2012-05-01",
      stored: false,
    });
    const refused = await command(...sent);
    expect(refused.code).toBe(1);
    expect(json(refused)).toMatchObject({ stored: false, code: "lines_refused" });
    const stored = await command(...sent, "--accept-refused");
    expect(stored.code).toBe(0);
    for (const answer of [preview, refused, stored])
      expect(Object.keys(json(answer))).toEqual(
        expect.arrayContaining(["lines", "refused", "totalPence", "from", "to", "stored"]),
      );
    expect(json(stored)["stored"]).toBe(true);
    for (const fault of json(stored)["refused"] as object[])
      expect(Object.keys(fault).sort()).toEqual(["column", "reason", "row", "value"]);
    const again = await command(...sent);
    expect({ code: again.code, ...json(again) }).toMatchObject({ code: 0, stored: false, already: true });
    const rowsOf = (answer: Answered) =>
      new Set((json(answer)["refused"] as { readonly row: number }[]).map(({ row }) => row));
    expect({ rows: rowsOf(again), count: json(again)["refusedCount"] }).toEqual({ rows: new Set([4]), count: 1 });
    expect(json(again)["refused"]).toEqual(json(stored)["refused"]);
    const inWords = await command(...sent.slice(0, -1));
    expect(inWords.out).toMatch(/ 1 row left out:\n {2}Row 4, /);
  });

  it("spend import says which file, and what is missing", async () => {
    const [none, unplaced, nofile] = await Promise.all([
      command("spend", "import", join(machine.folder, "no such file.csv"), "--place", "salford"),
      command("spend", "import", file),
      command("spend", "import", "--place", "salford"),
    ]);
    expect([none.code, unplaced.code, nofile.code]).toEqual([1, 2, 2]);
    expect(none.error).toContain("no such file.csv");
  });

  it("code import is for a person who keeps the codes, and says which file is missing", async () => {
    const path = join(machine.folder, "codes.csv");
    await writeFile(path, "body,pot,cost_centre,subjective_group,starts_on\nNobody,No pot,4471,4,2012-04-01\n");
    const [refused, none, unplaced, twice] = await Promise.all([
      command("code", "import", path, "--place", "salford"),
      command("code", "import", join(machine.folder, "no such codes.csv"), "--place", "salford"),
      command("code", "import", path),
      command("code", "import", path, path, "--place", "salford"),
    ]);
    expect([refused.code, none.code, unplaced.code, twice.code]).toEqual([1, 1, 2, 2]);
    // What is wrong in a file is said to those who may: src/main/code-import.db.test.ts.
    expect(refused.error).toContain("You may not do this.");
    expect(none.error).toContain("no such codes.csv");
  });

  it("demo load is refused where there is real data", async () => {
    const refused = await command("demo", "load", "--json");
    expect({ code: refused.code, refusal: json(refused)["code"] }).toEqual({ code: 1, refusal: "not_empty" });
  });

  it("what is no command is not understood", async () => {
    const [unknown, nothing, help] = await Promise.all([command("spond", "import"), command(), command("help")]);
    expect([unknown.code, nothing.code, help.code]).toEqual([2, 2, 0]);
    expect(unknown.error).toContain("help");
  });
});

describe("while the server runs", () => {
  it("commands work on its database, and it stops when it is asked", async () => {
    const server = await machine.serve(["--empty"]);
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    const [summary, verified, all, statement, traced, odd, login] = await Promise.all([
      command("spend", "summary", "--place", "salford", "--json"),
      command("ledger", "verify", "--place", "salford", "--json"),
      command("ledger", "verify", "--json"),
      command("ledger", "statement", "--place", "salford", "--pot", "no-pot", "--as-at", "2013-03-29", "--json"),
      command("trace", "0199c0de-0000-7000-8000-000000000008", "--place", "salford", "--json"),
      command("trace", "not-an-id", "--place", "salford"),
      machine.run(["login", "--email", "sam@example.com", "--json"], { ONEPOT_PASSWORD: "wrong words here" }),
    ]);
    expect(summary.code).toBe(0);
    expect(summary.out).toContain('"-50010"');
    expect([verified.code, all.code]).toEqual([0, 0]);
    expect(json(verified)["verified"]).toBe(true);
    expect({ code: statement.code, refusal: json(statement)["code"] }).toEqual({ code: 1, refusal: "pot_not_found" });
    expect({ code: traced.code, refusal: json(traced)["code"] }).toEqual({ code: 1, refusal: "record_not_found" });
    expect(odd.code).toBe(2);
    expect(login.code).toBe(1);
    expect(login.error).not.toMatch(STACK);
    expect((await server.stop()).code).toBe(0);
  });
});

describe.concurrent("faults of the surroundings are one sentence", () => {
  const faults: readonly (readonly [string, () => Record<string, string>, RegExp])[] = [
    ["nothing answers", () => ({ DATABASE_URL: "postgres://a:b@127.0.0.1:1/onepot" }), /DATABASE_URL/],
    ["the host is not known", () => ({ DATABASE_URL: "postgres://a:b@onepot.invalid/onepot" }), /DATABASE_URL/],
    ["another kind of address", () => ({ DATABASE_URL: "mysql://a:b@localhost/onepot" }), /DATABASE_URL/],
    [
      "the password is wrong",
      () => ({ DATABASE_URL: inject("adminUrl").replace(/:[^:@/]*@/, ":wrong-password@") }),
      /DATABASE_URL/,
    ],
    [
      "no such database",
      () => ({ DATABASE_URL: inject("adminUrl").replace(/(@[^/?]*)\/[^/?]*/, "$1/no_such_database") }),
      /DATABASE_URL/,
    ],
    ["the data folder cannot be made", () => ({ ONEPOT_DATA: "/proc/onepot-data" }), /folder|written|ONEPOT_DATA/i],
    ["the data folder is a file", () => ({ ONEPOT_DATA: file }), /folder|ONEPOT_DATA/i],
    ["no such port", () => ({ DATABASE_URL: "postgres://a:b@127.0.0.1:99999/onepot" }), /port in DATABASE_URL/],
    [
      "the application's link is wrong",
      () => ({ DATABASE_APP_URL: "postgres://onepot_app:b@127.0.0.1:1/onepot" }),
      /No database answers at DATABASE_APP_URL/,
    ],
    ["the port is no number", () => ({ PORT: "many" }), /PORT/],
  ];
  it.each(faults)("%s", async (_, environment, words) => {
    const answered = await machine.run(["place", "list"], environment());
    expect(answered.code).toBeGreaterThan(0);
    expect(answered.error).not.toMatch(STACK);
    expect(answered.error).toMatch(words);
    expect(answered.error.trim().split("\n").length).toBeLessThanOrEqual(2);
    expect(answered.error).not.toContain("wrong-password");
  });
});

describe("the demonstration's people where others reach the server", () => {
  const config = { host: "127.0.0.1", publicUrl: null };

  it.each([
    ["127.0.0.1", null, true],
    ["::1", "http://[::1]:3000", true],
    ["127.0.0.1", "http://localhost:8080", true],
    ["0.0.0.0", null, false],
    ["127.0.0.1", "https://onepot.example", false],
    ["127.0.0.1", "not an address", false],
  ])("%s with the address %s: this machine only is %s", (host, publicUrl, only) => {
    expect(isThisMachineOnly({ ...config, host, publicUrl })).toBe(only);
  });

  it("cannot sign in, and are strangers with a session of before", async () => {
    const test = await openTestHouse();
    try {
      const placeId = await test.openPlace("salford");
      const userId = newId();
      const account = { userId, email: "audrey@onepot.example", name: "Audrey", language: "en" as const };
      await test.database.inPlace(placeId, (tx) =>
        openDemonstrationAccount(tx, { ...account, password: "a password that is known" }),
      );
      const { findActor } = withoutDemonstrationPeople(test.house);
      const kindOf = (find: typeof findActor, id: string) =>
        test.database.inPlace(placeId, async (tx) => (await find(tx, { kind: "person", userId: id })).kind);
      expect(await kindOf(test.house.findActor, userId)).toBe("person");
      expect(await kindOf(findActor, userId)).toBe("public");
      const served = { host: "127.0.0.1", publicUrl: "https://onepot.example" };
      expect(await demonstrationFault(served, test.database)).toContain("ONEPOT_URL is https://onepot.example");
      expect(await demonstrationFault({ host: "0.0.0.0", publicUrl: null }, test.database)).toContain(
        "HOST is 0.0.0.0",
      );
      expect(await demonstrationFault(config, test.database)).toBeNull();
    } finally {
      await test.close();
    }
  });

  it("are announced as they will be: the story's six, the key worker among them", async () => {
    const test = await openTestHouse();
    try {
      expect(await signInLines(test.database, false)).toEqual([]);
      const lines = await signInLines(test.database, true);
      expect(lines).toHaveLength(7);
      expect(lines.join("\n")).toMatch(/keyworker@onepot\.example +key worker, Greater Manchester/);
    } finally {
      await test.close();
    }
  });
});

describe("commands written by hand", () => {
  const hand = handCommands({ config: {} as never, log: () => undefined }).map((command) => command.words);

  it.each(hand)("%s describes itself without being carried out", async (words) => {
    const asked = async (...more: readonly string[]) => command(...words.split(" "), ...more);
    const [schema, example, help, surprise] = await Promise.all([
      asked("schema"),
      asked("example"),
      asked("--help"),
      asked("--nonsense"),
    ]);
    expect([schema.code, example.code, help.code, surprise.code]).toEqual([0, 0, 0, 2]);
    expect(Object.keys(json(schema))).toEqual(["input", "output"]);
    const fields = Object.keys((json(schema)["input"] as { properties: object }).properties);
    expect(fields).toEqual(expect.arrayContaining(Object.keys(json(example))));
    expect(help.out).toContain(`Use: bin/onepot ${words}`);
    expect(surprise.error).toContain("--nonsense");
  });

  it("login says what is missing, and a request key must be one", async () => {
    const [login, empty, key] = await Promise.all([
      command("login", "--email"),
      command("login", "--email="),
      command("place", "open", "bolton", "--key", "NOTAUUID"),
    ]);
    expect([login.code, empty.code, key.code]).toEqual([2, 2, 2]);
    expect(login.error).toContain("--email");
    expect(key.error).toContain("NOTAUUID");
  });

  it("an address that cannot be listened on is one sentence", async () => {
    const refused = await machine.run(["serve", "--empty", "--port", "0"], { HOST: "192.0.2.1" });
    expect(refused.code).toBe(1);
    expect(refused.error).not.toMatch(STACK);
    expect(refused.error).toContain("Onepot cannot listen on 192.0.2.1");
  });

  it("a reader that leaves early is no fault", async () => {
    const program = fileURLToPath(new URL("../../bin/onepot", import.meta.url));
    const piped = spawnSync("bash", [
      "-c",
      `"$0" "$1" help | head -c 1 >&2; exit \${PIPESTATUS[0]}`,
      process.execPath,
      program,
    ]);
    expect({ code: piped.status, said: piped.stderr.toString() }).toEqual({ code: 0, said: "O" });
  });
});

describe("every derived command", () => {
  const commands = useCases.filter((useCase) => useCase.command);

  async function runHere(words: readonly string[]) {
    const said = { out: "", error: "" };
    const output = {
      out: (text: string) => {
        said.out += text;
      },
      error: (text: string) => {
        said.error += text;
      },
    };
    const none = async () => ({ refused: "no house here" });
    const code = await runCommandLine(
      { useCases, commands: [], output, withHouse: async () => 9, credential: none, listPlaces: async () => [] },
      words,
    );
    return { code, ...said };
  }

  it.each(commands.map((useCase) => ({ words: useCase.command?.words ?? "", useCase })))(
    "$words describes itself",
    async ({ words, useCase }) => {
      const schema = await runHere([...words.split(" "), "schema"]);
      const example = await runHere([...words.split(" "), "example"]);
      const help = await runHere([...words.split(" "), "--help"]);
      expect([schema.code, example.code, help.code]).toEqual([0, 0, 0]);
      expect(Object.keys(JSON.parse(schema.out))).toEqual(["input", "output"]);
      expect(useCase.input.safeParse(JSON.parse(example.out)).error?.issues ?? []).toEqual([]);
      expect((await runHere([...words.split(" "), "--surprise"])).code).toBe(2);
    },
  );
});
