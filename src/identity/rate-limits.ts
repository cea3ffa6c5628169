/**
 * Limits on how often something may be tried, kept in the database so that every process counts together. A window begins
 * with the first try; what comes after the limit is refused until the window ends, and does not lengthen it.
 */
import type { Database } from "../platform/database/index.ts";
import { countTry, forgetTries, readTries } from "./store/rate-limits.ts";
import { hashToken } from "./store/tokens.ts";

export type Limit = { readonly bucket: string; readonly limit: number; readonly windowSeconds: number };
export type Taken = { readonly allowed: boolean; readonly retryAfterSeconds: number };

/** Counts one try. Its own transaction: a try counts even when what it was for is undone. */
export async function takeFrom(database: Database, the: Limit): Promise<Taken> {
  const counted = await database.national((tx) =>
    countTry(tx, { bucket: bucketOf(the.bucket), windowMilliseconds: the.windowSeconds * 1_000 }),
  );
  if (counted.hits <= the.limit) return { allowed: true, retryAfterSeconds: 0 };
  return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(counted.leftMilliseconds / 1_000)) };
}

export function forgetBucket(database: Database, bucket: string): Promise<void> {
  return database.national((tx) => forgetTries(tx, bucketOf(bucket)));
}

function bucketOf(bucket: string): string {
  return hashToken("bucket", bucket).toString("hex");
}

type Counting = (error: Error | null, result?: { current: number; ttl: number }) => void;
type RouteOfLimit = { readonly routeInfo?: { readonly method?: unknown; readonly url?: unknown } };

/** @fastify/rate-limit's store, written out here because only doors may import that package. Times are milliseconds. */
export type RateLimitStore = {
  incr(key: string, callback: Counting, timeWindow: number): void;
  read(key: string, callback: Counting, timeWindow: number): void;
  child(route: object): RateLimitStore;
};

/** The plugin makes its store by `new`: give it what this returns as its `store`. Each route with a limit counts alone. */
export function openRateLimitStore(database: Database): new (options: object) => RateLimitStore {
  return class DatabaseRateLimits implements RateLimitStore {
    readonly #prefix: string;

    constructor(options: object & { readonly prefix?: string }) {
      this.#prefix = options.prefix ?? "request";
    }

    incr(key: string, callback: Counting, timeWindow: number): void {
      count(countTry, { key: `${this.#prefix}:${key}`, timeWindow, callback });
    }

    read(key: string, callback: Counting, timeWindow: number): void {
      count(readTries, { key: `${this.#prefix}:${key}`, timeWindow, callback });
    }

    child(route: object): RateLimitStore {
      const { routeInfo } = route as RouteOfLimit;
      const method = [routeInfo?.method ?? "any"].flat().join(",");
      return new DatabaseRateLimits({ prefix: `${this.#prefix}:${method} ${String(routeInfo?.url ?? "limiter")}` });
    }
  };

  function count(
    how: typeof countTry,
    the: { readonly key: string; readonly timeWindow: number; readonly callback: Counting },
  ): void {
    const counted = database.national((tx) =>
      how(tx, { bucket: bucketOf(the.key), windowMilliseconds: the.timeWindow }),
    );
    counted.then(
      ({ hits, leftMilliseconds }) => the.callback(null, { current: hits, ttl: leftMilliseconds }),
      (error: unknown) => the.callback(error instanceof Error ? error : new Error("the limits could not be read")),
    );
  }
}
