/**
 * Guesses which column of a spend file holds what, from its headings and, where there are none or they say little, from
 * what stands in the columns. It is a proposal with its reasons: a person sees it and may correct it before anything is stored.
 */
import { type ColumnContents, columnContents } from "./column-contents.ts";
import { type AmountRole, amountRole, type Mapping, type SpendRow } from "./mapping.ts";
import { headingFits, plainHeading, ROLES, type Role } from "./roles.ts";

export type GuessReason = {
  readonly role: Role;
  readonly column: number;
  /** A known heading, a heading with a known word in it, or what stands in the column. */
  readonly because: "heading" | "heading_word" | "contents";
  /** From 0 to 1. */
  readonly certainty: number;
};

export type Guess = {
  readonly mapping: Mapping;
  /** Which column was taken as the amount of a payment; null when none was found. */
  readonly amountIs: AmountRole | null;
  /** The certainty of the least sure of day, amount and supplier; 0 when one was not found. */
  readonly confidence: number;
  readonly reasons: readonly GuessReason[];
};

const HEADER_WITHIN = 40;
const MONEY: readonly Role[] = ["amount", "net", "vat", "gross", "irrecoverableVat"];
const WORDS: readonly Role[] = ["supplier", "serviceArea", "bodyName"];
/** Below this a column is not given the role. */
const LEAST_CERTAINTY = 0.35;

/** From the first rows of a file; a few hundred are plenty. */
export function guessColumns(sample: readonly SpendRow[]): Guess {
  const header = findHeader(sample);
  if (header === null) return guessByContents(sample);
  const below = sample.filter(({ row }) => row > header.row);
  const width = Math.max(header.cells.length, ...below.map(({ cells }) => cells.length));
  const contents = Array.from({ length: width }, (_, column) => columnContents(below, column));
  const reasons = [...assign(headingCandidates(header.cells, contents))];
  // What the headings did not tell is sought in the columns that no known heading stands over.
  const known = header.cells.map((cell) => bestRole(plainHeading(cell.slice(0, 100)))[1] > 0);
  const free = contents.map((each, column) => (known[column] ? null : each));
  const has = (role: Role): boolean => reasons.some((reason) => reason.role === role);
  if (!has("paidOn")) takeByContents({ role: "paidOn", contents: free, reasons });
  if (!has("amount") && !has("net") && !has("gross")) takeByContents({ role: "amount", contents: free, reasons });
  if (!has("supplier")) takeByContents({ role: "supplier", contents: free, reasons });
  return guessOf({ headerRow: header.row, headings: header.cells }, reasons);
}

/** The row whose cells are most like headings, with at least two roles of which one is a day or an amount. */
function findHeader(sample: readonly SpendRow[]): SpendRow | null {
  let best: { readonly row: SpendRow; readonly score: number } | null = null;
  for (const row of sample.slice(0, HEADER_WITHIN)) {
    const found = new Map<Role, number>();
    for (const cell of row.cells) {
      const heading = plainHeading(cell.slice(0, 100));
      if (heading === "" || heading.length > 60) continue;
      const [role, fit] = bestRole(heading);
      if (fit > (found.get(role) ?? 0)) found.set(role, fit);
    }
    const telling = found.has("paidOn") || MONEY.some((role) => found.has(role));
    const score = [...found.values()].reduce((sum, fit) => sum + fit, 0);
    if (found.size >= 2 && telling && score > (best?.score ?? 1)) best = { row, score };
  }
  return best?.row ?? null;
}

function bestRole(heading: string): readonly [Role, number] {
  let best: readonly [Role, number] = ["amount", 0];
  for (const role of ROLES) {
    const fit = headingFits(heading, role);
    if (fit > best[1]) best = [role, fit];
  }
  return best;
}

function headingCandidates(headings: readonly string[], contents: readonly ColumnContents[]): GuessReason[] {
  const candidates: GuessReason[] = [];
  for (const [column, heading] of headings.entries()) {
    const plain = plainHeading(heading.slice(0, 100));
    for (const role of ROLES) {
      const fit = plain === "" ? 0 : headingFits(plain, role);
      const certainty = fit * contentsAllow(role, contents[column]);
      if (certainty >= LEAST_CERTAINTY) {
        candidates.push({ role, column, because: fit > 0.6 ? "heading" : "heading_word", certainty });
      }
    }
  }
  return candidates;
}

/** How far what stands in a column lets it be what its heading says. */
function contentsAllow(role: Role, contents: ColumnContents | undefined): number {
  if (contents === undefined || contents.filled === 0) return 0.8;
  if (role === "paidOn") return contents.dates >= 0.5 ? 1 : 0.5;
  if (MONEY.includes(role)) return contents.money >= 0.5 ? 1 : 0.5;
  if (WORDS.includes(role)) return contents.words >= 0.5 ? 1 : 0.6;
  return 1;
}

/** Gives each role and each column once, the surest first. */
function assign(candidates: readonly GuessReason[]): readonly GuessReason[] {
  const order = [...candidates].sort(
    (a, b) => b.certainty - a.certainty || ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.column - b.column,
  );
  const chosen: GuessReason[] = [];
  for (const candidate of order) {
    if (chosen.every(({ role, column }) => role !== candidate.role && column !== candidate.column))
      chosen.push(candidate);
  }
  return chosen;
}

type ContentsRole = "paidOn" | "amount" | "supplier" | "serviceArea" | "description" | "reference";

/** Days and money tell themselves; of the words, companies and public bodies tell the supplier; areas come often. */
const MEASURES: Readonly<Record<ContentsRole, (contents: ColumnContents) => number>> = {
  paidOn: ({ writtenDates }) => writtenDates,
  amount: ({ money, decimals, writtenDates }) => (writtenDates > 0.5 ? 0 : money * (0.5 + 0.5 * decimals)),
  supplier: ({ words, names, distinct }) => words * Math.min(1, 0.4 + 0.6 * names + 0.2 * distinct),
  serviceArea: ({ words, distinct }) => words * (1 - 0.5 * distinct),
  description: ({ words }) => words,
  reference: ({ codes, distinct }) => codes * distinct,
};

type Taking = {
  readonly role: ContentsRole;
  /** Null for a column that is not to be taken. */
  readonly contents: readonly (ColumnContents | null)[];
  readonly reasons: GuessReason[];
};

/** Gives a role the free column that is most like it, if any is. */
function takeByContents({ role, contents, reasons }: Taking): void {
  let best = { column: -1, certainty: 0 };
  for (const [column, each] of contents.entries()) {
    const taken = each === null || reasons.some((reason) => reason.column === column);
    const certainty = taken ? 0 : MEASURES[role](each);
    if (certainty > best.certainty) best = { column, certainty };
  }
  // What stands in a column never tells as surely as a heading.
  if (best.certainty < 0.4) return;
  reasons.push({ role, because: "contents", column: best.column, certainty: 0.6 * best.certainty });
}

function guessByContents(sample: readonly SpendRow[]): Guess {
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  const contents = Array.from({ length: width }, (_, column) => columnContents(sample, column));
  const reasons: GuessReason[] = [];
  const order = ["paidOn", "amount", "supplier", "serviceArea", "description", "reference"] as const;
  for (const role of order) takeByContents({ role, contents, reasons });
  return guessOf(headerAbove(sample, reasons), reasons);
}

/** A file whose headings are not known may still have them: the last row above the first payment that fills its columns. */
function headerAbove(
  sample: readonly SpendRow[],
  reasons: readonly GuessReason[],
): Pick<Mapping, "headerRow" | "headings"> {
  const columns = reasons.filter(({ role }) => role === "paidOn" || role === "amount").map(({ column }) => column);
  let header: SpendRow | null = null;
  for (const row of sample) {
    const alone = columns.map((column) => columnContents([row], column));
    if (columns.length === 0 || alone.some(({ dates, money }) => dates > 0 || money > 0)) break;
    if (row.cells.filter((cell) => cell.trim() !== "").length >= 2) header = row;
  }
  return { headerRow: header?.row ?? null, headings: header?.cells ?? [] };
}

function guessOf(header: Pick<Mapping, "headerRow" | "headings">, reasons: readonly GuessReason[]): Guess {
  const columns: Partial<Record<Role, number>> = {};
  for (const { role, column } of reasons) columns[role] = column;
  const amountIs = amountRole(columns);
  const certaintyOf = (role: Role | null): number => reasons.find((reason) => reason.role === role)?.certainty ?? 0;
  return {
    mapping: { ...header, columns },
    amountIs,
    confidence: Math.min(certaintyOf("paidOn"), certaintyOf(amountIs), certaintyOf("supplier")),
    reasons: [...reasons].sort((a, b) => a.column - b.column),
  };
}
