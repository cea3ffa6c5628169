/** A place's overview: "Here is our pot, what it is for, and what waits for you". Public, and more for those who work here. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { listElectionsHere } from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { listTasks } from "../../../records/index.ts";
import { formatDay, formatMoney } from "../../shell/formats.ts";
import { ask, sendPage } from "../../visit.ts";
import { placeAddress } from "./addresses.ts";
import { disagreements, presentFigure } from "./figures.ts";
import { overviewFigures } from "./overview-figures.ts";
import { crumbsTo, type Exchange, mayAt, nameIn, openPlacePage, placeName, type ShownPlace } from "./place-page.ts";
import { drawPot, isHosted, type ListedPot, mainPot, readPots } from "./pot-picture.ts";
import { toAuthorise } from "./to-authorise.ts";
import { newestFile, whatChanged } from "./what-changed.ts";
import { placeWords } from "./words.ts";

const MOST_FIGURES = 4;
const MOST_TASKS = 5;

export function registerOverview(app: FastifyInstance): void {
  app.get<{ Params: { readonly place: string } }>("/places/:place", async (request, reply) =>
    showOverview({ request, reply }, request.params.place),
  );
}

async function showOverview(the: Exchange, slug: string): Promise<FastifyReply> {
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const { request } = the;
  const { language } = request.visit;
  const words = placeWords(language);
  const name = placeName(language, shown);
  const pots = await readPots(request, slug);
  const main = mainPot(pots?.now.pots ?? []);
  const [worksHere] = await mayAt(request, { slug, permissions: ["task.use"] });
  return sendPage(the, "pages/places/overview.njk", {
    top: {
      title: words("overview"),
      place: slug,
      room: "overview",
      breadcrumbs: crumbsTo(language, { shown, last: [] }),
    },
    model: {
      w: words,
      newestFile: await newestFile(request, slug),
      title: words("overviewTitle", { name }),
      lead: words(worksHere ? "overviewLead" : main === null ? "overviewNoPot" : "overviewPublic"),
      moneyTitle: words("moneyNow", { day: formatDay(language, shown.businessDate) }),
      money: await overviewFigures(request, { slug, pots, day: shown.businessDate }),
      chart: main === null ? null : await drawPot(request, { slug, pot: main, language }),
      main: main && {
        name: nameIn(language, main),
        purpose: main.purpose,
        shadow: main.book === "shadow",
        mode: words(`mode_${main.mode}`),
        href: placeAddress(slug, "pots", main.slug),
      },
      otherPots: potsTable(language, {
        slug,
        pots: (pots?.now.pots ?? []).filter((pot) => pot !== main && !isHosted(pot)),
      }),
      hosted: potsTable(language, { slug, pots: (pots?.now.pots ?? []).filter(isHosted) }),
      hostedTitle: words("hostedPots", { host: name, place: nameIn(language, shown) }),
      potsHref: placeAddress(slug, "pots"),
      changed: await whatChanged(request, { slug, day: shown.businessDate }),
      changedTitle: words("changed", { day: formatDay(language, shown.businessDate) }),
      moneyHref: placeAddress(slug, "money"),
      tasksHref: worksHere ? placeAddress(slug, "tasks") : null,
      tasks: worksHere ? await waiting(the, slug) : null,
      approvals: worksHere ? await toAuthorise(the, slug) : null,
      areas: areasOf(language, shown),
      published: publishedFew(language, shown),
      figuresHref: placeAddress(slug, "figures"),
      elections: await electionsOf(request, slug),
    },
  });
}

/** What was published at this very address, for anyone to count. */
async function electionsOf(request: Exchange["request"], slug: string) {
  const { language } = request.visit;
  const listed = await ask(request, listElectionsHere, { place: slug, input: {} });
  if (!listed.ok) return [];
  return listed.value.elections.map(({ address, title, titleWelsh }) => ({
    text: (language === "cy" ? titleWelsh : null) ?? title ?? address,
    href: `/elections/${address}`,
  }));
}

/** The first of what waits for the reader here, by their roles. */
async function waiting(the: Exchange, slug: string) {
  const { language } = the.request.visit;
  const listed = await ask(the.request, listTasks, { place: slug, input: {} });
  if (!listed.ok) return null;
  return listed.value.tasks.slice(0, MOST_TASKS).map((task) => ({
    title: task.title,
    href: task.path === null ? placeAddress(slug, "tasks") : placeAddress(slug) + task.path,
    due: task.dueOn === null ? null : placeWords(language)("dueOn", { day: formatDay(language, task.dueOn) }),
  }));
}

function potsTable(language: Language, the: { readonly slug: string; readonly pots: readonly ListedPot[] }) {
  const words = placeWords(language);
  const columns = [
    { label: words("columnPot"), numeric: false },
    { label: words("mode"), numeric: false },
    { label: `${words("putIn")} (£)`, numeric: true },
    { label: `${words("left")} (£)`, numeric: true },
  ];
  const bare = (pot: ListedPot, key: "contributedPence" | "leftPence"): string =>
    formatMoney(pot[key], "exact").replace("£", "");
  const rows = the.pots.map((pot) => ({
    shadow: pot.book === "shadow",
    cells: [
      { text: nameIn(language, pot), href: placeAddress(the.slug, "pots", pot.slug) },
      { text: words(`mode_${pot.mode}`) },
      { text: bare(pot, "contributedPence") },
      { text: bare(pot, "leftPence") },
    ],
  }));
  return { columns, rows };
}

/** The councils of the place, and the neighbourhoods of what is looked at. */
function areasOf(language: Language, shown: ShownPlace) {
  const inside = shown.narrowedTo?.areaId ?? null;
  const link = (area: ShownPlace["areas"][number]) => ({
    text: nameIn(language, area),
    href: placeAddress(area.slug),
    parts: area.parts.join(", "),
  });
  const councils = shown.areas.filter((area) => area.kind === "council");
  return {
    councils: inside === null && councils.length > 1 ? councils.map(link) : [],
    neighbourhoods: shown.areas
      .filter((area) => area.kind === "neighbourhood" && (inside === null || area.insideAreaId === inside))
      .map(link),
  };
}

/** Where sources disagree first, then money, then counts. */
function weight(group: ShownPlace["figures"]): number {
  return (group.length > 1 ? 2 : 0) + (group.some((figure) => figure.amountPence !== null) ? 1 : 0);
}

/** First those whose sources disagree: all of a group, or none of it. */
function publishedFew(language: Language, shown: ShownPlace) {
  if (shown.narrowedTo !== null) return [];
  const groups = disagreements(shown.figures).toSorted((a, b) => weight(b) - weight(a));
  const few: (typeof groups)[number][] = [];
  for (const group of groups)
    if (few.flat().length === 0 || few.flat().length + group.length <= MOST_FIGURES) few.push(group);
  return few.map((group) => ({
    name: presentFigure(language, group[0] as (typeof group)[number]).label,
    disagree: group.length > 1,
    figures: group.map((one) => presentFigure(language, one)),
  }));
}
