/** Agreements with their parties, signatures and end. What is written is never changed. */
import type { Day } from "../../lib/day.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Agreement, Kept, Party, Signature } from "../domain/agreement.ts";
import type { Capacity } from "../domain/words.ts";

export type SignatureRow = Signature & {
  readonly signedBy: string;
  readonly signedOn: Day;
  readonly onPaper: string;
  readonly signedAt: string;
};

export type EndRow = {
  readonly endedOn: Day;
  readonly reason: string;
  readonly replacedBy: string | null;
  readonly endedBy: string;
};

export type AgreementRow = Omit<Kept, "signatures" | "end"> & {
  readonly basis: string;
  readonly specialBasis: string;
  readonly crimeBasis: string;
  readonly assessment: string;
  readonly assessedOn: Day;
  readonly privacyNotice: string;
  readonly replacesId: string | null;
  readonly madeUp: boolean;
  readonly preparedBy: string;
  readonly preparedAt: Date;
  readonly signatures: readonly SignatureRow[];
  readonly end: EndRow | null;
};

/** More than any place has: the rule of what is in force stands in the domain, so that lists are narrowed there. */
const MOST_AGREEMENTS = 2000;

type Asked = { readonly placeId: number; readonly agreementId: string | null };

/** All of a place, or the one that is asked for; the latest first. */
async function agreementRows(tx: Transaction, { placeId, agreementId }: Asked): Promise<readonly AgreementRow[]> {
  return tx.rows(sql<AgreementRow>`
    select a.agreement_id as "agreementId", a.number, a.title, a.title_welsh as "titleWelsh", a.purposes, a.gateway, a.basis,
           a.special_basis as "specialBasis", a.crime_basis as "crimeBasis", a.fields, a.keep_days as "keepDays",
           a.starts_on as "startsOn", a.review_on as "reviewOn", a.ends_on as "endsOn", a.assessment,
           a.assessed_on as "assessedOn", a.privacy_notice as "privacyNotice", a.replaces_id as "replacesId",
           a.made_up as "madeUp", a.prepared_by as "preparedBy", a.prepared_at as "preparedAt", parties.all as parties,
           signatures.all as signatures, ends.one as end
      from sharing_agreement a
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('partnerId', p.partner_id, 'name', n.name, 'nameWelsh', n.name_welsh,
                 'sends', p.sends, 'receives', p.receives, 'health', p.health) order by n.name), '[]') as all
          from sharing_party p join partner n on n.place_id = p.place_id and n.partner_id = p.partner_id
         where p.place_id = a.place_id and p.agreement_id = a.agreement_id) as parties
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('partnerId', s.partner_id, 'capacity', s.capacity, 'signedBy', s.signed_by,
                 'signedOn', s.signed_on, 'onPaper', s.on_paper, 'signedAt', s.signed_at) order by s.signed_at), '[]') as all
          from sharing_signature s where s.place_id = a.place_id and s.agreement_id = a.agreement_id) as signatures
      left join lateral (
        select jsonb_build_object('endedOn', e.ended_on, 'reason', e.reason, 'replacedBy', e.replaced_by, 'endedBy', e.ended_by) as one
          from sharing_end e where e.place_id = a.place_id and e.agreement_id = a.agreement_id) as ends on true
     where a.place_id = ${placeId} and (${agreementId}::uuid is null or a.agreement_id = ${agreementId})
     order by a.number desc limit ${MOST_AGREEMENTS}`);
}

export async function listAgreementRows(tx: Transaction, placeId: number): Promise<readonly AgreementRow[]> {
  return agreementRows(tx, { placeId, agreementId: null });
}

export async function findAgreement(
  tx: Transaction,
  the: { readonly placeId: number; readonly agreementId: string },
): Promise<AgreementRow | null> {
  return (await agreementRows(tx, the))[0] ?? null;
}

/** The next number of a place's counter, whose row it holds: whoever counts the same waits until this transaction ends. */
export async function takeNumber(
  tx: Transaction,
  the: { readonly placeId: number; readonly name: string },
): Promise<number> {
  const { value } = await tx.one(sql<{ value: bigint }>`
    insert into sharing_counter (place_id, name, value) values (${the.placeId}, ${the.name}, 1)
    on conflict (place_id, name) do update set value = sharing_counter.value + 1 returning value`);
  return Number(value);
}

export type NewAgreement = Omit<AgreementRow, "parties" | "signatures" | "end" | "preparedAt"> & {
  readonly parties: readonly Omit<Party, "name" | "nameWelsh">[];
};

export async function insertAgreement(tx: Transaction, placeId: number, one: NewAgreement): Promise<void> {
  await tx.run(
    sql`insert into sharing_agreement (place_id, agreement_id, number, title, title_welsh, purposes, gateway, basis, special_basis,
          crime_basis, fields, keep_days, starts_on, review_on, ends_on, assessment, assessed_on, privacy_notice, replaces_id,
          made_up, prepared_by)
        values (${placeId}, ${one.agreementId}, ${one.number}, ${one.title}, ${one.titleWelsh}, ${one.purposes}, ${one.gateway},
          ${one.basis}, ${one.specialBasis}, ${one.crimeBasis}, ${one.fields}, ${one.keepDays}, ${one.startsOn}, ${one.reviewOn},
          ${one.endsOn}, ${one.assessment}, ${one.assessedOn}, ${one.privacyNotice}, ${one.replacesId}, ${one.madeUp},
          ${one.preparedBy})`,
    1,
  );
  const { parties } = one;
  await tx.run(
    sql`insert into sharing_party (place_id, agreement_id, partner_id, sends, receives, health)
        select ${placeId}::integer, ${one.agreementId}::uuid, * from unnest(${parties.map(({ partnerId }) => partnerId)}::uuid[],
          ${parties.map(({ sends }) => sends)}::boolean[], ${parties.map(({ receives }) => receives)}::boolean[],
          ${parties.map(({ health }) => health)}::boolean[])`,
    parties.length,
  );
}

type Of = { readonly placeId: number; readonly agreementId: Agreement["agreementId"] };

export async function insertSignature(
  tx: Transaction,
  the: Of & {
    readonly partnerId: string;
    readonly capacity: Capacity;
    readonly signedBy: string;
    readonly signedOn: Day;
    readonly onPaper: string;
  },
): Promise<void> {
  await tx.run(
    sql`insert into sharing_signature (place_id, agreement_id, partner_id, capacity, signed_by, signed_on, on_paper)
        values (${the.placeId}, ${the.agreementId}, ${the.partnerId}, ${the.capacity}, ${the.signedBy}, ${the.signedOn},
          ${the.onPaper})`,
    1,
  );
}

export async function insertEnd(tx: Transaction, the: Of & EndRow): Promise<void> {
  await tx.run(
    sql`insert into sharing_end (place_id, agreement_id, ended_on, reason, replaced_by, ended_by)
        values (${the.placeId}, ${the.agreementId}, ${the.endedOn}, ${the.reason}, ${the.replacedBy}, ${the.endedBy})`,
    1,
  );
}
