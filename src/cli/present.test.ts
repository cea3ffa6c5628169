/** Answers in words: what is shown of each kind of value, and tables that fit a terminal. */
import { describe, expect, it } from "vitest";
import { presentAnswer } from "./present.ts";
import { presentFor } from "./present-for.ts";

const ID = "0199c0de-0000-7000-8000-000000000008";

const shown = `
  {"totalPence":"-125000"}                        | Total: −£1,250.00
  {"openedOn":"2013-03-29"}                       | Opened on: 29 March 2013
  {"fromMonth":"2010-04-01"}                      | From month: April 2010
  {"at":"2013-03-29T10:31:07.000Z"}               | At: 29 March 2013, 10:31
  {"kind":"whole_place"}                          | Kind: whole place
  {"madeUp":true}                                 | Made up: yes
  {"madeUp":false,"name":"A","nameWelsh":"B"}     | Name: A
  {"title":{"en":"Pot","cy":"Cronfa"},"x":null}   | Title: Pot
  {"pots":[]}                                     | Pots: none
  {"paymentId":"${ID}"}                           | Payment id: ${ID}
  {}                                              | Done.
`;

describe("values in words", () => {
  const cases = shown
    .trim()
    .split("\n")
    .map((line) => line.split(" | ").map((part) => part.trim()));
  it.each(cases)("%s is %s", (answer, words) => {
    expect(presentAnswer(JSON.parse(answer ?? ""))).toBe(words);
  });
});

it("a table leaves out ids and empty columns and fits 100 columns", () => {
  const row = { paymentId: ID, pot: "A pot ".repeat(20), potWelsh: "Cronfa", area: null, paidOn: "2013-03-29" };
  const more = { amountPence: "100", vatPence: "20", supplier: "S".repeat(60), reference: "R".repeat(60) };
  const lines = presentAnswer({ payments: [{ ...row, ...more }] }).split("\n");
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines[1]?.trim().split(/ {2,}/)).toEqual(["Pot", "Paid", "Amount", "Vat", "Supplier"].toSpliced(3, 1, "Vat"));
  expect(lines[2]).toContain("29 Mar 2013");
  expect(lines[2]).toContain("…");
});

it("a trace is a tree with the part of the money that each branch carries", () => {
  const words = (en: string) => ({ en, cy: "" });
  const record = (kind: string, title: string) => ({ kind, title: words(title), amountPence: "500", words: words("") });
  const leaf = { record: record("stream", "Fees"), amountPence: "200", branches: [], stops: [], more: [] };
  const answer = {
    record: record("payment", "Irwell"),
    up: { branches: [leaf], stops: [{ amountPence: "300", words: words("Stops here") }], more: [] },
    down: { branches: [], stops: [], more: [{ book: "shadow", count: 3, amountPence: "100" }] },
  };
  const text = presentFor({ name: "trace.follow" }, answer);
  expect(text).toContain("  ├─ £2.00  Stream: Fees\n  └─ £3.00  Stops here");
  expect(text).toContain("  └─ £1.00 (shadow)  in 3 more");
});
