/** What each record of the ledger would do to real money; null in the shadow book, and where what it names is not there. */
import type { Day } from "../../lib/day.ts";
import { formatDay } from "../../lib/day-words.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Accepted, accept } from "../../lib/result.ts";
import type { Act, PlaceContext } from "../../platform/use-case/index.ts";
import type { Share } from "../domain/draw.ts";
import type { PaymentLine } from "../domain/payment-lines.ts";
import { findTransfer } from "../store/accounts.ts";
import { drawsOnCapital, findMoved, findNames } from "../store/acts.ts";
import { findPot } from "../store/pots.ts";
import { type COMMITMENT_KINDS, findAllocation, findCommitment } from "../store/records.ts";
import { findStream } from "../store/streams.ts";
import { drawnLine } from "./drawn.ts";
import { ACTS, amountLine, dayLine, invoiceLines, line, lineIf, REAL } from "./lines.ts";

type Described = Promise<Accepted<Act | null>>;

const NOBODY = accept(null);

export async function contributionAct(
  ctx: PlaceContext,
  input: {
    readonly streamId: string;
    readonly potId: string;
    readonly amountPence: Pence;
    readonly madeOn: Day;
    readonly reference: string;
  },
): Described {
  const { placeId } = ctx.place;
  const pot = await findPot(ctx.tx, placeId, input.potId);
  const stream = await findStream(ctx.tx, placeId, input.streamId);
  if (pot === null || stream === null || pot.book === "shadow") return NOBODY;
  const { amountPence } = input;
  return accept({
    act: "contribution",
    potId: pot.potId,
    book: pot.book,
    areaId: pot.areaId,
    capital: stream.capital,
    amountPence,
    shown: [
      line("act", ACTS.contribution),
      line("pot", { en: pot.name, cy: pot.nameWelsh ?? pot.name }),
      line("book", REAL),
      amountLine(amountPence),
      line("stream", { en: stream.name, cy: stream.nameWelsh ?? stream.name }),
      dayLine("day", input.madeOn),
      ...lineIf("reference", input.reference),
    ],
  });
}

const idsOf = (shares: readonly Share[] | null) => shares?.map(({ streamId }) => streamId) ?? null;

export async function allocationAct(
  ctx: PlaceContext,
  input: {
    readonly potId: string;
    readonly name: string;
    readonly nameWelsh: string | null;
    readonly purpose: string;
    readonly themeId: string | null;
    readonly amountPence: Pence;
    readonly decidedBy: string;
    readonly decidedOn: Day;
    readonly power: string;
    readonly shares: readonly Share[] | null;
  },
): Described {
  const { placeId } = ctx.place;
  const { potId, themeId, amountPence, shares } = input;
  const pot = await findPot(ctx.tx, placeId, potId);
  if (pot === null || pot.book === "shadow") return NOBODY;
  const streamIds = idsOf(shares);
  const names = await findNames(ctx.tx, placeId, { potId, themeId, streamIds: streamIds ?? [] });
  return accept({
    act: "allocation",
    potId,
    book: pot.book,
    areaId: pot.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "pot", recordId: potId, streamIds }),
    amountPence,
    shown: [
      line("act", ACTS.allocation),
      line("pot", { en: pot.name, cy: pot.nameWelsh ?? pot.name }),
      line("book", REAL),
      amountLine(amountPence),
      await drawnLine(ctx, { shares, names, potId, day: input.decidedOn }),
      line("name", input.name),
      ...lineIf("nameWelsh", input.nameWelsh),
      ...lineIf("theme", names.theme),
      line("decidedBy", input.decidedBy),
      dayLine("day", input.decidedOn),
      line("power", input.power),
      ...lineIf("purpose", input.purpose),
    ],
  });
}

const KINDS: Readonly<Record<(typeof COMMITMENT_KINDS)[number], { readonly en: string; readonly cy: string }>> = {
  award: { en: "Award", cy: "Dyfarniad" },
  order: { en: "Order", cy: "Archeb" },
  grant: { en: "Grant", cy: "Grant" },
};

export async function commitmentAct(
  ctx: PlaceContext,
  input: {
    readonly allocationId: string;
    readonly kind: (typeof COMMITMENT_KINDS)[number];
    readonly supplierId: string;
    readonly serviceId: string;
    readonly amountPence: Pence;
    readonly committedOn: Day;
    readonly endsOn: Day | null;
    readonly reference: string;
    readonly words: string;
    readonly shares: readonly Share[] | null;
  },
): Described {
  const { placeId } = ctx.place;
  const { allocationId, amountPence, shares } = input;
  const allocation = await findAllocation(ctx.tx, placeId, allocationId);
  if (allocation === null || allocation.book === "shadow") return NOBODY;
  const streamIds = idsOf(shares);
  const named = { potId: allocation.potId, allocationId, partnerId: input.supplierId, serviceId: input.serviceId };
  const names = await findNames(ctx.tx, placeId, { ...named, streamIds: streamIds ?? [] });
  if (names.partner === null || names.service === null) return NOBODY;
  return accept({
    act: "commitment",
    potId: allocation.potId,
    book: allocation.book,
    areaId: allocation.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "allocation", recordId: allocationId, streamIds }),
    amountPence,
    shown: [
      line("act", ACTS.commitment),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      ...lineIf("allocation", names.allocation),
      amountLine(amountPence),
      await drawnLine(ctx, { shares, names, potId: allocation.potId, day: input.committedOn }),
      line("kind", KINDS[input.kind]),
      line("supplier", names.partner),
      line("service", names.service),
      dayLine("day", input.committedOn),
      ...(input.endsOn === null ? [] : [dayLine("endsOn", input.endsOn)]),
      ...lineIf("reference", input.reference),
      ...lineIf("notes", input.words),
    ],
  });
}

export async function paymentAct(
  ctx: PlaceContext,
  input: {
    readonly commitmentId: string;
    readonly amountPence: Pence;
    readonly vatRecoveredPence: Pence;
    readonly paidOn: Day;
    readonly reference: string;
    readonly supplierId: string | null;
    readonly serviceId: string | null;
    readonly spendLine: { readonly fileId: string; readonly row: number } | null;
    readonly shares: readonly Share[] | null;
    readonly lines?: readonly PaymentLine[] | undefined;
  },
): Described {
  const { placeId } = ctx.place;
  const { commitmentId, amountPence, shares, spendLine } = input;
  const commitment = await findCommitment(ctx.tx, placeId, commitmentId);
  if (commitment === null || commitment.book === "shadow") return NOBODY;
  const streamIds = idsOf(shares);
  const names = await findNames(ctx.tx, placeId, {
    potId: commitment.potId,
    partnerId: input.supplierId ?? commitment.supplierId,
    serviceId: input.serviceId ?? commitment.serviceId,
    streamIds: streamIds ?? [],
  });
  if (names.partner === null || names.service === null) return NOBODY;
  return accept({
    act: "payment",
    potId: commitment.potId,
    book: commitment.book,
    areaId: commitment.areaId,
    capital: await drawsOnCapital(ctx.tx, { placeId, kind: "commitment", recordId: commitmentId, streamIds }),
    amountPence,
    shown: [
      line("act", ACTS.payment),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      amountLine(amountPence),
      ...(input.vatRecoveredPence === 0n ? [] : [amountLine(input.vatRecoveredPence, "vat")]),
      ...invoiceLines(input.lines),
      await drawnLine(ctx, { shares, names, potId: commitment.potId, day: input.paidOn }),
      line("supplier", names.partner),
      line("service", names.service),
      dayLine("day", input.paidOn),
      ...lineIf("reference", input.reference),
      ...lineIf("published", spendLine === null ? null : `${spendLine.fileId}.${spendLine.row}`),
    ],
  });
}

export async function reversalAct(
  ctx: PlaceContext,
  input: { readonly transferId: string; readonly reason: string; readonly reversedOn: Day | null },
): Described {
  const { placeId } = ctx.place;
  const original = await findTransfer(ctx.tx, placeId, input.transferId);
  if (original === null || original.book === "shadow" || original.kind === "reversal") return NOBODY;
  const moved = await findMoved(ctx.tx, placeId, original.transferId);
  const { words, effectiveOn, areaIds } = original;
  const entry = { en: `${words}, ${formatDay("en", effectiveOn)}`, cy: `${words}, ${formatDay("cy", effectiveOn)}` };
  return accept({
    act: "reversal",
    // What was received is taken back, so it is the receiver's money; of several areas it is nobody's of one alone.
    potId: moved.potId,
    book: original.book,
    areaId: areaIds.length === 1 ? (areaIds[0] ?? null) : null,
    capital: moved.capital,
    amountPence: original.amountPence,
    shown: [
      line("act", ACTS.reversal),
      ...lineIf(moved.otherPot === null ? "pot" : "potGives", moved.pot),
      ...lineIf("potReceives", moved.otherPot),
      line("book", REAL),
      amountLine(original.amountPence),
      line("reversed", entry),
      line("reason", input.reason),
      dayLine("day", input.reversedOn ?? ctx.today),
    ],
  });
}
