/**
 * Takes a pot to its next mode, with the power for it and a statement of what stood there the day before. Towards real
 * control a new pot opens in the real book and follows the old one, whose accounts close: shadow money is never moved into
 * the real book, it stays as what was kept "as if".
 */
import { z } from "zod";
import { addDays, type Day } from "../lib/day.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext, toJson } from "../platform/use-case/index.ts";
import { stepAct } from "./acts/lifecycle.ts";
import { addressOf } from "./domain/address.ts";
import { addFigures, figuresOf } from "./domain/figures.ts";
import { bookOf, decideStep } from "./domain/mode.ts";
import { mode } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { refuseRecord } from "./posting.ts";
import { findPot, findStandings, insertPot, type PotRow } from "./store/pots.ts";
import { closePot, insertStep, lockSteps } from "./store/steps.ts";

const input = z.strictObject({
  potId: field.id,
  mode,
  fromOn: field.day,
  power: field.words(400).describe("The agreement or law under which it is done"),
  words: field.words(1000).describe("Who decided it, and what changes"),
  name: field.words(200).nullable().default(null).describe("Of the pot that follows, where real money begins"),
  nameWelsh: field.words(200).nullable().default(null),
});

export const stepPot = declarePlaceUseCase({
  name: "pot.step",
  summary: "Take a pot to its next mode, with a statement of what stood there",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "pots/{potId}/step" },
  command: { words: "pot step", positional: ["potId"] },
  input,
  output: z.object({ potId: field.id, successorId: field.id.nullable(), slug: field.slug, statementHash: z.string() }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    mode: "delegated",
    fromOn: "2013-03-15",
    power: "Scheme of delegation, part 3",
    words: "The neighbourhood board holds the budget from now on",
  },
  refusals: ledgerRefusals,
  twoPeople: stepAct,
  audited: (value: Stepped) => value.potId,
  handle: async (ctx, the) => {
    const { placeId } = ctx.place;
    const pot = await findPot(ctx.tx, placeId, the.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: the.potId });
    const refused = refuseRecord(ctx, { day: the.fromOn, pot });
    if (refused) return refused;
    const stepNumber = (await lockSteps(ctx.tx, placeId, pot.potId)) + 1;
    const now = (await findPot(ctx.tx, placeId, pot.potId)) ?? pot;
    if (now.closedOn !== null) return refuse({ code: "pot_closed", closedOn: now.closedOn });
    const step = decideStep(now.mode, the.mode);
    if (step === "backwards") return refuse({ code: "step_backwards", mode: now.mode });
    const following = step === "new_pot" ? await openFollowing(ctx, { pot: now, the }) : accept(null);
    if (!following.ok) return following;
    const statement = await statementOf(ctx, { pot: now, day: addDays(the.fromOn, -1) });
    const statementHash = hashJson(statement);
    const successorId = following.value?.potId ?? null;
    const { potId } = pot;
    const taken = { ...the, potId, stepNumber, successorId, statement, statementHash, madeBy: ctx.mark };
    await insertStep(ctx.tx, placeId, taken);
    if (successorId !== null) await closePot(ctx.tx, placeId, { potId, from: the.fromOn });
    const slug = following.value?.slug ?? pot.slug;
    return accept({ potId, successorId, slug, statementHash: statementHash.toString("hex") });
  },
});

type Stepped = {
  readonly potId: string;
  readonly successorId: string | null;
  readonly slug: string;
  readonly statementHash: string;
};

/** The pot in the real book that goes on from a shadow one. */
async function openFollowing(
  ctx: PlaceContext,
  { pot, the }: { readonly pot: PotRow; readonly the: z.output<typeof input> },
): Promise<Result<{ readonly potId: string; readonly slug: string }, LedgerRefusal>> {
  if (the.name === null) return refuse({ code: "name_needed" });
  const slug = addressOf(the.name);
  const potId = ctx.newId();
  const made = await insertPot(ctx.tx, ctx.place.placeId, {
    ...pot,
    potId,
    slug,
    name: the.name,
    nameWelsh: the.nameWelsh,
    mode: the.mode,
    book: bookOf(the.mode),
    openedOn: the.fromOn,
  });
  return made ? accept({ potId, slug }) : refuse({ code: "pot_exists", name: the.name });
}

/** What the pot held at the end of a day, by stream: kept with the step, so that it can be shown again as it was. */
async function statementOf(ctx: PlaceContext, { pot, day }: { readonly pot: PotRow; readonly day: Day }) {
  const asAt = day < pot.openedOn ? pot.openedOn : day;
  const standings = await findStandings(ctx.tx, { placeId: ctx.place.placeId, potIds: [pot.potId], asAt });
  const streams = standings.map((one) => ({ streamId: one.streamId, stream: one.stream, ...figuresOf(one) }));
  return toJson({ pot: pot.potId, mode: pot.mode, book: pot.book, asAt, figures: addFigures(streams), streams });
}
