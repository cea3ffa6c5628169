/**
 * A credit note line by line, entered by page, API and command: what comes back to the pot is net and the VAT that had not been
 * recovered, what is left of each line stands with the payment, and no door credits more of a line than that. Worked by hand:
 *   training, a tenth:     100.00 + 20 % 20.00, all of it recovered before: 100.00 comes back
 *   room, half given up:    41.67 + 1/5   8.33, none recovered:              50.00 comes back
 *   heating, its VAT alone:  0.00 +       1.00, half of it recovered:         0.50 comes back
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fields, faultsIn, heldIn, openThreeDoors, type ThreeDoors, textOf } from "../setup/three-doors.ts";
import { openOfficer } from "../stories/officer.ts";

let three: ThreeDoors;
let paymentId: string;

const LINES = [
  { words: "Training", netPence: "100000", vatPence: "20000", recoverablePence: "20000", subjectiveGroup: "1" },
  { words: "Room", netPence: "8333", vatPence: "1667", subjectiveGroup: "PREM-22" },
  { words: "Heating", netPence: "4000", vatPence: "200", recoverablePence: "100", subjectiveGroup: "2" },
];
const PAID = { amountPence: "114100", vatRecoveredPence: "20100", paidOn: "2013-03-15", lines: LINES };
const DAY = { "creditedOn-day": "20", "creditedOn-month": "3", "creditedOn-year": "2013" };
const REASON = { reason: "Two visits were not made", reference: "CN-7" };

const TYPED = {
  ...{ "credit1-net": "100.00", "credit1-vat": "20.00", "credit1-recoverable": "20.00" },
  ...{ "credit2-net": "41.67", "credit2-vat": "8.33" },
  ...{ "credit3-vat": "1.00", "credit3-recoverable": "0.50" },
};
const CREDITED = [
  { line: 1, netPence: "10000", vatPence: "2000", recoverablePence: "2000" },
  { line: 2, netPence: "4167", vatPence: "833" },
  { line: 3, vatPence: "100", recoverablePence: "50" },
];
const PRINTED =
  "1. Training 1 Employees 100.00 20.00 120.00 20.00 100.00 2. Room PREM-22 41.67 8.33 50.00 0.00 50.00 " +
  "3. Heating 2 Premises-related expenditure 0.00 1.00 1.00 0.50 0.50 Total 141.67 29.33 171.00 20.50 150.50";
const LEFT =
  "1. Training 1 Employees 900.00 180.00 1,080.00 180.00 900.00 2. Room PREM-22 41.66 8.34 50.00 0.00 50.00 " +
  "3. Heating 2 Premises-related expenditure 40.00 1.00 41.00 0.50 40.50 Total 981.66 189.34 1,171.00 180.50 990.50";

beforeAll(async () => {
  three = await openThreeDoors();
  paymentId = await payAgain();
}, 120_000);
afterAll(() => three?.close());

async function payAgain(commitmentId = three.id("shadowCommitment")): Promise<string> {
  return String((await three.api("payments", { commitmentId, ...PAID }))["paymentId"]);
}
const form = (id: string) => `trace/${id}/credit-note?by=lines`;
const open = async (path: string) => (await three.visitor.get(three.at(path))).body;
const post = (path: string, fields: Fields) => three.visitor.post(three.at(path), fields);
const shown = async (path: string) => textOf(await open(path));
const sent = (id: string) => ({
  paymentId: id,
  amountPence: "15050",
  creditedOn: "2013-03-20",
  ...REASON,
  lines: CREDITED,
});

/** Sends the form, sees what comes back, and sends exactly that on; twice, which records once. */
async function record(path: string, fields: Fields): Promise<{ readonly summed: string; readonly location: string }> {
  const summed = await post(path, { ...heldIn(await open(path)), ...fields });
  expect(summed.statusCode, textOf(summed.body)).toBe(200);
  const done = await post(path, heldIn(summed.body));
  const again = await post(path, heldIn(summed.body));
  expect([done.statusCode, again.statusCode, again.headers["location"]], textOf(done.body)).toEqual([
    303,
    303,
    done.headers["location"],
  ]);
  return { summed: textOf(summed.body), location: String(done.headers["location"]) };
}

type Answer = Readonly<Record<string, unknown>>;
const amountsOf = (one: Answer) =>
  ["netPence", "vatPence", "grossPence", "recoverablePence", "bornePence"].map((name) => one[name]).join(" ");
const leftOf = async (id: string) => {
  const found = await three.api(`payments/${id}/lines`);
  const lines = (found["lines"] as readonly Answer[]).map(({ left }) => amountsOf(left as Answer));
  return [...lines, [found["creditedPence"], found["unsharedPence"], found["leftPence"]].join(" ")];
};
const END = ["90000 18000 108000 18000 90000", "4166 834 5000 0 5000", "4000 100 4100 50 4050", "15050 0 99050"];

describe("a credit note line by line", () => {
  it("ends the same by page, API and command", async () => {
    const [byApi, byCommand] = [await payAgain(), await payAgain()];
    const page = await record(form(paymentId), { ...DAY, ...REASON, ...TYPED });
    expect(page.summed).toContain(PRINTED);
    expect(page.summed).toContain("Line 2: Room Left: net £83.33, VAT £16.67, of which £0.00 was recovered");
    const { creditNoteId } = await three.api("credit-notes", sent(byApi));
    await three.command(["credit-note", "record"], sent(byCommand));
    for (const id of [paymentId, byApi, byCommand]) {
      expect(await leftOf(id)).toEqual(END);
      expect(await shown(`trace/${id}`)).toContain(LEFT);
    }
    const note = await three.command(["credit-note", "lines", String(creditNoteId)]);
    expect((note["lines"] as readonly Answer[]).map(amountsOf)).toEqual([
      "10000 2000 12000 2000 10000",
      "4167 833 5000 0 5000",
      "0 100 100 50 50",
    ]);
    expect(note).toEqual(await three.api(`credit-notes/${creditNoteId}/lines`));
    expect(await open(`trace/${byApi}`)).toContain(`trace/${creditNoteId}"`);
    expect(await shown(`trace/${byApi}`)).toContain("20 March 2013 CN-7 line by line 150.50 Total 150.50");
    const traced = await shown(`trace/${creditNoteId}`);
    expect(traced).toContain(PRINTED);
    expect(traced).toContain("Recovered tax that is credited £20.50");
  });

  it("is public in its amounts; what its lines were for is for readers of the ledger", async () => {
    const id = await payAgain();
    const { creditNoteId } = await three.api("credit-notes", sent(id));
    for (const path of [`trace/${creditNoteId}?lang=cy`, `trace/${id}?lang=cy`]) {
      const { body } = await three.doors.app.inject(three.at(path));
      for (const words of ["Training", "Room", "Heating"]) expect(body).not.toContain(words);
      expect(textOf(body)).toContain("PREM-22 41.6");
    }
    const asked = { method: "GET", url: `/api/v1${three.at(`credit-notes/${creditNoteId}/lines`)}` } as const;
    const open = (await three.doors.app.inject(asked)).json();
    expect(open["lines"].map((line: Answer) => line["words"])).toEqual(["", "", ""]);
  });

  it("is what the payment's page leads to, unless its amount says all; one amount is still taken, and said to be so", async () => {
    const id = await payAgain();
    expect(await open(`trace/${id}`)).toContain(`trace/${id}/credit-note?by=lines"`);
    const plain = await three.api("payments", {
      ...{ commitmentId: three.id("shadowCommitment"), amountPence: "100", paidOn: "2013-03-15" },
    });
    expect(await open(`trace/${plain["paymentId"]}`)).toContain(`trace/${plain["paymentId"]}/credit-note"`);
    expect(await open(`trace/${plain["paymentId"]}/credit-note`)).not.toContain("by=lines");
    const one = `trace/${id}/credit-note`;
    expect(await shown(one)).toContain("it is shown as not shared out by line");
    const done = await post(one, { ...heldIn(await open(one)), ...DAY, ...REASON, amountPence: "1,000.00" });
    expect(done.statusCode).toBe(303);
    expect(await shown(`trace/${id}`)).toContain(
      "£1,000.00 was credited by one amount and is not shared out by line. Of all lines together, £141.00 can still be credited.",
    );
    const { creditNoteId } = await three.api("credit-notes", { ...sent(id), lines: undefined, amountPence: "100" });
    expect(await shown(`trace/${creditNoteId}`)).toContain("it is not shared out by line");
    expect((await leftOf(id)).at(-1)).toBe("100100 100100 14000");
  });

  it("of real money is shown line by line to whoever authorises it", async () => {
    const officer = await openOfficer({ ...three, placeId: three.town.placeId });
    const request = { commitmentId: three.id("commitmentId"), ...PAID, reference: "REAL-CN" };
    const prepared = await three.command(["approval", "prepare", "payment.record"], { request });
    await officer.authorise(String(prepared["approvalId"]));
    const payments = (await three.api("payments"))["payments"] as readonly Answer[];
    const id = String(payments.find(({ reference }) => reference === "REAL-CN")?.["paymentId"]);
    const { location } = await record(form(id), { ...DAY, ...REASON, ...TYPED });
    const waiting = textOf((await three.visitor.get(location)).body);
    expect(waiting).toContain("Credited of line 2 Room: net £41.67, VAT £8.33, of which £0.00 had been recovered");
    expect(waiting).toContain("Credited of line 3 Heating: net £0.00, VAT £1.00, of which £0.50 had been recovered");
    expect((await leftOf(id)).at(-1)).toBe("0 0 114100");
    await officer.authorise(location.split("/").at(-1) ?? "");
    expect(await leftOf(id)).toEqual(END);
  });

  it("is in Welsh where the reader asks", async () => {
    const welsh = await shown(`${form(paymentId)}&lang=cy`);
    await three.visitor.get(three.at("?lang=en"));
    expect(welsh).toContain("Yr hyn a gredydir o bob llinell");
    expect(welsh).toContain("Llinell 2: Room Ar ôl: net £41.66, TAW £8.34, y cafodd £0.00 ohono ei adennill");
  });
});

/** Boxes of lines 1, 2 and 3 as net/VAT/recovered, and the controls that are at fault; each line is as it was paid. */
const WRONG = `
  //, //, //            | credit1-net
  x/0/0, //, //         | credit1-net
  1.00/y/z, //, //      | credit1-vat credit1-recoverable
  1.00/0.20/, //, //    | credit1-recoverable
  //, 83.34/0/0, //     | credit2-net
  //, 1.00/16.68/0, //  | credit2-vat
  //, 1.00/0.20/0.20, // | credit2-recoverable
  //, 1.00/-0.20/, //   | credit2-vat
  //, -1.00//, //       | lines
  //, //, 40.00/2.00/0  | credit3-recoverable
  1.00//, 0/0/0, //     | credit2-net
`;
const wrong = WRONG.trim()
  .split("\n")
  .map((line) => line.split("|").map((part) => part.trim()));

describe("what is wrong with a credited line", () => {
  it.each(wrong)("%s: %s", async (text = "", expected = "") => {
    const id = await payAgain();
    const boxes = text.split(",").flatMap((row, index) => {
      const [net = "", vat = "", recoverable = ""] = row.trim().split("/");
      const names = { net, vat, recoverable };
      return Object.entries(names).map(([part, typed]) => [`credit${index + 1}-${part}`, typed] as const);
    });
    const fields = { ...heldIn(await open(form(id))), ...DAY, ...REASON, ...Object.fromEntries(boxes) };
    const first = await post(form(id), fields);
    const answer = first.statusCode === 200 ? await post(form(id), heldIn(first.body)) : first;
    expect([answer.statusCode >= 400 && answer.statusCode < 500, faultsIn(answer.body)], textOf(answer.body)).toEqual([
      true,
      expected === "lines" ? ["credit1-net"] : expected.split(" "),
    ]);
    const [control = ""] = expected.split(" ");
    expect(answer.body).toMatch(new RegExp(`id="(${control}|lines)-error"`));
    expect((await leftOf(id)).at(-1)).toBe("0 0 114100");
  });

  it("is said by the number of the payment's line at the API too", async () => {
    const input = { ...sent(await payAgain()), amountPence: "10001" };
    const over = [{ line: 2, netPence: "8334", vatPence: "1667" }];
    await expect(three.api("credit-notes", { ...input, lines: over })).rejects.toThrow(
      "Line 2: £83.33 of the net amount is left to credit",
    );
    await expect(three.api("credit-notes", { ...input, lines: [{ line: 1 }] })).rejects.toThrow("lines.0.netPence");
    await expect(three.api("credit-notes", { ...input, lines: CREDITED })).rejects.toThrow("lines_do_not_sum");
  });
});
