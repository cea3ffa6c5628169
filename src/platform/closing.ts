/**
 * What stands between a place and a closed period. A subject above the ledger that has something to finish first gives a
 * source of such items; src/main lists the sources, and the house hands them to whatever asks (src/ledger's checklist).
 */
import type { Day } from "../lib/day.ts";
import type { Language } from "../lib/language.ts";
import type { Transaction } from "./database/index.ts";

export const CLOSING_STATES = ["done", "waits", "stop"] as const;

/** done: nothing to do. waits: ought to be done, but does not hold the close up. stop: done or explained before a hard close. */
export type ClosingItem = {
  /** A short name of its own, for an explanation to point at: lower case letters and underscores. */
  readonly item: string;
  readonly state: (typeof CLOSING_STATES)[number];
  /** How many things are still to be done. */
  readonly count: number;
  readonly title: Readonly<Record<Language, string>>;
  readonly words: Readonly<Record<Language, string>>;
  /** Where to go, inside the place: "/ledger/accounts". */
  readonly path: string | null;
};

export type ClosingAsked = {
  readonly placeId: number;
  readonly book: "real" | "shadow";
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
};

export type ClosingSource = (tx: Transaction, asked: ClosingAsked) => Promise<readonly ClosingItem[]>;
