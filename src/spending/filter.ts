/** What published spending is narrowed to: the same words in the address of a page, in the API and in a command. */
import { z } from "zod";
import { type Day, mustDay } from "../lib/day.ts";
import { field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { isSupplier, type SpendFilter } from "./store/lines.ts";

const month = z
  .string()
  .regex(
    /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/,
    said({
      en: "Write the month as year-month, for example 2013-03",
      cy: "Ysgrifennwch y mis fel blwyddyn-mis, er enghraifft 2013-03",
    }),
  )
  .transform((text): Day => mustDay(`${text}-01`));

const words = z
  .string()
  .max(1000)
  .regex(
    /^[^\0]*$/,
    said({ en: "Remove characters that cannot be printed", cy: "Tynnwch nodau na ellir eu hargraffu" }),
  );

export const filterShape = {
  publisherId: field.id.optional(),
  serviceArea: words.optional().describe('A service area as published; "" for lines that name none'),
  supplier: words.optional().describe("A supplier's whole name as published, or a part of names in any case"),
  from: month.optional(),
  to: month.optional(),
};

/** Of lines only: money that came back. */
export const creditsOnly = z.enum(["only"]).optional().describe("Only lines below nought: money that came back");

type FilterInput = {
  readonly publisherId?: string | undefined;
  readonly serviceArea?: string | undefined;
  readonly supplier?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
};

export async function filterOf(ctx: PlaceContext, input: FilterInput): Promise<SpendFilter> {
  const { placeId, area } = ctx.place;
  const text = input.supplier ?? "";
  return {
    placeId,
    areaId: area?.areaId ?? null,
    publisherId: input.publisherId ?? null,
    serviceArea: input.serviceArea ?? null,
    supplier: text === "" ? null : { text, whole: await isSupplier(ctx.tx, placeId, text) },
    fromMonth: input.from ?? null,
    toMonth: input.to ?? null,
  };
}
