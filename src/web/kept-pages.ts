/**
 * The places' public pages, kept for two seconds for people who are not signed in: when a council's spending is in the
 * news, hundreds ask for the same page at once. A visitor with a session always gets a page of their own, and any
 * change made through this server empties what is kept.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";

const KEPT_MILLISECONDS = 2_000;
const MOST_PAGES = 200;
const LARGEST_PAGE = 1_000_000;

type Kept = { readonly html: string; readonly until: number };

export function keepPublicPages(app: FastifyInstance): void {
  const kept = new Map<string, Kept>();
  app.addHook("onRequest", async (request, reply) => {
    if (request.method !== "GET" && request.method !== "HEAD") kept.clear();
    const page = kept.get(keyOf(request) ?? "");
    if (page === undefined || page.until < performance.now()) return;
    return reply.type("text/html; charset=utf-8").header("cache-control", "private, no-store").send(page.html);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const key = keyOf(request);
    const whole = reply.statusCode === 200 && String(reply.getHeader("content-type")).startsWith("text/html");
    const plain = reply.getHeader("set-cookie") === undefined && reply.getHeader("refresh") === undefined;
    if (key === null || !whole || !plain || typeof payload !== "string" || payload.length > LARGEST_PAGE)
      return payload;
    if (kept.size >= MOST_PAGES) kept.clear();
    kept.set(key, { html: payload, until: performance.now() + KEPT_MILLISECONDS });
    return payload;
  });
}

/** Null where the page is not one to keep: not a place's, or asked for with a cookie or a change of language. */
function keyOf(request: FastifyRequest): string | null {
  const { url, headers } = request;
  if (request.method !== "GET" || !url.startsWith("/places/") || headers.cookie !== undefined) return null;
  if (headers.authorization !== undefined || /[?&]lang=/.test(url)) return null;
  return url;
}
