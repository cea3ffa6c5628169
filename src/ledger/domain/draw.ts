/**
 * Which stream's money is used first. Money whose conditions are not met is passed over. Of the rest, unless the pot's
 * agreement says otherwise, the most restricted goes first, so that money that can be used for anything is kept longest:
 * ring-fenced before free, then more conditions before fewer, then the earliest end, then the name, then the id.
 * In proportion: to the penny by the largest remainder (Hamilton's method; Balinski and Young, Fair Representation, 1982,
 * chapter 3); equal remainders go to the more restricted stream.
 */
import type { Day } from "../../lib/day.ts";
import { type Pence, splitPence } from "../../lib/pence.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type Restrictions, type Spending, type Unmet, unmetConditions } from "./conditions.ts";

/** Money of one stream that can be drawn on. */
export type Source = {
  readonly streamId: string;
  readonly stream: string;
  readonly ringFenced: boolean;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly restrictions: Restrictions;
  readonly availablePence: Pence;
};

export type Share = { readonly streamId: string; readonly amountPence: Pence };

export const DRAW_ORDERS = ["most_restricted", "oldest_first", "in_proportion", "stated_order"] as const;
/** A stated order names streams; those it does not name come after them, the most restricted first. */
export type DrawOrder = { readonly order: (typeof DRAW_ORDERS)[number]; readonly streamIds: readonly string[] };
export const MOST_RESTRICTED: DrawOrder = { order: "most_restricted", streamIds: [] };

/** What is to be drawn; without spending no condition is asked. */
export type Wanted = {
  readonly amountPence: Pence;
  readonly order: DrawOrder;
  readonly spending: Spending | null;
};

/** Money of a stream that stays where it is, and the conditions that keep it there: one or more. */
export type Kept = {
  readonly streamId: string;
  readonly stream: string;
  readonly capital: boolean;
  readonly keptPence: Pence;
  readonly unmet: readonly Unmet[];
};

export type DrawRefusal =
  | { readonly code: "shares_do_not_sum"; readonly sumPence: Pence; readonly amountPence: Pence }
  | { readonly code: "stream_twice"; readonly streamId: string }
  | { readonly code: "stream_not_in_pot"; readonly streamId: string }
  | { readonly code: "insufficient_funds"; readonly availablePence: Pence }
  | { readonly code: "condition_not_met"; readonly kept: readonly Kept[]; readonly availablePence: Pence };

export function compareRestriction(a: Source, b: Source): number {
  if (a.ringFenced !== b.ringFenced) return a.ringFenced ? -1 : 1;
  const conditions = b.restrictions.conditions.length - a.restrictions.conditions.length;
  if (conditions !== 0) return conditions;
  if (a.endsOn !== b.endsOn) return a.endsOn < b.endsOn ? -1 : 1;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return a.streamId < b.streamId ? -1 : 1;
}

function inOrder(sources: readonly Source[], { order, streamIds }: DrawOrder): readonly Source[] {
  const sorted = [...sources].sort(compareRestriction);
  if (order === "oldest_first")
    return sorted.sort((a, b) => (a.startsOn === b.startsOn ? 0 : a.startsOn < b.startsOn ? -1 : 1));
  if (order !== "stated_order") return sorted;
  const place = ({ streamId }: Source): number => {
    const index = streamIds.indexOf(streamId);
    return index < 0 ? streamIds.length : index;
  };
  return sorted.sort((a, b) => place(a) - place(b));
}

/** As much of the amount as funds and conditions allow, in the order of the rule; each share is more than nought. */
export function drawUpTo(
  wanted: Wanted,
  sources: readonly Source[],
): { readonly shares: readonly Share[]; readonly restPence: Pence; readonly kept: readonly Kept[] } {
  const eligible: Source[] = [];
  const kept: Kept[] = [];
  for (const source of inOrder(sources, wanted.order)) {
    if (source.availablePence <= 0n) continue;
    const { streamId, stream, restrictions, availablePence: keptPence } = source;
    const unmet = wanted.spending === null ? [] : unmetConditions(restrictions, wanted.spending);
    if (unmet.length === 0) eligible.push(source);
    else kept.push({ streamId, stream, capital: restrictions.capital, keptPence, unmet });
  }
  const shares = takeFrom(eligible, wanted);
  const drawn = shares.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  return { shares, restPence: wanted.amountPence - drawn, kept };
}

function takeFrom(eligible: readonly Source[], { amountPence, order }: Wanted): readonly Share[] {
  const held = eligible.reduce((sum, { availablePence }) => sum + availablePence, 0n);
  let left = amountPence < held ? amountPence : held;
  const inProportion =
    order.order === "in_proportion" && held > 0n
      ? splitPence(
          left,
          eligible.map(({ availablePence }) => availablePence),
        )
      : null;
  return eligible.flatMap(({ streamId, availablePence }, index) => {
    const part = inProportion === null ? (availablePence < left ? availablePence : left) : (inProportion[index] ?? 0n);
    left -= part;
    return part > 0n ? [{ streamId, amountPence: part }] : [];
  });
}

/** Shares that sum to the amount. Where there is enough and conditions keep it out, the answer says which. */
export function decideDraw(wanted: Wanted, sources: readonly Source[]): Result<readonly Share[], DrawRefusal> {
  const { shares, restPence, kept } = drawUpTo(wanted, sources);
  if (restPence === 0n) return accept(shares);
  const availablePence = wanted.amountPence - restPence;
  const keptPence = kept.reduce((sum, one) => sum + one.keptPence, 0n);
  if (keptPence >= restPence) return refuse({ code: "condition_not_met", kept, availablePence });
  return refuse({ code: "insufficient_funds", availablePence });
}

/** Shares given by whoever records them: checked, never changed. Whether there is enough of each is the database's to say. */
export function decideShares(
  the: { readonly amountPence: Pence; readonly shares: readonly Share[]; readonly spending: Spending | null },
  sources: readonly Source[],
): Result<readonly Share[], DrawRefusal> {
  const sumPence = the.shares.reduce((sum, share) => sum + share.amountPence, 0n);
  if (sumPence !== the.amountPence)
    return refuse({ code: "shares_do_not_sum", sumPence, amountPence: the.amountPence });
  const seen = new Set<string>();
  const kept: Kept[] = [];
  for (const { streamId, amountPence: keptPence } of the.shares) {
    if (seen.has(streamId)) return refuse({ code: "stream_twice", streamId });
    seen.add(streamId);
    const source = sources.find((one) => one.streamId === streamId);
    if (source === undefined) return refuse({ code: "stream_not_in_pot", streamId });
    const unmet = the.spending === null ? [] : unmetConditions(source.restrictions, the.spending);
    const { stream, restrictions } = source;
    if (unmet.length > 0) kept.push({ streamId, stream, capital: restrictions.capital, keptPence, unmet });
  }
  if (kept.length === 0) return accept(the.shares);
  const keptPence = kept.reduce((sum, one) => sum + one.keptPence, 0n);
  return refuse({ code: "condition_not_met", kept, availablePence: the.amountPence - keptPence });
}
