/**
 * All that a page reads of its place, in one transaction: its figures are of one moment, and the database is entered once
 * instead of ten times. What a page asks of another place, or changes, stands by itself.
 */
import type { FastifyRequest, RouteOptions } from "fastify";
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { openSlots } from "../lib/slots.ts";
import { declarePlaceUseCase, type PlaceContext, perform } from "../platform/use-case/index.ts";
import type { Web } from "./web.ts";

type Work<T> = (ctx: PlaceContext) => Promise<T>;

const readPlace = declarePlaceUseCase({
  name: "page.read",
  summary: "Read what a page shows, all of it at one moment",
  permission: "place.read",
  changes: false,
  input: z.strictObject({ work: z.custom<Work<unknown>>() }),
  output: z.object({}),
  example: { work: async () => null },
  refusals: {},
  handle: async (ctx, { work }) => accept(await work(ctx)),
});

type Reading = { readonly place: string; readonly ctx: PlaceContext };
const readings = new WeakMap<FastifyRequest, Reading>();

/** The open reading of a place. */
export function readingAt(request: FastifyRequest, place: string | null): PlaceContext | null {
  const reading = readings.get(request);
  return reading?.place === place ? (reading?.ctx ?? null) : null;
}

/** Reads of a place what no use case gives, in the page's own reading where one is open; null where there is no such place. */
export async function readAt<T>(request: FastifyRequest, place: string, work: Work<T>): Promise<T | null> {
  const reading = readingAt(request, place);
  if (reading !== null) return work(reading);
  const { web, credential, language } = request.visit;
  const answer = await perform(web.house, readPlace, { credential, language, place, input: { work } });
  return answer.ok ? (answer.value as T) : null;
}

/** Exports are long, and read as they are sent or by one use case of their own. */
const EXPORT = /(\.(csv|xlsx|zip)|\/export)$/;
/** A page that holds a link and waits for a second one must not be one of all that do: some links are never held by pages. */
const LINKS_KEPT_FREE = 2;

/** For the hook that sees every route: wraps the handler of each page of a place. */
export function readTogether(web: Web): (route: RouteOptions) => void {
  const enter = openSlots(Math.max(web.house.database.pool.options.max - LINKS_KEPT_FREE, 1));
  return (route) => {
    if (route.method !== "GET" || !route.url.startsWith("/places/:place") || EXPORT.test(route.url)) return;
    const { handler } = route;
    route.handler = async function page(request, reply) {
      const { place } = request.params as { readonly place: string };
      let sent = false;
      const send = async () => {
        sent = true;
        return handler.call(this, request, reply);
      };
      const leave = await enter();
      try {
        const answer = await readAt(request, place, async (ctx) => {
          readings.set(request, { place, ctx });
          return send().finally(() => readings.delete(request));
        });
        // A place that is not there is refused in its own words by whatever asks for it.
        return sent ? answer : await send();
      } finally {
        leave();
      }
    };
  };
}
