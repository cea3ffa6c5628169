/** Follow the pound: one line from stream to service, both ways, with dates and names, and each card opening its own line. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { listStages } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { followRecord } from "../../../trace/index.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { readAboutRecord } from "../records/index.ts";
import { parameterOf, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { ledgerWords } from "./ledger-words.ts";
import { type LinesOfRecord, linesOfRecord } from "./lines-of-record.ts";
import { readPots, readReader, readRecord, type ValueOf } from "./reading.ts";
import { makerText } from "./statement.ts";
import { bare, cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type Book, type Followed, type Stage, type StageRecord, stagesOf } from "./trace-stages.ts";
import { kindName, type TraceWords, traceWords } from "./trace-words.ts";
import { bankWords } from "./words-bank.ts";

/** So many cards of a stage are open; the rest are one press away. */
const CARDS_OPEN = 6;
/** More records than this behind a card are counted: their stage has them. */
const MOST_VIA = 3;
/** What transfers record, so that people stand behind it. Of an item to resolve: the journals by which somebody bears it. */
const RECORDED = [
  "contribution",
  "allocation",
  "commitment",
  "payment",
  "virement",
  "handover",
  "release",
  "credit_note",
  "resolve_item",
];
type TracedRecord = Followed["record"];
type Setting = { readonly visit: Visit; readonly words: TraceWords };

export function registerTrace(app: FastifyInstance): void {
  // The box "id of a record" of the money room.
  app.get("/places/:place/trace", async (request, reply) => {
    const { to } = visitOf(request);
    const record = queryOf(request, "record")?.toLowerCase();
    return reply.redirect(record === undefined ? to.room : to.trace(encodeURIComponent(record)), 303);
  });

  app.get("/places/:place/trace/:record", async (request, reply) => {
    const the = { request, reply };
    const visit = visitOf(request);
    const id = parameterOf(request, "record");
    const found = await ask(request, followRecord, { place: visit.place, input: { record: id } });
    if (!found.ok) {
      if (found.refusal.code === "input_not_valid") return reply.callNotFound();
      return sendRefusal(the, followRecord, found.refusal);
    }
    const reader = await ask(request, readReader, { place: visit.place, input: {} });
    const mayRecord = reader.ok && reader.value.mayRecord;
    const words = traceWords(visit.language);
    const { record } = found.value as Followed;
    const own = await ownTransfers(request, { place: visit.place, record });
    const lines = await linesOfRecord(request, { record, visit });
    const title = record.title[visit.language];
    return sendPage(the, "pages/money/trace.njk", {
      top: topOf(visit, { title: `${words("follow")}: ${title}`, crumbs: [{ text: words("follow") }] }),
      model: {
        ...modelOf(found.value as Followed, { visit, words, own }),
        w: words,
        aboutRecord: await readAboutRecord(request, { place: visit.place, record: id }),
        record: { id, kind: record.kind },
        tables: [await stagesTable(request, { record, visit }), ...lines.tables].filter((table) => table !== null),
        notes: lines.notes,
        acts: mayRecord ? await actsOf(request, { followed: found.value as Followed, visit, lines }) : [],
        reverseHref: mayRecord && !record.reversed && isOwn(own) ? visit.to.reverse(id) : null,
      },
    });
  });
}

/** The stages in which a commitment is to be paid, with what was paid of each; null where there are none. */
async function stagesTable(
  request: FastifyRequest,
  { record, visit }: { readonly record: TracedRecord; readonly visit: Visit },
): Promise<MoneyTable | null> {
  if (record.kind !== "commitment") return null;
  const found = await ask(request, listStages, { place: visit.place, input: { commitmentId: record.id } });
  if (!found.ok || found.value.stages.length === 0) return null;
  const { stages } = found.value;
  const words = bankWords(visit.language);
  const pounds = (key: "amount" | "paidSoFar" | "notYetPaid") => numeric(words("inPounds", { label: words(key) }));
  const sum = (pick: (one: (typeof stages)[number]) => bigint) =>
    bare(stages.reduce((total, one) => total + pick(one), 0n));
  return {
    caption: words("stages"),
    columns: [
      column(words("stage")),
      column(words("dueOn")),
      pounds("amount"),
      pounds("paidSoFar"),
      pounds("notYetPaid"),
    ],
    rows: stages.map((one) => ({
      shadow: record.book === "shadow",
      cells: [
        cell(`${one.stageNumber}. ${one.words}`),
        dayCell(visit.language, one.dueOn),
        moneyCell(one.amountPence),
        moneyCell(one.paidPence),
        moneyCell(one.amountPence - one.paidPence),
      ],
    })),
    total: [
      words("total"),
      "",
      sum(({ amountPence }) => amountPence),
      sum(({ paidPence }) => paidPence),
      sum(({ amountPence, paidPence }) => amountPence - paidPence),
    ],
  };
}

type TraceAct = { readonly text: string; readonly href: string };

/** What can happen to this record next; an allocation and a commitment are recorded on from their pot, while it is open. */
async function actsOf(
  request: FastifyRequest,
  { followed, visit, lines }: { readonly followed: Followed; readonly visit: Visit; readonly lines: LinesOfRecord },
): Promise<readonly TraceAct[]> {
  const { record } = followed;
  const { place, to } = visit;
  const words = bankWords(visit.language);
  if (record.reversed) return [];
  if (record.kind === "payment")
    return [{ text: words("credit"), href: to.credit(record.id, lines.more ? { by: "lines" } : {}) }];
  if (record.kind !== "allocation" && record.kind !== "commitment") return [];
  const above = stagesOf(followed.up).flatMap(({ records }) => records.map((one) => one.record));
  const potId = above.find(({ kind }) => kind === "pot")?.id;
  const pots = await ask(request, readPots, { place, input: {} });
  const pot = pots.ok ? pots.value.pots.find((one) => one.potId === potId && one.closedOn === null) : undefined;
  if (pot === undefined) return [];
  const { id } = record;
  return record.kind === "commitment"
    ? [{ text: words("release"), href: to.newRecord(pot.slug, "releases", { commitment: id }) }]
    : [
        { text: words("virement"), href: to.newRecord(pot.slug, "virements", { allocation: id }) },
        { text: words("precommit"), href: to.newRecord(pot.slug, "precommitments", { allocation: id }) },
      ];
}

type Own = ValueOf<typeof readRecord>;

/** What moved money for this record, with who prepared and authorised it; null for readers who stop before the ledger. */
async function ownTransfers(
  request: FastifyRequest,
  { place, record }: { readonly place: string; readonly record: TracedRecord },
): Promise<Own | null> {
  if (!RECORDED.includes(record.kind)) return null;
  const listed = await ask(request, readRecord, { place, input: { recordId: record.id } });
  return listed.ok ? listed.value : null;
}

/** A record that can be undone from here: under a council's address, one of its own pots and not of a pot it hosts. */
function isOwn(own: Own | null): boolean {
  return own?.transfers.some(({ kind, reversedById }) => kind !== "reversal" && reversedById === null) ?? false;
}

function modelOf(followed: Followed, the: Setting & { readonly own: Own | null }) {
  const { visit, words } = the;
  const { record } = followed;
  const { language } = visit;
  const up = stagesOf(followed.up).toReversed();
  const down = stagesOf(followed.down);
  return {
    title: record.title[language],
    kind: kindName(words, { kind: record.kind }),
    lead:
      record.amountPence === null ? words("leadNoAmount") : words("lead", { amount: formatPounds(record.amountPence) }),
    shadow: record.book === "shadow",
    here: cardOf({ record, amountPence: null, book: record.book, via: [] }, { ...the, direction: "here" }),
    facts: [...factsOf(record, the), ...peopleFacts(the.own, the)],
    links: record.links.map((link) => ({
      text: `${kindName(words, { kind: link.kind })}: ${link.title[language]}`,
      href: visit.to.trace(link.id),
    })),
    page: pageOf(record, visit),
    up: up.map((stage) => presentStage(stage, { ...the, direction: "up" })),
    down: down.map((stage) => presentStage(stage, { ...the, direction: "down" })),
  };
}

/** The record's own page, where it has one. */
function pageOf(record: TracedRecord, { to }: Visit): string | null {
  if (record.kind === "stream") return to.stream(record.id);
  if (record.kind === "spend_line") return to.spendLine(record.id);
  return null;
}

/** What the card does not say already. */
function factsOf(record: TracedRecord, { visit }: Setting) {
  const { language } = visit;
  const fact = (label: string, text: string) => ({ label, text });
  return record.facts.map(({ label, value }) => fact(label[language], value[language]));
}

/** Who prepared and who authorised each transfer, with the way to what was authorised. */
function peopleFacts(own: Own | null, { visit }: Setting) {
  if (own === null) return [];
  const words = ledgerWords(visit.language);
  return own.transfers.map((one) => {
    const label = one.kind === "reversal" ? words("reversedWho") : words("who");
    const text = makerText(words, { made: one, makers: own.makers, signers: own.signers });
    return one.authorisedBy.length === 0 ? { label, text } : { label, text, href: visit.to.approval(one.transferId) };
  });
}

type Direction = "up" | "down" | "here";

function presentStage(stage: Stage, the: Setting & { readonly direction: Direction }) {
  const { words } = the;
  const cards = stage.records.map((one) => cardOf(one, the));
  const count = cards.length;
  return {
    heading: count === 0 ? words("stops") : kindName(words, { kind: stage.kind, count }),
    count: count > 1 ? words("stageCount", { count }) : null,
    total: count > 1 ? totalsOf(stage, words) : null,
    cards: cards.slice(0, CARDS_OPEN),
    rest: cards.slice(CARDS_OPEN),
    restText: words("showRest", { count: Math.max(0, count - CARDS_OPEN) }),
    stops: stopTexts(stage, the),
    more: stage.more.map(({ book, count: hidden, amountPence }) => ({
      text: words("more", { count: hidden, amount: inBook(amountPence, { book, words }) }),
    })),
  };
}

/** "shadow £8.00": shadow money is always said to be so. */
function inBook(amountPence: bigint, { book, words }: { readonly book: Book; readonly words: TraceWords }): string {
  const amount = formatPounds(amountPence);
  return book === "shadow" ? `${words("shadow")} ${amount}` : amount;
}

/** What a stage comes to: one sum for each book, never one for both. */
function totalsOf({ records }: Stage, words: TraceWords): string | null {
  const sumOf = (shadow: boolean) =>
    records
      .filter(({ book }) => (book === "shadow") === shadow)
      .reduce((sum, { amountPence }) => sum + (amountPence ?? 0n), 0n);
  const [real, shadow] = [sumOf(false), sumOf(true)];
  if (shadow === 0n) return real === 0n ? null : formatPounds(real);
  const shadowText = `${words("shadow")} ${formatPounds(shadow)}`;
  return real === 0n ? shadowText : `${words("real")} ${formatPounds(real)}, ${shadowText}`;
}

/** Each stop in words; with its book where it is shadow, and its record's name where there are several. */
function stopTexts({ stops }: Stage, the: Setting): readonly string[] {
  const { language } = the.visit;
  return stops.map((stop) => {
    const words = stop.words[language];
    const before = stop.before[language];
    if (stop.amountPence !== null) {
      const label = stop.book === "shadow" && before === "" ? `${the.words("shadow")}: ` : before;
      return `${label}${formatPounds(stop.amountPence)}${words}`;
    }
    return stops.length > 1 ? `${stop.title[language]}: ${words}` : words;
  });
}

function cardOf(one: StageRecord, { visit, words, direction }: Setting & { readonly direction: Direction }) {
  const { record } = one;
  const { language, to } = visit;
  return {
    kind: kindName(words, { kind: record.kind }),
    title: record.title[language],
    href: to.trace(record.id),
    words: record.words[language],
    amount: amountText(one, words),
    date: record.date === null ? null : formatDay(language, record.date as Day),
    decidedBy: record.decidedBy,
    madeUp: record.madeUp,
    reversed: record.reversed,
    shadow: one.book === "shadow",
    via: one.via.length < 2 && direction !== "here" ? [] : viaTexts(one, { language, words, direction }),
  };
}

/** "£1,200.00 of £5,000.00" where a part is followed, the whole where all of it is. */
function amountText({ record, amountPence }: StageRecord, words: TraceWords): string | null {
  const whole = record.amountPence;
  if (amountPence === null) return whole === null ? null : formatPounds(whole);
  if (whole === null || whole === amountPence) return formatPounds(amountPence);
  return words("of", { share: formatPounds(amountPence), whole: formatPounds(whole) });
}

function viaTexts(
  one: StageRecord,
  the: { readonly language: Language; readonly words: TraceWords; readonly direction: Direction },
) {
  const label = the.words(the.direction === "up" ? "to" : "from");
  if (one.via.length > MOST_VIA) {
    const count = one.via.reduce((sum, via) => sum + via.count, 0);
    return [`${label} ${the.words("stageCount", { count })}`];
  }
  return one.via.map(({ title, amountPence }) => {
    const amount = amountPence === null ? "" : `: ${formatPounds(amountPence)}`;
    return `${label} ${title[the.language]}${amount}`;
  });
}
