/**
 * The database as the rest of Onepot sees it: transactions in the name of one place, or of none (reference and
 * coordinator tables only). Row-level security does the rest: a transaction sees only the rows of its own place.
 */

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { assert } from "../../lib/assert.ts";
import { type Alone, shareOut } from "./beside.ts";
import { openPool } from "./link.ts";

export { sql };
export type Fragment<T = unknown> = RawBuilder<T>;

/** A row of tables, typed by the statement that asks for it. */
export type Transaction = {
  readonly placeId: number | null;
  readonly rows: <T>(statement: Fragment<T>) => Promise<readonly T[]>;
  /** The only row, or null. More than one is a bug. */
  readonly maybe: <T>(statement: Fragment<T>) => Promise<T | null>;
  /** The only row. None or more than one is a bug. */
  readonly one: <T>(statement: Fragment<T>) => Promise<T>;
  /** Carries out a change and asserts how many rows it touched: a hidden row is silently not updated. */
  readonly run: (statement: Fragment, rows: number | "any") => Promise<number>;
  /** COPY FROM STDIN, in PostgreSQL's text format: pieces of whole or part lines, taken as fast as the server does. */
  readonly copyIn: (statement: Fragment, pieces: AsyncIterable<string>) => Promise<void>;
  /**
   * Does works that only read, by turns on as many links as are free, at most four, where this transaction only reads too; each
   * sees the moment that this one sees, and none of its settings. What they answer, in their order.
   */
  readonly beside: <T>(works: readonly Work<T>[]) => Promise<readonly T[]>;
};

export type Work<T> = (tx: Transaction) => Promise<T>;

/** The commit's answer was lost: the work may or may not have been kept. Look its request key up again. */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
}

/** Thrown by nobody but `inPlace` and `national` to undo everything; the value it carries is the answer. */
class Undo extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super("undo");
    this.answer = answer;
  }
}

export type Database = {
  readonly inPlace: <T>(placeId: number, work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** Changes nothing, and sees the place as it was at one moment, however many statements it takes. */
  readonly readPlace: <T>(placeId: number, work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly national: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
  readonly pool: pg.Pool;
};

export type DatabaseOptions = {
  readonly url: string;
  readonly size?: number;
  readonly name?: string;
  readonly statementSeconds?: number;
  /** Called before each statement; tests make the Nth one fail. */
  readonly beforeStatement?: (text: string) => void;
};

const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool({
    url: options.url,
    size: options.size ?? 10,
    name: options.name ?? "onepot",
    ...(options.statementSeconds !== undefined && { statementSeconds: options.statementSeconds }),
  });
  const before = options.beforeStatement ?? (() => undefined);

  async function transact<T>({ placeId, opening }: Opening, work: Work<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      const place = placeId === null ? "" : `set local app.place_id = '${placeId}'`;
      before("begin");
      await client.query(`${opening}; ${place}`);
      const own = transactionOn(client, { placeId, before });
      const answer = await work({ ...own, beside: beside(own, { placeId, opening }) });
      await commit(client, before);
      return answer;
    } catch (error) {
      if (error instanceof OutcomeUnknown) broken = error;
      else
        await client.query("rollback").catch((failure: Error) => {
          broken = failure;
        });
      if (error instanceof Undo) return error.answer as T;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A link that is not free is not waited for: two who read, each waiting for the other's, would wait in vain. */
  const beside = (own: Alone, { placeId, opening }: Opening): Transaction["beside"] => {
    const free = () => (pool.waitingCount > 0 ? 0 : pool.options.max - pool.totalCount + pool.idleCount);
    const open = async (snapshot: string, work: Work<void>) =>
      transact({ placeId, opening: `${SNAPSHOT}; set transaction snapshot '${snapshot}'` }, work);
    return (works) => shareOut({ own, free: opening === SNAPSHOT ? free : () => 0, open }, works);
  };

  return {
    inPlace: (placeId, work) => transact({ placeId: numbered(placeId), opening: "begin" }, work),
    readPlace: (placeId, work) => transact({ placeId: numbered(placeId), opening: SNAPSHOT }, work),
    national: (work) => transact({ placeId: null, opening: "begin" }, work),
    close: () => pool.end(),
    pool,
  };
}

type Opening = { readonly placeId: number | null; readonly opening: string };

const SNAPSHOT = "begin isolation level repeatable read read only";

function numbered(placeId: number): number {
  assert(Number.isInteger(placeId) && placeId > 0, "a place has a number");
  return placeId;
}

/** Ends the transaction in hand without keeping anything, with `answer` as what `inPlace` or `national` returns. */
export function undo(answer: unknown): never {
  throw new Undo(answer);
}

function transactionOn(client: pg.PoolClient, the: { placeId: number | null; before: (text: string) => void }): Alone {
  const ask = async <T>(statement: Fragment<T>): Promise<pg.QueryResult> => {
    const query: CompiledQuery = statement.compile(compiler);
    the.before(query.sql);
    return client.query({ text: query.sql, values: [...query.parameters] });
  };
  const rows = async <T>(statement: Fragment<T>): Promise<readonly T[]> => (await ask(statement)).rows as T[];
  const maybe = async <T>(statement: Fragment<T>): Promise<T | null> => {
    const found = await rows(statement);
    assert(found.length <= 1, "at most one row was expected");
    return found[0] ?? null;
  };
  return {
    placeId: the.placeId,
    rows,
    maybe,
    one: async (statement) => {
      const found = await maybe(statement);
      assert(found !== null, "one row was expected");
      return found;
    },
    run: async (statement, expected) => {
      const count = (await ask(statement)).rowCount ?? 0;
      assert(expected === "any" || count === expected, `${expected} rows were to change, ${count} did`);
      return count;
    },
    copyIn: async (statement, pieces) => {
      const query = statement.compile(compiler);
      the.before(query.sql);
      await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 4 }), client.query(copyFrom(query.sql)));
    },
  };
}

async function commit(client: pg.PoolClient, before: (text: string) => void): Promise<void> {
  before("commit");
  try {
    await client.query("commit");
  } catch (error) {
    throw outcomeOf(error);
  }
}

/** PostgreSQL answers an error of the transaction itself with a class of its own; a lost link is not such an answer. */
function outcomeOf(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const lost =
    code === "" || code === "XX000" || code.startsWith("08") || code.startsWith("57P") || !/^[0-9A-Z]{5}$/.test(code);
  return lost ? new OutcomeUnknown("the answer to a commit was lost", { cause: error }) : error;
}
