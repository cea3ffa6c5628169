/** What a simulation asks of the real ledger: the posting functions as they are, each in a transaction of its own. */
import { createHash } from "node:crypto";
import { type Day, mustDay } from "../lib/day.ts";
import { sealAudit } from "../platform/audit/index.ts";
import type { Database, Transaction } from "../platform/database/index.ts";
import type { ModelTransfer } from "./domain/model-ledger-state.ts";
import type { Operation, SimulatedAccount } from "./simulate-operations.ts";
import { openAccounts, postTransfer, waitLongForLocks } from "./store/accounts.ts";
import { postBatch } from "./store/batches.ts";
import { closePeriod, reopenPeriod } from "./store/periods.ts";
import type { Book } from "./store/pots.ts";
import { endReservations, reservePence } from "./store/reservations.ts";
import { listAccounts } from "./store/statement.ts";
import { closePot } from "./store/steps.ts";

/** What was answered, as far as it says something. */
export type Answer = {
  readonly outcome: string;
  readonly account?: string;
  readonly availablePence?: bigint;
  readonly lowestOn?: string;
  readonly atFault?: number;
};

export type SimulatedLedger = {
  readonly open: (accounts: readonly SimulatedAccount[]) => Promise<void>;
  readonly carryOut: (operation: Operation) => Promise<Answer>;
  readonly seal: () => Promise<void>;
  /** What stands on each account at the end of a day. */
  readonly balances: (day: Day) => Promise<ReadonlyMap<string, bigint>>;
};

const MARK = "simulation";

export function openSimulatedLedger(database: Database, placeId: number): SimulatedLedger {
  const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => database.inPlace(placeId, work);
  return {
    open: (accounts) => inPlace((tx) => open(tx, placeId, accounts)),
    carryOut: (operation) => inPlace((tx) => carryOut(tx, placeId, operation)),
    seal: () =>
      inPlace(async (tx) => {
        // Here every client seals, each waiting for the one before; a busy machine may take longer than a lock is waited for.
        await waitLongForLocks(tx);
        await sealAudit(tx, placeId);
      }),
    balances: async (asAt) => {
      const all = { placeId, areaId: null, potId: null, kind: null, book: null, asAt, limit: 10_000, skip: 0 };
      const found = await inPlace((tx) => listAccounts(tx, all));
      return new Map(found.map(({ accountId, balancePence }) => [accountId, balancePence]));
    },
  };
}

async function open(tx: Transaction, placeId: number, accounts: readonly SimulatedAccount[]): Promise<void> {
  const toOpen = accounts.map(({ accountId, book, floor, potId }) => ({
    accountId,
    book,
    kind: "clearing" as const,
    recordId: accountId,
    streamId: null,
    potId,
    floorPence: floor,
  }));
  await openAccounts(tx, placeId, toOpen);
  for (const { potId, closedOn } of accounts)
    if (potId !== null && closedOn !== null) await closePot(tx, placeId, { potId, from: closedOn });
}

async function carryOut(tx: Transaction, placeId: number, operation: Operation): Promise<Answer> {
  switch (operation.kind) {
    case "transfer": {
      const { transfer } = operation;
      const { reverses, soft, bookedOn } = transfer;
      const kind = reverses === null ? "transfer" : "reversal";
      const posting = { ...toPost(transfer), kind, reversesId: reverses, madeBy: MARK, bookedOn, soft } as const;
      return said(await postTransfer(tx, placeId, posting));
    }
    case "batch": {
      const transfers = operation.transfers.map((one) => ({ ...toPost(one), kind: "transfer" as const }));
      const { account: _, ...answer } = await postBatch(tx, placeId, {
        transfers,
        madeBy: MARK,
        soft: operation.soft,
      });
      return { ...said({ ...answer, account: null }), ...(answer.atFault !== null && { atFault: answer.atFault }) };
    }
    case "reserve": {
      const { reservationId, account, record, pence } = operation.reservation;
      const the = { reservationId, accountId: account, recordId: record, amountPence: pence, madeBy: MARK };
      const answer = await reservePence(tx, placeId, { ...the, madeOn: operation.day, endsOn: null });
      return said({ ...answer, account: null, lowestOn: null });
    }
    case "end": {
      const { record, how, day } = operation;
      return {
        outcome: "freed",
        availablePence: await endReservations(tx, placeId, { recordId: record, how, on: day }),
      };
    }
    case "close": {
      const { book, from, to, state } = operation.period;
      return { outcome: await closePeriod(tx, placeId, { book: book as Book, from, to, state, mark: MARK }) };
    }
    case "reopen":
      return { outcome: (await reopenPeriod(tx, placeId, operation)) ? "reopened" : "not_soft" };
  }
}

function toPost(transfer: ModelTransfer) {
  return {
    transferId: transfer.transferId,
    book: transfer.book as Book,
    effectiveOn: transfer.day,
    lines: transfer.lines.map(({ account, pence }) => ({ accountId: account, amountPence: pence })),
    recordId: transfer.transferId,
    words: "A simulated transfer",
    requestHash: createHash("sha256").update(transfer.request).digest(),
  };
}

type Said = {
  readonly outcome: string;
  readonly account: string | null;
  readonly availablePence: bigint | null;
  readonly lowestOn: Day | null;
};

/** Which account lacks, and what it has, is compared only where something lacks: elsewhere the outcome says it all. */
function said({ outcome, account, availablePence, lowestOn }: Said): Answer {
  const lacks = outcome === "insufficient_funds" || outcome === "insufficient_funds_then";
  return {
    outcome,
    ...(lacks && account !== null && { account }),
    ...(lacks && availablePence !== null && { availablePence }),
    ...(lowestOn !== null && { lowestOn: mustDay(lowestOn) }),
  };
}
