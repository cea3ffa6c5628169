/**
 * Places by their addresses, kept for a few seconds: every page and call begins with one, and a place changes its name
 * once in years. An address that leads nowhere is asked for again each time, so that a new place is there at once.
 */
import { findPlace } from "../places/index.ts";
import type { Database } from "../platform/database/index.ts";
import type { House, PlaceInHand } from "../platform/use-case/index.ts";

const KEPT_MILLISECONDS = 5_000;
const MOST_KEPT = 2_000;

export function openPlaceFinder(database: Database): House["findPlace"] {
  const kept = new Map<string, { readonly place: PlaceInHand; readonly until: number }>();
  return async (slug) => {
    const known = kept.get(slug);
    if (known !== undefined && known.until > performance.now()) return known.place;
    const place = await database.national((tx) => findPlace(tx, slug));
    if (kept.size >= MOST_KEPT) kept.clear();
    if (place === null) kept.delete(slug);
    else kept.set(slug, { place, until: performance.now() + KEPT_MILLISECONDS });
    return place;
  };
}
