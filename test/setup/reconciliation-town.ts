/** A town with a pot and its records, and listings of its host made from lines of text. */
import { createHash } from "node:crypto";
import { recordPayment } from "../../src/ledger/index.ts";
import { openLedgerTown } from "../../src/ledger/ledger.fixture.ts";
import { takeInListing } from "../../src/reconciliation/index.ts";

export async function openReconciliationTown() {
  const town = await openLedgerTown();
  const { house, placeId, hostId } = town;
  const second = await house.personWith("finance_officer", { placeId });
  const potId = await town.pot("Families pot");
  const streamId = await town.stream("Grant", { pence: 100_000_00n });
  house.value(await town.contribute({ streamId, potId, pence: 50_000_00n }));
  const { allocationId } = house.value(await town.allocate({ potId, pence: 40_000_00n })) as { allocationId: string };
  const { commitmentId } = house.value(await town.commit({ allocationId, pence: 30_000_00n })) as {
    commitmentId: string;
  };
  const fileOf = (text: string) => {
    const bytes = Buffer.from(text);
    return { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  const listing = (rows: string) =>
    `Document No,Line,Posting Date,Amount,Cost Centre,Account,Supplier,Text,Reference\n${rows
      .trim()
      .split("\n")
      .map((row) => row.trim())
      .join("\n")}\n`;
  return {
    ...town,
    second,
    potId,
    streamId,
    allocationId,
    commitmentId,
    bodyId: hostId,
    listing,
    take: (rows: string, more: { acceptChanged?: boolean; preview?: boolean } = {}) =>
      town.ask(takeInListing, { name: "listing.csv", body: hostId, file: fileOf(listing(rows)), ...more }),
    fileOf,
    payFor: town.pay,
    pay: async (pence: bigint, the: { readonly reference: string; readonly on?: string }): Promise<string> => {
      const { reference, on: paidOn = "2013-02-01" } = the;
      const payment = { commitmentId, amountPence: String(pence), paidOn, reference };
      return (await town.value(recordPayment, payment)).paymentId;
    },
  };
}

export type ReconciliationTown = Awaited<ReturnType<typeof openReconciliationTown>>;
