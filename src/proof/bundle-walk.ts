/** One transfer of a bundle after another, each with its entries and its record: all that can be verified of it by itself. */
import { createHash } from "node:crypto";
import type { Accounts } from "./bundle-accounts.ts";
import { failFile, failRow, type Placed, type RowReader } from "./bundle-fault.ts";
import type { RowOf } from "./bundle-format.ts";
import { transferHash } from "./bundle-hashes.ts";
import type { Held } from "./bundle-held.ts";
import { compareMoments } from "./domain/chain-texts.ts";

export type RecordRow = {
  readonly id: string;
  readonly transfer: string;
  readonly amount: string;
  readonly on: string;
};
type Records = ReadonlyMap<string, RowReader<RecordRow>>;

type Reversal = { readonly at: Placed<RowOf<"transfers.jsonl">>; readonly digest: string };

export type Walk = {
  readonly placeId: number;
  readonly accounts: Accounts;
  readonly held: Held;
  /** Every pot there is. */
  readonly pots: ReadonlySet<string>;
  readonly transfers: RowReader<RowOf<"transfers.jsonl">>;
  readonly entries: RowReader<RowOf<"entries.jsonl">>;
  readonly records: Records;
  readonly reversals: Map<string, Reversal>;
  readonly counted: { transfers: number; entries: number; records: number };
  last: RowOf<"transfers.jsonl"> | null;
};

export type Taken = {
  readonly sealed: boolean;
  readonly old: boolean;
  /** Whether rows were held when it was written: a block says it of its own, and its hash holds what it says. */
  readonly held: boolean;
};

/** Takes the next transfer with its entries and its record, and verifies all that it says by itself. */
export async function takeTransfer(walk: Walk, taken: Taken): Promise<Placed<RowOf<"transfers.jsonl">>> {
  const at = (await walk.transfers.take()) ?? failFile("a transfer was expected");
  const { row } = at;
  if (walk.last !== null && compareRows(walk.last, row) >= 0) failRow(at, "it is not in the order of its transaction");
  walk.last = row;
  const lines = await takeLines(walk, at);
  let total = 0n;
  for (const line of lines) {
    total += BigInt(line.row.amount);
    walk.accounts.enter(line, { transfer: row, ...taken });
  }
  if (total !== 0n) failRow(at, `its lines sum to ${total} pence, not to nought`);
  verifyStreams(walk, at, lines);
  if (
    transferHash(
      { ...row, placeId: walk.placeId },
      lines.map(({ row: line }) => line),
    ).toString("hex") !== row.hash
  )
    failRow(at, "it or its lines were changed after posting: its hash is another");
  if ((row.kind === "reversal") !== (row.reverses !== null)) failRow(at, "a reversal, and nothing else, reverses");
  if (row.reverses !== null) {
    if (walk.reversals.has(row.reverses)) failRow(at, `transfer ${row.reverses} is reversed twice`);
    walk.reversals.set(row.reverses, { at, digest: linesDigest(lines, -1n) });
  }
  if (taken.held && row.book === "real" && lines.some((line) => isPotMoney(walk, line.row.account)))
    walk.held.authorised(at);
  await takeRecord(walk, at, lines);
  walk.counted.transfers += 1;
  return at;
}

const POT_MONEY: ReadonlySet<string> = new Set(["pot", "allocation", "commitment", "paid", "resolve", "clearing"]);

/** What accruals touch is none: they move cost between periods, and one person is enough. */
function isPotMoney(walk: Walk, id: string): boolean {
  const account = walk.accounts.find(id)?.at.row;
  return account !== undefined && account.pot !== null && POT_MONEY.has(account.kind) && walk.pots.has(account.pot);
}

/** Each pound keeps its stream, but where a clearing account lends between two. */
function verifyStreams(walk: Walk, at: Placed<RowOf<"transfers.jsonl">>, lines: Lines): void {
  const sums = new Map<string | null, bigint>();
  for (const { row } of lines) {
    const account = walk.accounts.find(row.account)?.at.row;
    if (account?.kind === "clearing") return;
    const stream = account?.stream ?? null;
    sums.set(stream, (sums.get(stream) ?? 0n) + BigInt(row.amount));
  }
  for (const [stream, pence] of sums)
    if (pence !== 0n) failRow(at, `its lines of stream ${stream ?? "none"} sum to ${pence} pence, not to nought`);
}

type Lines = readonly Placed<RowOf<"entries.jsonl">>[];

async function takeLines(walk: Walk, at: Placed<RowOf<"transfers.jsonl">>): Promise<Lines> {
  const lines: Placed<RowOf<"entries.jsonl">>[] = [];
  for (let next = await walk.entries.peek(); next?.row.transfer === at.row.id; next = await walk.entries.peek()) {
    await walk.entries.take();
    lines.push(next);
    if (next.row.line !== lines.length) failRow(next, `line ${lines.length} of its transfer was expected`);
    if (next.row.amount === "0") failRow(next, "it moves nothing");
    if (next.row.on !== at.row.on) failRow(next, `its day is ${next.row.on}, the transfer's ${at.row.on}`);
  }
  if (lines.length < 2) failRow(at, `it has ${lines.length} lines, at least two were expected`);
  walk.counted.entries += lines.length;
  return lines;
}

/** Contributions, allocations, commitments and payments are the amount of their own transfer, on its day. */
async function takeRecord(walk: Walk, at: Placed<RowOf<"transfers.jsonl">>, lines: Lines): Promise<void> {
  const { id, kind, record, on } = at.row;
  const reader = walk.records.get(kind);
  if (reader === undefined) return;
  const found = await reader.take();
  if (found === null || found.row.transfer !== id || found.row.id !== record)
    return found === null
      ? failRow(at, `its ${kind} is missing`)
      : failRow(found, `the ${kind} of transfer ${id} was expected`);
  const moved = lines.reduce((sum, { row }) => (row.amount.startsWith("-") ? sum : sum + BigInt(row.amount)), 0n);
  if (BigInt(found.row.amount) !== moved || found.row.on !== on)
    failRow(found, `it says ${found.row.amount} on ${found.row.on}, its transfer ${moved} on ${on}`);
  walk.counted.records += 1;
}

/** By transaction, then by id: the order in which blocks hold transfers. */
function compareRows(a: RowOf<"transfers.jsonl">, b: RowOf<"transfers.jsonl">): number {
  return compareMoments(a, b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** What a transfer does to each account, or undoes: the same for a transfer and what cancels it. */
export function linesDigest(lines: Lines, sign: bigint): string {
  const hash = createHash("sha256");
  const sums = new Map<string, bigint>();
  for (const { row } of lines) sums.set(row.account, (sums.get(row.account) ?? 0n) + sign * BigInt(row.amount));
  for (const account of [...sums.keys()].sort()) hash.update(`${account}=${sums.get(account)};`);
  return hash.digest("base64");
}
