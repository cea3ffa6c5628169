/**
 * Records an accrual, a prepayment, a debtor or a receipt in advance on the last day of a period, and with it the entry that
 * takes it back on the first day of the next: both, or neither. The only entry that may be dated after today.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { addDays } from "../lib/day.ts";
import { accept, type Refused, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { accrualLines, isTurnedRound, takesBack } from "./domain/accruals.ts";
import { periodOn } from "./domain/periods.ts";
import type { LedgerRefusal } from "./messages.ts";
import { type PeriodRefusal, periodRefusals } from "./period-messages.ts";
import { findRepeated, type Posted, post, refuseRecord } from "./posting.ts";
import { openAccounts } from "./store/accounts.ts";
import { ACCRUAL_KINDS, findBackTransfer, insertAccrual, isStreamInPot, listAccruals } from "./store/accruals.ts";
import { findPot, type PotRow } from "./store/pots.ts";
import { findNamed } from "./store/records.ts";
import { findStream } from "./store/streams.ts";

const amount = field.pence
  .refine(
    (pence) => pence !== 0n,
    said({ en: "The amount must be more or less than nought", cy: "Rhaid i'r swm fod yn fwy neu'n llai na sero" }),
  )
  .describe("An amount less than nought takes back one that was recorded by mistake");

const input = z.strictObject({
  potId: field.id,
  streamId: field.id,
  kind: z.enum(ACCRUAL_KINDS),
  counterpartyId: field.id.describe("The partner who is owed, or owes"),
  serviceId: field.id.nullable().default(null),
  amountPence: amount,
  on: field.day.describe("The last day of a period; it comes back the day after"),
  words: field.text(400).default(""),
  reference: field.text(100).default("").describe("The same each time the same debt is recorded: its age counts by it"),
  takesBackId: field.id
    .nullable()
    .default(null)
    .describe("The accrual that this takes back, in everything the same but its amount; each is taken back once"),
});

export const recordAccrual = declarePlaceUseCase({
  name: "accrual.record",
  summary: "Record an accrual, a prepayment, a debtor or a receipt in advance, which comes back by itself",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "accruals" },
  command: { words: "accrual record" },
  input,
  output: z.object({ accrualId: field.id, transferId: field.id, backTransferId: field.id }),
  example: {
    potId: "0199c0de-0000-7000-8000-000000000002",
    streamId: "0199c0de-0000-7000-8000-000000000001",
    kind: "accrual",
    counterpartyId: "0199c0de-0000-7000-8000-000000000004",
    amountPence: "520000",
    on: "2013-01-31",
    words: "Key workers, January, not invoiced yet",
    reference: "PO-1232325",
  },
  refusals: periodRefusals,
  audited: "ledger",
  handle: async (ctx, asked) => {
    const { placeId } = ctx.place;
    const pot = await findPot(ctx.tx, placeId, asked.potId);
    if (pot === null) return refuse({ code: "pot_not_found", pot: asked.potId });
    if ((await findStream(ctx.tx, placeId, asked.streamId)) === null) return refuse({ code: "stream_not_found" });
    if (!(await isStreamInPot(ctx.tx, placeId, asked)))
      return refuse({ code: "stream_not_in_pot", streamId: asked.streamId });
    const named = await findNamed(ctx.tx, placeId, { partnerId: asked.counterpartyId, serviceId: asked.serviceId });
    if (named.partner === null) return refuse({ code: "partner_not_found" });
    if (asked.serviceId !== null && named.service === null) return refuse({ code: "service_not_found" });
    const { to } = periodOn(asked.on);
    if (asked.on !== to) return refuse({ code: "not_a_period_end", end: to });
    // The end of the period that today is in may still be ahead of today.
    const day = asked.on === periodOn(ctx.today).to && asked.on > ctx.today ? ctx.today : asked.on;
    const refused = refuseRecord(ctx, { day, pot });
    if (refused) return refused;
    const untaken = await refuseTakeBack(ctx, asked);
    if (untaken) return untaken;
    const accrualId = ctx.newId();
    const words = `${named.partner}: ${asked.words === "" ? (named.service ?? asked.kind) : asked.words}`;
    const made = await postBoth(ctx, { asked, pot, accrualId, words });
    if (!made.ok) return made;
    const { transferId, backTransferId, fresh, recordId } = made.value;
    const backOn = addDays(asked.on, 1);
    const row = { ...asked, accrualId, backOn, transferId, backTransferId };
    if (fresh && !(await insertAccrual(ctx.tx, placeId, row))) return refuse({ code: "accrual_taken_back" });
    return accept({ accrualId: recordId, transferId, backTransferId });
  },
});

type Asked = z.output<typeof input>;

/** What is taken back is there, stands, and is named in full. A request that was carried out already is not asked again. */
async function refuseTakeBack(ctx: PlaceContext, asked: Asked): Promise<Refused<PeriodRefusal> | null> {
  if (asked.takesBackId === null) return null;
  const one = { day: asked.on, accrualId: asked.takesBackId, book: null, areaId: null, limit: 1, skip: 0 };
  const [taken] = await listAccruals(ctx.tx, ctx.place.placeId, one);
  if (taken === undefined) return refuse({ code: "accrual_not_found" });
  if (isTurnedRound(asked, taken)) return null;
  if ((await findRepeated(ctx, { useCase: "accrual.record", input: asked })) !== null) return null;
  const amountPence = takesBack(taken);
  return refuse(
    amountPence === null ? { code: "accrual_taken_back" } : { code: "accrual_not_turned_round", amountPence },
  );
}

type Both = {
  readonly asked: Asked;
  readonly pot: PotRow;
  readonly accrualId: string;
  readonly words: string;
};

async function postBoth(
  ctx: PlaceContext,
  { asked, pot, accrualId, words }: Both,
): Promise<Result<Posted & { readonly backTransferId: string }, LedgerRefusal>> {
  const { streamId, potId } = asked;
  const both = accrualLines(asked.kind, asked.amountPence);
  const opened = await openAccounts(
    ctx.tx,
    ctx.place.placeId,
    both.map(({ account }) => ({
      accountId: ctx.newId(),
      book: pot.book,
      kind: account,
      recordId: account === "adjustment" ? (asked.serviceId ?? potId) : asked.counterpartyId,
      streamId,
      potId,
      floorPence: null,
    })),
  );
  const lines = both.map(({ amountPence }, index) => ({
    accountId: must(opened[index], "each line has its account"),
    amountPence,
  }));
  const order = {
    useCase: "accrual.record",
    input: asked,
    kind: "accrual",
    book: pot.book,
    recordId: accrualId,
  } as const;
  const posted = await post(ctx, { ...order, effectiveOn: asked.on, words, lines });
  if (!posted.ok) return posted;
  const { recordId, fresh } = posted.value;
  if (!fresh) {
    const backTransferId = must(await findBackTransfer(ctx.tx, ctx.place.placeId, recordId), "an accrual comes back");
    return accept({ ...posted.value, backTransferId });
  }
  // The key of the request is the first transfer's: the one that takes it back has an id of its own.
  const back = await post(
    { ...ctx, requestKey: null },
    {
      ...order,
      effectiveOn: addDays(asked.on, 1),
      words: `${words} (taken back)`,
      lines: lines.map((line) => ({ ...line, amountPence: -line.amountPence })),
    },
  );
  return back.ok ? accept({ ...posted.value, backTransferId: back.value.transferId }) : back;
}
