/**
 * What stands between a place and a closed period: the ledger's own items, then those of the subjects above it. A stop is
 * done or explained before a hard close; what waits ought to be done and does not hold the close up.
 */
import { formatPounds } from "../lib/pence.ts";
import type { ClosingItem } from "../platform/closing.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { ageDays } from "./domain/ageing.ts";
import { firstDay, type Period, periodOn, periodWords, type Quarter, quarterOn } from "./domain/periods.ts";
import { needsExplaining, thresholdOn, varianceOf } from "./domain/variance.ts";
import { listOutstanding } from "./store/accruals.ts";
import { findBrokenBlock } from "./store/checks.ts";
import {
  countUnsealed,
  findProvedBlock,
  listSpending,
  listStatementsOut,
  tallyLate,
  tallyUnresolved,
} from "./store/closing.ts";
import { findOpenBefore } from "./store/periods.ts";
import type { Book } from "./store/pots.ts";

const OLD_DAYS = 90;

export type Closing = { readonly book: Book; readonly stretch: Period | Quarter };
type Item = (ctx: PlaceContext, the: Closing) => Promise<ClosingItem>;

/** In the order in which a morning takes them. Variances and statements belong to the end of a quarter. */
export async function checkClosing(ctx: PlaceContext, the: Closing): Promise<readonly ClosingItem[]> {
  const { book, stretch } = the;
  const ends = quarterOn(stretch.to).to === stretch.to;
  const own: readonly Item[] = [earlier, unresolved, ...(ends ? [variances] : []), late, debtors];
  const last: readonly Item[] = [...(ends ? [statements] : []), audit];
  const items: ClosingItem[] = [];
  for (const look of own) items.push(await look(ctx, the));
  const asked = { placeId: ctx.place.placeId, book, from: firstDay(stretch), to: stretch.to, today: ctx.today };
  for (const source of ctx.closingSources) items.push(...(await source(ctx.tx, asked)));
  for (const look of last) items.push(await look(ctx, the));
  return items;
}

async function earlier(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const day = await findOpenBefore(ctx.tx, ctx.place.placeId, { book, before: firstDay(stretch) });
  const open = day === null ? null : periodOn(day);
  return {
    item: "earlier",
    state: open === null ? "done" : "stop",
    count: open === null ? 0 : 1,
    title: { en: "Earlier periods are closed", cy: "Mae cyfnodau cynharach wedi'u cau" },
    words:
      open === null
        ? { en: "Nothing is open before this.", cy: "Nid oes dim ar agor cyn hyn." }
        : {
            en: `${periodWords("en", open)} has entries and is not closed for good.`,
            cy: `Mae gan ${periodWords("cy", open)} gofnodion ac nid yw wedi'i gau'n derfynol.`,
          },
    path: open === null ? null : `/close/${quarterOn(open.from).name}`,
  };
}

async function unresolved(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const found = await tallyUnresolved(ctx.tx, ctx.place.placeId, { book, from: firstDay(stretch), to: stretch.to });
  const amount = formatPounds(found.pence);
  return {
    item: "unresolved",
    state: found.count === 0n ? "done" : "stop",
    count: Number(found.count),
    title: { en: "Nothing waits in accounts to resolve", cy: "Nid oes dim yn aros mewn cyfrifon i'w datrys" },
    words:
      found.count === 0n
        ? { en: "Every account to resolve is at nought.", cy: "Mae pob cyfrif i'w ddatrys ar ddim." }
        : {
            en: `${found.count} ${found.count === 1n ? "account holds" : "accounts hold"} ${amount} that nobody has cleared.`,
            cy: `Mae ${found.count} o gyfrifon yn dal ${amount} nad oes neb wedi'i glirio.`,
          },
    path: `/ledger/accounts?kind=resolve&book=${book}&asAt=${stretch.to}`,
  };
}

async function variances(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const { needed, explained } = await findVariances(ctx, { book, stretch });
  const open = needed.length - explained.length;
  const done = {
    en: needed.length === 0 ? "No allocation is far from its budget." : `${explained.length} are explained.`,
    cy: needed.length === 0 ? "Nid oes dyraniad ymhell o'i gyllideb." : `Mae ${explained.length} wedi'u hesbonio.`,
  };
  return {
    item: "variances",
    state: open === 0 ? "done" : "stop",
    count: open,
    title: { en: "Variances are explained", cy: "Mae amrywiadau wedi'u hesbonio" },
    words:
      open === 0
        ? done
        : {
            en: `${open} of ${needed.length} ${needed.length === 1 ? "allocation that is" : "allocations that are"} far from budget ${open === 1 ? "has" : "have"} no explanation.`,
            cy: `Nid oes esboniad am ${open} o'r ${needed.length} dyraniad sydd ymhell o'r gyllideb.`,
          },
    path: `/close/${quarterOn(stretch.to).name}?book=${book}#variances`,
  };
}

/** Every allocation of the book at the end of the quarter, those far from budget, and those of them that are explained. */
export async function findVariances(ctx: PlaceContext, { book, stretch }: Closing) {
  const quarter = quarterOn(stretch.to).name;
  const all = await listSpending(ctx.tx, ctx.place.placeId, { book, to: stretch.to, quarter });
  const threshold = thresholdOn(stretch.to);
  const rows = all.map((one) => ({
    ...one,
    variancePence: varianceOf(one),
    needed: needsExplaining(one, threshold),
  }));
  const needed = rows.filter((one) => one.needed);
  return { rows, needed, explained: needed.filter((one) => one.explained !== null), threshold };
}

async function late(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const found = await tallyLate(ctx.tx, ctx.place.placeId, { book, from: firstDay(stretch), to: stretch.to });
  const amount = formatPounds(found.pence);
  return {
    item: "late",
    state: "done",
    count: Number(found.count),
    title: { en: "Late items are counted", cy: "Mae eitemau hwyr wedi'u cyfrif" },
    words:
      found.count === 0n
        ? { en: "None count in this period.", cy: "Nid oes yr un yn cyfrif yn y cyfnod hwn." }
        : {
            en: `${found.count} of ${amount} ${found.count === 1n ? "counts" : "count"} here and ${found.count === 1n ? "keeps its" : "keep their"} own earlier day.`,
            cy: `Mae ${found.count} gwerth ${amount} yn cyfrif yma ac yn cadw'r diwrnod cynharach.`,
          },
    path: `/ledger?book=${book}&to=${stretch.to}`,
  };
}

async function debtors(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const all = await listOutstanding(ctx.tx, ctx.place.placeId, { day: stretch.to, book, areaId: null });
  const old = all.filter(({ kind, since }) => kind === "debtor" && ageDays(since, stretch.to) > OLD_DAYS);
  const amount = formatPounds(old.reduce((sum, { amountPence }) => sum + amountPence, 0n));
  return {
    item: "debtors",
    state: old.length === 0 ? "done" : "waits",
    count: old.length,
    title: { en: "No debt is over 90 days old", cy: "Nid oes dyled dros 90 diwrnod oed" },
    words:
      old.length === 0
        ? { en: "None is.", cy: "Nid oes yr un." }
        : {
            en: `${old.length} of ${amount} ${old.length === 1 ? "is" : "are"} older. Chase ${old.length === 1 ? "it" : "them"}.`,
            cy: `Mae ${old.length} gwerth ${amount} yn hŷn. Ewch ar eu hôl.`,
          },
    path: `/debtors?asAt=${stretch.to}`,
  };
}

async function statements(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const quarter = quarterOn(stretch.to).name;
  const all = await listStatementsOut(ctx.tx, ctx.place.placeId, { book, to: stretch.to, quarter });
  const waiting = all.filter(({ sentAt }) => sentAt === null).length;
  return {
    item: "statements",
    state: waiting === 0 ? "done" : "waits",
    count: waiting,
    title: { en: "Partners have their statements", cy: "Mae gan bartneriaid eu cyfriflenni" },
    words:
      all.length === 0
        ? { en: "No partner puts money in here.", cy: "Nid oes partner yn rhoi arian i mewn yma." }
        : {
            en: `${all.length - waiting} of ${all.length} are sent.`,
            cy: `Anfonwyd ${all.length - waiting} o ${all.length}.`,
          },
    path: `/close/${quarter}?book=${book}#statements`,
  };
}

/** Sealed as far as the period goes, and proved from the last hard close on: before it the chain was proved for that one. */
async function audit(ctx: PlaceContext, { book, stretch }: Closing): Promise<ClosingItem> {
  const { placeId } = ctx.place;
  const title = {
    en: "The audit trail is sealed and verifies",
    cy: "Mae'r trywydd archwilio wedi'i selio ac yn dilysu",
  };
  const path = "/ledger/verify";
  const broken = await findBrokenBlock(ctx.tx, placeId, await findProvedBlock(ctx.tx, placeId));
  if (broken !== null) {
    const number = broken.blockNumber;
    const words = { en: `Block ${number} does not verify.`, cy: `Nid yw bloc ${number} yn dilysu.` };
    return { item: "audit", state: "stop", count: 1, title, words, path };
  }
  const open = await countUnsealed(ctx.tx, placeId, { book, from: firstDay(stretch), to: stretch.to });
  const words =
    open === 0n
      ? { en: "Every entry is in a sealed block.", cy: "Mae pob cofnod mewn bloc wedi'i selio." }
      : {
          en: `${open} ${open === 1n ? "transfer waits" : "transfers wait"} for the next seal, a few seconds away.`,
          cy: `Mae ${open} o drosglwyddiadau'n aros am y sêl nesaf, ymhen ychydig eiliadau.`,
        };
  return { item: "audit", state: open === 0n ? "done" : "waits", count: Number(open), title, words, path };
}
