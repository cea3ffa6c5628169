/**
 * Money between a pot and its part, worked by hand: £90 put into the pot from two streams, £40 handed to a part, £15 of
 * that allocated there and £5 handed back. What the two have together is £90 throughout.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareApproval, showApproval } from "../../src/approvals/index.ts";
import {
  listPots,
  openPot,
  recordAllocation,
  recordHandover,
  reverseTransfer,
  showPot,
  showStatement,
  verifyLedger,
} from "../../src/ledger/index.ts";
import { DAY, type LedgerTown, openLedgerTown, PLACE } from "../../src/ledger/ledger.fixture.ts";
import { readChecks } from "../../src/ledger/store/checks.ts";
import { must } from "../../src/lib/assert.ts";
import { addPartner, showPlace } from "../../src/places/index.ts";
import { perform } from "../../src/platform/use-case/index.ts";
import { followRecord } from "../../src/trace/index.ts";

let town: LedgerTown;
let whole: string;
let part: string;
let grant: string;
let fees: string;

const opening = { purpose: "Its own works", mode: "pooled", openedOn: "2012-04-01", part: "neighbourhood" } as const;
const deciding = { movedOn: DAY, decidedBy: "The board", power: "Clause 9", reason: "Small works" };
const hand = (more: Readonly<Record<string, unknown>>) =>
  ({ potId: whole, toPotId: part, amountPence: "4000", ...deciding, ...more }) as never;

beforeAll(async () => {
  town = await openLedgerTown();
  whole = await town.pot("Whole pot");
  part = (await town.value(openPot, { ...opening, name: "Weir part", hostId: town.hostId, parentId: whole })).potId;
  // The ring-fenced money is the more restricted, so it is drawn first.
  grant = await town.stream("Grant", { pence: 3000n, ringFenced: true });
  fees = await town.stream("Fees", { pence: 6000n });
  town.house.value(await town.contribute({ streamId: grant, potId: whole, pence: 3000n }));
  town.house.value(await town.contribute({ streamId: fees, potId: whole, pence: 6000n }));
});
afterAll(() => town.house.close());

const figuresOf = async (pot: string) => {
  const { figures } = await town.value(showPot, { pot });
  return [figures.contributedPence, figures.allocatedPence, figures.unallocatedPence, figures.leftPence];
};
const together = async () => {
  const { pots, real } = await town.value(listPots, {});
  return [pots.reduce((sum, one) => sum + one.contributedPence, 0n), real.contributedPence];
};

describe("money handed to a part", () => {
  let handoverId: string;

  it("keeps its stream, the most restricted first, and is put in where it stands and nowhere else", async () => {
    const handed = await town.value(recordHandover, hand({}), { key: "0199c0de-0000-7000-8000-0000000000a1" });
    handoverId = handed.handoverId;
    expect(handed.shares).toEqual([
      { streamId: grant, amountPence: 3000n },
      { streamId: fees, amountPence: 1000n },
    ]);
    expect(await figuresOf("whole-pot")).toEqual([5000n, 0n, 5000n, 5000n]);
    expect(await figuresOf("weir-part")).toEqual([4000n, 0n, 4000n, 4000n]);
    expect(await together()).toEqual([9000n, 9000n]);
    const { handovers, withParts } = await town.value(showPot, { pot: "whole-pot" });
    expect(handovers).toMatchObject([{ handoverId, way: "out", otherSlug: "weir-part", amountPence: 4000n }]);
    expect(withParts?.contributedPence).toBe(9000n);
    expect((await town.value(showPot, { pot: "weir-part" })).handovers).toMatchObject([
      { way: "in", otherSlug: "whole-pot" },
    ]);
  });

  it("is done once for one key", async () => {
    const again = await town.value(recordHandover, hand({}), { key: "0199c0de-0000-7000-8000-0000000000a1" });
    expect(again.handoverId).toBe(handoverId);
    expect(await figuresOf("weir-part")).toEqual([4000n, 0n, 4000n, 4000n]);
  });

  it("is spent there, and what is not allocated goes back", async () => {
    const decision = { name: "Bench", decidedBy: "Residents", decidedOn: DAY, power: "Clause 9" };
    await town.value(recordAllocation, { potId: part, amountPence: "1500", ...decision });
    const back = await town.value(recordHandover, hand({ potId: part, toPotId: whole, amountPence: "500" }));
    // £15 of the £30 grant is allocated, so £15 of it is still the most restricted there.
    expect(back.shares).toEqual([{ streamId: grant, amountPence: 500n }]);
    expect(await figuresOf("whole-pot")).toEqual([5500n, 0n, 5500n, 5500n]);
    expect(await figuresOf("weir-part")).toEqual([3500n, 1500n, 2000n, 3500n]);
    expect(await together()).toEqual([9000n, 9000n]);
    expect((await town.refusal(recordHandover, hand({ potId: part, toPotId: whole, amountPence: "2001" }))).code).toBe(
      "insufficient_funds",
    );
  });

  it("stands in both statements, each with its own running balance", async () => {
    const linesOf = async (pot: string) =>
      (await town.value(showStatement, { pot })).entries
        .filter(({ kind }) => kind === "handover")
        .map(({ amountPence, changePence, balancePence }) => [amountPence, changePence, balancePence]);
    expect(await linesOf("whole-pot")).toEqual([
      [4000n, -4000n, 5000n],
      [500n, 500n, 5500n],
    ]);
    expect(await linesOf("weir-part")).toEqual([
      [4000n, 4000n, 4000n],
      [500n, -500n, 3500n],
    ]);
  });

  it("is followed both ways: from the stream through the part to what was bought, and back", async () => {
    type Node = {
      readonly record: { readonly kind: string; readonly id: string };
      readonly amountPence: bigint | null;
      readonly branches: readonly Node[];
    };
    const chains = (node: Node, before: readonly string[] = []): readonly string[] => {
      const own = [...before, `${node.record.kind} ${node.amountPence}`];
      return node.branches.length === 0 ? [own.join(", ")] : node.branches.flatMap((one) => chains(one, own));
    };
    const { down } = await town.value(followRecord, { record: grant });
    expect(chains(down as Node)).toEqual([
      "stream 3000, contribution 3000, pot 3000, handover 3000, pot 3000, allocation 1500",
      "stream 3000, contribution 3000, pot 3000, handover 3000, pot 3000, handover 500, pot 500",
    ]);
    const { allocations } = await town.value(showPot, { pot: "weir-part" });
    const { up } = await town.value(followRecord, { record: allocations[0]?.allocationId ?? "" });
    expect(chains(up as Node).map((chain) => chain.replace(/, partner.*/, ""))).toEqual([
      "allocation 1500, pot 1500, handover 1500, pot 1500, contribution 1500, stream 1500",
    ]);
    const own = await town.value(followRecord, { record: handoverId });
    expect(own.record).toMatchObject({ kind: "handover", amountPence: 4000n });
  });

  it("is reversed like any other, and every check finds nothing", async () => {
    const handed = await town.value(recordHandover, hand({ amountPence: "700" }));
    await town.value(reverseTransfer, { transferId: handed.transferId, reason: "The wrong part", reversedOn: DAY });
    expect(await figuresOf("whole-pot")).toEqual([5500n, 0n, 5500n, 5500n]);
    const { handovers } = await town.value(showPot, { pot: "whole-pot" });
    expect(handovers.filter(({ reversed }) => reversed).map(({ amountPence }) => amountPence)).toEqual([700n]);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });
});

describe("money is not handed", () => {
  it("elsewhere than between a pot and its part, over what is there, to another body, or before it opened", async () => {
    const other = await town.pot("Other pot");
    const refused = async (more: Readonly<Record<string, unknown>>) =>
      (await town.refusal(recordHandover, hand(more))).code;
    expect(await refused({ toPotId: other })).toBe("not_its_part");
    expect(await refused({ toPotId: whole })).toBe("not_its_part");
    expect(await refused({ amountPence: "5501" })).toBe("insufficient_funds");
    expect(await refused({ movedOn: "2012-03-31" })).toBe("before_opening");
    const charity = { name: "Weir Trust", kind: "charity" } as const;
    const { partnerId: hostId } = await town.value(addPartner, { ...charity, parts: ["host"] });
    const away = await town.value(openPot, { ...opening, name: "Trust part", hostId, parentId: whole });
    expect(await refused({ toPotId: away.potId })).toBe("another_host");
  });

  it("by one person where it is real, and at once where it is shadow", async () => {
    const alone = (input: ReturnType<typeof hand>) =>
      perform(town.house.house, recordHandover, { credential: town.finance, place: PLACE, language: "en", input });
    expect(town.house.refusal(await alone(hand({}))).code).toBe("needs_two_people");
    const shadow = await town.pot("Shadow whole", "shadow");
    const inShadow = {
      ...opening,
      mode: "shadow",
      name: "Shadow part",
      hostId: town.hostId,
      parentId: shadow,
    } as const;
    const { potId: toPotId } = await town.value(openPot, inShadow);
    town.house.value(await town.contribute({ streamId: fees, potId: shadow, pence: 100n }));
    town.house.value(await alone(hand({ potId: shadow, toPotId, amountPence: "60" })));
    expect(await figuresOf("shadow-part")).toEqual([60n, 0n, 60n, 60n]);
  });
});

describe("what a part in one area handed back", () => {
  const reversal = "transfer.reverse";

  it("is taken from the whole place's pot by nobody who may record for that area alone", async () => {
    const { areas } = await town.value(showPlace, {});
    const { areaId, slug } = must(areas[0], "the place is made of councils");
    const inArea = { ...opening, name: "Area part", hostId: town.hostId, parentId: whole, areaId };
    const toPotId = (await town.value(openPot, inArea)).potId;
    await town.value(recordHandover, hand({ toPotId, amountPence: "500" }));
    const back = await town.value(recordHandover, hand({ potId: toPotId, toPotId: whole, amountPence: "400" }));
    const by = await town.house.personWith("finance_officer", { placeId: town.placeId, areaId });
    const request = { transferId: back.transferId, reason: "Handed back in error", reversedOn: DAY };
    const there = { place: slug, by };
    expect((await town.refusal(recordHandover, hand({ toPotId, amountPence: "400" }), there)).code).toBe(
      "another_area",
    );
    expect((await town.refusal(prepareApproval, { act: reversal, request }, there)).code).toBe("another_area");
    expect((await town.refusal(reverseTransfer, request, there)).code).toBe("another_area");

    // Who may record for the whole place prepares it; whose money it takes, and where it goes, is shown and what limits count by.
    const prepared = await town.value(prepareApproval, { act: reversal, request });
    const { approvalId } = prepared;
    expect(await town.value(showApproval, { approvalId })).toMatchObject({ potId: whole, areaId: null });
    const shown = Object.fromEntries(prepared.shown.map(({ label, text }) => [label.en, text.en]));
    expect(shown).toMatchObject({ "Pot that gives": "Whole pot", "Pot that receives": "Area part" });
    await town.value(reverseTransfer, request);
    expect(await figuresOf("area-part")).toEqual([500n, 0n, 500n, 500n]);
  });
});

it("the check finds a handover whose pots are not a pot and its part", async () => {
  const check = (await readChecks()).find(({ name }) => name.startsWith("handovers-are"));
  const owner = new pg.Client({ connectionString: town.house.adminUrl });
  await owner.connect();
  try {
    expect((await owner.query(check?.query ?? "")).rows).toEqual([]);
    await owner.query("begin");
    await owner.query("update handover set to_pot_id = (select pot_id from pot where slug = 'other-pot')");
    expect((await owner.query(check?.query ?? "")).rows.length).toBeGreaterThan(0);
    await owner.query("rollback");
  } finally {
    await owner.end();
  }
});
