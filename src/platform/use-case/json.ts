/** Values as JSON: pence as decimal text, moments as ISO 8601. Keys keep their order; hashing sorts them. */
import { createHash, createHmac } from "node:crypto";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString();
  // A function is a door's own (how far a reading is), no part of what was asked.
  if (typeof value === "function") return null;
  // A file stands as its hash: what matters of it is whether it is the same one.
  if (value instanceof Uint8Array) return `sha256:${createHash("sha256").update(value).digest("hex")}`;
  if (Array.isArray(value)) return value.map(toJson);
  const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item)]));
}

/** SHA-256 of a value's JSON with sorted keys. */
export function hashJson(value: unknown): Buffer {
  return createHash("sha256").update(sortedText(value)).digest();
}

/** The same, keyed: without the key nobody can try values until one fits. */
export function keyedHashJson(key: Buffer, value: unknown): Buffer {
  return createHmac("sha256", key).update(sortedText(value)).digest();
}

function sortedText(value: unknown): string {
  return JSON.stringify(sorted(toJson(value)));
}

function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted);
  if (json === null || typeof json !== "object") return json;
  const pairs = Object.entries(json as Record<string, Json>);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
