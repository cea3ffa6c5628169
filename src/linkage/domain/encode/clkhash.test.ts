/** Codes are those of clkhash, bit for bit; and what its own tests publish of single tokens. */
import { describe, expect, it } from "vitest";
import type { Column } from "../table/records.ts";
import { FEATURES, INFO, ROWS, SALT, SECRET, VECTORS } from "./clkhash-codes.ts";
import { encodeRecords, hasher, writeCode } from "./encode.ts";
import { readSchema, type Schema } from "./schema.ts";
import { tokensOf } from "./tokens.ts";

const utf8 = new TextEncoder();

/** Each cell as it stands: nothing is normalised, so that the same text goes in on both sides. */
function columnOf(name: string, at: number): Column {
  const cells = ROWS.map((row) => row[at] ?? "");
  const values = [...new Set(cells)].filter((cell) => cell !== "");
  const codes = Int32Array.from(cells, (cell) => values.indexOf(cell));
  return { name, codes, values, written: values, counts: new Int32Array(values.length) };
}

describe("codes of clkhash", () => {
  it.each(VECTORS)("$l bits, $folds folds, keys of $keySize bytes by $hash", (vector) => {
    const { hash, keySize, l, folds } = vector;
    const schema: Schema = {
      version: 3,
      clkConfig: { l, xor_folds: folds, kdf: { type: "HKDF", hash, salt: SALT, info: INFO, keySize } },
      features: FEATURES,
    };
    expect(readSchema(JSON.stringify(schema)).ok).toBe(true);
    const columns = FEATURES.map(({ identifier }, at) => columnOf(identifier, at));
    const codes = encodeRecords({ columns, count: ROWS.length }, { schema, secret: SECRET });
    expect(ROWS.map((_, record) => writeCode(codes, record))).toEqual(vector.codes);
  });

  // tests/test_bloomfilter.py, test_double_hash_singularity: with these keys two tokens come to one place however many bits are asked.
  it.each([
    ["635", true],
    ["1402", true],
    ["666", false],
    ["1401", false],
  ])("double hashing of %s is singular: %s", (token, singular) => {
    const keyed = { keys: [utf8.encode("secret1"), utf8.encode("secret2")], length: 1024 };
    const about = { comparison: { type: "exact" }, strategy: { bitsPerToken: 20 } } as const;
    const places = (prevent: boolean) =>
      new Set(hasher({ ...about, hash: { type: "doubleHash", prevent_singularity: prevent } }, keyed)(token));
    expect(places(false).size === 1).toBe(singular);
    expect(places(true).size).toBeGreaterThan(1);
    if (!singular) expect([...places(true)]).toEqual([...places(false)]);
  });

  // From the documentation of clkhash/comparators.py.
  it.each([
    ["clkhash", false, [" c", "cl", "lk", "kh", "ha", "as", "sh", "h "]],
    ["clkhash", true, ["1  c", "2 cl", "3 lk", "4 kh", "5 ha", "6 as", "7 sh", "8 h "]],
  ])("runs of two letters of %s, places counted: %s", (value, positional, tokens) => {
    expect(tokensOf(value, { type: "ngram", n: 2, positional })).toEqual(tokens);
  });

  it.each([
    ["25", ["88", "96", "104", "112", "120"]],
    ["26", ["88", "96", "104", "112", "120"]],
    ["twenty", []],
  ])("neighbours of %s at a distance of 8 in two steps", (value, tokens) => {
    expect(tokensOf(value, { type: "numeric", thresholdDistance: 8, resolution: 2 })).toEqual(tokens);
  });
});
