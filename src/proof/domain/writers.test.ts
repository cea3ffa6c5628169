/** What is written for other programs is read back as it was: words, amounts and names, whatever they hold. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { parsePounds } from "../../lib/pence.ts";
import { accountIdOf, accountName } from "./account-name.ts";
import { beancountForm } from "./beancount.ts";
import type { BookTransfer, NamedAccount } from "./books.ts";
import { hledgerForm } from "./hledger.ts";
import { fromOneLine, onOneLine, poundsText } from "./plain-text.ts";

const LARGEST = 2n ** 62n;
const HARD = [
  '"',
  "\\",
  "\n",
  "\r\n",
  "\t",
  ";",
  "|",
  ",",
  "%",
  "%41",
  "  ",
  " ",
  "(",
  ")",
  "*",
  "!",
  "=",
  "^",
  "#",
  ":",
];
const LETTERS = [
  "a",
  "Ŵ",
  "ŷ",
  "ß",
  "é",
  "👩‍👧",
  "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
  "\u200f",
  "\u202e",
  "\u2066",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "日",
  "ابن",
  "\0",
  "\u0301",
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...HARD, ...LETTERS), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 12 })
  .map((parts) => parts.join(""));
const amount = fc.bigInt({ min: -LARGEST, max: LARGEST });
const id = fc.uuid().map((text) => text.toLowerCase());
const account: fc.Arbitrary<NamedAccount> = fc.record({
  accountId: id,
  kind: fc.constantFrom("stream", "pot", "allocation", "commitment", "paid", "resolve", "creditor", "a later kind"),
  pot: fc.option(words),
  stream: fc.option(words),
  record: fc.option(fc.oneof(words, id)),
});
const transfer: fc.Arbitrary<BookTransfer> = fc.record({
  transferId: id,
  kind: fc.constantFrom("payment", "reversal"),
  effectiveOn: fc.constant(mustDay("2013-01-15")),
  postedAt: fc.constant("2013-01-15T09:00:00.000Z"),
  recordId: id,
  words,
  madeBy: fc.oneof(fc.constant("operator"), words),
  reversesId: fc.option(id),
  lines: fc.array(fc.record({ account, amountPence: amount }), { minLength: 2, maxLength: 5 }),
});

describe("amounts", () => {
  const cases = `
    0                    | 0.00
    1                    | 0.01
    -1                   | -0.01
    -99                  | -0.99
    100                  | 1.00
    1234567              | 12345.67
    4611686018427387904  | 46116860184273879.04
    -4611686018427387904 | -46116860184273879.04
  `;
  it.each(cases.trim().split("\n"))("%s", (line) => {
    const [pence = "", text] = line.split("|").map((part) => part.trim());
    expect(poundsText(BigInt(pence))).toBe(text);
  });
  it("are read back to the penny", () => {
    fc.assert(fc.property(amount, (pence) => parsePounds(poundsText(pence)) === pence));
  });
});

describe("words on one line", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Family Support, April", "Family Support, April"],
    ["100% of it", "100%25 of it"],
    ["two\nlines", "two%0Alines"],
    [" led and followed ", "%20led and followed%20"],
    ["a  b", "a %20b"],
    ["\u202eevil", "%E2%80%AEevil"],
    ["Pŵer Cymuned 👩‍👧", "Pŵer Cymuned 👩‍👧"],
  ];
  it.each(cases)("%j", (plain, written) => {
    expect(onOneLine(plain)).toBe(written);
    expect(fromOneLine(written)).toBe(plain);
  });
  it("are read back to the letter, and neither break a line nor turn its letters round", () => {
    fc.assert(
      fc.property(words, (text) => {
        const written = onOneLine(text, /[;|,]/g);
        expect(written).not.toMatch(/[\p{Cc}\p{Bidi_Control};|,]|^\s|\s$|\s\s/u);
        expect(fromOneLine(written)).toBe(text.replaceAll(/\p{Cs}/gu, "\ufffd"));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("names of accounts", () => {
  it("are for people first, and end with the account's id", () => {
    const accountId = "0199c0de-0000-7000-8000-00000000000a";
    const name = (of: Partial<NamedAccount>) =>
      accountName({ accountId, kind: "pot", pot: null, stream: null, record: null, ...of });
    const end = accountId.toUpperCase();
    expect(name({ kind: "stream", stream: "Troubled families: year 2" })).toBe(
      `Income:Stream:Troubled-families-year-2:${end}`,
    );
    expect(name({ pot: "ŵyr's pot", stream: "1st", record: "ŵyr's pot" })).toBe(`Assets:Pot:Ŵyr-s-pot:1st:${end}`);
    expect(name({ kind: "paid", pot: "日本", stream: "--", record: "(x)" })).toBe(`Expenses:Paid:X:${end}`);
  });
  it("are legal in both programs: parts of letters, numbers and hyphens that begin with a capital or a number", () => {
    fc.assert(
      fc.property(account, (one) => {
        for (const part of accountName(one).split(":")) expect(part).toMatch(/^[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*$/u);
        expect(accountName(one)).toMatch(/^(Assets|Liabilities|Equity|Income|Expenses):/);
      }),
      { numRuns: 1000 },
    );
  });
  it("are the account's own, and none is the beginning of another", () => {
    fc.assert(
      fc.property(account, account, (one, other) => {
        const [a, b] = [accountName(one), accountName(other)];
        expect(accountIdOf(a)).toBe(one.accountId);
        if (one.accountId === other.accountId) return;
        expect(`${b}:`.startsWith(`${a}:`)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

type Read = { readonly words: string; readonly lines: readonly (readonly [string, bigint | null])[] };

/** As the manuals say, and no more: the first line's parts, comments, and postings with two spaces before the amount. */
function readHledger(text: string): Read {
  const [head = "", ...rest] = text.trimStart().split("\n");
  const [, said = ""] = /^\d{4}-\d\d-\d\d \* \([^)]*\) ?(.*)$/.exec(head) ?? [];
  const postings = rest.filter((line) => /^ {4}[^;]/.test(line)).map((line) => line.trim().split(/ {2,}/));
  return {
    words: fromOneLine(said),
    lines: postings.map(([name = "", sum = ""]) => [accountIdOf(name), penceOf(sum)]),
  };
}

function readBeancount(text: string): Read {
  const [head = "", ...rest] = text.trimStart().split("\n");
  const [, said = ""] = /^\d{4}-\d\d-\d\d \* "((?:[^"\\]|\\.)*)"/.exec(head) ?? [];
  const postings = rest.filter((line) => /^ {2}[A-Z]/.test(line)).map((line) => line.trim().split(/ {2,}/));
  return {
    words: fromOneLine(said.replaceAll(/\\(.)/g, "$1")),
    lines: postings.map(([name = "", sum = ""]) => [accountIdOf(name), penceOf(sum)]),
  };
}

const penceOf = (text: string): bigint | null => parsePounds(text.replace(" GBP", ""));

describe.each([
  ["hledger", hledgerForm, readHledger],
  ["beancount", beancountForm, readBeancount],
] as const)("a transfer for %s", (_, form, read) => {
  it("is read back: its words, its accounts, its amounts", () => {
    fc.assert(
      fc.property(transfer, (one) => {
        const text = form.transfer(one);
        const plain = {
          words: one.words.replaceAll(/\p{Cs}/gu, "\ufffd"),
          lines: one.lines.map((line) => [line.account.accountId, line.amountPence]),
        };
        expect(read(text)).toEqual(plain);
        expect(text).toContain(one.transferId);
        if (one.reversesId !== null) expect(text).toContain(one.reversesId);
      }),
      { numRuns: 500 },
    );
  });
});
