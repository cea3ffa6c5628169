/** The list of streams: who pays, how much, and what each gave to real pots and to shadow pots, apart. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatDay, formatMonthShort } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks, withQuery } from "./addresses.ts";
import { askedDay, choiceOf, named, queryOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { askedFormat, EXPORT_LIMIT, type ExportTable, sendTable } from "./exports.ts";
import { readStreams, type Stream } from "./reading.ts";
import { cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type MoneyWords, moneyWords } from "./words.ts";

const SORTS = ["name", "payer", "amount", "period", "real", "shadow"] as const;
type Sort = (typeof SORTS)[number];
type Filter = {
  readonly payer: string | null;
  readonly ring: "yes" | "no" | null;
  readonly given: "real" | "shadow" | "none" | null;
  readonly name: string | null;
  readonly sort: Sort;
};

function filterOf(request: FastifyRequest): Filter {
  return {
    payer: queryOf(request, "payer"),
    ring: choiceOf(request, "ring", ["yes", "no"]),
    given: choiceOf(request, "given", ["real", "shadow", "none"]),
    name: queryOf(request, "name"),
    sort: choiceOf(request, "sort", SORTS) ?? "name",
  };
}

function matches(filter: Filter, stream: Stream): boolean {
  if (filter.payer !== null && stream.payerId !== filter.payer) return false;
  if (filter.ring !== null && stream.ringFenced !== (filter.ring === "yes")) return false;
  if (filter.given === "real" && stream.realGivenPence === 0n) return false;
  if (filter.given === "shadow" && stream.shadowGivenPence === 0n) return false;
  if (filter.given === "none" && (stream.realGivenPence !== 0n || stream.shadowGivenPence !== 0n)) return false;
  const sought = filter.name?.toLocaleLowerCase("en-GB") ?? "";
  return `${stream.name} ${stream.nameWelsh ?? ""}`.toLocaleLowerCase("en-GB").includes(sought);
}

/** Money downwards, words and dates upwards; equal ones by name. */
const ORDERS: Readonly<Record<Sort, (a: Stream, b: Stream) => number>> = {
  name: () => 0,
  payer: (a, b) => a.payer.localeCompare(b.payer, "en-GB"),
  period: (a, b) => a.endsOn.localeCompare(b.endsOn),
  amount: (a, b) => compare(b.amountPence, a.amountPence),
  real: (a, b) => compare(b.realGivenPence, a.realGivenPence),
  shadow: (a, b) => compare(b.shadowGivenPence, a.shadowGivenPence),
};

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

export function registerStreams(app: FastifyInstance): void {
  app.get("/places/:place/streams", { config: EXPORT_LIMIT }, async (request, reply) => {
    const the = { request, reply };
    const asked = askedDay(request);
    const visit = visitOf(request, asked.day);
    const words = moneyWords(visit.language);
    const found = await ask(request, readStreams, { place: visit.place, input: { asAt: asked.day } });
    if (!found.ok) return sendRefusal(the, readStreams, found.refusal);
    const filter = filterOf(request);
    const all = found.value.streams;
    const shown = all.filter((stream) => matches(filter, stream)).toSorted(ORDERS[filter.sort]);
    const format = askedFormat(the);
    if (format !== null) return sendTable(the, { format, table: exportOf(shown, found.value.asAt) });
    const day = formatDay(visit.language, found.value.asAt as Day);
    const error = asked.wrong ? words("asAtWrong", { day }) : undefined;
    const title = words("streamsTitle");
    const { sort: _, ...narrowed } = filter;
    return sendPage(the, "pages/money/streams.njk", {
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
        none: all.length === 0,
        count: words("streamCount", { count: shown.length }),
        filter,
        filtered: Object.values(narrowed).some((one) => one !== null),
        choices: choicesOf(all, { filter, words, visit }),
        table: shown.length === 0 ? null : tableOf(shown, { visit, words, filter, asAt: asked.day }),
        ...fileLinks("", { ...filter, asAt: asked.day }),
      },
      status: asked.wrong ? 400 : 200,
    });
  });
}

type Setting = { readonly visit: Visit; readonly words: MoneyWords; readonly filter: Filter };

function choicesOf(all: readonly Stream[], { filter, words, visit }: Setting) {
  const payers = new Map(all.map((one) => [one.payerId, named(visit.language, [one.payer, one.payerWelsh])]));
  const select = (chosen: string | null, items: readonly (readonly [string, string])[]) => [
    { value: "", text: words("any"), selected: chosen === null },
    ...items.map(([value, text]) => ({ value, text, selected: value === chosen })),
  ];
  return {
    payer: select(
      filter.payer,
      [...payers].toSorted((a, b) => a[1].localeCompare(b[1], "en-GB")),
    ),
    ring: select(filter.ring, [
      ["yes", words("yes")],
      ["no", words("no")],
    ]),
    given: select(filter.given, [
      ["real", words("givenToReal")],
      ["shadow", words("givenToShadow")],
      ["none", words("givenToNone")],
    ]),
  };
}

function tableOf(shown: readonly Stream[], the: Setting & { readonly asAt: Day | null }): MoneyTable {
  const { visit, words, filter } = the;
  const { language, to } = visit;
  // The heading that the list stands sorted by says so; each of the others sorts by itself.
  const heading = (label: string, sort: Sort, money: boolean) => {
    const text = filter.sort === sort ? words("sortedBy", { label }) : label;
    const href = withQuery(`/places/${visit.place}/streams`, { ...filter, sort, asAt: the.asAt });
    return money ? numeric(text, href) : column(text, href);
  };
  const pounds = (label: string) => words("inPounds", { label });
  return {
    caption: words("streamsTitle"),
    columns: [
      heading(words("stream"), "name", false),
      heading(words("payer"), "payer", false),
      heading(words("periodHeading"), "period", false),
      column(words("ringFenced")),
      heading(pounds(words("amount")), "amount", true),
      heading(pounds(words("givenReal")), "real", true),
      numeric(pounds(words("leftReal"))),
      heading(pounds(words("givenShadow")), "shadow", true),
      numeric(pounds(words("leftShadow"))),
    ],
    rows: shown.map((one) => ({
      cells: [
        cell(named(language, [one.name, one.nameWelsh]), to.stream(one.streamId)),
        cell(named(language, [one.payer, one.payerWelsh]), to.trace(one.payerId)),
        cell(words("period", { from: monthText(language, one.startsOn), to: monthText(language, one.endsOn) })),
        cell(words(one.ringFenced ? "yes" : "no")),
        moneyCell(one.amountPence, to.trace(one.streamId)),
        moneyCell(one.realGivenPence, `${to.stream(one.streamId)}#contributions`),
        moneyCell(one.amountPence - one.realGivenPence),
        moneyCell(one.shadowGivenPence, `${to.stream(one.streamId)}#contributions`),
        moneyCell(one.amountPence - one.shadowGivenPence),
      ],
    })),
  };
}

/** A month that is not broken over two lines. */
function monthText(language: Language, day: string): string {
  return formatMonthShort(language, day).replace(" ", "\u00a0");
}

function exportOf(shown: readonly Stream[], asAt: string): ExportTable {
  return {
    name: `streams-${asAt}`,
    sheet: "Streams",
    columns: [
      { name: "stream_id", type: "text" },
      { name: "stream", type: "text" },
      { name: "payer", type: "text" },
      { name: "starts_on", type: "day" },
      { name: "ends_on", type: "day" },
      { name: "ring_fenced", type: "text" },
      { name: "power", type: "text" },
      { name: "amount", type: "pounds" },
      { name: "given_to_real_pots", type: "pounds" },
      { name: "given_to_shadow_pots", type: "pounds" },
      { name: "source", type: "text" },
      { name: "made_up", type: "text" },
    ],
    rows: shown.map((one) => [
      one.streamId,
      one.name,
      one.payer,
      one.startsOn,
      one.endsOn,
      one.ringFenced ? "yes" : "no",
      one.power,
      one.amountPence,
      one.realGivenPence,
      one.shadowGivenPence,
      one.source,
      one.madeUp ? "yes" : "no",
    ]),
  };
}
