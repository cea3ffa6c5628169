/** Accruals that come back by themselves, what they make of a statement, and who is owed at a period end. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../platform/ids.ts";
import { closeLedger } from "./close-ledger.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { listAccruals } from "./list-accruals.ts";
import { listDebtors } from "./list-debtors.ts";
import { recordAccrual } from "./record-accrual.ts";
import { recordPayment } from "./record-payment.ts";
import { reverseTransfer } from "./reverse-transfer.ts";
import { showPot } from "./show-pot.ts";
import { showStatement } from "./show-statement.ts";
import { readChecks } from "./store/checks.ts";
import { verifyLedger } from "./verify-ledger.ts";

let town: LedgerTown;
let streamId: string;
let potId: string;
let commitmentId: string;

beforeAll(async () => {
  town = await openLedgerTown();
  const { value } = town.house;
  streamId = await town.stream("Stream", { pence: 900_000_000n });
  potId = await town.pot("Pot");
  value(await town.contribute({ streamId, potId, pence: 1_000_000n, madeOn: "2012-10-01" }));
  const { allocationId } = value(await town.allocate({ potId, pence: 900_000n, on: "2012-10-01" }));
  commitmentId = value(await town.commit({ allocationId, pence: 800_000n, on: "2012-10-01" })).commitmentId;
  value(await town.pay({ commitmentId, pence: 100_000n, on: "2012-12-10" }));
});
afterAll(() => town.house.close());

const record = (
  kind: "accrual" | "prepayment" | "debtor" | "receipt_in_advance",
  the: { readonly pence: string; readonly on?: string; readonly reference?: string; readonly key?: string },
) =>
  town.ask(
    recordAccrual,
    {
      potId,
      streamId,
      kind,
      counterpartyId: town.supplierId,
      serviceId: town.serviceId,
      amountPence: the.pence,
      on: the.on ?? "2012-12-31",
      reference: the.reference ?? "",
    },
    the.key ? { key: the.key } : {},
  );

const costs = async (from: string, asAt: string) => {
  const { costs: found } = await town.value(showStatement, { pot: "pot", from, asAt });
  return Object.fromEntries(Object.entries(found).map(([name, pence]) => [name.replace("Pence", ""), Number(pence)]));
};

describe("an accrual", () => {
  it("moves cost into its period and out of the next, and cash not at all", async () => {
    const before = await town.value(showPot, { pot: "pot", asAt: "2012-12-31" });
    expect((await record("accrual", { pence: "52000", reference: "PO-1" })).ok).toBe(true);
    expect((await record("prepayment", { pence: "9000" })).ok).toBe(true);
    expect((await record("debtor", { pence: "4000", reference: "INV-7" })).ok).toBe(true);
    expect((await record("receipt_in_advance", { pence: "1000" })).ok).toBe(true);
    const after = await town.value(showPot, { pot: "pot", asAt: "2012-12-31" });
    expect(after.figures).toEqual(before.figures);
    const quarter = { paid: 100_000, accrued: 53_000, prepaid: 9_000, owed: 4_000, cost: 140_000 };
    expect(await costs("2012-10-01", "2012-12-31")).toEqual(quarter);
    const january = { paid: 0, accrued: -53_000, prepaid: -9_000, owed: -4_000, cost: -40_000 };
    expect(await costs("2013-01-01", "2013-01-31")).toEqual(january);
    expect(await costs("2012-10-01", "2013-01-31")).toEqual({
      paid: 100_000,
      accrued: 0,
      prepaid: 0,
      owed: 0,
      cost: 100_000,
    });
  });

  it("is made once for a request key, with both its transfers", async () => {
    const key = newId();
    const first = town.house.value(await record("accrual", { pence: "700", on: "2012-11-30", key }));
    expect(town.house.value(await record("accrual", { pence: "700", on: "2012-11-30", key }))).toEqual(first);
    expect(first.transferId).not.toBe(first.backTransferId);
    for (const transferId of [first.transferId, first.backTransferId])
      expect((await town.refusal(reverseTransfer, { transferId, reason: "A test" })).code).toBe("accrual_comes_back");
  });

  it("stands on a period's end, for a stream of the pot, and both entries or none", async () => {
    const code = async (of: ReturnType<typeof record>) => town.house.refusal(await of).code;
    expect(await code(record("accrual", { pence: "1", on: "2012-12-30" }))).toBe("not_a_period_end");
    expect(await code(record("accrual", { pence: "0" }))).toBe("input_not_valid");
    expect(await code(record("accrual", { pence: "1", on: "2099-01-31" }))).toBe("after_today");
    expect(await code(record("accrual", { pence: "1", on: "2012-03-31" }))).toBe("before_opening");
    const other = await town.stream("Elsewhere", { pence: 100n });
    const input = {
      potId,
      streamId: other,
      kind: "accrual",
      counterpartyId: town.supplierId,
      amountPence: "1",
    } as const;
    expect((await town.refusal(recordAccrual, { ...input, on: "2012-12-31" })).code).toBe("stream_not_in_pot");
    // October is closed for good: what September accrues could not come back there.
    await town.value(closeLedger, { period: "2012-13/06", state: "hard" });
    await town.value(closeLedger, { period: "2012-13/07", state: "hard" });
    expect(await code(record("accrual", { pence: "1", on: "2012-09-30" }))).toBe("period_closed");
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("is owed at period ends, and ages by its reference", async () => {
    await record("debtor", { pence: "4000", on: "2013-01-31", reference: "INV-7" });
    await record("debtor", { pence: "300", on: "2013-01-31" });
    const { asAt, counterparties } = await town.value(listDebtors, { asAt: "2013-02-15" });
    expect(asAt).toBe("2013-01-31");
    expect(counterparties).toHaveLength(1);
    expect(counterparties[0]).toMatchObject({
      kind: "debtor",
      amountPence: 4300n,
      to30: 300n,
      to60: 4000n,
      over90: 0n,
    });
    await record("debtor", { pence: "-300", on: "2013-01-31" });
    expect((await town.value(listDebtors, { asAt: "2013-01-31" })).counterparties[0]?.amountPence).toBe(4000n);
  });
});

describe("an accrual that is taken back", () => {
  const on = "2013-02-28";
  const takeBack = (takesBackId: string, the: { readonly pence: string; readonly reference?: string }, key?: string) =>
    town.ask(
      recordAccrual,
      {
        ...{ potId, streamId, kind: "debtor", counterpartyId: town.supplierId, serviceId: town.serviceId, on },
        ...{ amountPence: the.pence, reference: the.reference ?? "", takesBackId },
      },
      key ? { key } : {},
    );
  const listed = async (accrualId: string) => {
    const { accruals } = await town.value(listAccruals, { accrualId });
    return accruals.map(({ standsPence, takesBackPence }) => [standsPence, takesBackPence]);
  };
  const recorded = async (pence: string, reference = "") =>
    town.house.value(await record("debtor", { pence, on, reference })).accrualId;
  const codeOf = async (of: ReturnType<typeof takeBack>) => town.house.refusal(await of).code;

  it("is that one and no other, where neither has a reference, and once", async () => {
    const [january, van] = [await recorded("10000"), await recorded("5000")];
    expect(await listed(van)).toEqual([[5000n, -5000n]]);
    const key = newId();
    const done = town.house.value(await takeBack(van, { pence: "-5000" }, key));
    expect(await listed(van)).toEqual([[0n, null]]);
    expect(await listed(done.accrualId)).toEqual([[0n, null]]);
    expect(await listed(january)).toEqual([[10_000n, -10_000n]]);
    expect(town.house.value(await takeBack(van, { pence: "-5000" }, key))).toEqual(done);
    expect(await codeOf(takeBack(van, { pence: "-5000" }, newId()))).toBe("accrual_taken_back");
    expect(await codeOf(takeBack(done.accrualId, { pence: "5000" }))).toBe("accrual_taken_back");
    expect((await town.value(listDebtors, { asAt: on })).counterparties[0]?.amountPence).toBe(10_000n);
  });

  it("is so by one of many who send it at once", async () => {
    const accrualId = await recorded("700");
    const sent = await Promise.all(Array.from({ length: 8 }, () => takeBack(accrualId, { pence: "-700" }, newId())));
    expect(sent.map((one) => (one.ok ? "done" : one.refusal.code)).sort()).toEqual([
      ...Array.from({ length: 7 }, () => "accrual_taken_back"),
      "done",
    ]);
    expect((await town.value(listDebtors, { asAt: on })).counterparties[0]?.amountPence).toBe(10_000n);
  });

  it("is named in full and turned round, and no more than stands under its reference", async () => {
    const [first, second] = [await recorded("500", "INV-8"), await recorded("300", "INV-8")];
    expect(await codeOf(takeBack(newId(), { pence: "-500" }))).toBe("accrual_not_found");
    expect(await codeOf(takeBack(first, { pence: "-500" }))).toBe("accrual_not_turned_round");
    expect(await codeOf(takeBack(first, { pence: "-501", reference: "INV-8" }))).toBe("accrual_not_turned_round");
    expect(await codeOf(takeBack(first, { pence: "500", reference: "INV-8" }))).toBe("accrual_not_turned_round");
    town.house.value(await takeBack(first, { pence: "-500", reference: "INV-8" }));
    expect([await listed(first), await listed(second)]).toEqual([[[300n, null]], [[300n, -300n]]]);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });
});

it("the check finds an accrual that takes back what is not it turned round", async () => {
  const check = (await readChecks()).find(({ name }) => name.startsWith("accruals-come-back"));
  const owner = new pg.Client({ connectionString: town.house.adminUrl });
  await owner.connect();
  try {
    expect((await owner.query(check?.query ?? "")).rows).toEqual([]);
    await owner.query("begin");
    await owner.query(
      `update accrual a set takes_back_id = (select accrual_id from accrual b where b.kind <> a.kind limit 1)
        where reference = 'PO-1'`,
    );
    expect((await owner.query(check?.query ?? "")).rows).toMatchObject([
      { found: expect.stringMatching(/^accrual \S+: takes back \S+, which is not it turned round$/) },
    ]);
    await owner.query("rollback");
  } finally {
    await owner.end();
  }
});

describe("a payment's lines", () => {
  const pay = (lines: Record<string, string>[] | undefined) =>
    town.ask(recordPayment, {
      commitmentId,
      amountPence: "100000",
      vatRecoveredPence: "10000",
      paidOn: "2013-01-15",
      ...(lines && { lines: lines as never }),
    });

  it("make up what the pot bears and what is recovered", async () => {
    expect((await pay([{ netPence: "90000", vatPence: "20000", recoverablePence: "10000" }])).ok).toBe(true);
    expect((await pay(undefined)).ok).toBe(true);
    const refused = await pay([{ netPence: "90000", vatPence: "10000", recoverablePence: "10000" }]);
    expect(town.house.refusal(refused)).toMatchObject({ code: "lines_do_not_sum", sumPence: 90_000n });
  });
});
