/** The figures at the head of a place's overview. Real money and shadow money stand apart and are never one sum. */
import type { FastifyRequest } from "fastify";
import { addDays, type Day } from "../../../lib/day.ts";
import type { Pence } from "../../../lib/pence.ts";
import { summariseSpending } from "../../../spending/index.ts";
import { formatDay, formatMoney, formatMonth } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import { placeAddress } from "./addresses.ts";
import { isHosted, type ListedPot, type Pots } from "./pot-picture.ts";
import { placeWords } from "./words.ts";

export type ShownFigure = {
  readonly label: string;
  readonly value: string;
  readonly exact?: string;
  readonly period?: string;
  readonly compare?: string;
  readonly source: string;
  readonly href: string;
  readonly shadow?: boolean;
};

type Asked = { readonly slug: string; readonly pots: Pots | null; readonly day: Day };

/** The four figures, and the shadow pots' apart from them. */
export async function overviewFigures(
  request: FastifyRequest,
  the: Asked,
): Promise<{ readonly real: readonly ShownFigure[]; readonly shadow: readonly ShownFigure[] }> {
  const pots = potFigures(request, the);
  return {
    real: [...pots.filter((figure) => !figure.shadow), ...(await spendingFigure(request, the))],
    shadow: pots.filter((figure) => figure.shadow),
  };
}

const REAL_FIGURES = [
  { label: "putIn", key: "contributedPence", page: "pots" },
  { label: "committed", key: "committedPence", page: "commitments" },
  { label: "paid", key: "paidPence", page: "payments" },
] as const;

function potFigures(request: FastifyRequest, { slug, pots, day }: Asked): readonly ShownFigure[] {
  if (pots === null || pots.now.pots.length === 0) return [];
  const { language } = request.visit;
  const words = placeWords(language);
  const own = pots.now.pots.filter((pot) => !isHosted(pot));
  const { now, yearBefore } = pots;
  const source = words("fromLedger", { day: formatDay(language, day) });
  const figure = (
    label: string,
    the: { readonly amount: Pence; readonly before: Pence | undefined; readonly href: string },
  ) => ({
    label,
    value: formatMoney(the.amount, "short"),
    exact: formatMoney(the.amount, "exact"),
    compare: cumulative(request, { before: the.before, asAt: yearBefore?.asAt }),
    source,
    href: the.href,
  });
  const realPots = own.filter((pot) => pot.book === "real").length;
  // The figures count from the opening of the first pot, this year's and the year before's.
  const since = (book: ListedPot["book"]) => {
    const [first] = own.flatMap((pot) => (pot.book === book ? [pot.openedOn] : [])).toSorted();
    return { day: formatDay(language, (first ?? day) as Day) };
  };
  const figures: ShownFigure[] = [];
  if (realPots > 0)
    for (const { label, key, page } of REAL_FIGURES)
      figures.push({
        ...figure(words(label), {
          amount: now.real[key],
          before: yearBefore?.real[key],
          href: placeAddress(slug, page),
        }),
        period:
          label === "putIn"
            ? words("ofPotsSince", { count: realPots, ...since("real") })
            : words("since", since("real")),
      });
  const shadowPots = own.length - realPots;
  if (shadowPots > 0)
    figures.push({
      ...figure(words("shadowIn"), {
        amount: now.shadow.contributedPence,
        before: yearBefore?.shadow.contributedPence,
        href: placeAddress(slug, "pots"),
      }),
      period: words("ofPots", { count: shadowPots }),
      shadow: true,
    });
  return figures;
}

/** What had been reached since the same opening by a day a year before: like with like. */
function cumulative(
  request: FastifyRequest,
  the: { readonly before: Pence | undefined; readonly asAt: string | undefined },
): string {
  const { language } = request.visit;
  const words = placeWords(language);
  if (the.before === undefined || the.before === 0n || the.asAt === undefined) return words("noneYearBefore");
  return words("sinceYearBefore", {
    amount: formatMoney(the.before, "short"),
    day: formatDay(language, the.asAt as Day),
  });
}

function compared(request: FastifyRequest, before: Pence | undefined): string {
  const words = placeWords(request.visit.language);
  return before === undefined || before === 0n
    ? words("noneYearBefore")
    : words("yearBefore", { amount: formatMoney(before, "short") });
}

/** The twelve months that end with the place's own, and the twelve before. */
async function spendingFigure(request: FastifyRequest, { slug, day }: Asked): Promise<readonly ShownFigure[]> {
  const { language } = request.visit;
  const words = placeWords(language);
  const to = day.slice(0, 7);
  const from = monthsBefore(day, 11);
  const found = await ask(request, summariseSpending, { place: slug, input: { from, to } });
  if (!found.ok || found.value.lines === 0) return [];
  const before = await ask(request, summariseSpending, {
    place: slug,
    input: { from: monthsBefore(day, 23), to: monthsBefore(day, 12) },
  });
  return [
    {
      label: words("published"),
      value: formatMoney(found.value.totalPence, "short"),
      exact: formatMoney(found.value.totalPence, "exact"),
      period: words("twelveMonths", { from: formatMonth(language, from), to: formatMonth(language, to) }),
      compare: compared(request, before.ok && before.value.lines > 0 ? before.value.totalPence : undefined),
      source: words("fromFiles"),
      href: `${placeAddress(slug, "spending")}?from=${from}&to=${to}`,
    },
  ];
}

/** The month so many months before that of a day, as YYYY-MM. */
export function monthsBefore(day: Day, months: number): string {
  let first = `${day.slice(0, 7)}-01` as Day;
  for (let passed = 0; passed < months; passed += 1) first = `${addDays(first, -1).slice(0, 7)}-01` as Day;
  return first.slice(0, 7);
}
