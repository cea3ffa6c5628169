/** The page of a run's report, /places/:place/matching/runs/:run. How a run is read is given: it is the subject's to permit and to note. In English, as a desk. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Result } from "../../../lib/result.ts";
import { sendPage, sendRefusal } from "../../visit.ts";
import { parameterOf, visitOf } from "../money/exchange.ts";
import { matchingTop } from "./frame.ts";
import { presentRunReport, type RunShown } from "./report-page.ts";

export type RunReader = {
  /** The messages of what reading may refuse. */
  readonly refusals: object;
  readonly read: (
    request: FastifyRequest,
    asked: { readonly place: string; readonly run: string },
  ) => Promise<Result<RunShown>>;
};

export function registerRunReport(app: FastifyInstance, reader: RunReader): void {
  app.get("/places/:place/matching/runs/:run", async (request, reply) => {
    const visit = visitOf(request);
    const found = await reader.read(request, { place: visit.place, run: parameterOf(request, "run").slice(0, 40) });
    if (!found.ok) return sendRefusal({ request, reply }, reader, found.refusal);
    const model = presentRunReport(found.value, "en");
    const top = matchingTop({ request, reply }, { title: model.title });
    return sendPage({ request, reply }, "pages/matching/report.njk", { top, model });
  });
}
