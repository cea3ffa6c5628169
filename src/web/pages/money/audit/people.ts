/** Entries by person: counts and sums of each book, then those of one person with what is plain about each. */
import type { FastifyInstance } from "fastify";
import { financialYear } from "../../../../lib/day.ts";
import { BOOKS, ENTRIES_A_PAGE, listByPerson, NIGHT } from "../../../../proof/index.ts";
import { formatMoment, formatNumber } from "../../../shell/formats.ts";
import { ask, errorsOf, sendPage, sendRefusal } from "../../../visit.ts";
import { withQuery } from "../addresses.ts";
import { type Exchange, queryOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "../exports.ts";
import { type LedgerWords, ledgerWords } from "../ledger-words.ts";
import type { Transfer, ValueOf } from "../reading.ts";
import { personText } from "../statement.ts";
import { cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "../tables.ts";
import { moneyWords } from "../words.ts";
import { readAuditor } from "./reading.ts";
import { type AuditWords, auditWords } from "./words.ts";

/** Names are asked for by who made an entry; which entry it was does not matter here. */
const NO_TRANSFER = "00000000-0000-0000-0000-000000000000";
type Listed = ValueOf<typeof listByPerson>;

export function registerPeople(app: FastifyInstance): void {
  app.get("/places/:place/ledger/people", { config: EXPORT_LIMIT }, async (request, reply) =>
    showPeople({ request, reply }),
  );
}

async function showPeople(the: Exchange) {
  const { request } = the;
  const visit = visitOf(request);
  const { language, place, to } = visit;
  const words = auditWords(language);
  const reader = await ask(request, readAuditor, { place, input: { made: [] } });
  if (!reader.ok) return sendRefusal(the, readAuditor, reader.refusal);
  const year = financialYear(reader.value.today);
  const input = {
    from: queryOf(request, "from") ?? year.from,
    to: queryOf(request, "to") ?? year.to,
    madeBy: queryOf(request, "madeBy"),
    after: queryOf(request, "after"),
  };
  const asked = await ask(request, listByPerson, { place, input });
  if (asked.ok && askedFormat(the) !== null)
    return sendTable(the, { format: "csv", table: peopleFile(asked.value, visit) });
  const errors = asked.ok ? null : errorsOf(listByPerson, asked.refusal, language);
  const listed: Listed = asked.ok ? asked.value : { makers: [], changes: [], entries: [], more: false };
  const marks = [...listed.makers, ...listed.changes, ...listed.entries].map(({ madeBy }) => madeBy);
  const made = [...new Set(marks)].map((madeBy) => ({ transferId: NO_TRANSFER, madeBy }));
  const named = await ask(request, readAuditor, { place, input: { made } });
  const makers = named.ok ? named.value.makers : new Map<string, string>();
  const name = (mark: string): string => personText(ledgerWords(language), { mark, makers });
  const title = words("people");
  const setting = { visit, words, name };
  const days = { from: input.from, to: input.to };
  return sendPage(the, "pages/money/audit-people.njk", {
    top: topOf(visit, {
      title,
      crumbs: [{ text: ledgerWords(language)("ledger"), href: to.ledger() }, { text: title }],
      ...(errors && { errors: errors.summary }),
    }),
    model: {
      a: words,
      w: moneyWords(language),
      title,
      lead: words("peopleLead", {
        morning: String(NIGHT.endsAtHour).padStart(2, "0"),
        evening: String(NIGHT.beginsAtHour),
      }),
      action: to.people,
      asked: input,
      byField: errors?.byField ?? {},
      tables: BOOKS.flatMap((book) => makersTable(listed, { ...setting, book, days })),
      changes: changesTable(listed, setting),
      entries: input.madeBy === null ? null : entriesTable(listed, { ...setting, madeBy: input.madeBy }),
      next: listed.more ? withQuery(to.people, { ...input, after: listed.entries.at(-1)?.transferId }) : null,
      csv: withQuery(to.people, { ...input, format: "csv" }),
    },
    status: errors === null ? 200 : 400,
  });
}

type Setting = { readonly visit: Visit; readonly words: AuditWords; readonly name: (mark: string) => string };

function makersTable(
  { makers }: Listed,
  { visit, words, name, book, days }: Setting & { readonly book: (typeof BOOKS)[number]; readonly days: object },
): readonly (MoneyTable & { readonly shadow: boolean })[] {
  const shadow = book === "shadow";
  const rows = makers.filter((one) => one.book === book);
  if (rows.length === 0) return [];
  return [
    {
      shadow,
      caption: words("bookOf", { book: words(book) }),
      columns: [
        column(words("person")),
        ...(["entries", "sum", "weekend", "night", "round"] as const).map((one) => numeric(words(one))),
      ],
      rows: rows.map((one) => ({
        shadow,
        cells: [
          cell(name(one.madeBy), withQuery(visit.to.people, { ...days, madeBy: one.madeBy })),
          cell(formatNumber(one.transfers)),
          moneyCell(one.sumPence),
          cell(formatNumber(one.weekend)),
          cell(formatNumber(one.night)),
          cell(formatNumber(one.round)),
        ],
      })),
    },
  ];
}

function changesTable({ changes }: Listed, { words, name }: Setting): MoneyTable | null {
  if (changes.length === 0) return null;
  return {
    caption: words("changesCaption"),
    columns: [column(words("person")), numeric(words("changes"))],
    rows: changes.map((one) => ({ cells: [cell(name(one.madeBy)), cell(formatNumber(one.changes))] })),
  };
}

function factsOf(one: Listed["entries"][number], words: AuditWords): string {
  return (["weekend", "night", "round"] as const).flatMap((fact) => (one[fact] ? [words(fact)] : [])).join("; ");
}

function entriesTable(
  { entries }: Listed,
  { visit, words, name, madeBy }: Setting & { readonly madeBy: string },
): MoneyTable {
  const { language, to } = visit;
  const ledger: LedgerWords = ledgerWords(language);
  return {
    caption: words("entriesOf", { person: name(madeBy) }),
    columns: [
      ...(["madeAt", "day", "book", "kind", "entry"] as const).map((one) => column(words(one))),
      numeric(words("amountPounds")),
      column(words("facts")),
    ],
    rows: entries.slice(0, ENTRIES_A_PAGE).map((one) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(formatMoment(language, one.postedAt)),
        dayCell(language, one.effectiveOn),
        cell(words(one.book)),
        cell(ledger(one.kind as Transfer["kind"])),
        cell(one.words, to.trace(one.recordId)),
        moneyCell(one.amountPence),
        cell(factsOf(one, words)),
      ],
    })),
  };
}

/** Of one person, their entries; of all, the counts. A book's rows stand apart by their column. */
function peopleFile(listed: Listed, { place }: Visit): ExportTable {
  const text = (name: string) => ({ name, type: "text" }) as const;
  const number = (name: string) => ({ name, type: "number" }) as const;
  if (listed.entries.length > 0)
    return {
      name: `entries-of-one-${place}`,
      sheet: "Entries",
      columns: [
        ...["transfer_id", "made_by", "made_at"].map(text),
        { name: "day", type: "day" },
        ...["book", "kind", "entry", "record_id"].map(text),
        { name: "amount", type: "pounds" },
        ...["weekend", "night", "round"].map(text),
      ],
      rows: listed.entries.map((one) => [
        ...[one.transferId, one.madeBy, one.postedAt.toISOString(), one.effectiveOn],
        ...[one.book, one.kind, one.words, one.recordId],
        one.amountPence,
        ...[one.weekend, one.night, one.round].map((holds) => (holds ? "yes" : "no")),
      ]),
    };
  return {
    name: `entries-by-person-${place}`,
    sheet: "People",
    columns: [
      ...["made_by", "book"].map(text),
      number("entries"),
      { name: "sum", type: "pounds" },
      ...["weekend", "night", "round"].map(number),
    ],
    rows: listed.makers.map((one) => [
      one.madeBy,
      one.book,
      one.transfers,
      one.sumPence,
      one.weekend,
      one.night,
      one.round,
    ]),
  };
}
