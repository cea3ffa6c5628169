/** Families reached, as anyone may see them: never the count itself, only the suppressed one and its words. */
import type { FastifyRequest } from "fastify";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { listReach, type ShownReach, type SuppressedCount } from "../../../places/index.ts";
import { readAt } from "../../reading.ts";
import { formatDay, formatNumber } from "../../shell/formats.ts";
import { placeWords } from "./words.ts";

/** By service, the newest period first. */
export async function readReach(
  request: FastifyRequest,
  the: { readonly slug: string; readonly serviceIds: readonly string[] },
): Promise<ReadonlyMap<string, readonly ShownReach[]>> {
  const read = await readAt(request, the.slug, async ({ tx, place }) => {
    const found = new Map<string, readonly ShownReach[]>();
    for (const serviceId of the.serviceIds) {
      const shown = await listReach(tx, place.placeId, serviceId);
      found.set(
        serviceId,
        shown.toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1)),
      );
    }
    return found;
  });
  return read ?? new Map();
}

export function reachWords(language: Language, count: SuppressedCount): string {
  const words = placeWords(language);
  if (count.kind === "none") return words("familiesNone");
  if (count.kind === "fewer") return words("familiesFewer", { than: count.than });
  return words("familiesAbout", { number: formatNumber(count.count) });
}

export function periodWords(language: Language, period: { readonly startsOn: Day; readonly endsOn: Day }): string {
  return placeWords(language)("period", {
    from: formatDay(language, period.startsOn),
    to: formatDay(language, period.endsOn),
  });
}
