/** The page of spending: what is spent here, by whom, on what. */
import type { FastifyInstance } from "fastify";
import { exploreSpending } from "../../../spending/index.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { inputOf, readQuery } from "./address.ts";
import { crumbs } from "./crumbs.ts";
import { presentOverview } from "./overview.ts";
import { spendingWords } from "./words.ts";

export function registerOverviewPage(app: FastifyInstance): void {
  app.get("/places/:place/spending", async (request, reply) => {
    const { place } = request.params as { readonly place: string };
    const { language } = request.visit;
    const asked = readQuery(request.query, language);
    const query = { ...asked.query, fileId: undefined };
    const faulty = asked.faults.length > 0;
    const explored = await ask(request, exploreSpending, { place, input: inputOf(query) });
    if (!explored.ok) return sendRefusal({ request, reply }, exploreSpending, explored.refusal);
    const title = spendingWords(language)("spending");
    return sendPage({ request, reply }, "pages/spending/overview.njk", {
      top: {
        title,
        place,
        room: "money",
        breadcrumbs: crumbs({ language, slug: place, at: [{ text: title }] }),
        ...(faulty && { errors: asked.faults }),
      },
      status: faulty ? 400 : 200,
      model: presentOverview({ language, slug: place, query, faulty, explored: explored.value }),
    });
  });
}
