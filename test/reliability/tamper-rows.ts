/**
 * What an owner of the database can do to one row that the proof must find: every column of the tables of the ledger's proof, read
 * from the catalogue, changed; a row deleted, added, or put in another's place. Each is put right again from a copy.
 */
import pg from "pg";
import { verifyLedger } from "../../src/ledger/index.ts";
import { PLACE } from "../../src/ledger/ledger.fixture.ts";
import { must } from "../../src/lib/assert.ts";
import { newId } from "../../src/platform/ids.ts";
import { perform } from "../../src/platform/use-case/index.ts";
import { readHead, showHeads, verifyBundleFile, wordsOfFault } from "../../src/proof/index.ts";
import type { ProofTown } from "../setup/proof-town.ts";

export const TABLES = [
  "transfer",
  "entry",
  "audit_entry",
  "audit_block",
  "ledger_account",
  "ledger_period",
  "ledger_sum",
  "approval",
  "approval_signature",
  "authority",
  "held_row",
  "credit_note_line",
] as const;
type Table = (typeof TABLES)[number];

/** Columns that may change without the proof finding it, and why that is so. */
export const NOT_PROVED: Readonly<Record<string, string>> = {
  "transfer.request_hash":
    "decides only whether a repeated key is answered as before or refused; no money follows from it",
  "ledger_account.closed_on": "only refuses what comes later; what was posted stays as it was",
};
/** Columns that only a bundle finds where the row has no floor: the sealer's own counters, which no check reads. */
const OF_FLOORED = new Set(["version", "last_effective_on"]);
const IN_BUNDLE: ReadonlySet<Table> = new Set(TABLES.filter((table) => table !== "ledger_sum"));

export type Column = { readonly table: Table; readonly name: string; readonly type: string };
export type Tampering = {
  readonly table: Table;
  readonly name: string;
  readonly statements: readonly string[];
  /** Where the newest block may be gone whole: only a head that was written down before shows it. */
  readonly withHead?: true;
};
export type Random = () => number;

export async function openTampering(town: ProofTown) {
  const admin = await town.house.admin();
  await admin.query("set session_replication_role = replica");
  for (const table of TABLES) await admin.query(`create table kept_${table} as table ${table}`);
  const { head } = await town.value(showHeads, {});
  const written = must(head, "the town is sealed").written;
  return {
    admin,
    columns: () => columnsOf(admin),
    /** Does it, proves online and by a bundle, and puts it right. Null where the database itself refuses it. */
    tamper: async (one: Tampering) => {
      try {
        for (const statement of one.statements) await admin.query(statement);
      } catch (error) {
        await restore(admin, one.table);
        if (error instanceof pg.DatabaseError && /^23/.test(error.code ?? "")) return null;
        throw error;
      }
      try {
        return await provedBy(town, one.table, one.withHead === true ? written : null);
      } finally {
        await restore(admin, one.table);
      }
    },
    prove: () => provedBy(town, "transfer", written),
    close: () => admin.end(),
  };
}

async function columnsOf(admin: pg.Client): Promise<readonly Column[]> {
  const { rows } = await admin.query(
    `select c.relname as table, a.attname as name, coalesce(b.typname, t.typname) as type
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid left join pg_type b on b.oid = nullif(t.typbasetype, 0)
      where c.relname = any ($1) and c.relnamespace = 'public'::regnamespace order by c.relname, a.attnum`,
    [[...TABLES]],
  );
  return rows as readonly Column[];
}

async function restore(admin: pg.Client, table: Table): Promise<void> {
  await admin.query("begin");
  await admin.query(`delete from ${table}`);
  await admin.query(`insert into ${table} overriding system value select * from kept_${table}`);
  await admin.query("commit");
}

/** What each of the two ways of proving found first; null where it found nothing. */
async function provedBy(town: ProofTown, table: Table, head: string | null) {
  const asked = { credential: town.finance, place: PLACE, language: "en", input: { head } } as const;
  const online = await perform(town.house.house, verifyLedger, asked);
  const kept = head === null ? null : readHead(head);
  const bundle = IN_BUNDLE.has(table) ? await verifyBundleFile({ bytes: await town.bundle() }, kept) : null;
  return {
    online: online.ok ? null : `${String(online.refusal["check"])} ${String(online.refusal["found"])}`,
    bundle: bundle === null ? "not in the bundle" : bundle.ok ? null : wordsOfFault(bundle.fault),
  };
}

/** How a value of each type becomes another of the same type. */
const CHANGED: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => `'${newId()}'`,
  text: (column) => `coalesce(${column}, '') || '!'`,
  int2: (column) => `coalesce(${column}, 0) + 1`,
  int4: (column) => `coalesce(${column}, 0) + 1`,
  int8: (column) => `coalesce(${column}, 0) + 1`,
  date: (column) => `coalesce(${column}, '2012-12-12') + 1`,
  timestamptz: (column) => `coalesce(${column}, now()) + interval '1 microsecond'`,
  bytea: (column) => `set_byte(${column}, 0, get_byte(${column}, 0) # 1)`,
  xid8: (column) => `((${column}::text::bigint + 1)::text)::xid8`,
  bool: (column) => `not ${column}`,
  jsonb: (column) => `jsonb_build_object('was', ${column})`,
  _text: (column) => `${column}[2:]`,
};
const CHANGED_COLUMNS: Readonly<Record<string, string>> = {
  book: "case book when 'real' then 'shadow' else 'real' end",
  "ledger_period.state": "'soft'",
  "approval.state": "case state when 'refused' then 'stale' else 'refused' end",
  "approval.act": "case act when 'payment' then 'allocation' else 'payment' end",
  "authority.act": "case act when 'payment' then 'allocation' else 'payment' end",
  "approval_signature.signed_by": "'person:' || gen_random_uuid()",
  "approval_signature.needs": "3 - needs",
  "authority.signatures": "3 - signatures",
  role: "case role when 'pool_manager' then 'finance_officer' else 'pool_manager' end",
  "transfer.kind": "case kind when 'payment' then 'release' else 'payment' end",
  "ledger_account.kind": "case kind when 'paid' then 'debtor' else 'paid' end",
};

export async function changeOf(admin: pg.Client, { table, name, type }: Column, random: Random): Promise<Tampering> {
  const change = CHANGED_COLUMNS[`${table}.${name}`] ?? CHANGED_COLUMNS[name] ?? must(CHANGED[type], type)(name);
  const floored = table === "ledger_account" && OF_FLOORED.has(name) ? "floor_pence is not null" : "true";
  // An audit entry is changed where its position is none and where it is one; a row is chosen by chance.
  const row = await anyRow(admin, { table, where: floored, random });
  return {
    table,
    name: `${table}.${name}`,
    statements: [`update ${table} set ${name} = ${change} where ctid = '${row}'`],
  };
}

async function anyRow(
  admin: pg.Client,
  { table, where, random }: { readonly table: Table; readonly where: string; readonly random: Random },
): Promise<string> {
  const { rows } = await admin.query(`select ctid::text as ctid from ${table} where ${where}`);
  return must(rows[Math.floor(random() * rows.length)], `${table} has a row`)["ctid"] as string;
}

/** A row gone, a row too many, and two rows in each other's place, of every table. */
export async function otherTamperings(admin: pg.Client, random: Random): Promise<readonly Tampering[]> {
  const gone: Tampering[] = [];
  for (const table of TABLES) {
    const row = await anyRow(admin, { table, where: "true", random });
    const statements = [`delete from ${table} where ctid = '${row}'`];
    gone.push({
      table,
      name: `${table}: a row deleted`,
      statements,
      ...(table === "audit_block" && { withHead: true }),
    });
  }
  return [...gone, ...SWAPPED, ...DECISIONS, ...ADDED.map(([table, changes]) => addedTo(table, changes))];
}

function swapped(table: Table, column: string, pair: string): Tampering {
  const by = `(select array_agg(c order by n) as c, array_agg(v order by n) as v from (${pair}) as p (n, c, v)) as s`;
  return {
    table,
    name: `${table}: ${column} of two rows swapped`,
    statements: [
      `update ${table} t set ${column} = case when t.ctid = s.c[1] then s.v[2] else s.v[1] end from ${by} where t.ctid = any (s.c)`,
    ],
  };
}

/** One approval of a kind, and what is done to it: what an owner would do to let money pass, or to hide that it did. */
const DECISIONS: readonly Tampering[] = [
  {
    table: "approval",
    name: "approval: carried out, made out to be refused",
    statements: ["update approval set state = 'refused', answer = null, reason = 'No' where state = 'done'"],
  },
  {
    table: "approval",
    name: "approval: refused, made out to wait",
    statements: [
      "update approval set state = 'waiting', ended_by = null, ended_at = null, reason = '' where state = 'refused'",
    ],
  },
  {
    table: "approval",
    name: "approval: a shown line changed, its hash with it",
    statements: [
      "update approval set shown = '[]', shown_hash = sha256('') where approval_id = (select approval_id from approval where state = 'done' limit 1)",
    ],
  },
  {
    table: "approval_signature",
    name: "approval_signature: the second of two taken out",
    statements: ["delete from approval_signature where signature_number = 2"],
  },
  {
    table: "approval_signature",
    name: "approval_signature: the signer is who prepared it",
    statements: [
      "update approval_signature g set signed_by = a.prepared_by from approval a where a.approval_id = g.approval_id and g.signature_number = 1 and a.state = 'done'",
    ],
  },
  ...["record_id", "pot_id", "stream_id"].map((column): Tampering => {
    const pair = `(select 1, ctid, ${column} from ledger_account where kind = 'commitment' and book = 'real' limit 1) union all (select 2, ctid, ${column} from ledger_account where kind = 'commitment' and book = 'shadow' limit 1)`;
    return swapped("ledger_account", column, pair);
  }),
];

const SWAPPED: readonly Tampering[] = [
  // What one line gave back is put to the other's name: the note still comes to the same.
  swapped(
    "credit_note_line",
    "recoverable_pence",
    "select row_number() over (), ctid, recoverable_pence from (select ctid, recoverable_pence from credit_note_line order by credit_note_id, line limit 2) as l",
  ),
  swapped(
    "transfer",
    "transaction_number",
    "(select 1, ctid, transaction_number from transfer order by 3 limit 1) union all (select 2, ctid, transaction_number from transfer order by 3 desc limit 1)",
  ),
  // Numbers of two entries with one amount in one account: only their balances tell them apart.
  swapped(
    "entry",
    "balance_pence",
    "select row_number() over (), ctid, balance_pence from (select ctid, balance_pence from entry where amount_pence = -1000 and balance_pence is not null order by account_id, version limit 2) as e",
  ),
  swapped(
    "audit_entry",
    "made_at",
    "(select 1, ctid, made_at from audit_entry order by 3 limit 1) union all (select 2, ctid, made_at from audit_entry order by 3 desc limit 1)",
  ),
  swapped(
    "audit_block",
    "block_hash",
    "select row_number() over (), ctid, block_hash from (select ctid, block_hash from audit_block order by block_number limit 2) as b",
  ),
  swapped(
    "ledger_period",
    "balance_hash",
    "select row_number() over (), ctid, balance_hash from (select ctid, balance_hash from ledger_period limit 2) as p",
  ),
  swapped(
    "ledger_sum",
    "amount_pence",
    "(select 1, ctid, amount_pence from ledger_sum order by 3 limit 1) union all (select 2, ctid, amount_pence from ledger_sum order by 3 desc limit 1)",
  ),
];

/** A copy of a row under another key: what differs from the row it is made of. */
const ADDED: readonly (readonly [Table, string])[] = [
  ["transfer", "'transfer_id', gen_random_uuid(), 'reverses_id', null"],
  ["entry", "'line', 99"],
  ["audit_entry", "'audit_id', gen_random_uuid()"],
  ["audit_block", "'block_number', 99"],
  [
    "ledger_account",
    "'account_id', gen_random_uuid(), 'record_id', gen_random_uuid(), 'posted_pence', 5, 'reserved_pence', 0",
  ],
  ["ledger_period", "'starts_on', '2011-04-01', 'ends_on', '2011-04-30'"],
  ["ledger_sum", "'account_id', gen_random_uuid()"],
  ["approval", "'approval_id', gen_random_uuid()"],
  ["approval_signature", "'signature_number', 2, 'signed_by', 'person:' || gen_random_uuid()"],
  ["authority", "'authority_id', gen_random_uuid()"],
  ["held_row", "'row_key', gen_random_uuid()"],
  ["credit_note_line", "'credit_note_id', gen_random_uuid()"],
];

function addedTo(table: Table, changes: string): Tampering {
  const row = `(select to_jsonb(r) || jsonb_build_object(${changes}) from (select * from ${table} order by ctid limit 1) as r)`;
  return {
    table,
    name: `${table}: a row added`,
    statements: [
      `insert into ${table} overriding system value select * from jsonb_populate_record(null::${table}, ${row})`,
    ],
  };
}

/** A number from nought to one, the same for one seed (Mulberry32, Tommy Ettinger, public domain). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
