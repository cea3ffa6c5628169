/**
 * Links to PostgreSQL. Whole numbers of eight bytes come back as bigint, days as YYYY-MM-DD text. Every link has its time
 * limits and works through a connection pooler in transaction mode: no named statements, no settings that outlive a
 * transaction.
 */
import pg from "pg";

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text));
types.setTypeParser(pg.types.builtins.DATE, (text) => text);
// xid8 and numeric stay text: neither fits a JavaScript number.

export type LinkOptions = {
  readonly url: string;
  readonly size: number;
  readonly name: string;
  readonly statementSeconds?: number;
};

export function openPool(options: LinkOptions): pg.Pool {
  const seconds = options.statementSeconds ?? 30;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.size,
    types,
    application_name: options.name,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    options: `-c statement_timeout=${seconds}s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC`,
  });
  // A link that dies while idle is replaced by the pool at its next use; without a listener it would end the program.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
