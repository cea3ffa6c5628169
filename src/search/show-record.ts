/** What a record is, from its id alone: for pages about any record, and for tasks that name one. */
import { z } from "zod";
import { ledgerTracedKinds } from "../ledger/index.ts";
import type { Day } from "../lib/day.ts";
import type { Pence } from "../lib/pence.ts";
import { accept, refuse } from "../lib/result.ts";
import type { Transaction } from "../platform/database/index.ts";
import type { Words } from "../platform/traced.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { spendTracedKinds } from "../spending/index.ts";
import { searchRefusals } from "./messages.ts";
import { findNamed, findPotSlug } from "./store/find.ts";

const TRACED = [...ledgerTracedKinds, ...spendTracedKinds];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ROW = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[1-9]\d{0,8}$/;

export type ShownRecord = {
  readonly kind: string;
  readonly id: string;
  readonly title: Words;
  readonly amountPence: Pence | null;
  readonly date: Day | null;
  readonly slug: string | null;
};

const words = z.object({ en: z.string(), cy: z.string() });

export const showRecord = declarePlaceUseCase({
  name: "record.show",
  summary: "Show what a record is",
  permission: "place.read",
  changes: false,
  route: { method: "get", path: "records/{record}/summary" },
  command: { words: "record show", positional: ["record"] },
  input: z.strictObject({
    record: z
      .string()
      .max(60)
      .describe("The record's id; of a published payment its file's id, a full stop and the row"),
  }),
  output: z.object({
    kind: z.string(),
    id: z.string(),
    title: words,
    amountPence: field.penceText.nullable(),
    date: z.string().nullable(),
    slug: z.string().nullable(),
  }),
  example: { record: "018f3a52-0000-7000-8000-000000000001" },
  refusals: searchRefusals,
  handle: async (ctx, { record }) => {
    const found = (await findTraced(ctx, record)) ?? (await findOther(ctx, record));
    return found === null ? refuse({ code: "record_not_found", record }) : accept(found);
  },
});

/** Whether a place has such a record, for the use cases that keep something about any. */
export async function recordExists(tx: Transaction, placeId: number, id: string): Promise<boolean> {
  const ctx = { tx, place: { placeId } };
  return (await findTraced(ctx, id)) !== null || (await findOther(ctx, id)) !== null;
}

type AtPlace = { readonly tx: Transaction; readonly place: { readonly placeId: number } };

async function findTraced(ctx: AtPlace, id: string): Promise<ShownRecord | null> {
  const isRow = ROW.test(id);
  if (!isRow && !UUID.test(id)) return null;
  const { placeId } = ctx.place;
  for (const traced of TRACED) {
    if ((traced.kind === "spend_line") !== isRow) continue;
    const [found] = await traced.find({ tx: ctx.tx, placeId }, [id]);
    if (found === undefined) continue;
    const { kind, title, amountPence, date } = found;
    const slug = kind === "pot" ? await findPotSlug(ctx.tx, placeId, id) : null;
    return { kind, id, title, amountPence, date, slug };
  }
  return null;
}

async function findOther(ctx: AtPlace, id: string): Promise<ShownRecord | null> {
  const found = UUID.test(id) ? await findNamed(ctx.tx, ctx.place.placeId, id) : null;
  if (found === null) return null;
  const title = { en: found.title, cy: found.titleWelsh ?? found.title };
  return { kind: found.kind, id, title, amountPence: null, date: null, slug: found.slug };
}
