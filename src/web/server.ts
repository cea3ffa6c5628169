/**
 * The web server: sessions in the database, a strict content security policy (nothing inline, nothing from elsewhere),
 * a token on every form, limits on every upload, and error pages that say what to do and give a reference, never a stack.
 */
import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import session from "@fastify/session";
import statics from "@fastify/static";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { openRateLimitStore, openSessionStore } from "../identity/index.ts";
import { keepPublicPages } from "./kept-pages.ts";
import { registerPages } from "./pages/index.ts";
import { sendPage, startVisit } from "./visit.ts";
import type { Web } from "./web.ts";

const MEBIBYTE = 1_048_576;
export const LARGEST_UPLOAD_BYTES = 64 * MEBIBYTE;
const LARGEST_BODY_BYTES = 1 * MEBIBYTE;

export type ServerOptions = {
  readonly web: Web;
  readonly publicFolder: string;
  readonly cookieSecret: string;
  readonly logger: boolean | object;
  /** How many proxies stand before this server, whose X-Forwarded-For is believed; true is one. */
  readonly trustProxy?: boolean | number;
};

export async function openWebServer(options: ServerOptions): Promise<FastifyInstance> {
  const { web } = options;
  const app = Fastify({
    logger: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID().slice(0, 8),
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: 120_000,
    // Never `true` to Fastify: it would believe whatever address a client itself puts first in the list.
    trustProxy: (_address, hop) => hop < Number(options.trustProxy ?? 0),
    rewriteUrl: ({ url = "/" }) => (canBeRead(url) ? url : unreadable(url)),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_PART },
  });
  await registerGuards(app, options);
  keepPublicPages(app);
  await app.register(statics, {
    root: options.publicFolder,
    prefix: "/public/",
    immutable: true,
    maxAge: "365d",
    decorateReply: false,
  });
  app.decorate("web", web);
  app.decorateRequest("visit", null as never);
  app.addHook("preHandler", async (request, reply) => {
    request.visit = startVisit(web, { request, reply });
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError({ request, reply }, error));
  app.setNotFoundHandler((request, reply) => answerNotFound({ request, reply }));
  registerPages(app, web);
  return app;
}

async function registerGuards(app: FastifyInstance, { web, cookieSecret }: ServerOptions): Promise<void> {
  const { database } = web.house;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: web.secureCookies ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
  });
  await app.register(cookie);
  await app.register(session, {
    secret: cookieSecret,
    cookieName: "onepot_session",
    saveUninitialized: false,
    rolling: false,
    store: openSessionStore(database),
    cookie: { httpOnly: true, sameSite: "lax", secure: web.secureCookies, path: "/" },
  });
  await app.register(formbody, { bodyLimit: LARGEST_BODY_BYTES });
  await app.register(multipart, {
    limits: { fileSize: LARGEST_UPLOAD_BYTES, files: 1, fields: 30, fieldSize: 64 * 1024, parts: 40 },
  });
  await app.register(csrf, { sessionPlugin: "@fastify/session" });
  // A connection that has ended has no address any more, and nobody to be limited.
  app.addHook("onRequest", async (request, reply) => {
    if (request.ip === undefined) return reply.code(400).send();
  });
  await app.register(rateLimit, { global: false, store: openRateLimitStore(database) as never });
}

/** The address of a count says all that was chosen, the seed of a lot too; that of two counts has both. */
const LONGEST_PART = 1200;

/**
 * Fastify answers an address with a broken % sign, or with an endless part, itself and past every hook: one that nothing stands at goes
 * through them.
 */
function canBeRead(url: string): boolean {
  try {
    const path = url.split("?", 1)[0] ?? "";
    return path.split("/").every((part) => decodeURIComponent(part).length <= LONGEST_PART);
  } catch {
    return false;
  }
}

function unreadable(url: string): string {
  return url.startsWith("/api/") ? "/api/unreadable-address" : "/unreadable-address";
}

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

async function answerError(the: Exchange, error: FastifyError): Promise<FastifyReply> {
  const status = error.statusCode ?? 500;
  if (status >= 500) the.request.log.error({ err: error, errorId: the.request.id }, "a request failed");
  if (the.request.url.startsWith("/api/")) {
    const message =
      status >= 500
        ? `Something went wrong at our end. Try again; if it goes on, give this reference: ${the.request.id}`
        : apiWords(error, the.request.routeOptions.bodyLimit ?? LARGEST_BODY_BYTES);
    return the.reply.code(status).send({
      code: status >= 500 ? "failed" : "request_not_valid",
      message,
      ...(status >= 500 && { errorId: the.request.id }),
    });
  }
  the.request.visit ??= startVisit(the.request.server.web, the);
  const language = the.request.visit.language;
  const words = status >= 500 ? FAILED[language] : (CLIENT_ERRORS[status] ?? CLIENT_ERRORS[400])?.[language];
  const title = words?.title ?? "";
  return sendPage(the, "pages/error.njk", {
    top: { title, breadcrumbs: [] },
    model: { title, sentence: words?.text ?? "", ...(status >= 500 && { errorId: the.request.id }) },
    status,
  });
}

const BAD_ADDRESS = { name: "FastifyError", code: "FST_ERR_BAD_URL", statusCode: 400 } as const;

function apiWords(error: FastifyError, bodyLimit: number): string {
  if (error.code === BAD_ADDRESS.code) return "The address could not be read. Check its % signs and its length.";
  if (error.statusCode === 413) return `The request is too large. Send less than ${Math.floor(bodyLimit / 1e6)} MB.`;
  if (error.statusCode === 415) return "Send JSON, with the header Content-Type: application/json";
  if (error.statusCode === 429) return "Too many requests. Wait and try again.";
  return "The request could not be read. Send one JSON object.";
}

async function answerNotFound(the: Exchange): Promise<FastifyReply> {
  if (!canBeRead(the.request.originalUrl))
    return answerError(the, Object.assign(new Error("the address cannot be read"), BAD_ADDRESS));
  if (the.request.url.startsWith("/api/"))
    return the.reply
      .code(404)
      .send({ code: "route_not_found", message: "There is no such address in the API. See /api for the list." });
  the.request.visit ??= startVisit(the.request.server.web, the);
  const words = CLIENT_ERRORS[404]?.[the.request.visit.language];
  const title = words?.title ?? "";
  return sendPage(the, "pages/error.njk", {
    top: { title, breadcrumbs: [] },
    model: { title, sentence: words?.text ?? "" },
    status: 404,
  });
}

type Words = Readonly<Record<"en" | "cy", { readonly title: string; readonly text: string }>>;

const FAILED: Words = {
  en: { title: "Sorry, something went wrong", text: "Nothing was changed. Try again in a minute." },
  cy: {
    title: "Mae'n ddrwg gennym, aeth rhywbeth o'i le",
    text: "Ni newidiwyd dim. Rhowch gynnig arall arni mewn munud.",
  },
};

const CLIENT_ERRORS: Readonly<Record<number, Words>> = {
  400: {
    en: { title: "We could not read that", text: "Go back, check what you sent and try again. Nothing was changed." },
    cy: {
      title: "Ni allem ddarllen hynny",
      text: "Ewch yn ôl, gwiriwch yr hyn a anfonwyd a rhowch gynnig arall arni. Ni newidiwyd dim.",
    },
  },
  403: {
    en: {
      title: "This form is out of date",
      text: "Go back, reload the page and send the form again. Nothing was changed.",
    },
    cy: {
      title: "Mae'r ffurflen hon wedi dyddio",
      text: "Ewch yn ôl, ail-lwythwch y dudalen ac anfonwch y ffurflen eto. Ni newidiwyd dim.",
    },
  },
  404: {
    en: { title: "Page not found", text: "Check the address, or start again from the start page." },
    cy: { title: "Heb ganfod y dudalen", text: "Gwiriwch y cyfeiriad, neu dechreuwch eto o'r dudalen gychwyn." },
  },
  413: {
    en: {
      title: "The file is too large",
      text: "Upload a file of 64 MB or less, or import it with the command line: bin/onepot spend import",
    },
    cy: {
      title: "Mae'r ffeil yn rhy fawr",
      text: "Uwchlwythwch ffeil o 64 MB neu lai, neu ei mewnforio â'r llinell orchymyn: bin/onepot spend import",
    },
  },
  429: {
    en: { title: "Too many tries", text: "Wait a few minutes and try again." },
    cy: { title: "Gormod o geisiadau", text: "Arhoswch ychydig funudau a rhowch gynnig arall arni." },
  },
};

declare module "fastify" {
  interface FastifyInstance {
    web: Web;
  }
}
