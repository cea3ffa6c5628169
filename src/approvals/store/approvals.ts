/** Approvals and their signatures. What was prepared and shown never changes; an end is written once. */
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { type Fragment, sql, type Transaction } from "../../platform/database/index.ts";
import type { ActKind, Json, ShownLine } from "../../platform/use-case/index.ts";
import type { AuthorisingRole } from "../domain/authority.ts";
import { PAGE_ROWS } from "../input.ts";

export const STATES = ["waiting", "done", "refused", "withdrawn", "stale"] as const;
export type State = (typeof STATES)[number];
export const BOOKS = ["real", "shadow"] as const;

export type Prepared = {
  readonly approvalId: string;
  readonly act: ActKind;
  readonly useCase: string;
  readonly request: Json;
  readonly shown: readonly ShownLine[];
  readonly shownHash: Buffer;
  readonly potId: string | null;
  readonly areaId: string | null;
  readonly book: (typeof BOOKS)[number];
  readonly capital: boolean;
  readonly amountPence: Pence;
  readonly preparedBy: string;
};

export type ApprovalRow = Prepared & {
  readonly preparedAt: Date;
  readonly expiresAt: Date;
  readonly expired: boolean;
  readonly state: State;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly reason: string;
  readonly answer: Json;
  readonly pot: string | null;
  readonly potWelsh: string | null;
  readonly potSlug: string | null;
};

export type Signature = {
  readonly signedBy: string;
  readonly role: AuthorisingRole;
  readonly signedAt: Date;
};

/** Null where the id is taken already. */
export async function insertApproval(
  tx: Transaction,
  placeId: number,
  one: Prepared,
): Promise<{ readonly expiresAt: Date } | null> {
  const made = await tx.run(
    held(
      "approval",
      sql`insert into approval (place_id, approval_id, act, use_case, input, shown, shown_hash, pot_id, area_id, book, capital,
            amount_pence, prepared_by)
          values (${placeId}, ${one.approvalId}, ${one.act}, ${one.useCase}, ${JSON.stringify(one.request)}::jsonb,
            ${JSON.stringify(one.shown)}::jsonb, ${one.shownHash}, ${one.potId}, ${one.areaId}, ${one.book}, ${one.capital},
            ${one.amountPence}, ${one.preparedBy})
          on conflict (place_id, approval_id) do nothing`,
    ),
    "any",
  );
  if (made === 0) return null;
  return tx.one(sql<{ expiresAt: Date }>`
    select expires_at as "expiresAt" from approval where place_id = ${placeId} and approval_id = ${one.approvalId}`);
}

const columns = sql`a.approval_id as "approvalId", a.act, a.use_case as "useCase", a.input as request, a.shown,
  a.shown_hash as "shownHash", a.pot_id as "potId", a.area_id as "areaId", a.book, a.capital, a.amount_pence as "amountPence",
  a.prepared_by as "preparedBy", a.prepared_at as "preparedAt", a.expires_at as "expiresAt",
  a.expires_at <= clock_timestamp() as expired, a.state, a.ended_by as "endedBy", a.ended_at as "endedAt", a.reason, a.answer,
  o.name as pot, o.name_welsh as "potWelsh", o.slug as "potSlug"`;
const tables = sql`approval a left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
  left join partner h on h.place_id = o.place_id and h.partner_id = o.host_id`;

/** Of an area: what moves its own money, and that of pots that a partner of the area hosts for the whole place. */
const inArea = (areaId: string | null): Fragment =>
  sql`(${areaId}::uuid is null or a.area_id = ${areaId}::uuid or (a.area_id is null and h.area_id = ${areaId}::uuid))`;

type One = { readonly placeId: number; readonly areaId: string | null; readonly approvalId: string };

export async function findApproval(tx: Transaction, the: One): Promise<ApprovalRow | null> {
  return tx.maybe(sql<ApprovalRow>`select ${columns} from ${tables}
    where a.place_id = ${the.placeId} and a.approval_id = ${the.approvalId} and ${inArea(the.areaId)}`);
}

/** Held until the end of the transaction, so that of two people who end it at once the second sees what the first did. */
export async function lockApproval(tx: Transaction, the: One): Promise<ApprovalRow | null> {
  const held = await tx.maybe(sql<{ held: number }>`
    select 1 as held from approval where place_id = ${the.placeId} and approval_id = ${the.approvalId} for update`);
  return held === null ? null : findApproval(tx, the);
}

const SHOWN_READ = 1_000;
type Shown = Pick<Prepared, "approvalId" | "useCase" | "request" | "shown" | "shownHash">;

/** What was shown of each approval, of those after one in the order of their ids; empty after the last. */
export async function readShown(
  tx: Transaction,
  the: { readonly placeId: number; readonly after: string | null },
): Promise<readonly Shown[]> {
  return tx.rows(sql<Shown>`
    select approval_id as "approvalId", use_case as "useCase", input as request, shown, shown_hash as "shownHash" from approval
     where place_id = ${the.placeId} and (${the.after}::uuid is null or approval_id > ${the.after}::uuid)
     order by approval_id limit ${SHOWN_READ}`);
}

export const LISTED_STATES = ["waiting", "expired", ...STATES.slice(1)] as const;
export type ListedState = (typeof LISTED_STATES)[number];

type Listing = { readonly placeId: number; readonly areaId: string | null; readonly state: ListedState | null };

function inState(state: ListedState | null): Fragment {
  if (state === null) return sql`true`;
  if (state === "waiting") return sql`a.state = 'waiting' and a.expires_at > clock_timestamp()`;
  if (state === "expired") return sql`a.state = 'waiting' and a.expires_at <= clock_timestamp()`;
  return sql`a.state = ${state}`;
}

const BY_EXPIRY = sql`a.expires_at, a.approval_id`;

/** All that waits, as far as one person could ever get through it. */
export async function listOpen(tx: Transaction, the: Omit<Listing, "state">): Promise<readonly ApprovalRow[]> {
  return tx.rows(sql<ApprovalRow>`select ${columns} from ${tables}
    where a.place_id = ${the.placeId} and ${inArea(the.areaId)} and ${inState("waiting")} order by ${BY_EXPIRY} limit 1000`);
}

export async function listApprovals(
  tx: Transaction,
  the: Listing & { readonly page: number },
): Promise<readonly ApprovalRow[]> {
  const order = the.state === "waiting" ? BY_EXPIRY : sql`a.prepared_at desc, a.approval_id desc`;
  return tx.rows(sql<ApprovalRow>`select ${columns} from ${tables}
    where a.place_id = ${the.placeId} and ${inArea(the.areaId)} and ${inState(the.state)}
    order by ${order} limit ${PAGE_ROWS} offset ${(the.page - 1) * PAGE_ROWS}`);
}

export async function countApprovals(tx: Transaction, the: Listing): Promise<number> {
  const row = await tx.one(sql<{ count: number }>`select count(*)::integer as count from ${tables}
    where a.place_id = ${the.placeId} and ${inArea(the.areaId)} and ${inState(the.state)}`);
  return row.count;
}

type Signed = { readonly placeId: number; readonly approvalId: string };

export async function findSignatures(tx: Transaction, the: Signed): Promise<readonly Signature[]> {
  return tx.rows(sql<Signature>`
    select signed_by as "signedBy", role, signed_at as "signedAt" from approval_signature
     where place_id = ${the.placeId} and approval_id = ${the.approvalId} order by signature_number limit 10`);
}

/** The signatures of many approvals, in the order in which each was signed. */
export async function listSignaturesOf(
  tx: Transaction,
  the: { readonly placeId: number; readonly approvalIds: readonly string[] },
): Promise<readonly (Signature & { readonly approvalId: string })[]> {
  return tx.rows(sql<Signature & { readonly approvalId: string }>`
    select approval_id as "approvalId", signed_by as "signedBy", role, signed_at as "signedAt" from approval_signature
     where place_id = ${the.placeId} and approval_id = any(${the.approvalIds}::uuid[])
     order by approval_id, signature_number limit 10000`);
}

export async function insertSignature(
  tx: Transaction,
  the: Signed & {
    readonly number: number;
    readonly signedBy: string;
    readonly role: AuthorisingRole;
    readonly shownHash: Buffer;
    readonly authorityId: string | null;
    readonly needs: number;
  },
): Promise<void> {
  await tx.run(
    held(
      "signature",
      sql`insert into approval_signature (place_id, approval_id, signature_number, signed_by, role, shown_hash, authority_id, needs)
        values (${the.placeId}, ${the.approvalId}, ${the.number}, ${the.signedBy}, ${the.role}, ${the.shownHash},
          ${the.authorityId}, ${the.needs})`,
    ),
    1,
  );
}

export async function endApproval(
  tx: Transaction,
  the: Signed & {
    readonly state: Exclude<State, "waiting">;
    readonly endedBy: string;
    readonly reason?: string;
    readonly answer?: Json;
  },
): Promise<void> {
  const answer = the.answer === undefined ? null : JSON.stringify(the.answer);
  await tx.run(
    held(
      "approval_end",
      sql`update approval set state = ${the.state}, ended_by = ${the.endedBy}, ended_at = clock_timestamp(),
               reason = ${the.reason ?? ""}, answer = ${answer}::jsonb
         where place_id = ${the.placeId} and approval_id = ${the.approvalId} and state = 'waiting'`,
    ),
    1,
  );
}

/** The person who made a key: what it prepared is theirs as well. The mark of a person is their own. */
export async function findPersonBehind(tx: Transaction, mark: string): Promise<string> {
  const [kind, id = ""] = mark.split(":");
  if (kind !== "key") return mark;
  const key = await tx.maybe(sql<{ madeBy: string }>`
    select created_by as "madeBy" from api_key where key_id = ${id}::uuid and place_id = ${tx.placeId}`);
  return key === null ? mark : `person:${key.madeBy}`;
}

/** The keys of this place that a person made. */
export async function listKeysMadeBy(tx: Transaction, userId: string): Promise<readonly string[]> {
  const found = await tx.rows(sql<{ keyId: string }>`
    select key_id as "keyId" from api_key where place_id = ${tx.placeId} and created_by = ${userId}::uuid limit 1000`);
  return found.map(({ keyId }) => keyId);
}

type Authorised = { readonly transferId: string; readonly signers: readonly string[] };

/** Who authorised each of these transfers, where it was made under an approval. */
export async function findAuthorised(
  tx: Transaction,
  the: { readonly placeId: number; readonly transferIds: readonly string[] },
): Promise<readonly Authorised[]> {
  return tx.rows(sql<Authorised>`
    select a.approval_id as "transferId",
           array(select g.signed_by::text from approval_signature g
                  where g.place_id = a.place_id and g.approval_id = a.approval_id order by g.signature_number) as signers
      from approval a
     where a.place_id = ${the.placeId} and a.approval_id = any(${the.transferIds}::uuid[]) and a.state = 'done' limit 5000`);
}

export type DoneAct = {
  readonly approvalId: string;
  readonly authorisedBy: readonly string[];
  readonly authorisedAt: Date;
  readonly answer: Json;
};

/** What was carried out of one kind in a pot, first to last: for acts that leave no transfer to be found by. */
export async function findDoneActs(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string; readonly act: ActKind },
): Promise<readonly DoneAct[]> {
  return tx.rows(sql<DoneAct>`
    select a.approval_id as "approvalId", a.ended_at as "authorisedAt", a.answer,
           array(select g.signed_by::text from approval_signature g
                  where g.place_id = a.place_id and g.approval_id = a.approval_id order by g.signature_number) as "authorisedBy"
      from approval a
     where a.place_id = ${the.placeId} and a.pot_id = ${the.potId} and a.act = ${the.act} and a.state = 'done'
     order by a.ended_at limit 100`);
}

/** What waits and moves money of the real book; a close that waits does not hold itself up. */
export async function countHoldingUp(tx: Transaction, placeId: number): Promise<number> {
  const { count } = await tx.one(sql<{ count: number }>`
    select count(*)::integer as count from approval
     where place_id = ${placeId} and state = 'waiting' and book = 'real' and act <> 'close' and expires_at > clock_timestamp()`);
  return count;
}

type Lying = {
  /** The address of the whole place. */
  readonly slug: string;
  readonly pot: { readonly name: string; readonly nameWelsh: string | null } | null;
};

/** What a message names of where an approval lies. */
export async function findWhereItLies(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string | null },
): Promise<Lying> {
  const { slug, pot, potWelsh } = await tx.one(sql<{ slug: string; pot: string | null; potWelsh: string | null }>`
    select p.slug, o.name as pot, o.name_welsh as "potWelsh"
      from place p left join pot o on o.place_id = p.place_id and o.pot_id = ${the.potId}
     where p.place_id = ${the.placeId}`);
  return { slug, pot: pot === null ? null : { name: pot, nameWelsh: potWelsh } };
}
