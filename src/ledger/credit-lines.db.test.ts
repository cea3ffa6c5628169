/**
 * Credit notes by line, as a pot's books have them: what comes back is net and the VAT that nobody recovered, what is left of each
 * line is never less than nought, and a row that was changed is named. The invoice is that of domain/credit-lines.test.ts.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openOlderTown } from "../../test/setup/older-town.ts";
import { sealAll } from "../../test/setup/seal.ts";
import { newId } from "../platform/ids.ts";
import {
  listCreditLines,
  listPaymentLines,
  recordCreditNote,
  recordPayment,
  reverseTransfer,
  verifyLedger,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown, PLACE } from "./ledger.fixture.ts";

/** The migration that gave credit notes lines. */
const CREDIT_LINES = 19;

let town: LedgerTown;
let made = 0;
let commitmentId: string;
let paymentId: string;

beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town?.house.close());

const TRAINING = { words: "Training", netPence: "100000", vatPence: "20000", recoverablePence: "20000" };
const ROOM = { words: "Room", netPence: "8333", vatPence: "1667", recoverablePence: "0" };
const HEATING = { words: "Heating", netPence: "4000", vatPence: "200", recoverablePence: "100" };

/** £1,000 of training whose VAT is recovered, a room whose VAT is not, heating of which half is: the pot bears £1,141.00. */
beforeEach(async () => {
  made += 1;
  const potId = await town.pot(`Pot ${made}`, "shadow");
  const streamId = await town.stream(`Stream ${made}`, { pence: 500_000n });
  town.house.value(await town.contribute({ streamId, potId, pence: 500_000n }));
  const { allocationId } = town.house.value(await town.allocate({ potId, pence: 400_000n }));
  ({ commitmentId } = town.house.value(await town.commit({ allocationId, pence: 300_000n })));
  paymentId = (await pay([TRAINING, ROOM, HEATING], { amountPence: "114100", vatRecoveredPence: "20100" })).paymentId;
});

const pay = (lines: readonly object[], amounts: { amountPence: string; vatRecoveredPence?: string }) =>
  town.value(recordPayment, { commitmentId, ...amounts, paidOn: DAY, lines: lines as never });

/** "2:4167/833/0" of each line. */
const linesOf = (text: string) =>
  text.split(", ").map((one) => {
    const [line = "", amounts = ""] = one.split(":");
    const [netPence = "0", vatPence = "0", recoverablePence = "0"] = amounts.split("/");
    return { line: Number(line), netPence, vatPence, recoverablePence };
  });
const credit = (amountPence: string, text: string | null) => ({
  paymentId,
  amountPence,
  creditedOn: DAY,
  reason: "Two visits were not made",
  ...(text !== null && { lines: linesOf(text) }),
});
const give = (amountPence: string, text: string | null) => town.value(recordCreditNote, credit(amountPence, text));
const refused = async (amountPence: string, text: string | null) => {
  const { code, line, column, leftPence, leastPence } = await town.refusal(recordCreditNote, credit(amountPence, text));
  return [code, line, column, leftPence, leastPence].filter((part) => part !== undefined).join(" ");
};

async function left(): Promise<readonly string[]> {
  const found = await town.value(listPaymentLines, { paymentId });
  const lines = found.lines.map(
    ({ left: of }) => `${of.netPence}/${of.vatPence}/${of.recoverablePence} ${of.bornePence}`,
  );
  return [...lines, `${found.creditedPence} credited, ${found.unsharedPence} not shared, ${found.leftPence} left`];
}

const proved = () => town.value(verifyLedger, {});

describe("a credit note by line", () => {
  it("gives back net and the VAT that nobody recovered, and says what is left of each line", async () => {
    const { creditNoteId, shares } = await give("15050", "1:10000/2000/2000, 2:4167/833/0, 3:0/100/50");
    expect(shares.map(({ amountPence }) => amountPence)).toEqual([15_050n]);
    expect(await left()).toEqual([
      "90000/18000/18000 90000",
      "4166/834/0 5000",
      "4000/100/50 4050",
      "15050 credited, 0 not shared, 99050 left",
    ]);
    const note = await town.value(listCreditLines, { creditNoteId });
    expect(note.lines.map(({ line, words, grossPence, bornePence }) => [line, words, grossPence, bornePence])).toEqual([
      [1, "Training", 12_000n, 10_000n],
      [2, "Room", 5000n, 5000n],
      [3, "Heating", 100n, 50n],
    ]);
    expect(note).toMatchObject({ paymentId, amountPence: 15_050n, reversed: false, shared: true });
    expect(note.total).toMatchObject({
      netPence: 14_167n,
      vatPence: 2933n,
      recoverablePence: 2050n,
      bornePence: 15_050n,
    });
    expect((await proved()).verified).toBe(true);
  });

  it("never credits more of a line than earlier notes left, and all of it again once a note is reversed", async () => {
    expect(await refused("5001", "2:4167/833/0")).toBe("lines_do_not_sum");
    expect(await refused("5000", "4:4167/833/0")).toBe("line_not_found 4");
    expect(await refused("5000", "2:2500/500/0, 2:1667/333/0")).toBe("line_twice 2");
    expect(await refused("10001", "2:8334/1667/0")).toBe("credit_over_line 2 netPence 8333");
    expect(await refused("4200", "3:4000/200/0")).toBe("credit_leaves_recovered 3 100");
    const { transferId } = await give("9000", "2:7333/1667/0");
    expect(await refused("1001", "2:1000/1/0")).toBe("credit_over_line 2 vatPence 0");
    await give("1000", "2:1000/0/0");
    expect(await refused("1", "2:1/0/0")).toBe("credit_over_line 2 netPence 0");
    await town.value(reverseTransfer, { transferId, reason: "Entered twice", reversedOn: DAY });
    await give("9000", "2:7333/1667/0");
    expect((await left())[1]).toBe("0/0/0 0");
    expect((await proved()).verified).toBe(true);
  });

  it("of one amount stays one amount: no line is made up, and all together never come to more than the payment", async () => {
    const { creditNoteId } = await give("100000", null);
    expect(await town.value(listCreditLines, { creditNoteId })).toMatchObject({
      shared: false,
      lines: [],
      total: null,
    });
    expect((await left()).at(-1)).toBe("100000 credited, 100000 not shared, 14100 left");
    expect((await left())[0]).toBe("100000/20000/20000 100000");
    expect(await refused("100000", "1:100000/20000/20000")).toBe("credit_over_payment 14100");
    await give("14100", "1:14100/0/0");
    expect((await left()).at(-1)).toBe("114100 credited, 100000 not shared, 0 left");
    expect((await proved()).verified).toBe(true);
  });

  it("of one amount is of the one line of a payment without VAT", async () => {
    ({ paymentId } = town.house.value(await town.pay({ commitmentId, pence: 5000n })));
    const { creditNoteId } = await give("1200", null);
    expect(await town.value(listCreditLines, { creditNoteId })).toMatchObject({ shared: true, lines: [] });
    expect(await left()).toEqual(["3800/0/0 3800", "1200 credited, 0 not shared, 3800 left"]);
    expect(await refused("3801", "1:3801/0/0")).toBe("credit_over_line 1 netPence 3800");
    await give("3800", "1:3800/0/0");
  });

  it("gives back what was taken off an invoice as well, so that a whole payment can be credited", async () => {
    const off = { words: "Room given up", netPence: "-833", vatPence: "-167" };
    ({ paymentId } = await pay([ROOM, off], { amountPence: "9000" }));
    expect(await refused("1000", "2:833/167/0")).toBe("credit_over_line 2 netPence -833");
    await give("9000", "1:8333/1667/0, 2:-833/-167/0");
    expect((await left()).at(-1)).toBe("9000 credited, 0 not shared, 0 left");
    expect((await proved()).verified).toBe(true);
  });

  it("is recorded once under one key, and refused for another request under it", async () => {
    const key = newId();
    const ask = (input: ReturnType<typeof credit>) =>
      town.house.ask(recordCreditNote, { by: town.finance, place: PLACE, input, key });
    const once = town.house.value(await ask(credit("10000", "2:8333/1667/0")));
    const again = town.house.value(await ask(credit("10000", "2:8333/1667/0")));
    expect(again.creditNoteId).toBe(once.creditNoteId);
    const other = await ask(credit("10000", "1:10000/0/0"));
    expect(other.ok || other.refusal.code).toBe("key_reused");
    expect((await left())[1]).toBe("0/0/0 0");
  });

  it("credits the last of a line once, however many ask for it at a time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => town.ask(recordCreditNote, credit("4000", "2:3333/667/0"))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    const codes = answers.flatMap((one) => (one.ok ? [] : [one.refusal.code]));
    expect(new Set(codes)).toEqual(new Set(["credit_over_line"]));
    expect((await left())[1]).toBe("1667/333/0 2000");
    expect((await proved()).verified).toBe(true);
  });
});

describe("a place that had credit notes before they had lines", () => {
  it("keeps them as they were, verifies, and credits by line what they left", async () => {
    const of = await openOlderTown(CREDIT_LINES);
    const potId = await of.pot("As if", "shadow");
    const streamId = await of.stream("A grant", { pence: 500_000n });
    of.house.value(await of.contribute({ streamId, potId, pence: 500_000n }));
    const { allocationId } = of.house.value(await of.allocate({ potId, pence: 400_000n }));
    const order = of.house.value(await of.commit({ allocationId, pence: 300_000n }));
    const paid = of.house.value(await of.pay({ commitmentId: order.commitmentId, pence: 100_000n, vat: 20_000n }));
    const note = { paymentId: paid.paymentId, creditedOn: DAY, reason: "Two visits were not made" };
    await of.value(recordCreditNote, { ...note, amountPence: "30000" });
    await sealAll(of);
    await of.bringUpToDate();
    const lines = [{ line: 1, netPence: "70000", vatPence: "14000", recoverablePence: "14000" }];
    await of.value(recordCreditNote, { ...note, amountPence: "70000", lines });
    await sealAll(of);
    const found = await of.value(listPaymentLines, { paymentId: paid.paymentId });
    expect([found.creditedPence, found.unsharedPence, found.leftPence]).toEqual([100_000n, 30_000n, 0n]);
    expect((await of.value(verifyLedger, {})).verified).toBe(true);
    await of.house.close();
  }, 60_000);
});

describe("an owner of the database", () => {
  const TAMPERED: readonly (readonly [string, string, string])[] = [
    ["changes a credited amount", "update credit_note_line set net_pence = net_pence + 1", "by line"],
    ["credits a line twice over", "update payment_line set net_pence = 1 where line = 2", "credited net 4167"],
    [
      "has more stay recovered than charged",
      "update credit_note_line set vat_pence = 1, recoverable_pence = 0",
      "by line",
    ],
    ["takes a credited line away", "delete from credit_note_line", "was written and is gone"],
    ["gives it to another line", "update credit_note_line set line = 1", "line 1: credited net 4167"],
  ];

  it.each(TAMPERED)("who %s is found", async (_, statement, found) => {
    const { creditNoteId } = await give("5000", "2:4167/833/0");
    const admin = await town.house.admin();
    const only = statement.includes("payment_line")
      ? `payment_id = '${paymentId}'`
      : `credit_note_id = '${creditNoteId}'`;
    const joined = statement.includes(" where ") ? `${statement} and ${only}` : `${statement} where ${only}`;
    await admin.query("set session_replication_role = replica");
    await admin.query("create temp table kept_line as table credit_note_line");
    await admin.query("create temp table kept_paid as table payment_line");
    try {
      await admin.query(joined);
      const answer = await town.refusal(verifyLedger, {});
      expect(answer.code).toBe("not_verified");
      expect(String(answer["found"])).toContain(found);
    } finally {
      for (const [table, kept] of [
        ["credit_note_line", "kept_line"],
        ["payment_line", "kept_paid"],
      ]) {
        await admin.query(`delete from ${table}`);
        await admin.query(`insert into ${table} select * from ${kept}`);
      }
      await admin.end();
    }
    expect((await proved()).verified).toBe(true);
  });
});
