/** The list of pots: real and shadow apart, each with its own total. */
import type { FastifyInstance } from "fastify";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import type { Addresses } from "./addresses.ts";
import { askedDay, named, topOf, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "./exports.ts";
import { readPots, type ValueOf } from "./reading.ts";
import { bare, type Cell, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type MoneyWords, moneyWords } from "./words.ts";
import { bankWords } from "./words-bank.ts";

export type ListedPots = Pick<ValueOf<typeof readPots>, "pots" | "real" | "shadow">;
type Listed = ListedPots["pots"][number];
type Mode = Listed["mode"];
const MODES = {
  aligned: "modeAligned",
  shadow: "modeShadow",
  pooled: "modePooled",
  delegated: "modeDelegated",
} as const;

export function modeName(words: MoneyWords, mode: Mode): string {
  return words(MODES[mode]);
}

/** One table for each book; null where the place has no pot of that kind. */
export function potsTable(
  found: ListedPots,
  the: { readonly book: "real" | "shadow"; readonly language: Language; readonly to: Addresses },
): MoneyTable | null {
  const words = moneyWords(the.language);
  const pots = inOrder(found.pots.filter(({ book }) => book === the.book));
  if (pots.length === 0) return null;
  const total = found[the.book];
  const inPounds = (key: "figureIn" | "figureAllocated" | "figureCommitted" | "figurePaid" | "figureLeft") =>
    numeric(words("inPounds", { label: words(key) }));
  return {
    caption: words(the.book),
    columns: [
      column(words("pot")),
      column(words("mode")),
      inPounds("figureIn"),
      inPounds("figureAllocated"),
      inPounds("figureCommitted"),
      inPounds("figurePaid"),
      inPounds("figureLeft"),
    ],
    rows: pots.map((pot) => ({
      shadow: the.book === "shadow",
      cells: [
        nameCell(pot, { ...the, pots }),
        cell(modeName(words, pot.mode)),
        moneyCell(pot.contributedPence, `${the.to.pot(pot.slug)}#contributions`),
        moneyCell(pot.allocatedPence, `${the.to.pot(pot.slug)}#allocations`),
        moneyCell(pot.committedPence, the.to.commitments({ pot: pot.slug })),
        moneyCell(pot.paidPence, the.to.payments({ pot: pot.slug })),
        moneyCell(pot.leftPence, `${the.to.pot(pot.slug)}#streams`),
      ],
    })),
    total: [
      words("total"),
      "",
      bare(total.contributedPence),
      bare(total.allocatedPence),
      bare(total.committedPence),
      bare(total.paidPence),
      bare(total.leftPence),
    ],
  };
}

/** Parts under the pot that they are part of, closed pots after those that are open. */
function inOrder(pots: ListedPots["pots"]): ListedPots["pots"] {
  const isPart = ({ parentId }: Listed) => pots.some(({ potId }) => potId === parentId);
  const whole = pots.filter((pot) => !isPart(pot));
  const closedLast = [...whole.filter(isOpen), ...whole.filter((pot) => !isOpen(pot))];
  return closedLast.flatMap((pot) => [pot, ...pots.filter(({ parentId }) => parentId === pot.potId)]);
}

function isOpen({ closedOn }: Listed): boolean {
  return closedOn === null;
}

function nameCell(
  pot: Listed,
  the: { readonly pots: ListedPots["pots"]; readonly language: Language; readonly to: Addresses },
): Cell {
  const words = bankWords(the.language);
  const parent = the.pots.find(({ potId }) => potId === pot.parentId);
  const own = named(the.language, [pot.name, pot.nameWelsh]);
  const parentName = parent === undefined ? "" : named(the.language, [parent.name, parent.nameWelsh]);
  const name = parent === undefined ? own : words("partIn", { name: own, parent: parentName });
  const href = the.to.pot(pot.slug);
  return isOpen(pot) ? { text: name, href } : { text: name, href, note: words("closed") };
}

export function registerPots(app: FastifyInstance): void {
  app.get("/places/:place/pots", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const asked = askedDay(request);
    const visit = visitOf(request, asked.day);
    const words = moneyWords(visit.language);
    const found = await ask(request, readPots, { place: visit.place, input: { asAt: asked.day } });
    if (!found.ok) return sendRefusal(the, readPots, found.refusal);
    const format = askedFormat(the);
    if (format !== null) return sendTable(the, { format, table: exportOf(found.value, words) });
    const day = formatDay(visit.language, found.value.asAt as Day);
    const error = asked.wrong ? words("asAtWrong", { day }) : undefined;
    const title = words("potsTitle");
    return sendPage(the, "pages/money/pots.njk", {
      top: topOf(visit, {
        title,
        crumbs: [{ text: title }],
        ...(error && { errors: [{ text: error, href: "#asAt" }] }),
      }),
      model: {
        w: words,
        title,
        to: visit.to,
        day,
        asAt: found.value.asAt,
        error,
        reader: found.value.reader,
        real: potsTable(found.value, { ...visit, book: "real" }),
        shadow: potsTable(found.value, { ...visit, book: "shadow" }),
      },
      status: asked.wrong ? 400 : 200,
    });
  });
}

function exportOf(found: ValueOf<typeof readPots>, words: MoneyWords) {
  return {
    name: `pots-${found.asAt}`,
    sheet: words("potsTitle"),
    columns: [
      { name: "pot", type: "text" },
      { name: "book", type: "text" },
      { name: "mode", type: "text" },
      { name: "host", type: "text" },
      { name: "opened_on", type: "day" },
      { name: "closed_on", type: "day" },
      { name: "part_of", type: "text" },
      { name: "put_in", type: "pounds" },
      { name: "allocated", type: "pounds" },
      { name: "committed", type: "pounds" },
      { name: "paid", type: "pounds" },
      { name: "left", type: "pounds" },
      { name: "to_resolve", type: "pounds" },
    ] as const,
    rows: found.pots.map((pot) => [
      pot.name,
      pot.book,
      pot.mode,
      pot.host,
      pot.openedOn,
      pot.closedOn,
      found.pots.find(({ potId }) => potId === pot.parentId)?.name ?? "",
      pot.contributedPence,
      pot.allocatedPence,
      pot.committedPence,
      pot.paidPence,
      pot.leftPence,
      pot.toResolvePence,
    ]),
  };
}

/** 57% as a person says it, and nothing of nothing. */
export function percentOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 100n + whole / 2n) / whole);
}
