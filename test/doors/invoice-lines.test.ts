/**
 * An invoice recorded line by line, by page, API and command, with the same end to the penny; what the lines come to is
 * shown before it is recorded; two people where the money is real; what is wrong is named by row and column.
 *
 * The invoice is a worked example of partial recovery. The standard rate is 20 % of the net amount, which is 1/6 of an
 * amount that includes it, and the reduced rate 5 % (HMRC, VAT Notice 700: rates and VAT fractions). A council is refunded
 * the VAT on its non-business activities (Value Added Tax Act 1994, section 33); a body outside section 33 is not (HMRC,
 * VAT Government and Public Bodies manual, VATGPB6640).
 *   training, by the council:  1,000.00 + 20 % 200.00, all of it refunded:  the pot bears 1,000.00
 *   room at £100.00 with VAT:     83.33 + 1/6   16.67, nothing refunded:    the pot bears   100.00
 *   heating, half the council's:  40.00 +  5 %   2.00, half of it refunded: the pot bears    41.00
 *   room given up, credited:      -8.33 - 1/6   -1.67, nothing refunded:    the pot bears   -10.00
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listPaymentLines } from "../../src/ledger/index.ts";
import { showPlace } from "../../src/places/index.ts";
import { type Fields, faultsIn, heldIn, openThreeDoors, type ThreeDoors, textOf } from "../setup/three-doors.ts";
import { openOfficer } from "../stories/officer.ts";

let three: ThreeDoors;

beforeAll(async () => {
  three = await openThreeDoors();
}, 120_000);
afterAll(() => three?.close());

const INVOICE = [
  { words: "Training", net: "1,000.00", vat: "200.00", recoverable: "200.00", group: "1" },
  { words: "Room", net: "83.33", vat: "16.67", recoverable: "0.00", group: "PREM-22" },
  { words: "Heating", net: "40.00", vat: "2.00", recoverable: "1.00", group: "2" },
  { words: "Room given up", net: "-8.33", vat: "-1.67", recoverable: "0", group: "" },
];
const LINES = [
  { words: "Training", netPence: "100000", vatPence: "20000", recoverablePence: "20000", subjectiveGroup: "1" },
  { words: "Room", netPence: "8333", vatPence: "1667", subjectiveGroup: "PREM-22" },
  { words: "Heating", netPence: "4000", vatPence: "200", recoverablePence: "100", subjectiveGroup: "2" },
  { words: "Room given up", netPence: "-833", vatPence: "-167" },
];
const PAID = { amountPence: "113100", vatRecoveredPence: "20100", paidOn: "2013-03-15", lines: LINES };
/** Net, VAT, gross, recovered, borne. */
const END = [
  ["1", "100000", "20000", "120000", "20000", "100000"],
  ["PREM-22", "8333", "1667", "10000", "0", "10000"],
  ["2", "4000", "200", "4200", "100", "4100"],
  [null, "-833", "-167", "-1000", "0", "-1000"],
  ["111500", "21700", "133200", "20100", "113100"],
];
const PRINTED =
  "1. Training 1 Employees 1,000.00 200.00 1,200.00 200.00 1,000.00 2. Room PREM-22 83.33 16.67 100.00 0.00 100.00 " +
  "3. Heating 2 Premises-related expenditure 40.00 2.00 42.00 1.00 41.00 4. Room given up −8.33 −1.67 −10.00 0.00 −10.00 " +
  "Total 1,115.00 217.00 1,332.00 201.00 1,131.00";
const DAY = { "paidOn-day": "15", "paidOn-month": "3", "paidOn-year": "2013" };

const byLines = () => `pots/irwell-shadow-pot/payments/new?commitment=${three.id("shadowCommitment")}&by=lines`;
const post = (path: string, fields: Fields) => three.visitor.post(three.at(path), fields);

function typedLines(lines: readonly Fields[]): Record<string, string> {
  const boxes = lines.flatMap((line, index) =>
    Object.entries(line).map(([part, typed]) => [`line${index + 1}-${part}`, typed] as const),
  );
  return { "lines-count": String(lines.length), ...Object.fromEntries(boxes) };
}

/** Sends the form, sees what its lines come to, and sends exactly that on; twice, which records once. */
async function record(path: string, fields: Fields): Promise<{ readonly summed: string; readonly location: string }> {
  const opened = heldIn((await three.visitor.get(three.at(path))).body);
  const summed = await post(path, { ...opened, ...fields });
  expect(summed.statusCode, textOf(summed.body)).toBe(200);
  const done = await post(path, heldIn(summed.body));
  const again = await post(path, heldIn(summed.body));
  expect([done.statusCode, again.headers["location"]], textOf(done.body)).toEqual([303, done.headers["location"]]);
  return { summed: textOf(summed.body), location: String(done.headers["location"]) };
}

type Lines = { readonly lines: readonly Fields[]; readonly total: Fields };
const amountsOf = (one: Fields | undefined) =>
  ["netPence", "vatPence", "grossPence", "recoverablePence", "bornePence"].map((name) => one?.[name]);
const listed = (of: unknown) => {
  const { lines, total } = of as Lines;
  return [...lines.map((line) => [line["subjectiveGroup"], ...amountsOf(line)]), amountsOf(total)];
};
const paymentIn = (location: string) => /trace\/([0-9a-f-]{36})/.exec(location)?.[1] ?? "";
const countPayments = async () => ((await three.api("payments"))["payments"] as readonly object[]).length;

const payPlainly = (words: string) =>
  three.api("payments", {
    commitmentId: three.id("shadowCommitment"),
    amountPence: "100",
    paidOn: "2013-03-15",
    lines: [{ words, netPence: "100" }],
  });

describe("an invoice line by line", () => {
  it("ends the same by page, API and command", async () => {
    // Of exactly the invoice: sent twice, the form finds its commitment paid in full by itself.
    const { commitmentId } = await three.api("commitments", {
      allocationId: three.id("shadowAllocation"),
      kind: "order",
      supplierId: three.id("partnerId"),
      serviceId: three.id("serviceId"),
      amountPence: PAID.amountPence,
      committedOn: "2013-03-15",
    });
    const form = `pots/irwell-shadow-pot/payments/new?commitment=${commitmentId}&by=lines`;
    const page = await record(form, { ...DAY, ...typedLines(INVOICE) });
    expect(page.summed).toContain(PRINTED);
    const input = { commitmentId: three.id("shadowCommitment"), ...PAID };
    const byApi = await three.api("payments", input);
    const byCommand = await three.command(["payment", "record"], input);
    for (const paymentId of [paymentIn(page.location), byApi["paymentId"], byCommand["paymentId"]].map(String)) {
      expect(listed(await three.api(`payments/${paymentId}/lines`))).toEqual(END);
      expect(listed(await three.command(["payment", "lines", paymentId]))).toEqual(END);
      expect(textOf((await three.visitor.get(three.at(`trace/${paymentId}`))).body)).toContain(PRINTED);
    }
  });

  it("is public in its amounts, like the payment it is of; its words are for readers of the ledger", async () => {
    const { paymentId } = await three.api("payments", { commitmentId: three.id("shadowCommitment"), ...PAID });
    const nobody = (url: string) => three.doors.app.inject(url);
    const lines = `payments/${paymentId}/lines`;
    const wordsIn = (of: unknown) => (of as Lines).lines.map((line) => line["words"]);
    const typed = ["Training", "Room", "Heating", "Room given up"];
    expect(wordsIn(await three.api(lines))).toEqual(typed);
    expect(wordsIn(await three.command(["payment", "lines", String(paymentId)]))).toEqual(typed);
    const open = (await nobody(`/api/v1${three.at(lines)}`)).json();
    expect([listed(open), wordsIn(open)]).toEqual([END, ["", "", "", ""]]);
    const shown = (await nobody(three.at(`trace/${paymentId}?lang=cy`))).body;
    expect(textOf(shown)).toContain("Llinellau&#39;r anfoneb Llinell Grŵp goddrychol neu god cyfrif Net (£) TAW (£)");
    expect(textOf(shown)).toMatch(/ 1 1 [^\d]+ 1,000\.00 200\.00 1,200\.00 200\.00 1,000\.00 2 PREM-22 83\.33/);
    for (const words of typed) expect(shown).not.toContain(words);
    // Who works with the money of one area is no reader of a pot that is not the area's.
    const { areaId } = three.town.ids;
    const placeId = three.town.placeId;
    const by = await three.test.personWith("finance_officer", { placeId, areaId: String(areaId) });
    const { areas } = three.test.value(await three.test.ask(showPlace, { by, place: "salford", input: {} }));
    const place = areas.find((one) => one.areaId === areaId)?.slug ?? "";
    const input = { paymentId: String(paymentId) };
    const near = three.test.value(await three.test.ask(listPaymentLines, { by, place, input }));
    expect(near.lines.map(({ words, netPence }) => [words, netPence])).toEqual([
      ["", 100000n],
      ["", 8333n],
      ["", 4000n],
      ["", -833n],
    ]);
  });

  it("shows no table of one line without tax, whose words only readers of the ledger see", async () => {
    const path = `trace/${(await payPlainly("Family of the old mill"))["paymentId"]}`;
    expect((await three.visitor.get(three.at(path))).body).toContain("1. Family of the old mill");
    const open = (await three.doors.app.inject(three.at(path))).body;
    expect(open).not.toContain("Family of the old mill");
    expect(open).not.toContain("Lines of the invoice");
    // A payment of one amount without tax has one line that says no more than the payment does.
    const alone = { commitmentId: three.id("shadowCommitment"), amountPence: "100", paidOn: "2013-03-15" };
    const plain = await three.api("payments", alone);
    expect((await three.visitor.get(three.at(`trace/${plain["paymentId"]}`))).body).not.toContain(
      "Lines of the invoice",
    );
  });

  it("keeps what was typed when a line is added, and records nothing before its sums were seen", async () => {
    const before = await countPayments();
    const one = await three.visitor.get(three.at(byLines()));
    expect(one.body).not.toContain("line2-net");
    const typed = { ...heldIn(one.body), ...DAY, reference: "INV-9", ...typedLines(INVOICE.slice(0, 1)) };
    const two = await post(byLines(), { ...typed, press: "add-line" });
    expect(two.statusCode).toBe(200);
    const held = heldIn(two.body);
    expect([held["reference"], held["line1-net"], held["line2-net"]]).toEqual(["INV-9", "1,000.00", ""]);
    expect(two.body).not.toContain("What the lines come to");
    const summed = await post(byLines(), held);
    expect(textOf(summed.body)).toContain("Total 1,000.00 200.00 1,200.00 200.00 1,000.00");
    // Changed after it was shown: what it comes to now is shown first.
    const changed = await post(byLines(), { ...heldIn(summed.body), "line1-recoverable": "100.00" });
    expect([changed.statusCode, textOf(changed.body)]).toEqual([
      200,
      expect.stringContaining("Total 1,000.00 200.00 1,200.00 100.00 1,100.00"),
    ]);
    expect(await countPayments()).toBe(before);
  });

  it("is recorded of what was paid elsewhere", async () => {
    const path = "pots/irwell-shadow-pot/elsewhere/new?by=lines";
    const fields = { ...DAY, commitmentId: three.id("shadowCommitment"), reference: "SAP 900", ...typedLines(INVOICE) };
    const opened = heldIn((await three.visitor.get(three.at(path))).body);
    const summed = await post(path, { ...opened, ...fields });
    const done = await post(path, { ...heldIn(summed.body), commitmentId: fields.commitmentId });
    expect(done.statusCode, textOf(done.body)).toBe(303);
    const input = { commitmentId: fields.commitmentId, ...PAID, reference: "SAP 901" };
    const byApi = await three.api("payments/elsewhere", input);
    const byCommand = await three.command(["payment", "record-elsewhere"], { ...input, reference: "SAP 902" });
    for (const id of [paymentIn(String(done.headers["location"])), byApi["paymentId"], byCommand["paymentId"]])
      expect(listed(await three.api(`payments/${id}/lines`))).toEqual(END);
    await expect(three.api("payments/elsewhere", { ...input, amountPence: "113101" })).rejects.toThrow(
      "lines_do_not_sum",
    );
  });

  it("of real money is shown line by line to whoever authorises it", async () => {
    const form = `pots/${three.id("potSlug")}/payments/new?commitment=${three.id("commitmentId")}&by=lines`;
    const { location } = await record(form, { ...DAY, reference: "REAL-1", ...typedLines(INVOICE) });
    const shown = textOf((await three.visitor.get(location)).body);
    expect(shown).toContain(
      "Invoice line 1 Training, 1 Employees: net £1,000.00, VAT £200.00, of which £200.00 is recovered",
    );
    expect(shown).toContain("Invoice line 4 Room given up: net −£8.33, VAT −£1.67, of which £0.00 is recovered");
    const officer = await openOfficer({ ...three, placeId: three.town.placeId });
    await officer.authorise(location.split("/").at(-1) ?? "");
    const payments = (await three.api("payments"))["payments"] as readonly Fields[];
    const paid = payments.find(({ reference }) => reference === "REAL-1");
    expect(paid).toMatchObject({ amountPence: "113100", vatRecoveredPence: "20100" });
    expect(listed(await three.api(`payments/${paid?.["paymentId"]}/lines`))).toEqual(END);
  });
});

/** Rows of words/net/VAT/recovered, and the controls that are at fault. */
const WRONG = `
                                     | line1-net
  a/x/0/0                            | line1-net
  a/1.00/0/0, b//0.20/0.20           | line2-net
  a/1.00/0.20/                       | line1-recoverable
  a/1.00/0.20/0.2.0                  | line1-recoverable
  a/1.001/y/z                        | line1-net line1-vat line1-recoverable
  , b/1.00/-0.20/0                   | line2-vat
  a/1.00/0.20/0.20, , c/1.00/0.20/0.21 | line3-recoverable
  a/99999999999999999999.00/0/0      | line1-net
  a/-1.00//                          | line1-net
`;
const wrong = WRONG.split("\n")
  .filter((line) => line.includes("|"))
  .map((line) => line.split("|").map((part) => part.trim()));

describe("what is wrong with a line", () => {
  it.each(wrong)("%s: %s", async (text = "", expected = "") => {
    const rows = text.split(",").map((row) => {
      const [words = "", net = "", vat = "", recoverable = ""] = row.trim().split("/");
      return { words, net, vat, recoverable };
    });
    const opened = heldIn((await three.visitor.get(three.at(byLines()))).body);
    const first = await post(byLines(), { ...opened, ...DAY, ...typedLines(rows) });
    const answer = first.statusCode === 200 ? await post(byLines(), heldIn(first.body)) : first;
    expect([answer.statusCode >= 400 && answer.statusCode < 500, faultsIn(answer.body)]).toEqual([
      true,
      expected.split(" "),
    ]);
    const [control = ""] = expected.split(" ");
    expect(answer.body).toMatch(new RegExp(`id="(${control}|lines)-error"`));
  });

  it("is said by its number and column at the API too", async () => {
    const input = { commitmentId: three.id("shadowCommitment"), ...PAID };
    const lines = [LINES[0], { netPence: "100", vatPence: "-20" }];
    await expect(three.api("payments", { ...input, lines })).rejects.toThrow(
      "Line 2: the VAT does not have the sign of the net amount",
    );
  });
});

describe("as many lines as a payment may have", () => {
  it("are recorded by the form, to the penny, and no line more is offered", async () => {
    // 0.03 with VAT of 1/6 is 0.025 and 0.005: the halves go up and down, and still sum to the whole.
    const rows = Array.from({ length: 200 }, (_, index) => ({
      words: `Item ${index + 1}`,
      net: index % 2 === 0 ? "0.03" : "0.02",
      vat: index % 2 === 0 ? "0.00" : "0.01",
      recoverable: "0",
    }));
    const { summed, location } = await record(byLines(), { ...DAY, ...typedLines(rows) });
    expect(summed).toContain("Total 5.00 1.00 6.00 0.00 6.00");
    expect(summed).toContain("A payment has 200 lines at most");
    expect(summed).not.toContain("Add another line");
    const { lines, total } = (await three.api(`payments/${paymentIn(location)}/lines`)) as unknown as Lines;
    expect([lines.length, amountsOf(total)]).toEqual([200, ["500", "100", "600", "0", "600"]]);
  });
});
