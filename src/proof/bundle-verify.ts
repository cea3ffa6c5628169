/**
 * Verifies an audit bundle from its rows alone: a second implementation of the rules of db/migrations and db/checks, without a
 * database. One pass over transfers with their entries, the audit trail and the blocks side by side, and one more over what was
 * reversed, where anything was. What it keeps grows with accounts, periods and reversals, not with transfers.
 */
import { type Accounts, openAccounts } from "./bundle-accounts.ts";
import { type Chained, type Head, verifyChain } from "./bundle-chain.ts";
import { failRow, type Placed, type RowReader } from "./bundle-fault.ts";
import { HELD_PART_NAMES, type Manifest, type PartName, type RowOf } from "./bundle-format.ts";
import { openHeld } from "./bundle-held.ts";
import { linesDigest, type RecordRow, type Walk } from "./bundle-walk.ts";

export type Bundle = {
  readonly manifest: Manifest;
  /** Opens a part from its first row. Read to its end, its rows, bytes and hash are compared with the manifest. */
  readonly open: <Name extends PartName>(name: Name) => RowReader<RowOf<Name>>;
};

export type BundleProved = Chained & {
  readonly accounts: number;
  readonly transfers: number;
  readonly entries: number;
  readonly reversals: number;
  readonly periods: number;
  readonly records: number;
  /** Held rows of all kinds, and of them approvals and signatures. */
  readonly held: number;
  readonly approvals: number;
  readonly signatures: number;
};

const RECORDS = {
  contribution: "contributions.jsonl",
  allocation: "allocations.jsonl",
  commitment: "commitments.jsonl",
  payment: "payments.jsonl",
} as const;
export async function verifyBundle(bundle: Bundle, head: Head | null): Promise<BundleProved> {
  const periods = await all(bundle.open("periods.jsonl"));
  const pots = await all(bundle.open("pots.jsonl"));
  const accounts = await readAccounts(bundle, { accounts: openAccounts(periods.map(({ row }) => row)), pots });
  const { place, version } = bundle.manifest;
  const held = openHeld({
    placeId: place.number,
    accounts,
    readers: version === 1 ? null : HELD_PART_NAMES.map((part) => bundle.open(part)),
  });
  const walk: Walk = {
    placeId: place.number,
    accounts,
    held,
    pots: new Set(pots.map(({ row }) => row.id)),
    transfers: bundle.open("transfers.jsonl"),
    entries: bundle.open("entries.jsonl"),
    records: new Map(Object.entries(RECORDS).map(([kind, part]) => [kind, bundle.open(part) as RowReader<RecordRow>])),
    reversals: new Map(),
    counted: { transfers: 0, entries: 0, records: 0 },
    last: null,
  };
  const chained = await verifyChain(walk, {
    blocks: bundle.open("blocks.jsonl"),
    audit: bundle.open("audit.jsonl"),
    periods,
    head,
    stated: bundle.manifest.head,
  });
  await finish(walk);
  await verifyReversals(bundle, walk);
  accounts.finish();
  for (const period of periods) verifyPeriod(period, accounts);
  const { counted, reversals } = walk;
  const heldRows = held.finish();
  return {
    ...chained,
    ...counted,
    ...heldRows,
    accounts: accounts.size(),
    reversals: reversals.size,
    periods: periods.length,
  };
}

async function all<T>(reader: RowReader<T>): Promise<readonly Placed<T>[]> {
  const rows: Placed<T>[] = [];
  for (let at = await reader.take(); at !== null; at = await reader.take()) rows.push(at);
  return rows;
}

type ToRead = { readonly accounts: Accounts; readonly pots: readonly Placed<RowOf<"pots.jsonl">>[] };

async function readAccounts(bundle: Bundle, { accounts, pots }: ToRead): Promise<Accounts> {
  const given = new Map<string, string>();
  for (const { row } of await all(bundle.open("streams.jsonl"))) given.set(row.id, row.amount);
  const books = new Map<string, string>();
  for (const { row } of pots) books.set(row.id, row.book);
  const reader = bundle.open("accounts.jsonl");
  for (let at = await reader.take(); at !== null; at = await reader.take()) {
    const { kind, floor, record, pot, book } = at.row;
    if (["pot", "allocation", "commitment"].includes(kind) && floor !== "0") failRow(at, "its floor must be nought");
    if (kind === "stream" && floor !== `-${given.get(record)}`) failRow(at, "its floor is not its stream's amount");
    if (pot !== null && books.has(pot) && books.get(pot) !== book) failRow(at, "it is in another book than its pot");
    accounts.add(at);
  }
  const reservations = bundle.open("reservations.jsonl");
  for (let at = await reservations.take(); at !== null; at = await reservations.take()) accounts.reserve(at);
  return accounts;
}

/** Nothing may be left over once the transfers are through. */
async function finish(walk: Walk): Promise<void> {
  const entry = await walk.entries.peek();
  if (entry !== null) failRow(entry, "its transfer is not in the bundle, or stands elsewhere");
  for (const [kind, reader] of walk.records) {
    const record = await reader.peek();
    if (record !== null) failRow(record, `the ${kind} has no transfer`);
  }
}

/** A second pass, over what reversals name: it may stand anywhere before them. */
async function verifyReversals(bundle: Bundle, { reversals }: Walk): Promise<void> {
  if (reversals.size === 0) return;
  const missing = new Map(reversals);
  const [transfers, entries] = [bundle.open("transfers.jsonl"), bundle.open("entries.jsonl")];
  for (let at = await transfers.take(); at !== null && missing.size > 0; at = await transfers.take()) {
    const lines: Placed<RowOf<"entries.jsonl">>[] = [];
    for (let next = await entries.peek(); next?.row.transfer === at.row.id; next = await entries.peek()) {
      await entries.take();
      lines.push(next);
    }
    const reversal = missing.get(at.row.id);
    if (reversal === undefined) continue;
    missing.delete(at.row.id);
    if (at.row.kind === "reversal") failRow(reversal.at, "it reverses a reversal");
    if (at.row.book !== reversal.at.row.book) failRow(reversal.at, "it reverses a transfer of the other book");
    if (linesDigest(lines, 1n) !== reversal.digest) failRow(reversal.at, `it does not cancel transfer ${at.row.id}`);
  }
  const [first] = missing.values();
  if (first !== undefined) failRow(first.at, `transfer ${first.at.row.reverses} is not in the bundle`);
}

function verifyPeriod(at: Placed<RowOf<"periods.jsonl">>, accounts: Accounts): void {
  const { row } = at;
  if (row.state !== "hard") return;
  const { hash, entries } = accounts.closed(row);
  if (row.entries !== String(entries)) failRow(at, `${row.entries} entries when it was closed, ${entries} now`);
  if (row.balanceHash !== hash) failRow(at, "the balances it was closed with are others");
}
