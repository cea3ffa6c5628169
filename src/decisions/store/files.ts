/**
 * Files of elections and the work on them. A file is found by the hash of its address alone; when it is forgotten, everything that was
 * found out about it goes with it. Moments are the caller's clock, so that a test can move it.
 */
import { createHash } from "node:crypto";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Choice } from "../choice.ts";
import type { Tables } from "../tables.ts";
import type { Task } from "../task.ts";

export type ElectionFile = {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly broughtAt: Date;
  /** Null for a published file, which is never forgotten. */
  readonly forgetAt: Date | null;
  readonly slug: string | null;
  readonly title: string | null;
  readonly titleWelsh: string | null;
  readonly madeUp: boolean;
  /** Two tables that are not one file yet, because they are not read or cannot be. */
  readonly isTables: boolean;
  readonly rule: Choice | null;
  /** The place, council or neighbourhood that published it. */
  readonly place: { readonly slug: string; readonly name: string; readonly nameWelsh: string | null } | null;
};

const columns = sql`f.file_id as "fileId", f.name, encode(f.sha256, 'hex') as sha256, octet_length(f.content) as bytes,
  f.brought_at as "broughtAt", f.forget_at as "forgetAt", f.slug, f.title, f.title_welsh as "titleWelsh", f.made_up as "madeUp", f.rule,
  f.csv is not null as "isTables",
  f.publisher as place`;

function hashOfAddress(address: string): Buffer {
  return createHash("sha256").update(`election:${address}`).digest();
}

/** 128 bits that nobody can guess: two random UUIDs through SHA-256, the first half of it. */
export async function drawAddress(tx: Transaction): Promise<string> {
  const { address } = await tx.one(sql<{ address: string }>`
    select left(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 32) as address`);
  return address;
}

/** Files that may still be looked at. */
const kept = (now: Date) => sql`(f.forget_at is null or f.forget_at > ${now})`;

const LAST_LOOK = sql`interval '1 hour'`;
const AT_MOST = sql`interval '1 day'`;

export type FileToKeep = {
  readonly fileId: string;
  readonly address: string;
  readonly name: string;
  readonly content: Uint8Array;
  readonly now: Date;
};

export type FileToBring = FileToKeep & {
  /** Of two tables one after the other: what else is known of them. */
  readonly csv: Tables | null;
};

/** False where as many as there may be are here already, or with as many bytes. */
export async function insertBrought(
  tx: Transaction,
  the: FileToBring & { readonly mostFiles: number; readonly mostBytes: number },
): Promise<boolean> {
  const { fileId, address, name, now } = the;
  const csv = the.csv === null ? null : JSON.stringify(the.csv);
  const made = await tx.run(
    sql`insert into election_file (file_id, address_hash, name, sha256, content, csv, brought_at, forget_at)
        select ${fileId}, ${hashOfAddress(address)}, ${name}, sha256(b.content), b.content, ${csv}::jsonb, ${now}, ${now}::timestamptz + ${LAST_LOOK}
          from (select ${asBuffer(the.content)}::bytea as content) b
         where (select count(*) < ${the.mostFiles} and coalesce(sum(octet_length(f.content)), 0) < ${the.mostBytes}
                  from election_file f where f.forget_at > ${now})`,
    "any",
  );
  return made === 1;
}

export type FileToPublish = Omit<FileToKeep, "address"> & {
  readonly slug: string;
  readonly title: string;
  readonly titleWelsh: string | null;
  readonly madeUp: boolean;
  readonly rule: Choice | null;
  readonly placeId: number;
  readonly publisher: NonNullable<ElectionFile["place"]>;
};

/** False where another election has the address. */
export async function insertPublished(tx: Transaction, the: FileToPublish): Promise<boolean> {
  const { fileId, slug, name, now, title, titleWelsh, madeUp, rule, placeId, publisher } = the;
  const made = await tx.run(
    sql`insert into election_file (file_id, address_hash, name, sha256, content, brought_at, place_id, publisher, slug, title, title_welsh,
          made_up, rule)
        select ${fileId}, ${hashOfAddress(slug)}, ${name}, sha256(b.content), b.content, ${now}, ${placeId}, ${JSON.stringify(publisher)}::jsonb, ${slug}, ${title},
               ${titleWelsh}, ${madeUp}, ${rule === null ? null : JSON.stringify(rule)}::jsonb
          from (select ${asBuffer(the.content)}::bytea as content) b
        on conflict do nothing`,
    "any",
  );
  return made === 1;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

export async function findFile(
  tx: Transaction,
  { address, now }: { readonly address: string; readonly now: Date },
): Promise<ElectionFile | null> {
  return tx.maybe(sql<ElectionFile>`
    select ${columns} from election_file f
     where f.address_hash = ${hashOfAddress(address)} and ${kept(now)}`);
}

export async function listPublished(tx: Transaction): Promise<readonly ElectionFile[]> {
  return tx.rows(sql<ElectionFile>`
    select ${columns} from election_file f
     where f.slug is not null order by f.brought_at desc, f.slug limit 200`);
}

/** Somebody looked: an hour from now, but not past a day from when it was brought. */
export async function noteLook(
  tx: Transaction,
  { fileId, now }: { readonly fileId: string; readonly now: Date },
): Promise<void> {
  await tx.run(
    sql`update election_file set forget_at = least(${now}::timestamptz + ${LAST_LOOK}, brought_at + ${AT_MOST})
         where file_id = ${fileId} and forget_at < least(${now}::timestamptz + interval '59 minutes', brought_at + ${AT_MOST})`,
    "any",
  );
}

/** Its bytes and what is asked of them; null where the file was forgotten, or other work has taken the place of this. */
export async function findTask(tx: Transaction, jobId: string): Promise<Task | null> {
  return tx.maybe(sql<Task>`
    select f.content as bytes, f.csv, w.asked from election_work w join election_file f on f.file_id = w.file_id
     where w.job_id = ${jobId} and w.answer is null`);
}

/** One file in the place of the two tables that a job has read. */
export async function keepAsOne(
  tx: Transaction,
  { jobId, content }: { readonly jobId: string; readonly content: Uint8Array },
): Promise<void> {
  await tx.run(
    sql`update election_file f set content = b.content, sha256 = sha256(b.content), csv = null
          from (select ${asBuffer(content)}::bytea as content) b, election_work w
         where w.job_id = ${jobId} and f.file_id = w.file_id and f.csv is not null`,
    "any",
  );
}

export async function findContent(tx: Transaction, fileId: string): Promise<Uint8Array | null> {
  const found = await tx.maybe(sql<{ content: Uint8Array }>`
    select content from election_file where file_id = ${fileId} and csv is null`);
  return found?.content ?? null;
}

/** With all that was found out about it. */
export async function deleteBrought(tx: Transaction, fileId: string): Promise<void> {
  await tx.run(sql`delete from election_file where file_id = ${fileId} and forget_at is not null`, 1);
}

/** Deletes what is due, and counts of published files that nobody has looked at for a day. */
export async function deleteForgotten(tx: Transaction, now: Date): Promise<number> {
  await tx.run(
    sql`delete from election_work w using election_file f
         where f.file_id = w.file_id and f.forget_at is null and w.kind <> 'read' and not w.stays and w.seen_at < ${now}::timestamptz - ${AT_MOST}`,
    "any",
  );
  return tx.run(sql`delete from election_file where forget_at <= ${now}`, "any");
}
