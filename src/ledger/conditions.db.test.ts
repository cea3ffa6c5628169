/** Conditions follow the pound: whoever allocates, commits or pays, by a rule or by stated shares, meets them or is refused. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPartner, addTheme } from "../places/index.ts";
import {
  openStream,
  recordAllocation,
  recordCommitment,
  recordPayment,
  setDrawOrder,
  showStream,
  verifyLedger,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

let town: LedgerTown;
let families: string;
let roads: string;
let otherId: string;
let count = 0;

beforeAll(async () => {
  town = await openLedgerTown();
  const operator = { by: { kind: "operator" as const } };
  families = (await town.value(addTheme, { name: "Families" }, operator)).themeId;
  roads = (await town.value(addTheme, { name: "Roads" }, operator)).themeId;
  otherId = (await town.value(addPartner, { name: "Other supplier", kind: "charity", parts: ["provider"] })).partnerId;
});
afterAll(() => town.house.close());

async function streamWith(name: string, of: { readonly conditions?: readonly unknown[]; readonly capital?: boolean }) {
  const input = {
    name,
    payerId: town.payerId,
    amountPence: "100000",
    startsOn: "2012-04-01",
    endsOn: "2013-03-31",
    power: "Section 31",
    capital: of.capital ?? false,
    conditions: (of.conditions ?? []) as never[],
  };
  return (await town.value(openStream, input)).streamId;
}

async function potWith(streams: Readonly<Record<string, bigint>>) {
  count += 1;
  const potId = await town.pot(`Pot ${count}`);
  for (const [streamId, pence] of Object.entries(streams))
    town.house.value(await town.contribute({ streamId, potId, pence }));
  return potId;
}

const deciding = { name: "Work", decidedBy: "The board", decidedOn: DAY, power: "Clause 7" };
const buying = () => ({
  kind: "order" as const,
  supplierId: town.supplierId,
  serviceId: town.serviceId,
  committedOn: DAY,
});

describe("a stream's conditions", () => {
  it("are kept with their terms, the period's ends from the stream, and shown; words alone bind nobody", async () => {
    const streamId = await streamWith("Terms", {
      conditions: [
        { kind: "period", words: "Within the year", terms: {} },
        { kind: "eligible_cost", words: "Staff", terms: { groups: [1] } },
        { kind: "purpose", words: "For good causes" },
      ],
    });
    const { conditions } = await town.value(showStream, { streamId });
    expect(conditions).toEqual([
      { number: 1, kind: "period", words: "Within the year", terms: { from: "2012-04-01", to: "2013-03-31" } },
      { number: 2, kind: "eligible_cost", words: "Staff", terms: { groups: [1] } },
      { number: 3, kind: "purpose", words: "For good causes", terms: null },
    ]);
  });

  it.each([
    [
      "a theme that is not there",
      "purpose",
      { themeIds: ["0199c0de-0000-7000-8000-00000000dead"] },
      "condition_theme_not_found",
    ],
    [
      "a partner that is not there",
      "partner",
      { partnerIds: ["0199c0de-0000-7000-8000-00000000dead"] },
      "condition_partner_not_found",
    ],
    ["terms of another kind", "purpose", { groups: [1] }, "input_not_valid"],
    ["no terms where some are needed", "partner", {}, "input_not_valid"],
    ["a group that is not one of ten", "eligible_cost", { groups: [11] }, "input_not_valid"],
    ["a period that ends before it starts", "period", { from: "2013-01-01", to: "2012-01-01" }, "input_not_valid"],
  ])("are refused with %s", async (_, kind, terms, code) => {
    const input = {
      name: `Refused ${kind}`,
      payerId: town.payerId,
      amountPence: "1",
      startsOn: "2012-04-01",
      endsOn: "2013-03-31",
      power: "Section 31",
      conditions: [{ kind: kind as "purpose", words: "In words", terms }],
    };
    expect((await town.refusal(openStream, input)).code).toBe(code);
  });
});

describe("money with conditions", () => {
  it("is passed over at the allocation, and the refusal says which stream, which condition and how much", async () => {
    const fenced = await streamWith("For families", {
      conditions: [{ kind: "purpose", words: "Spend on families", terms: { themeIds: [families] } }],
    });
    const free = await streamWith("Free A", {});
    const potId = await potWith({ [fenced]: 700n, [free]: 300n });
    const made = await town.value(recordAllocation, { potId, amountPence: "100", themeId: roads, ...deciding });
    expect(made.shares).toEqual([{ streamId: free, amountPence: 100n }]);
    const refused = await town.refusal(recordAllocation, { potId, amountPence: "500", themeId: roads, ...deciding });
    expect(refused).toEqual({
      code: "condition_not_met",
      availablePence: 200n,
      kept: [
        {
          streamId: fenced,
          stream: "For families",
          capital: false,
          keptPence: 700n,
          unmet: [{ number: 1, kind: "purpose", words: "Spend on families" }],
        },
      ],
    });
    const shares = [{ streamId: fenced, amountPence: "50" }];
    const stated = { potId, amountPence: "50", themeId: roads, ...deciding, shares };
    expect(await town.refusal(recordAllocation, stated)).toMatchObject({
      code: "condition_not_met",
      kept: [{ streamId: fenced, keptPence: 50n }],
    });
    const more = { potId, amountPence: "901", themeId: roads, ...deciding };
    expect(await town.refusal(recordAllocation, more)).toEqual({ code: "insufficient_funds", availablePence: 200n });
  });

  it("is asked again at the commitment and at the payment: partner, day, theme and cost", async () => {
    const streamId = await streamWith("Everything", {
      conditions: [
        { kind: "purpose", words: "Families", terms: { themeIds: [families] } },
        { kind: "period", words: "January", terms: { from: "2013-01-01", to: "2013-01-31" } },
        { kind: "partner", words: "Irwell only", terms: { partnerIds: [town.supplierId] } },
        { kind: "eligible_cost", words: "Staff", terms: { groups: [1] } },
      ],
    });
    const potId = await potWith({ [streamId]: 1000n });
    const { allocationId } = await town.value(recordAllocation, { potId, amountPence: "1000", ...deciding });
    const order = { allocationId, amountPence: "400", ...buying() };
    const unmet = (refusal: { readonly [detail: string]: unknown }) =>
      (refusal["kept"] as { unmet: { number: number }[] }[])[0]?.unmet.map(({ number }) => number);
    // No theme is known of the allocation or the service, another is paid, and nobody said what the cost is.
    expect(unmet(await town.refusal(recordCommitment, { ...order, supplierId: otherId }))).toEqual([1, 3, 4]);
    const second = await streamWith("Everything but theme", {
      conditions: [
        { kind: "period", words: "January", terms: { from: "2013-01-01", to: "2013-01-31" } },
        { kind: "partner", words: "Irwell only", terms: { partnerIds: [town.supplierId] } },
        { kind: "eligible_cost", words: "Staff", terms: { groups: [1] } },
      ],
    });
    const pot = await potWith({ [second]: 1000n });
    const allocated = await town.value(recordAllocation, { potId: pot, amountPence: "1000", ...deciding });
    const ordering = { ...order, allocationId: allocated.allocationId };
    expect(unmet(await town.refusal(recordCommitment, ordering))).toEqual([3]);
    const { commitmentId } = await town.value(recordCommitment, { ...ordering, subjectiveGroup: 1 });
    const paying = { commitmentId, amountPence: "100", paidOn: DAY };
    expect(unmet(await town.refusal(recordPayment, { ...paying, paidOn: "2013-02-01" }))).toEqual([1]);
    expect(unmet(await town.refusal(recordPayment, { ...paying, supplierId: otherId }))).toEqual([2]);
    expect(unmet(await town.refusal(recordPayment, { ...paying, subjectiveGroup: 2 }))).toEqual([3]);
    await town.value(recordPayment, paying);
  });

  it("never mixes capital and revenue without the right", async () => {
    const capital = await streamWith("Buildings", { capital: true });
    const right = await streamWith("Buildings with a right", {
      capital: true,
      conditions: [{ kind: "capital", words: "Direction of 2013", terms: { right: "capital_to_revenue" } }],
    });
    const potId = await potWith({ [capital]: 500n, [right]: 500n });
    const one = await town.value(recordAllocation, { potId, amountPence: "500", ...deciding });
    expect(one.shares).toEqual([{ streamId: right, amountPence: 500n }]);
    const two = await town.refusal(recordAllocation, { potId, amountPence: "1", ...deciding });
    expect(two).toMatchObject({ code: "condition_not_met", kept: [{ stream: "Buildings", unmet: [{ number: 0 }] }] });
    const { allocationId } = await town.value(recordAllocation, {
      potId,
      amountPence: "500",
      capital: true,
      ...deciding,
    });
    // What is bought from a capital allocation is capital unless it is said otherwise.
    await town.value(recordCommitment, { allocationId, amountPence: "100", ...buying() });
    const revenue = { allocationId, amountPence: "100", ...buying(), capital: false };
    expect((await town.refusal(recordCommitment, revenue)).code).toBe("condition_not_met");
    await town.value(verifyLedger, {});
  });
});

describe("the order of a pot's agreement", () => {
  it("counts from its day on, to the penny, and the newest counts", async () => {
    const [a, b] = [await streamWith("A half", {}), await streamWith("B half", {})];
    const potId = await potWith({ [a]: 300n, [b]: 100n });
    const setting = { potId, reason: "Agreed", clause: "Clause 9" };
    await town.value(setDrawOrder, { ...setting, order: "in_proportion", fromOn: DAY });
    // 3 pence in proportion to 300 and 100: quotas 2.25 and 0.75.
    const drawn = await town.value(recordAllocation, { potId, amountPence: "3", ...deciding });
    expect(drawn.shares).toEqual([
      { streamId: a, amountPence: 2n },
      { streamId: b, amountPence: 1n },
    ]);
    await town.value(setDrawOrder, { ...setting, order: "stated_order", streamIds: [b], fromOn: DAY });
    const stated = await town.value(recordAllocation, { potId, amountPence: "100", ...deciding });
    expect(stated.shares).toEqual([
      { streamId: b, amountPence: 99n },
      { streamId: a, amountPence: 1n },
    ]);
    await town.value(setDrawOrder, { ...setting, order: "most_restricted", fromOn: "2013-01-16" });
    const still = await town.value(recordAllocation, { potId, amountPence: "1", ...deciding });
    expect(still.shares).toEqual([{ streamId: a, amountPence: 1n }]);
  });

  it.each([
    ["a day before the pot", { order: "oldest_first" as const, fromOn: "2012-03-31" }, "before_opening"],
    ["no streams", { order: "stated_order" as const, fromOn: DAY }, "input_not_valid"],
    [
      "a stream that never fed the pot",
      { order: "stated_order" as const, fromOn: DAY, streamIds: ["0199c0de-0000-7000-8000-00000000dead"] },
      "stream_not_in_pot",
    ],
  ])("is refused with %s", async (_, input, code) => {
    const potId = await potWith({});
    const refused = await town.refusal(setDrawOrder, { potId, reason: "Agreed", clause: "Clause 9", ...input });
    expect(refused.code).toBe(code);
  });
});
