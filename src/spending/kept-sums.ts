/**
 * Sums of published spending, made once for the files that are there: stored files are never changed or taken away, so
 * their number and the newest of them say whether a sum still holds. Adding up a year of a council's lines takes ten
 * milliseconds of the database, and the same page is asked for by many.
 */
import { keyOf, openRecent } from "../lib/recent.ts";
import type { Transaction } from "../platform/database/index.ts";
import { findFilesStamp } from "./store/files.ts";
import { listChoices, type SpendChoices, type SpendFilter, type SumsAtOnce, sumAtOnce } from "./store/lines.ts";

const MOST_KEPT = 200;
const sums = openRecent<SumsAtOnce>(MOST_KEPT);
const choices = openRecent<SpendChoices>(MOST_KEPT);

export async function keptSums(
  tx: Transaction,
  filter: SpendFilter,
  limits: { readonly serviceAreas: number; readonly months: number; readonly suppliers: number },
): Promise<SumsAtOnce> {
  const key = keyOf([await findFilesStamp(tx, filter.placeId), filter, limits]);
  return sums.get(key) ?? sums.keep(key, await sumAtOnce(tx, filter, limits));
}

/** What there is to choose from does not depend on what is chosen. */
export async function keptChoices(tx: Transaction, filter: SpendFilter): Promise<SpendChoices> {
  const { placeId, areaId, publisherId } = filter;
  const key = keyOf([await findFilesStamp(tx, placeId), areaId, publisherId]);
  return choices.get(key) ?? choices.keep(key, await listChoices(tx, filter));
}
