/**
 * Codes by which records can be linked without being shown: the tokens of all fields are hashed, with keys that only the agencies of a
 * linkage have, into one Bloom filter, which is folded. Sources: Rainer Schnell, Tobias Bachteler and Jörg Reiher, "A Novel
 * Error-Tolerant Anonymous Linking Code", 2011; the construction of clkhash (BLAKE2b cut into independent indices, since double hashing
 * can be attacked: Martin Kroll and Simone Steinmetzer, "Automated Cryptanalysis of Bloom Filter Encryptions of Health Records", 2015);
 * folding: Schnell and Christian Borgs, "XOR-Folding for Bloom Filter-based Encryptions for Privacy-preserving Record Linkage", 2016.
 *
 * As clkhash, tested with codes that its own program made. Values go in as they are compared: in lower case, without accents and marks. An
 * agency that encodes by clkhash itself must write its values so.
 *
 * A code is not anonymous: with the secret it can be guessed, and without it frequent values may be. It stays personal data.
 */
import { blake2b } from "@noble/hashes/blake2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { MISSING_CODE, type Records } from "../table/records.ts";
import type { Hashing, Schema } from "./schema.ts";
import { tokensOf } from "./tokens.ts";

/** The codes of all records, one after another: `words` of 32 bits each. */
export type Codes = { readonly words: number; readonly bits: Uint32Array };

const KEY_BYTES = 64;
/** Two keys for each field, as clkhash derives them; BLAKE2b uses the first. */
const KEYS_A_FIELD = 2;
const utf8 = new TextEncoder();

export type Secret = { readonly schema: Schema; readonly secret: string };

/** Keys of each feature, ignored ones too, from one secret. */
export function deriveKeys({ schema, secret }: Secret): readonly (readonly Uint8Array[])[] {
  const { kdf } = schema.clkConfig;
  const size = kdf.keySize ?? KEY_BYTES;
  const [salt, info] = [kdf.salt, kdf.info].map((one) => (one === undefined ? undefined : fromBase64(one)));
  const length = schema.features.length * KEYS_A_FIELD * size;
  const bytes = hkdf(kdf.hash === "SHA512" ? sha512 : sha256, utf8.encode(secret), salt, info, length);
  return schema.features.map((_, at) =>
    Array.from({ length: KEYS_A_FIELD }, (_unused, key) =>
      bytes.subarray((at * KEYS_A_FIELD + key) * size, (at * KEYS_A_FIELD + key + 1) * size),
    ),
  );
}

/** Columns of the records are found by the identifiers of the features; a feature without a column adds nothing. */
export function encodeRecords(records: Pick<Records, "columns" | "count">, the: Secret): Codes {
  const { l, xor_folds: folds = 0 } = the.schema.clkConfig;
  const length = l * 2 ** folds;
  const words = Math.max(1, l / 32);
  const bits = new Uint32Array(records.count * words);
  const keys = deriveKeys(the);
  const fields = the.schema.features.flatMap((feature, at) => {
    const column = records.columns.find(({ name }) => name === feature.identifier);
    if (feature.ignored === true || feature.hashing === undefined || column === undefined) return [];
    const indices = hasher(feature.hashing, { keys: keys[at] ?? [], length });
    // A number is read as it was written: its point and its sign are no punctuation.
    const texts = feature.hashing.comparison.type === "numeric" ? column.written : column.values;
    return [{ codes: column.codes, ofValue: texts.map((text) => indices(text)) }];
  });
  const filter = new Uint8Array(length);
  for (let record = 0; record < records.count; record += 1) {
    filter.fill(0);
    for (const { codes, ofValue } of fields) {
      const code = codes[record] as number;
      if (code !== MISSING_CODE) for (const index of ofValue[code] as Int32Array) filter[index] = 1;
    }
    // Folding: each half is laid over the other, and bits set in both are cleared.
    for (let half = length / 2; half >= l; half /= 2)
      for (let at = 0; at < half; at += 1) filter[at] = (filter[at] as number) ^ (filter[at + half] as number);
    for (let at = 0; at < l; at += 1)
      if (filter[at] === 1) {
        const word = record * words + (at >> 5);
        bits[word] = ((bits[word] as number) | (1 << (31 - (at & 31)))) >>> 0;
      }
  }
  return { words, bits };
}

type Keyed = { readonly keys: readonly Uint8Array[]; readonly length: number };

/** The places in the filter that a value of a feature sets. */
export function hasher(hashing: Hashing, keyed: Keyed): (value: string) => Int32Array {
  const places = hashing.hash?.type === "doubleHash" ? doublePlaces(hashing, keyed) : blakePlaces(keyed);
  return (value) => {
    const tokens = tokensOf(value, hashing.comparison);
    return Int32Array.from(
      tokens.flatMap((token, at) => places(token, bitsOf(hashing.strategy, { at, of: tokens.length }))),
    );
  };
}

/** Bits of a feature are shared out over its tokens, one more to the first where they do not divide. */
function bitsOf(strategy: Hashing["strategy"], { at, of }: { readonly at: number; readonly of: number }): number {
  if ("bitsPerToken" in strategy) return strategy.bitsPerToken;
  return Math.floor(strategy.bitsPerFeature / of) + (at < strategy.bitsPerFeature % of ? 1 : 0);
}

const PLACES_A_HASH = 32;

/** 32 numbers of 16 bits from each keyed hash, with the number of the hash as its salt. */
function blakePlaces({ keys, length }: Keyed): (token: string, bits: number) => readonly number[] {
  const [key = new Uint8Array(0)] = keys;
  const known = new Map<string, number[]>();
  return (token, bits) => {
    const found = known.get(token) ?? [];
    known.set(token, found);
    while (found.length < bits) {
      const salt = new Uint8Array(16);
      salt.set(utf8.encode(String(found.length / PLACES_A_HASH)));
      const hash = blake2b(utf8.encode(token), { key, salt, dkLen: 64 });
      for (let at = 0; at < PLACES_A_HASH; at += 1)
        found.push(((hash[2 * at] as number) + 256 * (hash[2 * at + 1] as number)) % length);
    }
    return found.slice(0, bits);
  };
}

/** The sum of one hash and a multiple of another, taken again where the second would be nought. */
function doublePlaces(hashing: Hashing, { keys, length }: Keyed): (token: string, bits: number) => readonly number[] {
  const [first = new Uint8Array(0), second = new Uint8Array(0)] = keys;
  const small = (bytes: Uint8Array) => bytes.reduce((sum, byte) => (sum * 256 + byte) % length, 0);
  return (token, bits) => {
    const bytes = utf8.encode(token);
    const start = small(hmac(sha1, first, bytes));
    let step = small(hmac(md5, second, bytes));
    for (let again = 0; step === 0 && hashing.hash?.prevent_singularity === true; again += 1)
      step = small(hmac(md5, second, utf8.encode(token + String.fromCharCode(again))));
    return Array.from({ length: bits }, (_, at) => (start + at * step) % length);
  };
}

const BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A code in base 64, the first bit first, as clkhash writes it. */
export function writeCode({ words, bits }: Codes, record: number): string {
  const bytes: number[] = [];
  for (let word = record * words; word < (record + 1) * words; word += 1)
    for (let shift = 24; shift >= 0; shift -= 8) bytes.push(((bits[word] as number) >>> shift) & 255);
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const three = a * 65_536 + b * 256 + c;
    const left = bytes.length - at;
    text += BASE_64.charAt(three >>> 18) + BASE_64.charAt((three >>> 12) & 63);
    text += left > 1 ? BASE_64.charAt((three >>> 6) & 63) : "=";
    text += left > 2 ? BASE_64.charAt(three & 63) : "=";
  }
  return text;
}

/** The codes of texts in base 64; null where one is none, or they are not of one length. */
export function readCodes(texts: readonly string[]): Codes | null {
  const first = fromBase64(texts[0] ?? "");
  const words = (first?.length ?? 0) / 4;
  if (!Number.isInteger(words) || words === 0) return null;
  const bits = new Uint32Array(texts.length * words);
  for (const [record, text] of texts.entries()) {
    const bytes = fromBase64(text);
    if (bytes === undefined || bytes.length !== words * 4) return null;
    for (let word = 0; word < words; word += 1)
      for (let at = 0; at < 4; at += 1) {
        const place = record * words + word;
        bits[place] = ((bits[place] as number) * 256 + (bytes[word * 4 + at] as number)) >>> 0;
      }
  }
  return { words, bits };
}

function fromBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4));
  let [held, many, to] = [0, 0, 0];
  for (const letter of plain) {
    const value = BASE_64.indexOf(letter);
    if (value < 0) return undefined;
    held = (held << 6) | value;
    many += 6;
    if (many < 8) continue;
    many -= 8;
    bytes[to++] = (held >>> many) & 255;
  }
  return bytes;
}
