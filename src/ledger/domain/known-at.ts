/**
 * The moment as at which the ledger was known: an instant (ISO 8601), one of the place's own clock when it names no zone,
 * the end of a day, or the number of a sealed block. The second axis of time beside the effective date (Snodgrass,
 * Developing Time-Oriented Database Applications in SQL, 1999, chapter 10: transaction time).
 */
import { parseDay } from "../../lib/day.ts";

export type KnownAt =
  | { readonly kind: "block"; readonly block: bigint }
  /** With its zone. */
  | { readonly kind: "instant"; readonly text: string }
  /** In Europe/London. */
  | { readonly kind: "local"; readonly text: string };

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$/;
const LAST_MOMENT = "23:59:59.999999";

export function parseKnownAt(text: string): KnownAt | null {
  if (/^\d{1,15}$/.test(text)) return { kind: "block", block: BigInt(text) };
  if (parseDay(text) !== null) return { kind: "local", text: `${text}T${LAST_MOMENT}` };
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [, day = "", hours, minutes, seconds = "0", zone] = match;
  const real = parseDay(day) !== null && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (!real || (zone !== undefined && zone !== "Z" && Number.isNaN(Date.parse(text)))) return null;
  return zone === undefined ? { kind: "local", text } : { kind: "instant", text };
}
