/** A place with all kinds of rows that can be proved, in both books and several blocks, and its bundle in memory. */
import {
  authoriseApproval,
  prepareApproval,
  refuseApproval,
  setAuthority,
  withdrawApproval,
} from "../../src/approvals/index.ts";
import { recordCreditNote, recordPayment, reverseTransfer } from "../../src/ledger/index.ts";
import { type LedgerTown, openLedgerTown, PLACE } from "../../src/ledger/ledger.fixture.ts";
import { must } from "../../src/lib/assert.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { type Credential, perform } from "../../src/platform/use-case/index.ts";
import { takeBundle } from "../../src/proof/index.ts";
import { sealAll } from "./seal.ts";

export type ProofTown = Awaited<ReturnType<typeof openProofTown>>;

export async function openProofTown() {
  const town = await openLedgerTown();
  const value = town.house.value;
  const ordered: string[] = [];
  for (const mode of ["pooled", "shadow"] as const) {
    const streamId = await town.stream(`A stream "of" ${mode} money\\`, { pence: 5_000_000n });
    const potId = await town.pot(`Pot, ${mode} 🪙`, mode);
    const spare = value(await town.contribute({ streamId, potId, pence: 700n, madeOn: "2012-05-01" }));
    value(await town.contribute({ streamId, potId, pence: 900_000n, madeOn: "2012-05-01" }));
    await sealAll(town);
    const { allocationId } = value(await town.allocate({ potId, pence: 500_000n, on: "2012-06-01" }));
    const { commitmentId } = value(await town.commit({ allocationId, pence: 300_000n, on: "2012-07-01" }));
    for (const pence of [1_000n, 1_000n, 25_000n]) value(await town.pay({ commitmentId, pence, on: "2012-08-01" }));
    ordered.push(commitmentId);
    await sealAll(town);
    const { transferId } = spare;
    await town.value(reverseTransfer, { transferId, reason: "Entered twice", reversedOn: "2012-09-01" });
    await inPlace(town, (tx) =>
      tx.rows(sql`
        select reserve_pence(${town.placeId}, ${newId()}, account_id, record_id, 55, '2012-09-02', null, 'test')
          from ledger_account where kind = 'commitment' and posted_pence > 0 order by account_id limit 1`),
    );
  }
  await decide(town, must(ordered[0], "the pooled pot has an order"));
  await credit(town, must(ordered[1], "the shadow pot has an order"));
  await closePeriod(town, { book: "real", ends: "2012-05-31" });
  await closePeriod(town, { book: "shadow", ends: "2012-05-31" });
  // A late item: its day is in the closed period, its period is the open one.
  await town.stream("One more row for the audit trail", { pence: 1n });
  await sealAll(town);
  return { ...town, ...bundling(town) };
}

/** An invoice of two lines, part of each given back. */
async function credit(town: LedgerTown, commitmentId: string): Promise<void> {
  const { paymentId } = await town.value(recordPayment, {
    commitmentId,
    amountPence: "2200",
    vatRecoveredPence: "200",
    paidOn: "2012-08-01",
    lines: [
      { netPence: "1000", vatPence: "200", recoverablePence: "200", words: "Training" },
      { netPence: "1000", vatPence: "200", words: "Room" },
    ],
  });
  const lines = [
    { line: 1, netPence: "100", vatPence: "20", recoverablePence: "20" },
    { line: 2, netPence: "500", vatPence: "100" },
  ];
  const note = { paymentId, amountPence: "700", creditedOn: "2012-08-03", reason: "Half a day was not held" };
  await town.value(recordCreditNote, { ...note, lines });
}

/** Approvals in each state: carried out by two under a limit, refused, withdrawn, and one that waits with a signature on it. */
async function decide(town: LedgerTown, commitmentId: string): Promise<void> {
  const { house, placeId } = town;
  const administrator = await house.personWith("administrator", { placeId });
  const [one, other] = [await house.second(PLACE), await house.personWith("finance_officer", { placeId })];
  await town.value(
    setAuthority,
    { role: "finance_officer", act: "payment", upToPence: "900", signatures: 2, startsOn: "2012-04-01" },
    { by: administrator },
  );
  const prepared = async (amountPence: string) => {
    const request = { commitmentId, amountPence, paidOn: "2012-08-02" };
    return town.value(prepareApproval, { act: "payment.record", request });
  };
  const sign = ({ approvalId, shownHash }: { approvalId: string; shownHash: string }, by: Credential) =>
    town.value(authoriseApproval, { approvalId, shownHash }, { by });
  const both = await prepared("801");
  await sign(both, one);
  await sign(both, other);
  const refused = await prepared("802");
  await town.value(refuseApproval, { approvalId: refused.approvalId, reason: "Not delivered" }, { by: one });
  const withdrawn = await prepared("803");
  await town.value(withdrawApproval, { approvalId: withdrawn.approvalId });
  await sign(await prepared("804"), one);
}

type Closing = { readonly book: "real" | "shadow"; readonly ends: string };

async function closePeriod(town: LedgerTown, { book, ends }: Closing): Promise<void> {
  await inPlace(town, (tx) =>
    tx.rows(sql`select close_ledger_period(${town.placeId}, ${book}, '2012-04-01', ${ends}::date, 'hard', 'test')`),
  );
}

export function inPlace<T>(
  town: Pick<LedgerTown, "house" | "placeId">,
  work: Parameters<typeof town.house.database.inPlace<T>>[1],
): Promise<T> {
  return town.house.database.inPlace(town.placeId, work);
}

export function bundling(town: LedgerTown) {
  return {
    bundle: async (): Promise<Buffer> => {
      const pieces: Buffer[] = [];
      const sink = async (piece: Buffer): Promise<void> => void pieces.push(piece);
      const asked = { credential: town.finance, place: PLACE, language: "en" as const, input: { sink } };
      town.house.value(await perform(town.house.house, takeBundle, asked));
      return Buffer.concat(pieces);
    },
  };
}
