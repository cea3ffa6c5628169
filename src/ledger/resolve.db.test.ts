/**
 * What has already happened is never refused: a payment made elsewhere is recorded whole, what conditions or funds do not
 * allow stands against an account to resolve with its reasons, ages, and is cleared by a journal that says who bears it.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../platform/ids.ts";
import { toJson } from "../platform/use-case/index.ts";
import {
  clearResolve,
  listCommitments,
  listResolve,
  listTransfers,
  openStream,
  recordCommitment,
  recordElsewhere,
  reverseTransfer,
  setClawbackRule,
  showPosition,
  showPot,
  showStatement,
  verifyLedger,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

let count = 0;
const AS_AT = "2013-03-29";
const staffOnly = { kind: "eligible_cost" as const, words: "Staff only", terms: { groups: [1] } };

/** A pot with 1,000 of a stream for staff and 500 of a free one, 600 of the first committed. */
async function standing() {
  count += 1;
  const dates = { startsOn: "2012-04-01", endsOn: "2013-03-31", power: "Section 31" };
  const opening = { payerId: town.payerId, amountPence: "5000", ...dates };
  const name = `Staff ${count}`;
  const { streamId: staff } = await town.value(openStream, { ...opening, name, conditions: [staffOnly] });
  const { streamId: free } = await town.value(openStream, { ...opening, name: `Free ${count}` });
  const potName = `Resolve pot ${count}`;
  const potId = await town.pot(potName);
  town.house.value(await town.contribute({ streamId: staff, potId, pence: 1000n }));
  town.house.value(await town.contribute({ streamId: free, potId, pence: 500n }));
  const shares = [{ streamId: staff, amountPence: "600" }];
  const staffed = town.house.value(await town.allocate({ potId, pence: 600n, shares }));
  const other = town.house.value(
    await town.allocate({ potId, pence: 300n, shares: [{ streamId: free, amountPence: "300" }] }),
  );
  const { commitmentId } = await town.value(recordCommitment, {
    allocationId: staffed.allocationId,
    kind: "order",
    supplierId: town.supplierId,
    serviceId: town.serviceId,
    amountPence: "600",
    committedOn: DAY,
    subjectiveGroup: 1,
  });
  return {
    potId,
    slug: potName.toLowerCase().replaceAll(" ", "-"),
    staff,
    free,
    name,
    commitmentId,
    allocationId: other.allocationId,
  };
}

const figuresOf = async (slug: string) => (await town.value(showPot, { pot: slug, asAt: AS_AT })).figures;
const openIn = async (potId: string, asAt = AS_AT) => town.value(listResolve, { potId, asAt });

describe("a payment made elsewhere", () => {
  it("that overspends its commitment is paid from it as far as it goes, the rest to resolve, in every figure", async () => {
    const at = await standing();
    const paid = await town.value(recordElsewhere, {
      commitmentId: at.commitmentId,
      amountPence: "700",
      paidOn: DAY,
      reference: "SAP 1",
    });
    expect(paid.shares).toEqual([{ streamId: at.staff, amountPence: 600n }]);
    expect(paid.items).toMatchObject([
      { streamId: null, amountPence: 100n, reasons: [{ kind: "overspent", amountPence: "100" }] },
    ]);
    expect(await figuresOf(at.slug)).toMatchObject({
      contributedPence: 1500n,
      allocatedPence: 900n,
      committedPence: 600n,
      paidPence: 700n,
      toResolvePence: 100n,
      leftPence: 800n,
    });
    const statement = await town.value(showStatement, { pot: at.slug, asAt: AS_AT });
    expect(statement.closingPence).toBe(800n);
    expect(statement.entries.at(-1)).toMatchObject({ kind: "paid_elsewhere", amountPence: 700n, changePence: -700n });
    const { commitments } = await town.value(listCommitments, { potId: at.potId, asAt: AS_AT });
    expect(commitments[0]?.paidPence).toBe(600n);
    await town.value(verifyLedger, {});
  });

  it("that breaks a condition is recorded, leaves the stream's money where it is, and names the condition", async () => {
    const at = await standing();
    const paying = { commitmentId: at.commitmentId, amountPence: "700", paidOn: DAY, reference: "SAP 2" };
    const key = newId();
    const paid = await town.value(recordElsewhere, { ...paying, subjectiveGroup: 4 }, { key });
    expect(paid.shares).toEqual([]);
    expect(paid.items.map(({ streamId, amountPence, reasons }) => ({ streamId, amountPence, reasons }))).toEqual([
      {
        streamId: at.staff,
        amountPence: 600n,
        reasons: [
          {
            kind: "condition",
            stream: at.name,
            capital: false,
            number: 1,
            condition: "eligible_cost",
            words: "Staff only",
          },
        ],
      },
      { streamId: null, amountPence: 100n, reasons: [{ kind: "overspent", amountPence: "100" }] },
    ]);
    // Sent again with its key, it is the same payment.
    expect(await town.value(recordElsewhere, { ...paying, subjectiveGroup: 4 }, { key })).toEqual(toJson(paid));
    expect((await town.refusal(recordElsewhere, { ...paying, subjectiveGroup: 5 }, { key })).code).toBe("key_reused");
    expect(await figuresOf(at.slug)).toMatchObject({ paidPence: 700n, toResolvePence: 700n, committedPence: 600n });
    const listed = await openIn(at.potId);
    expect(listed.items).toHaveLength(2);
    expect(listed.items[0]).toMatchObject({ arisenOn: DAY, daysOpen: 73, age: "61-90" });
    expect(listed.real).toMatchObject({ items: 2, leftPence: 700n });
    expect(listed.shadow).toMatchObject({ items: 0, leftPence: 0n });
    expect((await openIn(at.potId, "2013-01-14")).items).toEqual([]);
    await town.value(verifyLedger, {});
  });

  it("on no commitment is to resolve whole", async () => {
    const at = await standing();
    const whole = { potId: at.potId, supplierId: town.supplierId, serviceId: town.serviceId };
    const paid = await town.value(recordElsewhere, { ...whole, amountPence: "5", paidOn: DAY, reference: "SAP 3" });
    expect(paid.items).toMatchObject([{ streamId: null, amountPence: 5n, reasons: [{ kind: "no_commitment" }] }]);
  });

  it.each([
    ["no pot and no commitment", {}, "pot_not_found"],
    ["a pot that is not the commitment's", { potId: "0199c0de-0000-7000-8000-00000000dead" }, "pot_not_found"],
    ["a day to come", { paidOn: "2199-01-01" }, "after_today"],
    ["a day before the pot", { paidOn: "2012-03-01" }, "before_opening"],
    ["more tax than it is charged on", { vatRecoveredPence: "8" }, "vat_over_amount"],
  ])("is refused with %s: that is not what happened", async (name, change, code) => {
    const at = await standing();
    const commitmentId = name.startsWith("no pot") ? null : at.commitmentId;
    const paying = { commitmentId, amountPence: "7", paidOn: DAY, reference: "SAP 4", ...change };
    expect((await town.refusal(recordElsewhere, paying)).code).toBe(code);
  });

  it("never counts more than there is, whoever draws at the same time", async () => {
    const at = await standing();
    const paying = { commitmentId: at.commitmentId, amountPence: "400", paidOn: DAY };
    const answers = await Promise.all(
      ["a", "b", "c"].map((reference) => town.value(recordElsewhere, { ...paying, reference })),
    );
    const sum = (pick: (one: (typeof answers)[number]) => readonly { readonly amountPence: bigint }[]) =>
      answers.flatMap(pick).reduce((total, { amountPence }) => total + amountPence, 0n);
    expect([sum(({ shares }) => shares), sum(({ items }) => items)]).toEqual([600n, 600n]);
    await town.value(verifyLedger, {});
  });
});

describe("a stream's position", () => {
  it("says what is left and what would be clawed back at any date, and what nobody has said", async () => {
    const at = await standing();
    const paying = { commitmentId: at.commitmentId, paidOn: DAY };
    await town.value(recordElsewhere, { ...paying, amountPence: "200", subjectiveGroup: 1, reference: "Within" });
    await town.value(recordElsewhere, { ...paying, amountPence: "150", subjectiveGroup: 4, reference: "Outside" });
    const position = (asAt: string) => town.value(showPosition, { streamId: at.staff, asAt });
    expect(await position(AS_AT)).toMatchObject({ rule: null, real: { outsidePence: 150n, clawback: [] } });
    const rule = { streamId: at.staff, reason: "Offer letter" };
    await town.value(setClawbackRule, { ...rule, rule: "both", fromOn: "2012-04-01" });
    const stands = { givenPence: 1000n, allocatedPence: 600n, committedPence: 600n, paidPence: 200n, leftPence: 650n };
    const ineligible = { why: "ineligible", amountPence: 150n };
    expect(await position(AS_AT)).toMatchObject({
      real: { ...stands, outsidePence: 150n, clawback: [ineligible] },
      shadow: { givenPence: 0n, leftPence: 0n, clawback: [] },
      pots: [{ potId: at.potId, book: "real", ...stands }],
    });
    const ended = [{ why: "unspent_at_end", amountPence: 650n }, ineligible];
    expect((await position("2013-03-31")).real.clawback).toEqual(ended);
    // Before the payments; and once the newer rule counts.
    expect((await position("2013-01-14")).pots).toEqual([]);
    await town.value(setClawbackRule, { ...rule, rule: "none", fromOn: "2013-03-31" });
    expect((await position("2013-03-31")).real.clawback).toEqual([]);
    expect((await position(AS_AT)).real.clawback).toEqual([ineligible]);
  });
});

describe("an item to resolve", () => {
  async function broken() {
    const at = await standing();
    const paid = await town.value(recordElsewhere, {
      commitmentId: at.commitmentId,
      amountPence: "200",
      subjectiveGroup: 4,
      paidOn: DAY,
      reference: "SAP 5",
    });
    return { ...at, paid, itemId: paid.items[0]?.itemId ?? "" };
  }

  it("is borne by an allocation and by a stream, in parts, each by its own journal, until nothing is left", async () => {
    const at = await broken();
    const clearing = { itemId: at.itemId, reason: "The board agreed" };
    const from = { how: "from_allocation" as const, allocationId: at.allocationId };
    const one = await town.value(clearResolve, { ...clearing, ...from, amountPence: "150" });
    expect(one).toMatchObject({ leftPence: 50n, shares: [{ streamId: at.free, amountPence: 150n }] });
    expect((await town.refusal(clearResolve, { ...clearing, ...from, amountPence: "51" })).code).toBe("over_item");
    const two = await town.value(clearResolve, { ...clearing, how: "from_stream", streamId: at.free });
    expect(two).toMatchObject({ leftPence: 0n, shares: [{ streamId: at.free, amountPence: 50n }] });
    expect((await town.refusal(clearResolve, { ...clearing, ...from })).code).toBe("item_cleared");
    const pot = await town.value(showPot, { pot: at.slug });
    // 50 more was put in, straight to the item; the stream for staff has paid nothing.
    expect(pot.figures).toMatchObject({
      contributedPence: 1550n,
      paidPence: 200n,
      toResolvePence: 0n,
      leftPence: 1350n,
    });
    expect(pot.streams.map(({ stream, paidPence }) => [stream, paidPence])).toEqual([
      [`Free ${count}`, 200n],
      [at.name, 0n],
    ]);
    expect(pot.allocations.find(({ allocationId }) => allocationId === at.allocationId)).toMatchObject({
      committedPence: 150n,
      paidPence: 150n,
    });
    const statement = await town.value(showStatement, { pot: at.slug });
    expect(
      statement.entries.map(({ kind, amountPence, changePence }) => [kind, amountPence, changePence]).slice(-3),
    ).toEqual([
      ["paid_elsewhere", 200n, -200n],
      ["clearing", 150n, 0n],
      ["clearing", 50n, 50n],
    ]);
    const { transfers } = await town.value(listTransfers, { recordId: at.itemId });
    expect(transfers.map(({ amountPence }) => amountPence).toSorted()).toEqual([150n, 50n].toSorted());
    expect((await openIn(at.potId)).items).toHaveLength(1);
    expect((await town.value(listResolve, { potId: at.potId })).items).toEqual([]);
    await town.value(verifyLedger, {});
  });

  it("is not borne by money whose conditions the payment breaks", async () => {
    const at = await broken();
    const clearing = { itemId: at.itemId, reason: "No", how: "from_stream" as const, streamId: at.staff };
    expect(await town.refusal(clearResolve, clearing)).toMatchObject({
      code: "condition_not_met",
      kept: [{ streamId: at.staff, keptPence: 200n, unmet: [{ number: 1, words: "Staff only" }] }],
    });
  });

  it("opens again where its journal is reversed, and holds its payment until then", async () => {
    const at = await broken();
    const { transferId } = await town.value(clearResolve, {
      itemId: at.itemId,
      how: "from_allocation",
      allocationId: at.allocationId,
      reason: "By mistake",
    });
    const payment = { transferId: at.paid.transferId, reason: "Refunded" };
    expect(await town.refusal(reverseTransfer, payment)).toEqual({ code: "borne_since", bornePence: 200n });
    await town.value(reverseTransfer, { transferId, reason: "By mistake" });
    expect((await town.value(listResolve, { potId: at.potId })).real.leftPence).toBe(200n);
    await town.value(verifyLedger, {});
    await town.value(reverseTransfer, payment);
    expect((await town.value(listResolve, { potId: at.potId })).items).toEqual([]);
    const again = { itemId: at.itemId, how: "from_stream" as const, streamId: at.free, reason: "Late" };
    expect((await town.refusal(clearResolve, again)).code).toBe("item_cleared");
    await town.value(verifyLedger, {});
  });

  it("is borne once, whoever clears it at the same time", async () => {
    const at = await broken();
    const clearing = { itemId: at.itemId, how: "from_stream" as const, streamId: at.free, reason: "Twice" };
    const answers = await Promise.all([town.ask(clearResolve, clearing), town.ask(clearResolve, clearing)]);
    expect(answers.map((one) => (one.ok ? "ok" : one.refusal.code)).sort()).toEqual(["item_cleared", "ok"]);
    await town.value(verifyLedger, {});
  });

  it("is cleared once with one key", async () => {
    const at = await broken();
    const clearing = { itemId: at.itemId, how: "from_stream" as const, streamId: at.free, reason: "Once" };
    const key = newId();
    const one = await town.value(clearResolve, clearing, { key });
    expect(await town.value(clearResolve, clearing, { key })).toEqual(toJson(one));
  });
});

// What is done to the database by its owner, how it is put right again, and which check must find it.
const TAMPERINGS = `
  update resolve_item set amount_pence = amount_pence + 1
    | update resolve_item set amount_pence = amount_pence - 1
    | is what its account stands below nought
  update resolve_clearing set amount_pence = amount_pence + 1
    | update resolve_clearing set amount_pence = amount_pence - 1
    | is what its account stands below nought
  update ledger_account set pot_id = null where kind = 'resolve'
    | update ledger_account a set pot_id = i.pot_id from resolve_item i where a.kind = 'resolve' and i.item_id = a.record_id
    | names its stream
  update payment set capital = not capital where outside_pence < amount_pence
    | update payment set capital = not capital where outside_pence < amount_pence
    | No capital money is in a revenue record
`;
const tamperings = [...TAMPERINGS.trim().matchAll(/^\s*([^\n]+)\n\s*\| ([^\n]+)\n\s*\| ([^\n]+)/gm)].map((match) =>
  match.slice(1),
);

describe("proof", () => {
  async function asOwner(statement: string): Promise<number> {
    const admin = await town.house.admin();
    const { rowCount } = await admin.query(statement).finally(() => admin.end());
    return rowCount ?? 0;
  }

  it("has four tamperings to find", () => expect(tamperings).toHaveLength(4));

  it.each(tamperings)("finds: %s", async (statement = "", remedy = "", sentence = "") => {
    expect(await asOwner(statement)).toBeGreaterThan(0);
    const refused = await town.refusal(verifyLedger, {});
    await asOwner(remedy);
    expect([refused.code, String(refused["check"])]).toEqual(["not_verified", expect.stringContaining(sentence)]);
    await town.value(verifyLedger, {});
  });
});
