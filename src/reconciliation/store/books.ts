/** Whose books: the body and the pot in hand, and the pot's own bank account. */
import type { Day } from "../../lib/day.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export type PotFound = {
  readonly potId: string;
  readonly slug: string;
  readonly name: string;
  readonly book: "real" | "shadow";
  readonly hostId: string;
  readonly areaId: string | null;
  readonly openedOn: Day;
  readonly hasBank: boolean;
  readonly lastFour: string | null;
};

export async function findPot(tx: Transaction, placeId: number, potId: string): Promise<PotFound | null> {
  return tx.maybe(sql<PotFound>`
    select o.pot_id as "potId", o.slug, o.name, o.book, o.host_id as "hostId", o.area_id as "areaId", o.opened_on as "openedOn",
           b.pot_id is not null as "hasBank", b.last_four as "lastFour"
      from pot o left join pot_bank b on b.place_id = o.place_id and b.pot_id = o.pot_id
     where o.place_id = ${placeId} and o.pot_id = ${potId}`);
}

/** By id, address or name. */
export async function findPotNamed(tx: Transaction, placeId: number, named: string): Promise<string | null> {
  const found = await tx.rows(sql<{ potId: string }>`
    select pot_id as "potId" from pot where place_id = ${placeId} and (pot_id::text = ${named} or slug = ${named} or name = ${named})
     order by pot_id::text = ${named} desc, slug = ${named} desc limit 1`);
  return found[0]?.potId ?? null;
}

/** By id or name. */
export async function findBodyNamed(
  tx: Transaction,
  placeId: number,
  named: string,
): Promise<{ readonly bodyId: string; readonly body: string } | null> {
  const found = await tx.rows(sql<{ bodyId: string; body: string }>`
    select partner_id as "bodyId", name as body from partner
     where place_id = ${placeId} and (partner_id::text = ${named} or name = ${named}) order by partner_id::text = ${named} desc limit 1`);
  return found[0] ?? null;
}

export async function findBody(tx: Transaction, placeId: number, bodyId: string): Promise<string | null> {
  const row = await tx.maybe(sql<{ name: string }>`
    select name from partner where place_id = ${placeId} and partner_id = ${bodyId}`);
  return row?.name ?? null;
}

export const ACCOUNT_KINDS = ["current", "deposit"] as const;

export type PotBank = {
  readonly potId: string;
  readonly pot: string;
  readonly slug: string;
  readonly accountKind: (typeof ACCOUNT_KINDS)[number];
  readonly lastFour: string;
  readonly openedOn: Day;
};

/** At an area's own address: its own pots' and those of the whole place, as `reach` has them. */
export async function listPotBanks(
  tx: Transaction,
  the: { readonly placeId: number; readonly areaId: string | null; readonly potId: string | null },
): Promise<readonly PotBank[]> {
  return tx.rows(sql<PotBank>`
    select b.pot_id as "potId", o.name as pot, o.slug, b.account_kind as "accountKind", b.last_four as "lastFour",
           b.opened_on as "openedOn"
      from pot_bank b join pot o on o.place_id = b.place_id and o.pot_id = b.pot_id
     where b.place_id = ${the.placeId} and (${the.potId}::uuid is null or b.pot_id = ${the.potId}::uuid)
       and (${the.areaId}::uuid is null or o.area_id is null or o.area_id = ${the.areaId}::uuid)
     order by o.name limit 1000`);
}

/** False where the pot has one already. */
export async function insertPotBank(
  tx: Transaction,
  placeId: number,
  the: {
    readonly potId: string;
    readonly accountKind: string;
    readonly lastFour: string;
    readonly openedOn: Day;
    readonly madeBy: string;
  },
): Promise<boolean> {
  const made = await tx.run(
    held(
      "bank",
      sql`insert into pot_bank (place_id, pot_id, account_kind, last_four, opened_on, made_by)
        values (${placeId}, ${the.potId}, ${the.accountKind}, ${the.lastFour}, ${the.openedOn}, ${the.madeBy})
        on conflict (place_id, pot_id) do nothing`,
    ),
    "any",
  );
  return made === 1;
}

/** Takes the counter's next number and holds its row: whoever counts the same waits until this transaction ends. */
export async function nextNumber(tx: Transaction, placeId: number, name: string): Promise<bigint> {
  const { value } = await tx.one(sql<{ value: bigint }>`
    insert into reconciliation_counter (place_id, name, value) values (${placeId}, ${name}, 1)
    on conflict (place_id, name) do update set value = reconciliation_counter.value + 1 returning value`);
  return value;
}
