/** The start page: in the demonstration one pound as one picture; elsewhere the places; and before any, what to do first. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { enterPlace, findCouncil, listAreas, listPlaces, type PlaceRow } from "../../../places/index.ts";
import { findUnfinished } from "../../../platform/jobs/find-unfinished.ts";
import { ask, sendPage } from "../../visit.ts";
import { demonstrationButtons, storyButtons } from "../account/demonstration-people.ts";
import { accountWords } from "../account/words.ts";
import { placeAddress } from "../places/addresses.ts";
import { nameIn, queryOf } from "../places/place-page.ts";
import { onePound } from "./one-pound.ts";
import { threeFigures } from "./three-figures.ts";
import { homeWords } from "./words.ts";

/** The story of the demonstration is told of these of its places. */
const STORY = { council: "salford", whole: "greater-manchester", programme: "programme" } as const;

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export async function showStart(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const { database } = request.visit.web.house;
  const job = await database.national((tx) => findUnfinished(tx, "demonstration"));
  if (job !== null) return showLoading(the, job);
  const places = await database.national(listPlaces);
  if (places.length === 0) return showEmpty(the);
  const { language } = request.visit;
  const words = homeWords(language);
  const demonstration = places.some((place) => place.demonstration);
  const people = request.session.userId === undefined ? storyButtons(await demonstrationButtons(request)) : [];
  return sendPage(the, "pages/home/start.njk", {
    top: { title: words("titleShort"), breadcrumbs: [] },
    model: {
      w: words,
      boxTitle: words("signInTitle"),
      boxLead: accountWords(language)("demonstrationLead"),
      pound: demonstration ? await onePound(request, STORY.council) : null,
      figures: demonstration ? await threeFigures(request, STORY) : [],
      people,
      token: people.length > 0 ? await the.reply.generateCsrf() : null,
      signedIn: request.session.userId !== undefined,
      places: places.map((place) => placeRow(language, place)),
      allMadeUp: places.every((place) => place.demonstration),
      search: await searchCouncils(the),
    },
  });
}

function placeRow(language: Language, place: PlaceRow) {
  const words = homeWords(language);
  return {
    name: nameIn(language, place),
    href: placeAddress(place.slug),
    kind: words(`kind_${place.kind}`),
    demonstration: place.demonstration,
  };
}

/** The register's councils, with the place here that each belongs to. */
async function searchCouncils(the: Exchange) {
  const asked = queryOf(the.request, "council").trim().slice(0, 100);
  if (asked === "") return { asked, found: null };
  const { language, web } = the.request.visit;
  const words = homeWords(language);
  const found = await ask(the.request, findCouncil, { input: { words: asked } });
  if (!found.ok) return { asked, found: [], text: words("searchNothing", { words: asked }) };
  const { councils } = found.value;
  const open = await web.house.database.national(async (tx) => {
    const slugs = new Map<string, string>();
    for (const place of await listPlaces(tx)) {
      await enterPlace(tx, place.placeId);
      for (const area of await listAreas(tx, place.placeId))
        if (area.councilGss !== null) slugs.set(area.councilGss, area.slug);
    }
    return slugs;
  });
  const rows = councils.map((council) => {
    const slug = open.get(council.gssCode);
    const name = nameIn(language, council);
    return {
      cells: [
        slug === undefined ? { text: name } : { text: name, href: placeAddress(slug) },
        { text: words(slug === undefined ? "notOpen" : "openHere") },
      ],
    };
  });
  const columns = [
    { label: words("council"), numeric: false },
    { label: words("state"), numeric: false },
  ];
  const text =
    councils.length === 0
      ? words("searchNothing", { words: asked })
      : words("searchFound", { count: councils.length, words: asked });
  return { asked, found: rows, columns, text };
}

async function showEmpty(the: Exchange): Promise<FastifyReply> {
  const words = homeWords(the.request.visit.language);
  return sendPage(the, "pages/home/empty.njk", {
    top: { title: words("titleShort"), breadcrumbs: [] },
    model: { w: words },
  });
}

type Unfinished = NonNullable<Awaited<ReturnType<typeof findUnfinished>>>;

/** Looks again every two seconds, without a script. */
async function showLoading(the: Exchange, job: Unfinished): Promise<FastifyReply> {
  const words = homeWords(the.request.visit.language);
  const total = Number(job.total ?? 0n);
  const done = Number(job.done);
  the.reply.header("refresh", "2");
  return sendPage(the, "pages/home/loading.njk", {
    top: { title: words("loadingTitle"), breadcrumbs: [] },
    model: {
      w: words,
      percent: total > 0 ? Math.min(100, Math.floor((done * 100) / total)) : 0,
      doing: job.doing ?? words("loadingWaiting"),
      left: total > done ? words("loadingLeft", { count: total - done }) : null,
    },
  });
}
