/** Reading records by column: texts made alike, dates, kinds of columns, ids, and what is refused. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMonthPlace, readDay } from "./days.ts";
import { Gathering } from "./gather.ts";
import { kindOf, namesTruth } from "./kinds.ts";
import { headingWords, normaliseText } from "./normalise.ts";
import type { Records } from "./records.ts";

function linesOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("=>").map((part) => part.trim()));
}

describe("texts as they are compared", () => {
  it.each(
    linesOf(`
      O'Brien            => obrien
      Siân  LLOYD-Jones  => sian lloyd jones
      Zoë                => zoe
      Müller, Jürgen     => muller jurgen
      Strauß             => strauss
      Ødegård            => odegard
      N/A                =>
      Not known          =>
      -                  =>
      St. Helen’s        => st helens
      m6 5pw             => m6 5pw
    `),
  )("%s is %s", (raw, value) => expect(normaliseText(raw ?? "")).toBe(value ?? ""));

  it("stay as they are when normalised again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
    );
  });

  it("headings are words, however they are joined", () => {
    for (const heading of ["Date of Birth", "date_of_birth", " dateOfBirth", "DATE-OF-BIRTH"])
      expect(headingWords(heading).join(" ")).toBe("date of birth");
  });
});

describe("dates", () => {
  it.each(
    linesOf(`
      1913 03 29          => 19130329
      19130329            => 19130329
      29 03 1913          => 19130329
      3 9 1913            => 19130903
      29 march 1913       => 19130329
      1st sep 1960        => 19600901
      1853 22 24          => 18532224
      1913                => 19130000
      2001 02 03 00 00 00 => 20010203
      soon                => null
      12 13               => null
    `),
  )("%s is read as %s", (text, day) => expect(String(readDay(text ?? "", "month-second"))).toBe(day));

  it("are month first only where the values say so", () => {
    expect(findMonthPlace(["03 29 1913", "04 05 1913"])).toBe("month-first");
    expect(findMonthPlace(["03 04 1913", "04 05 1913"])).toBe("month-second");
    expect(readDay("03 29 1913", "month-first")).toBe("19130329");
  });
});

type File = { readonly name: string; readonly rows: string; readonly id?: string; readonly ignore?: readonly string[] };

function gathered(...files: readonly File[]) {
  const gathering = new Gathering({ id: files[0]?.id ?? null, ignore: files[0]?.ignore ?? [] });
  for (const { name, rows } of files) {
    const [headings = [], ...rest] = rows.split(";").map((row) => row.split(","));
    const opened = gathering.open(name, headings);
    if (!opened.ok) return opened;
    for (const row of rest) gathering.take(row);
  }
  return gathering.finish();
}

function mustGather(...files: readonly File[]): Records {
  const found = gathered(...files);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

describe("records", () => {
  it("are kept by column, each distinct text once, and the first unique column is the ids", () => {
    const records = mustGather({ name: "a.csv", rows: "surname,ref,sex;Jones,1,F;JONES,2,;Evans,3,n/a;Evans,4," });
    expect(records.ids).toEqual(["1", "2", "3", "4"]);
    expect(records.idColumns).toEqual(["ref"]);
    const [surname, sex] = records.columns;
    expect(surname).toMatchObject({ name: "surname", values: ["jones", "evans"] });
    expect([...(surname?.codes ?? [])]).toEqual([0, 0, 1, 1]);
    expect([...(surname?.counts ?? [])]).toEqual([2, 2]);
    expect([...(sex?.codes ?? [])]).toEqual([0, -1, -1, -1]);
  });

  it("of several files share columns by heading, and ids that stand in both begin with the file", () => {
    const first = { name: "school", rows: "Id,First name;1,Ann;2,Bob" };
    const records = mustGather(first, { name: "court", rows: "first_name,id;Ann,2;Ann,3" });
    expect(records.ids).toEqual(["1", "school:2", "court:2", "3"]);
    expect([...records.fileOf]).toEqual([0, 0, 1, 1]);
    expect(records.columns.map(({ name }) => name)).toEqual(["First name"]);
    expect([...(records.columns[0]?.codes ?? [])]).toEqual([0, 1, 0, 0]);
  });

  it("keep what comes before and after a column is known not to be the ids", () => {
    const records = mustGather({ name: "a", rows: "ref,town;1,Hull;2,Leeds;3,Hull;4,York" });
    expect([...(records.columns[0]?.codes ?? [])]).toEqual([0, 1, 0, 2]);
    const unique = mustGather({ name: "a", rows: "ref,town;1,Hull;2,Leeds" });
    expect([...(unique.columns[0]?.codes ?? [])]).toEqual([0, 1]);
  });

  it("lose columns that are to be ignored", () => {
    const records = mustGather({ name: "a", rows: "cluster,ref,town;1,1,Hull;2,2,Hull", ignore: ["Cluster"] });
    expect(records.columns.map(({ name }) => name)).toEqual(["town"]);
    expect(records.idColumns).toEqual(["ref"]);
  });

  const refused = `
    a: town;x;x                      | no_ids
    a: ref,town;1,x;1,y;2,x (id ref) | duplicate_ids
    a: ref,town;1,x;,y (id ref)      | id_missing
    a: ref,town;1,x (id number)      | column_not_found
    a: ref,town,Town;1,x,y           | column_twice
    a: ref,town                      | no_records
  `;
  it.each(
    refused
      .trim()
      .split("\n")
      .map((line) => line.split("|").map((part) => part.trim())),
  )("%s is refused: %s", (file = "", code = "") => {
    const [, name = "", rows = "", id] = /^(\w+): (.*?)(?: \(id (\w+)\))?$/.exec(file) ?? [];
    const found = gathered({ name, rows, ...(id !== undefined && { id }) });
    expect(found).toMatchObject({ ok: false, refusal: { code, file: "a" } });
  });

  it("says how many ids stand twice, with one of them", () => {
    const found = gathered({ name: "a", rows: "ref;7;7;8;7", id: "ref" });
    expect(found).toMatchObject({ refusal: { records: 2, example: "7" } });
  });
});

describe("what a column holds", () => {
  const kinds = `
    given_name: ann bob cai                    => forename
    Family name: jones evans                   => surname
    Full name: ann-jones bob-evans             => full-name
    DOB: 1960-01-02 1971-12-30                 => date
    when: 01/02/1960 30/12/1971                => date
    Post Code: M6-5PW SA1-1AA                  => postcode
    where: M6-5PW SA1-1AA L1-1AA               => postcode
    contact: a@b.org c@d.org                   => email
    NINO: AB123456C CE123456D                  => ni-number
    street name: high-street low-road          => address
    town: hull leeds york                      => text
  `;
  it.each(linesOf(kinds))("%s => %s", (column = "", kind = "") => {
    const [name = "", values = ""] = column.split(":");
    const rows = values
      .trim()
      .split(" ")
      .map((value, at) => `${at},${value.replace(/(?<=[a-zA-Z0-9])-(?=[a-zA-Z0-9]+$)/, "-")}`);
    const records = mustGather({ name: "a", rows: [`ref,${name}`, ...rows].join(";") });
    expect(records.columns[0] && kindOf(records.columns[0])).toBe(kind);
  });

  it("what names the truth is known by its heading", () => {
    const records = mustGather({ name: "a", rows: "ref,cluster,Person_ID,town;1,1,1,x;2,1,1,x" });
    expect(records.columns.filter(namesTruth).map(({ name }) => name)).toEqual(["cluster", "Person_ID"]);
  });
});
