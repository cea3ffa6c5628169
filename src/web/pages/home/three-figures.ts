/** The three figures of the demonstration's start page; each opens the records that make it up. */
import type { FastifyRequest } from "fastify";
import { type Day, financialYear } from "../../../lib/day.ts";
import { type PublishedFigure, showPlace } from "../../../places/index.ts";
import { summariseSpending } from "../../../spending/index.ts";
import { formatDay, formatMoney, formatMonth } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { publisherWords } from "../places/figures.ts";
import type { ShownFigure } from "../places/overview-figures.ts";
import { nameIn } from "../places/place-page.ts";
import { mainPot, readPots } from "../places/pot-picture.ts";
import { homeWords } from "./words.ts";

/** Two sources of the same days that disagree about the same families: what product.md's promise 4 is about. */
const DISPUTED = ["cost-families-4bn", "cost-families-2bn"] as const;

type HomeFigure = ShownFigure & { readonly linkText: string };

export async function threeFigures(
  request: FastifyRequest,
  the: { readonly council: string; readonly whole: string; readonly programme: string },
): Promise<readonly HomeFigure[]> {
  const found = [
    await spent(request, the.council),
    await pot(request, the.whole),
    await disputed(request, the.programme),
  ];
  return found.filter((figure) => figure !== null);
}

async function spent(request: FastifyRequest, slug: string): Promise<HomeFigure | null> {
  const { language } = request.visit;
  const words = homeWords(language);
  const place = await ask(request, showPlace, { place: slug, input: {} });
  const all = await ask(request, summariseSpending, { place: slug, input: {} });
  if (!place.ok || !all.ok || all.value.toMonth === null) return null;
  const year = financialYear(all.value.toMonth as Day);
  const months = { from: year.from.slice(0, 7), to: year.to.slice(0, 7) };
  const found = await ask(request, summariseSpending, { place: slug, input: months });
  if (!found.ok) return null;
  return {
    label: words("spent", { place: nameIn(language, place.value.narrowedTo ?? place.value) }),
    value: formatMoney(found.value.totalPence, "short"),
    exact: formatMoney(found.value.totalPence, "exact"),
    period: words("financialYear", { year: year.name, month: formatMonth(language, all.value.toMonth) }),
    source: words("spentSource"),
    href: `${placeAddress(slug, "spending")}?from=${months.from}&to=${months.to}`,
    linkText: words("openSpending"),
  };
}

async function pot(request: FastifyRequest, slug: string): Promise<HomeFigure | null> {
  const { language } = request.visit;
  const words = homeWords(language);
  const pots = await readPots(request, slug);
  const main = mainPot(pots?.now.pots ?? []);
  if (pots === null || main === null) return null;
  return {
    label: words("potIn", { pot: nameIn(language, main) }),
    value: formatMoney(main.contributedPence, "short"),
    exact: formatMoney(main.contributedPence, "exact"),
    period: words("potLeft", { amount: formatMoney(main.leftPence, "exact") }),
    source: words("potSource", { day: formatDay(language, pots.now.asAt) }),
    href: placeAddress(slug, "pots", main.slug),
    linkText: words("openPot"),
    shadow: main.book === "shadow",
  };
}

async function disputed(request: FastifyRequest, slug: string): Promise<HomeFigure | null> {
  const { language } = request.visit;
  const words = homeWords(language);
  const place = await ask(request, showPlace, { place: slug, input: {} });
  if (!place.ok) return null;
  const [one, other] = DISPUTED.map((key) => place.value.figures.find((figure) => figure.key === key));
  if (one === undefined || other === undefined) return null;
  const short = (figure: PublishedFigure): string =>
    figure.amountPence === null
      ? figure.valueText
      : formatMoney(figure.amountPence, "short")
          .replace(/\.00(?=bn)/, "")
          .replace(/0(?=bn)/, "");
  const source = (figure: PublishedFigure): string => `${short(figure)}: ${publisherWords(figure)}`;
  return {
    label: language === "cy" ? (one.labelWelsh ?? one.label) : one.label,
    value: words("costBoth", { one: short(one), other: short(other) }),
    period: words("costDisagree"),
    source: words("costSources", { oneSource: source(one), otherSource: source(other) }),
    href: `${placeAddress(slug, "figures")}#${one.key}`,
    linkText: words("openFigures"),
  };
}
