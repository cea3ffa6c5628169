/** What would be recorded of real money that was paid elsewhere, and who would bear what of it was not allowed. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { type Accepted, accept } from "../../lib/result.ts";
import type { Act, PlaceContext } from "../../platform/use-case/index.ts";
import type { PaymentLine } from "../domain/payment-lines.ts";
import { findNames } from "../store/acts.ts";
import { findPot } from "../store/pots.ts";
import { findCommitment } from "../store/records.ts";
import { findItem } from "../store/resolve.ts";
import { ACTS, amountLine, dayLine, invoiceLines, line, lineIf, REAL } from "./lines.ts";

type Described = Promise<Accepted<Act | null>>;

const NOBODY = accept(null);

export async function elsewhereAct(
  ctx: PlaceContext,
  input: {
    readonly commitmentId: string | null;
    readonly potId: string | null;
    readonly amountPence: Pence;
    readonly vatRecoveredPence: Pence;
    readonly paidOn: Day;
    readonly reference: string;
    readonly supplierId: string | null;
    readonly serviceId: string | null;
    readonly capital: boolean | null;
    readonly lines?: readonly PaymentLine[] | undefined;
  },
): Described {
  const { placeId } = ctx.place;
  const commitment = input.commitmentId === null ? null : await findCommitment(ctx.tx, placeId, input.commitmentId);
  const potId = commitment?.potId ?? input.potId;
  const pot = potId === null ? null : await findPot(ctx.tx, placeId, potId);
  if (pot === null || pot.book === "shadow") return NOBODY;
  const names = await findNames(ctx.tx, placeId, {
    potId: pot.potId,
    partnerId: input.supplierId ?? commitment?.supplierId ?? null,
    serviceId: input.serviceId ?? commitment?.serviceId ?? null,
  });
  return accept({
    act: "paid_elsewhere",
    potId: pot.potId,
    book: pot.book,
    areaId: pot.areaId,
    capital: input.capital ?? commitment?.capital ?? false,
    amountPence: input.amountPence,
    shown: [
      line("act", ACTS.elsewhere),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      amountLine(input.amountPence),
      ...(input.vatRecoveredPence === 0n ? [] : [amountLine(input.vatRecoveredPence, "vat")]),
      ...invoiceLines(input.lines),
      ...lineIf("supplier", names.partner),
      ...lineIf("service", names.service),
      dayLine("day", input.paidOn),
      line("reference", input.reference),
    ],
  });
}

export async function clearingAct(
  ctx: PlaceContext,
  input: {
    readonly itemId: string;
    readonly allocationId: string | null;
    readonly streamId: string | null;
    readonly amountPence: Pence | null;
    readonly clearedOn: Day | null;
    readonly reason: string;
  },
): Described {
  const { placeId } = ctx.place;
  const item = await findItem(ctx.tx, placeId, input.itemId);
  if (item === null || item.book === "shadow") return NOBODY;
  const { allocationId, streamId } = input;
  const names = await findNames(ctx.tx, placeId, {
    potId: item.potId,
    allocationId,
    streamIds: streamId === null ? [] : [streamId],
  });
  const amountPence = input.amountPence ?? item.leftPence;
  return accept({
    act: "clearing",
    potId: item.potId,
    book: item.book,
    areaId: item.areaId,
    capital: item.spending.capital,
    amountPence,
    shown: [
      line("act", ACTS.clearing),
      ...lineIf("pot", names.pot),
      line("book", REAL),
      amountLine(amountPence),
      line("item", item.words),
      ...lineIf("allocation", names.allocation),
      ...lineIf("stream", streamId === null ? null : (names.streams[streamId] ?? streamId)),
      line("reason", input.reason),
      dayLine("day", input.clearedOn ?? ctx.today),
    ],
  });
}
