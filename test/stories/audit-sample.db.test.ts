/**
 * What an audit sample must not lose: payments made elsewhere, with why they were outside and who bore it, and credit notes,
 * which no row of payments can draw. AICPA, "Audit Guide: Audit Sampling", chapter 6: items of the other sign, apart.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { clearResolve, recordCreditNote, recordElsewhere, reverseTransfer } from "../../src/ledger/index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "../../src/ledger/ledger.fixture.ts";
import { must } from "../../src/lib/assert.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { drawSample } from "../../src/proof/index.ts";

const asked = { book: "real", from: "2012-04-01", to: "2013-03-31", items: 4, seed: "20130331" } as const;

let town: LedgerTown;
let auditor: Credential;
let potId: string;
let allocationId: string;
let paymentId: string;
beforeAll(async () => {
  town = await openLedgerTown();
  auditor = await town.house.personWith("auditor", { placeId: town.placeId });
  potId = await town.pot("Pot");
  const streamId = await town.stream("Grant", { pence: 10_000n });
  const value = town.house.value;
  value(await town.contribute({ streamId, potId, pence: 5000n }));
  allocationId = value(await town.allocate({ potId, pence: 4000n })).allocationId;
  const { commitmentId } = value(await town.commit({ allocationId, pence: 2000n }));
  paymentId = value(await town.pay({ commitmentId, pence: 400n })).paymentId;
  value(await town.pay({ commitmentId, pence: 400n, on: "2013-01-17" }));
}, 120_000);
afterAll(() => town?.house.close());

const draw = (more: { readonly items?: number; readonly from?: string } = {}) =>
  town.value(drawSample, { ...asked, ...more }, { by: auditor });

it("draws a payment made elsewhere like any other, says why it was outside, and then who bore it", async () => {
  const { supplierId, serviceId } = town;
  const paid = { potId, supplierId, serviceId, amountPence: "1200", paidOn: "2013-01-16", reference: "SAP 9" };
  const elsewhere = await town.value(recordElsewhere, paid);
  const { itemId } = must(elsewhere.items[0], "nothing was set aside for it");
  const drawn = await draw();
  // Three payments of £4, £12 and £4: a penny every £5, so that £12 is certain.
  expect([drawn.payments, drawn.totalPence, drawn.intervalPence]).toEqual([3, 2000n, 500n]);
  const item = must(
    drawn.items.find((one) => one.paymentId === elsewhere.paymentId),
    "what is as large as the interval is always drawn",
  );
  expect(item).toMatchObject({
    certain: true,
    elsewhere: true,
    outsidePence: 1200n,
    commitmentId: null,
    decidedBy: null,
    streams: [],
    documentsOf: [elsewhere.paymentId],
    outside: [{ itemId, amountPence: 1200n, leftPence: 1200n, reasons: [{ kind: "no_commitment" }], borne: [] }],
  });
  const clearing = {
    itemId,
    how: "from_allocation" as const,
    allocationId,
    amountPence: "900",
    clearedOn: "2013-01-20",
    reason: "Board, minute 4",
  };
  const cleared = await town.value(clearResolve, clearing);
  const after = must(
    (await draw()).items.find((one) => one.paymentId === elsewhere.paymentId)?.outside[0],
    "drawn again",
  );
  expect([after.leftPence, after.borne]).toEqual([
    300n,
    [
      {
        how: "from_allocation",
        by: "An allocation",
        amountPence: 900n,
        clearedOn: "2013-01-20",
        reason: "Board, minute 4",
        transferId: cleared.transferId,
      },
    ],
  ]);
  await town.value(reverseTransfer, { transferId: cleared.transferId, reason: "Another allocation bears it" });
  const back = (await draw()).items.find((one) => one.paymentId === elsewhere.paymentId)?.outside[0];
  expect([back?.leftPence, back?.borne]).toEqual([1200n, []]);
});

it("draws credit notes from a row of their own, by their size, and payments as if there were none", async () => {
  const before = await draw();
  expect(before.credits).toEqual({ creditNotes: 0, totalPence: 0n, intervalPence: null, startPence: null, items: [] });
  const note = { paymentId, creditedOn: DAY, reason: "Returned goods" };
  const lines = [{ line: 1, netPence: "100" }];
  const large = await town.value(recordCreditNote, { ...note, amountPence: "100", reference: "CN 1", lines });
  await town.value(recordCreditNote, { ...note, amountPence: "30", creditedOn: "2013-01-18" });
  const after = await draw();
  const { credits, ...payments } = after;
  expect({ ...payments, credits: before.credits }).toEqual(before);
  // £1.00 and £0.30: a penny every 32 pence, so that the larger is certain, whatever the seed.
  expect([credits.creditNotes, credits.totalPence, credits.intervalPence]).toEqual([2, 130n, 32n]);
  const drawn = must(
    credits.items.find(({ creditNoteId }) => creditNoteId === large.creditNoteId),
    "what is as large as the interval is always drawn",
  );
  expect(drawn).toMatchObject({
    amountPence: 100n,
    certain: true,
    beforePence: 0n,
    reason: "Returned goods",
    reference: "CN 1",
    paymentId,
    paidPence: 400n,
    streams: [{ stream: "Grant", amountPence: 100n }],
  });
  expect(drawn.documentsOf.slice(0, 2)).toEqual([large.creditNoteId, paymentId]);
  expect(drawn.lines).toEqual([{ line: 1, netPence: 100n, vatPence: 0n, recoverablePence: 0n }]);
  expect(credits.items.find((one) => one.creditNoteId !== large.creditNoteId)?.lines).toEqual([]);
  expect(drawn.approval?.authorisedBy).toHaveLength(1);
  expect(await draw()).toEqual(after);
});

it("draws credit notes where no payment is left in the days asked", async () => {
  const drawn = await draw({ from: "2013-01-18", items: 1 });
  expect([drawn.payments, drawn.intervalPence, drawn.items]).toEqual([0, null, []]);
  expect(drawn.credits.items.map(({ amountPence, certain }) => [amountPence, certain])).toEqual([[30n, true]]);
});
