/** A partner's quarter: opening and movements make the closing in each book, and its hash is of its figures. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeLedger } from "./close-ledger.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { listPartnerStatements } from "./list-partner-statements.ts";
import { recordAccrual } from "./record-accrual.ts";
import { recordContribution } from "./record-contribution.ts";
import { sendPartnerStatement } from "./send-partner-statement.ts";
import { showPartnerStatement } from "./show-partner-statement.ts";

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

it("says what a funder put in, what that paid for and what is left, each book apart", async () => {
  const { value } = town.house;
  const [streamId, real, shadow] = [
    await town.stream("Stream", { pence: 900_000_000n }),
    await town.pot("Real pot"),
    await town.pot("Shadow pot", "shadow"),
  ];
  value(await town.contribute({ streamId, potId: real, pence: 50_000n, madeOn: "2012-05-01" }));
  value(await town.contribute({ streamId, potId: real, pence: 30_000n, madeOn: "2012-10-15" }));
  value(await town.contribute({ streamId, potId: shadow, pence: 7_000n, madeOn: "2012-11-01" }));
  const { allocationId } = value(await town.allocate({ potId: real, pence: 60_000n, on: "2012-10-16" }));
  const { commitmentId } = value(await town.commit({ allocationId, pence: 40_000n, on: "2012-10-17" }));
  value(await town.pay({ commitmentId, pence: 15_000n, on: "2012-12-20" }));
  value(await town.pay({ commitmentId, pence: 1_000n, on: "2013-01-10" }));
  const owed = { potId: real, streamId, kind: "accrual", counterpartyId: town.supplierId, amountPence: "900" } as const;
  await town.value(recordAccrual, { ...owed, on: "2012-12-31" });

  const funder = await town.value(showPartnerStatement, { partnerId: town.payerId, quarter: "2012-13/Q3" });
  expect(funder.books.map(({ book }) => book)).toEqual(["real", "shadow"]);
  expect(funder.books[0]?.totals).toEqual({
    openingPence: 50_000n,
    putInPence: 30_000n,
    paidPence: 15_000n,
    returnedPence: 0n,
    movedPence: 0n,
    closingPence: 65_000n,
    committedPence: 25_000n,
    accruedPence: 900n,
  });
  expect(funder.books[0]?.bought).toMatchObject([{ service: "Key workers", amountPence: 15_000n }]);
  expect(funder.books[1]?.totals).toMatchObject({ openingPence: 0n, putInPence: 7_000n, closingPence: 7_000n });

  const supplier = await town.value(showPartnerStatement, { partnerId: town.supplierId, quarter: "2012-13/Q3" });
  expect(supplier.books).toHaveLength(1);
  expect(supplier.books[0]).toMatchObject({
    holdings: [],
    received: [{ amountPence: 15_000n }],
    between: [{ kind: "accrual", amountPence: 900n }],
  });
  expect(supplier.figuresHash).not.toBe(funder.figuresHash);
});

it("is marked as sent with the hash of the figures that went out", async () => {
  const asked = { partnerId: town.payerId, quarter: "2012-13/Q2" };
  const { figuresHash } = await town.value(showPartnerStatement, asked);
  const refused = await town.refusal(sendPartnerStatement, { ...asked, figuresHash: "0".repeat(64) });
  expect(refused.code).toBe("figures_changed");
  await town.value(sendPartnerStatement, { ...asked, figuresHash });
  const { statements } = await town.value(listPartnerStatements, { quarter: "2012-13/Q2" });
  expect(statements).toMatchObject([{ partnerId: town.payerId, figuresHash }]);
});

it("is the same for ever once its quarter is closed: a late item counts in the next", async () => {
  const { value } = town.house;
  const asked = { partnerId: town.payerId, quarter: "2012-13/Q3" };
  const before = await town.value(showPartnerStatement, asked);
  value(await town.ask(closeLedger, { period: "2012-13/Q1", state: "hard" }));
  value(await town.ask(closeLedger, { period: "2012-13/Q2", state: "hard" }));
  value(await town.ask(closeLedger, { period: "2012-13/Q3", state: "hard" }));
  const streamId = await town.stream("Later", { pence: 900n });
  const potId = await town.pot("Later pot");
  const input = { streamId, potId, amountPence: "500", madeOn: "2012-12-01" };
  expect((await town.refusal(recordContribution, input)).code).toBe("period_closed");
  await town.value(recordContribution, { ...input, late: true });
  const after = await town.value(showPartnerStatement, asked);
  expect(after.figuresHash).toBe(before.figuresHash);
  const next = await town.value(showPartnerStatement, { ...asked, quarter: "2012-13/Q4" });
  expect(next.books[0]?.totals.openingPence).toBe(65_000n);
  expect(next.books[0]?.totals.putInPence).toBe(500n);
});
