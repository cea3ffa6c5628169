/**
 * One story in a browser: an election's file is brought, counted, taken away as a replay and proved again; with scripts on a desk in
 * English, and without any on a narrow phone in Welsh. Every page of it is looked at by axe and must not be wider than the screen.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SMALL_WITH_AREAS } from "../../src/decisions/elections.fixture.ts";
import { electionWorkJob, type Step, type Task } from "../../src/decisions/index.ts";
import { carryOutTask } from "../../src/decisions/task.ts";
import { sql } from "../../src/platform/database/index.ts";
import { runJob, type Threads } from "../../src/platform/jobs/index.ts";
import { openBrowser } from "../../tools/chromium.ts";
import { type Doors, openDoors } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

let test: TestHouse;
let doors: Doors;
let browser: Browser;
let origin: string;
let folder: string;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  origin = await doors.app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "onepot-election-"));
  await writeFile(join(folder, "town.pb"), SMALL_WITH_AREAS);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await doors?.close();
  await test?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
}, 60_000);

const here: Threads<Task, Step> = { carryOut: async (task) => carryOutTask(task, () => undefined) };

async function work(): Promise<void> {
  const waiting = await test.database.national((tx) =>
    tx.rows(sql<{ jobId: string }>`
      select job_id as "jobId" from job where state = 'waiting' and kind = 'election.work' limit 100`),
  );
  for (const { jobId } of waiting)
    await runJob({
      ...{ house: test.house, kinds: [electionWorkJob(here)], jobId },
      logError: (error) => {
        throw error;
      },
    });
}

type AxeWindow = {
  readonly axe: {
    readonly run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
};

type Reader = { readonly page: Page; readonly looker: Page; readonly language: "en" | "cy" };

/** A second window, always with scripts, since axe is one; its pages do not ask again while they are looked at. */
async function openLooker(width: number): Promise<Page> {
  const looker = await (await browser.newContext({ viewport: { width, height: 800 } })).newPage();
  await looker.route("**/*", async (route) => {
    const response = await route.fetch();
    const { refresh: _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  return looker;
}

async function look({ page, looker, language }: Reader): Promise<void> {
  const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect({ page: page.url(), wide }).toEqual({ page: page.url(), wide: 0 });
  await looker.goto(`${page.url()}?lang=${language}`);
  await looker.evaluate(axe.source);
  const { violations } = await looker.evaluate(() =>
    (globalThis as unknown as AxeWindow).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
}

async function send(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(`main form button:has-text("${button}")`)]);
}

/** Looks at the page on which somebody waits, lets the work be done, and waits for the browser to ask again by itself. */
async function wait(reader: Reader, until: string): Promise<void> {
  const { page } = reader;
  await look(reader);
  await work();
  await page.waitForSelector(`main:has-text("${until}")`, { timeout: 10_000 });
  await look(reader);
}

const WORDS = {
  en: {
    ...{ bring: "Bring and check", checked: "Every line is as the format asks", count: "Count" },
    ...{
      won: "1 of 3 projects is funded, for £60 of £100, by equal shares.",
      verify: "Verify",
      proved: "The count is proved",
    },
  },
  cy: {
    ...{ bring: "Dod â hi a'i gwirio", checked: "Mae pob llinell fel y mae'r fformat yn gofyn", count: "Cyfrif" },
    ...{ won: "Ariennir 1 o 3 prosiect, am £60 o £100, yn ôl cyfrannau cyfartal.", verify: "Gwirio" },
    proved: "Mae'r cyfrif wedi'i brofi",
  },
} as const;

it.each([
  { language: "en", javaScriptEnabled: true, width: 1280 },
  { language: "cy", javaScriptEnabled: false, width: 320 },
] as const)("brought, counted, taken away and proved: %j", async ({ language, javaScriptEnabled, width }) => {
  const words = WORDS[language];
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
  const page = await context.newPage();
  const reader: Reader = { page, looker: await openLooker(width), language };
  await page.goto(`${origin}/elections?lang=${language}`);
  await look(reader);
  await page.setInputFiles("#file", join(folder, "town.pb"));
  await send(page, words.bring);
  const address = page.url();
  expect(address).toMatch(/\/elections\/[0-9a-f]{32}$/);
  await wait(reader, words.checked);
  await send(page, words.count);
  expect(await page.locator(".govuk-error-summary").isVisible()).toBe(true);
  await look(reader);
  for (const choice of ["rule=equal-shares", "utility=cost", "completion=none", "ties=project-id"]) {
    const [name, value] = choice.split("=");
    await page.check(`input[name=${name}][value=${value}]`);
  }
  await send(page, words.count);
  await wait(reader, words.won);
  // The picture of the width, and its table.
  const wide = width > 640;
  for (const chart of ["How the money was spent", "By area", "Sut y gwariwyd", "Yn ôl ardal"]) {
    const section = page.locator(`section[aria-label^="${chart}"]`);
    if ((await section.count()) === 0) continue;
    expect(await section.locator(".chart-wide svg").isVisible()).toBe(wide);
    expect(await section.locator(".chart-narrow svg").isVisible()).toBe(!wide);
  }
  expect(await page.locator("section.chart").count()).toBe(2);
  const result = page.url();
  await page.click('main a:has-text("Alley gates")');
  await look(reader);
  await page.goto(result);
  const replay = await context.request.get(`${page.url()}/replay.json`);
  await writeFile(join(folder, `${language}.json`), await replay.body());
  await page.goto(`${address}/verify`);
  await look(reader);
  await page.setInputFiles("#replay", join(folder, `${language}.json`));
  await send(page, words.verify);
  await wait(reader, words.proved);
  await reader.looker.context().close();
  await context.close();
});
