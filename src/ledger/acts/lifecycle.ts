/** What would be done to real money after it was set aside: virements, releases, expiry, credit notes, journals, steps. */
import { addDays, type Day } from "../../lib/day.ts";
import { formatDay } from "../../lib/day-words.ts";
import { formatPounds, type Pence } from "../../lib/pence.ts";
import { type Accepted, accept } from "../../lib/result.ts";
import type { Act, PlaceContext } from "../../platform/use-case/index.ts";
import type { CreditLine } from "../domain/credit-lines.ts";
import type { Share } from "../domain/draw.ts";
import { addFigures, figuresOf } from "../domain/figures.ts";
import { drawsOnCapital, findMoved, findNames } from "../store/acts.ts";
import { findJournalAccounts } from "../store/batches.ts";
import { findDueCommitments, findStandingCommitment, findStandingPayment } from "../store/lifecycle.ts";
import { findPot, findStandings, type Mode } from "../store/pots.ts";
import { findAllocation, listPaymentLines } from "../store/records.ts";
import { drawnLine } from "./drawn.ts";
import { ACTS, amountLine, creditedLines, dayLine, line, lineIf, MODE_NAMES, REAL } from "./lines.ts";

type Described = Promise<Accepted<Act | null>>;

const NOBODY = accept(null);

export async function virementAct(
  ctx: PlaceContext,
  input: {
    readonly allocationId: string;
    readonly toAllocationId: string;
    readonly amountPence: Pence;
    readonly movedOn: Day;
    readonly decidedBy: string;
    readonly power: string;
    readonly reason: string;
    readonly shares: readonly Share[] | null;
  },
): Described {
  const { placeId } = ctx.place;
  const { allocationId, toAllocationId, amountPence, shares } = input;
  const from = await findAllocation(ctx.tx, placeId, allocationId);
  const to = await findAllocation(ctx.tx, placeId, toAllocationId);
  if (from === null || to === null || from.book === "shadow") return NOBODY;
  const streamIds = shares?.map(({ streamId }) => streamId) ?? null;
  const { potId } = from;
  const names = await findNames(ctx.tx, placeId, { potId, allocationId, streamIds: streamIds ?? [] });
  const receiving = await findNames(ctx.tx, placeId, { potId, allocationId: toAllocationId });
  return accept({
    act: "virement",
    potId,
    book: from.book,
    areaId: from.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "allocation", recordId: allocationId, streamIds }),
    amountPence,
    shown: [
      line("act", ACTS.virement),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      amountLine(amountPence),
      ...lineIf("gives", names.allocation),
      ...lineIf("receives", receiving.allocation),
      await drawnLine(ctx, { shares, names, potId, day: input.movedOn }),
      line("decidedBy", input.decidedBy),
      line("power", input.power),
      line("reason", input.reason),
      dayLine("day", input.movedOn),
    ],
  });
}

export async function releaseAct(
  ctx: PlaceContext,
  input: {
    readonly commitmentId: string;
    readonly amountPence: Pence | null;
    readonly releasedOn: Day;
    readonly reason: string;
  },
): Described {
  const { placeId } = ctx.place;
  const commitment = await findStandingCommitment(ctx.tx, placeId, input.commitmentId);
  if (commitment === null || commitment.book === "shadow") return NOBODY;
  const { potId, commitmentId } = commitment;
  const amountPence = input.amountPence ?? commitment.heldPence;
  const names = await findNames(ctx.tx, placeId, { potId });
  return accept({
    act: "release",
    potId,
    book: commitment.book,
    areaId: commitment.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "commitment", recordId: commitmentId, streamIds: null }),
    amountPence,
    shown: [
      line("act", ACTS.release),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      amountLine(amountPence),
      line("supplier", commitment.supplier),
      line("reason", input.reason),
      dayLine("day", input.releasedOn),
    ],
  });
}

/** All that are due in real pots, in one act: its amount is their sum. */
export async function expiryAct(ctx: PlaceContext, input: { readonly reason: string }): Described {
  const { placeId } = ctx.place;
  const due = (await findDueCommitments(ctx.tx, { placeId, before: ctx.today, limit: 200 })).filter(
    ({ book }) => book === "real",
  );
  const [first] = due;
  if (first === undefined) return NOBODY;
  return accept({
    act: "release",
    potId: due.every(({ potId }) => potId === first.potId) ? first.potId : null,
    book: "real",
    areaId: due.every(({ areaId }) => areaId === first.areaId) ? first.areaId : null,
    capital: false,
    amountPence: due.reduce((sum, { heldPence }) => sum + heldPence, 0n),
    shown: [
      line("act", ACTS.release),
      line("book", REAL),
      line("reason", input.reason),
      ...due.map((one) =>
        line("supplier", {
          en: `${one.supplier}, ended ${formatDay("en", one.endsOn ?? ctx.today)}: ${formatPounds(one.heldPence)}`,
          cy: `${one.supplier}, daeth i ben ${formatDay("cy", one.endsOn ?? ctx.today)}: ${formatPounds(one.heldPence)}`,
        }),
      ),
    ],
  });
}

export async function creditNoteAct(
  ctx: PlaceContext,
  input: {
    readonly paymentId: string;
    readonly amountPence: Pence;
    readonly creditedOn: Day;
    readonly reference: string;
    readonly reason: string;
    readonly lines?: readonly CreditLine[] | undefined;
  },
): Described {
  const { placeId } = ctx.place;
  const payment = await findStandingPayment(ctx.tx, placeId, input.paymentId);
  if (payment === null || payment.book === "shadow") return NOBODY;
  const moved = await findMoved(ctx.tx, placeId, payment.transferId);
  return accept({
    act: "credit_note",
    potId: payment.potId,
    book: payment.book,
    areaId: payment.areaId,
    capital: moved.capital,
    amountPence: input.amountPence,
    shown: [
      line("act", ACTS.creditNote),
      ...lineIf("pot", moved.pot),
      line("book", REAL),
      amountLine(input.amountPence),
      line("supplier", payment.supplier),
      ...creditedLines(input.lines, input.lines ? await listPaymentLines(ctx.tx, placeId, payment.paymentId) : []),
      ...lineIf("reference", input.reference),
      line("reason", input.reason),
      dayLine("day", input.creditedOn),
    ],
  });
}

type Journal = {
  readonly book: "real" | "shadow";
  readonly effectiveOn: Day;
  readonly words: string;
  readonly lines: readonly { readonly accountId: string; readonly amountPence: Pence }[];
};

/** All that touch the real book, in one act: its amount is what they move together. */
export async function journalsAct(ctx: PlaceContext, input: { readonly journals: readonly Journal[] }): Described {
  const real = input.journals.filter(({ book }) => book === "real");
  if (real.length === 0) return NOBODY;
  const lines = real.flatMap((one) => one.lines);
  const accounts = await findJournalAccounts(
    ctx.tx,
    ctx.place.placeId,
    lines.map(({ accountId }) => accountId),
  );
  const pots = new Set(accounts.map(({ potId }) => potId));
  const movedOf = (some: Journal["lines"]) =>
    some.reduce((sum, { amountPence }) => (amountPence > 0n ? sum + amountPence : sum), 0n);
  return accept({
    act: "journal",
    potId: pots.size === 1 ? (accounts[0]?.potId ?? null) : null,
    book: "real",
    areaId: new Set(accounts.map(({ areaId }) => areaId)).size === 1 ? (accounts[0]?.areaId ?? null) : null,
    capital: accounts.some(({ capital }) => capital),
    amountPence: movedOf(lines),
    shown: [
      line("act", ACTS.journal),
      line("book", REAL),
      amountLine(movedOf(lines)),
      ...real.flatMap((one) => [
        line("entry", {
          en: `${one.words}, ${formatDay("en", one.effectiveOn)}`,
          cy: `${one.words}, ${formatDay("cy", one.effectiveOn)}`,
        }),
        ...one.lines.map(({ accountId, amountPence }) => line("account", `${accountId}: ${formatPounds(amountPence)}`)),
      ]),
    ],
  });
}

/** A step always needs two people: it is what real money begins with. */
export async function stepAct(
  ctx: PlaceContext,
  input: {
    readonly potId: string;
    readonly mode: Mode;
    readonly fromOn: Day;
    readonly power: string;
    readonly words: string;
    readonly name: string | null;
  },
): Described {
  const { placeId } = ctx.place;
  const pot = await findPot(ctx.tx, placeId, input.potId);
  if (pot === null || (input.mode !== "pooled" && input.mode !== "delegated")) return NOBODY;
  const eve = addDays(input.fromOn, -1);
  const standings = await findStandings(ctx.tx, { placeId, potIds: [pot.potId], asAt: eve });
  const { leftPence, contributedPence } = addFigures(standings.map(figuresOf));
  const book = { shadow: { en: "Shadow, as if", cy: "Cysgodol, fel petai" }, real: REAL }[pot.book];
  return accept({
    act: "step",
    potId: pot.potId,
    book: "real",
    areaId: pot.areaId,
    capital: false,
    amountPence: leftPence,
    shown: [
      line("act", ACTS.step),
      line("pot", { en: pot.name, cy: pot.nameWelsh ?? pot.name }),
      line("mode", MODE_NAMES[input.mode]),
      ...lineIf("following", input.name),
      dayLine("day", input.fromOn),
      line("power", input.power),
      line("notes", input.words),
      line("book", book),
      line("stood", {
        en: `${formatPounds(contributedPence)} put in, ${formatPounds(leftPence)} left, on ${formatDay("en", eve)}`,
        cy: `${formatPounds(contributedPence)} wedi'i roi i mewn, ${formatPounds(leftPence)} ar ôl, ar ${formatDay("cy", eve)}`,
      }),
    ],
  });
}
