/** What the pages of the close read, each in one transaction. The API and the commands have the parts. */
import { z } from "zod";
import { findName } from "../../../identity/index.ts";
import {
  checkPeriod,
  listAccruals,
  listDebtors,
  listPartnerStatements,
  listPeriods,
  listVariances,
  periodRefusals,
} from "../../../ledger/index.ts";
import { accept, type Refused } from "../../../lib/result.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext, performWithin } from "../../../platform/use-case/index.ts";

type Handled = { readonly handle: (...given: never[]) => Promise<unknown> };
export type ValueOf<U extends Handled> = Extract<Awaited<ReturnType<U["handle"]>>, { readonly ok: true }>["value"];

const text = z.string().max(40);

/** Who closed each period, by name: for readers of the ledger only. */
async function namesOf(ctx: PlaceContext, marks: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const mark of new Set(marks.filter((one) => one !== null))) {
    const [kind, id] = mark.split(":");
    names.set(mark, (kind === "person" && id !== undefined ? await findName(ctx.tx, id) : null) ?? mark);
  }
  return names;
}

export const readYear = declarePlaceUseCase({
  name: "period.year_page",
  summary: "What the page of a year's periods shows",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({ year: text.nullable().default(null) }),
  output: z.object({}),
  example: {},
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listPeriods, input);
    if (!found.ok) return found as Refused<never>;
    const names = await namesOf(
      ctx,
      found.value.periods.map(({ closedBy }) => closedBy),
    );
    return accept({ ...found.value, names, mayOpenPot: permits(ctx.actor, "ledger.record", null) });
  },
});

export const readClose = declarePlaceUseCase({
  name: "period.close_page",
  summary: "What the page of a quarter's close shows",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({ quarter: text, book: z.enum(["real", "shadow"]).nullable().default(null) }),
  output: z.object({}),
  example: { quarter: "2012-13/Q3" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const year = await performWithin(ctx, listPeriods, { year: input.quarter.split("/")[0] ?? "" });
    if (!year.ok) return year as Refused<never>;
    const books = [...new Set(year.value.periods.map(({ book }) => book))];
    const book = input.book ?? books[0] ?? "real";
    const asked = { quarter: input.quarter, book };
    const checklist = await performWithin(ctx, checkPeriod, { period: input.quarter, book });
    if (!checklist.ok) return checklist as Refused<never>;
    const variances = await performWithin(ctx, listVariances, asked);
    if (!variances.ok) return variances as Refused<never>;
    const statements = await performWithin(ctx, listPartnerStatements, asked);
    if (!statements.ok) return statements as Refused<never>;
    const periods = year.value.periods.filter((one) => one.book === book);
    const names = await namesOf(
      ctx,
      periods.map(({ closedBy }) => closedBy),
    );
    return accept({
      books,
      book,
      checklist: checklist.value,
      variances: variances.value,
      statements: statements.value.statements,
      periods,
      names,
      mayClose: permits(ctx.actor, "period.close", null),
      mayRecord: permits(ctx.actor, "ledger.record", null),
    });
  },
});
export type Close = ValueOf<typeof readClose>;

export const readDebtors = declarePlaceUseCase({
  name: "debtor.list_page",
  summary: "What the page of debtors and creditors shows",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({ asAt: field.day.nullable().default(null), page: field.page }),
  output: z.object({}),
  example: {},
  refusals: periodRefusals,
  handle: async (ctx, { asAt, page }) => {
    const debtors = await performWithin(ctx, listDebtors, { asAt });
    if (!debtors.ok) return debtors as Refused<never>;
    const accruals = await performWithin(ctx, listAccruals, { asAt, page: String(page) });
    if (!accruals.ok) return accruals as Refused<never>;
    const mayRecord = permits(ctx.actor, "ledger.record", ctx.place.area?.areaId ?? null);
    return accept({ ...debtors.value, ...accruals.value, mayRecord });
  },
});
export type Debtors = ValueOf<typeof readDebtors>;
