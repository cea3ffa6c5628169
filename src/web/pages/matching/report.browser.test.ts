/**
 * The report of a run and the waterfall of two records in a browser, on a desk, a phone and a narrow phone, without a server: axe finds no
 * fault, nothing is wider than the screen, one form of each picture is shown, and no words of a picture are cut by its edge.
 */
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../../../../tools/chromium.ts";
import { linkFamilies, reportOf, WATERFALL } from "./report.fixture.ts";
import { renderReport, renderWaterfall, withStyles } from "./report-rendered.fixture.ts";

let browser: Browser;
let pages: Readonly<Record<"report" | "waterfall", string>>;

beforeAll(async () => {
  const read = [0, 0.25, 0.5, 0.75, 1].map((threshold, at) => ({
    ...{ threshold, pairs: 240 },
    ...{ precision: 0.7 + at * 0.07, recall: 1 - at * 0.15 },
  }));
  pages = {
    report: withStyles(renderReport(reportOf(linkFamilies(200)), read)),
    waterfall: withStyles(renderWaterfall(WATERFALL)),
  };
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
});

type AxeWindow = {
  readonly axe: {
    readonly run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
};

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as AxeWindow).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

/** Words of the pictures that are shown which reach over an edge of the screen, by more than a hair. */
const CUT = `[...document.querySelectorAll("svg text")]
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1); })
  .map((one) => one.textContent)`;

describe.each(["report", "waterfall"] as const)("the %s", (name) => {
  it.each([1100, 375, 320])("at %i pixels", async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: true });
    const page = await context.newPage();
    await page.setContent(pages[name]);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    const wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(wider).toBe(0);
    expect(await page.evaluate(CUT)).toEqual([]);
    const shown = await page.locator(width === 1100 ? ".chart-wide" : ".chart-narrow").all();
    expect(shown.length).toBeGreaterThan(0);
    for (const one of shown) expect(await one.isVisible()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });
});
