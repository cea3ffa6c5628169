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

export type KeptSums = {
  readonly sums: (limits: Parameters<typeof sumAtOnce>[2]) => Promise<SumsAtOnce>;
  /** What there is to choose from does not depend on what is chosen. */
  readonly choices: () => Promise<SpendChoices>;
};

export async function openKeptSums(tx: Transaction, filter: SpendFilter): Promise<KeptSums> {
  const stamp = await findFilesStamp(tx, filter.placeId);
  return {
    sums: async (limits) => {
      const key = keyOf([stamp, filter, limits]);
      return sums.get(key) ?? sums.keep(key, await sumAtOnce(tx, filter, limits));
    },
    choices: async () => {
      const key = keyOf([stamp, filter.placeId, filter.areaId, filter.publisherId]);
      return choices.get(key) ?? choices.keep(key, await listChoices(tx, filter));
    },
  };
}
