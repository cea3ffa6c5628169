/**
 * The review desk: one pair at a time, read without being told what the engine or another reader thinks; afterwards the engine's reasons, what
 * follows, and undo. Everything can be done from the keyboard, with or without scripts. In English, as a desk.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Refusal } from "../../../lib/result.ts";
import { listMatchReadings, nextPair, readPair, showMatchReading, undoReading } from "../../../linkage/index.ts";
import type { PageTop } from "../../page-layout.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { choiceOf, type Exchange, parameterOf, queryOf, visitOf } from "../money/exchange.ts";
import { matchingTop } from "./frame.ts";
import { showWaterfall } from "./report-waterfall.ts";
import { pairRows } from "./review-pair.ts";
import { reviewWords as words } from "./review-words.ts";

type By = "worth" | "lot";
type Next = Extract<Awaited<ReturnType<typeof askNext>>, { readonly ok: true }>["value"];

export function registerDesk(app: FastifyInstance): void {
  const path = "/places/:place/matching/desk";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }));
  app.post(path, guarded, (request, reply) => keep({ request, reply }));
  app.get(`${path}/readings/:reading`, (request, reply) => shown({ request, reply }));
  app.post(`${path}/readings/:reading/undo`, guarded, (request, reply) => undo({ request, reply }));
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function byOf({ request }: Exchange): By {
  return choiceOf(request, "by", ["lot"]) ?? (fieldOf(request, "by") === "lot" ? "lot" : "worth");
}

function askNext(the: Exchange) {
  const skip = queryOf(the.request, "skip");
  const input = { by: byOf(the), skip: skip !== null && ID.test(skip) ? skip : null };
  return ask(the.request, nextPair, { place: visitOf(the.request).place, input });
}

function deskPath({ request }: Exchange, rest = ""): string {
  return `/places/${parameterOf(request, "place")}/matching${rest}`;
}

function topHere(
  the: Exchange,
  { title, errors }: { readonly title: string; readonly errors?: PageTop["errors"] },
): PageTop {
  return matchingTop(the, { title, crumbs: [], errors });
}

async function show(the: Exchange): Promise<FastifyReply> {
  const found = await askNext(the);
  if (found.ok) return sendNext(the, { next: found.value, refusal: null });
  if (found.refusal.code !== "run_not_found") return sendRefusal(the, nextPair, found.refusal);
  return sendPage(the, "pages/matching/desk-empty.njk", {
    top: topHere(the, { title: words.title }),
    model: { title: words.noRun, text: words.noRunText, href: deskPath(the), link: words.matching },
  });
}

type Showing = { readonly next: Next; readonly refusal: Refusal | null };

function sendNext(the: Exchange, { next, refusal }: Showing): Promise<FastifyReply> {
  const { pair, queue, read } = next;
  const by = byOf(the);
  const errors = refusal === null ? null : errorsOf(readPair, refusal, "en");
  const progress = progressOf({ queue, read });
  const about = { w: words, by, progress, action: deskPath(the, "/desk"), errors: errors?.byField ?? {} };
  const other = by === "lot" ? "worth" : "lot";
  const turn = { text: words[other], href: `${deskPath(the, "/desk")}${other === "lot" ? "?by=lot" : ""}` };
  if (pair === null)
    return sendPage(the, "pages/matching/desk-empty.njk", {
      top: topHere(the, { title: words.title }),
      model: {
        w: words,
        title: words.empty,
        text: by === "lot" ? words.emptyLot : words.emptyText,
        href: turn.href,
        link: turn.text,
        progress,
      },
    });
  return sendPage(the, "pages/matching/desk.njk", {
    top: topHere(the, { title: words.question, ...(errors && { errors: errors.summary }) }),
    model: {
      ...about,
      ...presentPair(pair, by),
      turn,
      laterHref: `${deskPath(the, "/desk")}?${by === "lot" ? "by=lot&" : ""}skip=${pair.leftId}`,
      chosen: { verdict: fieldOf(the.request, "verdict"), reason: fieldOf(the.request, "reason") },
    },
    status: refusal === null ? 200 : wordsOf(readPair, refusal, "en").status,
  });
}

function presentPair(pair: NonNullable<Next["pair"]>, by: By) {
  const links = Math.round(pair.worth);
  const value = links <= 1 ? words.aboutOne : words.links(links);
  const before = pair.before.map(({ verdict, reason }, at) => {
    const who = at === 0 ? words.firstSaid : words.secondSaid;
    return `${who}: ${words.said[verdict]}, ${reason === "" ? words.noReason : `${words.because} ${reason}`}.`;
  });
  return {
    rows: pairRows(pair.left, pair.right),
    withheld: pair.left.withheld || pair.right.withheld,
    note:
      by === "lot"
        ? words.byLot
        : pair.reading === 1
          ? words.value(value)
          : pair.reading === 2
            ? words.second
            : words.third,
    before,
    leftId: pair.leftId,
    rightId: pair.rightId,
    verdicts: (["same", "different", "cannot_tell"] as const).map((value, at) => ({
      value,
      text: `${words.said[value].charAt(0).toUpperCase()}${words.said[value].slice(1)}`,
      attributes: { "data-key": String(at + 1) },
    })),
  };
}

function progressOf({ queue, read }: Pick<Next, "queue" | "read">) {
  const all = queue.unread + queue.waiting + queue.settled + queue.open;
  const share = all === 0 ? 1 : queue.settled / all;
  const percent = `${Math.floor(1000 * share) / 10} %`;
  return {
    done: queue.settled,
    all,
    said: words.settledShare(percent),
    facts: [
      { label: words.unread, text: formatNumber(queue.unread) },
      { label: words.waiting, text: formatNumber(queue.waiting) },
      { label: words.settled, text: formatNumber(queue.settled) },
      { label: words.open, text: formatNumber(queue.open) },
      { label: words.mine, text: formatNumber(read.mine) },
    ],
  };
}

/** What would have been shown is shown again where the reading is refused; the pair itself may be gone, then the next one is. */
async function keep(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const by = byOf(the);
  const input = {
    leftRecordId: fieldOf(request, "leftRecordId"),
    rightRecordId: fieldOf(request, "rightRecordId"),
    verdict: fieldOf(request, "verdict") as "same",
    reason: fieldOf(request, "reason"),
    forMeasure: by === "lot",
  };
  const done = await ask(request, readPair, { place: visitOf(request).place, input });
  if (done.ok)
    return goTo(the, deskPath(the, `/desk/readings/${done.value.readingId}${by === "lot" ? "?by=lot" : ""}`));
  const again = [
    "input_not_valid",
    "reason_missing",
    "contradicts_settled",
    "read_already",
    "settled_already",
    "pair_not_found",
  ];
  if (!again.includes(done.refusal.code)) return sendRefusal(the, readPair, done.refusal);
  const next = await askNext(the);
  return next.ok
    ? sendNext(the, { next: next.value, refusal: done.refusal })
    : sendRefusal(the, nextPair, next.refusal);
}

async function shown(the: Exchange): Promise<FastifyReply> {
  const readingId = parameterOf(the.request, "reading");
  const found = await ask(the.request, showMatchReading, { place: visitOf(the.request).place, input: { readingId } });
  if (!found.ok) return sendRefusal(the, showMatchReading, found.refusal);
  const { reading, left, right, readings, state, settledAs, linked, rule, waterfall } = found.value;
  const own = await ask(the.request, listMatchReadings, { place: visitOf(the.request).place, input: { mine: true } });
  const mine = own.ok && own.value.readings.some((one) => one.readingId === readingId && !one.undone);
  const title = mine ? words.youSaid(words.said[reading.verdict]) : words.theySaid(words.said[reading.verdict]);
  const query = byOf(the) === "lot" ? "?by=lot" : "";
  return sendPage(the, "pages/matching/reading.njk", {
    top: topHere(the, { title }),
    model: {
      w: words,
      title,
      state:
        state === "settled"
          ? words.state[settledAs === "same" ? "settled_same" : "settled_different"]
          : words.state[state],
      rows: pairRows(left, right),
      withheld: left.withheld || right.withheld,
      engine:
        waterfall === null
          ? null
          : [linked ? words.engineLinked : words.engineApart, ...(rule === "" ? [] : [words.foundBy(rule)])],
      shown:
        waterfall === null ? null : showWaterfall(waterfall, { language: "en", idPrefix: "pair", thresholdBits: 0 }),
      nextHref: deskPath(the, `/desk${query}`),
      undoAction: mine ? deskPath(the, `/desk/readings/${readingId}/undo${query}`) : null,
      readingsHref: deskPath(the, "/readings"),
      readings: readings.map(({ verdict, reason, blind }) => {
        const why = reason === "" ? "" : `: ${reason}`;
        return `${words.said[verdict]}${why} (${blind ? words.blind : words.open3})`;
      }),
    },
  });
}

async function undo(the: Exchange): Promise<FastifyReply> {
  const input = { readingId: parameterOf(the.request, "reading") };
  const done = await ask(the.request, undoReading, { place: visitOf(the.request).place, input });
  if (!done.ok) return sendRefusal(the, undoReading, done.refusal);
  return goTo(the, deskPath(the, `/desk${byOf(the) === "lot" ? "?by=lot" : ""}`), words.undone);
}
