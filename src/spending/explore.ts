/** What the page of spending shows at once: the sums as filtered, the same months a year before, and what there is to choose from. */
import { z } from "zod";
import { type Day, mustDay } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, type Result } from "../lib/result.ts";
import type { Transaction } from "../platform/database/index.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { filterOf, filterShape } from "./filter.ts";
import { openKeptSums } from "./kept-sums.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";
import { listPublishers, type Publisher } from "./store/files.ts";
import { countLines, type SpendChoices, type SpendFilter, type SumsAtOnce } from "./store/lines.ts";

export type SpendingExplored = SumsAtOnce & {
  /** The same months of the year before, where the months are chosen and spending of all of them is published. */
  readonly yearBefore: {
    readonly from: Day;
    readonly to: Day;
    readonly totalPence: Pence;
    readonly lines: number;
  } | null;
  /** Null where no supplier was sought; false where a part of names was. */
  readonly supplierIsWhole: boolean | null;
  readonly choices: SpendChoices;
  readonly publishers: readonly Publisher[];
  readonly today: Day;
  readonly mayImport: boolean;
};

const AREAS_SHOWN = 50;
const SUPPLIERS_SHOWN = 24;
const MONTHS_SHOWN = 240;

export const exploreSpending = declarePlaceUseCase({
  name: "spend.explore",
  summary: "Everything that the page of spending shows",
  permission: "spending.read",
  changes: false,
  input: z.strictObject(filterShape),
  output: z.object({}),
  example: { from: "2012-04", to: "2013-03" },
  refusals: spendingRefusals,
  handle: async (ctx, input): Promise<Result<SpendingExplored, SpendingRefusal>> => {
    const filter = await filterOf(ctx, input);
    const kept = await openKeptSums(ctx.tx, filter);
    const choices = await kept.choices();
    return accept({
      ...(await kept.sums({
        serviceAreas: AREAS_SHOWN,
        months: MONTHS_SHOWN,
        suppliers: SUPPLIERS_SHOWN,
      })),
      yearBefore: await sumYearBefore(ctx.tx, { filter, choices }),
      supplierIsWhole: filter.supplier?.whole ?? null,
      choices,
      publishers: await listPublishers(ctx.tx, filter),
      today: ctx.today,
      mayImport: permits(ctx.actor, "spending.import", ctx.place.area?.areaId ?? null),
    });
  },
});

export type ChoicesOfSpending = Pick<SpendingExplored, "choices" | "publishers" | "supplierIsWhole">;

export const listChoicesOfSpending = declarePlaceUseCase({
  name: "spend.choices",
  summary: "What published spending can be narrowed to",
  permission: "spending.read",
  changes: false,
  input: z.strictObject(filterShape),
  output: z.object({}),
  example: {},
  refusals: spendingRefusals,
  handle: async (ctx, input): Promise<Result<ChoicesOfSpending, SpendingRefusal>> => {
    const filter = await filterOf(ctx, input);
    return accept({
      choices: await (await openKeptSums(ctx.tx, filter)).choices(),
      publishers: await listPublishers(ctx.tx, filter),
      supplierIsWhole: filter.supplier?.whole ?? null,
    });
  },
});

type Comparing = { readonly filter: SpendFilter; readonly choices: SpendChoices };

async function sumYearBefore(tx: Transaction, { filter, choices }: Comparing): Promise<SpendingExplored["yearBefore"]> {
  const { fromMonth, toMonth } = filter;
  const { months } = choices;
  const latest = months.at(-1);
  if (fromMonth === null || toMonth === null || latest === undefined) return null;
  // What is not yet published this year must not make this year look small.
  const last = toMonth > latest ? latest : toMonth;
  const [from, to] = [yearBefore(fromMonth), yearBefore(last)];
  if (!months.includes(from) || !months.includes(to) || to < from) return null;
  const { totalPence, count } = await countLines(tx, { ...filter, fromMonth: from, toMonth: to });
  return { from, to, totalPence, lines: count };
}

/** The first day of the same month a year before. */
function yearBefore(month: Day): Day {
  return mustDay(`${Number(month.slice(0, 4)) - 1}${month.slice(4)}`);
}
