/**
 * Reads a bank's camt.053 statement: Ntry with CdtDbtInd, Amt, BookgDt, AcctSvcrRef and NtryDtls; the balances OPBD and
 * CLBD. Namespaces and versions (001.02 to 001.08) differ in nothing that is read here. Source: ISO 20022, Bank-to-Customer
 * Statement (camt.053), message definition report; entries that are not booked (Sts) are no entries yet.
 */
import { type Day, parseDay } from "../lib/day.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { attribute, readXml } from "../platform/tables/index.ts";
import { type BankStatement, lastFourOf, type StatementFault } from "./domain/bank-statement.ts";
import { parseAmount } from "./domain/cells.ts";
import type { ListingLine } from "./domain/listing-line.ts";

/** An element with what stands in it: enough of a tree for a statement of some megabytes. */
type Element = { readonly name: string; readonly attributes: string; readonly children: Element[]; text: string };

const MOST_ELEMENTS = 2_000_000;

export async function readCamt(text: string): Promise<Result<BankStatement, StatementFault>> {
  const root: Element = { name: "", attributes: "", children: [], text: "" };
  const open: Element[] = [root];
  let count = 0;
  const read = await readXml(text, {
    open: (name, attributes) => {
      const element: Element = { name, attributes, children: [], text: "" };
      count += 1;
      if (count <= MOST_ELEMENTS) open.at(-1)?.children.push(element);
      open.push(element);
    },
    text: (part) => {
      const here = open.at(-1);
      if (here && here.text.length < 2000) here.text += part;
    },
    close: () => open.pop(),
  });
  if (!read.ok || count > MOST_ELEMENTS) return refuse({ code: "statement_not_read", part: "XML" });
  const statements = at(root, "Document/BkToCstmrStmt/Stmt");
  const [statement] = statements;
  if (statement === undefined || statements.length > 1)
    return refuse({ code: "statement_not_read", part: statement === undefined ? "Stmt" : "Stmt 2" });
  return readStatement(statement);
}

function readStatement(statement: Element): Result<BankStatement, StatementFault> {
  const foreign = at(statement, "Ntry/Amt")
    .map(({ attributes }) => currencyOf(attributes))
    .find((code) => code !== "GBP");
  if (foreign !== undefined) return refuse({ code: "statement_currency", currency: foreign });
  const lines: ListingLine[] = [];
  for (const [index, entry] of at(statement, "Ntry").entries()) {
    const status = textAt(entry, "Sts/Cd") || textAt(entry, "Sts");
    if (status !== "" && status !== "BOOK") continue;
    const found = linesOf(entry, index + 1);
    if (found === null) return refuse({ code: "statement_not_read", part: `Ntry ${index + 1}` });
    lines.push(...found);
  }
  const account = textAt(statement, "Acct/Id/IBAN") || textAt(statement, "Acct/Id/Othr/Id");
  const opening = balanceOf(statement, ["OPBD", "PRCD"]);
  const closing = balanceOf(statement, ["CLBD"]);
  if (opening === null || closing === null)
    return refuse({ code: "statement_not_read", part: opening === null ? "Bal OPBD" : "Bal CLBD" });
  const balances = { openingPence: opening.pence, closingPence: closing.pence, closedOn: closing.day };
  return accept({ lastFour: lastFourOf(account), ...balances, lines });
}

/** One entry is one line; a bulk entry whose parts come to its amount is a line for each part. */
function linesOf(entry: Element, row: number): readonly ListingLine[] | null {
  const pence = signed(entry);
  const postedOn = dayAt(entry, "BookgDt");
  if (pence === null || postedOn === null) return null;
  const details = at(entry, "NtryDtls/TxDtls");
  const parts = details.map((one) => parseAmount(textAt(one, "Amt") || textAt(one, "AmtDtls/TxAmt/Amt")));
  const whole = pence < 0n ? -pence : pence;
  const split = parts.length > 1 && parts.reduce<bigint>((sum, part) => sum + (part ?? 0n), 0n) === whole;
  const codes = { period: "", costCentre: "", subjective: "", project: "" };
  const words = (of: readonly Element[]): string =>
    [...of.map((one) => textAt(one, "RmtInf/Ustrd")), textAt(entry, "AddtlNtryInf")]
      .filter((one) => one !== "")
      .join("; ")
      .slice(0, 400);
  const own = textAt(entry, "AcctSvcrRef") || textAt(entry, "NtryRef");
  const document = own || `${postedOn}|${pence}|${words(details)}`.slice(0, 400);
  const line = (of: readonly Element[], number: number, amountPence: bigint): ListingLine => {
    const [one] = of;
    const about = { supplier: partyOf(one, pence < 0n), words: words(of), reference: referenceOf(one) };
    return { row, document, documentLine: String(number), postedOn, amountPence, ...codes, ...about };
  };
  if (!split) return [line(details, 1, -pence)];
  return details.map((one, index) => line([one], index + 1, pence < 0n ? (parts[index] ?? 0n) : -(parts[index] ?? 0n)));
}

function referenceOf(details: Element | undefined): string {
  const named = details === undefined ? "" : textAt(details, "Refs/EndToEndId") || textAt(details, "Refs/InstrId");
  return named === "NOTPROVIDED" ? "" : named;
}

/** Who was paid, or who paid: later versions put the name one step deeper. */
function partyOf(details: Element | undefined, paidOut: boolean): string {
  if (details === undefined) return "";
  const side = `RltdPties/${paidOut ? "Cdtr" : "Dbtr"}`;
  return textAt(details, `${side}/Nm`) || textAt(details, `${side}/Pty/Nm`);
}

/** Money in is positive here, as the bank says it. */
function signed(of: Element): bigint | null {
  const size = parseAmount(textAt(of, "Amt"));
  const indicator = textAt(of, "CdtDbtInd");
  if (size === null || size < 0n || (indicator !== "CRDT" && indicator !== "DBIT")) return null;
  return indicator === "CRDT" ? size : -size;
}

function balanceOf(
  statement: Element,
  codes: readonly string[],
): { readonly pence: bigint; readonly day: Day | null } | null {
  const balance = at(statement, "Bal").find((one) => codes.includes(textAt(one, "Tp/CdOrPrtry/Cd")));
  const pence = balance === undefined ? null : signed(balance);
  return balance === undefined || pence === null ? null : { pence, day: dayAt(balance, "Dt") };
}

function dayAt(of: Element, path: string): Day | null {
  return parseDay(textAt(of, `${path}/Dt`) || textAt(of, `${path}/DtTm`).slice(0, 10));
}

function at(of: Element, path: string): readonly Element[] {
  return path
    .split("/")
    .reduce<readonly Element[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      [of],
    );
}

function textAt(of: Element, path: string): string {
  const [found] = at(of, path);
  return found === undefined || found.children.length > 0 ? "" : found.text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}

function currencyOf(attributes: string): string {
  return attribute(attributes, { name: "Ccy", part: "XML" }) ?? "GBP";
}
