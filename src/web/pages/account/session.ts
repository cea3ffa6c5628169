/** Beginning and ending a signed-in session: always under a new id, with the old one ended in the store. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "../../../lib/language.ts";

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** A year, as for the language chosen in the header. */
const LANGUAGE_SECONDS = 31_536_000;

/** Under a new id: whoever knew the old one has nothing. `userId` null leaves a session for a notice only. */
export async function startSession(request: FastifyRequest, userId: string | null): Promise<void> {
  const old = request.session.sessionId;
  await request.session.regenerate();
  await endStored(request, old);
  if (userId !== null) request.session.userId = userId;
}

function endStored(request: FastifyRequest, sessionId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request.sessionStore.destroy(sessionId, (error?: unknown) => (error ? reject(error) : resolve()));
  });
}

export function keepLanguage({ request, reply }: Exchange, language: Language): void {
  reply.setCookie("onepot_language", language, {
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: request.visit.web.secureCookies,
    maxAge: LANGUAGE_SECONDS,
  });
}

/** A person's own language, unless this browser has chosen one already. */
export function offerLanguage(the: Exchange, language: Language): void {
  if (the.request.cookies["onepot_language"] === undefined) keepLanguage(the, language);
}

/** Text fields of a form; what is no text counts as left empty. */
export function fieldOf(request: FastifyRequest, name: string): string {
  const body = request.body as Readonly<Record<string, unknown>> | null | undefined;
  const value = body?.[name];
  return typeof value === "string" ? value : "";
}

/** Every value of a field that may be ticked more than once. */
export function fieldsOf(request: FastifyRequest, name: string): readonly string[] {
  const body = request.body as Readonly<Record<string, unknown>> | null | undefined;
  const value = body?.[name];
  return [value].flat().filter((one): one is string => typeof one === "string");
}
