/**
 * What each money page reads, in one transaction, so that its figures are of one moment. These are use cases without a
 * route: the API and the commands have the parts of which they are made.
 */
import { z } from "zod";
import { listApprovals } from "../../../approvals/index.ts";
import {
  ledgerRefusals,
  listAccounts,
  listCommitments,
  listPayments,
  listPots,
  listPrecommitments,
  listStreams,
  listTransfers,
  showPosition,
  showPot,
  showPotRules,
  showStatement,
  showStream,
} from "../../../ledger/index.ts";
import { type Day, financialYear } from "../../../lib/day.ts";
import { accept, type Refused, type Result } from "../../../lib/result.ts";
import { showPlace } from "../../../places/index.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext, performWithin } from "../../../platform/use-case/index.ts";
import { listBanks } from "../../../reconciliation/index.ts";
import { summariseSpending } from "../../../spending/index.ts";
import { readPages } from "./all-pages.ts";
import { makersOf, namesOf, peopleOf } from "./reading-people.ts";

type Handled = { readonly handle: (...given: never[]) => Promise<unknown> };
/** What a use case gives when it is not refused. */
export type ValueOf<U extends Handled> = Extract<Awaited<ReturnType<U["handle"]>>, { readonly ok: true }>["value"];

export type Pot = ValueOf<typeof showPot>;
export type PotRules = ValueOf<typeof showPotRules>;
export type Commitment = ValueOf<typeof listCommitments>["commitments"][number];
export type Payment = ValueOf<typeof listPayments>["payments"][number];
export type Stream = ValueOf<typeof listStreams>["streams"][number];
export type Transfer = ValueOf<typeof listTransfers>["transfers"][number];
export type StatementEntry = ValueOf<typeof showStatement>["entries"][number];
export type Precommitment = ValueOf<typeof listPrecommitments>["precommitments"][number];
export type Account = ValueOf<typeof listAccounts>["accounts"][number];

/** Who reads: what the page may offer. */
export type Reader = {
  readonly today: Day;
  readonly mayRecord: boolean;
  readonly mayReadLedger: boolean;
  readonly mayVerify: boolean;
  readonly mayAudit: boolean;
};

export function readerOf(ctx: PlaceContext): Reader {
  return {
    today: ctx.today,
    mayRecord: permits(ctx.actor, "ledger.record", ctx.place.area?.areaId ?? null),
    mayReadLedger: permits(ctx.actor, "ledger.read", ctx.place.area?.areaId ?? null),
    mayVerify: permits(ctx.actor, "ledger.verify", ctx.place.area?.areaId ?? null),
    mayAudit: permits(ctx.actor, "audit.read", ctx.place.area?.areaId ?? null),
  };
}

/** A refusal of a use case within a page's reading is that of the page. */
export function passOn(refused: Refused): Refused<never> {
  return refused as Refused<never>;
}

const asAt = field.day.nullable().default(null);
/** A page that shows so many records at once is cut; the lists and the exports have the rest. */
export const MOST_PAGES = 20;

export const readRoom = declarePlaceUseCase({
  name: "money.room",
  summary: "What the money room opens with",
  permission: "money.read",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx) => {
    const year = financialYear(ctx.today);
    const pots = await performWithin(ctx, listPots, {});
    if (!pots.ok) return passOn(pots);
    const streams = await performWithin(ctx, listStreams, {});
    if (!streams.ok) return passOn(streams);
    const spending = await performWithin(ctx, summariseSpending, {
      from: monthsBack(ctx.today, 11),
      to: ctx.today.slice(0, 7),
    });
    if (!spending.ok) return passOn(spending);
    const { lines, totalPence, suppliers } = spending.value;
    const approvals = await performWithin(ctx, listApprovals, {});
    const set = await performWithin(ctx, listPrecommitments, { open: true });
    return accept({
      reader: readerOf(ctx),
      /** For those who may read it: how much waits for a second person. */
      waiting: approvals.ok ? approvals.value.total : null,
      /** How much is set aside before an order: the number of one page, for readers of the ledger. */
      precommitments: set.ok && !set.value.more ? set.value.precommitments.length : null,
      year,
      pots: pots.value,
      streams: streams.value.streams,
      spending: { lines, totalPence, suppliers, from: monthsBack(ctx.today, 11), to: ctx.today.slice(0, 7) },
    });
  },
});

/** YYYY-MM, so many months before a day. */
function monthsBack(day: Day, count: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - count;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

export const readPots = declarePlaceUseCase({
  name: "pot.list_page",
  summary: "What the list of pots shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject({ asAt }),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listPots, input);
    return found.ok ? accept({ reader: readerOf(ctx), ...found.value }) : passOn(found);
  },
});

export const readStreams = declarePlaceUseCase({
  name: "stream.list_page",
  summary: "What the list of streams shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject({ asAt }),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listStreams, input);
    return found.ok ? accept({ reader: readerOf(ctx), ...found.value }) : passOn(found);
  },
});

export const readStream = declarePlaceUseCase({
  name: "stream.page",
  summary: "What the page of a stream shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject({ streamId: field.id, asAt }),
  output: z.object({}),
  example: { streamId: "0199c0de-0000-7000-8000-000000000001" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, showStream, input);
    if (!found.ok) return passOn(found);
    const position = await performWithin(ctx, showPosition, input);
    if (!position.ok) return passOn(position);
    const place = await performWithin(ctx, showPlace, {});
    if (!place.ok) return passOn(place);
    const { themes, partners } = place.value;
    // What an area's partner pays is for roles in that area as well; the rest is for those of the whole place.
    const mayRecord = permits(ctx.actor, "ledger.record", found.value.stream.payerAreaId);
    const reader = { ...readerOf(ctx), mayRecord };
    const ruleMakers = await knownMakers(
      ctx,
      position.value.rules.map(({ setBy }) => setBy),
    );
    return accept({ reader, ...found.value, position: position.value, ruleMakers, themes, partners });
  },
});

export async function allCommitments(
  ctx: PlaceContext,
  the: { readonly potId: string; readonly asAt: Day },
): Promise<Result<readonly Commitment[]>> {
  const read = await readPages(MOST_PAGES, (page) => performWithin(ctx, listCommitments, { ...the, page }));
  return read.ok ? accept(read.value.flatMap(({ commitments }) => commitments)) : read;
}

async function parentOf(ctx: PlaceContext, { parentId }: Pot["pot"]) {
  if (parentId === null) return null;
  const pots = await performWithin(ctx, listPots, {});
  return (pots.ok && pots.value.pots.find(({ potId }) => potId === parentId)) || null;
}

/** The pot's own bank account, for those who reconcile it; who may keep it is offered to record one. */
async function bankOf(ctx: PlaceContext, { potId, areaId, book, closedOn }: Pot["pot"]) {
  const found = book === "real" ? await performWithin(ctx, listBanks, { potId }) : null;
  const bank = found?.ok ? (found.value.accounts[0] ?? null) : null;
  const mayOpenBank =
    found?.ok === true && bank === null && closedOn === null && permits(ctx.actor, "reconciliation.keep", areaId);
  return { bank, mayOpenBank };
}

export const readPot = declarePlaceUseCase({
  name: "pot.page",
  summary: "What the page of a pot shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject({ pot: field.words(200), asAt }),
  output: z.object({}),
  example: { pot: "gm-troubled-families" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const shown = await performWithin(ctx, showPot, input);
    if (!shown.ok) return passOn(shown);
    const the = { potId: shown.value.pot.potId, asAt: shown.value.asAt as Day };
    const commitments = await allCommitments(ctx, the);
    if (!commitments.ok) return passOn(commitments);
    const payments = await performWithin(ctx, listPayments, the);
    if (!payments.ok) return passOn(payments);
    const found = await performWithin(ctx, showPotRules, { pot: shown.value.pot.slug, asAt: the.asAt });
    if (!found.ok) return passOn(found);
    const rules = found.value;
    const acted = [
      ...shown.value.steps.flatMap(({ madeBy, approval }) => [madeBy, ...(approval?.authorisedBy ?? [])]),
      ...[...rules.drawOrders, ...rules.yearRules].map(({ setBy }) => setBy),
    ];
    // What an area's partner hosts for the whole place is not for a role in the area alone to record in.
    const mayRecord = permits(ctx.actor, "ledger.record", shown.value.pot.areaId);
    const reader = { ...readerOf(ctx), mayRecord };
    return accept({
      reader,
      ...(await bankOf(ctx, shown.value.pot)),
      /** The pot that it is part of, where the reader may see it. */
      partOf: await parentOf(ctx, shown.value.pot),
      rules,
      /** Who took and authorised each step, and set each rule, by name. */
      makers: await knownMakers(ctx, acted),
      ...shown.value,
      commitments: commitments.value,
      payments: payments.value.payments,
      morePayments: payments.value.more,
    });
  },
});

const list = {
  potId: field.id.nullable().default(null),
  ownerId: field.id.nullable().default(null),
  asAt,
  page: field.page,
};

export const readCommitments = declarePlaceUseCase({
  name: "commitment.list_page",
  summary: "What the list of commitments shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject(list),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, { ownerId, ...input }) => {
    const pots = await performWithin(ctx, listPots, { asAt: input.asAt });
    if (!pots.ok) return passOn(pots);
    const found = await performWithin(ctx, listCommitments, { ...input, allocationId: ownerId });
    return found.ok ? accept({ reader: readerOf(ctx), pots: pots.value.pots, ...found.value }) : passOn(found);
  },
});

export const readPayments = declarePlaceUseCase({
  name: "payment.list_page",
  summary: "What the list of payments shows",
  permission: "money.read",
  changes: false,
  input: z.strictObject(list),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, { ownerId, ...input }) => {
    const pots = await performWithin(ctx, listPots, { asAt: input.asAt });
    if (!pots.ok) return passOn(pots);
    const found = await performWithin(ctx, listPayments, { ...input, commitmentId: ownerId });
    return found.ok ? accept({ reader: readerOf(ctx), pots: pots.value.pots, ...found.value }) : passOn(found);
  },
});

/** Empty for those who do not read the ledger. */
async function knownMakers(ctx: PlaceContext, marks: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return makersOf(ctx, readerOf(ctx).mayReadLedger ? marks : []);
}

export const readStatement = declarePlaceUseCase({
  name: "ledger.statement_page",
  summary: "What a pot's statement shows, whole or narrowed to a kind or a stream",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({
    pot: field.words(200),
    asAt,
    from: asAt,
    knownAt: z.string().nullable().default(null),
    streamId: field.id.nullable().default(null),
  }),
  output: z.object({}),
  example: { pot: "gm-troubled-families" },
  refusals: showStatement.refusals,
  handle: async (ctx, { streamId, ...input }) => {
    const read = await readPages(MOST_PAGES, (page) => performWithin(ctx, showStatement, { ...input, page }));
    if (!read.ok) return passOn(read);
    const [first] = read.value;
    const last = read.value.at(-1) ?? first;
    const entries = read.value.flatMap((page) => page.entries);
    const ofStream = streamId === null ? null : await transfersOf(ctx, { potId: first.pot.potId, streamId });
    const shown = ofStream === null ? entries : entries.filter(({ transferId }) => ofStream.has(transferId));
    const people = await peopleOf(ctx, shown);
    return accept({
      reader: readerOf(ctx),
      ...first,
      entries,
      shown,
      closingPence: last.closingPence,
      more: last.more,
      ...people,
    });
  },
});

async function transfersOf(
  ctx: PlaceContext,
  the: { readonly potId: string; readonly streamId: string },
): Promise<ReadonlySet<string>> {
  const read = await readPages(MOST_PAGES * 10, (page) => performWithin(ctx, listTransfers, { ...the, page }));
  return new Set(read.ok ? read.value.flatMap(({ transfers }) => transfers.map(({ transferId }) => transferId)) : []);
}

export const readLedger = declarePlaceUseCase({
  name: "ledger.page",
  summary: "What the page of the ledger shows",
  permission: "ledger.read",
  changes: false,
  input: listTransfers.input,
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listTransfers, input);
    if (!found.ok) return passOn(found);
    const pots = await performWithin(ctx, listPots, {});
    if (!pots.ok) return passOn(pots);
    const people = await namesOf(ctx, found.value.transfers);
    return accept({ reader: readerOf(ctx), pots: pots.value.pots, ...people, ...found.value });
  },
});

export const readRecord = declarePlaceUseCase({
  name: "ledger.record_page",
  summary: "The transfers of one record, with who prepared and who authorised them",
  permission: "ledger.read",
  changes: false,
  input: z.strictObject({ recordId: field.id }),
  output: z.object({}),
  example: { recordId: "0199c0de-0000-7000-8000-000000000004" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listTransfers, input);
    if (!found.ok) return passOn(found);
    const { transfers } = found.value;
    return accept({ transfers, ...(await namesOf(ctx, transfers)) });
  },
});

export const readAccounts = declarePlaceUseCase({
  name: "ledger.accounts_page",
  summary: "What the page of the ledger's accounts shows",
  permission: "ledger.read",
  changes: false,
  input: listAccounts.input,
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listAccounts, input);
    if (!found.ok) return passOn(found);
    const pots = await performWithin(ctx, listPots, {});
    if (!pots.ok) return passOn(pots);
    return accept({ reader: readerOf(ctx), pots: pots.value.pots, ...found.value });
  },
});

/** Who reads, where that is all that a page still needs. */
export const readReader = declarePlaceUseCase({
  name: "money.reader",
  summary: "What the reader may do with money here",
  permission: "money.read",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx) => accept(readerOf(ctx)),
});
