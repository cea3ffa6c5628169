/**
 * The rules of the database that can be read from its catalogue, as data: a sentence, a query that must find nothing, and
 * statements that break the rule, by which its own test shows that a breach is seen. The manifest (db/tables.json) says
 * the class of each table; a later migration only adds its tables there.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";

export const TABLE_CLASSES = ["tenant", "published", "reference", "staging", "coordinator"] as const;

const manifestShape = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/),
  z.strictObject({ class: z.enum(TABLE_CLASSES), append_only: z.boolean() }),
);
export type Manifest = z.infer<typeof manifestShape>;

export async function readManifest(): Promise<Manifest> {
  const text = await readFile(new URL("../../db/tables.json", import.meta.url), "utf8");
  return manifestShape.parse(JSON.parse(text));
}

export type CatalogueRule = {
  readonly rule: string;
  /** Gives `found`, one row a breach. Reads `manifest` (name, class, append_only) and `kept`, the tables with their class. */
  readonly query: string;
  /** What breaks it, carried out as a superuser in a transaction that is undone. */
  readonly plant: readonly string[];
  /** How the manifest lists the planted table. */
  readonly planted?: Partial<Manifest[string]> | null;
};

/** The rule's query with the manifest before it; its one parameter is the manifest as JSON. */
export function queryOf(rule: CatalogueRule): string {
  return `with manifest as (
      select key as name, value ->> 'class' as class, (value ->> 'append_only')::boolean as append_only from jsonb_each($1::jsonb)),
    kept as (
      select c.oid, c.relname::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence, c.relowner,
             m.class, m.append_only, m.class in ('tenant', 'published') as placed
        from pg_class c left join manifest m on m.name = c.relname
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p'))
    ${rule.query}`;
}

const PLACED = `create table planted (place_id integer not null, planted_id uuid not null,
  constraint "a planted row has one id" primary key (place_id, planted_id))`;
const SECURED = [
  PLACED,
  "alter table planted enable row level security",
  "alter table planted force row level security",
  `create policy "only rows of the place in hand" on planted
     using (place_id = nullif(current_setting('app.place_id', true), '')::integer)`,
];
const POLICY_TEXT = "(place_id = (NULLIF(current_setting('app.place_id'::text, true), ''::text))::integer)";

const KEY_RULES: readonly CatalogueRule[] = [
  {
    rule: "every table is in the manifest",
    query: "select name as found from kept where class is null",
    plant: [PLACED],
    planted: null,
  },
  {
    rule: "every table of the manifest is there",
    query: "select name as found from manifest where name not in (select name from kept)",
    plant: ["select 1"],
  },
  {
    rule: "a placed table's primary key begins with place_id, a whole number that is never missing",
    query: `select k.name as found from kept k
      left join pg_index i on i.indrelid = k.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = k.oid and a.attnum = i.indkey[0]
     where placed and (a.attname is distinct from 'place_id' or a.atttypid <> 'integer'::regtype or not a.attnotnull)`,
    plant: [
      'create table planted (place_id integer not null, planted_id uuid not null, constraint "a wrong key" primary key (planted_id, place_id))',
    ],
  },
  {
    rule: "every unique index of a placed table contains place_id",
    query: `select k.name || ': ' || i.indexrelid::regclass as found from kept k join pg_index i on i.indrelid = k.oid and i.indisunique
     where placed and not exists (select from pg_attribute a
       where a.attrelid = k.oid and a.attname = 'place_id' and a.attnum = any (i.indkey))`,
    plant: [PLACED, "create unique index planted_everywhere on planted (planted_id)"],
  },
  {
    rule: "a foreign key between placed tables carries place_id on both sides",
    query: `select k.name || ': ' || o.conname as found from kept k
      join pg_constraint o on o.conrelid = k.oid and o.contype = 'f' join kept t on t.oid = o.confrelid
     where k.placed and t.placed and not exists (
       select from generate_subscripts(o.conkey, 1) n
         join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[n]
         join pg_attribute b on b.attrelid = o.confrelid and b.attnum = o.confkey[n]
        where a.attname = 'place_id' and b.attname = 'place_id')`,
    plant: [
      PLACED,
      'alter table planted add constraint "an odd pair" unique (planted_id, place_id)',
      "alter table planted add column other_id uuid, add column other_place integer",
      'alter table planted add constraint "a stray link" foreign key (other_id, other_place) references planted (planted_id, place_id)',
    ],
  },
  {
    rule: "no foreign key sets columns by itself or follows a changed key",
    query: `select k.name || ': ' || o.conname as found from kept k join pg_constraint o on o.conrelid = k.oid and o.contype = 'f'
     where o.confdeltype in ('n', 'd') or o.confupdtype in ('c', 'n', 'd')`,
    plant: [
      PLACED,
      "alter table planted add column parent uuid",
      'alter table planted add constraint "a link that forgets" foreign key (place_id, parent) references planted (place_id, planted_id) on delete set null',
    ],
  },
  {
    rule: "a placed table draws no number from a sequence",
    query: `select k.name || '.' || a.attname as found from kept k
      join pg_attribute a on a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = k.oid and d.adnum = a.attnum
     where placed and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like '%nextval(%')`,
    plant: [PLACED, "alter table planted add column number integer generated always as identity"],
  },
];

const SECURITY_RULES: readonly CatalogueRule[] = [
  {
    rule: "row-level security is on and forced on every placed table",
    query: "select name as found from kept where placed and not (relrowsecurity and relforcerowsecurity)",
    plant: [PLACED, "alter table planted enable row level security"],
  },
  {
    rule: "a placed table has one policy, for everyone, on the place in hand",
    query: `select k.name as found from kept k left join pg_policy p on p.polrelid = k.oid
     where placed and class = 'tenant' group by k.name
    having count(p.oid) <> 1 or bool_or(p.polqual is null or pg_get_expr(p.polqual, p.polrelid) <> $policy$${POLICY_TEXT}$policy$
       or p.polroles <> '{0}' or p.polcmd <> '*' or not p.polpermissive
       or coalesce(pg_get_expr(p.polwithcheck, p.polrelid), $policy$${POLICY_TEXT}$policy$) <> $policy$${POLICY_TEXT}$policy$)`,
    plant: [...SECURED.slice(0, 3), 'create policy "all rows" on planted using (true)'],
  },
  {
    rule: "no table has a trigger",
    query: `select k.name || ': ' || t.tgname as found from kept k join pg_trigger t on t.tgrelid = k.oid and not t.tgisinternal
     where placed or class = 'reference'`,
    plant: [
      PLACED,
      "create function planted_trigger() returns trigger language plpgsql as 'begin return new; end'",
      "create trigger planted_follows before insert on planted for each row execute function planted_trigger()",
    ],
  },
  {
    rule: "the application cannot change or delete what is append-only",
    query: `select k.name || ': ' || p.privilege as found from kept k
      cross join unnest(array['onepot_app', 'onepot_jobs', 'onepot_family', 'onepot_urn']) as r (role)
      cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p (privilege)
     where append_only and (has_table_privilege(r.role, k.oid, p.privilege)
        or (p.privilege = 'UPDATE' and has_any_column_privilege(r.role, k.oid, 'UPDATE')))`,
    plant: [PLACED, "grant update (planted_id) on planted to onepot_app"],
    planted: { append_only: true },
  },
  {
    rule: "no role of Onepot but the owner can empty, link to or hang a trigger on a table",
    query: `select k.name || ': ' || r.role as found from kept k
      cross join unnest(array['onepot_app', 'onepot_jobs', 'onepot_family', 'onepot_urn', 'public']) as r (role)
     where has_table_privilege(r.role, k.oid, 'TRUNCATE, REFERENCES, TRIGGER')`,
    plant: [PLACED, "grant trigger on planted to onepot_app"],
  },
  {
    rule: "a staging table is unlogged and the application reaches it no further than to fill it",
    query: `select name as found from kept
     where class = 'staging' and (relpersistence <> 'u' or has_table_privilege('onepot_app', oid, 'SELECT, UPDATE, DELETE'))`,
    plant: ["create table planted (batch_id uuid)"],
    planted: { class: "staging" },
  },
  {
    rule: "onepot_owner owns every table, view and function",
    query: `select name as found from kept where relowner <> 'onepot_owner'::regrole
      union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace and proowner <> 'onepot_owner'::regrole
      union all select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and relowner <> 'onepot_owner'::regrole`,
    plant: [PLACED, "alter table planted owner to onepot_app"],
  },
];

const FUNCTION_AND_ROLE_RULES: readonly CatalogueRule[] = [
  {
    rule: "a function that runs as its owner has a fixed search path that ends in pg_temp",
    query: `select p.oid::regprocedure::text as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('public', 'onepot_queue') and p.prosecdef and not exists (
       select from unnest(p.proconfig) as setting where setting ~ '^search_path=("?[a-z_]+"?, )+"?pg_temp"?$')`,
    plant: [
      "create function planted() returns integer language sql security definer as 'select 1'",
      "revoke execute on function planted() from public",
    ],
  },
  {
    rule: "a function that runs as its owner is not open to everyone",
    query: `select p.oid::regprocedure::text as found from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('public', 'onepot_queue') and p.prosecdef and exists (
       select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)`,
    plant: [
      "create function planted() returns integer language sql security definer set search_path = public, pg_temp as 'select 1'",
    ],
  },
  {
    rule: "a function that runs as its owner and takes a place refuses another than the one in hand",
    query: `select p.oid::regprocedure::text as found from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prosecdef and 'p_place' = any (p.proargnames)
       and p.prosrc not like '%p_place is distinct from nullif(current_setting(''app.place_id'', true), '''')::integer%'`,
    plant: [
      `create function planted(p_place integer) returns integer language sql security definer
         set search_path = public, pg_temp as 'select p_place'`,
      "revoke execute on function planted(integer) from public",
    ],
  },
  {
    rule: "a constraint is named as a sentence",
    query: `select k.name || ': ' || o.conname as found from kept k join pg_constraint o on o.conrelid = k.oid
     where o.contype <> 'n' and o.conname !~ ' '`,
    plant: ["create table planted (place_id integer, planted_id uuid, primary key (place_id, planted_id))"],
  },
  {
    rule: "no view reads as its owner past row-level security",
    query: `select c.relname::text as found from pg_class c where c.relnamespace = 'public'::regnamespace
       and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)))`,
    plant: ["create view planted as select 1 as one"],
    planted: null,
  },
  {
    rule: "the roles that log in are neither superusers nor pass by row-level security, and make nothing",
    query: `select rolname::text as found from pg_roles
     where rolname ~ '^onepot_' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
    plant: ["alter role onepot_app bypassrls"],
  },
  {
    rule: "the application and the jobs' role are not members of the owner",
    query: `select member::regrole::text as found from pg_auth_members
     where roleid = 'onepot_owner'::regrole and member in ('onepot_app'::regrole, 'onepot_jobs'::regrole)`,
    plant: ["grant onepot_owner to onepot_app"],
  },
];

export const CATALOGUE_RULES: readonly CatalogueRule[] = [...KEY_RULES, ...SECURITY_RULES, ...FUNCTION_AND_ROLE_RULES];
