/**
 * The steps of a pot from mode to mode, each with its statement of the day before as it was kept, and the pots that are
 * part of it: shown beside its figures and never added to them.
 */
import { z } from "zod";
import type { Day } from "../../../lib/day.ts";
import { formatDay, formatMoment } from "../../shell/formats.ts";
import { named, type Visit } from "./exchange.ts";
import { ledgerWords } from "./ledger-words.ts";
import { modeName } from "./pots.ts";
import type { readPot, ValueOf } from "./reading.ts";
import { personText } from "./statement.ts";
import { bare, type Cell, cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { moneyWords } from "./words.ts";
import { bankWords } from "./words-bank.ts";

type Read = ValueOf<typeof readPot>;
type Step = Read["steps"][number];
type Figures = Readonly<Record<(typeof FIGURES)[number][1], bigint>>;

const FIGURES = [
  ["figureIn", "contributedPence"],
  ["figureAllocated", "allocatedPence"],
  ["figureCommitted", "committedPence"],
  ["figurePaid", "paidPence"],
  ["figureLeft", "leftPence"],
] as const;
const SHORT = 12;

/** A statement is kept as JSON, its pence as text: what a page shows of it. */
const pence = z.string().transform(BigInt);
const statementShape = z.object({
  mode: z.enum(["aligned", "shadow", "pooled", "delegated"]),
  book: z.enum(["real", "shadow"]),
  asAt: z.string(),
  figures: z.object({
    contributedPence: pence,
    allocatedPence: pence,
    committedPence: pence,
    paidPence: pence,
    leftPence: pence,
  }),
});

export function presentSteps(read: Read, visit: Visit) {
  const { language, to } = visit;
  const words = bankWords(language);
  const { pot, follows, partOf } = read;
  const link = (one: { readonly slug: string; readonly name: string; readonly nameWelsh: string | null }) => ({
    text: named(language, [one.name, one.nameWelsh]),
    href: to.pot(one.slug),
  });
  const last = read.steps.find(({ successorSlug }) => successorSlug !== null);
  const closedText =
    pot.closedOn === null ? "" : words("closedText", { day: formatDay(language, pot.closedOn as Day) });
  return {
    follows: follows === null ? null : link(follows),
    partOf: partOf === null ? null : link(partOf),
    closed:
      pot.closedOn === null || !last?.successorSlug
        ? null
        : { text: closedText, name: last.successor, href: to.pot(last.successorSlug) },
    steps: read.steps.length === 0 ? null : stepsTable(read, visit),
    stood: read.steps.length === 0 ? null : stoodTable(read.steps, visit),
    hashes: read.steps.map((step) => hashOf(step, visit)),
    parts: read.parts.length === 0 ? null : partsTable(read, visit),
    together: read.withParts === null ? null : togetherTable(read, { ...visit, withParts: read.withParts }),
  };
}

function stepsTable({ pot, steps, makers }: Read, visit: Visit): MoneyTable {
  const { language, to } = visit;
  const words = bankWords(language);
  const money = moneyWords(language);
  const [first] = steps;
  const opening = first === undefined ? pot.mode : statementShape.parse(first.statement).mode;
  const known = makers.size > 0;
  const after = steps.some(({ successor }) => successor !== null);
  return {
    caption: words("steps"),
    columns: [
      column(words("mode")),
      column(words("from")),
      column(words("power")),
      column(words("why")),
      ...(known ? [column(words("preparedBy")), column(words("authorisedBy"))] : []),
      ...(after ? [column(words("follows"))] : []),
    ],
    rows: [
      {
        cells: [
          cell(`${modeName(money, opening)} (${words("opened")})`),
          dayCell(language, pot.openedOn),
          cell(""),
          cell(pot.purpose),
          ...(known ? [cell(""), cell("")] : []),
          ...(after ? [cell("")] : []),
        ],
      },
      ...steps.map((step) => ({
        cells: [
          cell(changeText(step, visit)),
          dayCell(language, step.fromOn),
          cell(step.power),
          cell(step.words),
          ...(known ? peopleCells(step, { makers, visit }) : []),
          ...(after ? [cell(step.successor ?? "", step.successorSlug ? to.pot(step.successorSlug) : undefined)] : []),
        ],
      })),
    ],
  };
}

/** From which mode to which: the statement was kept in the mode before. */
function changeText({ statement, mode }: Step, { language }: Visit): string {
  const money = moneyWords(language);
  const before = modeName(money, statementShape.parse(statement).mode);
  return bankWords(language)("modeChange", { before, after: modeName(money, mode) });
}

/** Who prepared it, and who authorised it and when, with the way to its approval. */
function peopleCells(
  { madeBy, madeAt, approval }: Step,
  { makers, visit }: Pick<Read, "makers"> & { readonly visit: Visit },
): readonly Cell[] {
  const { language, to } = visit;
  const words = ledgerWords(language);
  const nameOf = (mark: string) => personText(words, { mark, makers });
  if (approval === null)
    return [cell(`${nameOf(madeBy)}, ${formatMoment(language, madeAt)}`), cell(bankWords(language)("oneEnough"))];
  const text = `${approval.authorisedBy.map(nameOf).join(", ")}, ${formatMoment(language, approval.authorisedAt)}`;
  return [cell(nameOf(madeBy)), cell(text, to.approval(approval.approvalId))];
}

function figureColumns(visit: Visit): MoneyTable["columns"] {
  const money = moneyWords(visit.language);
  return FIGURES.map(([label]) => numeric(money("inPounds", { label: money(label) })));
}

function figureCells(figures: Figures) {
  return FIGURES.map(([, key]) => moneyCell(figures[key]));
}

function stoodTable(steps: readonly Step[], visit: Visit): MoneyTable {
  const words = bankWords(visit.language);
  const money = moneyWords(visit.language);
  return {
    caption: words("stood"),
    columns: [column(words("stoodOn")), column(words("mode")), ...figureColumns(visit)],
    rows: steps.map((step) => {
      const { asAt, mode, book, figures } = statementShape.parse(step.statement);
      return {
        shadow: book === "shadow",
        cells: [dayCell(visit.language, asAt), cell(modeName(money, mode)), ...figureCells(figures)],
      };
    }),
  };
}

function hashOf({ statement, statementHash, blockNumber }: Step, { language }: Visit) {
  const words = bankWords(language);
  const { asAt } = statementShape.parse(statement);
  return {
    summary: words("hash", { day: formatDay(language, asAt as Day), short: statementHash.slice(0, SHORT) }),
    whole: words("hashWhole", { hash: statementHash }),
    block: blockNumber === null ? words("hashNoBlock") : words("hashBlock", { block: String(blockNumber) }),
  };
}

function partsTable({ parts }: Read, visit: Visit): MoneyTable {
  const { language, to } = visit;
  const words = bankWords(language);
  const money = moneyWords(language);
  return {
    caption: words("parts"),
    columns: [column(money("pot")), column(words("part")), column(words("mode")), ...figureColumns(visit)],
    rows: parts.map((one) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(named(language, [one.name, one.nameWelsh]), to.pot(one.slug)),
        cell(one.part === null ? "" : words(one.part)),
        cell(modeName(money, one.mode)),
        ...figureCells(one),
      ],
    })),
  };
}

/** The pot alone, its parts, and both: apart from the pot's own figures, which its parts are not in. */
function togetherTable({ pot, figures, parts }: Read, the: Visit & { readonly withParts: Figures }): MoneyTable {
  const words = bankWords(the.language);
  const shadow = pot.book === "shadow";
  const ofParts = Object.fromEntries(
    FIGURES.map(([, key]) => [key, parts.reduce((sum, one) => sum + one[key], 0n)]),
  ) as Figures;
  const row = (label: string, of: Figures) => ({ shadow, cells: [cell(label), ...figureCells(of)] });
  return {
    caption: words("together"),
    columns: [column(moneyWords(the.language)("pot")), ...figureColumns(the)],
    rows: [row(words("potAlone"), figures), row(words("itsParts"), ofParts)],
    total: [words("withParts"), ...FIGURES.map(([, key]) => bare(the.withParts[key]))],
  };
}
