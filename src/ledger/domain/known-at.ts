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

/** YYYY-MM-DD. */
const DAY_LENGTH = 10;
/** A time of the day, and its zone where it names one: none is further from Greenwich than fourteen hours. */
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const LAST_MOMENT = "23:59:59.999999";

export function parseKnownAt(text: string): KnownAt | null {
  if (/^\d{1,15}$/.test(text)) return { kind: "block", block: BigInt(text) };
  if (parseDay(text) !== null) return { kind: "local", text: `${text}T${LAST_MOMENT}` };
  const match = TIME.exec(text.slice(DAY_LENGTH));
  if (!match || parseDay(text.slice(0, DAY_LENGTH)) === null) return null;
  return match[1] === undefined ? { kind: "local", text } : { kind: "instant", text };
}
