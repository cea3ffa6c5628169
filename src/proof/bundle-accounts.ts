/**
 * Accounts as a bundle's entries lead to them: balances, numbers without gaps, floors at every numbered step, and what a book's
 * kinds and a period's accounts come to. Kept by account, never by transfer.
 */

import { failRow, type Placed } from "./bundle-fault.ts";
import type { RowOf } from "./bundle-format.ts";
import { periodHash } from "./bundle-hashes.ts";
import { trialBalanceText } from "./domain/chain-texts.ts";

type Entry = Placed<RowOf<"entries.jsonl">>;
type Transfer = RowOf<"transfers.jsonl">;
type Step = { readonly at: Entry; readonly amount: bigint; readonly balance: bigint };

type Held = {
  readonly at: Placed<RowOf<"accounts.jsonl">>;
  readonly book: string;
  readonly key: string;
  readonly floor: bigint | null;
  /** Of all entries, and of those that are sealed. */
  all: bigint;
  sealed: bigint;
  entries: number;
  sealedEntries: number;
  newest: string | null;
  sealedNewest: string | null;
  /** The numbered entries so far: the last number, what it held then, and those that stand before their turn. */
  number: bigint;
  running: bigint;
  early: Map<bigint, Step> | null;
  reserved: bigint;
};

export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts(periods: readonly RowOf<"periods.jsonl">[]) {
  const held = new Map<string, Held>();
  const balance = new Map<string, bigint>();
  const closings = openClosings(periods);
  return {
    size: () => held.size,
    add: (at: Placed<RowOf<"accounts.jsonl">>) => {
      if (held.has(at.row.id)) failRow(at, "the account is there twice");
      held.set(at.row.id, openHeld(at));
    },
    find: (id: string) => held.get(id),
    each: (look: (at: Placed<RowOf<"accounts.jsonl">>) => void) => {
      for (const { at } of held.values()) look(at);
    },
    reserve: (at: Placed<RowOf<"reservations.jsonl">>) => {
      const one = held.get(at.row.account) ?? failRow(at, "its account is not in the bundle");
      if (at.row.ended === null) one.reserved += BigInt(at.row.amount);
    },
    /** Takes one line of a transfer; `sealed` says whether a block holds it, `old` whether it is from before blocks did. */
    enter: (at: Entry, the: { readonly transfer: Transfer; readonly sealed: boolean; readonly old: boolean }) => {
      const one = held.get(at.row.account) ?? failRow(at, "its account is not in the bundle");
      if (one.book !== the.transfer.book)
        failRow(at, `its account is in the ${one.book} book, the transfer in the ${the.transfer.book} one`);
      const amount = BigInt(at.row.amount);
      one.all += amount;
      one.entries += 1;
      one.newest = later(one.newest, at.row.on);
      if (the.sealed) {
        one.sealed += amount;
        one.sealedEntries += 1;
        one.sealedNewest = later(one.sealedNewest, at.row.on);
        if (!the.old) balance.set(one.key, (balance.get(one.key) ?? 0n) + amount);
      }
      closings.enter(one.book, { day: the.transfer.bookedOn ?? the.transfer.on, account: at.row.account, amount });
      takeNumber(one, { at, amount, old: the.old });
    },
    /** What each book's kinds hold after the blocks so far, in words. */
    trialBalance: () => trialBalanceText(balance),
    /** What the accounts' own rows say must be what their entries come to. */
    finish: () => {
      for (const one of held.values()) finishAccount(one);
    },
    closed: (period: RowOf<"periods.jsonl">) => closings.closed(period),
  };
}

function openHeld(at: Placed<RowOf<"accounts.jsonl">>): Held {
  const { book, kind, floor } = at.row;
  return {
    at,
    book,
    key: `${book} ${kind}`,
    floor: floor === null ? null : BigInt(floor),
    all: 0n,
    sealed: 0n,
    entries: 0,
    sealedEntries: 0,
    newest: null,
    sealedNewest: null,
    number: 0n,
    running: 0n,
    early: null,
    reserved: 0n,
  };
}

function later(one: string | null, other: string): string {
  return one === null || other > one ? other : one;
}

/** Transfers of different transactions stand in another order than the account's numbers: what is early waits for its turn. */
function takeNumber(
  one: Held,
  { at, amount, old }: { readonly at: Entry; readonly amount: bigint; readonly old: boolean },
): void {
  const { version, balance } = at.row;
  if ((version === null) !== (balance === null)) failRow(at, "its number and its balance are not written together");
  if (version === null || balance === null) {
    if (one.floor !== null) failRow(at, "it has no number, though its account has a floor");
    return;
  }
  if (one.floor === null && !old) failRow(at, "it has a number, though its account has no floor");
  const number = BigInt(version);
  if (number <= one.number || one.early?.has(number)) failRow(at, `the account has an entry number ${version} already`);
  one.early ??= new Map();
  one.early.set(number, { at, amount, balance: BigInt(balance) });
  for (;;) {
    const step = one.early.get(one.number + 1n);
    if (step === undefined) break;
    one.number += 1n;
    one.early.delete(one.number);
    one.running += step.amount;
    if (step.balance !== one.running)
      failRow(step.at, `${step.balance} is written as the balance, ${one.running} is right`);
    if (one.floor !== null && step.amount < 0n && one.running < one.floor)
      failRow(step.at, `the account stands at ${one.running}, below its floor of ${one.floor}`);
  }
  if (one.early.size === 0) one.early = null;
}

function finishAccount(one: Held): void {
  const early = one.early?.values().next().value;
  if (early !== undefined) failRow(early.at, `the account's entry number ${one.number + 1n} is missing`);
  const { row } = one.at;
  const floored = one.floor !== null;
  const posted = floored ? one.all : one.sealed;
  if (BigInt(row.posted) !== posted) failRow(one.at, `it says ${row.posted}, its entries come to ${posted}`);
  const entries = floored ? one.entries : one.sealedEntries;
  if (BigInt(row.version) !== BigInt(entries)) failRow(one.at, `it says ${row.version} entries, ${entries} are there`);
  const newest = floored ? one.newest : one.sealedNewest;
  if (row.lastOn !== newest)
    failRow(one.at, `it says its newest day is ${row.lastOn ?? "none"}, it is ${newest ?? "none"}`);
  if (BigInt(row.reserved) !== one.reserved || one.reserved < 0n)
    failRow(one.at, `it says ${row.reserved} is set aside, what is set aside comes to ${one.reserved}`);
  if (one.floor !== null && posted - one.reserved < one.floor)
    failRow(one.at, `${posted} less ${one.reserved} set aside is below its floor of ${one.floor}`);
}

type Movement = { readonly day: string; readonly account: string; readonly amount: bigint };
type Slice = {
  readonly book: string;
  readonly endsOn: string;
  readonly sums: Map<string, bigint>;
  entries: number;
};

/** Sums by account of what counts in each closed period alone; added up in order they are what each was closed with. */
function openClosings(periods: readonly RowOf<"periods.jsonl">[]) {
  const slices = [...periods]
    .filter(({ state }) => state === "hard")
    .sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1))
    .map(({ book, endsOn }): Slice => ({ book, endsOn, sums: new Map(), entries: 0 }));
  const ofBook = new Map<string, Slice[]>();
  for (const slice of slices) ofBook.set(slice.book, [...(ofBook.get(slice.book) ?? []), slice]);
  return {
    enter: (book: string, { day, account, amount }: Movement) => {
      const slice = ofBook.get(book)?.find(({ endsOn }) => day <= endsOn);
      if (slice === undefined) return;
      slice.sums.set(account, (slice.sums.get(account) ?? 0n) + amount);
      slice.entries += 1;
    },
    closed: ({ book, endsOn }: RowOf<"periods.jsonl">): { readonly hash: string; readonly entries: number } => {
      const sums = new Map<string, bigint>();
      let entries = 0;
      for (const slice of ofBook.get(book) ?? []) {
        if (slice.endsOn > endsOn) break;
        for (const [account, pence] of slice.sums) sums.set(account, (sums.get(account) ?? 0n) + pence);
        entries += slice.entries;
      }
      return { hash: periodHash(sums).toString("hex"), entries };
    },
  };
}
