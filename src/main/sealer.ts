/** Seals the audit trail of every place that has unsealed entries, every few seconds, one place a transaction. */
import { listPlaces } from "../places/index.ts";
import { sealAudit } from "../platform/audit/index.ts";
import type { Database } from "../platform/database/index.ts";

const EVERY_MILLISECONDS = 3000;

export function startSealer(
  database: Database,
  logError: (error: unknown) => void,
): { readonly stop: () => Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await sealAll(database).catch(logError);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MILLISECONDS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
}

export async function sealAll(database: Database): Promise<number> {
  let sealed = 0;
  for (const place of await database.national(listPlaces))
    sealed += await database.inPlace(place.placeId, (tx) => sealAudit(tx, place.placeId));
  return sealed;
}
