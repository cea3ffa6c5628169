/** The log of who looked at families' records, narrowed in the address, page by page, and as a file. In English, as a desk. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { listViews, PURPOSES, purposeName, takeOutViews, viewKindName } from "../../../sharing/index.ts";
import { formatDay, formatMoment } from "../../shell/formats.ts";
import { ask, errorsOf, sendPage, sendRefusal } from "../../visit.ts";
import { queryOf } from "../money/exchange.ts";
import { sendMadeFile } from "../money/made-file.ts";
import type { ValueOf } from "../money/reading.ts";
import { choices } from "../places/place-page.ts";
import { pageOf, pagesModel } from "../records/frame.ts";
import { EXPORT_RATE } from "../spending/exports.ts";
import { type Desk, deskOf, type Exchange, topHere } from "./frame.ts";
import { readViews } from "./reading.ts";
import { capital } from "./register.ts";
import { staffWords } from "./staff-words.ts";

const FILTERS = ["viewer", "agreementId", "purpose", "seen", "from", "to"] as const;
type Filter = Readonly<Record<(typeof FILTERS)[number], string>>;
type Read = ValueOf<typeof readViews>;

export function registerViews(app: FastifyInstance): void {
  const path = "/places/:place/sharing/views";
  app.get(path, (request, reply) => show({ request, reply }));
  app.get(`${path}.csv`, { config: EXPORT_RATE }, (request, reply) => send({ request, reply }));
}

function askedOf({ request }: Exchange) {
  const filter = Object.fromEntries(FILTERS.map((name) => [name, queryOf(request, name) ?? ""])) as Filter;
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  return { filter, given: given as { readonly purpose?: never }, narrowed: Object.keys(given).length > 0 };
}

async function show(the: Exchange): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { visit, to } = desk;
  const { filter, given, narrowed } = askedOf(the);
  const place = visit.place;
  const wanted = await ask(the.request, readViews, { place, input: { ...given, page: pageOf(the) } });
  if (!wanted.ok && wanted.refusal.code !== "input_not_valid") return sendRefusal(the, readViews, wanted.refusal);
  // What cannot be read of a filter is told, and nothing is shown as though it had been obeyed.
  const errors = wanted.ok ? null : errorsOf(listViews, wanted.refusal, visit.language);
  const found = wanted.ok ? wanted : await ask(the.request, readViews, { place, input: {} });
  if (!found.ok) return sendRefusal(the, readViews, found.refusal);
  const top = await topHere(desk, { title: staffWords.views, listed: true, ...(errors && { errors: errors.summary }) });
  if (top === null) return the.reply;
  const listed = errors === null ? found.value : { ...found.value, views: [], page: 1, pages: 1, total: 0 };
  return sendPage(the, "pages/sharing/views.njk", {
    top,
    model: {
      s: staffWords,
      path: to.views(),
      filter,
      narrowed,
      errors: errors?.byField ?? {},
      agreements: choices(
        found.value.agreements.map((one) => ({ value: one.agreementId, text: `${one.number}. ${one.title}` })),
        { chosen: filter.agreementId, empty: staffWords.anyAgreement },
      ),
      purposes: choices(
        PURPOSES.map((value) => ({ value, text: capital(purposeName(value, "en")) })),
        { chosen: filter.purpose, empty: staffWords.anyPurpose },
      ),
      countedSome: listed.countedAll ? null : staffWords.countedSome,
      views: rowsOf(desk, { ...listed, filter }),
      pages: pagesModel(listed, (page) => to.views({ ...filter, page })),
      fileHref: to.viewsFile(filter),
    },
    status: errors === null ? 200 : 400,
  });
}

/** Ids of one look that are shown; the file has them all. */
const SHOWN_IDS = 3;

function rowsOf({ to }: Desk, { views, agreements, names, makers, filter }: Read & { readonly filter: Filter }) {
  const numbers = new Map(agreements.map((one) => [one.agreementId, one]));
  return views.map((one) => {
    const agreement = numbers.get(one.agreementId);
    return {
      when: `${formatMoment("en", one.viewedAt)}${placeDay(one)}`,
      viewer: makers.get(one.viewer) ?? one.viewer,
      viewerHref: to.views({ ...filter, viewer: one.viewer }),
      partner: one.partnerId === null ? staffWords.host : (names.get(one.partnerId) ?? one.partnerId),
      purpose: capital(purposeName(one.purpose, "en")),
      kind: capital(viewKindName(one.kind, "en")),
      ids: one.ids.slice(0, SHOWN_IDS).map((text) => ({ text, href: to.views({ ...filter, seen: text }) })),
      more: one.ids.length > SHOWN_IDS ? `and ${one.ids.length - SHOWN_IDS} more` : null,
      agreement: agreement === undefined ? one.agreementId : `${agreement.number}. ${agreement.title}`,
      agreementHref: to.one(one.agreementId),
    };
  });
}

/** Where a place stands at a date of its own, that is said as well. */
function placeDay({ viewedAt, viewedOn }: Read["views"][number]): string {
  const same = formatMoment("en", viewedAt).startsWith(formatDay("en", viewedOn as Day));
  return same ? "" : ` (place date ${formatDay("en", viewedOn as Day)})`;
}

async function send(the: Exchange): Promise<FastifyReply> {
  const { given } = askedOf(the);
  const refused = (refusal: { readonly code: string }) => sendRefusal(the, takeOutViews, refusal);
  return sendMadeFile(the, { useCase: takeOutViews, input: given, refused });
}
