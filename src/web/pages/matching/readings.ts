/** The list of readings, all or one's own, page by page, with undo for one's own. No word about anybody stands in it. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { accept, type Refusal, type Refused } from "../../../lib/result.ts";
import { listMatchReadings, undoReading } from "../../../linkage/index.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { formatMoment } from "../../shell/formats.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { pageNumber, parameterOf, queryOf, visitOf } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { makersOf } from "../money/reading-people.ts";
import { addressesHere, type Exchange, type MatchingAddresses, matchingTop } from "./frame.ts";
import { readingsWords as words } from "./readings-words.ts";

/** A page of it in one transaction: readers by name, and which readings are the reader's own. */
const readReadings = declarePlaceUseCase({
  name: "matching.readings_page",
  summary: "What the list of readings shows",
  permission: "matching.report",
  changes: false,
  input: listMatchReadings.input,
  output: z.object({}),
  example: {},
  refusals: listMatchReadings.refusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listMatchReadings, input);
    if (!found.ok) return found as Refused<never>;
    const names = await makersOf(
      ctx,
      found.value.readings.map(({ readBy }) => readBy),
    );
    const mayReview = permits(ctx.actor, "matching.review", ctx.place.area?.areaId ?? null);
    return accept({ ...found.value, names, mayReview, mark: ctx.mark });
  },
});

type Read = ValueOf<typeof readReadings>;
type Asked = { readonly mine: boolean; readonly page: number };

export function registerMatchReadings(app: FastifyInstance): void {
  const path = "/places/:place/matching/readings";
  app.get(path, (request, reply) => show({ request, reply }, { asked: askedOf(request), refusal: null }));
  app.post(`${path}/:reading/undo`, { preHandler: app.csrfProtection }, (request, reply) => undo({ request, reply }));
}

function askedOf(request: Exchange["request"]): Asked {
  return { mine: queryOf(request, "mine") === "yes", page: pageNumber(request) };
}

const queryFor = ({ mine, page }: Asked) => ({ mine: mine ? "yes" : null, page: page === 1 ? null : page });

async function show(
  the: Exchange,
  { asked, refusal }: { readonly asked: Asked; readonly refusal: Refusal | null },
): Promise<FastifyReply> {
  const { request } = the;
  const found = await ask(request, readReadings, { place: visitOf(request).place, input: asked });
  if (!found.ok) return sendRefusal(the, readReadings, found.refusal);
  const to = addressesHere(the);
  const errors = refusal === null ? null : errorsOf(undoReading, refusal, "en");
  return sendPage(the, "pages/matching/readings.njk", {
    top: matchingTop(the, { title: words.title, errors: errors?.summary.map(({ text }) => ({ text })) }),
    model: { w: words, to, ...presentReadings(found.value, { asked, to }) },
    status: refusal === null ? 200 : wordsOf(undoReading, refusal, "en").status,
  });
}

type Presenting = { readonly asked: Asked; readonly to: MatchingAddresses };

function presentReadings({ readings, more, names, mayReview, mark }: Read, { asked, to }: Presenting) {
  const { mine, page } = asked;
  const at = (number: number) => to.readings(queryFor({ mine, page: number }));
  return {
    asked,
    mayReview,
    choices: [
      { text: words.all, href: to.readings(), current: !mine },
      { text: words.mine, href: to.readings({ mine: "yes" }), current: mine },
    ],
    rows: readings.map((one) => {
      const own = one.readBy === mark;
      const when = formatMoment("en", one.readAt);
      return {
        when,
        by: names.get(one.readBy) ?? one.readBy,
        said: words[one.verdict],
        undone: one.undone,
        why: one.reason === "" ? words.whyNone : one.reason,
        how: one.forMeasure ? words.byLot : words.byWorth,
        state: one.closed ? words.closed : words.waiting,
        openHref: mayReview && (own || one.closed) ? to.reading(one.readingId) : null,
        openWhat: words.openOne(when),
        undoHref: mayReview && own && !one.undone ? to.undo(one.readingId) : null,
      };
    }),
    newer: page > 1 ? at(page - 1) : null,
    older: more ? at(page + 1) : null,
    beyond: page > 1 && readings.length === 0,
  };
}

async function undo(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const from = Number(fieldOf(request, "page"));
  const page = Number.isInteger(from) && from > 0 && from < 100_000 ? from : 1;
  const asked = { mine: fieldOf(request, "mine") === "yes", page };
  const input = { readingId: parameterOf(request, "reading") };
  const undone = await ask(request, undoReading, { place: visitOf(request).place, input });
  if (undone.ok) return goTo(the, addressesHere(the).readings(queryFor(asked)), words.undoneNotice);
  const { code } = undone.refusal;
  if (code === "reading_undone" || code === "contradicts_settled") return show(the, { asked, refusal: undone.refusal });
  return sendRefusal(the, undoReading, undone.refusal);
}
