/** A pot's statement: opening, each entry in order with what the pot then held, closing; narrowed, taken out, printed. */
import type { FastifyInstance } from "fastify";
import { TRANSFER_KINDS } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay, formatMonth } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks } from "./addresses.ts";
import { askedDay, choiceOf, named, parameterOf, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "./exports.ts";
import { faultText, isMomentFault, presentKnown } from "./known.ts";
import { type LedgerWords, ledgerWords } from "./ledger-words.ts";
import { nobodysRow } from "./pot-tables.ts";
import { readStatement, type StatementEntry, type ValueOf } from "./reading.ts";
import { bare, cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { moneyWords } from "./words.ts";

type Read = ValueOf<typeof readStatement>;
type Kind = (typeof TRANSFER_KINDS)[number];
const DAY_FAULTS: readonly string[] = ["before_opening", "ends_before_start", "nothing_sealed"];
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function registerStatement(app: FastifyInstance): void {
  app.get("/places/:place/pots/:pot/statement", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const [asAt, from] = [askedDay(request), askedDay(request, "from")];
    const visit = visitOf(request, asAt.day);
    const { language } = visit;
    const pot = parameterOf(request, "pot");
    const stream = queryOf(request, "stream");
    const knownAt = queryOf(request, "knownAt");
    const streamId = stream !== null && ID.test(stream) ? stream : null;
    const input = { pot, asAt: asAt.day, from: from.day, knownAt, streamId };
    const asked = await ask(request, readStatement, { place: visit.place, input });
    // Words that are no moment are refused like a day that does not fit: the statement is shown as it is now.
    const dayFault = !asked.ok && (DAY_FAULTS.includes(asked.refusal.code) || isMomentFault(asked.refusal, knownAt));
    const found = dayFault
      ? await ask(request, readStatement, { place: visit.place, input: { pot, streamId: input.streamId } })
      : asked;
    if (!found.ok) return sendRefusal(the, readStatement, found.refusal);
    const read = found.value;
    const kind = choiceOf(request, "kind", TRANSFER_KINDS);
    const entries = kind === null ? read.shown : read.shown.filter((entry) => entry.kind === kind);
    const format = askedFormat(the);
    if (format !== null && !dayFault) return sendTable(the, { format, table: exportOf(read, entries) });
    const refused = !asked.ok && dayFault ? faultText(readStatement, { refusal: asked.refusal, language }) : undefined;
    const day = formatDay(language, read.asAt as Day);
    const error = asAt.wrong || from.wrong ? moneyWords(language)("asAtWrong", { day }) : refused;
    return sendPage(the, "pages/money/statement.njk", {
      top: topOf(visit, {
        title: ledgerWords(language)("statementOf", { pot: named(language, [read.pot.name, read.pot.nameWelsh]) }),
        crumbs: crumbsOf(read, visit),
        ...(error && { errors: [{ text: error, href: "#asAt" }] }),
      }),
      model: {
        ...modelOf(read, { visit, entries, kind, streamId: input.streamId }),
        ...presentKnown(read, { visit, knownAt: dayFault ? null : knownAt }),
        error,
      },
      status: error === undefined ? 200 : 400,
    });
  });
}

function crumbsOf({ pot }: Read, { language, to }: Visit) {
  return [
    { text: moneyWords(language)("potsTitle"), href: to.pots },
    { text: named(language, [pot.name, pot.nameWelsh]), href: to.pot(pot.slug) },
    { text: ledgerWords(language)("statement") },
  ];
}

type Shown = {
  readonly visit: Visit;
  readonly entries: readonly StatementEntry[];
  readonly kind: Kind | null;
  readonly streamId: string | null;
};

function modelOf(read: Read, { visit, entries, kind, streamId }: Shown) {
  const { language } = visit;
  const words = ledgerWords(language);
  const { figures, pot } = read;
  const narrowed = entries.length !== read.entries.length;
  const from = read.from === pot.openedOn ? null : read.from;
  const known = read.known === null ? null : String(read.known.blockNumber);
  const query = { from, kind, stream: streamId, asAt: read.asAt, knownAt: known };
  return {
    w: moneyWords(language),
    l: words,
    potName: named(language, [pot.name, pot.nameWelsh]),
    action: `/places/${visit.place}/pots/${pot.slug}/statement`,
    shadow: pot.book === "shadow",
    asAt: read.asAt,
    from: read.from,
    day: formatDay(language, read.asAt as Day),
    opening: {
      label: words("opening", { day: formatDay(language, read.from as Day) }),
      amount: formatPounds(read.openingPence),
    },
    closing: {
      label: words("closing", { day: formatDay(language, read.asAt as Day) }),
      amount: formatPounds(read.closingPence),
    },
    balances: words("balances", {
      in: formatPounds(figures.contributedPence),
      paid: formatPounds(figures.paidPence),
      left: formatPounds(figures.leftPence),
    }),
    narrowed: narrowed ? words("narrowed", { count: entries.length, all: read.entries.length }) : null,
    cut: read.more ? words("cut", { count: read.entries.length }) : null,
    filtered: narrowed || kind !== null || streamId !== null,
    kinds: [
      { value: "", text: words("anyKind"), selected: kind === null },
      ...TRANSFER_KINDS.filter((one) => one !== "transfer").map((one) => ({
        value: one,
        text: words(one),
        selected: one === kind,
      })),
    ],
    streams: [
      { value: "", text: words("anyStream"), selected: streamId === null },
      ...read.streams.map((one) => ({
        value: one.streamId,
        text: named(language, [one.stream, one.streamWelsh]),
        selected: one.streamId === streamId,
      })),
    ],
    table: entriesTable(entries, { read, visit, words }),
    byStream: byStream(read, { visit, words }),
    ...fileLinks("", query),
  };
}

export type People = {
  readonly makers: ReadonlyMap<string, string>;
  readonly signers: ReadonlyMap<string, readonly string[]>;
};

/** One person or program, in words. */
export function personText(
  words: LedgerWords,
  { mark, makers }: Pick<People, "makers"> & { readonly mark: string },
): string {
  if (mark === "operator") return words("operator");
  return mark.startsWith("key:") ? words("key") : (makers.get(mark) ?? mark);
}

/** Who made an entry, in words; people by name. What two people did says who prepared and who authorised it. */
export function makerText(
  words: LedgerWords,
  the: People & { readonly made: { readonly transferId: string; readonly madeBy: string } },
): string {
  const named = (mark: string) => personText(words, { mark, makers: the.makers });
  const who = named(the.made.madeBy);
  const signers = the.signers.get(the.made.transferId) ?? [];
  return signers.length === 0 ? who : words("byTwo", { who, others: signers.map(named).join(", ") });
}

type Setting = { readonly visit: Visit; readonly words: LedgerWords };

function entriesTable(
  entries: readonly StatementEntry[],
  { read, visit, words }: Setting & { readonly read: Read },
): MoneyTable {
  const { language, to } = visit;
  return {
    caption: words("statement"),
    columns: [
      column(words("entry")),
      column(words("day")),
      column(words("kind")),
      column(words("who")),
      numeric(words("moved")),
      numeric(words("change")),
      numeric(words("balance")),
      numeric(words("unallocated")),
    ],
    rows: entries.map((one) => ({
      shadow: read.pot.book === "shadow",
      cells: [
        cell(one.words, one.kind === "accrual" ? to.ledger({ record: one.recordId }) : to.trace(one.recordId)),
        dayCell(language, one.effectiveOn),
        kindCell(one, { visit, words }),
        cell(makerText(words, { made: one, makers: read.makers, signers: read.signers })),
        moneyCell(one.amountPence),
        one.changePence === 0n ? cell("") : moneyCell(one.changePence),
        moneyCell(one.balancePence),
        moneyCell(one.unallocatedPence),
      ],
    })),
  };
}

/** Both ends of a reversal say so, and lead to each other through the ledger of their record. */
function kindCell(one: StatementEntry, { visit, words }: Setting) {
  const late =
    one.bookedOn === null ? "" : `, ${words("lateIn", { month: formatMonth(visit.language, one.bookedOn) })}`;
  const kind = `${words(one.kind)}${late}`;
  const chain = one.reversedById !== null ? "reversedBy" : one.reversesId !== null ? "reverses" : null;
  return chain === null ? cell(kind) : cell(`${kind}: ${words(chain)}`, visit.to.ledger({ record: one.recordId }));
}

function byStream(read: Read, { visit, words }: Setting): MoneyTable {
  const { figures } = read;
  return {
    caption: words("byStream"),
    columns: [
      column(words("stream")),
      numeric(words("in")),
      numeric(words("allocated")),
      numeric(words("committed")),
      numeric(words("paid")),
      numeric(words("left")),
    ],
    rows: read.streams
      .map((one) => ({
        shadow: false,
        cells: [
          cell(
            named(visit.language, [one.stream, one.streamWelsh]),
            visit.to.ledger({ pot: read.pot.slug, stream: one.streamId }),
          ),
          moneyCell(one.contributedPence),
          moneyCell(one.allocatedPence),
          moneyCell(one.committedPence),
          moneyCell(one.paidPence),
          moneyCell(one.leftPence),
        ],
      }))
      .concat(nobodysRow(figures.toResolvePence, { language: visit.language, shadow: false, gaps: 0 })),
    total: [
      words("total"),
      bare(figures.contributedPence),
      bare(figures.allocatedPence),
      bare(figures.committedPence),
      bare(figures.paidPence),
      bare(figures.leftPence),
    ],
  };
}

function exportOf(read: Read, entries: readonly StatementEntry[]): ExportTable {
  return {
    name: `statement-${read.pot.slug}-${read.asAt}${read.known === null ? "" : `-block-${read.known.blockNumber}`}`,
    sheet: "Statement",
    columns: [
      { name: "transfer_id", type: "text" },
      { name: "day", type: "day" },
      { name: "kind", type: "text" },
      { name: "entry", type: "text" },
      { name: "record_id", type: "text" },
      { name: "counts_from", type: "day" },
      { name: "reverses", type: "text" },
      { name: "reversed_by", type: "text" },
      { name: "made_by", type: "text" },
      { name: "moved", type: "pounds" },
      { name: "change", type: "pounds" },
      { name: "held_afterwards", type: "pounds" },
      { name: "not_yet_allocated", type: "pounds" },
    ],
    rows: entries.map((one) => [
      one.transferId,
      one.effectiveOn,
      one.kind,
      one.words,
      one.recordId,
      one.bookedOn,
      one.reversesId,
      one.reversedById,
      one.madeBy,
      one.amountPence,
      one.changePence,
      one.balancePence,
      one.unallocatedPence,
    ]),
  };
}
