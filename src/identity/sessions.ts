/**
 * Sessions for the doors. The browser's are kept by @fastify/session through its store interface; the command line's are
 * a token. The store keeps the SHA-256 of an id, never the id, and judges both limits by the database's clock: 30 minutes
 * without use, 12 hours in all. A door must regenerate the session at sign-in and then destroy the old id (README).
 */
import type { Database, Transaction } from "../platform/database/index.ts";
import { type Json, toJson } from "../platform/use-case/index.ts";
import { endSession, findCommandUser, findSession, insertCommandSession, saveSession } from "./store/sessions.ts";
import { drawSecret, findSecret, hashToken } from "./store/tokens.ts";

/** What the plugin hands over and expects back; `userId` says who is signed in, and is absent before sign-in. */
export type StoredSession = {
  readonly cookie: { originalMaxAge: number | null };
  readonly userId?: string;
};

/** @fastify/session's interface, written out here because only doors may import that package. */
export type SessionStore = {
  set(sessionId: string, session: object, callback: (error?: unknown) => void): void;
  get(sessionId: string, callback: (error: unknown, session?: StoredSession | null) => void): void;
  destroy(sessionId: string, callback: (error?: unknown) => void): void;
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function openSessionStore(database: Database): SessionStore {
  return {
    set: (sessionId, session, callback) => {
      const content = contentOf(session);
      const saved = database.national((tx) =>
        saveSession(tx, { sessionId: browserId(sessionId), userId: userOf(content), content }),
      );
      answer(saved, (error) => callback(error));
    },
    get: (sessionId, callback) => {
      const found = database.national((tx) => findSession(tx, browserId(sessionId)));
      answer(found, (error, content) => (error ? callback(error) : callback(null, content as StoredSession | null)));
    },
    destroy: (sessionId, callback) => {
      answer(
        database.national((tx) => endSession(tx, browserId(sessionId))),
        (error) => callback(error),
      );
    },
  };
}

function browserId(sessionId: string): string {
  return hashToken("session", sessionId).toString("hex");
}

/** As JSON.stringify sees it: the plugin's cookie writes itself by `toJSON`. */
function contentOf(session: object): Json {
  return toJson(JSON.parse(JSON.stringify(session)));
}

function userOf(content: Json): string | null {
  const userId = content !== null && typeof content === "object" && "userId" in content ? content["userId"] : null;
  return typeof userId === "string" && UUID.test(userId) ? userId : null;
}

/** Calls back once, and outside the promise: what the callback throws is not an error of the store. */
function answer<T>(work: Promise<T>, callback: (error: unknown, value?: T) => void): void {
  work.then(
    (value) => queueMicrotask(() => callback(null, value)),
    (error: unknown) => queueMicrotask(() => callback(error ?? new Error("the session store failed"))),
  );
}

/** The secret that signs the session cookie: one for the whole installation, made at its first start. */
export function findSessionSecret(database: Database): Promise<string> {
  return database.national((tx: Transaction) => findSecret(tx, "session_secret"));
}

/** Signs a person in at the command line for 12 hours; the token is theirs to keep in a file only they can read. */
export function openCommandSession(database: Database, userId: string): Promise<string> {
  return database.national(async (tx) => {
    const token = `ot_${(await drawSecret(tx)).toString("base64url")}`;
    await insertCommandSession(tx, { sessionId: commandId(token), userId });
    return token;
  });
}

/** Whose token it is; null where it has ended, is too old, or its account is closed. */
export function findCommandSession(database: Database, token: string): Promise<string | null> {
  return database.national((tx) => findCommandUser(tx, commandId(token)));
}

export function closeCommandSession(database: Database, token: string): Promise<void> {
  return database.national((tx) => endSession(tx, commandId(token)));
}

function commandId(token: string): string {
  return hashToken("command", token).toString("hex");
}
