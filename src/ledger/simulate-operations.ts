/**
 * What the clients of a simulation do: drawn by a seed, so that the same seed draws the same for ever, whatever the answers
 * are and however the clients come to lie between one another. A client has accounts of its own, in both books; two are shared.
 */
import { createHash } from "node:crypto";
import { must } from "../lib/assert.ts";
import { addDays, type Day, mustDay } from "../lib/day.ts";
import { below, splitMix64 } from "../lib/generator.ts";
import type { ModelLine, ModelPeriod, ModelReservation, ModelTransfer } from "./domain/model-ledger-state.ts";
import type { Book } from "./store/pots.ts";

export type Operation =
  | { readonly kind: "transfer"; readonly transfer: ModelTransfer }
  | { readonly kind: "batch"; readonly transfers: readonly ModelTransfer[]; readonly soft: boolean }
  | { readonly kind: "reserve"; readonly reservation: ModelReservation; readonly day: Day }
  | { readonly kind: "end"; readonly record: string; readonly how: "drawn" | "released" | "expired"; readonly day: Day }
  | { readonly kind: "close"; readonly period: ModelPeriod }
  | { readonly kind: "reopen"; readonly book: Book; readonly from: Day };

export type SimulatedAccount = {
  readonly accountId: string;
  readonly book: Book;
  readonly floor: bigint | null;
  /** The pot whose closing closes it. */
  readonly potId: string | null;
  readonly closedOn: Day | null;
};

/** One era of a simulation: a place of its own, so that closed periods and long books do not pile up. */
export type Era = { readonly seed: bigint; readonly era: number; readonly clients: number };

export const FIRST_DAY = mustDay("2012-04-01");
const DAYS = 365;
const CLOSED_FROM = mustDay("2012-10-01");
/** So that the last weeks of the year stay open. */
const MONTHS_TO_CLOSE = 9;
const HUGE = 1_000_000_000_000_001n;

/** A UUID of version 7 made of words: the same for the same words. The number keeps rows made together together. */
function idOf(words: string, number = 0): string {
  const hex = createHash("sha256").update(words).digest("hex");
  const moment = (1_350_000_000_000 + number).toString(16).padStart(12, "0");
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

const named = ({ seed, era }: Era, words: string, number = 0) => idOf(`${seed} ${era} ${words}`, number);

/** The two that every client uses at once: a hot one without a floor in each book, and one with a floor. */
export function sharedAccounts(era: Era): readonly SimulatedAccount[] {
  const one = (name: string, of: Pick<SimulatedAccount, "book" | "floor">) => ({
    accountId: named(era, `shared ${name}`),
    potId: null,
    closedOn: null,
    ...of,
  });
  return [
    one("hot", { book: "real", floor: null }),
    one("hot shadow", { book: "shadow", floor: null }),
    one("limited", { book: "real", floor: -20_000n }),
  ];
}

export function limitedAccount(era: Era): string {
  return must(sharedAccounts(era)[2], "there is a shared account with a floor").accountId;
}

const REAL_FLOORS = [-1_000_000n, 0n, 0n, 0n, -5_000n, null, null] as const;
const SHADOW_FLOORS = [-200_000n, 0n, 0n, null] as const;

export function accountsOf(era: Era, client: number): readonly SimulatedAccount[] {
  const each = (book: Book, floors: readonly (bigint | null)[]) =>
    floors.map((floor, index) => ({
      accountId: named(era, `client ${client} ${book} ${index}`),
      book,
      floor,
      potId: null,
      closedOn: null,
    }));
  const closed = { accountId: named(era, `client ${client} closed`), potId: named(era, `client ${client} pot`) };
  return [
    ...each("real", REAL_FLOORS),
    ...each("shadow", SHADOW_FLOORS),
    { ...closed, book: "real", floor: 0n, closedOn: CLOSED_FROM },
  ];
}

type Drawing = {
  readonly era: Era;
  readonly client: number;
  readonly draw: (limit: number) => number;
  readonly own: readonly SimulatedAccount[];
  readonly shared: readonly SimulatedAccount[];
  readonly sent: ModelTransfer[];
  readonly reservations: ModelReservation[];
  number: number;
};

/** The next operation of a client, each time it is called. */
export function drawClient(era: Era, client: number): () => Operation {
  const next = splitMix64(BigInt.asUintN(64, BigInt(`0x${named(era, `draws ${client}`).replaceAll("-", "")}`)));
  const the: Drawing = {
    era,
    client,
    draw: (limit) => Number(below(BigInt(limit), next)),
    own: accountsOf(era, client),
    shared: sharedAccounts(era),
    sent: [],
    reservations: [],
    number: 0,
  };
  return () => {
    the.number += 1;
    return drawOperation(the);
  };
}

function drawOperation(the: Drawing): Operation {
  const what = the.draw(100);
  if (what < 62) return { kind: "transfer", transfer: sent(the, drawTransfer(the, drawBook(the))) };
  if (what < 70) return { kind: "transfer", transfer: sent(the, drawReversal(the)) };
  if (what < 76) return { kind: "transfer", transfer: drawRepeat(the) };
  if (what < 84) return drawBatch(the);
  if (what < 93) return drawReservation(the);
  const record = the.reservations.length === 0 ? named(the.era, "nothing") : pick(the, the.reservations).record;
  return { kind: "end", record, how: pick(the, ["drawn", "released", "expired"] as const), day: drawDay(the) };
}

function sent(the: Drawing, transfer: ModelTransfer): ModelTransfer {
  the.sent.push(transfer);
  return transfer;
}

function pick<T>(the: Drawing, items: readonly T[]): T {
  return must(items[the.draw(items.length)], "an item was drawn");
}

function drawDay(the: Drawing): Day {
  return addDays(FIRST_DAY, the.draw(DAYS));
}

function drawBook(the: Drawing): Book {
  return the.draw(4) === 0 ? "shadow" : "real";
}

/** Mostly well made; now and then with one of the faults that must be refused by name. */
function drawTransfer(the: Drawing, book: Book, id = `${the.client} ${the.number}`): ModelTransfer {
  const day = drawDay(the);
  const later = addDays(day, 1 + the.draw(200));
  return {
    transferId: named(the.era, `transfer ${id}`, the.number),
    book,
    day,
    bookedOn: the.draw(4) === 0 ? later : null,
    lines: spoil(the, drawLines(the, book)),
    reverses: null,
    request: id,
    soft: the.draw(5) === 0,
  };
}

/** Two lines, or more; a line may come to an account twice. */
function drawLines(the: Drawing, book: Book): readonly ModelLine[] {
  const accounts = [...the.own, ...the.shared].filter((one) => one.book === book);
  const line = (pence: bigint): ModelLine => {
    // Money comes out of the first account of its book most often, so that there is something to move.
    const from = pence < 0n && the.draw(3) === 0 ? accounts[0] : undefined;
    return { account: (from ?? pick(the, accounts)).accountId, pence };
  };
  if (the.draw(5) > 0) {
    const pence = BigInt(1 + the.draw(3_000));
    return [line(-pence), line(pence)];
  }
  const amounts = Array.from({ length: 2 + the.draw(5) }, () => BigInt(the.draw(2_000) - 1_000) || 1n);
  const left = -amounts.reduce((sum, pence) => sum + pence, 0n);
  return [...amounts.map(line), ...(left === 0n ? [] : [line(left)])];
}

const SPOILS = ["unbalanced", "nought", "unknown", "book", "huge", "alone"] as const;

function spoil(the: Drawing, lines: readonly ModelLine[]): readonly ModelLine[] {
  if (the.draw(12) > 0) return lines;
  const [first, ...rest] = lines;
  const last = must(rest.at(-1), "a transfer has two lines");
  const one = must(first, "a transfer has a first line");
  const stranger = the.own.find(({ book, accountId }) => accountId !== one.account && book === "shadow");
  switch (pick(the, SPOILS)) {
    case "unbalanced":
      return [{ ...one, pence: one.pence + 1n }, ...rest];
    case "nought":
      return lines.map(({ account }) => ({ account, pence: 0n }));
    case "unknown":
      return [...rest, { ...one, account: named(the.era, `no account ${the.number}`) }];
    case "book":
      return [...rest, { ...one, account: must(stranger, "there is a shadow account").accountId }];
    case "huge":
      return [...lines, { account: last.account, pence: HUGE }, { account: one.account, pence: -HUGE }];
    case "alone":
      return [one];
  }
}

/** Of something sent before, whatever became of it: also of a reversal, of a refused one, of one reversed already, of nothing. */
function drawReversal(the: Drawing): ModelTransfer {
  const id = `${the.client} ${the.number}`;
  const of = the.sent.length === 0 || the.draw(20) === 0 ? null : pick(the, the.sent.slice(-400));
  const day = the.draw(2) === 0 && of !== null ? of.day : drawDay(the);
  return {
    transferId: named(the.era, `transfer ${id}`, the.number),
    book: of === null || the.draw(15) === 0 ? drawBook(the) : of.book,
    day,
    bookedOn: the.draw(4) === 0 ? addDays(day, 1 + the.draw(200)) : null,
    lines: [],
    reverses: of?.transferId ?? named(the.era, `nothing ${id}`),
    request: id,
    soft: the.draw(5) === 0,
  };
}

/** The same again, or another request under the same key. */
function drawRepeat(the: Drawing): ModelTransfer {
  if (the.sent.length === 0) return sent(the, drawTransfer(the, "real"));
  return repeated(the, pick(the, the.sent.slice(-200)));
}

function repeated(the: Drawing, before: ModelTransfer): ModelTransfer {
  return the.draw(2) === 0 ? before : { ...before, request: `${before.request} otherwise` };
}

/** Not on the shared account with a floor: what a batch answers there would hang on the others' steps. */
function drawBatch(the: Drawing): Operation {
  const limited = limitedAccount(the.era);
  const transfers = Array.from({ length: 1 + the.draw(5) }, (_, index) => {
    const transfer = drawTransfer(the, drawBook(the), `${the.client} ${the.number} ${index}`);
    const instead = must(the.own[5], "a client has an account without a floor").accountId;
    const lines = transfer.lines.map((one) => (one.account === limited ? { ...one, account: instead } : one));
    // In a batch the first fault refuses all: only one in three is left to be spoiled.
    return {
      ...transfer,
      lines: the.draw(3) === 0 ? lines : lines.filter(({ pence }) => pence !== 0n),
      bookedOn: null,
    };
  });
  const again = the.draw(6) === 0 ? the.sent.slice(-200).filter(fitsBatch(limited)).slice(-20) : [];
  const all = again.length === 0 ? transfers : [...transfers, repeated(the, pick(the, again))];
  the.sent.push(...transfers);
  return { kind: "batch", transfers: all, soft: the.draw(5) === 0 };
}

const fitsBatch = (limited: string) => (one: ModelTransfer) =>
  one.reverses === null && one.bookedOn === null && one.lines.every(({ account }) => account !== limited);

function drawReservation(the: Drawing): Operation {
  const repeat = the.reservations.length > 0 && the.draw(8) === 0;
  const strange = the.draw(15) === 0;
  const made: ModelReservation = {
    reservationId: named(the.era, `reservation ${the.client} ${the.number}`, the.number),
    account: strange ? named(the.era, "no account") : pick(the, the.own).accountId,
    record: named(the.era, `record ${the.client} ${Math.floor(the.number / 40)}`),
    pence: BigInt(1 + the.draw(800)),
  };
  const reservation = repeat ? pick(the, the.reservations.slice(-50)) : made;
  if (!repeat) the.reservations.push(reservation);
  return { kind: "reserve", reservation, day: drawDay(the) };
}

/** What the one who keeps the periods does between two rounds: closes a month, softly or for good, or opens one again. */
export function drawKeeper(era: Era): () => readonly Operation[] {
  const next = splitMix64(BigInt.asUintN(64, BigInt(`0x${named(era, "keeper").replaceAll("-", "")}`)));
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  const month = (number: number) => {
    const starts = mustDay(`${number < 9 ? 2012 : 2013}-${String(((number + 3) % 12) + 1).padStart(2, "0")}-01`);
    return { from: starts, to: addDays(mustDay(`${addDays(starts, 31).slice(0, 7)}-01`), -1) };
  };
  return () => {
    const book: Book = draw(3) === 0 ? "shadow" : "real";
    const { from, to } = month(draw(MONTHS_TO_CLOSE));
    const what = draw(6);
    if (what === 0) return [{ kind: "reopen", book, from }];
    if (what === 1) return [{ kind: "close", period: { book, from, to: addDays(to, 10), state: "soft" } }];
    if (what === 2) return [{ kind: "close", period: { book, from: month(0).from, to: month(0).to, state: "hard" } }];
    return [{ kind: "close", period: { book, from, to, state: what === 3 ? "hard" : "soft" } }];
  };
}
