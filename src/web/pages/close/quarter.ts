/**
 * The quarter's close in a morning: numbered steps with their states, variances explained and statements sent in place, the
 * close itself last, and afterwards its certificate. Every step is a link or a form: nothing needs a script.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import { closeLedger, explainVariance, reopenPeriod, sendPartnerStatement } from "../../../ledger/index.ts";
import { formatPounds } from "../../../lib/pence.ts";
import type { Refusal } from "../../../lib/result.ts";
import { newId } from "../../../platform/ids.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { withQuery } from "../money/addresses.ts";
import { choiceOf, type Exchange, named } from "../money/exchange.ts";
import { keyOf } from "../money/forms/form.ts";
import { recordOrPrepare } from "../money/forms/two-people.ts";
import { accrualWords } from "../money/forms/words-accruals.ts";
import { bare } from "../money/tables.ts";
import {
  askedQuarter,
  type Book,
  closeAddress,
  closeTop,
  type Setting,
  STATE_TONES,
  settingOf,
  yearAddress,
} from "./frame.ts";
import { type Close, readClose } from "./reading.ts";
import { explainedIn, fieldsOf, stopsOf, type Values } from "./stops.ts";

type Sent = { readonly errors: FormErrors | null; readonly values: Values; readonly status: number };
const NOTHING_SENT: Sent = { errors: null, values: {}, status: 200 };
const TONES = { done: "green", waits: "blue", stop: "red" } as const;
const PATH = "/places/:place/close/:year/:quarter";

export function registerQuarter(app: FastifyInstance): void {
  const guarded = { preHandler: app.csrfProtection };
  app.get(PATH, (request, reply) => show({ request, reply }, NOTHING_SENT));
  app.post(PATH, guarded, (request, reply) => close({ request, reply }));
  app.post(`${PATH}/variances`, guarded, (request, reply) => explain({ request, reply }));
  app.post(`${PATH}/sent`, guarded, (request, reply) => send({ request, reply }));
  app.post(`${PATH}/reopen`, guarded, (request, reply) => reopen({ request, reply }));
}

function bookOf({ request }: Exchange): Book | null {
  return choiceOf(request, "book", ["real", "shadow"]);
}

async function show(the: Exchange, sent: Sent): Promise<FastifyReply> {
  const setting = settingOf(the.request);
  const { visit, words } = setting;
  const input = { quarter: askedQuarter(the.request), book: bookOf(the) };
  const found = await ask(the.request, readClose, { place: visit.place, input });
  // What is no quarter has no page.
  if (!found.ok && found.refusal.code === "input_not_valid") return the.reply.callNotFound() as never;
  if (!found.ok) return sendRefusal(the, readClose, found.refusal);
  const read = found.value;
  const { period: quarter, name } = read.checklist;
  const [year = ""] = quarter.split("/");
  return sendPage(the, "pages/close/quarter.njk", {
    top: closeTop(setting, {
      title: `${words("close")}: ${name}`,
      crumbs: [{ text: year, href: yearAddress(visit.place, year) }, { text: name }],
      ...(sent.errors && { errors: sent.errors.summary }),
    }),
    model: {
      c: words,
      name,
      caption: words("close"),
      shadow: read.book === "shadow",
      tabs:
        read.books.length < 2
          ? []
          : read.books.map((book) => ({
              text: words(book === "shadow" ? "bookShadow" : "bookReal"),
              href: closeAddress(visit.place, { quarter, book }),
              current: book === read.book,
            })),
      ...stepsOf(read, setting),
      accruals: accrualLinks(read, setting),
      variances: variancesOf(read, { ...setting, sent }),
      statements: statementsOf(read, setting),
      closing: closingOf(read, { ...setting, sent }),
      certificate: certificateOf(read, setting),
      errors: sent.errors?.byField ?? {},
      values: sent.values,
      action: (part: string) => closeAddress(visit.place, { quarter, book: read.book, part }),
    },
    status: sent.status,
  });
}

function stepsOf(read: Close, { visit, words }: Setting) {
  const { items, done, of } = read.checklist;
  return {
    progress: { text: words("progress", { done, of }), percent: of === 0 ? 100 : Math.floor((done * 100) / of) },
    steps: items.map((one, index) => ({
      title: { text: `${index + 1}. ${one.title}` },
      hint: { text: one.words },
      ...(one.path !== null && { href: `/places/${visit.place}${one.path}` }),
      status: { tag: { text: words(one.state), classes: `govuk-tag--${TONES[one.state]}` } },
    })),
  };
}

type Showing = Setting & { readonly sent: Sent };

/** What the quarter's cost lacks or has too much of is moved from here, at the quarter's end. */
function accrualLinks(read: Close, { visit, words }: Setting) {
  const on = read.periods.findLast(({ period }) => Math.ceil(Number(period.split("/")[1]) / 3) === quarterOf(read))?.to;
  return [
    ...(read.mayRecord
      ? [{ text: accrualWords(visit.language)("record"), href: visit.to.newAccrual({ on: on ?? null }) }]
      : []),
    { text: words("debtors"), href: withQuery(visit.to.debtors, { asAt: on ?? null }) },
  ];
}

/** 3, of 2012-13/Q3. */
function quarterOf(read: Close): number {
  return Number(read.checklist.period.slice(-1));
}

function variancesOf(read: Close, { visit, words, sent }: Showing) {
  const { allocations, thresholdPence, thresholdPercent } = read.variances;
  const shown = allocations.map((one) => {
    const name = named(visit.language, [one.name, one.nameWelsh]);
    const over = one.variancePence > 0n;
    const amount = formatPounds(over ? one.variancePence : -one.variancePence);
    return {
      id: one.allocationId,
      name,
      href: visit.to.trace(one.allocationId),
      budget: bare(one.budgetPence),
      committed: bare(one.committedPence),
      paid: bare(one.paidPence),
      variance: bare(one.variancePence),
      explained: one.explained ?? (one.needed ? words("missing") : words("notNeeded")),
      missing: one.needed && one.explained === null,
      question: words("why", { name, amount, way: words(over ? "over" : "under") }),
      value: sent.values["allocationId"] === one.allocationId ? (sent.values["words"] ?? "") : "",
    };
  });
  return {
    lead: words("variancesLead", { percent: String(thresholdPercent), amount: formatPounds(thresholdPence) }),
    rows: shown,
    missing: read.mayRecord ? shown.filter(({ missing }) => missing) : [],
  };
}

function statementsOf(read: Close, { visit }: Setting) {
  const [year = "", quarter = ""] = read.checklist.period.split("/");
  return read.statements.map((one) => ({
    id: one.partnerId,
    name: named(visit.language, [one.name, one.nameWelsh]),
    href: `/places/${visit.place}/partners/${one.partnerId}/statement/${year}/${quarter}`,
    sent: one.sentAt === null ? null : formatMoment(visit.language, new Date(one.sentAt)),
    maySend: read.mayRecord,
  }));
}

function closingOf(read: Close, { words, sent }: Showing) {
  const number = quarterOf(read);
  const own = read.periods.filter(({ period }) => Math.ceil(Number(period.split("/")[1]) / 3) === number);
  const hardToClose = own.filter(({ period, state }) => state !== "hard" && !period.endsWith("/12"));
  return {
    mayClose: read.mayClose,
    // One for each of the two forms: what the one asks for is not what the other does.
    softKey: newId(),
    hardKey: newId(),
    periods: own.map((one) => ({
      name: one.name,
      period: one.period,
      state: words(one.state),
      tone: STATE_TONES[one.state],
      entries: formatNumber(one.entries),
      mayReopen: read.mayClose && one.state === "soft",
    })),
    march: number === 4,
    soft: own.some(({ state }) => state === "open"),
    hard: hardToClose.length > 0,
    stops: stopsOf(read.checklist.items, { words, values: sent.values }),
  };
}

/** Of the periods that are closed for good, with what they were closed without. */
function certificateOf(read: Close, { visit, words }: Setting) {
  const number = quarterOf(read);
  const hard = read.periods.filter(
    ({ period, state }) => state === "hard" && Math.min(Math.ceil(Number(period.split("/")[1]) / 3), 4) === number,
  );
  if (hard.length === 0) return null;
  return {
    periods: hard.map((one) => ({
      name: one.name,
      facts: [
        { label: words("hash"), text: one.balanceHash ?? "" },
        { label: words("closedBy"), text: read.names.get(one.closedBy ?? "") ?? "" },
        { label: words("closedAt"), text: one.closedAt === null ? "" : formatMoment(visit.language, one.closedAt) },
        { label: words("block"), text: one.blockNumber === null ? "0" : String(one.blockNumber) },
        { label: words("entries"), text: formatNumber(one.entries) },
      ],
    })),
    explained: read.checklist.explained.map((one) => ({ label: one.item, text: one.words })),
  };
}

/** Shows the page again with what was typed, or says the refusal on a page of its own where no field can. */
async function refuseOn(
  the: Exchange,
  useCase: { readonly refusals: object },
  { refusal, values }: { readonly refusal: Refusal; readonly values: Values },
): Promise<FastifyReply> {
  if (["not_allowed", "place_not_found", "another_area"].includes(refusal.code))
    return sendRefusal(the, useCase, refusal);
  const errors = errorsOf(useCase, refusal, the.request.visit.language);
  // Beside the first box of words where a stop is in the way; else at the head of the part that was sent.
  const at = refusal.code === "checklist_stops" ? "closing" : (Object.keys(errors.byField)[0] ?? "closing");
  const summary = errors.summary.map(({ text }) => ({ text, href: `#${at === "words" ? "variances" : "closing"}` }));
  return show(the, { errors: { ...errors, summary }, values, status: 400 });
}

async function close(the: Exchange): Promise<FastifyReply> {
  const { visit, words } = settingOf(the.request);
  const values = fieldsOf(the);
  const quarter = askedQuarter(the.request);
  const book = bookOf(the) ?? "real";
  const state = values["state"] === "hard" ? "hard" : "soft";
  const input = { period: quarter, book, state, explained: state === "hard" ? explainedIn(values) : [] } as const;
  const notice = words(state === "hard" ? "closedHardNotice" : "closedSoftNotice");
  const done = await recordOrPrepare(the, {
    useCase: closeLedger,
    requestKey: keyOf(the.request.body),
    input,
    done: () => ({ href: closeAddress(visit.place, { quarter, book }), notice }),
  });
  if (!done.ok) return refuseOn(the, closeLedger, { refusal: done.refusal, values });
  return goTo(the, done.value.href, done.value.notice);
}

async function explain(the: Exchange): Promise<FastifyReply> {
  const { visit, words } = settingOf(the.request);
  const values = fieldsOf(the);
  const quarter = askedQuarter(the.request);
  const input = { allocationId: values["allocationId"] ?? "", quarter, words: values["words"] ?? "" };
  const done = await ask(the.request, explainVariance, { place: visit.place, input });
  if (!done.ok) return refuseOn(the, explainVariance, { refusal: done.refusal, values });
  const book = bookOf(the) ?? "real";
  return goTo(the, `${closeAddress(visit.place, { quarter, book })}#variances`, words("explainedNotice"));
}

async function send(the: Exchange): Promise<FastifyReply> {
  const { visit, words } = settingOf(the.request);
  const values = fieldsOf(the);
  const quarter = askedQuarter(the.request);
  const input = { partnerId: values["partnerId"] ?? "", quarter, figuresHash: values["figuresHash"] ?? null };
  const done = await ask(the.request, sendPartnerStatement, { place: visit.place, input });
  if (!done.ok) return refuseOn(the, sendPartnerStatement, { refusal: done.refusal, values });
  const book = bookOf(the) ?? "real";
  return goTo(the, `${closeAddress(visit.place, { quarter, book })}#statements`, words("sentNotice"));
}

async function reopen(the: Exchange): Promise<FastifyReply> {
  const { visit, words } = settingOf(the.request);
  const values = fieldsOf(the);
  const book = bookOf(the) ?? "real";
  const done = await ask(the.request, reopenPeriod, {
    place: visit.place,
    input: { period: values["period"] ?? "", book },
  });
  if (!done.ok) return refuseOn(the, reopenPeriod, { refusal: done.refusal, values });
  const address = closeAddress(visit.place, { quarter: askedQuarter(the.request), book });
  return goTo(the, address, words("reopenedNotice", { period: done.value.name }));
}
