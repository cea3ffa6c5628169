/**
 * One request of a person's browser: who they are, which language they read, and how a page answers them. Every page goes
 * through `page` for a reading and `form` for a change, so that the layout, the refusals and the errors are the same.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Language } from "../lib/language.ts";
import type { Refusal, Result } from "../lib/result.ts";
import {
  type Credential,
  type InputFault,
  perform,
  performWithin,
  refusalWords,
  type UseCase,
} from "../platform/use-case/index.ts";
import { layoutOf, type PageTop } from "./page-layout.ts";
import { readingAt } from "./reading.ts";
import type { Web } from "./web.ts";

declare module "fastify" {
  interface Session {
    userId?: string;
    notice?: string;
  }
  interface FastifyRequest {
    visit: Visit;
  }
}

export type Visit = {
  readonly web: Web;
  readonly language: Language;
  readonly credential: Credential;
  /** The address without ?lang=, for links back to this page. */
  readonly address: string;
};

const LANGUAGE_COOKIE = "onepot_language";

export function startVisit(
  web: Web,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Visit {
  const asked = (request.query as Readonly<Record<string, unknown>> | undefined)?.["lang"];
  const kept = request.cookies[LANGUAGE_COOKIE];
  const language: Language = (asked ?? kept) === "cy" ? "cy" : "en";
  if (asked === "cy" || asked === "en")
    reply.setCookie(LANGUAGE_COOKIE, language, {
      path: "/",
      sameSite: "lax",
      httpOnly: true,
      secure: web.secureCookies,
      maxAge: 31_536_000,
    });
  const userId = request.session?.userId;
  return {
    web,
    language,
    credential: userId === undefined ? { kind: "public" } : { kind: "person", userId },
    address: withoutLanguage(request.url),
  };
}

function withoutLanguage(url: string): string {
  const [path = "/", query = ""] = url.split("?", 2);
  const rest = new URLSearchParams(query);
  rest.delete("lang");
  const text = rest.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Carries out a use case for the visitor. */
export function ask<S extends "place" | "national", I extends z.ZodObject, V, R extends { readonly code: string }>(
  request: FastifyRequest,
  useCase: UseCase<S, I, V, R>,
  the: { readonly place?: string; readonly input: z.input<I>; readonly requestKey?: string | undefined },
): Promise<Result<V>> {
  const { web, credential, language } = request.visit;
  const reading = readingAt(request, the.place ?? null);
  if (reading !== null && !useCase.changes && useCase.notesViews !== true)
    return performWithin(reading, useCase as unknown as UseCase<"place", I, V, R>, the.input);
  return perform(web.house, useCase, {
    credential,
    language,
    input: the.input,
    ...(the.place !== undefined && { place: the.place }),
    requestKey: the.requestKey ?? null,
  });
}

/** Renders a page in the layout. `top` says its title, place and where it stands; `model` is for its own template. */
export async function sendPage(
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  template: string,
  page: { readonly top: PageTop; readonly model?: object; readonly status?: number },
): Promise<FastifyReply> {
  const layout = await layoutOf(exchange, page.top);
  const html = exchange.request.visit.web.templates.render(template, { layout, ...page.model });
  return exchange.reply
    .code(page.status ?? 200)
    .type("text/html; charset=utf-8")
    .header("cache-control", "private, no-store")
    .send(html);
}

/** A refusal's words in the visitor's language, and the field at fault where there is one. */
export function wordsOf(
  useCase: { readonly refusals: object },
  refusal: Refusal,
  language: Language,
): { readonly text: string; readonly field: string | null; readonly status: number } {
  const words = refusalWords(useCase, refusal);
  return {
    text: words?.[language](refusal as never) ?? refusal.code,
    field: words?.field ?? null,
    status: words?.status ?? 400,
  };
}

/** Errors for the summary and beside each field, from a refusal of a form's use case. */
export type FormErrors = {
  readonly summary: readonly { readonly text: string; readonly href?: string }[];
  readonly byField: Readonly<Record<string, { readonly text: string }>>;
};

export function errorsOf(useCase: { readonly refusals: object }, refusal: Refusal, language: Language): FormErrors {
  const faults: readonly InputFault[] =
    refusal.code === "input_not_valid"
      ? (refusal["faults"] as readonly InputFault[])
      : [{ field: wordsOf(useCase, refusal, language).field ?? "", message: wordsOf(useCase, refusal, language).text }];
  return {
    summary: faults.map((fault) => ({ text: fault.message, ...(fault.field !== "" && { href: `#${fault.field}` }) })),
    byField: Object.fromEntries(faults.map((fault) => [fault.field, { text: fault.message }])),
  };
}

/** The page for a refusal that no form can show: not found, not allowed. */
export async function sendRefusal(
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  useCase: { readonly refusals: object },
  refusal: Refusal,
): Promise<FastifyReply> {
  const { language, credential } = exchange.request.visit;
  const words = wordsOf(useCase, refusal, language);
  const signIn = refusal.code === "not_allowed" && credential.kind === "public";
  if (signIn)
    return exchange.reply.redirect(`/sign-in?return=${encodeURIComponent(exchange.request.visit.address)}`, 303);
  const titles = {
    404: { en: "Page not found", cy: "Heb ganfod y dudalen" },
    403: { en: "You may not see this", cy: "Ni chewch weld hyn" },
  } as const;
  const title =
    words.status === 403 ? titles[403][language] : words.status === 404 ? titles[404][language] : words.text;
  return sendPage(exchange, "pages/error.njk", {
    top: { title, breadcrumbs: [] },
    model: { title, sentence: words.text },
    status: words.status,
  });
}

/** Leaves a notice for the next page and goes there. */
export function goTo(
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  address: string,
  notice?: string,
): FastifyReply {
  if (notice !== undefined) exchange.request.session.notice = notice;
  return exchange.reply.redirect(address, 303);
}
