/** Where a place's records have their pages: the one list of addresses that these pages link to. */
export function placeAddress(slug: string, ...parts: readonly string[]): string {
  return ["", "places", slug, ...parts.map(encodeURIComponent)].join("/");
}

/** The page of a record of the chain, by its kind. What has no page of its own is followed. */
export function recordAddress(
  slug: string,
  record: { readonly kind: string; readonly id: string; readonly potSlug?: string },
): string {
  if (record.kind === "stream") return placeAddress(slug, "streams", record.id);
  if (record.kind === "pot" && record.potSlug !== undefined) return placeAddress(slug, "pots", record.potSlug);
  if (record.kind === "service") return placeAddress(slug, "services", record.id);
  return placeAddress(slug, "trace", record.id);
}
