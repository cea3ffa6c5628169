/** What was paid elsewhere is followed both ways: payment to its item, item to whoever bore it, and back, to the penny. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clearResolve, recordElsewhere } from "../../src/ledger/index.ts";
import { type LedgerTown, openLedgerTown } from "../../src/ledger/ledger.fixture.ts";
import { followRecord } from "../../src/trace/index.ts";

const DAY = "2013-01-15";
let town: LedgerTown;
let made: {
  streamId: string;
  other: string;
  allocationId: string;
  commitmentId: string;
  paymentId: string;
  itemId: string;
};

beforeAll(async () => {
  town = await openLedgerTown();
  const streamId = await town.stream("First", { pence: 1000n });
  const other = await town.stream("Second", { pence: 1000n });
  const potId = await town.pot("Trace pot");
  town.house.value(await town.contribute({ streamId, potId, pence: 100n }));
  const first = town.house.value(await town.allocate({ potId, pence: 100n }));
  town.house.value(await town.contribute({ streamId: other, potId, pence: 50n }));
  const { allocationId } = town.house.value(await town.allocate({ potId, pence: 50n }));
  const { commitmentId } = town.house.value(await town.commit({ allocationId: first.allocationId, pence: 60n }));
  const paying = { commitmentId, amountPence: "90", paidOn: DAY, reference: "SAP 9" };
  const { paymentId, items } = await town.value(recordElsewhere, paying);
  made = { streamId, other, allocationId, commitmentId, paymentId, itemId: items[0]?.itemId ?? "" };
});
afterAll(() => town.house.close());

type Followed = Awaited<ReturnType<typeof follow>>;
const follow = (record: string) => town.value(followRecord, { record });
const branchesOf = (node: Followed["up"]): unknown[] =>
  node.branches.map(({ record, amountPence }) => [record.kind, record.id, amountPence]);
const stopsOf = (node: Followed["up"]) => node.stops.map(({ amountPence }) => amountPence);

describe("a payment made elsewhere", () => {
  it("leads up to its commitment and to its item, which nobody has borne yet", async () => {
    const payment = await follow(made.paymentId);
    expect(branchesOf(payment.up)).toEqual([
      ["commitment", made.commitmentId, 60n],
      ["resolve_item", made.itemId, 30n],
    ]);
    expect(payment.up.branches.map(stopsOf)).toEqual([[], [30n]]);
    expect(branchesOf(payment.down)).toEqual([
      ["service", town.serviceId, 60n],
      ["service", town.serviceId, 30n],
    ]);
    const item = await follow(made.itemId);
    expect(branchesOf(item.down)).toEqual([["payment", made.paymentId, 30n]]);
    expect(item.down.branches.map(branchesOf)).toEqual([[["service", town.serviceId, 30n]]]);
    expect(branchesOf((await follow(town.serviceId)).up)).toEqual([
      ["payment", made.paymentId, 60n],
      ["resolve_item", made.itemId, 30n],
    ]);
  });

  it("leads on to the allocation and the stream that bore it", async () => {
    const clearing = { itemId: made.itemId, reason: "Agreed" };
    const { allocationId, itemId, paymentId, other } = made;
    await town.value(clearResolve, { ...clearing, how: "from_allocation", allocationId, amountPence: "20" });
    await town.value(clearResolve, { ...clearing, how: "from_stream", streamId: other, amountPence: "7" });
    const item = await follow(itemId);
    expect(branchesOf(item.up)).toEqual(
      expect.arrayContaining([
        ["allocation", allocationId, 20n],
        ["stream", other, 7n],
      ]),
    );
    expect(stopsOf(item.up)).toEqual([3n]);
    const service = branchesOf((await follow(town.serviceId)).up);
    expect(service).toEqual(
      expect.arrayContaining([
        ["payment", paymentId, 60n],
        ["resolve_item", itemId, 27n],
        ["resolve_item", itemId, 3n],
      ]),
    );
    const allocation = await follow(allocationId);
    expect(branchesOf(allocation.down)).toEqual([["resolve_item", itemId, 20n]]);
    expect(allocation.down.branches.map(branchesOf)).toEqual([[["payment", paymentId, 20n]]]);
    expect(allocation.down.branches[0]?.branches.map(branchesOf)).toEqual([[["service", town.serviceId, 20n]]]);
    const stream = await follow(other);
    expect(branchesOf(stream.down)).toEqual(expect.arrayContaining([["resolve_item", itemId, 7n]]));
  });
});
