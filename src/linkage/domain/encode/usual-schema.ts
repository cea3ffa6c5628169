/** A schema for columns that nobody has written one for: more bits for what tells people apart, and places where digits have them. */
import type { PlannedColumn } from "../plan.ts";
import type { Kind } from "../table/kinds.ts";
import type { Feature, Hashing, Schema } from "./schema.ts";

/** Bits of a record's code that each kind may set; together about half of it are set. */
const BITS: Readonly<Record<Kind, number>> = {
  forename: 100,
  surname: 110,
  "full-name": 150,
  date: 130,
  postcode: 80,
  email: 100,
  phone: 100,
  "nhs-number": 140,
  "ni-number": 140,
  number: 110,
  category: 15,
  address: 80,
  text: 60,
};

/** Kinds in which it counts where a digit stands. */
const POSITIONAL: readonly Kind[] = ["date", "postcode", "phone", "nhs-number", "ni-number", "number"];

const LENGTH = 1024;

/** Columns that were left out of a plan are ignored. */
export function usualSchema(columns: readonly PlannedColumn[]): Schema {
  return {
    version: 3,
    clkConfig: { l: LENGTH, kdf: { type: "HKDF", hash: "SHA256", keySize: 64 } },
    features: columns.map(({ column, kind }): Feature => {
      if (kind === null) return { identifier: column, ignored: true };
      const positional = POSITIONAL.includes(kind);
      const comparison: Hashing["comparison"] =
        kind === "category" ? { type: "exact" } : { type: "ngram", n: 2, ...(positional && { positional }) };
      return {
        identifier: column,
        hashing: { comparison, strategy: { bitsPerFeature: BITS[kind] }, hash: { type: "blakeHash" } },
      };
    }),
  };
}
