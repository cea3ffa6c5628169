/**
 * What an audit bundle holds: the parts in their order, the shape of each row, and the manifest. A bundle is a zip of JSON
 * Lines; moments are text to the microsecond in UTC, money and large numbers decimal text, hashes hex.
 */
import { z } from "zod";

export const BUNDLE_FORMAT = "onepot-audit-bundle";
/** Version 2 has the held rows as well; a bundle of version 1 is verified by what it has. */
export const BUNDLE_VERSION = 2;
export const MANIFEST = "manifest.json";
export const ABOUT = "README.txt";

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const day = z.string().regex(/^\d{4,6}-\d{2}-\d{2}$/);
const whole = z.string().regex(/^-?\d{1,40}$/);
/** Without leading noughts, so that the longer is the larger. */
const count = z.string().regex(/^(?:0|[1-9]\d{0,19})$/);
const hash = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const moment = z.string().regex(/^\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}$/);
const text = z.string();
const life = z.number().int();

const account = z.strictObject({
  id,
  book: text,
  kind: text,
  record: id,
  stream: id.nullable(),
  pot: id.nullable(),
  floor: whole.nullable(),
  posted: whole,
  reserved: whole,
  version: count,
  lastOn: day.nullable(),
  closedOn: day.nullable(),
});

const stream = z.strictObject({
  id,
  name: text,
  payer: id,
  payerName: text.nullable(),
  amount: whole,
  startsOn: day,
  endsOn: day,
  power: text,
  capital: z.boolean(),
  ringFenced: z.boolean(),
  clawback: text,
  source: text,
  conditions: z.array(z.strictObject({ kind: text, words: text })),
});

const pot = z.strictObject({
  id,
  name: text,
  purpose: text,
  mode: text,
  book: text,
  host: id,
  hostName: text.nullable(),
  area: id.nullable(),
  openedOn: day,
});

/** What contributions, allocations, commitments and payments have in common: what is checked of them. */
const moved = { id, transfer: id, amount: whole, on: day };

const contribution = z.strictObject({ ...moved, stream: id, pot: id, reference: text });
const allocation = z.strictObject({ ...moved, pot: id, name: text, purpose: text, decidedBy: text, power: text });
const commitment = z.strictObject({
  ...moved,
  kind: text,
  allocation: id,
  pot: id,
  service: id,
  supplier: id,
  supplierName: text.nullable(),
  reference: text,
  words: text,
  endsOn: day.nullable(),
});
const payment = z.strictObject({
  ...moved,
  commitment: id,
  pot: id,
  service: id,
  supplier: id,
  supplierName: text.nullable(),
  vatRecovered: whole,
  reference: text,
  spendFile: id.nullable(),
  spendRow: z.number().int().nullable(),
});

const reservation = z.strictObject({
  id,
  account: id,
  record: id,
  amount: whole,
  on: day,
  endsOn: day.nullable(),
  by: text,
  ended: text.nullable(),
  endedOn: day.nullable(),
});

const transfer = z.strictObject({
  id,
  life,
  tx: count,
  postedAt: moment,
  book: text,
  kind: text,
  on: day,
  bookedOn: day.nullable(),
  record: id,
  words: text,
  by: text,
  reverses: id.nullable(),
  requestHash: hash,
  hash,
});

const entry = z.strictObject({
  transfer: id,
  line: z.number().int(),
  account: id,
  amount: whole,
  version: count.nullable(),
  balance: whole.nullable(),
  on: day,
});

const placed = { id, life, tx: count, block: count.nullable(), position: z.number().int().nullable() };
const audit = z.union([
  z.strictObject({ ...placed, at: moment, actor: text, action: text, record: text, hash }),
  // What is not about money, families among it, is in the bundle as its digest alone.
  z.strictObject({ ...placed, digest: hash }),
]);

const block = z.strictObject({
  number: count,
  sealedAt: moment,
  form: z.number().int(),
  dated: z.boolean(),
  fromLife: life.nullable(),
  from: count.nullable(),
  belowLife: life.nullable(),
  below: count.nullable(),
  entries: z.number().int(),
  transfers: z.number().int(),
  balance: text,
  /** Nothing for a block from before rows were held. */
  held: z.number().int().nullable().default(null),
  previous: hash,
  hash,
});

const period = z.strictObject({
  book: text,
  startsOn: day,
  endsOn: day,
  state: text,
  balanceHash: hash.nullable(),
  entries: count.nullable(),
  block: count.nullable(),
  closedBy: text.nullable(),
  closedAt: moment.nullable(),
  sealedIn: count.nullable(),
});

const columns = z.record(z.string(), text.nullable());
/** A row that the chain holds, each of its columns as text; one that is not in the chain has no place in it. */
const held = z.union([
  z.strictObject({
    life,
    tx: count,
    subject: text,
    key: text,
    hash,
    /** Nothing where the row itself is gone. */
    columns: columns.nullable(),
  }),
  z.strictObject({ subject: text, key: text, columns: columns.nullable() }),
]);

/** Which rows each part of held rows is of (db/migrations/0017). */
export const HELD_PARTS = {
  "openings.jsonl": ["since", "account"],
  "approvals.jsonl": ["approval", "approval_end"],
  "signatures.jsonl": ["signature"],
  "limits.jsonl": ["limit", "limit_end"],
  "rules.jsonl": [
    ...["stream", "condition", "pot", "step", "bank"],
    ...["clawback_rule", "draw_order", "year_rule", "code", "code_end"],
  ],
  "records.jsonl": [
    ...[
      "virement",
      "handover",
      "release",
      "credit_note",
      "precommitment",
      "stage",
      "resolve_item",
      "clearing",
      "accrual",
    ],
    ...[
      "payment_line",
      "credit_line",
      "year_end",
      "year_balance",
      "carried",
      "period_explanation",
      "variance_explanation",
    ],
    ...["partner_statement", "request", "request_line", "request_event", "outgoing_file", "listing"],
    ...["match", "match_line", "match_record", "match_undone", "statement_signature"],
  ],
} as const;
export type HeldPart = keyof typeof HELD_PARTS;
export const HELD_PART_NAMES = Object.keys(HELD_PARTS) as readonly HeldPart[];

/** The parts in the order in which they stand in the file. A new part is added here and in store/bundle.ts. */
export const PARTS = {
  "accounts.jsonl": account,
  "streams.jsonl": stream,
  "pots.jsonl": pot,
  "contributions.jsonl": contribution,
  "allocations.jsonl": allocation,
  "commitments.jsonl": commitment,
  "payments.jsonl": payment,
  "reservations.jsonl": reservation,
  "transfers.jsonl": transfer,
  "entries.jsonl": entry,
  "audit.jsonl": audit,
  "blocks.jsonl": block,
  "periods.jsonl": period,
  "openings.jsonl": held,
  "approvals.jsonl": held,
  "signatures.jsonl": held,
  "limits.jsonl": held,
  "rules.jsonl": held,
  "records.jsonl": held,
} as const;

export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[];
/** The parts of a bundle of each version that this program reads. */
export const PARTS_OF: Readonly<Record<Manifest["version"], readonly PartName[]>> = {
  1: PART_NAMES.filter((name) => !(name in HELD_PARTS)),
  2: PART_NAMES,
};
export type RowOf<Name extends PartName> = z.output<(typeof PARTS)[Name]>;

export const manifestShape = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal([1, BUNDLE_VERSION]),
  place: z.strictObject({ number: z.number().int(), address: text, name: text }),
  madeAt: text,
  /** The newest block's number and hash: what to compare with a head that was written down elsewhere. */
  head: z.strictObject({ number: count, hash, sealedAt: moment }).nullable(),
  parts: z.array(z.strictObject({ name: text, rows: z.number().int(), bytes: z.number().int(), sha256: hash })),
});
export type Manifest = z.output<typeof manifestShape>;

/** What is in the bundle and what is not, for whoever opens the file. */
export function aboutBundle(the: { readonly place: string; readonly madeAt: string }): string {
  return `An audit bundle of the ledger of ${the.place}, made at ${the.madeAt}.

Verify it on any machine that has Onepot, without a database and without a network:
  bin/onepot ledger verify --bundle FILE
With a head that you wrote down earlier, which finds newest blocks that were taken away:
  bin/onepot ledger verify --bundle FILE --head NUMBER:HASH

What is in it: every account, transfer and entry of both books; streams with their conditions, pots, contributions, allocations,
commitments, payments and amounts set aside; the audit trail; its sealed blocks; closed periods. Each approval with what was
shown, who prepared it and how it ended, each signature with the limit it counted under, and the limits. Rules (draw order,
clawback, year end, codes), and the records beside the transfers: virements, releases, credit notes, accruals, lines of payments
and of credit notes with their VAT, requests, matches and the signatures on reconciliation statements. The words that people typed about money are in
it, because the hashes are made of them.

What is not in it: documents, questions, tasks, sign-ins and the names of people (they are ids); the lines of listings and bank
statements, and the bytes of files that went out (their hashes are in it). Rows of the audit trail that are not about money,
families among them, are in it as their hashes alone.

What verifying proves: the file is whole; each transfer is what was hashed when it was posted; lines sum to nought; balances,
numbers and floors follow from the entries; reversals cancel; each block is the hash of its rows, of its trial balance and of the
block before; each approval, signature, limit, rule and record, and each account as it was opened, is what was written; what was
authorised is what was shown, by someone else than who prepared it; and each transfer of a pot's real money was carried out with
such an approval. What it does not: the words of contributions, allocations, commitments and payments are compared with their
transfers by amount and day only; what a place wrote before it held such rows is as it was when they began; and rows that no block has sealed yet could still have been changed by the database's owner.

manifest.json names each part with its rows, its bytes and its SHA-256.
`;
}
