/** Virements, releases and credit notes are followed both ways, like the records they stand between. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordCreditNote, recordVirement, releaseCommitment } from "../../src/ledger/index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "../../src/ledger/ledger.fixture.ts";
import { followRecord } from "../../src/trace/index.ts";

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

it("finds them from every end", async () => {
  const potId = await town.pot("A pot", "shadow");
  const streamId = await town.stream("A stream", { pence: 10_000n });
  town.house.value(await town.contribute({ streamId, potId, pence: 10_000n }));
  const { allocationId } = town.house.value(await town.allocate({ potId, pence: 8000n }));
  const { allocationId: toAllocationId } = town.house.value(await town.allocate({ potId, pence: 2000n }));
  const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 5000n }));
  const { paymentId } = town.house.value(await town.pay({ commitmentId, pence: 1000n }));
  const reason = "Two visits were not made";
  const { creditNoteId } = await town.value(recordCreditNote, {
    paymentId,
    amountPence: "400",
    creditedOn: DAY,
    reason,
  });
  await town.value(releaseCommitment, { commitmentId, amountPence: "2000", releasedOn: DAY, reason: "Less" });
  const scheme = { decidedBy: "Chief officer", power: "Scheme", reason: "Fewer orders" };
  const moving = { allocationId, toAllocationId, amountPence: "1500", movedOn: DAY, ...scheme };
  const { virementId } = await town.value(recordVirement, moving);

  const follow = (record: string) => town.value(followRecord, { record });
  type Node = Awaited<ReturnType<typeof follow>>["down"];
  const kinds = (node: Node): readonly string[] => node.branches.flatMap((one) => [one.record.kind, ...kinds(one)]);
  expect(new Set(kinds((await follow(allocationId)).down))).toEqual(
    new Set(["commitment", "payment", "service", "release", "allocation", "virement"]),
  );
  const noted = await follow(creditNoteId);
  expect([noted.up.branches[0]?.record.id, noted.down.branches[0]?.record.id]).toEqual([paymentId, commitmentId]);
  expect((await follow(paymentId)).stops.map(({ words }) => words.en)).toContain(`£4.00 was credited back: ${reason}`);
  expect(kinds((await follow(toAllocationId)).up)).toContain("virement");
  const moved = await follow(virementId);
  expect([moved.up.branches[0]?.record.id, moved.down.branches[0]?.record.id]).toEqual([allocationId, toAllocationId]);
  expect(moved.up.branches[0]?.amountPence).toBe(1500n);
});
