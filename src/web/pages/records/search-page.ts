/** The search of a place: one field, and what was found by kind. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { type SearchGroup, type SearchResult, searchPlace } from "../../../search/index.ts";
import { formatDay, formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, sendPage, sendRefusal } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { crumbsTo, openPlacePage, queryOf } from "../places/place-page.ts";
import { type PlaceKey, placeWords } from "../places/words.ts";
import { type Exchange, recordHref, withQuery } from "./frame.ts";
import { type RecordWords, recordWords } from "./words.ts";

type Reading = { readonly language: Language; readonly slug: string; readonly words: RecordWords };

export function registerSearch(app: FastifyInstance): void {
  app.get("/places/:place/search", (request, reply) => showSearch({ request, reply }));
}

async function showSearch(the: Exchange): Promise<FastifyReply> {
  const { place: slug } = the.request.params as { readonly place: string };
  const { language } = the.request.visit;
  const words = recordWords(language);
  const typed = queryOf(the.request, "words").trim();
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const found = typed === "" ? null : await ask(the.request, searchPlace, { place: slug, input: { words: typed } });
  if (found !== null && !found.ok && found.refusal.code !== "input_not_valid")
    return sendRefusal(the, searchPlace, found.refusal);
  const errors = found === null || found.ok ? null : errorsOf(searchPlace, found.refusal, language);
  const groups = found?.ok ? found.value.groups : [];
  const reading = { language, slug, words };
  return sendPage(the, "pages/records/search.njk", {
    top: {
      title: words("search"),
      place: slug,
      room: "search",
      breadcrumbs: crumbsTo(language, { shown, last: [{ text: words("search") }] }),
      ...(errors !== null && { errors: errors.summary }),
    },
    status: errors === null ? 200 : 400,
    model: {
      w: words,
      action: placeAddress(slug, "search"),
      typed,
      errors: errors?.byField ?? {},
      state: typed === "" ? "first" : errors !== null ? "fault" : groups.length === 0 ? "nothing" : "found",
      count: groups.length === 0 ? null : countOf(groups, { words, typed }),
      groups: groups.map((group) => presentGroup(group, reading)),
    },
  });
}

function countOf(
  groups: readonly SearchGroup[],
  { words, typed }: { readonly words: RecordWords; readonly typed: string },
) {
  const count = groups.reduce((sum, group) => sum + group.results.length + group.more, 0);
  return groups.every(({ countedAll }) => countedAll)
    ? words("foundCount", { count, words: typed })
    : words("foundMany", { number: formatNumber(count), words: typed });
}

function presentGroup(group: SearchGroup, reading: Reading) {
  const { words } = reading;
  const hasAmount = group.results.some(({ amountPence }) => amountPence !== null);
  const hasDate = group.results.some(({ date }) => date !== null) && group.kind !== "supplier";
  const hasSub = group.results.some(({ sub }) => sub !== "");
  const text = (label: string) => ({ label, numeric: false });
  return {
    title: words(`kind_${group.kind}`),
    columns: [
      text(words("name")),
      ...(hasSub ? [text(words("about"))] : []),
      ...(hasDate ? [text(words("date"))] : []),
      ...(hasAmount ? [{ label: words("amount"), numeric: true }] : []),
    ],
    rows: group.results.map((one) => ({
      cells: [
        { text: titleOf(one, reading.language), href: hrefOf(one, reading.slug) },
        ...(hasSub ? [{ text: subOf(one, reading) }] : []),
        ...(hasDate
          ? [{ text: one.date === null ? "" : formatDay(reading.language, one.date).replaceAll(" ", "\u00a0") }]
          : []),
        ...(hasAmount
          ? [{ text: one.amountPence === null ? "" : formatPounds(one.amountPence).replace("£", "") }]
          : []),
      ],
    })),
    more:
      group.more === 0
        ? null
        : group.countedAll
          ? words("more", { count: group.more })
          : words("moreThan", { number: formatNumber(group.more) }),
  };
}

function titleOf(one: SearchResult, language: Language): string {
  return language === "cy" ? (one.titleWelsh ?? one.title) : one.title;
}

function subOf(one: SearchResult, { language, words }: Reading): string {
  if (one.kind === "partner") return placeWords(language)(`kind_${one.sub}` as PlaceKey & `kind_${string}`);
  if (one.kind === "area") return one.sub === "council" ? words("council") : words("neighbourhood");
  if (one.kind === "supplier") return words("spendLines", { count: Number(one.sub) });
  return one.sub;
}

function hrefOf(one: SearchResult, slug: string): string {
  if (one.kind === "supplier") return withQuery(placeAddress(slug, "spending"), { supplier: one.recordId });
  if (one.kind === "document") return placeAddress(slug, "records", one.about ?? "", "documents");
  if (one.kind === "question") return `${placeAddress(slug, "records", one.about ?? "", "questions")}#${one.recordId}`;
  if (one.kind === "agreement") return placeAddress(slug, "sharing", one.recordId);
  if (one.kind === "approval") return placeAddress(slug, "approvals", one.recordId);
  if (one.kind === "payment_request")
    return withQuery(placeAddress(slug, "reconciliation", "requests"), { request: one.recordId });
  if (one.kind === "code") return `${placeAddress(slug, "reconciliation", "codes")}#${one.recordId}`;
  if (one.kind === "precommitment") return withQuery(placeAddress(slug, "precommitments"), { pot: one.slug });
  return recordHref(slug, { kind: one.kind, id: one.recordId, slug: one.slug });
}
