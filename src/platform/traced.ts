/**
 * How a subject describes its records to "follow the pound": what each is, what it came from and what it leads to. A
 * branch knows which pence of an account it carries (`part`), so that the shares of a branch sum to the penny.
 */
import type { Day } from "../lib/day.ts";
import type { Language } from "../lib/language.ts";
import type { Pence } from "../lib/pence.ts";
import type { Transaction } from "./database/index.ts";

export type Words = Readonly<Record<Language, string>>;

/** Where the reader stands: what is traced is never wider than one place. */
export type TraceScope = { readonly tx: Transaction; readonly placeId: number };

export type TracedLink = { readonly kind: string; readonly id: string; readonly title: Words };

export type TracedRecord = {
  readonly kind: string;
  /** A UUID, or `<file uuid>.<row>` of a published line. */
  readonly id: string;
  readonly title: Words;
  /** The record's own amount; a branch may carry less of it. Null where a record has no amount of its own. */
  readonly amountPence: Pence | null;
  readonly date: Day | null;
  readonly words: Words;
  readonly decidedBy: string | null;
  readonly book: "real" | "shadow" | null;
  readonly madeUp: boolean;
  /** The record was undone: its money went back and it leads nowhere. */
  readonly reversed: boolean;
  readonly facts: readonly { readonly label: Words; readonly value: Words }[];
  /** The same record seen elsewhere, such as the published line of a payment. */
  readonly links: readonly TracedLink[];
};

/** Which pence of an account: from so many to so many, in the order in which they came in. */
export type Slice = { readonly accountId: string; readonly fromPence: Pence; readonly toPence: Pence };

/** A record with the part of its money that is being followed. */
export type TracedPart = { readonly id: string; readonly slices: readonly Slice[] };

/** Shadow and real are never added: a share or stop is of one book. Left out where it is that of the record it leads to or stands at. */
type InBook = { readonly book?: "real" | "shadow" | null };

export type TracedShare = TracedPart & InBook & { readonly kind: string; readonly amountPence: Pence };

/** Where the chain ends, in words; the amount is what of the branch got no further. */
export type TracedStop = InBook & { readonly amountPence: Pence | null; readonly words: Words };

export type TracedStep = { readonly shares: readonly TracedShare[]; readonly stops: readonly TracedStop[] };

export type TracedKind = {
  readonly kind: string;
  /** Descriptions of those that exist here, in any order. */
  readonly find: (scope: TraceScope, ids: readonly string[]) => Promise<readonly TracedRecord[]>;
  /** The whole of one record, as a part to follow. */
  readonly whole: (scope: TraceScope, id: string) => Promise<TracedPart>;
  /** One step towards the stream, for each of the parts given, in their order. */
  readonly up: (scope: TraceScope, parts: readonly TracedPart[]) => Promise<readonly TracedStep[]>;
  /** One step towards the service and the families, for each of the parts given, in their order. */
  readonly down: (scope: TraceScope, parts: readonly TracedPart[]) => Promise<readonly TracedStep[]>;
};
