/** The audit sample: asked for in the address, so that it can be kept and opened again; printed, or taken out as CSV. */
import type { FastifyInstance } from "fastify";
import { financialYear } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { BOOKS, drawSample } from "../../../../proof/index.ts";
import { formatDay, formatNumber } from "../../../shell/formats.ts";
import { ask, errorsOf, sendPage, sendRefusal } from "../../../visit.ts";
import { withQuery } from "../addresses.ts";
import { choiceOf, type Exchange, queryOf, topOf, type Visit, visitOf } from "../exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../exports.ts";
import { ledgerWords } from "../ledger-words.ts";
import type { ValueOf } from "../reading.ts";
import { reasonText } from "../resolve.ts";
import { makerText, type People } from "../statement.ts";
import { bare } from "../tables.ts";
import { moneyWords } from "../words.ts";
import { readAuditor } from "./reading.ts";
import { sampleFile } from "./sample-file.ts";
import { type AuditWords, auditWords } from "./words.ts";

type Sample = ValueOf<typeof drawSample>;
type Item = Sample["items"][number];
type Credit = Sample["credits"]["items"][number];
type Fact = { readonly label: string; readonly text: string; readonly href?: string };

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
  const made = [...(sample?.items ?? []), ...(sample?.credits.items ?? [])].map(({ transferId, madeBy }) => ({
    transferId,
    madeBy,
  }));
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
      sample: sample === null ? null : shownSample(sample, { visit, words, people }),
      csv: withQuery(visit.to.sample, { ...input, format: "csv" }),
    },
    status: errors === null ? 200 : 400,
  });
}

function shownSample(sample: Sample, the: Omit<Setting, "at" | "book">) {
  const { words } = the;
  const { book, credits } = sample;
  const [first, last] = [rowLead(sample, words), creditLead(credits, words)];
  if (first === null && last === null) return { empty: words("nothingToDraw") };
  return {
    empty: null,
    shadow: book === "shadow",
    lead: first ?? words("noPayments"),
    items: sample.items.map((item, at) => itemCard(item, { ...the, at, book })),
    creditLead: last ?? words("noCredits"),
    credits: credits.items.map((item, at) => creditCard(item, { ...the, at, book })),
  };
}

type Row = Pick<Sample, "totalPence" | "intervalPence" | "startPence">;

function numbersOf({ totalPence, intervalPence, startPence }: Row) {
  if (intervalPence === null || startPence === null) return null;
  return { total: bare(totalPence), interval: bare(intervalPence), start: String(startPence) };
}

function rowLead(sample: Sample, words: AuditWords): string | null {
  const numbers = numbersOf(sample);
  const counts = { count: sample.items.length, payments: formatNumber(sample.payments) };
  return numbers === null ? null : words("drawn", { ...counts, ...numbers });
}

function creditLead(credits: Sample["credits"], words: AuditWords): string | null {
  const numbers = numbersOf(credits);
  const counts = { count: credits.items.length, credits: formatNumber(credits.creditNotes) };
  return numbers === null ? null : words("drawnCredits", { ...counts, ...numbers });
}

type Setting = {
  readonly visit: Visit;
  readonly words: AuditWords;
  readonly people: People;
  readonly at: number;
  readonly book: Sample["book"];
};

function itemCard(item: Item, the: Setting) {
  const { visit, words } = the;
  const { to, language } = visit;
  return {
    ...cardOf(item, the),
    amount: formatPounds(item.amountPence),
    href: to.trace(item.paymentId),
    facts: [
      drawnFact(item, words),
      { label: words("paidOn"), text: formatDay(language, item.paidOn) },
      ...boughtFacts(item, the),
      ...orderFacts(item, the),
      ...outsideFacts(item, the),
      ...madeFacts({ ...item, recordId: item.paymentId }, the),
    ],
    documents: [
      { text: words("paymentRecord"), href: to.trace(item.paymentId) },
      ...(item.commitmentId === null ? [] : [{ text: words("commitmentRecord"), href: to.trace(item.commitmentId) }]),
      ...(item.allocationId === null ? [] : [{ text: words("allocationRecord"), href: to.trace(item.allocationId) }]),
    ],
  };
}

function creditCard(item: Credit, the: Setting) {
  const { visit, words } = the;
  const { to, language } = visit;
  const payment = words("paymentOf", {
    reference: item.paymentReference === "" ? words("none") : item.paymentReference,
    day: formatDay(language, item.paidOn),
    amount: bare(item.paidPence),
  });
  return {
    ...cardOf(item, the),
    amount: formatPounds(-item.amountPence),
    href: to.trace(item.creditNoteId),
    facts: [
      drawnFact(item, words),
      { label: words("creditedOn"), text: formatDay(language, item.creditedOn) },
      { label: words("reason"), text: item.reason },
      { label: words("creditOf"), text: payment, href: to.trace(item.paymentId) },
      { label: words("creditLines"), text: creditedText(item, words) },
      ...boughtFacts(item, the),
      ...madeFacts({ ...item, recordId: item.creditNoteId }, the),
    ],
    documents: [
      { text: words("creditRecord"), href: to.trace(item.creditNoteId) },
      { text: words("paymentRecord"), href: to.trace(item.paymentId) },
      { text: words("commitmentRecord"), href: to.trace(item.commitmentId) },
    ],
  };
}

/** "line 2: net £41.67, VAT £8.33, of which £0.00 had been recovered", or that it is of one amount. */
function creditedText({ lines }: Credit, words: AuditWords): string {
  if (lines.length === 0) return words("oneAmount");
  return lines
    .map(({ line, ...amounts }) => {
      const [net, vat, recoverable] = [amounts.netPence, amounts.vatPence, amounts.recoverablePence].map(formatPounds);
      return words("creditLine", { number: line, net: net ?? "", vat: vat ?? "", recoverable: recoverable ?? "" });
    })
    .join("; ");
}

function cardOf(item: Item | Credit, { at, book }: Setting) {
  return { number: at + 1, shadow: book === "shadow", title: item.supplier };
}

function drawnFact(item: Item | Credit, words: AuditWords): Fact {
  const how = item.certain ? words("certain") : words("byChance");
  return { label: words("why"), text: `${how}, ${words("pennies", { count: Number(item.pennies) })}` };
}

function boughtFacts(item: Item | Credit, { visit, words }: Setting): readonly Fact[] {
  const streams = item.streams.map((one) => `${one.stream} ${formatPounds(one.amountPence)}`);
  return [
    { label: words("reference"), text: item.reference === "" ? words("none") : item.reference },
    { label: words("service"), text: item.service },
    { label: words("pot"), text: item.pot, href: visit.to.pot(item.potSlug) },
    ...(streams.length === 0 ? [] : [{ label: words("streams"), text: streams.join("; ") }]),
  ];
}

/** The commitment it was paid from and the decision behind it; what was paid elsewhere may have none, and says so. */
function orderFacts(item: Item, { visit, words }: Setting): readonly Fact[] {
  const { to, language } = visit;
  const { commitmentId, committedOn, committedPence, allocationId, allocation, decidedOn } = item;
  if (commitmentId === null || committedOn === null || committedPence === null)
    return [{ label: words("commitment"), text: words("nothingSetAside") }];
  const commitment = words("commitmentOf", {
    kind: words(item.commitmentKind as "award" | "order" | "grant"),
    reference: item.commitmentReference ?? "",
    day: formatDay(language, committedOn),
    amount: bare(committedPence),
  });
  const committed: Fact = { label: words("commitment"), text: commitment, href: to.trace(commitmentId) };
  if (allocationId === null || decidedOn === null) return [committed];
  const decision = { by: item.decidedBy ?? "", day: formatDay(language, decidedOn), power: item.power ?? "" };
  return [
    committed,
    { label: words("allocation"), text: allocation ?? "", href: to.trace(allocationId) },
    { label: words("decision"), text: words("decisionOf", decision) },
  ];
}

/** Of what was paid elsewhere: what was outside, why, and who bore it since. */
function outsideFacts(item: Item, { visit, words }: Setting): readonly Fact[] {
  if (!item.elsewhere) return [];
  const { to, language } = visit;
  const outside = { amount: bare(item.outsidePence) };
  return [
    {
      label: words("elsewhere"),
      text: item.outsidePence === 0n ? words("elsewhereWithin") : words("elsewhereOutside", outside),
    },
    ...item.outside.flatMap((one) => [
      {
        label: words("outsideWhy", { amount: bare(one.amountPence) }),
        text: one.reasons.map((reason) => reasonText(language, reason)).join("; "),
        href: to.trace(one.itemId),
      },
      {
        label: words("resolved"),
        text: [
          ...one.borne.map((borne) =>
            words("borneBy", {
              by: borne.by,
              amount: bare(borne.amountPence),
              day: formatDay(language, borne.clearedOn),
              reason: borne.reason,
            }),
          ),
          ...(one.leftPence === 0n ? [] : [words("nobodyYet", { amount: bare(one.leftPence) })]),
        ].join("; "),
      },
    ]),
  ];
}

type Made = {
  readonly transferId: string;
  readonly madeBy: string;
  readonly reversedById: string | null;
  readonly recordId: string;
};

function madeFacts(made: Made, { visit, words, people }: Setting): readonly Fact[] {
  const who = { label: words("madeBy"), text: makerText(ledgerWords(visit.language), { ...people, made }) };
  if (made.reversedById === null) return [who];
  const href = visit.to.ledger({ record: made.recordId });
  return [who, { label: words("reversed"), text: words("reversed"), href }];
}
