/** What the inputs of this subject share: the id of any record, and the pages of a list. */
import { z } from "zod";
import { said } from "../platform/use-case/index.ts";

export const recordId = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[1-9]\d{0,8})?$/,
    said({
      en: "The id is a UUID, or a file's UUID, a full stop and a row",
      cy: "UUID yw'r rhif adnabod, neu UUID ffeil, atalnod llawn a rhes",
    }),
  )
  .describe("The record's id; of a published payment its file's id, a full stop and the row");

/** Rows of one page of a list. */
export const PAGE_ROWS = 25;

export type Listed = { readonly page: number; readonly pages: number; readonly total: number };

export const listedShape = { page: z.number(), pages: z.number(), total: z.number() };

export function listed(page: number, total: number): Listed {
  return { page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), total };
}
