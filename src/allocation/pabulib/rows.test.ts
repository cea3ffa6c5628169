/** The cutting of rows: separators, quotes, line ends and places, and on random tables nothing is lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellText, nextRow, openRows, placeOf, type Rows, rawText } from "./rows.ts";
import { bytesOf } from "./small-election.fixture.ts";

function rowsOf(text: string): readonly (readonly string[])[] {
  const rows = openRows(bytesOf(text));
  const cut: string[][] = [];
  while (nextRow(rows)) cut.push(Array.from({ length: rows.cells }, (_, cell) => rawText(rows, cell)));
  return cut;
}

describe("rows", () => {
  const cases: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ["", []],
    ["a;b", [["a", "b"]]],
    ["a;b\n", [["a", "b"]]],
    [
      "a;\n;b\n",
      [
        ["a", ""],
        ["", "b"],
      ],
    ],
    ["a\r\nb\rc\nd", [["a"], ["b"], ["c"], ["d"]]],
    ["\n\na\n", [[""], [""], ["a"]]],
    ['"a;b";c', [["a;b", "c"]]],
    ['"say ""yes""";c', [['say "yes"', "c"]]],
    ['"two\r\nlines";c\nd', [["two\r\nlines", "c"], ["d"]]],
    ['a"b";c', [['a"b"', "c"]]],
    ['"a"b"c;d', [['ab"c', "d"]]],
    ['"";x', [["", "x"]]],
    ['"";""""', [["", '"']]],
    ['a;"never closed\nb', [["a", "never closed\nb"]]],
    ["\uFEFFa;b", [["a", "b"]]],
    ["a\u2028b;c", [["a\u2028b", "c"]]],
  ];
  test.each(cases)("%j", (text, cells) => {
    expect(rowsOf(text)).toEqual(cells);
  });

  test("nothing that was written is lost, however it is quoted and wherever lines end", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", ";", '"', "\n", "\r", " ", ",", "\u{1F333}") });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom("\n", "\r\n", "\r"), fc.boolean(), (cells, end, last) => {
        const quoted = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(";"));
        expect(rowsOf(quoted.join(end) + (last ? end : ""))).toEqual(cells);
      }),
    );
  });

  test("a cell is given without the spaces around it, and None is nothing", () => {
    const rows = openRows(bytesOf(' a b ;" c ";None;NONE ;none of them'));
    nextRow(rows);
    expect([0, 1, 2, 3, 4, 5].map((cell) => cellText(rows, cell))).toEqual(["a b", "c", "", "", "none of them", ""]);
  });
});

describe("places", () => {
  function placeOfText(text: string, sought: string): string {
    const bytes = bytesOf(text);
    const offset = bytesOf(text.slice(0, text.indexOf(sought))).length;
    const rows: Rows = openRows(bytes);
    while (nextRow(rows) && rows.at <= offset);
    const { line, column } = placeOf(rows, offset);
    return `${line}:${column}`;
  }

  test.each([
    ["X", "1:1"],
    ["a;X", "1:3"],
    ["é\u{1F333};X", "1:4"],
    ["a\nb\r\nc\rdX", "4:2"],
    ['a;"b\r\nc";X', "2:4"],
    ['"a\n\n";b\nX', "4:1"],
    ["\uFEFFX", "1:1"],
  ])("the X in %j stands at %s", (text, place) => {
    expect(placeOfText(text, "X")).toBe(place);
  });
});
