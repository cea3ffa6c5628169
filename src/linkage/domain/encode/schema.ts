/**
 * What goes into a code and how: a linkage schema of clkhash, version 3 (CSIRO's Data61, "clkhash: linkage schema", 2019), as far as it is
 * used here: keys derived from one secret by HKDF, tokens of letters, whole values or numbers, bits for each token or for each feature,
 * folding. Every agency of a linkage must use the same schema and the same secret.
 */
import { accept, type Result, refuse } from "../../../lib/result.ts";

export type Schema = {
  readonly version: 3;
  readonly clkConfig: {
    /** Bits of a code; a power of two for blakeHash. */
    readonly l: number;
    readonly xor_folds?: number;
    readonly kdf: {
      readonly type: "HKDF";
      readonly hash?: "SHA256" | "SHA512";
      /** In base 64. */
      readonly salt?: string;
      readonly info?: string;
      readonly keySize?: number;
    };
  };
  readonly features: readonly Feature[];
};

export type Feature = { readonly identifier: string; readonly ignored?: boolean; readonly hashing?: Hashing };

/** Numbers that are no further apart than the distance share tokens, the more the nearer they are. */
export type Numeric = {
  readonly type: "numeric";
  readonly thresholdDistance: number;
  readonly resolution: number;
  readonly fractional_precision?: number;
};

export type Comparing =
  | { readonly type: "ngram"; readonly n: number; readonly positional?: boolean }
  | { readonly type: "exact" }
  | Numeric;

export type Hashing = {
  readonly comparison: Comparing;
  readonly strategy: { readonly bitsPerToken: number } | { readonly bitsPerFeature: number };
  readonly hash?: { readonly type: "blakeHash" | "doubleHash"; readonly prevent_singularity?: boolean };
};

export type SchemaRefusal = { readonly code: "schema_not_read"; readonly why: string };

const MOST_BITS = 65_536;

/** The schema of a text; what is wrong with it is said by the name of its part. */
export function readSchema(text: string): Result<Schema, SchemaRefusal> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return refuse({ code: "schema_not_read", why: "it is not JSON" });
  }
  const why = faultOf(found);
  return why === null ? accept(found as Schema) : refuse({ code: "schema_not_read", why });
}

function faultOf(found: unknown): string | null {
  if (!isObject(found) || found["version"] !== 3) return "version is not 3";
  const { clkConfig: config, features } = found;
  if (!isObject(config)) return "clkConfig is missing";
  const { l, xor_folds: folds = 0, kdf } = config;
  if (typeof l !== "number" || !Number.isInteger(Math.log2(l)) || l < 8 || l > MOST_BITS)
    return "clkConfig.l is not a power of two from 8 to 65536";
  if (!isWhole(folds, [0, 8])) return "clkConfig.xor_folds is not a whole number from 0 to 8";
  if (!isObject(kdf) || kdf["type"] !== "HKDF") return "clkConfig.kdf.type is not HKDF";
  if (!["SHA256", "SHA512", undefined].includes(kdf["hash"] as string))
    return "clkConfig.kdf.hash is not SHA256 or SHA512";
  if (!Array.isArray(features) || features.length === 0) return "features is not a list";
  for (const [at, feature] of features.entries()) {
    const fault = faultOfFeature(feature);
    if (fault !== null) return `features[${at}].${fault}`;
  }
  return null;
}

function faultOfFeature(feature: unknown): string | null {
  if (!isObject(feature) || typeof feature["identifier"] !== "string") return "identifier is not a text";
  if (feature["ignored"] === true) return null;
  const { hashing } = feature;
  if (!isObject(hashing)) return "hashing is missing";
  const { comparison, strategy, hash } = hashing;
  if (!isObject(comparison) || !["ngram", "exact", "numeric"].includes(comparison["type"] as string))
    return "hashing.comparison.type is not ngram, exact or numeric";
  if (comparison["type"] === "ngram" && !isWhole(comparison["n"], [1, 10]))
    return "hashing.comparison.n is not from 1 to 10";
  if (comparison["type"] === "numeric" && !isNumeric(comparison))
    return "hashing.comparison has no thresholdDistance above 0, resolution from 1 to 1000, or fractional_precision from 0 to 12";
  if (!isObject(strategy) || !isWhole(strategy["bitsPerToken"] ?? strategy["bitsPerFeature"], [1, 10_000]))
    return "hashing.strategy is not bitsPerToken or bitsPerFeature";
  if (hash !== undefined && (!isObject(hash) || (hash["type"] !== "blakeHash" && hash["type"] !== "doubleHash")))
    return "hashing.hash.type is not blakeHash or doubleHash";
  return null;
}

function isNumeric({
  thresholdDistance,
  resolution,
  fractional_precision: places = 0,
}: Record<string, unknown>): boolean {
  if (!isWhole(resolution, [1, 1000]) || !isWhole(places, [0, 12]) || typeof thresholdDistance !== "number")
    return false;
  // After rounding to the places that count, something must be left of the distance.
  return (
    thresholdDistance > 0 && thresholdDistance <= 1e9 && Math.round(thresholdDistance * 10 ** (places as number)) > 0
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
