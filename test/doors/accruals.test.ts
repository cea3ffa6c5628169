/**
 * Accruals, prepayments, debtors and receipts in advance by page, API and command, with the same end: cost in the period
 * and out of the next, cash and the pot's figures as they were (CIPFA, Code of Practice on Local Authority Accounting,
 * 2.1.2: the accruals basis); each taken back from its list; what is wrong named by field; who may only look.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeLedger } from "../../src/ledger/index.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { type Fields, faultsIn, heldIn, openThreeDoors, type ThreeDoors, textOf } from "../setup/three-doors.ts";

let three: ThreeDoors;

beforeAll(async () => {
  three = await openThreeDoors();
}, 120_000);
afterAll(() => three?.close());

const FORM = "pots/irwell-shadow-pot/accruals/new";
const see = async (path: string) => {
  const answer = await three.visitor.get(three.at(path));
  expect(answer.statusCode, textOf(answer.body)).toBe(200);
  return answer.body;
};
const debt = (kind: string, reference: string): Fields => ({
  kind,
  streamId: three.id("shadowStream"),
  counterpartyId: three.id("partnerId"),
  on: "2013-02-28",
  words: "February visits",
  reference,
});

/** Opens the form at an address and sends it twice with its own key: the second answer is the first. */
async function send(path: string, fields: Fields) {
  const held = heldIn(await see(path));
  const first = await three.visitor.post(three.at(path), { ...held, ...fields });
  if (first.statusCode !== 303) return first;
  const again = await three.visitor.post(three.at(path), { ...held, ...fields });
  expect([again.statusCode, again.headers["location"]]).toEqual([303, first.headers["location"]]);
  return first;
}

type Listed = { readonly accruals: readonly Fields[] };
const listed = async (): Promise<readonly Fields[]> =>
  ((await three.api("accruals?asAt=2013-02-28")) as unknown as Listed).accruals;
/** What the cost of a stretch is made of, in pence: paid, accrued, prepaid, owed, and all together. */
async function costs(from: string, asAt: string): Promise<readonly unknown[]> {
  const { costs: found } = await three.api(`ledger/statement?pot=irwell-shadow-pot&from=${from}&asAt=${asAt}`);
  const { accruedPence, prepaidPence, owedPence } = found as Fields;
  return [accruedPence, prepaidPence, owedPence];
}
const figures = async () => (await three.api("pots/irwell-shadow-pot?asAt=2013-02-28"))["figures"];

describe("an accrual", () => {
  it("ends the same by page, API and command, and leaves the pot's figures as they were", async () => {
    const before = await figures();
    const done = await send(FORM, { ...debt("accrual", "PO-1"), amountPence: "1,234.56" });
    expect([done.statusCode, done.headers["location"]]).toEqual([303, three.at("debtors?asAt=2013-02-28#accruals")]);
    const input = { ...debt("accrual", "PO-2"), potId: three.id("shadowPot"), amountPence: "123456" };
    await three.api("accruals", input);
    await three.command(["accrual", "record"], { ...input, reference: "PO-3" });
    const found = await listed();
    expect(found.map(({ reference }) => reference)).toEqual(["PO-3", "PO-2", "PO-1"]);
    const same = ({ kind, amountPence, on, backOn, words, takesBackPence, serviceId }: Fields) =>
      [kind, amountPence, on, backOn, words, takesBackPence, serviceId].join();
    expect(new Set(found.map(same))).toEqual(
      new Set(["accrual,123456,2013-02-28,2013-03-01,February visits,-123456,"]),
    );
    const byCommand = await three.command(["accrual", "list", "--as-at", "2013-03-15"]);
    expect(byCommand["accruals"]).toEqual(found);
    expect(await costs("2013-02-01", "2013-02-28")).toEqual(["370368", "0", "0"]);
    expect(await costs("2013-03-01", "2013-03-15")).toEqual(["-370368", "0", "0"]);
    expect(await figures()).toEqual(before);
  });

  it("stands in its list with both its entries, and is taken back from there", async () => {
    const page = await see("debtors?asAt=2013-02-28");
    expect(textOf(page)).toMatch(/Irwell Family Support creditor: received, not yet paid 3,703\.68/);
    const [accrual = {}] = (await listed()).filter(({ reference }) => reference === "PO-2");
    expect(page).toContain(`/ledger?record=${accrual["accrualId"]}`);
    const both = textOf(await see(`ledger?record=${accrual["accrualId"]}`));
    expect([both.includes("28 February 2013"), both.includes("1 March 2013")]).toEqual([true, true]);
    const takeBack = `${FORM}?takeBack=${accrual["accrualId"]}`;
    expect(page).toContain(takeBack);
    const held = heldIn(await see(takeBack));
    expect(held).toMatchObject({ ...debt("accrual", "PO-2"), amountPence: "-1,234.56" });
    expect((await send(takeBack, {})).statusCode).toBe(303);
    const after = (await listed()).filter(({ reference }) => reference === "PO-2");
    expect(
      after.map(({ amountPence, standsPence, takesBackPence }) => [amountPence, standsPence, takesBackPence]),
    ).toEqual([
      ["-123456", "0", null],
      ["123456", "0", null],
    ]);
    expect(textOf(await see("debtors?asAt=2013-02-28"))).toMatch(/PO-2 1,234\.56 See both taken back/);
    expect((await three.visitor.get(three.at(takeBack))).statusCode).toBe(404);
    expect(await costs("2013-02-01", "2013-02-28")).toEqual(["246912", "0", "0"]);
  });

  it("without a reference is taken back by itself, once, however many forms are open", async () => {
    for (const [words, amountPence] of [
      ["Fees", "100.00"],
      ["Van", "50.00"],
    ] as const)
      expect((await send(FORM, { ...debt("accrual", ""), words, amountPence })).statusCode).toBe(303);
    const without = async () => (await listed()).filter(({ reference }) => reference === "");
    const [van = {}] = await without();
    const takeBack = `${FORM}?takeBack=${van["accrualId"]}`;
    const [held, other] = [heldIn(await see(takeBack)), heldIn(await see(takeBack))];
    expect((await three.visitor.post(three.at(takeBack), held)).statusCode).toBe(303);
    const again = await three.visitor.post(three.at(takeBack), other);
    expect([again.statusCode, faultsIn(again.body)]).toEqual([409, ["amountPence"]]);
    expect(textOf(again.body)).toContain("it is taken back already");
    expect(
      (await without()).map(({ words, amountPence, takesBackPence }) => [words, amountPence, takesBackPence]),
    ).toEqual([
      ["Van", "-5000", null],
      ["Van", "5000", null],
      ["Fees", "10000", "-10000"],
    ]);
    expect(textOf(await see("debtors?asAt=2013-02-28"))).toMatch(/Van 50\.00 See both taken back/);
  });

  it("of each kind moves cost the way the form says", async () => {
    const before = (await costs("2013-02-01", "2013-02-28")).map(String).map(BigInt);
    for (const [kind, pounds] of [
      ["prepayment", "90.00"],
      ["debtor", "40.00"],
      ["receipt_in_advance", "10.00"],
    ] as const)
      expect((await send(FORM, { ...debt(kind, `REF ${kind}`), amountPence: pounds })).statusCode).toBe(303);
    const after = (await costs("2013-02-01", "2013-02-28")).map(String).map(BigInt);
    expect(after.map((pence, index) => pence - (before[index] ?? 0n))).toEqual([1000n, 9000n, 4000n]);
  });

  it("of real money needs one person: no money moves", async () => {
    const form = `pots/${three.id("potSlug")}/accruals/new`;
    expect(await see(form)).not.toContain("Someone else must authorise it");
    const fields = { ...debt("debtor", "REAL-1"), streamId: three.id("streamId"), amountPence: "5.00" };
    expect((await send(form, fields)).headers["location"]).toBe(three.at("debtors?asAt=2013-02-28#accruals"));
    const page = textOf(await see("debtors?asAt=2013-02-28"));
    expect(page.indexOf("Real money")).toBeLessThan(page.indexOf("Shadow money"));
    const { body } = await three.visitor.get(three.at("debtors?asAt=2013-02-28&list=accruals&format=csv"));
    expect(body).toMatch(
      /real,Irwell Family Support,debtor,Irwell pot,Irwell grant,REAL-1,February visits,2013-02-28,2013-03-01,5\.00/,
    );
  });
});

describe("the form", () => {
  it("is reached from the pot, the debtors and the quarter, with the period end that was looked at", async () => {
    expect(await see("pots/irwell-shadow-pot")).toContain(three.at(FORM));
    expect(await see("debtors?asAt=2013-02-15")).toContain(three.at("accruals/new?on=2013-01-31"));
    expect(await see("close/2012-13/Q3")).toContain(three.at("accruals/new?on=2012-12-31"));
    const choice = await see("accruals/new?on=2012-12-31");
    expect(choice).toContain(three.at(`${FORM}?on=2012-12-31`));
    expect(heldIn(await see(`${FORM}?on=2012-12-31`))["on"]).toBe("2012-12-31");
    // Left out: the last month's end that has come. The town stands at today.
    const [year = 0, month = 0] = addDays(londonDay(new Date()), 1).split("-").map(Number);
    expect(heldIn(await see(FORM))["on"]).toBe(new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10));
  });

  it("says what it does, in Welsh too", async () => {
    const english = textOf(await see(FORM));
    for (const words of [
      "It comes back on the first day of the next period, by itself",
      "It never touches the figures of the pot",
      "Less than nought takes back one that was recorded by mistake",
    ])
      expect(english).toContain(words);
    expect(textOf(await see(`${FORM}?lang=cy`))).toContain("Daw yn ôl ar ddiwrnod cyntaf y cyfnod nesaf");
    expect(textOf(await see("debtors?asAt=2013-02-28&lang=cy"))).toContain("Fesul un, fel y&#39;u cofnodwyd");
    await see(`${FORM}?lang=en`);
  });

  it("names what is wrong by its field", async () => {
    const right = { ...debt("debtor", ""), amountPence: "1.00" };
    const faults = async (fields: Fields) => {
      const answer = await send(FORM, fields);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      return faultsIn(answer.body);
    };
    expect(await faults({})).toEqual(["kind", "streamId", "counterpartyId", "amountPence"]);
    expect(await faults({ ...right, amountPence: "0.00" })).toEqual(["amountPence"]);
    expect(await faults({ ...right, amountPence: "ten" })).toEqual(["amountPence"]);
    expect(await faults({ ...right, streamId: three.id("streamId") })).toEqual(["streamId"]);
    expect(await faults({ ...right, on: "2013-02-27" })).toEqual(["on"]);
    expect(await faults({ ...right, on: "2012-03-31" })).toEqual(["on"]);
  });

  it("offers no end that is closed for good, and nothing there is taken back", async () => {
    const fields = { ...debt("accrual", "EARLY"), on: "2012-04-30", amountPence: "2.00" };
    expect((await send(FORM, fields)).statusCode).toBe(303);
    const by = three.town.people.finance_officer;
    // Its accrual is to be in the host's ledger as well; nobody keeps one for this pot.
    const explained = [{ item: "reconciliation", words: "No host's ledger is kept for it" }];
    const input = { period: "2012-13/01", book: "shadow" as const, state: "hard" as const, explained };
    three.test.value(await three.test.ask(closeLedger, { by, place: "salford", input }));
    const ends = await see(`${FORM}?on=2012-05-31`);
    expect([ends.includes('value="2012-04-30"'), ends.includes('value="2012-05-31"')]).toEqual([false, true]);
    const list = textOf(await see("debtors?asAt=2012-04-30"));
    expect(list).toContain("EARLY 2.00 See both ");
    expect(list).not.toContain("EARLY 2.00 See both Take back");
    const { accruals } = (await three.api("accruals?asAt=2012-04-30")) as unknown as Listed;
    expect(accruals.map(({ standsPence, takesBackPence }) => [standsPence, takesBackPence])).toEqual([["200", null]]);
  });

  it("is not for who may only look", async () => {
    const { email } = await makeSignIn(three.test, { role: "auditor", placeId: three.town.placeId });
    const auditor = await signIn(three.doors, email);
    const { body } = await auditor.get(three.at("debtors?asAt=2013-02-28"));
    expect(body).toContain("See both");
    for (const words of ["accruals/new", "Take back"]) expect(body).not.toContain(words);
    for (const path of ["accruals/new", FORM]) expect((await auditor.get(three.at(path))).statusCode).toBe(403);
  });
});
