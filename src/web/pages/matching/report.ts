/** The page of a run's report, /places/:place/matching/runs/:run. How a run is read is given: it is the subject's to permit and to note. In English, as a desk. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Result } from "../../../lib/result.ts";
import { sendPage, sendRefusal } from "../../visit.ts";
import { parameterOf, topOf, visitOf } from "../money/exchange.ts";
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
    const { room: _, ...top } = topOf(visit, { title: model.title });
    const overview = top.breadcrumbs?.slice(0, 1) ?? [];
    const breadcrumbs = [
      ...overview,
      { text: model.w.matching, href: `/places/${visit.place}/matching` },
      { text: model.title },
    ];
    return sendPage({ request, reply }, "pages/matching/report.njk", { top: { ...top, breadcrumbs }, model });
  });
}
