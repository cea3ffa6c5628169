/** Really starts the embedded PostgreSQL, in folders of its own, and treats it badly. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { must } from "../../lib/assert.ts";
import { findPackage } from "./binaries.ts";
import { type Embedded, linkTo, openEmbedded, StartError } from "./index.ts";
import { isRunning, waitUntil } from "./processes.ts";

const isRoot = process.getuid?.() === 0;
const box = mkdtempSync(join(tmpdir(), "onepot test "));
chmodSync(box, 0o755);
/** The longest path is beyond what a socket may have. */
const dataFolder = join(box, "a folder with spaces", "and a name that is long ".repeat(5), ".data");
const opened: Embedded[] = [];
const children: ChildProcess[] = [];

async function open(folder = dataFolder): Promise<Embedded> {
  const embedded = await openEmbedded({ dataFolder: folder, log: () => {} });
  opened.push(embedded);
  return embedded;
}

async function ask(link: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: link });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

const serverPid = (folder = dataFolder) =>
  Number(readFileSync(join(folder, "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
const isDown = (folder = dataFolder) => !existsSync(join(folder, "cluster", "postmaster.pid"));

/** A process that has ended and whose parent never asks how. */
function zombie(): number {
  const note = join(box, "zombie");
  children.push(spawn("sh", ["-c", `sleep 0 & echo $! > '${note}'; exec sleep 20`], { stdio: "ignore" }));
  while (!existsSync(note) || readFileSync(note, "utf8") === "") spawnSync("sleep", ["0.05"]);
  return Number(readFileSync(note, "utf8"));
}

/** Another process that opens the database, says so, and holds it until it is told or killed. */
async function holder(folder = dataFolder): Promise<ChildProcess> {
  const script = `
    import { openEmbedded } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    const embedded = await openEmbedded({ dataFolder: ${JSON.stringify(folder)}, log: () => {} });
    process.on("SIGTERM", () => embedded.stop().then(() => process.exit(0)));
    process.stdout.write(embedded.started + "\\n");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await new Promise((done) => child.stdout.once("data", done));
  return child;
}

const ends = (child: ChildProcess) =>
  new Promise<void>((done) =>
    child.exitCode === null && child.signalCode === null ? child.once("exit", () => done()) : done(),
  );

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGTERM");
    await ends(child);
  }
  for (const embedded of opened.splice(0)) await embedded.stop();
});

afterAll(() => rmSync(box, { recursive: true, force: true }));

describe("the embedded PostgreSQL", { timeout: 60_000 }, () => {
  test("starts in a folder with spaces and a long path, keeps what it was told, and stops", async () => {
    const first = await open();
    expect(first.started).toBe(true);
    await ask(first.superuserUrl, "create table kept as select 'Dŵr' as word");
    await ask(first.superuserUrl, "create role reader login password 'a b/c%2F:@?+'");
    await ask(first.superuserUrl, "create database pot owner reader");
    const link = linkTo(first, { database: "pot", user: "reader", password: "a b/c%2F:@?+" });
    expect(await ask(link, "select current_user || ' ' || current_database()")).toBe("reader pot");
    const settings = `
      data_checksums on
      fsync on
      synchronous_commit on
      listen_addresses
      server_encoding UTF8
      TimeZone UTC
      password_encryption scram-sha-256
      max_connections 60
    `;
    for (const [name = "", value = ""] of settings
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" "))) {
      expect([name, await ask(first.superuserUrl, `select current_setting('${name}')`)]).toEqual([name, value]);
    }
    await first.stop();
    await first.stop();
    expect(isDown()).toBe(true);
    const second = await open();
    expect(second.started).toBe(true);
    expect(await ask(second.superuserUrl, "select word from kept")).toBe("Dŵr");
  });

  test("refuses a wrong password and anyone without one", async () => {
    const embedded = await open();
    const link = linkTo(embedded, { database: "postgres", user: "postgres", password: "guess" });
    await expect(ask(link, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(new URL(embedded.superuserUrl).password.length).toBeGreaterThan(20);
    expect(
      spawnSync("stat", ["-c", "%a", join(dataFolder, "password")])
        .stdout?.toString()
        .trim() || "600",
    ).toBe("600");
  });

  test("is shared: the last to leave stops it, whoever started it", async () => {
    const first = await open();
    const second = await open();
    expect([first.started, second.started]).toEqual([true, false]);
    await first.stop();
    expect(await ask(second.superuserUrl, "select 1")).toBe(1);
    await second.stop();
    expect(isDown()).toBe(true);
  });

  test("two that start at once agree", async () => {
    const [one, two, three] = await Promise.all([holder(), holder(), open()]);
    expect(await ask(three.superuserUrl, "select 1")).toBe(1);
    for (const child of [one, two]) child.kill("SIGTERM");
    await Promise.all([ends(one), ends(two)]);
    expect(await ask(three.superuserUrl, "select 1")).toBe(1);
    expect(readdirSync(join(dataFolder, "holders"))).toHaveLength(1);
  });

  test("what a killed process left running is adopted, and its place in the list counts for nothing", async () => {
    const child = await holder();
    const pid = serverPid();
    child.kill("SIGKILL");
    await ends(child);
    expect(isRunning(pid)).toBe(true);
    const embedded = await open();
    expect([embedded.started, serverPid()]).toEqual([false, pid]);
    await embedded.stop();
    expect([isRunning(pid), isDown()]).toEqual([false, true]);
  });

  test("one that does not answer is stopped and started again", async () => {
    const child = await holder();
    const pid = serverPid();
    child.kill("SIGKILL");
    await ends(child);
    rmSync(must(readFileSync(join(dataFolder, "cluster", "postmaster.pid"), "utf8").split("\n")[4], "a socket"), {
      recursive: true,
    });
    const embedded = await open();
    expect(embedded.started).toBe(true);
    expect(serverPid()).not.toBe(pid);
    expect(await ask(embedded.superuserUrl, "select 1")).toBe(1);
  });

  test("a server killed in use comes back by itself at the same address", async () => {
    const embedded = await open();
    const pid = serverPid();
    process.kill(pid, "SIGKILL");
    const asked = async (): Promise<unknown> => ask(embedded.superuserUrl, "select 1").catch(() => null);
    const end = Date.now() + 10_000;
    let answer = await asked();
    while (answer !== 1 && Date.now() < end) answer = await asked();
    expect(answer).toBe(1);
    expect(serverPid()).not.toBe(pid);
  });

  test.each([
    ["a dead process", () => must(spawnSync("true").pid, "a number")],
    ["another program", () => process.pid],
    ["a zombie", zombie],
  ])("lock files that name %s do not matter", async (_, pidOf) => {
    await (await open()).stop();
    const pid = pidOf();
    writeFileSync(
      join(dataFolder, "cluster", "postmaster.pid"),
      `${pid}\n${dataFolder}/cluster\n1\n5432\n/tmp\n\n  1 1\nready   \n`,
    );
    writeFileSync(join(dataFolder, "lock"), `${pid} 12@another-start-of-the-machine`);
    const embedded = await open();
    expect(embedded.started).toBe(true);
    expect(await ask(embedded.superuserUrl, "select 1")).toBe(1);
  });

  test("an interrupted making of the files is made again", async () => {
    const folder = join(box, "cut short");
    mkdirSync(join(folder, "cluster.77", "base"), { recursive: true });
    const embedded = await open(folder);
    expect(await ask(embedded.superuserUrl, "select 1")).toBe(1);
    expect(readdirSync(folder).filter((name) => name.startsWith("cluster"))).toEqual(["cluster"]);
  });
});

describe("one clear sentence when it cannot start", { timeout: 60_000 }, () => {
  const sentence = async (folder: string): Promise<string> => {
    const error: unknown = await open(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StartError);
    return error instanceof StartError ? error.message : "";
  };

  test("a folder that cannot be made", async () => {
    writeFileSync(join(box, "file"), "");
    expect(await sentence(join(box, "file", ".data"))).toMatch(/^The data folder .* cannot be made there/);
    if (existsSync("/proc/version")) expect(await sentence("/proc/onepot")).toMatch(/^The data folder \/proc\/onepot/);
  });

  test("a database of another version", async () => {
    const folder = join(box, "older");
    mkdirSync(join(folder, "cluster"), { recursive: true });
    writeFileSync(join(folder, "cluster", "PG_VERSION"), "14\n");
    expect(await sentence(folder)).toMatch(/was made by PostgreSQL 14 and this start would use PostgreSQL 18/);
    expect(readdirSync(join(folder, "holders"))).toEqual([]);
  });

  test("a password that was lost or is another's", async () => {
    const folder = join(box, "password");
    await (await open(folder)).stop();
    writeFileSync(join(folder, "password"), "another");
    expect(await sentence(folder)).toMatch(/is not the one of the database/);
    rmSync(join(folder, "password"));
    expect(await sentence(folder)).toMatch(/has lost its password/);
  });

  test("a system without a package", () => {
    expect(() => findPackage("plan9-mips")).toThrow(/^The embedded PostgreSQL for plan9-mips is not installed/);
  });

  test.skipIf(isRoot)("a folder of someone else (skipped as root)", async () => {
    const folder = join(box, "closed");
    mkdirSync(folder, { mode: 0o500 });
    expect(await sentence(folder)).toMatch(/^This user may not read and write/);
  });

  test.each(["8m", "60m"])("a full disk of %s (skipped where none can be made)", async (size) => {
    const disk = join(box, `disk ${size}`);
    mkdirSync(disk);
    if (!isRoot || spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=755`, "none", disk]).status !== 0)
      return;
    try {
      if (size === "60m") writeFileSync(join(disk, "filler"), Buffer.alloc(25_000_000));
      expect(await sentence(join(disk, ".data"))).toMatch(/^The disk is full/);
    } finally {
      for (const embedded of opened.splice(0)) await embedded.stop();
      await waitUntil(() => spawnSync("umount", [disk]).status === 0, 3_000);
    }
  });
});
