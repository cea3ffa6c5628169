/** Codes: the construction of clkhash by a second implementation's vectors, tokens by its own examples, and linking by likeness. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gathering } from "../table/gather.ts";
import { type Codes, deriveKeys, encodeRecords, hasher, readCodes, writeCode } from "./encode.ts";
import { dice, matchCodes } from "./match-codes.ts";
import { readSchema, type Schema } from "./schema.ts";
import { tokensOf } from "./tokens.ts";

const SCHEMA: Schema = {
  version: 3,
  clkConfig: {
    l: 64,
    xor_folds: 1,
    kdf: { type: "HKDF", hash: "SHA256", salt: "c2FsdA==", info: "b25lcG90", keySize: 64 },
  },
  features: [
    {
      identifier: "name",
      hashing: { comparison: { type: "ngram", n: 2 }, strategy: { bitsPerFeature: 13 }, hash: { type: "blakeHash" } },
    },
    {
      identifier: "born",
      hashing: {
        comparison: { type: "ngram", n: 1, positional: true },
        strategy: { bitsPerToken: 3 },
        hash: { type: "doubleHash" },
      },
    },
  ],
};

function records(rows: readonly (readonly string[])[]) {
  const gathering = new Gathering({ id: "ref", ignore: [] });
  gathering.open("a", ["ref", "name", "born"]);
  rows.forEach((row, at) => {
    gathering.take([String(at), ...row]);
  });
  const found = gathering.finish();
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

describe("codes", () => {
  // Made by Python's hashlib and hmac from the definitions: HKDF of RFC 5869, BLAKE2b with key and salt, HMAC-SHA1 and HMAC-MD5.
  it("are those of a second implementation", () => {
    const codes = encodeRecords(records([["Anna", "1960"]]), { schema: SCHEMA, secret: "a secret" });
    expect(writeCode(codes, 0)).toBe("BhQVsVQLkgQ=");
  });

  it("take as many hashes as they need bits: 40 are of two", () => {
    const places = hasher(
      { comparison: { type: "exact" }, strategy: { bitsPerToken: 40 }, hash: { type: "blakeHash" } },
      { keys: [new TextEncoder().encode("k")], length: 1024 },
    )("ab");
    expect([...places.slice(0, 4)]).toEqual([702, 692, 117, 624]);
    expect([...places.slice(32, 36)]).toEqual([764, 992, 721, 406]);
    expect(places).toHaveLength(40);
  });

  it("differ with the secret, and each feature has keys of its own", () => {
    const one = deriveKeys({ schema: SCHEMA, secret: "a secret" }).flat();
    const other = deriveKeys({ schema: SCHEMA, secret: "another" }).flat();
    expect(new Set([...one, ...other].map(String)).size).toBe(8);
  });

  it("come back from base 64 as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 6, maxLength: 6 }), (words) => {
        const codes: Codes = { words: 3, bits: Uint32Array.from(words) };
        expect(readCodes([writeCode(codes, 0), writeCode(codes, 1)])).toEqual(codes);
      }),
    );
    expect(readCodes(["AAAAAA==", "AAAAAAAAAAA="])).toBeNull();
    expect(readCodes(["not base 64!"])).toBeNull();
  });
});

describe("tokens", () => {
  // The examples of clkhash's own documentation of its comparisons.
  it("are runs of letters with blanks about the word", () => {
    const plain = [" c", "cl", "lk", "kh", "ha", "as", "sh", "h "];
    expect(tokensOf("clkhash", { type: "ngram", n: 2 })).toEqual(plain);
    expect(tokensOf("clkhash", { type: "ngram", n: 2, positional: true })).toEqual(
      plain.map((token, at) => `${at + 1} ${token}`),
    );
    expect(tokensOf("clkhash", { type: "exact" })).toEqual(["clkhash"]);
    expect(tokensOf("", { type: "ngram", n: 2 })).toEqual([]);
  });
});

describe("linking codes", () => {
  it("likeness is twice the shared bits over all", () => {
    expect(dice(Uint32Array.of(0b1110), Uint32Array.of(0b0111))).toBeCloseTo(4 / 6, 12);
    expect(dice(Uint32Array.of(0), Uint32Array.of(0))).toBe(0);
  });

  it("pairs each with one other, the likest first, as comparing all gives it", () => {
    const words = fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [left, right] = [one, other].map((list) => ({ words: 1, bits: Uint32Array.from(list) })) as [
          Codes,
          Codes,
        ];
        const matches = matchCodes({ left, right }, 0);
        expect(new Set(matches.map((match) => match.left)).size).toBe(matches.length);
        expect(new Set(matches.map((match) => match.right)).size).toBe(matches.length);
        let best = 0;
        for (const a of one) for (const b of other) best = Math.max(best, dice(Uint32Array.of(a), Uint32Array.of(b)));
        if (best > 0) expect(matches[0]?.likeness).toBeCloseTo(best, 12);
        for (const { left: a, right: b, likeness } of matches)
          expect(likeness).toBeCloseTo(dice(Uint32Array.of(one[a] ?? 0), Uint32Array.of(other[b] ?? 0)), 12);
      }),
    );
  });

  it("finds people again through mistypings", () => {
    const names = ["margaret hughes", "dafydd morgan", "olwen parry", "thomas beynon", "gwenllian rees"];
    const schema: Schema = { ...SCHEMA, clkConfig: { ...SCHEMA.clkConfig, l: 512 } };
    const wide = { schema, secret: "a long secret" };
    const first = encodeRecords(records(names.map((name, at) => [name, String(1950 + 7 * at)])), wide);
    const second = encodeRecords(
      records([...names].reverse().map((name, at) => [name.replace("a", "e"), String(1950 + 7 * (4 - at))])),
      wide,
    );
    const matches = matchCodes({ left: first, right: second }, 0.5);
    expect(matches.map(({ left, right }) => left + right)).toEqual([4, 4, 4, 4, 4]);
  });
});

describe("a schema", () => {
  it.each([
    ["{", "it is not JSON"],
    ['{"version":2}', "version is not 3"],
    ['{"version":3,"clkConfig":{"l":1000}}', "clkConfig.l is not a power of two from 8 to 65536"],
    ['{"version":3,"clkConfig":{"l":1024,"kdf":{"type":"legacy"}}}', "clkConfig.kdf.type is not HKDF"],
    [
      '{"version":3,"clkConfig":{"l":1024,"kdf":{"type":"HKDF"}},"features":[{}]}',
      "features[0].identifier is not a text",
    ],
  ])("%s is refused: %s", (text, why) => {
    expect(readSchema(text)).toEqual({ ok: false, refusal: { code: "schema_not_read", why } });
  });

  it("is read as it was written", () => {
    expect(readSchema(JSON.stringify(SCHEMA))).toEqual({ ok: true, value: SCHEMA });
  });
});
