/**
 * Credit notes, what was paid elsewhere, and accruals with the entries that take them back, reconciled as the host's ledger
 * shows them: worked through from the listing to a statement that two people sign and a period that may close.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReconciliationTown, type ReconciliationTown } from "../../test/setup/reconciliation-town.ts";
import { clearResolve, recordAccrual, recordCreditNote, recordElsewhere, reverseTransfer } from "../ledger/index.ts";
import { must } from "../lib/assert.ts";
import { mustDay } from "../lib/day.ts";
import { acceptCertain } from "./accept-certain.ts";
import { acceptMatch } from "./accept-match.ts";
import { reconciliationClosing } from "./closing.ts";
import { listReconciliationMatches } from "./list-matches.ts";
import { listUnmatched } from "./list-unmatched.ts";
import { makeJournal } from "./make-journal.ts";
import { mapCode } from "./map-code.ts";
import { openBank } from "./open-bank.ts";
import { readOutgoing } from "./outgoing.ts";
import { showReconciliation } from "./show-statement.ts";
import { signReconciliation } from "./sign-statement.ts";
import { suggest } from "./suggest.ts";
import { undoMatch } from "./undo-match.ts";

let town: ReconciliationTown;
let paymentId: string;
let creditNoteId: string;
let elsewhere: { readonly paymentId: string; readonly itemId: string };
let accrual: { readonly accrualId: string; readonly backTransferId: string };
const side = () => ({ bodyId: town.bodyId, potId: town.potId });
const FEBRUARY = { from: "2013-02-01", to: "2013-02-28" };
const MARCH = { from: "2013-03-01", to: "2013-03-31" };

beforeAll(async () => {
  town = await openReconciliationTown();
  const { potId, streamId, supplierId, serviceId } = town;
  paymentId = await town.pay(6_240_00n, { reference: "OP-7", on: "2013-02-04" });
  const credit = { paymentId, amountPence: "24000", creditedOn: "2013-02-20", reason: "Two days not worked" };
  creditNoteId = (await town.value(recordCreditNote, { ...credit, reference: "CN-1" })).creditNoteId;
  const other = { potId, supplierId, serviceId, amountPence: "150000", paidOn: "2013-02-10", reference: "SAP 77" };
  const paid = await town.value(recordElsewhere, other);
  const { itemId } = must(paid.items[0], "nothing was set aside for it");
  elsewhere = { paymentId: paid.paymentId, itemId };
  const owed = { potId, streamId, counterpartyId: supplierId, serviceId, amountPence: "52000", on: "2013-02-28" };
  accrual = await town.value(recordAccrual, { ...owed, kind: "accrual", reference: "PO-1" });
  town.house.value(
    await town.take(`
      7001,1,04/02/2013,6240.00,4471,41100,Irwell Family Support,January,OP-7
      7002,1,22/02/2013,-240.00,4471,41100,Irwell Family Support,Credit,CN-1
      7003,1,11/02/2013,1500.00,4471,41100,Irwell Family Support,Outside the agreement,SAP 77
      7004,1,28/02/2013,520.00,4471,41100,Irwell Family Support,Not invoiced yet,PO-1
      7005,1,01/03/2013,-520.00,4471,41100,Irwell Family Support,Not invoiced yet back,PO-1`),
  );
}, 120_000);
afterAll(() => town?.house.close());

const closing = (months: { readonly from: string; readonly to: string }) =>
  town.house.database.inPlace(town.placeId, (tx) => {
    const [from, to] = [mustDay(months.from), mustDay(months.to)];
    return reconciliationClosing(tx, { placeId: town.placeId, book: "real", from, to, today: to });
  });
const statesOf = async (months: { readonly from: string; readonly to: string }) =>
  (await closing(months)).map(({ item, state, count }) => `${item} ${state} ${count}`);

describe("the host's ledger", () => {
  it("shows a credit below nought, what was paid elsewhere whole, and both journals of an accrual", async () => {
    const { records, suggestions } = await town.value(suggest, side());
    const told = records.map(({ recordId, kind, day, amountPence }) => `${kind} ${day} ${amountPence} ${recordId}`);
    expect(told).toEqual([
      expect.stringContaining("contribution 2013-01-15 -5000000 "),
      `payment 2013-02-04 624000 ${paymentId}`,
      `paid_elsewhere 2013-02-10 150000 ${elsewhere.paymentId}`,
      `credit_note 2013-02-20 -24000 ${creditNoteId}`,
      `accrual 2013-02-28 52000 ${accrual.accrualId}`,
      `accrual_return 2013-03-01 -52000 ${accrual.backTransferId}`,
    ]);
    // An accrual and its return have one reference; each is its own journal line, and they do not cancel.
    expect(suggestions.map(({ kind, strength, recordIds }) => [kind, strength, recordIds[0]])).toEqual(
      expect.arrayContaining(
        [paymentId, elsewhere.paymentId, creditNoteId, accrual.accrualId, accrual.backTransferId].map((id) => [
          "one_to_one",
          "certain",
          id,
        ]),
      ),
    );
    expect(suggestions).toHaveLength(5);
  });

  it("is accepted at once, undone and accepted again, each record once", async () => {
    expect(await town.value(acceptCertain, side())).toMatchObject({ accepted: 5, paid: 0, amountPence: 7_500_00n });
    const { matches } = await town.value(listReconciliationMatches, side());
    const credit = must(
      matches.find(({ recordIds }) => recordIds.includes(creditNoteId)),
      "the credit note is matched",
    );
    const chosen = { lineIds: [...credit.lineIds], recordIds: [creditNoteId] };
    expect((await town.refusal(acceptMatch, { ...side(), ...chosen })).code).toBe("already_matched");
    await town.value(undoMatch, { matchId: credit.matchId, reason: "Of another invoice" });
    const { items } = await town.value(listUnmatched, { ...side(), asAt: "2013-02-28" });
    expect(items.map(({ side: of, what, amountPence }) => `${of} ${what} ${amountPence}`).sort()).toEqual([
      "listing 7002 -24000",
      "onepot contribution -5000000",
      "onepot credit_note -24000",
    ]);
    expect(await town.value(acceptMatch, { ...side(), ...chosen })).toMatchObject({ amountPence: -240_00n });
  });

  it("has each pound once when the item is resolved, and again when that is taken back", async () => {
    const before = await town.value(showReconciliation, { ...side(), ...MARCH });
    const bearing = { itemId: elsewhere.itemId, how: "from_allocation" as const, allocationId: town.allocationId };
    const cleared = await town.value(clearResolve, { ...bearing, clearedOn: "2013-03-05", reason: "Board, minute 9" });
    const after = await town.value(showReconciliation, { ...side(), ...MARCH });
    expect([after.closing, after.onepotOnly]).toEqual([before.closing, before.onepotOnly]);
    expect(after.hash).toBe(before.hash);
    // The same invoice in the listing once more is nobody's: what was resolved is not there to be matched a second time.
    town.house.value(await town.take("7009,1,12/03/2013,1500.00,4471,41100,Irwell Family Support,Again,SAP 77"));
    const { suggestions, lines } = await town.value(suggest, side());
    expect([suggestions, lines.map(({ document }) => document)]).toEqual([[], ["7009"]]);
    const line = { lineIds: lines.map(({ lineId }) => lineId), recordIds: [elsewhere.paymentId] };
    expect((await town.refusal(acceptMatch, { ...side(), ...line })).code).toBe("already_matched");
    await town.value(reverseTransfer, { transferId: cleared.transferId, reason: "Another allocation" });
    expect((await town.value(suggest, side())).suggestions).toEqual([]);
  });

  it("comes out to the penny, is signed by two, and stops the close until it is", async () => {
    const shown = await town.value(showReconciliation, { ...side(), ...FEBRUARY });
    // Both: 6,240 - 240 + 1,500 + 520; ours less the 50,000 of the January contribution as well.
    expect(shown).toMatchObject({
      period: { onepotPence: 8_020_00n, listingPence: 8_020_00n },
      matchedPence: 8_020_00n,
      matches: 4,
      onepotOnlyPence: -50_000_00n,
      listingOnlyPence: 0n,
      amountDifferences: [],
      differencesPence: 0n,
    });
    const march = await town.value(showReconciliation, { ...side(), ...MARCH });
    expect(march.period).toEqual({ onepotPence: -520_00n, listingPence: -520_00n + 1_500_00n });
    expect(await statesOf(FEBRUARY)).toEqual(["reconciliation stop 1"]);
    const sign = { ...side(), ...FEBRUARY, hash: shown.hash };
    await town.value(signReconciliation, { ...sign, part: "prepared" });
    await town.value(signReconciliation, { ...sign, part: "reviewed" }, { by: town.second });
    expect(await statesOf(FEBRUARY)).toEqual(["reconciliation done 0"]);
    // Nothing was paid in April, and an accrual at its end is cost all the same.
    const april = { from: "2013-04-01", to: "2013-04-30" };
    expect(await statesOf(april)).toEqual(["reconciliation done 0"]);
    const { potId, streamId, supplierId: counterpartyId } = town;
    const owed = { potId, streamId, counterpartyId, kind: "accrual" as const, amountPence: "100", on: april.to };
    await town.value(recordAccrual, owed);
    expect(await statesOf(april)).toEqual(["reconciliation stop 1"]);
  });

  it("is sent no accrual by our journal, and a credit as a credit", async () => {
    const code = { ...side(), costCentre: "4471", startsOn: "2012-04-01" };
    await town.value(mapCode, { ...code, subjective: "9000", subjectiveGroup: 4 });
    await town.value(mapCode, { ...code, subjective: "41100", subjectiveGroup: 5, serviceId: town.serviceId });
    const { batchId } = await town.value(makeJournal, { ...side(), ...FEBRUARY });
    const { content } = await town.value(readOutgoing, { batchId });
    // 6,240 - 240 + 1,500.
    expect(content).toContain(",4471,41100,,5,");
    expect(content).toContain(",7500.00,");
  });
});

it("a payment run that nets a credit is one line and both records", async () => {
  await town.pay(1_000_00n, { reference: "RUN-3", on: "2013-03-06" });
  const credit = { paymentId, amountPence: "1000", creditedOn: "2013-03-06", reason: "Rebate", reference: "RUN-3" };
  await town.value(recordCreditNote, credit);
  town.house.value(await town.take("7020,1,07/03/2013,990.00,4471,41100,Irwell Family Support,Run,RUN-3"));
  const { suggestions, records } = await town.value(suggest, side());
  const netted = must(
    suggestions.find(({ kind }) => kind === "many_to_one"),
    "the sum of both is the line",
  );
  expect([netted.strength, netted.amountPence]).toEqual(["likely", 990_00n]);
  const kinds = records.filter(({ recordId }) => netted.recordIds.includes(recordId)).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["credit_note", "payment"]);
  const { lineIds, recordIds } = netted;
  const accepted = { ...side(), lineIds: [...lineIds], recordIds: [...recordIds] };
  expect(await town.value(acceptMatch, accepted)).toMatchObject({ amountPence: 990_00n });
});

it("a bank account shows credits and what was paid elsewhere, and never an accrual", async () => {
  await town.value(openBank, { potId: town.potId, lastFour: "1234", openedOn: "2012-04-26" });
  const { records } = await town.value(suggest, { ...side(), source: "bank" });
  expect(new Set(records.map(({ kind }) => kind))).toEqual(
    new Set(["contribution", "payment", "paid_elsewhere", "credit_note"]),
  );
});

it("in a shadow pot the host paid what was paid elsewhere, whoever bears it; a credit is whose payment it was", async () => {
  const potId = await town.pot("Shadow", "shadow");
  const streamId = await town.stream("Shadow stream", { pence: 9_000_00n });
  const value = town.house.value;
  value(await town.contribute({ streamId, potId, pence: 5_000_00n }));
  const { allocationId } = value(await town.allocate({ potId, pence: 4_000_00n }));
  const { commitmentId } = value(await town.commit({ allocationId, pence: 3_000_00n }));
  const paid = value(await town.payFor({ commitmentId, pence: 800_00n, on: "2013-02-05" }));
  const credit = { paymentId: paid.paymentId, amountPence: "5000", creditedOn: "2013-02-06", reason: "Rebate" };
  await town.value(recordCreditNote, credit);
  const { supplierId, serviceId } = town;
  const other = { potId, supplierId, serviceId, amountPence: "70000", paidOn: "2013-02-07", reference: "SAP 88" };
  const { items } = await town.value(recordElsewhere, other);
  const standing = async () => {
    const of = async (bodyId: string) =>
      (await town.value(showReconciliation, { bodyId, potId, ...MARCH })).closing.onepotPence;
    return [await of(town.payerId), await of(town.bodyId)];
  };
  expect(await standing()).toEqual([750_00n, 700_00n]);
  const itemId = items[0]?.itemId ?? "";
  await town.value(clearResolve, {
    itemId,
    how: "from_stream",
    streamId,
    clearedOn: "2013-03-05",
    reason: "The department bears it",
  });
  expect(await standing()).toEqual([750_00n, 700_00n]);
});
