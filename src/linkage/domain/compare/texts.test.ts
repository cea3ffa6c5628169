/** Measures of likeness against published examples, and against plain second implementations. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isNationalInsuranceNumber, isNhsNumber } from "./check-digits.ts";
import { damerau } from "./damerau.ts";
import { dateLevel } from "./date-levels.ts";
import { jaroWinkler } from "./jaro-winkler.ts";
import { nameLevels, wholeName } from "./names.ts";
import { areKin } from "./nicknames.ts";
import { readPostcode } from "./postcodes.ts";
import { readingsOf, soundex } from "./sounds.ts";

function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/ *\| */));
}

// William Winkler, "Overview of Record Linkage and Current Research Directions", U.S. Census Bureau RRS2006/02, table 6.
const WINKLER = `
  shackleford | shackelford | 0.982
  dunningham  | cunnigham   | 0.896
  nichleson   | nichulson   | 0.956
  jones       | johnson     | 0.832
  massey      | massie      | 0.933
  abroms      | abrams      | 0.922
  marhta      | martha      | 0.961
  dwayne      | duane       | 0.840
  julies      | julius      | 0.933
  dixon       | dickson     | 0.832
  dixon       | dicksonx    | 0.813
`;

describe("Jaro-Winkler", () => {
  it.each(rowsOf(WINKLER))("%s and %s are alike by %s", (left = "", right = "", value = "") => {
    expect(jaroWinkler(left, right)).toBeCloseTo(Number(value), 3);
  });

  it("is 1 of a text and itself, the same both ways round, and never beyond 0 and 1", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (left, right) => {
        const like = jaroWinkler(left, right);
        expect(like).toBeGreaterThanOrEqual(0);
        expect(like).toBeLessThanOrEqual(1 + 1e-12);
        if (left !== "") expect(jaroWinkler(left, left)).toBeCloseTo(1, 12);
      }),
    );
  });
});

/** The whole table, as the definition has it. */
function plainDamerau(left: string, right: string): number {
  const table = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let row = 1; row <= left.length; row += 1)
    for (let column = 1; column <= right.length; column += 1) {
      const changed = at(row - 1, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, changed);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        best = Math.min(best, at(row - 2, column - 2) + 1);
      (table[row] as number[])[column] = best;
    }
  return at(left.length, right.length);
}

describe("mistakes between two texts", () => {
  it.each(
    rowsOf(`
      kitten   | sitting | 3
      ca       | abc     | 3
      martha   | marhta  | 1
      a        |         | 1
      smith    | smyth   | 1
    `),
  )("%s and %s: %s", (left = "", right = "", wrong = "") => {
    expect(damerau({ left, right }, 5)).toBe(Number(wrong));
  });

  test("are those of the whole table, up to the bound", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 12 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 5 }), (left, right, most) => {
        expect(damerau({ left, right }, most)).toBe(Math.min(plainDamerau(left, right), most + 1));
      }),
      { numRuns: 500 },
    );
  });
});

// National Archives of the United States, "The Soundex Indexing System", 2007.
const SOUNDS = `
  washington | w252
  lee        | l000
  gutierrez  | g362
  pfister    | p236
  jackson    | j250
  tymczak    | t522
  ashcraft   | a261
  vandeusen  | v532
`;

describe("the sound of a name", () => {
  it.each(rowsOf(SOUNDS))("%s is %s", (name = "", code = "") => expect(soundex(name)).toBe(code));
});

// The first two by Lawrence Philips, 2000: both may be read as XMT. The others by his program, which the package carries over.
const READINGS = `
  smith       | SM0 XMT
  schmidt     | XMT SMT
  schwarz     | XRS XFRTS
  tchaikovsky | XKFSK
  lee         |
`;

describe("the readings of a name", () => {
  it.each(rowsOf(READINGS))("%s is read as %s", (name = "", readings = "") =>
    expect(readingsOf(name).join(" ")).toBe(readings),
  );

  // Pairs whose sounds are not one by Soundex, which keeps the first letter.
  it.each(
    rowsOf(`
      chaikofski | tchaikovsky
      filippa    | phillipa
      shvarts    | schwarz
    `),
  )("%s and %s are alike", (one = "", other = "") => {
    expect(soundex(one)).not.toBe(soundex(other));
    expect(nameLevels([one, other])(0, 1)).toBe(2);
  });
});

describe("numbers that prove themselves", () => {
  it.each(
    rowsOf(`
      943 476 5919 | valid
      9434765919   | valid
      943 476 5918 | not
      401 023 2137 | valid
      000 000 0000 | not
      94347659     | not
    `),
  )("NHS number %s: %s", (text = "", is = "") => expect(isNhsNumber(text)).toBe(is === "valid"));

  // HM Revenue and Customs, NIM39110: prefixes that are never given; the suffix may be missing.
  it.each(
    rowsOf(`
      ab123456c    | valid
      ab 12 34 56 c | valid
      ab123456     | valid
      qq123456c    | not
      bg123456a    | not
      ao123456a    | not
      ab123456e    | not
    `),
  )("National Insurance number %s: %s", (text = "", is = "") => {
    expect(isNationalInsuranceNumber(text)).toBe(is === "valid");
  });

  test("one digit mistyped is always seen in an NHS number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = [..."9434765919"];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isNhsNumber(digits.join(""))).toBe(false);
      }),
    );
  });
});

describe("postcodes", () => {
  it.each(
    rowsOf(`
      m1 1aa   | m  | m1   | m1 1
      b33 8th  | b  | b33  | b33 8
      cr2 6xh  | cr | cr2  | cr2 6
      dn551pt  | dn | dn55 | dn55 1
      w1a 1hq  | w  | w1a  | w1a 1
      ec1a 1bb | ec | ec1a | ec1a 1
    `),
  )("%s is in area %s, district %s, sector %s", (text = "", area, district, sector) => {
    expect(readPostcode(text)).toMatchObject({ area, district, sector });
  });

  it.each(["2119", "m1", "bnw 7au", "m1 1a"])("%s is none", (text) => expect(readPostcode(text)).toBeNull());
});

describe("dates of birth", () => {
  it.each(
    rowsOf(`
      19710624 | 19710624 | same
      19710506 | 19710605 | swapped
      19710624 | 19710524 | mistyped
      19710624 | 19170624 | mistyped
      19710624 | 19720624 | mistyped
      19790624 | 19800624 | near
      19710624 | 19711124 | near
      19710624 | 19713030 | same-year
      19710624 | 19850101 | different
    `),
  )("%s and %s: %s", (left = "", right = "", level) => {
    expect(dateLevel(left, right)).toBe(level);
    expect(dateLevel(right, left)).toBe(level);
  });
});

describe("names", () => {
  it.each(
    rowsOf(`
      margaret | peggy    | yes
      bill     | william  | yes
      dai      | david    | yes
      sian     | jane     | yes
      megan    | margaret | yes
      ted      | edward   | yes
      peggy    | william  | no
      aardvark | aardvark | no
    `),
  )("%s can stand for %s: %s", (left = "", right = "", are = "") => {
    expect(areKin(left, right)).toBe(are === "yes");
    expect(areKin(right, left)).toBe(are === "yes");
  });

  it.each(
    rowsOf(`
      catherine       | catharine | 1
      elizabeth       | betty     | 1
      j               | john      | 2
      e s             | eliza     | 2
      k               | john      | 3
      catterson smith | smith     | 2
      smith           | smythe    | 2
      smith           | jones     | 3
    `),
  )("%s and %s: level %s", (left = "", right = "", level = "") => {
    const levelOf = nameLevels([left, right]);
    expect(levelOf(0, 1)).toBe(Number(level));
    expect(levelOf(1, 0)).toBe(Number(level));
  });

  it("a whole name is taken apart, without its titles", () => {
    expect(wholeName("dr mary ann evans")).toEqual({ forename: "mary", surname: "evans" });
    expect(wholeName("plato")).toEqual({ forename: "plato", surname: "" });
  });
});
