/** Each body's codes, dated. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";
import type { Mapping } from "../domain/codes.ts";

export type MappingRow = Mapping & {
  readonly body: string;
  readonly pot: string;
  readonly allocation: string | null;
  readonly service: string | null;
};

type Asked = {
  readonly placeId: number;
  readonly bodyId: string | null;
  readonly potId: string | null;
  /** Those of the area's own pots and of pots of no area, as `reach` has it. */
  readonly areaId?: string | null;
};

export async function listMappings(tx: Transaction, the: Asked): Promise<readonly MappingRow[]> {
  return tx.rows(sql<MappingRow>`
    select m.mapping_id as "mappingId", m.body_id as "bodyId", b.name as body, m.pot_id as "potId", o.name as pot, m.allocation_id as "allocationId",
           l.name as allocation, m.service_id as "serviceId", v.name as service, m.cost_centre as "costCentre", m.subjective, m.project,
           m.subjective_group as "subjectiveGroup", m.starts_on as "startsOn", m.ends_on as "endsOn"
      from code_mapping m join partner b on b.place_id = m.place_id and b.partner_id = m.body_id
      join pot o on o.place_id = m.place_id and o.pot_id = m.pot_id
      left join allocation l on l.place_id = m.place_id and l.allocation_id = m.allocation_id
      left join service v on v.place_id = m.place_id and v.service_id = m.service_id
     where m.place_id = ${the.placeId} and (${the.bodyId}::uuid is null or m.body_id = ${the.bodyId}::uuid)
       and (${the.potId}::uuid is null or m.pot_id = ${the.potId}::uuid)
       and (${the.areaId ?? null}::uuid is null or o.area_id is null or o.area_id = ${the.areaId ?? null}::uuid)
     order by b.name, o.name, l.name nulls first, v.name nulls first, m.starts_on limit 10000`);
}

export async function insertMappings(
  tx: Transaction,
  placeId: number,
  the: { readonly mappings: readonly Mapping[]; readonly madeBy: string },
): Promise<void> {
  await tx.run(
    held(
      "code",
      sql`insert into code_mapping (place_id, mapping_id, body_id, pot_id, allocation_id, service_id, cost_centre, subjective, project,
          subjective_group, starts_on, ends_on, made_by)
        select ${placeId}, r."mappingId", r."bodyId", r."potId", r."allocationId", r."serviceId", r."costCentre", r.subjective, r.project,
               r."subjectiveGroup", r."startsOn", r."endsOn", ${the.madeBy}
          from jsonb_to_recordset(${JSON.stringify(the.mappings)}::jsonb) as r ("mappingId" uuid, "bodyId" uuid, "potId" uuid,
               "allocationId" uuid, "serviceId" uuid, "costCentre" text, subjective text, project text, "subjectiveGroup" integer,
               "startsOn" date, "endsOn" date)`,
    ),
    the.mappings.length,
  );
}

/** False where it is not there or has ended already. */
export async function endMapping(
  tx: Transaction,
  the: { readonly placeId: number; readonly mappingId: string; readonly endsOn: Day },
): Promise<boolean> {
  const ended = await tx.run(
    held(
      "code_end",
      sql`update code_mapping set ends_on = ${the.endsOn}
         where place_id = ${the.placeId} and mapping_id = ${the.mappingId} and ends_on is null and starts_on <= ${the.endsOn}`,
    ),
    "any",
  );
  return ended === 1;
}

/** Where the allocation is of the pot, and the service of the place. */
export async function findCoded(
  tx: Transaction,
  the: {
    readonly placeId: number;
    readonly potId: string;
    readonly allocationId: string | null;
    readonly serviceId: string | null;
  },
): Promise<{ readonly allocation: boolean; readonly service: boolean }> {
  return tx.one(sql<{ allocation: boolean; service: boolean }>`
    select ${the.allocationId}::uuid is null or exists (select from allocation where place_id = ${the.placeId} and pot_id = ${the.potId}
             and allocation_id = ${the.allocationId}::uuid) as allocation,
           ${the.serviceId}::uuid is null or exists (select from service where place_id = ${the.placeId}
             and service_id = ${the.serviceId}::uuid) as service`);
}
