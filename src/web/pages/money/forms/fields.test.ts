/** The fields of the money forms: amounts in pounds, dates in three boxes, shares by stream. */
import { describe, expect, it } from "vitest";
import { dayValues, type FormField, readFields } from "./fields.ts";
import { formWords } from "./words.ts";

const english = { words: formWords("en"), language: "en" } as const;
const amount: FormField = { kind: "money", name: "amountPence", label: "Amount" };
const day: FormField = { kind: "date", name: "madeOn", label: "Put in on" };
const shares: FormField = {
  kind: "shares",
  name: "shares",
  label: "Shares",
  streams: [
    { value: "a", text: "A" },
    { value: "b", text: "B" },
  ],
};

describe("what is typed into a form of the ledger", () => {
  const amounts = `
    1,250.00  | 125000
    £12       | 1200
    0.05      | 5
    12.345    | wrong
    abc       | wrong
  `;
  for (const line of amounts.trim().split("\n")) {
    const [typed = "", meant = ""] = line.split("|").map((part) => part.trim());
    it(`reads ${typed} as ${meant}`, () => {
      const read = readFields([amount], { values: { amountPence: typed }, ...english });
      expect(read.faults.length).toBe(meant === "wrong" ? 1 : 0);
      if (meant !== "wrong") expect(read.typed.text("amountPence")).toBe(meant);
    });
  }

  it("reads a day from its three parts, and sends a wrong one to the first of them", () => {
    expect(readFields([day], { values: dayValues("madeOn", "2013-03-09"), ...english }).typed.text("madeOn")).toBe(
      "2013-03-09",
    );
    const wrong = readFields([day], {
      values: { "madeOn-day": "31", "madeOn-month": "2", "madeOn-year": "2013" },
      ...english,
    });
    expect(wrong.faults.map(({ anchor }) => anchor)).toEqual(["madeOn-day"]);
  });

  it("asks for what is missing, but not for what is optional", () => {
    expect(readFields([amount, day], { values: {}, ...english }).faults.map(({ field }) => field)).toEqual([
      "amountPence",
      "madeOn",
    ]);
    expect(readFields([{ ...amount, optional: true }], { values: {}, ...english }).faults).toEqual([]);
  });

  it("takes shares only when they are given, and only those that are not empty", () => {
    expect(readFields([shares], { values: { shares: "auto", "share-a": "5" }, ...english }).typed.shares).toBeNull();
    const own = readFields([shares], { values: { shares: "own", "share-a": "40", "share-b": "" }, ...english });
    expect(own.typed.shares).toEqual([{ streamId: "a", amountPence: "4000" }]);
    expect(readFields([shares], { values: { shares: "own" }, ...english }).faults.length).toBe(1);
  });
});
