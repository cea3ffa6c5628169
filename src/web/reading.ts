/**
 * All that a page reads of its place, in one transaction: its figures are of one moment, and the database is entered once
 * instead of ten times. What a page asks of another place, or changes, stands by itself.
 */
import type { FastifyRequest, RouteOptions } from "fastify";
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, type PlaceContext, perform } from "../platform/use-case/index.ts";

type Reading = { readonly place: string; readonly ctx: PlaceContext };
const readings = new WeakMap<FastifyRequest, Reading>();

const readPage = declarePlaceUseCase({
  name: "page.read",
  summary: "Read what a page shows, all of it at one moment",
  permission: "place.read",
  changes: false,
  input: z.strictObject({ work: z.custom<(ctx: PlaceContext) => Promise<unknown>>() }),
  output: z.object({}),
  example: { work: async () => null },
  refusals: {},
  handle: async (ctx, { work }) => accept(await work(ctx)),
});

/** Exports are long, and read as they are sent. */
const EXPORT = /\.(csv|xlsx)$/;

/** Wraps the handler of every page of a place. */
export function readTogether(route: RouteOptions): void {
  if (route.method !== "GET" || !route.url.startsWith("/places/:place") || EXPORT.test(route.url)) return;
  const { handler } = route;
  route.handler = function page(request, reply) {
    const { place } = request.params as { readonly place: string };
    return inOneReading(request, { place, work: async () => handler.call(this, request, reply) });
  };
}

async function inOneReading<T>(
  request: FastifyRequest,
  { place, work }: { readonly place: string; readonly work: () => Promise<T> },
): Promise<T> {
  const { web, credential, language } = request.visit;
  const read = async (ctx: PlaceContext): Promise<T> => {
    readings.set(request, { place, ctx });
    return work().finally(() => readings.delete(request));
  };
  const leave = await enter(web.house.database.pool.options.max - LINKS_KEPT_FREE);
  try {
    const answer = await perform(web.house, readPage, { credential, language, place, input: { work: read } });
    // A place that is not there is refused in its own words by whatever asks for it.
    return answer.ok ? (answer.value as T) : await work();
  } finally {
    leave();
  }
}

/** A page that holds a link and waits for a second one must not be one of all that do: some links are never held by pages. */
const LINKS_KEPT_FREE = 2;
let inside = 0;
const waiting: (() => void)[] = [];

async function enter(most: number): Promise<() => void> {
  if (inside >= Math.max(most, 1)) await new Promise<void>((resolve) => waiting.push(resolve));
  else inside += 1;
  return () => {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  };
}

/** The open reading of a place, for what is read beside use cases. */
export function readingAt(request: FastifyRequest, place: string | null): PlaceContext | null {
  const reading = readings.get(request);
  return reading?.place === place ? (reading?.ctx ?? null) : null;
}
