/** The whole state of the database, or of one place, as one hash: what is the same was not changed. */
import type pg from "pg";
import { readManifest } from "./catalogue.ts";

/**
 * Counters of tries and times of last use are not what a refused request must leave alone; neither are the seals of the
 * audit trail and what they fold together, which a running server makes by the clock over what earlier requests did.
 */
const NOT_STATE = ["rate_limit", "user_session", "audit_block", "ledger_sum"];

/** What is hashed of a row, where not all of it: times of last use, and uploads too large to hash again and again. */
const COLUMNS: Readonly<Record<string, string>> = {
  api_key: "to_jsonb(r) - 'last_used_at'",
  audit_entry: "to_jsonb(r) - 'block_number' - 'block_position'",
  ledger_account:
    "case when r.floor_pence is null then to_jsonb(r) - 'posted_pence' - 'version' - 'last_effective_on' else to_jsonb(r) end",
  ledger_period: "to_jsonb(r) - 'sealed_in'",
  spend_upload: "jsonb_build_array(place_id, upload_id, name, columns, sha256, length(content))",
};

export async function stateHash(client: pg.Client, placeId?: number): Promise<string> {
  const manifest = await readManifest();
  const tables = Object.entries(manifest).flatMap(([name, about]) => {
    if (NOT_STATE.includes(name)) return [];
    if (placeId === undefined) return [{ name, where: "" }];
    return about.class === "tenant" || about.class === "published"
      ? [{ name, where: ` where place_id = ${placeId}` }]
      : [];
  });
  const parts = tables.map(({ name, where }) => {
    const columns = COLUMNS[name] ?? "r";
    return `select '${name}' as name, md5(coalesce(string_agg(row, ',' order by row collate "C"), '')) as hash
      from (select (${columns})::text as row from ${name} r${where}) as rows`;
  });
  const text = `select md5(string_agg(name || hash, ',' order by name)) as state from (${parts.join(" union all ")}) as every`;
  // Kept prepared: to read and plan so many tables takes longer than to look at them.
  const { rows } = await client.query({ name: `state of ${placeId ?? "all"}`, text });
  return String(rows[0]?.state);
}
