/** The audit sample: asked for in the address, so that it can be kept and opened again; printed, or taken out as CSV. */
import type { FastifyInstance } from "fastify";
import { type Day, financialYear } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { BOOKS, drawSample } from "../../../../proof/index.ts";
import { formatDay, formatNumber } from "../../../shell/formats.ts";
import { ask, errorsOf, sendPage, sendRefusal } from "../../../visit.ts";
import { withQuery } from "../addresses.ts";
import { choiceOf, type Exchange, queryOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "../exports.ts";
import { ledgerWords } from "../ledger-words.ts";
import type { ValueOf } from "../reading.ts";
import { makerText, type People } from "../statement.ts";
import { bare } from "../tables.ts";
import { moneyWords } from "../words.ts";
import { readAuditor } from "./reading.ts";
import { type AuditWords, auditWords } from "./words.ts";

type Sample = ValueOf<typeof drawSample>;
type Item = Sample["items"][number];

export function registerSample(app: FastifyInstance): void {
  app.get("/places/:place/ledger/sample", { config: EXPORT_LIMIT }, async (request, reply) =>
    showSample({ request, reply }),
  );
}

async function showSample(the: Exchange) {
  const { request } = the;
  const visit = visitOf(request);
  const words = auditWords(visit.language);
  const reader = await ask(request, readAuditor, { place: visit.place, input: { made: [] } });
  if (!reader.ok) return sendRefusal(the, readAuditor, reader.refusal);
  const year = financialYear(reader.value.today);
  const seed = queryOf(request, "seed");
  const input = {
    book: choiceOf(request, "book", BOOKS) ?? "real",
    from: queryOf(request, "from") ?? year.from,
    to: queryOf(request, "to") ?? year.to,
    items: queryOf(request, "items") ?? "25",
    seed: seed ?? "",
  };
  const asked = seed === null ? null : await ask(request, drawSample, { place: visit.place, input });
  if (asked?.ok && askedFormat(the) === "csv")
    return sendTable(the, { format: "csv", table: sampleFile(asked.value, visit) });
  const errors = asked === null || asked.ok ? null : errorsOf(drawSample, asked.refusal, visit.language);
  const sample = asked?.ok ? asked.value : null;
  const made = sample?.items.map(({ transferId, madeBy }) => ({ transferId, madeBy })) ?? [];
  const named = await ask(request, readAuditor, { place: visit.place, input: { made } });
  const people: People = named.ok ? named.value : { makers: new Map(), signers: new Map() };
  const title = words("sample");
  const crumbs = [{ text: ledgerWords(visit.language)("ledger"), href: visit.to.ledger() }, { text: title }];
  return sendPage(the, "pages/money/audit-sample.njk", {
    top: topOf(visit, { title, crumbs, ...(errors && { errors: errors.summary }) }),
    model: {
      a: words,
      w: moneyWords(visit.language),
      title,
      action: visit.to.sample,
      asked: input,
      byField: errors?.byField ?? {},
      books: BOOKS.map((value) => ({ value, text: words(value), selected: value === input.book })),
      sample: sample === null ? null : shownSample(sample, words),
      items: sample?.items.map((item, at) => itemCard(item, { visit, words, people, at, book: sample.book })) ?? [],
      csv: withQuery(visit.to.sample, { ...input, format: "csv" }),
    },
    status: errors === null ? 200 : 400,
  });
}

function shownSample(sample: Sample, words: AuditWords) {
  if (sample.intervalPence === null || sample.startPence === null) return { empty: words("nothingToDraw") };
  return {
    empty: null,
    shadow: sample.book === "shadow",
    lead: words("drawn", {
      count: sample.items.length,
      payments: formatNumber(sample.payments),
      total: bare(sample.totalPence),
      interval: bare(sample.intervalPence),
      start: String(sample.startPence),
    }),
  };
}

type Setting = {
  readonly visit: Visit;
  readonly words: AuditWords;
  readonly people: People;
  readonly at: number;
  readonly book: Sample["book"];
};

function commitmentText(item: Item, { visit, words }: Pick<Setting, "visit" | "words">): string {
  return words("commitmentOf", {
    kind: words(item.commitmentKind as "award" | "order" | "grant"),
    reference: item.commitmentReference,
    day: formatDay(visit.language, item.committedOn),
    amount: bare(item.committedPence),
  });
}

function itemCard(item: Item, { visit, words, people, at, book }: Setting) {
  const { to, language } = visit;
  const [ledger, day] = [ledgerWords(language), (one: Day) => formatDay(language, one)];
  const decision = words("decisionOf", { by: item.decidedBy, day: day(item.decidedOn), power: item.power });
  return {
    number: at + 1,
    shadow: book === "shadow",
    title: item.supplier,
    amount: formatPounds(item.amountPence),
    href: to.trace(item.paymentId),
    facts: [
      {
        label: words("why"),
        text: `${item.certain ? words("certain") : words("byChance")}, ${words("pennies", { count: Number(item.pennies) })}`,
      },
      { label: words("paidOn"), text: day(item.paidOn) },
      { label: words("reference"), text: item.reference === "" ? words("none") : item.reference },
      { label: words("service"), text: item.service },
      { label: words("pot"), text: item.pot, href: to.pot(item.potSlug) },
      {
        label: words("streams"),
        text: item.streams.map((one) => `${one.stream} ${formatPounds(one.amountPence)}`).join("; "),
      },
      { label: words("commitment"), text: commitmentText(item, { visit, words }), href: to.trace(item.commitmentId) },
      { label: words("allocation"), text: item.allocation, href: to.trace(item.allocationId) },
      { label: words("decision"), text: decision },
      { label: words("madeBy"), text: makerText(ledger, { ...people, made: item }) },
      ...(item.reversedById === null
        ? []
        : [{ label: words("reversed"), text: words("reversed"), href: to.ledger({ record: item.paymentId }) }]),
    ],
    documents: [
      { text: words("paymentRecord"), href: to.trace(item.paymentId) },
      { text: words("commitmentRecord"), href: to.trace(item.commitmentId) },
      { text: words("allocationRecord"), href: to.trace(item.allocationId) },
    ],
  };
}

function sampleFile(sample: Sample, visit: Visit): ExportTable {
  const text = (name: string) => ({ name, type: "text" }) as const;
  const day = (name: string) => ({ name, type: "day" }) as const;
  const pounds = (name: string) => ({ name, type: "pounds" }) as const;
  return {
    name: `audit-sample-${visit.place}-${sample.book}-${sample.seed}`,
    sheet: "Sample",
    columns: [
      text("payment_id"),
      day("paid_on"),
      pounds("amount"),
      pounds("begins_after"),
      ...["drawn_pennies", "certain", "supplier", "service", "reference", "spend_line", "pot", "streams"].map(text),
      ...["commitment_id", "commitment"].map(text),
      ...["allocation_id", "allocation", "decided_by"].map(text),
      day("decided_on"),
      ...["power", "transfer_id", "prepared_by", "authorised_by", "reversed_by"].map(text),
    ],
    rows: sample.items.map((item) => [
      item.paymentId,
      item.paidOn,
      item.amountPence,
      item.beforePence,
      String(item.pennies),
      item.certain ? "yes" : "no",
      item.supplier,
      item.service,
      item.reference,
      item.spendLine,
      item.pot,
      item.streams.map((one) => `${one.stream} ${formatPounds(one.amountPence)}`).join("; "),
      item.commitmentId,
      `${item.commitmentKind} ${item.commitmentReference}`,
      item.allocationId,
      item.allocation,
      item.decidedBy,
      item.decidedOn,
      item.power,
      item.transferId,
      item.madeBy,
      null,
      item.reversedById,
    ]),
  };
}
