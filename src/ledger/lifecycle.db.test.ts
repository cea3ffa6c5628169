/** An allocation and its commitments from plan to credit note: what each leaves, who may have the last of it, and the trace. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { must } from "../lib/assert.ts";
import {
  expireCommitments,
  listCommitments,
  listPrecommitments,
  listStages,
  makePrecommitment,
  recordCommitment,
  recordCreditNote,
  recordVirement,
  releaseCommitment,
  releasePrecommitment,
  reverseTransfer,
  showPot,
  verifyLedger,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

let town: LedgerTown;
let made = 0;
let pot: string;
let streams: readonly string[];
let allocationId: string;
let otherId: string;

beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

/** A pot with £60 of ring-fenced and £40 of free money, £80 of it in one allocation and £20 in another. */
beforeEach(async () => {
  made += 1;
  pot = `Pot ${made}`;
  const potId = await town.pot(pot, "shadow");
  const ring = await town.stream(`Ring ${made}`, { pence: 6000n, ringFenced: true });
  const free = await town.stream(`Free ${made}`, { pence: 4000n });
  streams = [ring, free];
  town.house.value(await town.contribute({ streamId: ring, potId, pence: 6000n }));
  town.house.value(await town.contribute({ streamId: free, potId, pence: 4000n }));
  allocationId = town.house.value(await town.allocate({ potId, pence: 8000n })).allocationId;
  otherId = town.house.value(await town.allocate({ potId, pence: 2000n })).allocationId;
});

const named = (shares: readonly { readonly streamId: string; readonly amountPence: bigint }[]) =>
  shares.map(({ streamId, amountPence }) => `${streamId === streams[0] ? "ring" : "free"} ${amountPence}`).join(", ");

async function allocations(): Promise<readonly string[]> {
  const { allocations: all } = await town.value(showPot, { pot, asAt: DAY });
  const one = (id: string) =>
    must(
      all.find((each) => each.allocationId === id),
      "the allocation is listed",
    );
  return [allocationId, otherId].map((id) => {
    const { amountPence, viredPence, committedPence, paidPence } = one(id);
    return `${amountPence} (${viredPence}), ${committedPence} committed, ${paidPence} paid`;
  });
}

const order = (pence: bigint, more: Record<string, unknown> = {}) => ({
  allocationId,
  kind: "order" as const,
  supplierId: town.supplierId,
  serviceId: town.serviceId,
  amountPence: String(pence),
  committedOn: DAY,
  ...more,
});

const plan = (pence: bigint, more: Record<string, unknown> = {}) => ({
  allocationId,
  amountPence: String(pence),
  madeOn: DAY,
  words: "A plan",
  ...more,
});

const moving = (pence: bigint, more: Record<string, unknown> = {}) => ({
  allocationId,
  toAllocationId: otherId,
  amountPence: String(pence),
  movedOn: DAY,
  decidedBy: "Chief officer",
  power: "Scheme",
  reason: "Fewer orders",
  ...more,
});

describe("a virement", () => {
  it("moves money between allocations, each pound with its stream", async () => {
    const { shares } = await town.value(recordVirement, moving(6500n));
    expect(named(shares)).toBe("ring 6000, free 500");
    expect(await allocations()).toEqual(["1500 (-6500), 0 committed, 0 paid", "8500 (6500), 0 committed, 0 paid"]);
    expect((await town.value(showPot, { pot, asAt: DAY })).figures.allocatedPence).toBe(10_000n);
  });

  it("is refused within one allocation, between pots, and beyond what is there", async () => {
    expect((await town.refusal(recordVirement, moving(1n, { toAllocationId: allocationId }))).code).toBe(
      "same_allocation",
    );
    expect((await town.refusal(recordVirement, moving(8001n))).code).toBe("insufficient_funds");
    const away = await town.pot(`Away ${made}`, "shadow");
    town.house.value(
      await town.contribute({ streamId: await town.stream(`S ${made}`, { pence: 5n }), potId: away, pence: 5n }),
    );
    const { allocationId: far } = town.house.value(await town.allocate({ potId: away, pence: 5n }));
    expect((await town.refusal(recordVirement, moving(1n, { toAllocationId: far }))).code).toBe("another_pot");
  });
});

describe("money set aside before an order", () => {
  it("counts in the limit, is drawn by its commitment, and ends once", async () => {
    const { precommitmentId, shares } = await town.value(makePrecommitment, plan(7000n));
    expect(named(shares)).toBe("ring 6000, free 1000");
    expect(await town.refusal(recordCommitment, order(1001n))).toMatchObject({
      code: "insufficient_funds",
      availablePence: 1000n,
    });
    await town.value(recordCommitment, order(7500n, { precommitmentId }));
    expect((await town.refusal(recordCommitment, order(1n, { precommitmentId }))).code).toBe("precommitment_ended");
    expect((await town.refusal(releasePrecommitment, { precommitmentId, reason: "Late" })).code).toBe(
      "precommitment_ended",
    );
    const { precommitments } = await town.value(listPrecommitments, {});
    expect(precommitments.find((one) => one.precommitmentId === precommitmentId)).toMatchObject({ state: "drawn" });
  });

  it("is kept for its own allocation, and freed when it is released", async () => {
    const { precommitmentId } = await town.value(makePrecommitment, plan(8000n));
    const elsewhere = { ...order(1n, { precommitmentId }), allocationId: otherId };
    expect((await town.refusal(recordCommitment, elsewhere)).code).toBe("another_allocation");
    expect((await town.value(releasePrecommitment, { precommitmentId, reason: "Not needed" })).freedPence).toBe(8000n);
    await town.value(recordCommitment, order(8000n));
  });

  it("goes to one of many who ask for the last of it", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => town.ask(makePrecommitment, plan(1000n))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(8);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });
});

describe("a commitment", () => {
  it("is paid in stages, the earliest first", async () => {
    const stage = (words: string, pence: number) => ({ words, dueOn: DAY, amountPence: String(pence) });
    const stages = [stage("Start", 1000), stage("Half way", 2000), stage("End", 3000)];
    const wrong = await town.refusal(recordCommitment, order(6001n, { stages }));
    expect(wrong).toMatchObject({ code: "stages_do_not_sum", sumPence: 6000n });
    const { commitmentId } = await town.value(recordCommitment, order(6000n, { stages }));
    town.house.value(await town.pay({ commitmentId, pence: 1500n }));
    const listed = await town.value(listStages, { commitmentId, asAt: DAY });
    expect(listed.stages.map(({ words, paidPence }) => `${words} ${paidPence}`)).toEqual([
      "Start 1000",
      "Half way 500",
      "End 0",
    ]);
  });

  it("is released in part and whole, what was drawn last first, and no more than it holds", async () => {
    const { commitmentId } = await town.value(recordCommitment, order(7000n));
    town.house.value(await town.pay({ commitmentId, pence: 5000n }));
    const release = (pence: string | null) => ({
      commitmentId,
      amountPence: pence,
      releasedOn: DAY,
      reason: "Not ordered",
    });
    expect(named((await town.value(releaseCommitment, release("1200"))).shares)).toBe("free 1000, ring 200");
    expect(await town.refusal(releaseCommitment, release("801"))).toMatchObject({ availablePence: 800n });
    expect((await town.value(releaseCommitment, release(null))).amountPence).toBe(800n);
    expect((await allocations())[0]).toBe("8000 (0), 5000 committed, 5000 paid");
    const { commitments } = await town.value(listCommitments, { allocationId, asAt: DAY });
    expect(commitments[0]).toMatchObject({ amountPence: 5000n, releasedPence: 2000n, paidPence: 5000n });
  });

  it("expires after its last day, and never without one", async () => {
    await town.value(recordCommitment, order(3000n, { endsOn: "2013-01-31" }));
    await town.value(recordCommitment, order(2000n));
    const { precommitmentId } = await town.value(makePrecommitment, plan(500n, { endsOn: "2013-02-01" }));
    const { released, precommitments } = await town.value(expireCommitments, {});
    expect(released.map(({ amountPence }) => amountPence)).toEqual([3000n]);
    expect(precommitments).toEqual([precommitmentId]);
    expect((await town.value(expireCommitments, {})).released).toEqual([]);
  });
});

describe("a credit note", () => {
  const credit = (paymentId: string, pence: bigint) => ({
    paymentId,
    amountPence: String(pence),
    creditedOn: DAY,
    reason: "Two visits were not made",
  });

  async function pay(pence: bigint) {
    const { commitmentId } = await town.value(recordCommitment, order(7000n));
    const { paymentId, transferId } = town.house.value(await town.pay({ commitmentId, pence }));
    return { commitmentId, paymentId, transferId };
  }

  it("gives back to the commitment what was drawn last, at most the payment", async () => {
    const { paymentId } = await pay(6500n);
    expect(named((await town.value(recordCreditNote, credit(paymentId, 700n))).shares)).toBe("free 500, ring 200");
    expect(await town.refusal(recordCreditNote, credit(paymentId, 5801n))).toMatchObject({
      code: "credit_over_payment",
      leftPence: 5800n,
    });
    expect((await allocations())[0]).toBe("8000 (0), 7000 committed, 5800 paid");
  });

  it("and a reversal of its payment exclude each other, however often both are tried", async () => {
    for (let round = 0; round < 8; round += 1) {
      const { commitmentId, paymentId, transferId } = await pay(10n);
      const answers = await Promise.all([
        town.ask(recordCreditNote, credit(paymentId, 10n)),
        town.ask(reverseTransfer, { transferId, reason: "Wrong", reversedOn: DAY }),
        town.ask(recordCreditNote, credit(paymentId, 10n)),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      await town.value(releaseCommitment, { commitmentId, releasedOn: DAY, reason: "Next round" });
    }
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });
});
