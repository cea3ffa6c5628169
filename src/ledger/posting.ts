/**
 * The way every record of the ledger is carried out: decide which streams it draws on, open the accounts that receive
 * it, post one transfer, and put the database's answer into words. The posting function alone decides balances.
 */
import { assert, must } from "../lib/assert.ts";
import type { Day } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Refused, type Result, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { hashJson, type PlaceContext } from "../platform/use-case/index.ts";
import type { Spending } from "./domain/conditions.ts";
import { type DrawOrder, decideDraw, decideShares, MOST_RESTRICTED, type Share } from "./domain/draw.ts";
import type { LedgerRefusal } from "./messages.ts";
import {
  type AccountKind,
  type DatedSource,
  findAccount,
  findShares,
  findSources,
  findTransfer,
  markDraw,
  openAccounts,
  type Posting,
  type PostOutcome,
  postTransfer,
  type TransferKind,
  undoDraw,
} from "./store/accounts.ts";
import { findDrawOrder } from "./store/draw-orders.ts";
import type { Book } from "./store/pots.ts";

/** A draw that loses its money to another request draws again from what is left, at most so often. */
export const DRAWS = 5;
export const LACKS: readonly LedgerRefusal["code"][] = ["insufficient_funds", "insufficient_funds_then"];

export type Order = {
  readonly useCase: string;
  readonly input: unknown;
  readonly kind: TransferKind;
  readonly book: Book;
  readonly effectiveOn: Day;
  readonly recordId: string;
  readonly words: string;
  /** Where its day's period is closed: counts in the first open one, and keeps its own day. */
  readonly late?: boolean | undefined;
  /** Made by the year end itself, in a March that is softly closed for everyone but finance. */
  readonly yearEnd?: true;
};

export type Posted = {
  readonly transferId: string;
  readonly recordId: string;
  readonly shares: readonly Share[];
  readonly fresh: boolean;
};

type PostRefusal = Refused<
  Extract<
    LedgerRefusal,
    {
      code:
        | "key_reused"
        | "already_reversed"
        | "wrong_book"
        | "account_closed"
        | "period_closed"
        | "too_large"
        | "stream_exhausted"
        | "insufficient_funds"
        | "insufficient_funds_then"
        | "transfer_not_found";
    }
  >
>;

/** Posts the lines given; a repeated key gives the transfer that was made the first time. */
export async function post(
  ctx: PlaceContext,
  order: Order & {
    readonly lines: readonly { readonly accountId: string; readonly amountPence: Pence }[];
    readonly reversesId?: string;
  },
): Promise<{ readonly ok: true; readonly value: Posted } | PostRefusal> {
  const placeId = ctx.place.placeId;
  const transferId = ctx.requestKey ?? ctx.newId();
  const posting: Posting = {
    transferId,
    book: order.book,
    kind: order.kind,
    effectiveOn: order.effectiveOn,
    lines: order.lines,
    recordId: order.recordId,
    words: order.words,
    reversesId: order.reversesId ?? null,
    madeBy: ctx.mark,
    requestHash: hashJson({ useCase: order.useCase, input: order.input }),
    soft: order.yearEnd === true || mayEnterSoft(ctx),
  };
  let outcome = await postTransfer(ctx.tx, placeId, posting);
  if (order.late === true && outcome.outcome === "period_closed" && outcome.lowestOn !== null)
    outcome = await postTransfer(ctx.tx, placeId, { ...posting, bookedOn: outcome.lowestOn });
  if (outcome.outcome === "posted") return accept({ transferId, recordId: order.recordId, shares: [], fresh: true });
  if (outcome.outcome !== "already") return refusePosting(ctx, outcome);
  const made = must(await findTransfer(ctx.tx, placeId, transferId), "a repeated key has its transfer");
  return accept({
    transferId,
    recordId: made.recordId,
    shares: await findShares(ctx.tx, placeId, transferId),
    fresh: false,
  });
}

async function refusePosting(ctx: PlaceContext, outcome: PostOutcome): Promise<PostRefusal> {
  switch (outcome.outcome) {
    case "key_reused":
    case "already_reversed":
    case "wrong_book":
    case "account_closed":
    case "too_large":
      return refuse({ code: outcome.outcome });
    case "period_closed":
      return refuse({ code: outcome.outcome, openFrom: must(outcome.lowestOn, "the first open day is named") });
    case "not_found":
      return refuse({ code: "transfer_not_found" });
    case "insufficient_funds": {
      const account = await findAccount(ctx.tx, ctx.place.placeId, must(outcome.account, "the account is named"));
      const availablePence = outcome.availablePence ?? 0n;
      const stream = account?.stream ?? "";
      return account?.kind === "stream"
        ? refuse({ code: "stream_exhausted", stream, availablePence })
        : refuse({ code: "insufficient_funds", availablePence, stream });
    }
    case "insufficient_funds_then": {
      const account = await findAccount(ctx.tx, ctx.place.placeId, must(outcome.account, "the account is named"));
      const day = must(outcome.lowestOn, "the day is named");
      return refuse({
        code: outcome.outcome,
        day,
        availablePence: outcome.availablePence ?? 0n,
        stream: account?.stream ?? "",
      });
    }
    default:
      assert(false, `the ledger made a transfer that cannot be posted: ${outcome.outcome}`);
  }
}

export type Move = Order & {
  readonly amountPence: Pence;
  readonly shares: readonly Share[] | null;
  readonly from: { readonly kind: AccountKind; readonly recordId: string };
  readonly to: { readonly kind: AccountKind; readonly recordId: string };
  readonly potId: string;
  /** The pot that it goes to, where that is another. */
  readonly toPotId?: string;
  /** What the money is for, which the conditions of the streams must allow; null where it only goes back. */
  readonly spending: Spending | null;
};

/** Moves an amount from one record's accounts to another's, each stream's part to that stream's own account. */
export async function move(ctx: PlaceContext, the: Move): Promise<Result<Posted, LedgerRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const sources = await findSources(ctx.tx, { placeId: ctx.place.placeId, ...the.from, day: the.effectiveOn });
    const decided = the.shares === null ? await decideDrawOn(ctx, the, sources) : decideStated(the, sources);
    // A repeated key finds its transfer even where the money it took is no longer there to draw on.
    if (!decided.ok) return (await findRepeated(ctx, the)) ?? decided;
    // With one stream there is nothing else to draw on, so nothing is gained by drawing again.
    const again = the.shares === null && sources.length > 1 && attempt < DRAWS;
    if (again) await markDraw(ctx.tx);
    const opened = await openAccounts(
      ctx.tx,
      ctx.place.placeId,
      decided.value.map(({ streamId }) => ({
        accountId: ctx.newId(),
        book: the.book,
        ...the.to,
        streamId,
        potId: the.toPotId ?? the.potId,
        floorPence: the.to.kind === "paid" ? null : 0n,
      })),
    );
    const accountOf = new Map(sources.map(({ streamId, accountId }) => [streamId, accountId]));
    const lines = decided.value.flatMap(({ streamId, amountPence }, index) => [
      { accountId: must(accountOf.get(streamId), "a share is drawn on a source"), amountPence: -amountPence },
      { accountId: must(opened[index], "each share has an account to go to"), amountPence },
    ]);
    const posted = await post(ctx, { ...the, lines });
    if (posted.ok) return posted.value.fresh ? accept({ ...posted.value, shares: decided.value }) : posted;
    if (!LACKS.includes(posted.refusal.code) || !again) return posted;
    await undoDraw(ctx.tx);
  }
}

function decideStated(the: Move, sources: readonly DatedSource[]): Result<readonly Share[], LedgerRefusal> {
  const { amountPence, spending } = the;
  return decideShares({ amountPence, shares: must(the.shares, "shares were stated"), spending }, sources);
}

/** With one stream there is no order to look up. */
export async function orderOf(
  ctx: PlaceContext,
  the: { readonly potId: string; readonly day: Day; readonly sources: readonly DatedSource[] },
): Promise<DrawOrder> {
  return the.sources.length < 2 ? MOST_RESTRICTED : findDrawOrder(ctx.tx, ctx.place.placeId, the);
}

/** What was there on the day, and on each day since. */
export function asThen(sources: readonly DatedSource[]): readonly DatedSource[] {
  return sources.map((source) => ({ ...source, availablePence: source.thenPence }));
}

/** Draws on what was there on the day; says so where there is enough now and was not then. */
async function decideDrawOn(
  ctx: PlaceContext,
  the: Move,
  sources: readonly DatedSource[],
): Promise<Result<readonly Share[], LedgerRefusal>> {
  const order = await orderOf(ctx, { potId: the.potId, day: the.effectiveOn, sources });
  const wanted = { amountPence: the.amountPence, order, spending: the.spending };
  const then = decideDraw(wanted, asThen(sources));
  if (then.ok || then.refusal.code !== "insufficient_funds" || !decideDraw(wanted, sources).ok) return then;
  const { availablePence } = then.refusal;
  return refuse({ code: "insufficient_funds_then", day: the.effectiveOn, availablePence });
}

/** The transfer that the request key made before, where it did. */
export async function findRepeated(
  ctx: PlaceContext,
  order: Pick<Order, "useCase" | "input">,
): Promise<Result<Posted, LedgerRefusal> | null> {
  if (ctx.requestKey === null) return null;
  const made = await findTransfer(ctx.tx, ctx.place.placeId, ctx.requestKey);
  if (made === null) return null;
  if (!made.requestHash.equals(hashJson({ useCase: order.useCase, input: order.input })))
    return refuse({ code: "key_reused" });
  const shares = await findShares(ctx.tx, ctx.place.placeId, made.transferId);
  return accept({ transferId: made.transferId, recordId: made.recordId, shares, fresh: false });
}

/** A period that is softly closed is still open to whoever may adjust it. */
export function mayEnterSoft(ctx: PlaceContext): boolean {
  return permits(ctx.actor, "period.adjust", ctx.place.area?.areaId ?? null);
}

/** A role in the whole place reaches every record; a role in one area only that area's own. */
export function refuseArea(
  ctx: PlaceContext,
  areaId: string | null,
): Refused<Extract<LedgerRefusal, { code: "another_area" }>> | null {
  return permits(ctx.actor, "ledger.record", areaId) ? null : refuse({ code: "another_area" });
}

/** A record of a pot: the pot is within reach, and its day between the pot's opening and the place's today. */
export function refuseRecord(
  ctx: PlaceContext,
  the: { readonly day: Day; readonly pot: { readonly openedOn: Day; readonly areaId: string | null } },
): Refused<Extract<LedgerRefusal, { code: "another_area" | "before_opening" | "after_today" }>> | null {
  const { openedOn, areaId } = the.pot;
  return refuseArea(ctx, areaId) ?? refuseDay(ctx, { day: the.day, openedOn });
}

/** Only what has happened is recorded, and nothing before the pot was open. */
function refuseDay(
  ctx: PlaceContext,
  the: { readonly day: Day; readonly openedOn: Day },
): Refused<Extract<LedgerRefusal, { code: "before_opening" | "after_today" }>> | null {
  if (the.day < the.openedOn) return refuse({ code: "before_opening", openedOn: the.openedOn });
  if (the.day > ctx.today) return refuse({ code: "after_today", today: ctx.today });
  return null;
}
