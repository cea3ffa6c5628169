/** The periods of a financial year and how each stands, book by book, with the way to each quarter's close. */
import type { FastifyInstance } from "fastify";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { addressesOf } from "../money/addresses.ts";
import { queryOf } from "../money/exchange.ts";
import { type Book, closeAddress, closeTop, type Setting, STATE_TONES, settingOf, yearAddress } from "./frame.ts";
import { readYear, type ValueOf } from "./reading.ts";

type Read = ValueOf<typeof readYear>;

export function registerYear(app: FastifyInstance): void {
  app.get("/places/:place/close", async (request, reply) => {
    const the = { request, reply };
    const setting = settingOf(request);
    const { visit, words } = setting;
    const asked = queryOf(request, "year");
    const found = await ask(request, readYear, { place: visit.place, input: { year: asked?.slice(0, 40) ?? null } });
    if (!found.ok) return sendRefusal(the, readYear, found.refusal);
    const read = found.value;
    const books = [...new Set(read.periods.map(({ book }) => book))];
    const start = Number(read.year.slice(0, 4));
    const name = (first: number) => `${first}-${String((first + 1) % 100).padStart(2, "0")}`;
    return sendPage(the, "pages/close/year.njk", {
      top: closeTop(setting, { title: words("yearTitle", { year: read.year }), crumbs: [{ text: read.year }] }),
      model: {
        c: words,
        year: read.year,
        books: books.map((book) => presentBook(read, { ...setting, book })),
        earlierHref: yearAddress(visit.place, name(start - 1)),
        laterHref: yearAddress(visit.place, name(start + 1)),
        newPotHref: read.mayOpenPot ? addressesOf(visit.place).newPot : undefined,
      },
    });
  });
}

function presentBook(read: Read, { visit, words, book }: Setting & { readonly book: Book }) {
  return {
    shadow: book === "shadow",
    title: words(book === "shadow" ? "bookShadow" : "bookReal"),
    quarters: [1, 2, 3, 4].map((number) => ({
      text: `Q${number}`,
      href: closeAddress(visit.place, { quarter: `${read.year}/Q${number}`, book }),
    })),
    endHref: `/places/${visit.place}/close/${read.year}/end${book === "shadow" ? "?book=shadow" : ""}`,
    periods: read.periods
      .filter((one) => one.book === book)
      .map((one) => ({
        name: one.name,
        href: closeAddress(visit.place, { quarter: `${read.year}/Q${quarterOf(one.period)}`, book }),
        state: words(one.state),
        tone: STATE_TONES[one.state],
        entries: formatNumber(one.entries),
        closed: one.closedAt === null ? "" : formatMoment(visit.language, one.closedAt),
        closedBy: one.closedBy === null ? "" : (read.names.get(one.closedBy) ?? ""),
        hash: one.balanceHash,
      })),
  };
}

/** The closing period belongs to the last quarter. */
function quarterOf(period: string): number {
  return Math.min(Math.ceil(Number(period.split("/")[1]) / 3), 4);
}
