/** Pages of a run's report rendered whole; with the stylesheet inside a browser can look at them without a server. */
import { join } from "node:path";
import type { PrecisionRecall, RunReport, Waterfall } from "../../../linkage/index.ts";
import type { PageLayout } from "../../shell/layout.ts";
import { openTemplates } from "../../shell/templates.ts";
import { compileStyles } from "../../styles/compile.ts";
import { presentRunReport } from "./report-page.ts";
import { showWaterfall } from "./report-waterfall.ts";

const root = join(import.meta.dirname, "../../../..");
const templates = openTemplates({
  folders: [join(root, "src/web/templates"), join(root, "node_modules/govuk-frontend/dist"), import.meta.dirname],
  cache: true,
});

function layout(title: string): PageLayout {
  return {
    language: "en",
    title,
    placeName: "Salford",
    placeSlug: "salford",
    rooms: [],
    switchHref: { en: "?lang=en", cy: "?lang=cy" },
    breadcrumbs: [{ text: "Salford", href: "/places/salford" }, { text: title }],
    assets: { css: "/public/app.css", js: "/public/app.js", govukJs: "/public/govuk-frontend.min.js" },
  };
}

/** The page with its stylesheet inside and nothing to fetch. */
export function withStyles(html: string): string {
  return html
    .replace("</head>", `<style>${compileStyles({ root, compressed: true })}</style></head>`)
    .replaceAll(/<link rel="(?:stylesheet|modulepreload)"[^>]*>|<script[^>]*><\/script>/g, "");
}

/** As the registered page does, of a run whose other facts are made up. */
export function renderReport(report: RunReport, precisionRecall: PrecisionRecall | null = null): string {
  const run = {
    number: 12,
    startedAt: new Date("2013-03-28T14:05:00Z"),
    startedBy: "Asha Patel",
    seed: 1,
    agreementTitle: "Salford families, information-sharing agreement of 2012",
    modelVersion: "Salford 3",
    reviewHref: "/places/salford/matching/review",
    showsFrom: 0.9999,
  };
  const model = presentRunReport({ run, report, precisionRecall }, "en");
  return templates.render("pages/matching/report.njk", { layout: layout(model.title), ...model });
}

/** The waterfall by itself, under a heading. */
export function renderWaterfall(waterfall: Waterfall): string {
  const shown = showWaterfall(waterfall, { language: "en", idPrefix: "pair", thresholdBits: 0 });
  return templates.render("waterfall.fixture.njk", { layout: layout("Two records"), shown });
}
