/** The made-up spending: the same every time, long enough, and holding the pots' own payments. */
import { describe, expect, it } from "vitest";
import { langworthyPayment, salfordPound } from "./salford.ts";
import { linesOfQuarter, monthsOf } from "./spend/lines.ts";
import { hashText, randomFrom } from "./spend/random.ts";
import { trades } from "./spend/trades.ts";
import { publishedPotPayments, spendFiles } from "./spend.ts";

const files = [...spendFiles()];
const salford = files.filter((file) => file.publisherGss === "E08000006");

function linesIn(text: string): number {
  return text.split(/\r?\n/).filter((line) => line !== "").length;
}

describe("the spending files", () => {
  it("are the same on every run, one for each council and quarter", () => {
    expect([...spendFiles()]).toEqual(files);
    expect(new Set(files.map((file) => file.name)).size).toBe(files.length);
    expect(files.every((file) => file.name.includes("made-up"))).toBe(true);
    expect(salford).toHaveLength(12);
    // Kept from the first run: a change of the generator changes every demonstration, so it must be meant.
    expect(hashText(files.map((file) => file.text).join("")).toString(16)).toBe("240ea507");
  });

  it("hold at least 20,000 lines for Salford", () => {
    expect(salford.reduce((total, file) => total + linesIn(file.text) - 1, 0)).toBeGreaterThanOrEqual(20_000);
  });

  it("hold every payment from a real pot once, with its supplier, amount and document number", () => {
    for (const { publisherGss, supplier, payment } of publishedPotPayments) {
      const found = files
        .filter((file) => file.publisherGss === publisherGss)
        .flatMap((file) => file.text.split(/\r?\n/).filter((line) => line.includes(payment.documentNumber)));
      expect(found, payment.id).toHaveLength(1);
      expect(found[0]).toContain(supplier);
    }
  });

  it("hold the Salford pound as Salford prints it", () => {
    const last = salford.find((file) => file.name === "salford-spending-made-up-2012-13-q4.csv");
    expect(last?.text.split("\r\n")).toContain(
      "Salford City Council,15/03/2013,5100447213,7488.00,1248.00,6240.00,Irwell Family Support CIC (made up)," +
        "Children's Services,Family Support Services,",
    );
    expect(salfordPound.documentNumber).toBe("5100447213");
  });

  it("hold the payment that Langworthy's shadow account names, once, as Salford prints it", () => {
    const lines = salford.flatMap((file) => file.text.split("\r\n"));
    expect(lines.filter((line) => line.includes(`,${langworthyPayment.documentNumber},`))).toEqual([
      "Salford City Council,17/08/2012,5200640214,3260.49,543.41,2717.08,Penderwick Play Schemes," +
        "Children's Services,Holiday Activities,",
    ]);
    expect(langworthyPayment).toMatchObject({
      date: "2012-08-17",
      netPence: 271_708n,
      vatPence: 54_341n,
      grossPence: 326_049n,
    });
  });

  it("hold what real files hold: ten fields under nine names, brackets, no header, short months, mistakes", () => {
    const text = (slug: string) =>
      files.find((file) => file.name === `${slug}-spending-made-up-2012-13-q1.csv`)?.text ?? "";
    expect(text("salford").startsWith("\uFEFFAuthority Name,Date of Payment,DocumentNo,Gross,VAT,Net,")).toBe(true);
    expect(text("salford")).toContain("31/02/2012");
    expect(text("manchester").split("\n")[0]?.split(",")).toHaveLength(11);
    expect(text("manchester")).toContain("see note");
    expect(text("newcastle")).toMatch(/\(£[\d,]+\.\d\d\)/);
    expect(text("north-devon")).toMatch(/^\d\d\/\d\d\/2012,/);
    expect(text("bolton")).toMatch(/,\d\d-Apr-12,/);
  });
});

describe("the seasons", () => {
  const publisher = { placeSlug: "x", gss: "E08000006", name: "X", slug: "salford", linesPerMonth: 560 };
  const quarters = ([1, 2, 3, 4] as const).flatMap((quarter) => linesOfQuarter(publisher, { year: 2012, quarter }));
  const inMonths = (description: string, months: readonly string[]) =>
    quarters.filter((line) => line.description === description && months.includes(line.date.slice(5, 7))).length;

  it("grit in winter, play in the holidays, and spend most in March", () => {
    expect(inMonths("Winter Gritting and Salt", ["06", "07", "08"])).toBe(0);
    expect(inMonths("Winter Gritting and Salt", ["12", "01", "02"])).toBeGreaterThan(20);
    expect(inMonths("Holiday Activities", ["07", "08"])).toBeGreaterThan(inMonths("Holiday Activities", ["01", "02"]));
    const byMonth = (month: string) => quarters.filter((line) => line.date.slice(5, 7) === month).length;
    expect(byMonth("03")).toBeGreaterThan(byMonth("11"));
    expect(quarters.some((line) => line.netPence < 0n)).toBe(true);
    expect(quarters.every((line) => typeof line.netPence === "bigint" && line.date <= "2013-03-29")).toBe(true);
  });

  it("has months in order over the turn of the year", () => {
    expect(monthsOf({ year: 2012, quarter: 4 })).toEqual([1, 2, 3].map((month) => ({ year: 2013, month })));
    expect(trades.every((trade) => trade.season.length === 12 && trade.weight > 0)).toBe(true);
  });
});

describe("the numbers that look random", () => {
  it("start from the published FNV-1a hash and repeat themselves", () => {
    expect(hashText("")).toBe(0x811c9dc5);
    expect(hashText("foobar")).toBe(0xbf9cf968);
    const [a, b] = [randomFrom("x"), randomFrom("x")];
    expect([a.below(1000), a.between(3, 5)]).toEqual([b.below(1000), b.between(3, 5)]);
  });
});
