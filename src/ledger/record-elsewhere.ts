/**
 * Records a payment that was made elsewhere: the host's own ledger has paid it. It has happened and is never refused for
 * its conditions or for want of funds. What they allow is paid from the commitment as usual; the rest stands against an
 * account to resolve, with its reasons, until somebody bears it.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { elsewhereAct } from "./acts/elsewhere.ts";
import type { Share } from "./domain/draw.ts";
import { decideLines } from "./domain/payment-lines.ts";
import { splitPaidElsewhere } from "./domain/resolve.ts";
import { capital, costGroup, paymentLines, reasonOut, sharesOut, spendLine, vatRecovered } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { asThen, DRAWS, findRepeated, LACKS, type Order, orderOf, post, refuseRecord } from "./posting.ts";
import { type DatedSource, findSources, markDraw, openAccounts, undoDraw } from "./store/accounts.ts";
import { findPot } from "./store/pots.ts";
import { type CommitmentFound, findCommitment, findNamed, insertPayment, insertPaymentLines } from "./store/records.ts";
import { findItemsOf, type ItemToInsert, insertItems } from "./store/resolve.ts";

const input = z.strictObject({
  commitmentId: field.id.nullable().default(null).describe("Left out, nothing was set aside for it"),
  potId: field.id.nullable().default(null).describe("Left out, the pot of the commitment"),
  amountPence: field.positivePence.describe("What the pot bears, without tax that is recovered"),
  vatRecoveredPence: vatRecovered,
  paidOn: field.day,
  reference: field.words(100).describe("The reference of the ledger that paid it"),
  supplierId: field.id.nullable().default(null).describe("Left out, the supplier of the commitment"),
  serviceId: field.id.nullable().default(null).describe("Left out, the service of the commitment"),
  spendLine,
  capital,
  subjectiveGroup: costGroup.describe("Left out, as the commitment"),
  lines: paymentLines,
});
type Input = z.output<typeof input>;

export const recordElsewhere = declarePlaceUseCase({
  name: "payment.record_elsewhere",
  summary: "Record a payment that was made elsewhere, whatever conditions and funds say",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "payments/elsewhere" },
  command: { words: "payment record-elsewhere" },
  input,
  output: z.object({
    paymentId: field.id,
    transferId: field.id,
    shares: sharesOut,
    items: z.array(
      z.object({
        itemId: field.id,
        streamId: field.id.nullable(),
        amountPence: field.penceText,
        reasons: z.array(reasonOut),
      }),
    ),
  }),
  example: {
    commitmentId: "0199c0de-0000-7000-8000-000000000006",
    amountPence: "624000",
    vatRecoveredPence: "124800",
    paidOn: "2013-03-15",
    reference: "SAP 5100447648",
  },
  refusals: ledgerRefusals,
  twoPeople: elsewhereAct,
  audited: "ledger",
  handle: async (ctx, asked) => {
    if (asked.vatRecoveredPence > asked.amountPence)
      return refuse({ code: "vat_over_amount", amountPence: asked.amountPence });
    const lines = decideLines(asked, asked.lines ?? null);
    if (!lines.ok) return lines;
    const found = await findPaid(ctx, asked);
    if (!found.ok) return found;
    const paid = found.value;
    const moved = await payWhatIsAllowed(ctx, asked, paid);
    if (!moved.ok) return moved;
    const { transferId, paymentId, shares, fresh, items } = moved.value;
    const { potId } = paid.pot;
    if (fresh) {
      const outsidePence = items.reduce((sum, one) => sum + one.amountPence, 0n);
      const kind = { capital: paid.capital, subjectiveGroup: paid.subjectiveGroup, elsewhere: true, outsidePence };
      const { supplierId, serviceId } = paid;
      const placeId = ctx.place.placeId;
      await insertPayment(ctx.tx, placeId, { ...asked, ...kind, paymentId, potId, supplierId, serviceId, transferId });
      await insertPaymentLines(ctx.tx, placeId, { paymentId, lines: lines.value });
      await insertItems(ctx.tx, placeId, { potId, paymentId, transferId, arisenOn: asked.paidOn, items });
    }
    return accept({ paymentId, transferId, shares, items: await findItemsOf(ctx.tx, ctx.place.placeId, paymentId) });
  },
});

type Paid = {
  readonly pot: { readonly potId: string; readonly book: "real" | "shadow" };
  readonly commitment: CommitmentFound | null;
  readonly supplierId: string;
  readonly serviceId: string;
  readonly words: string;
  readonly themeIds: readonly string[];
  readonly capital: boolean;
  readonly subjectiveGroup: number | null;
};

/** What the payment names: its commitment, or the pot, the supplier and the service where it has none. */
async function findPaid(ctx: PlaceContext, asked: Input): Promise<Result<Paid, LedgerRefusal>> {
  const placeId = ctx.place.placeId;
  const commitment = asked.commitmentId === null ? null : await findCommitment(ctx.tx, placeId, asked.commitmentId);
  if (asked.commitmentId !== null && commitment === null) return refuse({ code: "commitment_not_found" });
  const potId = asked.potId ?? commitment?.potId ?? null;
  const pot = potId === null ? null : await findPot(ctx.tx, placeId, potId);
  if (pot === null || (commitment !== null && commitment.potId !== pot.potId))
    return refuse({ code: "pot_not_found", pot: potId ?? "" });
  const supplierId = asked.supplierId ?? commitment?.supplierId ?? null;
  const serviceId = asked.serviceId ?? commitment?.serviceId ?? null;
  const named = await findNamed(ctx.tx, placeId, { partnerId: supplierId, serviceId, spendLine: asked.spendLine });
  if (supplierId === null || named.partner === null) return refuse({ code: "partner_not_found" });
  if (serviceId === null || named.service === null) return refuse({ code: "service_not_found" });
  if (asked.spendLine !== null && !named.spendLine)
    return refuse({ code: "spend_line_not_found", row: asked.spendLine.row });
  const refused = refuseRecord(ctx, { day: asked.paidOn, pot });
  if (refused) return refused;
  return accept({
    pot,
    commitment,
    supplierId,
    serviceId,
    words: `${named.partner}: ${named.service}`,
    themeIds: [commitment?.themeId ?? null, named.serviceTheme].filter((theme) => theme !== null),
    capital: asked.capital ?? commitment?.capital ?? false,
    subjectiveGroup: asked.subjectiveGroup ?? commitment?.subjectiveGroup ?? null,
  });
}

type Moved = {
  readonly paymentId: string;
  readonly transferId: string;
  readonly shares: readonly Share[];
  readonly items: readonly ItemToInsert[];
  readonly fresh: boolean;
};

/** Draws again where another request took the money first; what is gone by then is over the funds, and is recorded so. */
async function payWhatIsAllowed(ctx: PlaceContext, asked: Input, paid: Paid): Promise<Result<Moved, LedgerRefusal>> {
  const order: Order = {
    useCase: "payment.record_elsewhere",
    input: asked,
    kind: "paid_elsewhere",
    book: paid.pot.book,
    effectiveOn: asked.paidOn,
    recordId: ctx.newId(),
    words: paid.words,
  };
  const repeated = await findRepeated(ctx, order);
  if (repeated !== null) return repeated.ok ? accept(movedOf(repeated.value, [])) : repeated;
  for (let attempt = 1; ; attempt += 1) {
    await markDraw(ctx.tx);
    const { sources, shares, items } = await split(ctx, asked, paid);
    const lines = await linesOf(ctx, { paid, sources, shares, items });
    const posted = await post(ctx, { ...order, lines });
    if (posted.ok) return accept(movedOf({ ...posted.value, shares }, posted.value.fresh ? items : []));
    if (!LACKS.includes(posted.refusal.code) || attempt === DRAWS) return posted;
    await undoDraw(ctx.tx);
  }
}

function movedOf(
  posted: Omit<Moved, "paymentId" | "items"> & { readonly recordId: string },
  items: readonly ItemToInsert[],
): Moved {
  const { recordId: paymentId, transferId, shares, fresh } = posted;
  return { paymentId, transferId, shares, fresh, items };
}

async function split(ctx: PlaceContext, asked: Input, paid: Paid) {
  const { commitment } = paid;
  const day = asked.paidOn;
  const sources =
    commitment === null
      ? []
      : await findSources(ctx.tx, {
          placeId: ctx.place.placeId,
          kind: "commitment",
          recordId: commitment.commitmentId,
          day,
        });
  const { themeIds, supplierId: partnerId, capital: isCapital, subjectiveGroup } = paid;
  const { shares, items } = splitPaidElsewhere(
    {
      amountPence: asked.amountPence,
      order: await orderOf(ctx, { potId: paid.pot.potId, day, sources }),
      spending: { stage: "spending", day, themeIds, partnerId, capital: isCapital, subjectiveGroup },
      committed: commitment !== null,
    },
    asThen(sources),
  );
  return { sources, shares, items: items.map((one) => ({ ...one, itemId: ctx.newId() })) };
}

type Lines = {
  readonly paid: Paid;
  readonly sources: readonly DatedSource[];
  readonly shares: readonly Share[];
  readonly items: readonly ItemToInsert[];
};

/** Each stream's part to its own account; what is to resolve is paid too, and is no stream's until somebody bears it. */
async function linesOf(ctx: PlaceContext, { paid, sources, shares, items }: Lines) {
  const { potId, book } = paid.pot;
  const open = { book, potId, floorPence: null };
  const opened = await openAccounts(ctx.tx, ctx.place.placeId, [
    ...[...shares.map(({ streamId }) => streamId), ...items.map(() => null)].map((streamId) => ({
      ...open,
      accountId: ctx.newId(),
      kind: "paid" as const,
      recordId: paid.serviceId,
      streamId,
    })),
    ...items.map(({ itemId }) => ({
      ...open,
      accountId: ctx.newId(),
      kind: "resolve" as const,
      recordId: itemId,
      streamId: null,
    })),
  ]);
  const accountOf = new Map(sources.map(({ streamId, accountId }) => [streamId, accountId]));
  const all = [
    ...shares.map(({ streamId, amountPence }) => ({ amountPence, from: accountOf.get(streamId) })),
    ...items.map(({ amountPence }, index) => ({
      amountPence,
      from: opened[shares.length + items.length + index],
    })),
  ];
  return all.flatMap(({ amountPence, from }, index) => [
    { accountId: must(from, "each part comes from an account"), amountPence: -amountPence },
    { accountId: must(opened[index], "each part has an account to go to"), amountPence },
  ]);
}
