/**
 * Each record of money and each decision is held by the statement that writes it (src/platform/audit, db/migrations/0017). Tables
 * have no triggers, so this says which statements write such rows, and that none does without holding them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const HELD_SINCE = 17;
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
const migrations = filesIn("db/migrations").filter((file) => file.endsWith(".sql"));
const read = (file: string): string => readFileSync(join(PROJECT, file), "utf8");

type Subject = { readonly subject: string; readonly table: string; readonly isEnd: boolean };

/** The lines of held_subject, in the migration that made it and in those that came after. */
const subjects: readonly Subject[] = migrations
  .filter((file) => Number(/(\d+)-/.exec(file)?.[1]) >= HELD_SINCE)
  .flatMap((file) =>
    [...read(file).matchAll(/^ {4}\('([a-z_]+)', '([a-z_]+)', '[a-z_,]+', '[a-z_,]*', (null|'.+')\),?$/gm)].map(
      ([, subject = "", table = "", ended]) => ({ subject, table, isEnd: ended !== "null" }),
    ),
  );
const tables = [...new Set(subjects.map(({ table }) => table))].join("|");
const WRITTEN = new RegExp(`\\b(insert into|update|merge into|copy) (${tables})\\b`, "g");

/** What writes a held table: each place in a text, with whether it is held there under a subject of that table. */
function writesIn(text: string) {
  return [...text.matchAll(WRITTEN)].map(({ index, 0: words, 1: verb, 2: table }) => {
    const [, subject] = /held\(\s*"([a-z_]+)",\s*sql`\s*$/.exec(text.slice(Math.max(0, index - 200), index)) ?? [];
    const known = subjects.find((one) => one.subject === subject);
    return { words, held: known?.table === table && known?.isEnd === (verb === "update") };
  });
}

/** Each function of the schema that writes such a row, but what is an account's own balance, and does not hold it. */
function unheldFunctions(schema: string): readonly string[] {
  return schema
    .split(/^(?=create or replace function )/im)
    .filter(
      (text) => new RegExp(`insert into (?:public\\.)?(${tables})\\b`, "i").test(text) && !text.includes("hold_rows("),
    )
    .map((text) => text.split("(")[0] ?? "");
}

describe("a table whose rows are held", () => {
  const files = filesIn("src").filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

  it("is written only by statements that hold its rows", () => {
    const unheld = files.flatMap((file) =>
      writesIn(read(file)).flatMap(({ words, held }) => (held ? [] : [`${file}: ${words}`])),
    );
    expect(unheld).toEqual([]);
  });

  it("is written somewhere, for every subject but the account, which the database opens", () => {
    const text = files.map(read).join("\n");
    const unwritten = subjects.filter(({ subject }) => !new RegExp(`held\\(\\s*"${subject}",`).test(text));
    expect(subjects.length).toBeGreaterThan(40);
    // A code or a limit that is written with its end has it held by the database, one that ends later by its own statement.
    expect(unwritten.map(({ subject }) => subject)).toEqual(["account"]);
  });

  it("is written by a function of the database, or by a later migration, only where it holds the rows", () => {
    expect(unheldFunctions(read("db/schema.sql"))).toEqual([]);
    const later = migrations.filter((file) => Number(/(\d+)-/.exec(file)?.[1]) >= HELD_SINCE);
    expect(later.length).toBeGreaterThan(0);
    expect(later.filter((file) => writesIn(read(file)).length > 0 && !read(file).includes("hold_rows("))).toEqual([]);
  });

  it.each([
    ["sql`insert into virement (place_id) values (1)`", [false]],
    ['held("virement", sql`insert into virement (place_id) values (1)`)', [true]],
    ['held("stage", sql`insert into virement (place_id) values (1)`)', [false]],
    ['held("limit_end", sql`update authority set ends_on = now()`)', [true]],
    ['held("limit", sql`update authority set ends_on = now()`)', [false]],
    ["sql`update approval set state = 'done'`", [false]],
    ["sql`insert into pot_other (place_id) values (1)`", []],
  ])("%s is seen", (text, held) => {
    expect(writesIn(text).map((one) => one.held)).toEqual(held);
  });

  it("is seen in a function that holds nothing", () => {
    const planted =
      "create or replace function planted() returns void\n  language sql\nas $$\n  insert into virement (a) values (1)\n$$;\n";
    expect(unheldFunctions(planted)).toHaveLength(1);
    expect(unheldFunctions(planted.replace("$$;", "perform hold_rows('virement', '[]')\n$$;"))).toEqual([]);
  });
});
