/** Reading CSV: its forms and encodings, what is refused, and agreement with csv-parse on random tables. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mustRead, readRefusal } from "./read.fixture.ts";

const UTF16BE = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le").swap16();

describe("forms of CSV", () => {
  // text (with ⏎ for LF, ␍ for CR, ⇥ for tab) => rows as number:cell|cell
  const cases = `
    a,b⏎1,2⏎ => 1:a|b 2:1|2
    a,b␍⏎1,2 => 1:a|b 2:1|2
    a,b␍1,2␍ => 1:a|b 2:1|2
    ﻿a,b⏎1,2 => 1:a|b 2:1|2
    a;b⏎1,5;2⏎ => 1:a|b 2:1,5|2
    a⇥b⏎1⇥2⏎ => 1:a|b 2:1|2
    sep=;⏎a;b⏎1;2 => 1:a|b 2:1|2
    ⏎⏎a,b⏎⏎1,2,⏎⏎ => 3:a|b 5:1|2|
    a,b⏎"x,y","he_said_""no"""⏎1,2 => 1:a|b 2:x,y|he_said_"no" 3:1|2
    a,b⏎"two⏎lines",2⏎3,4 => 1:a|b 2:two⏎lines|2 3:3|4
    a,b⏎5"_pipe,2⏎3,4 => 1:a|b 2:5"_pipe|2 3:3|4
    a,b⏎"x"y,2⏎ => 1:a|b 2:xy|2
    a⏎""⏎b => 1:a 2: 3:b
    '=1+1,'tis⏎'-5,'﹦ => 1:=1+1|'tis 2:-5|'﹦
  `;
  const lines = cases
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" => "));
  test.each(lines)("%s", async (written = "", wanted = "") => {
    const real = written.replaceAll("⏎", "\n").replaceAll("␍", "\r").replaceAll("⇥", "\t");
    const { rows } = await mustRead(Buffer.from(real));
    const shown = rows.map(({ row, cells }) => `${row}:${cells.join("|")}`).join(" ");
    expect(shown.replaceAll("\n", "⏎")).toBe(wanted);
  });
});

describe("encodings", () => {
  const text = "Cyflenwr,Swm\nCaffi Tŷ Gwyn,£5\n";
  const rows = [
    ["Cyflenwr", "Swm"],
    ["Caffi Tŷ Gwyn", "£5"],
  ];
  test.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\ufeff${text}`)],
    ["utf-16le", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["utf-16be", UTF16BE(text)],
  ])("%s", async (encoding, bytes) => {
    const read = await mustRead(bytes);
    expect(read.table.encoding).toBe(encoding);
    expect(read.rows.map(({ cells }) => cells)).toEqual(rows);
  });
  test("windows-1252, with a pound sign, a euro and a curly quote", async () => {
    const read = await mustRead(Buffer.from([0x61, 0x2c, 0xa3, 0x35, 0x0a, 0x80, 0x2c, 0x92]));
    expect(read.table.encoding).toBe("windows-1252");
    expect(read.rows.map(({ cells }) => cells.join("|"))).toEqual(["a|£5", "€|’"]);
  });
  test("a letter cut between two pieces of a large file stays whole", async () => {
    const line = "ŵŷ€𝄞x,1\n";
    const read = await mustRead(Buffer.from(line.repeat(40_000)));
    expect(read.table.encoding).toBe("utf-8");
    expect(new Set(read.rows.map(({ cells }) => cells.join(",")))).toEqual(new Set(["ŵŷ€𝄞x,1"]));
    expect(read.rows.at(-1)?.row).toBe(40_000);
  });
});

describe("refused", () => {
  const long = "x".repeat(50_000);
  test.each<[string, Buffer]>([
    ["file_empty", Buffer.alloc(0)],
    ["file_empty", Buffer.from("\n\r\n\n")],
    ["file_has_nul", Buffer.from("a,b\n1,\0\n")],
    ["file_has_nul", Buffer.from("\ufeffa,b\n1,\0\n", "utf16le")],
    ["file_has_nul", Buffer.from("a,b\n", "utf16le")],
    ["file_encoding", Buffer.from([0x61, 0x2c, 0x81, 0x0a])],
    ["file_encoding", Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x2c, 0xa3, 0x0a])],
    ["file_encoding", Buffer.from([0xff, 0xfe, 0x61])],
    ["file_not_a_table", Buffer.from("%PDF-1.7\n%binary")],
    ["file_not_a_table", Buffer.from("<!DOCTYPE html><html></html>")],
    ["file_not_a_table", Buffer.from("d0cf11e0a1b11ae1000000", "hex")],
    ["quote_not_closed", Buffer.from('a,b\n"1,2\n3,4\n')],
    ["cell_too_long", Buffer.from(`a,b\n${long},1\n`)],
    ["row_too_long", Buffer.from(`a,b\n${`${long.slice(0, 30_000)},`.repeat(9)}\n`)],
    ["row_too_long", Buffer.from(`a,b\n"${long.repeat(9)}`)],
    ["too_many_columns", Buffer.from(`a,b\n${",".repeat(1_000)}\n`)],
  ])("%s", async (code, bytes) => {
    expect((await readRefusal({ bytes })).code).toBe(code);
  });
  test("more rows than the limit, and a larger file than the limit", async () => {
    const bytes = Buffer.from("a,b\n".repeat(11));
    expect(await readRefusal({ bytes, limits: { rows: 10 } })).toEqual({ code: "too_many_rows", limit: 10 });
    expect(await readRefusal({ bytes, limits: { fileBytes: 43 } })).toMatchObject({ code: "file_too_large" });
  });
  test("a path that is not there, a folder, and a stream over the limit", async () => {
    expect((await readRefusal({ path: "/nowhere/at/all.csv" })).code).toBe("file_not_found");
    expect((await readRefusal({ path: "/" })).code).toBe("file_not_found");
    const stream = (async function* () {
      for (;;) yield Buffer.alloc(1024, "a,b\n");
    })();
    expect((await readRefusal({ stream, limits: { fileBytes: 10_000 } })).code).toBe("file_too_large");
  });
});

test("reads what csv-parse reads", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", " ", "1", ",", '"', "\n", "\r\n"), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
  const written = (rows: readonly (readonly string[])[]): string =>
    `h1,h2\n${rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\n")}\n`;
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const text = written(rows);
      const other = parse(text, { relax_column_count: true }) as string[][];
      const { table: read, rows: own } = await mustRead(Buffer.from(text));
      if (read.delimiter === ",") expect(own.map(({ cells }) => cells)).toEqual(other);
    }),
    { numRuns: 200 },
  );
});

test("a table may be read again, from a stream too, and gives its first rows as a sample", async () => {
  const stream = (async function* () {
    for (let row = 0; row < 300; row += 1) yield Buffer.from(`${row},x\n`);
  })();
  const first = await mustRead({ stream });
  expect(first.rows).toHaveLength(300);
  expect(first.table.sample).toEqual(first.rows.slice(0, 200));
});

test("one row of 300 MB is refused, and 2 million rows are read, in bounded memory", async () => {
  const script = fileURLToPath(new URL("./memory.fixture.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
  const { oneRow, manyRows, grownBytes } = JSON.parse(stdout) as Record<string, string | number>;
  expect({ oneRow, manyRows }).toEqual({ oneRow: "row_too_long", manyRows: "2000000" });
  expect(grownBytes).toBeLessThan(100 * 1024 ** 2);
}, 60_000);
