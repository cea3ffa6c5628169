/** The page of a stream: its terms and conditions, where its money went, and each contribution. */
import type { FastifyInstance } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { asNotFound } from "../../address-refusal.ts";
import { bars } from "../../charts/bars.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { readAboutRecord } from "../records/index.ts";
import { askedDay, named, parameterOf, topOf, type Visit, visitOf } from "./exchange.ts";
import { positionOf, termsText } from "./position.ts";
import { stateCell } from "./pot-tables.ts";
import { readStream, type ValueOf } from "./reading.ts";
import { cell, column, dayCell, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type MoneyWords, moneyWords } from "./words.ts";
import { resolveWords } from "./words-resolve.ts";

type Read = ValueOf<typeof readStream>;
type Book = "real" | "shadow";
type Setting = { readonly visit: Visit; readonly words: MoneyWords };
const CONDITIONS = {
  purpose: "kindPurpose",
  period: "kindPeriod",
  partner: "kindPartner",
  capital: "kindCapital",
  eligible_cost: "kindEligible",
  reporting: "kindReporting",
} as const;

export function registerStream(app: FastifyInstance): void {
  app.get("/places/:place/streams/:stream", async (request, reply) => {
    const the = { request, reply };
    const asked = askedDay(request);
    const visit = visitOf(request, asked.day);
    const words = moneyWords(visit.language);
    const streamId = parameterOf(request, "stream");
    const found = await ask(request, readStream, { place: visit.place, input: { streamId, asAt: asked.day } });
    if (!found.ok) return sendRefusal(the, readStream, asNotFound(found.refusal, "stream_not_found"));
    const read = found.value;
    const title = named(visit.language, [read.stream.name, read.stream.nameWelsh]);
    const day = formatDay(visit.language, read.asAt as Day);
    const error = asked.wrong ? words("asAtWrong", { day }) : undefined;
    return sendPage(the, "pages/money/stream.njk", {
      top: topOf(visit, {
        title,
        crumbs: [{ text: words("streamsTitle"), href: visit.to.streams }, { text: title }],
        ...(error && { errors: [{ text: error, href: "#asAt" }] }),
      }),
      model: {
        w: words,
        aboutRecord: await readAboutRecord(request, { place: visit.place, record: read.stream.streamId }),
        title,
        to: visit.to,
        day,
        asAt: read.asAt,
        error,
        reader: read.reader,
        record: { id: streamId, kind: "stream" },
        about: aboutOf(read, { visit, words }),
        conditions: read.conditions.map((one) => ({
          kind: words(CONDITIONS[one.kind]),
          words: one.words,
          terms: termsText(read, { terms: one.terms, language: visit.language }),
        })),
        position: positionOf(read, visit),
        books: (["real", "shadow"] as const).flatMap((book) => bookOf(read, { visit, words, book })),
      },
      status: asked.wrong ? 400 : 200,
    });
  });
}

function aboutOf({ stream }: Read, { visit, words }: Setting) {
  const { language, to } = visit;
  const row = (label: string, text: string, href?: string) => ({ label, text, href });
  const from = formatDay(language, stream.startsOn as Day);
  return [
    row(words("amount"), formatPounds(stream.amountPence), to.trace(stream.streamId)),
    row(words("payer"), named(language, [stream.payer, stream.payerWelsh]), to.trace(stream.payerId)),
    row(words("periodHeading"), words("period", { from, to: formatDay(language, stream.endsOn as Day) })),
    row(words("power"), stream.power),
    row(words("capital"), words(stream.capital ? "capitalYes" : "capitalNo")),
    row(words("ringFenced"), words(stream.ringFenced ? "yes" : "no")),
    row(words("clawback"), stream.clawback || words("noClawback")),
    row(words("source"), stream.source || words("noSource")),
  ];
}

/** What was given in one book: bars by pot with what is left to give, and the contributions themselves. */
function bookOf(read: Read, the: Setting & { readonly book: Book }) {
  const { visit, words, book } = the;
  const { language, to } = visit;
  const own = read.contributions.filter((one) => one.book === book);
  if (own.length === 0 && !(book === "real" && read.contributions.length === 0)) return [];
  const given = book === "real" ? read.stream.realGivenPence : read.stream.shadowGivenPence;
  const pots = new Map<string, { label: string; amountPence: bigint; href: string }>();
  for (const one of own.filter(({ reversed }) => !reversed)) {
    const amountPence = (pots.get(one.potId)?.amountPence ?? 0n) + one.amountPence;
    pots.set(one.potId, { label: named(language, [one.pot, one.potWelsh]), amountPence, href: to.pot(one.potSlug) });
  }
  const inPots = [...pots.values()].reduce((sum, one) => sum + one.amountPence, 0n);
  // What it bore of payments made elsewhere went straight to them, through no pot.
  const straight = {
    label: resolveWords(language)("givenStraight"),
    amountPence: given - inPots,
    href: to.trace(read.stream.streamId),
  };
  const chart = bars({
    language,
    idPrefix: `given-${book}`,
    title: words("streamWhereTitle", { stream: words(book) }),
    shadow: book === "shadow",
    itemHeading: words("pot"),
    items: [
      ...pots.values(),
      ...(straight.amountPence > 0n ? [straight] : []),
      {
        label: words("notYetGiven"),
        amountPence: read.stream.amountPence - given,
        href: to.trace(read.stream.streamId),
        tone: "grey",
      },
    ],
  });
  return [
    {
      book,
      heading: words(book),
      shadow: book === "shadow",
      chart,
      table: own.length === 0 ? null : contributionsOf(own, the),
    },
  ];
}

function contributionsOf(own: Read["contributions"], { visit, words }: Setting): MoneyTable {
  const { language, to } = visit;
  const pounds = words("inPounds", { label: words("amount") });
  return {
    caption: words("contributions"),
    columns: [
      column(words("reference")),
      column(words("pot")),
      column(words("madeOn")),
      column(words("state")),
      numeric(pounds),
    ],
    rows: own.map((one) => ({
      shadow: one.book === "shadow",
      cells: [
        cell(one.reference || words("contribution"), to.trace(one.contributionId)),
        cell(named(language, [one.pot, one.potWelsh]), to.pot(one.potSlug)),
        dayCell(language, one.madeOn),
        one.reversed ? stateCell(words, true) : cell(words("inForce")),
        moneyCell(one.amountPence),
      ],
    })),
  };
}
