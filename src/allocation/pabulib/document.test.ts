/** A file read as a document and written again is the same bytes, whatever stands in it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellOfText, type Document, readDocument, writeDocument } from "./document.ts";
import { readElection } from "./read-election.ts";
import { APPROVAL, bytesOf } from "./small-election.fixture.ts";

function documentOf(bytes: Uint8Array): Document {
  const read = readDocument(bytes);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
}

describe("every byte comes back", () => {
  test("of any text", () => {
    const unit = fc.constantFrom(
      "a",
      "é",
      ";",
      '"',
      "\n",
      "\r",
      "\r\n",
      " ",
      ",",
      "\uFEFF",
      "\u2028",
      "\0",
      "META\n",
      "🌳",
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
        const bytes = bytesOf(units.join(""));
        expect(writeDocument(documentOf(bytes))).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["", "nothing"],
    ["\uFEFF", "only the mark"],
    ["\uFEFF\uFEFFa", "two marks"],
    ["a;b\r\n\r\n\nc\r", "every kind of line end"],
    ['"never closed\n', "a quote left open"],
    [' "a" ;"b" c;"d""" ', "spaces round quotes"],
  ])("of %j (%s)", (text) => {
    expect(writeDocument(documentOf(bytesOf(text)))).toEqual(bytesOf(text));
  });

  test("what is not UTF-8 is refused with its place", () => {
    expect(readDocument(new Uint8Array([0x61, 0x0a, 0x62, 0xff]))).toEqual({
      ok: false,
      refusal: { code: "not_utf8", line: 2, column: 2 },
    });
  });
});

test("rows say what they are", () => {
  const { rows } = documentOf(
    bytesOf("x\nMETA\nkey;value\na;b\n\nPROJECTS\nproject_id;cost\nmeta;1\nVOTES\nvoter_id;vote\n"),
  );
  expect(rows.map(({ section, kind }) => `${section} ${kind}`)).toEqual([
    "null data",
    "META title",
    "META columns",
    "META data",
    "META blank",
    "PROJECTS title",
    "PROJECTS columns",
    "PROJECTS data",
    "VOTES title",
    "VOTES columns",
  ]);
});

test("one cell is mended and the rest stays as it was", () => {
  const text = APPROVAL.replaceAll("\n", "\r\n");
  const document = documentOf(bytesOf(text));
  const rows = document.rows.map((row) =>
    row.line === 23
      ? { ...row, cells: row.cells.map((cell, index) => (index === 3 ? cellOfText('Pond; "big"') : cell)) }
      : row,
  );
  const mended = writeDocument({ ...document, rows });
  expect(mended).toEqual(bytesOf(text.replace(";Pond;", ';"Pond; ""big""";')));
  expect(readElection(mended).election?.projects[0]?.name).toBe('Pond; "big"');
});
