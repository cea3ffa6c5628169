/** The chain of a bundle: each block is the hash of its audit entries, its transfers, its trial balance and the block before. */
import { failFile, failRow, type Placed, type RowReader } from "./bundle-fault.ts";
import type { Manifest, RowOf } from "./bundle-format.ts";
import {
  auditDigest,
  BEFORE_THE_FIRST,
  blockHash,
  datedHash,
  type Gathering,
  gather,
  transferSeal,
} from "./bundle-hashes.ts";
import { takeTransfer, type Walk } from "./bundle-walk.ts";
import { compareMoments, periodsText, type TransactionKey } from "./domain/chain-texts.ts";

/** A head as it was written down elsewhere. */
export type Head = { readonly number: bigint; readonly hash: string };

export type Chained = {
  readonly blocks: number;
  readonly audit: number;
  /** Transfers and audit entries that no block has sealed yet. */
  readonly waiting: number;
  readonly head: { readonly number: string; readonly hash: string } | null;
};

type Block = Placed<RowOf<"blocks.jsonl">>;
type Audit = Placed<RowOf<"audit.jsonl">>;
type Period = Placed<RowOf<"periods.jsonl">>;

type ToVerify = {
  readonly blocks: RowReader<RowOf<"blocks.jsonl">>;
  readonly audit: RowReader<RowOf<"audit.jsonl">>;
  readonly periods: readonly Period[];
  readonly head: Head | null;
  readonly stated: Manifest["head"];
};

type Chain = {
  readonly walk: Walk;
  readonly audit: RowReader<RowOf<"audit.jsonl">>;
  readonly periods: ReadonlyMap<string, readonly Period[]>;
  /** Transfers from before blocks held any: the audit trail's own rows hold their hashes. */
  readonly old: Map<string, Placed<RowOf<"transfers.jsonl">>>;
  readonly counted: { audit: number; waiting: number };
  number: bigint;
  previous: Uint8Array;
  ended: TransactionKey | null;
};

const FIRST: TransactionKey = { life: 1, tx: "1" };

export async function verifyChain(walk: Walk, the: ToVerify): Promise<Chained> {
  const chain: Chain = {
    walk,
    audit: the.audit,
    periods: byBlock(the.periods),
    old: new Map(),
    counted: { audit: 0, waiting: 0 },
    number: 0n,
    previous: BEFORE_THE_FIRST,
    ended: null,
  };
  await takeOld(chain);
  let newest: Block | null = null;
  let met = the.head === null;
  for (let at = await the.blocks.take(); at !== null; at = await the.blocks.take()) {
    await takeBlock(chain, at);
    newest = at;
    if (the.head?.number !== BigInt(at.row.number)) continue;
    if (the.head.hash !== at.row.hash)
      failRow(at, `the head written down is ${the.head.hash}, its hash is ${at.row.hash}`);
    met = true;
  }
  if (!met)
    failFile(
      `the head written down is block ${the.head?.number}, the chain ends at block ${chain.number}`,
      "blocks.jsonl",
    );
  if (
    (newest?.row.hash ?? null) !== (the.stated?.hash ?? null) ||
    (newest?.row.number ?? null) !== (the.stated?.number ?? null)
  )
    failFile(
      `its head is block ${the.stated?.number ?? "none"}, the chain ends at block ${chain.number}`,
      "manifest.json",
    );
  await takeWaiting(chain);
  for (const period of the.periods) verifySealed(chain, period);
  const head = newest === null ? null : { number: newest.row.number, hash: newest.row.hash };
  return { blocks: Number(chain.number), head, ...chain.counted };
}

function byBlock(periods: readonly Period[]): ReadonlyMap<string, readonly Period[]> {
  const found = new Map<string, readonly Period[]>();
  for (const period of periods)
    if (period.row.sealedIn !== null)
      found.set(period.row.sealedIn, [...(found.get(period.row.sealedIn) ?? []), period]);
  return found;
}

/** What was posted before blocks held transfers counts as transaction nought. */
async function takeOld(chain: Chain): Promise<void> {
  for (let next = await chain.walk.transfers.peek(); next !== null; next = await chain.walk.transfers.peek()) {
    if (compareMoments(next.row, FIRST) >= 0) return;
    chain.old.set(next.row.id, await takeTransfer(chain.walk, { sealed: true, old: true, held: false }));
  }
}

async function takeBlock(chain: Chain, at: Block): Promise<void> {
  const { row } = at;
  if (BigInt(row.number) !== chain.number + 1n) failRow(at, `block ${chain.number + 1n} is missing`);
  if (row.previous !== hex(chain.previous)) failRow(at, "it does not follow from the block before");
  const { rows, held } = row.form === 1 ? await takeNumbered(chain, at) : await takeRange(chain, at);
  const sealed = (chain.periods.get(row.number) ?? []).map((period) => period.row);
  if (!row.dated && sealed.length > 0) failRow(at, "it seals a period, though it is from before blocks did");
  const made = row.dated
    ? datedHash(rows, { sealedAt: row.sealedAt, words: datedWords(row, { periods: periodsText(sealed), held }) })
    : rows;
  if (hex(made) !== row.hash)
    failRow(at, "it is not the hash of what it holds: one of its rows, or itself, was changed after sealing");
  chain.number += 1n;
  chain.previous = made;
}

/** dated_words: what a block says of itself; what is missing is left out, its separator too. */
function datedWords(row: Block["row"], the: { readonly periods: string; readonly held: Uint8Array }): string {
  const said = [row.form, row.fromLife, row.from, row.belowLife, row.below, row.entries, row.transfers];
  const held = row.held === null ? "" : `#${row.held}|${hex(the.held)}`;
  return `${said.filter((one) => one !== null).join("|")}|${the.periods}${held}`;
}

/** A block of form 1: audit entries numbered one by one. */
async function takeNumbered(chain: Chain, at: Block): Promise<Rows> {
  if (at.row.held !== null) failRow(at, "it holds rows, though it is from before blocks did");
  if (at.row.form !== 1 || chain.ended !== null) failRow(at, "a block of entries stands after one of transactions");
  const rows = gather(chain.previous);
  for (let position = 1; position <= at.row.entries; position += 1) {
    const next = await chain.audit.take();
    if (next === null || next.row.block !== at.row.number || next.row.position !== position)
      return failRow(next ?? at, `entry ${position} of block ${at.row.number} was expected`);
    takeAudit(chain, next, rows);
  }
  return { rows: rows.end(), held: NO_HELD };
}

/** A block of form 2: all transactions from one up to another. */
async function takeRange(chain: Chain, at: Block): Promise<Rows> {
  const { fromLife, from, belowLife, below } = at.row;
  if (at.row.form !== 2 || fromLife === null || from === null || belowLife === null || below === null)
    return failRow(at, "it has no form that is known, or not its ends");
  const [start, end] = [
    { life: fromLife, tx: from },
    { life: belowLife, tx: below },
  ];
  if (compareMoments(start, chain.ended ?? FIRST) !== 0)
    failRow(at, `it starts at transaction ${from}, the one before ended at ${chain.ended?.tx ?? "none"}`);
  if (compareMoments(start, end) >= 0) failRow(at, "it ends before it starts");
  const audit = gather();
  const transfers = gather();
  let entries = 0;
  for (let next = await chain.audit.peek(); next !== null && isBelow(next.row, end); next = await chain.audit.peek()) {
    await chain.audit.take();
    if (next.row.block !== null || next.row.position !== null || compareMoments(next.row, start) < 0)
      failRow(next, "it is in no block, or out of order");
    takeAudit(chain, next, audit);
    entries += 1;
  }
  const { walk } = chain;
  const held = gather();
  const rows = await walk.held.takeBelow({ start, end }, held);
  if (rows !== (at.row.held ?? 0)) failRow(at, `${at.row.held ?? 0} held rows were sealed, ${rows} are there`);
  let moved = 0;
  for (
    let next = await walk.transfers.peek();
    next !== null && isBelow(next.row, end);
    next = await walk.transfers.peek()
  ) {
    if (compareMoments(next.row, start) < 0) failRow(next, "its transaction is in no block");
    const taken = await takeTransfer(walk, { sealed: true, old: false, held: at.row.held !== null });
    transfers.add(transferSeal(taken.row));
    moved += 1;
  }
  if (entries !== at.row.entries || moved !== at.row.transfers)
    failRow(
      at,
      `${at.row.entries} entries and ${at.row.transfers} transfers were sealed, ${entries} and ${moved} are there`,
    );
  const balance = walk.accounts.trialBalance();
  if (at.row.balance !== balance) failRow(at, `its trial balance is not what its transfers lead to: ${balance}`);
  chain.ended = end;
  const { previous } = chain;
  const sealed = { previous, audit: audit.end(), transfers: transfers.end(), balance: at.row.balance };
  return { rows: blockHash(sealed), held: held.end() };
}

/** What a block's rows come to, and its held rows. */
type Rows = { readonly rows: Uint8Array; readonly held: Uint8Array };
const NO_HELD = gather().end();

function isBelow(row: TransactionKey & { readonly block?: string | null }, end: TransactionKey): boolean {
  return compareMoments(row, end) < 0;
}

function takeAudit(chain: Chain, at: Audit, into: Gathering | null): void {
  const { row } = at;
  chain.counted.audit += 1;
  if ("digest" in row) {
    into?.add(Buffer.from(row.digest, "hex"));
    return;
  }
  into?.add(auditDigest({ ...row, placeId: chain.walk.placeId }));
  chain.walk.held.hear(row);
  if (!OLD_ACTIONS.has(row.action)) return;
  const old = chain.old.get(row.record) ?? failRow(at, `transfer ${row.record} was posted and is gone`);
  if (row.action === `ledger.${old.row.kind}` && row.hash !== old.row.hash)
    failRow(old, "it has another hash than the audit trail");
  chain.old.delete(row.record);
}

/** The audit trail's own rows of transfers, from before a transfer was a row of it itself. */
const OLD_ACTIONS: ReadonlySet<string> = new Set(
  ["contribution", "allocation", "commitment", "payment", "transfer", "reversal"].map((kind) => `ledger.${kind}`),
);

/** What no block has sealed yet. */
async function takeWaiting(chain: Chain): Promise<void> {
  const { walk, counted } = chain;
  const from = chain.ended ?? FIRST;
  let last: Audit | null = null;
  for (let next = await chain.audit.take(); next !== null; next = await chain.audit.take()) {
    if (next.row.block !== null || next.row.position !== null || compareMoments(next.row, from) < 0)
      failRow(next, "it is in no block, or in one that is missing");
    if (last !== null && (compareMoments(last.row, next.row) || (last.row.id < next.row.id ? -1 : 1)) >= 0)
      failRow(next, "it is not in the order of its transaction");
    takeAudit(chain, next, null);
    counted.waiting += 1;
    last = next;
  }
  counted.waiting += await walk.held.takeBelow({ start: from, end: null }, null);
  for (let next = await walk.transfers.peek(); next !== null; next = await walk.transfers.peek()) {
    if (compareMoments(next.row, from) < 0) failRow(next, "its transaction is in no block");
    await takeTransfer(walk, { sealed: false, old: false, held: true });
    counted.waiting += 1;
  }
  const [unheld] = chain.old.values();
  if (unheld !== undefined) failRow(unheld, "it is not in the audit trail");
}

function verifySealed(chain: Chain, at: Period): void {
  const { sealedIn, state } = at.row;
  if (sealedIn === null) return;
  if (state !== "hard" || BigInt(sealedIn) > chain.number) failRow(at, `no block ${sealedIn} has sealed it as it is`);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** NUMBER:HASH, or null. */
export function readHead(text: string): Head | null {
  const match = /^([1-9]\d{0,17}):([0-9a-f]{64})$/.exec(text);
  return match === null ? null : { number: BigInt(match[1] ?? ""), hash: match[2] ?? "" };
}
