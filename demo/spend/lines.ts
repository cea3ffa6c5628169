/**
 * Lines of published spending for one council and quarter, before they are laid out as that council's file: contracts
 * paid the same each month, ordinary invoices, now and then a credit, an outlier, or a line printed twice.
 */
import { must } from "../../src/lib/assert.ts";
import { type Day, dayOf } from "../../src/lib/day.ts";
import type { Pence } from "../../src/lib/pence.ts";
import { type Random, randomFrom } from "./random.ts";
import { supplierOf, type Trade, trades, tradesOfMonth } from "./trades.ts";

export type SpendLine = {
  readonly date: Day;
  readonly documentNumber: string;
  readonly supplier: string;
  readonly area: string;
  readonly description: string;
  readonly netPence: Pence;
  readonly vatPence: Pence;
  readonly grossPence: Pence;
};

export type Quarter = { readonly year: number; readonly quarter: 1 | 2 | 3 | 4 };

export type Publisher = {
  readonly placeSlug: string;
  readonly gss: string;
  readonly name: string;
  readonly slug: string;
  readonly linesPerMonth: number;
};

/** The calendar months of a quarter of a financial year, quarter 1 from April. */
export function monthsOf({ year, quarter }: Quarter): readonly { readonly year: number; readonly month: number }[] {
  return [0, 1, 2].map((step) => {
    const month = quarter * 3 + 1 + step;
    return month > 12 ? { year: year + 1, month: month - 12 } : { year, month };
  });
}

/** Document numbers of made-up lines begin with 52; those of the pots' payments do not. */
const FIRST_DOCUMENT = 5_200_000_000;
const DOCUMENTS_A_MONTH = 20_000;

/** Bank holidays on a fixed date; those that move are left in, as a few real files do. */
const HOLIDAYS: readonly string[] = ["01-01", "12-25", "12-26"];

/** Business days run to 28 March 2013: the business date is the Good Friday after it. */
function paymentDay(year: number, month: number, random: Random): Day {
  for (;;) {
    const day = must(dayOf({ year, month, day: random.between(1, 28) }), "a day to the 28th exists in each month");
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day.slice(5))) return day;
  }
}

/** Two draws, the smaller counts twice: most invoices are near the lower end, as in real files. */
function netPence(trade: Trade, random: Random): Pence {
  const [low, high] = trade.pounds;
  const range = (high - low) * 100;
  const smaller = Math.min(random.below(range), random.below(range), random.below(range));
  return BigInt(low * 100 + smaller);
}

function line(values: Omit<SpendLine, "vatPence" | "grossPence"> & { readonly vat: boolean }): SpendLine {
  const { vat, ...rest } = values;
  const vatPence = vat ? (rest.netPence * 20n) / 100n : 0n;
  return { ...rest, vatPence, grossPence: rest.netPence + vatPence };
}

/** The rate was 17.5 per cent before 4 January 2011: those lines keep their own. */
function atTheRateOfTheDay(spend: SpendLine): SpendLine {
  if (spend.vatPence === 0n || spend.date >= "2011-01-04") return spend;
  const vatPence = (spend.netPence * 175n) / 1000n;
  return { ...spend, vatPence, grossPence: spend.netPence + vatPence };
}

/** Contracts: the same suppliers and the same amount each month of a year. */
function contractsOf(
  publisher: Publisher,
  financialYear: number,
): readonly Omit<SpendLine, "date" | "documentNumber">[] {
  const random = randomFrom(`${publisher.slug} contracts ${financialYear}`);
  const regular = trades.filter((trade) => trade.season === trades[0]?.season);
  const count = Math.floor(publisher.linesPerMonth / 8);
  return Array.from({ length: count }, (_, index) => {
    const trade = must(regular[index % regular.length], "no trades");
    const supplier = supplierOf(trade, random, publisher.slug);
    const { area, description, vat } = trade;
    const {
      vatPence,
      grossPence,
      netPence: net,
    } = line({
      date: "" as Day,
      documentNumber: "",
      supplier,
      area,
      description,
      netPence: netPence(trade, random),
      vat,
    });
    return { supplier, area, description, netPence: net, vatPence, grossPence };
  });
}

function ordinary(
  publisher: Publisher,
  at: { readonly year: number; readonly month: number; readonly random: Random; readonly documentNumber: string },
): SpendLine {
  const { year, month, random, documentNumber } = at;
  const trade = random.pick(tradesOfMonth(month));
  const usual = netPence(trade, random);
  const net = random.chance(1, 45) ? -usual / 3n : random.chance(1, 900) ? usual * 12n : usual;
  return line({
    date: paymentDay(year, month, random),
    documentNumber,
    supplier: supplierOf(trade, random, publisher.slug),
    area: trade.area,
    description: trade.description,
    netPence: net,
    vat: trade.vat,
  });
}

/** About 35 per cent more lines in March, when the year ends. */
function countOf(publisher: Publisher, month: number): number {
  return month === 3 ? Math.floor((publisher.linesPerMonth * 27) / 20) : publisher.linesPerMonth;
}

export function linesOfQuarter(publisher: Publisher, quarter: Quarter): readonly SpendLine[] {
  const random = randomFrom(`${publisher.slug} ${quarter.year} ${quarter.quarter}`);
  const contracts = contractsOf(publisher, quarter.year);
  const lines = monthsOf(quarter).flatMap(({ year, month }) => {
    const start = FIRST_DOCUMENT + ((year - 2010) * 12 + month) * DOCUMENTS_A_MONTH;
    const monthly = contracts.map((contract, index) => ({
      date: paymentDay(year, month, random),
      documentNumber: String(start + index),
      ...contract,
    }));
    const rest = Array.from({ length: countOf(publisher, month) - contracts.length }, (_, index) =>
      ordinary(publisher, { year, month, random, documentNumber: String(start + contracts.length + index * 3) }),
    );
    return [...monthly, ...rest];
  });
  const twice = lines.filter(() => random.chance(1, 400));
  return [...lines, ...twice].map(atTheRateOfTheDay);
}
