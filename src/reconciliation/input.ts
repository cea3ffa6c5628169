/** The shapes that several use cases here take and give. */
import { z } from "zod";
import { field } from "../platform/use-case/index.ts";
import { RECORD_KINDS } from "./domain/match.ts";

export const source = z
  .enum(["ledger", "bank"])
  .default("ledger")
  .describe("The body's own ledger, or the pot's bank account");

/** Whose ledger, for which pot. */
export const sideShape = { bodyId: field.id, potId: field.id, source };
export const periodShape = { from: field.day, to: field.day };

export const EXAMPLE_SIDE = {
  bodyId: "0199c0de-0000-7000-8000-000000000001",
  potId: "0199c0de-0000-7000-8000-000000000002",
};

export const lineOut = z.object({
  lineId: field.id,
  fileId: field.id,
  row: z.number(),
  matchId: field.id.nullable(),
  document: z.string(),
  documentLine: z.string(),
  version: z.number(),
  postedOn: z.string(),
  period: z.string(),
  amountPence: field.penceText,
  costCentre: z.string(),
  subjective: z.string(),
  project: z.string(),
  supplier: z.string(),
  words: z.string(),
  reference: z.string(),
});

export const recordOut = z.object({
  recordId: field.id,
  kind: z.enum(RECORD_KINDS),
  day: z.string(),
  amountPence: field.penceText,
  reference: z.string(),
  supplier: z.string(),
});
