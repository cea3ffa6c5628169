/** No record draws on money before the day it was there, so that the figures of no day fall below nought. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reverseTransfer, showPot, verifyLedger } from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

const BEFORE = "2013-01-10";
const AFTER = "2013-01-20";
let town: LedgerTown;

beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

async function fund(name: string, pence: bigint) {
  const streamId = await town.stream(name, { pence });
  const potId = await town.pot(`Pot of ${name}`);
  town.house.value(await town.contribute({ streamId, potId, pence }));
  return { streamId, potId };
}

const then = (refusal: object) => expect(refusal).toMatchObject({ code: "insufficient_funds_then" });

describe("a day before the money was there", () => {
  it("is refused of an allocation, a commitment and a payment, whatever the account holds now", async () => {
    const { potId } = await fund("Early", 100n);
    const refused = town.house.refusal(await town.allocate({ potId, pence: 60n, on: BEFORE }));
    expect(refused).toMatchObject({ code: "insufficient_funds_then", day: BEFORE, availablePence: 0n });
    const { allocationId } = town.house.value(await town.allocate({ potId, pence: 60n }));
    then(town.house.refusal(await town.commit({ allocationId, pence: 50n, on: BEFORE })));
    const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 50n }));
    then(town.house.refusal(await town.pay({ commitmentId, pence: 40n, on: BEFORE })));
    town.house.value(await town.pay({ commitmentId, pence: 40n }));
    expect(await town.value(verifyLedger, {})).toBeDefined();
  });

  it("counts what was used on the days between", async () => {
    const { streamId, potId } = await fund("Between", 100n);
    const shares = (pence: bigint) => [{ streamId, amountPence: String(pence) }];
    const made = town.house.value(await town.allocate({ potId, pence: 70n, on: AFTER }));
    await town.value(reverseTransfer, { transferId: made.transferId, reason: "Test", reversedOn: "2013-01-25" });
    // 100 are there now and on DAY; from AFTER until the reversal there were 30.
    const refused = town.house.refusal(await town.allocate({ potId, pence: 31n, shares: shares(31n) }));
    expect(refused).toMatchObject({ code: "insufficient_funds_then", day: AFTER, availablePence: 30n });
    town.house.value(await town.allocate({ potId, pence: 30n, shares: shares(30n) }));
    const { figures } = await town.value(showPot, { pot: "Pot of Between", asAt: AFTER });
    expect([figures.allocatedPence, figures.unallocatedPence]).toEqual([100n, 0n]);
    expect(await town.value(verifyLedger, {})).toBeDefined();
  });

  it("is found by the check of days where it was written past the posting function", async () => {
    const { potId } = await fund("Late", 100n);
    town.house.value(await town.allocate({ potId, pence: 60n }));
    const admin = await town.house.admin();
    await admin.query(
      `with moved as (update transfer set effective_on = $1
           where transfer_id in (select transfer_id from allocation where pot_id = $2) returning transfer_id)
         update entry set effective_on = $1 where transfer_id in (select transfer_id from moved)`,
      [BEFORE, potId],
    );
    await admin.end();
    const refused = await town.refusal(verifyLedger, {});
    expect(JSON.stringify(refused)).toContain("at the end of 2013-01-10");
  });
});

it("refuses more recovered tax than the payment it was charged on", async () => {
  const { potId } = await fund("Taxed", 100n);
  const { allocationId } = town.house.value(await town.allocate({ potId, pence: 60n }));
  const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 50n }));
  const refused = town.house.refusal(await town.pay({ commitmentId, pence: 40n, vat: 41n }));
  expect(refused).toMatchObject({ code: "vat_over_amount", amountPence: 40n });
  town.house.value(await town.pay({ commitmentId, pence: 40n, vat: 40n, on: DAY }));
});
