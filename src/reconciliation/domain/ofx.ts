/**
 * Reads an OFX bank statement, of version 1 (SGML: a value's tag is never closed) and of version 2 (XML) alike: STMTTRN with
 * DTPOSTED, TRNAMT, FITID, NAME, MEMO; BANKACCTFROM and LEDGERBAL. Source: Open Financial Exchange Specification 1.6 and
 * 2.2, sections 2.3 (headers and SGML), 3 (aggregates and elements) and 11.4 (bank statement download).
 */
import { type Day, parseDay } from "../../lib/day.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type BankStatement, lastFourOf, type StatementFault } from "./bank-statement.ts";
import { parseAmount } from "./cells.ts";
import type { ListingLine } from "./listing-line.ts";

const MOST_TRANSACTIONS = 100_000;
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9._]*)\s*\/?>([^<]*)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", nbsp: " ", quot: '"', apos: "'" };

type Values = Map<string, string>;

export function readOfx(text: string): Result<BankStatement, StatementFault> {
  const start = text.search(/<OFX>/i);
  // Markup declarations have no place here: nothing may be defined or fetched.
  if (start < 0 || /<!/.test(text.slice(start)) || /<!(doctype|entity)/i.test(text))
    return refuse({ code: "statement_not_read", part: "OFX" });
  const transactions: Values[] = [];
  const head: Values = new Map();
  const balance: Values = new Map();
  let into: Values = head;
  let ended = false;
  for (const [, close, tag = "", value = ""] of text.slice(start).matchAll(TAG)) {
    const name = tag.toUpperCase();
    if (close === "/") {
      if (name === "STMTTRN" || name === "LEDGERBAL") into = head;
      ended ||= name === "OFX";
      continue;
    }
    if (name === "STMTTRN") {
      into = new Map();
      transactions.push(into);
    } else if (name === "LEDGERBAL") into = balance;
    else if (name === "AVAILBAL") into = new Map();
    else if (value.trim() !== "" && !into.has(name)) into.set(name, plain(value));
  }
  if (!ended || transactions.length > MOST_TRANSACTIONS || !head.has("ACCTID"))
    return refuse({ code: "statement_not_read", part: ended ? "ACCTID" : "</OFX>" });
  const currency = head.get("CURDEF") ?? "GBP";
  if (currency !== "GBP") return refuse({ code: "statement_currency", currency });
  return statementOf({ head, balance, transactions });
}

type Read = { readonly head: Values; readonly balance: Values; readonly transactions: readonly Values[] };

function statementOf({ head, balance, transactions }: Read): Result<BankStatement, StatementFault> {
  const lines: ListingLine[] = [];
  for (const [index, one] of transactions.entries()) {
    const line = lineOf(one, index + 1);
    if (line === null) return refuse({ code: "statement_not_read", part: `STMTTRN ${index + 1}` });
    lines.push(line);
  }
  const closing = balance.get("BALAMT");
  const closingPence = closing === undefined ? null : parseAmount(closing);
  if (closing !== undefined && closingPence === null) return refuse({ code: "statement_not_read", part: "LEDGERBAL" });
  const closedOn = dayOfOfx(balance.get("DTASOF") ?? "");
  return accept({ lastFour: lastFourOf(head.get("ACCTID") ?? ""), openingPence: null, closingPence, closedOn, lines });
}

function lineOf(one: Values, row: number): ListingLine | null {
  const postedOn = dayOfOfx(one.get("DTPOSTED") ?? "");
  const amount = parseAmount(one.get("TRNAMT") ?? "");
  const document = one.get("FITID") ?? "";
  if (postedOn === null || amount === null || document === "") return null;
  const codes = { period: "", costCentre: "", subjective: "", project: "" };
  const words = { supplier: one.get("NAME") ?? "", words: one.get("MEMO") ?? "" };
  const reference = one.get("CHECKNUM") ?? one.get("REFNUM") ?? "";
  // The bank writes money out with a minus; here what was spent is positive.
  return { row, document, documentLine: "1", postedOn, amountPence: -amount, ...codes, ...words, reference };
}

/** YYYYMMDD, with a time and a zone after it that a day does not need. */
function dayOfOfx(text: string): Day | null {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(text.trim());
  return match ? parseDay(`${match[1]}-${match[2]}-${match[3]}`) : null;
}

function plain(text: string): string {
  const letters = text.replaceAll(/&([a-z]+|#\d{1,5});/gi, (whole, name: string) =>
    name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : (ENTITIES[name.toLowerCase()] ?? whole),
  );
  return letters
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 400);
}
