/** The pages of matching: the room, bringing files, a run's report, readings and people. */
import type { FastifyInstance } from "fastify";
import { accept } from "../../../lib/result.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask } from "../../visit.ts";
import { registerDesk } from "./desk.ts";
import { registerMatchingFiles } from "./files.ts";
import { matchingAddresses } from "./frame.ts";
import { registerMatchedPeople } from "./people.ts";
import { registerMatchReadings } from "./readings.ts";
import { registerRunReport } from "./report.ts";
import { registerMatchingRoom } from "./room.ts";
import { readRun } from "./room-reading.ts";
import { matchingWords } from "./words.ts";

export function registerMatchingPages(app: FastifyInstance): void {
  registerMatchingRoom(app);
  registerDesk(app);
  registerMatchingFiles(app);
  registerMatchReadings(app);
  registerMatchedPeople(app);
  registerRunReport(app, {
    refusals: readRun.refusals,
    read: async (request, { place, run: runId }) => {
      const found = await ask(request, readRun, { place, input: { runId } });
      if (!found.ok) return found;
      const { run, report, precisionRecall, threshold, agreementTitle, startedBy, mayReview } = found.value;
      return accept({
        run: {
          number: run.number,
          startedAt: run.askedAt,
          startedBy,
          seed: run.seed,
          agreementTitle,
          modelVersion: run.modelVersion === null ? "" : matchingWords.modelVersion(formatNumber(run.modelVersion)),
          reviewHref: mayReview ? matchingAddresses(place).desk() : null,
          showsFrom: threshold?.probability ?? null,
        },
        report,
        precisionRecall,
      });
    },
  });
}
