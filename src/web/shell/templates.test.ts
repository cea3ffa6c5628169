/** Every template compiles and is sound; the layout says what it must on every page. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { LANGUAGES, type Language } from "../../lib/language.ts";
import { bars } from "../charts/bars.ts";
import { compileStyles } from "../styles/compile.ts";
import { demonstrationBanner, type PageLayout } from "./layout.ts";
import { openTemplates } from "./templates.ts";

const root = join(import.meta.dirname, "../../..");
const ours = join(root, "src/web/templates");
const govuk = join(root, "node_modules/govuk-frontend/dist");
const templates = openTemplates({ folders: [ours, govuk], cache: true });

type Fixture = { readonly name: string; readonly options: object; readonly html: string };

function layout(language: Language): PageLayout {
  return {
    language,
    title: "<b>Pot</b>",
    placeName: "Salford & Co",
    placeSlug: "salford",
    placeColourClass: "place-salford",
    rooms: [{ text: "Money", href: "/m", current: true }],
    signedIn: { name: "Asha", role: "Finance officer", href: "/me", signOutHref: "/sign-out" },
    switchHref: { en: "?lang=en", cy: "?lang=cy" },
    banner: demonstrationBanner(language, mustDay("2013-03-29")),
    breadcrumbs: [{ text: "Salford", href: "/places/salford" }],
    errors: [{ text: "Enter an amount", href: "#amount" }],
    notice: { kind: "success", text: "Saved", href: "/c/1", linkText: "Open it" },
    csrfToken: "token",
    assets: { css: "/public/app.css", js: "/public/app.js", govukJs: "/public/govuk-frontend.min.js" },
  };
}

const every = readdirSync(ours, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".njk"))
  .map((name) => name.replaceAll("\\", "/"));
const pages = ["accessibility", "cookies", "error", "privacy"].map((name) => `pages/${name}.njk`);
const shown = LANGUAGES.flatMap((language) => pages.map((name) => ({ language, name })));
const render = (name: string, language: Language): string =>
  templates.render(name, { layout: layout(language), title: "T", sentence: "S", whatToDo: "W", errorId: "e1" });

describe("GOV.UK Frontend", () => {
  it("renders all 725 of its own fixtures byte for byte", () => {
    let count = 0;
    for (const component of readdirSync(join(govuk, "govuk/components"), { withFileTypes: true })) {
      if (!component.isDirectory()) continue;
      const file = join(govuk, "govuk/components", component.name, "fixtures.json");
      const { fixtures } = JSON.parse(readFileSync(file, "utf8")) as { fixtures: readonly Fixture[] };
      for (const { name, options, html } of fixtures) {
        const template = `govuk/components/${component.name}/template.njk`;
        const rendered = templates.render(template, { params: options }).trim();
        expect(rendered, `${component.name}: ${name}`).toBe(html);
        count += 1;
      }
    }
    expect(count).toBe(725);
  });
});

describe("every template", () => {
  it.each(every)("%s compiles", (name) => {
    expect(() => templates.compile(name)).not.toThrow();
  });

  it.each(shown)(
    "$name in $language needs no exception in the content security policy and keeps to our brand",
    ({ language, name }) => {
      const html = render(name, language);
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).not.toMatch(/<script(?! type="module" src=)|<style|\sstyle=|\son[a-z]+="/i);
      expect(html).not.toMatch(/crown|crest|govuk-footer|GOV\.UK|logotype/);
      expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?\/\//);
      expect(html).not.toMatch(/undefined|\[object/);
      expect(html).toContain("Salford &amp; Co");
      expect(html).toContain("&lt;b&gt;Pot&lt;/b&gt;");
    },
  );

  it("is in the language asked for, and says that the Welsh awaits a check", () => {
    expect(render("pages/cookies.njk", "cy")).toContain("Neidio i&#39;r prif gynnwys");
    expect(render("pages/cookies.njk", "cy")).toContain("aros am wiriad cyfieithydd");
    expect(render("pages/cookies.njk", "en")).toContain("Demonstration");
    expect(render("pages/cookies.njk", "en")).toContain("Made-up data. Place date 29 March 2013.");
  });

  it("prints a chart with its table", () => {
    const folder = mkdtempSync(join(tmpdir(), "onepot-templates-"));
    writeFileSync(
      join(folder, "print-chart.njk"),
      '{% from "components/chart.njk" import chart as draw %}{{ draw({ language: language, chart: chart }) }}',
    );
    const printer = openTemplates({ folders: [folder, ours, govuk], cache: false });
    const chart = bars({
      language: "en",
      idPrefix: "b",
      title: "Who",
      items: [{ label: "<i>", amountPence: 123456n, href: "/x" }],
    });
    const html = printer.render("print-chart.njk", { chart, language: "en" });
    expect(html).toContain('<div class="chart-wide"><svg');
    expect(html).toContain("&lt;i&gt;</a>");
    expect(html).toContain("1,234.56");
  });
});

describe("the stylesheet", () => {
  const css = compileStyles({ root, compressed: true });
  it("has no typeface, picture or mark of GOV.UK's, and asks for nothing", () => {
    expect(css).not.toMatch(/GDS Transport|crown|crest|@font-face|url\(|@import/i);
  });
  it("has what the components and charts need", () => {
    for (const name of [".chart-wide", ".chart-narrow", ".shadow-money", ".money-table", "@media print"])
      expect(css).toContain(name);
  });
});
