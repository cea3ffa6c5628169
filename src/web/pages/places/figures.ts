/** Figures that others published about a place: each with its source, and side by side where the sources disagree. */
import type { FastifyInstance } from "fastify";
import { parseDay } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import type { PublishedFigure } from "../../../places/index.ts";
import { formatDay, formatMonth } from "../../shell/formats.ts";
import { sendPage } from "../../visit.ts";
import { crumbsTo, openPlacePage } from "./place-page.ts";
import { placeWords } from "./words.ts";

export function registerFigures(app: FastifyInstance): void {
  app.get<{ Params: { readonly place: string } }>("/places/:place/figures", async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const shown = await openPlacePage(the, slug);
    if (shown === null) return reply;
    const { language } = request.visit;
    const words = placeWords(language);
    const groups = disagreements(shown.figures);
    return sendPage(the, "pages/places/figures.njk", {
      top: {
        title: words("figures"),
        place: slug,
        room: "overview",
        breadcrumbs: crumbsTo(language, { shown, last: [{ text: words("figures") }] }),
      },
      model: {
        w: words,
        none: shown.figures.length === 0,
        groups: groups
          .filter((group) => group.length > 1)
          .map((group) => ({
            name: groupName(language, group),
            figures: group.map((one) => presentFigure(language, one)),
          })),
        others: groups
          .filter((group) => group.length === 1)
          .flat()
          .map((one) => presentFigure(language, one)),
      },
    });
  });
}

/** Figures that name each other, directly or by way of a third, stand in one group. In the order of their first. */
export function disagreements(figures: readonly PublishedFigure[]): readonly (readonly PublishedFigure[])[] {
  const groups: PublishedFigure[][] = [];
  for (const figure of figures) {
    const related = groups.filter((group) =>
      group.some((other) => other.disagreesWith.includes(figure.key) || figure.disagreesWith.includes(other.key)),
    );
    const joined = [...related.flat(), figure];
    const at = related[0] === undefined ? groups.length : groups.indexOf(related[0]);
    for (const group of related) groups.splice(groups.indexOf(group), 1);
    groups.splice(at, 0, joined);
  }
  return groups;
}

function groupName(language: Language, group: readonly PublishedFigure[]): string {
  return [...new Set(group.map((figure) => labelOf(language, figure)))].slice(0, 2).join(" / ");
}

function labelOf(language: Language, figure: PublishedFigure): string {
  return language === "cy" ? (figure.labelWelsh ?? figure.label) : figure.label;
}

/** A day, a month or a year, as precisely as the source is known. */
function datedWords(language: Language, dated: string): string {
  const day = parseDay(dated);
  if (day !== null) return formatDay(language, day);
  return /^\d{4}-(?:0[1-9]|1[0-2])$/.test(dated) ? formatMonth(language, dated) : dated;
}

/** The title and publisher, in the source's own language, with the date at the end of it in words. */
export function publisherWords(figure: PublishedFigure): string {
  return figure.publisher.replace(/\d{4}-\d{2}(?:-\d{2})?$/, (dated) => datedWords("en", dated));
}

function sourceWords(figure: PublishedFigure): string {
  return figure.publisher === "" ? figure.source : `${figure.source}, ${publisherWords(figure)}`;
}

export function presentFigure(language: Language, figure: PublishedFigure) {
  const derived = figure.confidence === "derived";
  return {
    key: figure.key,
    label: labelOf(language, figure),
    /** The source's own words, so English whatever the page's language. */
    printed: derived && figure.amountPence !== null ? formatPounds(figure.amountPence) : figure.valueText,
    quoted: !derived,
    unit:
      figure.period === "" || figure.unit.endsWith(figure.period) ? figure.unit : `${figure.unit}, ${figure.period}`,
    dated: datedWords(language, figure.dated),
    source: derived ? placeWords(language)("worksOut") : sourceWords(figure),
    note: figure.note,
  };
}
