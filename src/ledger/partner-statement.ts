/** A partner's statement of a quarter, read and hashed: opening and movements make the closing, to the penny, in each book. */
import { assert } from "../lib/assert.ts";
import { hashJson, type PlaceContext, toJson } from "../platform/use-case/index.ts";
import type { Quarter } from "./domain/periods.ts";
import { findLastBlock } from "./store/known.ts";
import {
  type BoughtRow,
  type HoldingRow,
  listBetween,
  listBought,
  listHoldings,
  listReceived,
  type StandingBetween,
} from "./store/partner-statement.ts";
import { BOOKS, type Book } from "./store/pots.ts";

export type PartnerStatement = Awaited<ReturnType<typeof makeStatement>>;

export async function makeStatement(ctx: PlaceContext, the: { readonly partnerId: string; readonly quarter: Quarter }) {
  const { placeId } = ctx.place;
  const { from, to, name } = the.quarter;
  const asked = { partnerId: the.partnerId, from, to };
  const holdings = await listHoldings(ctx.tx, placeId, asked);
  const bought = await listBought(ctx.tx, placeId, asked);
  const received = await listReceived(ctx.tx, placeId, asked);
  const between = await listBetween(ctx.tx, placeId, asked);
  const block = await findLastBlock(ctx.tx, placeId);
  const books = BOOKS.map((book) => ({
    book,
    holdings: holdings
      .filter((one) => one.book === book)
      .map((one) => ({ ...one, clawbackPence: clawbackOf(one, to) })),
    totals: totalsOf(holdings.filter((one) => one.book === book)),
    bought: bought.filter((one) => one.book === book),
    received: received.filter((one) => one.book === book),
    between: between.filter((one) => one.book === book),
  })).filter((one) => one.holdings.length + one.received.length + one.between.length > 0);
  // Of ids and figures alone: a partner or a pot that gets a better name has the same statement.
  const figures = { partnerId: the.partnerId, quarter: name, books: books.map(bareOf) };
  return {
    from,
    to,
    books,
    figuresHash: hashJson(toJson(figures)).toString("hex"),
    block: block && { blockNumber: block.blockNumber, sealedAt: block.sealedAt.toISOString(), hash: block.hash },
  };
}

/** What is left of a stream that has ended, where its terms say that something goes back. */
function clawbackOf({ clawback, closingPence, streamEndsOn }: HoldingRow, to: string): bigint | null {
  return clawback !== "" && streamEndsOn <= to ? closingPence : null;
}

const MOVES = [
  "openingPence",
  "putInPence",
  "paidPence",
  "returnedPence",
  "movedPence",
  "closingPence",
  "committedPence",
  "accruedPence",
] as const;
type Moves = Readonly<Record<(typeof MOVES)[number], bigint>>;

function totalsOf(rows: readonly Moves[]): Moves {
  const sum = (name: keyof Moves) => rows.reduce((total, row) => total + row[name], 0n);
  const totals = Object.fromEntries(MOVES.map((name) => [name, sum(name)])) as Moves;
  for (const one of [...rows, totals])
    assert(
      one.openingPence + one.putInPence - one.paidPence - one.returnedPence + one.movedPence === one.closingPence,
      "opening and movements make the closing",
    );
  return totals;
}

type BookSection = {
  readonly book: Book;
  readonly holdings: readonly (Moves & Pick<HoldingRow, "potId" | "streamId">)[];
  readonly bought: readonly BoughtRow[];
  readonly received: readonly BoughtRow[];
  readonly between: readonly StandingBetween[];
};

function bareOf({ book, holdings, bought, received, between }: BookSection) {
  return {
    book,
    holdings: holdings.map((one) => [one.potId, one.streamId, ...MOVES.map((name) => one[name])]),
    bought: bought.map((one) => [one.potId, one.serviceId, one.amountPence]),
    received: received.map((one) => [one.potId, one.serviceId, one.amountPence]),
    between: between.map((one) => [one.potId, one.kind, one.amountPence]),
  };
}
