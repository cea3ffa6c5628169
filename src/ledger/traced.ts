/**
 * The ledger's records as steps of "follow the pound": stream, contribution, pot, allocation, commitment, payment, and the
 * services and partners that money reaches. Each step follows exact pence from account to account (domain/lineage.ts).
 */
import { must } from "../lib/assert.ts";
import { suppressCount } from "../places/index.ts";
import type {
  TracedKind,
  TracedPart,
  TracedRecord,
  TracedShare,
  TracedStep,
  TracedStop,
  TraceScope,
} from "../platform/traced.ts";
import { type Branch, followSlices, joinSlices } from "./domain/lineage.ts";
import {
  describe,
  findCreditNotes,
  findFlows,
  findLatestReach,
  findPartnerMoney,
  findStreamAccounts,
  findWholeAccounts,
  findWholeTransfer,
} from "./store/lineage.ts";
import type { Book } from "./store/pots.ts";
import { findPotLinks } from "./store/steps.ts";
import {
  creditedStop,
  familiesStop,
  type LedgerKind,
  otherwiseStop,
  potLink,
  presentRecord,
  restStop,
  streamRestStop,
} from "./trace-words.ts";
import {
  besides,
  itemsOfPayments,
  itemsOfServices,
  nobodyYet,
  paymentsOfItems,
  servicesOfOutside,
} from "./traced-outside.ts";

/** How a step reads the accounts: which way, what the branches are, and what it means that pence go no further. */
type Step = {
  readonly direction: "in" | "out";
  /** "other": the kind of the account at the other end. */
  readonly to: LedgerKind | "other";
  /** Which record of a branch is the next one, and whose stretch of pence it carries. */
  readonly next: (branch: Branch) => { readonly id: string; readonly slice: Branch["here"] };
  readonly rest?: "pot" | "allocation" | "commitment";
  /** A step of a record that itself stands between two others. */
  readonly between?: true;
  /** Whose stretch leads to the item to resolve, where the money went through a journal that cleared one. */
  readonly cleared?: (branch: Branch) => Branch["here"];
};

const otherAccount = (branch: Branch) => ({ id: branch.flow.otherRecordId, slice: branch.there });
const ownTransfer = (branch: Branch) => ({ id: branch.flow.recordId, slice: branch.here });
const transferThere = (branch: Branch) => ({ id: branch.flow.recordId, slice: branch.there });
const here = (branch: Branch) => branch.here;
const there = (branch: Branch) => branch.there;
const ownAccount = (branch: Branch) => ({ id: branch.flow.accountRecordId, slice: branch.here });

const UP: Readonly<Partial<Record<LedgerKind, Step>>> = {
  contribution: { direction: "in", to: "stream", next: otherAccount },
  pot: { direction: "in", to: "contribution", next: ownTransfer },
  allocation: { direction: "in", to: "pot", next: otherAccount },
  commitment: { direction: "in", to: "allocation", next: otherAccount },
  payment: { direction: "in", to: "commitment", next: otherAccount },
  service: { direction: "in", to: "payment", next: ownTransfer, cleared: here },
  virement: { direction: "in", to: "allocation", next: otherAccount, between: true },
  handover: { direction: "in", to: "pot", next: otherAccount, between: true },
  release: { direction: "in", to: "commitment", next: otherAccount, between: true },
  resolve_item: { direction: "in", to: "other", next: otherAccount, between: true },
};

/** Money that came or went by another way than the chain's own: a record between two that the chain knows. */
const BETWEEN: readonly string[] = ["virement", "handover", "release", "credit_note"] satisfies readonly LedgerKind[];
const OWN_WAY: readonly string[] = ["contribution", "allocation", "commitment", "payment", "paid_elsewhere"];

const DOWN: Readonly<Partial<Record<LedgerKind, Step>>> = {
  stream: { direction: "out", to: "contribution", next: transferThere, cleared: there },
  contribution: { direction: "in", to: "pot", next: ownAccount },
  pot: { direction: "out", to: "allocation", next: otherAccount, rest: "pot" },
  allocation: { direction: "out", to: "commitment", next: otherAccount, rest: "allocation", cleared: there },
  commitment: { direction: "out", to: "payment", next: transferThere, rest: "commitment" },
  payment: { direction: "in", to: "service", next: ownAccount },
  virement: { direction: "in", to: "allocation", next: ownAccount },
  handover: { direction: "in", to: "pot", next: ownAccount },
  release: { direction: "in", to: "allocation", next: ownAccount },
  credit_note: { direction: "in", to: "commitment", next: ownAccount },
};

const NOWHERE: TracedStep = { shares: [], stops: [] };

async function follow(scope: TraceScope, step: Step, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> {
  const slices = parts.flatMap((part) => part.slices);
  const flows = await findFlows(scope.tx, { placeId: scope.placeId, slices, direction: step.direction });
  return parts.map((part) => {
    const { branches, restPence } = followSlices(part.slices, flows);
    const shares = new Map<string, TracedShare>();
    const otherwise: TracedStop[] = [];
    for (const branch of branches) {
      const { book, transferKind, otherKind, recordId } = branch.flow;
      const onward = step.next !== ownAccount && step.between !== true;
      const cleared = onward && transferKind === "clearing" ? step.cleared?.(branch) : undefined;
      const between = onward && BETWEEN.includes(transferKind);
      if (onward && !between && cleared === undefined && !OWN_WAY.includes(transferKind)) {
        otherwise.push({ ...otherwiseStop(step.direction, branch.amountPence), book });
        continue;
      }
      const betweenSlice = step.direction === "in" ? branch.here : branch.there;
      const passed = cleared ?? (between ? betweenSlice : undefined);
      const { id, slice } = passed === undefined ? step.next(branch) : { id: recordId, slice: passed };
      const own = step.to === "other" ? otherKind : step.to;
      const kind = cleared !== undefined ? "resolve_item" : between ? transferKind : own;
      const key = `${book} ${id}`;
      const before = shares.get(key);
      shares.set(key, {
        kind,
        id,
        book,
        amountPence: (before?.amountPence ?? 0n) + branch.amountPence,
        slices: joinSlices([...(before?.slices ?? []), slice]),
      });
    }
    const stops: readonly TracedStop[] =
      step.rest !== undefined && restPence > 0n ? [restStop(step.rest, restPence)] : [];
    return { shares: [...shares.values()], stops: [...otherwise, ...stops] };
  });
}

const nowhere = async (_scope: TraceScope, parts: readonly TracedPart[]) => parts.map(() => NOWHERE);

function tracedUp(kind: LedgerKind): TracedKind["up"] {
  const step = UP[kind];
  return step ? (scope, parts) => follow(scope, step, parts) : nowhere;
}

function tracedDown(kind: LedgerKind): TracedKind["down"] {
  const step = DOWN[kind];
  return step ? (scope, parts) => follow(scope, step, parts) : nowhere;
}

function tracedKind(
  kind: LedgerKind,
  own: Pick<TracedKind, "whole"> & Partial<Pick<TracedKind, "find" | "up" | "down">>,
): TracedKind {
  return {
    kind,
    find: async (scope, ids) =>
      (await describe[kind](scope.tx, scope.placeId, ids)).map((one) => presentRecord(kind, one)),
    up: tracedUp(kind),
    down: tracedDown(kind),
    ...own,
  };
}

const wholeAccounts =
  (kind: "stream" | "pot" | "allocation" | "commitment" | "paid") =>
  async (scope: TraceScope, id: string): Promise<TracedPart> => ({
    id,
    slices: await findWholeAccounts(scope.tx, { placeId: scope.placeId, kind, recordId: id }),
  });

async function wholeTransfer(scope: TraceScope, id: string): Promise<TracedPart> {
  return { id, slices: await findWholeTransfer(scope.tx, scope.placeId, id) };
}

/**
 * What a stream has not given, in each book in which it gave: a promise in the shadow book takes nothing from the real
 * one. A stream that never gave anything has no account yet: all of it is still to be put into a pot.
 */
async function streamDown(scope: TraceScope, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> {
  const step = DOWN.stream;
  const steps = step ? await follow(scope, step, parts) : [];
  const accounts = await findStreamAccounts(
    scope.tx,
    scope.placeId,
    parts.map(({ id }) => id),
  );
  const idle = parts.filter(({ slices }) => slices.length === 0).map(({ id }) => id);
  const found = idle.length === 0 ? [] : await describe.stream(scope.tx, scope.placeId, idle);
  const streams = new Map(found.map((one) => [one.id, one.amountPence ?? 0n]));
  return steps.map((one, index) => {
    const part = must(parts[index], "a step for each part");
    const amountPence = streams.get(part.id);
    if (amountPence !== undefined) return { ...one, stops: [restStop("stream", amountPence)] };
    const own = accounts.filter(({ accountId }) => part.slices.some((slice) => slice.accountId === accountId));
    return {
      ...one,
      stops: own.flatMap((account) => streamStops(account, { part, shares: one.shares, books: own.length })),
    };
  });
}

function streamStops(
  account: { readonly accountId: string; readonly book: Book },
  the: { readonly part: TracedPart; readonly shares: readonly TracedShare[]; readonly books: number },
): readonly TracedStop[] {
  const { book } = account;
  const whole = the.part.slices
    .filter(({ accountId }) => accountId === account.accountId)
    .reduce((sum, { fromPence, toPence }) => sum + toPence - fromPence, 0n);
  const given = the.shares
    .filter((share) => share.book === book)
    .reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const label = book === "shadow" || the.books > 1 ? book : null;
  return whole > given ? [{ ...streamRestStop(label, whole - given), book }] : [];
}

/** What a supplier gave back of a payment is said where the payment stands. */
async function paymentDown(scope: TraceScope, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> {
  const step = DOWN.payment;
  const steps = step ? await follow(scope, step, parts) : [];
  const notes = await findCreditNotes(
    scope.tx,
    scope.placeId,
    parts.map(({ id }) => id),
  );
  return steps.map((one, index) => {
    const own = notes.filter(({ paymentId }) => paymentId === parts[index]?.id);
    return { ...one, stops: [...one.stops, ...own.map(creditedStop)] };
  });
}

/** A credit note came from its own payment, whole. */
async function creditNoteUp(scope: TraceScope, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> {
  const notes = await findCreditNotes(
    scope.tx,
    scope.placeId,
    parts.map(({ id }) => id),
  );
  return parts.map((part) => {
    const amountPence = part.slices.reduce((sum, { fromPence, toPence }) => sum + toPence - fromPence, 0n);
    const own = notes.filter(({ creditNoteId }) => creditNoteId === part.id);
    return { shares: own.map(({ paymentId: id }) => ({ kind: "payment", id, amountPence, slices: [] })), stops: [] };
  });
}

async function familiesOf(scope: TraceScope, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> {
  const found = await findLatestReach(
    scope.tx,
    scope.placeId,
    parts.map(({ id }) => id),
  );
  const reaches = new Map(found.map((one) => [one.serviceId, one]));
  return parts.map(({ id }) => {
    const reach = reaches.get(id);
    const stop = familiesStop(reach === undefined ? null : { ...reach, count: suppressCount(reach.families) });
    return { shares: [], stops: [stop] };
  });
}

/** A partner stands at both ends: what reached it lies up the chain, what it pays out leads down. Each is a whole record. */
const partnerMoney =
  (kind: "stream" | "payment") =>
  async (scope: TraceScope, parts: readonly TracedPart[]): Promise<readonly TracedStep[]> => {
    const steps: TracedStep[] = [];
    for (const { id } of parts) {
      const found = await findPartnerMoney(scope.tx, { placeId: scope.placeId, partnerId: id, kind });
      steps.push({ shares: found.map((one) => ({ ...one, slices: [] })), stops: [] });
    }
    return steps;
  };

/** A pot leads to the one it goes on from and to the one that goes on from it: shadow money to the real that followed. */
async function findPotRecords(scope: TraceScope, ids: readonly string[]): Promise<readonly TracedRecord[]> {
  const found = await describe.pot(scope.tx, scope.placeId, ids);
  const links = await findPotLinks(scope.tx, scope.placeId, ids);
  return found.map((one) => {
    const record = presentRecord("pot", one);
    return { ...record, links: [...record.links, ...links.filter(({ potId }) => potId === one.id).map(potLink)] };
  });
}

export const ledgerTracedKinds: readonly TracedKind[] = [
  tracedKind("stream", { whole: wholeAccounts("stream"), down: streamDown }),
  tracedKind("contribution", { whole: wholeTransfer }),
  tracedKind("pot", { whole: wholeAccounts("pot"), find: findPotRecords }),
  tracedKind("allocation", { whole: wholeAccounts("allocation") }),
  tracedKind("commitment", { whole: wholeAccounts("commitment") }),
  tracedKind("payment", {
    whole: wholeTransfer,
    up: besides(tracedUp("payment"), itemsOfPayments),
    down: besides(paymentDown, servicesOfOutside),
  }),
  tracedKind("virement", { whole: wholeTransfer }),
  tracedKind("handover", { whole: wholeTransfer }),
  tracedKind("release", { whole: wholeTransfer }),
  tracedKind("credit_note", { whole: wholeTransfer, up: creditNoteUp }),
  tracedKind("resolve_item", {
    whole: wholeTransfer,
    up: besides(tracedUp("resolve_item"), nobodyYet),
    down: paymentsOfItems,
  }),
  tracedKind("service", {
    whole: wholeAccounts("paid"),
    up: besides(tracedUp("service"), itemsOfServices),
    down: familiesOf,
  }),
  tracedKind("partner", {
    whole: async (_scope, id) => ({ id, slices: [] }),
    up: partnerMoney("payment"),
    down: partnerMoney("stream"),
  }),
];
