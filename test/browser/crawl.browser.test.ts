/**
 * Every page of the demonstration that links lead to, in a browser: as anyone in English and Welsh, and as the finance
 * officer, the administrator, the auditor and the information governance lead. One address of each route is looked at: no
 * fault of accessibility, nothing against the policy, no request elsewhere, no mark of GOV.UK's own brand, no word
 * missing, valid HTML, nothing wider than a narrow phone, and the same without JavaScript.
 */
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadDemonstrationData } from "../../demo/load/index.ts";
import { must } from "../../src/lib/assert.ts";
import { runMatching } from "../../src/main/demonstration.ts";
import { openBrowser } from "../../tools/chromium.ts";
import { type Doors, isPage, openDoors, openVisitor, type RouteFound, type Visitor } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

const PASSWORD = "one pot for the place";
const MOST_ADDRESSES = 600;
const START = "/";

let test: TestHouse;
let doors: Doors;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  test = await openTestHouse();
  await loadDemonstrationData({
    house: test.house,
    password: PASSWORD,
    tell: async () => undefined,
    runMatching: (jobId) => runMatching(test.house, jobId),
  });
  doors = await openDoors(test);
  origin = await doors.app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await doors?.close();
  await test?.close();
}, 60_000);

type Reader = {
  readonly name: string;
  readonly email: string | null;
  readonly language: "en" | "cy";
  /** Their own desks alone, from the first: of other pages some links end at whom to ask. */
  readonly desks?: { readonly start: string; readonly within: RegExp };
};
const READERS: readonly Reader[] = [
  { name: "anyone", email: null, language: "en" },
  { name: "anyone, in Welsh", email: null, language: "cy" },
  { name: "the finance officer", email: "finance@onepot.example", language: "en" },
  { name: "the administrator", email: "administrator@onepot.example", language: "en" },
  { name: "the auditor", email: "auditor@onepot.example", language: "en" },
  {
    name: "the information governance lead",
    email: "governance@onepot.example",
    language: "en",
    desks: {
      start: "/places/greater-manchester/sharing?state=all",
      within: /^\/places\/greater-manchester\/(sharing|administration|tasks|jobs)/,
    },
  },
];

async function enter(reader: Reader): Promise<Visitor> {
  const visitor = openVisitor(doors.app, `10.2.0.${1 + READERS.indexOf(reader)}`);
  if (reader.email !== null) {
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { email: reader.email, password: PASSWORD, return: "" });
    expect(answer.statusCode).toBe(303);
  }
  await visitor.get(`${START}?lang=${reader.language}`);
  return visitor;
}

/** Which page of the route list an address is; the most particular pattern first. */
function routeOf(path: string): RouteFound | undefined {
  const fits = doors.routes.filter((route) => {
    if (route.method !== "GET" || !isPage(route)) return false;
    return new RegExp(
      `^${route.path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+").replaceAll("*", ".*")}/?$`,
    ).test(path);
  });
  return fits.sort((a, b) => a.path.split(":").length - b.path.split(":").length)[0];
}

type Found = { readonly route: string; readonly address: string; readonly html: string };

/** Follows links from the start; gives the first address of each route, and complains of links that lead nowhere. */
async function crawl(
  visitor: Visitor,
  { start, within }: NonNullable<Reader["desks"]> = { start: START, within: /^/ },
): Promise<{ readonly pages: readonly Found[]; readonly broken: readonly string[] }> {
  const waiting: { readonly address: string; readonly from: string }[] = [{ address: start, from: "" }];
  const seen = new Map<string, number>();
  const pages: Found[] = [];
  const broken: string[] = [];
  for (let at = 0; at < waiting.length && at < MOST_ADDRESSES; at += 1) {
    const { address, from } = must(waiting[at], "it is in the list");
    const path = must(address.split(/[?#]/)[0], "an address has a path");
    const route = routeOf(path)?.path ?? path.replaceAll(/[0-9a-f-]{36}/g, ":id");
    const times = seen.get(route) ?? 0;
    if (times >= 2 || path.startsWith("/public/") || path.startsWith("/api/")) continue;
    seen.set(route, times + 1);
    const answer = await visitor.get(address);
    if (answer.statusCode === 303 || answer.statusCode === 302) {
      waiting.push({ address: String(answer.headers["location"]), from: address });
      continue;
    }
    if (answer.statusCode !== 200) {
      broken.push(`${address}: answers ${answer.statusCode}, linked from ${from}`);
      continue;
    }
    if (!String(answer.headers["content-type"]).startsWith("text/html")) continue;
    if (times === 0) pages.push({ route, address, html: answer.body });
    for (const [, href = ""] of answer.body.matchAll(/<a\s[^>]*href="([^"]*)"/g)) {
      const to = href.replaceAll("&amp;", "&");
      if (within.test(to) && to.startsWith("/") && !to.startsWith("//") && !/[?&]lang=/.test(to))
        waiting.push({ address: to.split("#")[0] ?? to, from: address });
    }
  }
  return { pages, broken };
}

const MISSING_WORDS =
  /\bundefined\b|\[object |\bNaN\b|>\s*null\s*<|\{\{|\}\}|\{%|\bmessages?\.[a-z]+\.[a-z]+|Invalid Date/i;
const BRAND = /crown-|govuk-crest|GDS Transport|govuk-header__logotype|© Crown copyright/i;

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "void-style": "off",
    "no-inline-style": "error",
    "long-title": "off",
    "require-sri": "off",
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    "wcag/h63": "off",
    "form-dup-name": "off",
    "valid-id": ["error", { relaxed: true }],
  },
});

async function faultsOfHtml({ address, html }: Found): Promise<readonly string[]> {
  const faults: string[] = [];
  const text = html.replaceAll(/<script[\s\S]*?<\/script>/g, "");
  const missing = MISSING_WORDS.exec(text);
  if (missing)
    faults.push(
      `${address}: ${text.slice(Math.max(0, missing.index - 60), missing.index + 60).replaceAll(/\s+/g, " ")}`,
    );
  const brand = BRAND.exec(html);
  if (brand) faults.push(`${address}: GOV.UK's brand: ${brand[0]}`);
  const report = await validator.validateString(html);
  for (const result of report.results)
    for (const message of result.messages)
      faults.push(`${address}:${message.line} ${message.ruleId}: ${message.message}`);
  return faults;
}

async function contextOf(visitor: Visitor, javaScriptEnabled = true): Promise<BrowserContext> {
  const context = await browser.newContext({
    javaScriptEnabled,
    bypassCSP: false,
    viewport: { width: 1280, height: 900 },
  });
  await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
  return context;
}

/** Everything that the browser itself complains of while a page is open. */
function listen(page: Page, faults: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/i.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:"))
      faults.push(`${page.url()} asks ${request.url()}`);
  });
}

type AxeWindow = {
  readonly axe: {
    readonly run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
};

async function look(page: Page, address: string): Promise<readonly string[]> {
  await page.goto(`${origin}${address}`, { waitUntil: "load" });
  // Evaluated by the test's own link to the browser, which the page's policy does not bind.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as AxeWindow).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  const faults = violations.map(
    ({ id, nodes }) => `${address}: axe ${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`,
  );
  await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  if (Number(wide) > 0) faults.push(`${address}: ${wide} pixels wider than a screen of 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
}

/** The same fault on many pages is one line, with where it was seen first. */
function gathered(faults: readonly string[]): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const fault of faults) {
    const kind = (fault.includes(": answers ") ? fault : fault.replace(/^[^ ]+ /, ""))
      .replaceAll(/[0-9a-f-]{36}/g, ":id")
      .replace(/, linked from .*/, "");
    kinds.set(kind, [...(kinds.get(kind) ?? []), fault]);
  }
  return [...kinds.values()].map((same) => `${same[0]}${same.length > 1 ? ` (and ${same.length - 1} more)` : ""}`);
}

const looked = new Set<string>();

describe("every page that links lead to", () => {
  it.each(READERS)(
    "as $name",
    async (reader) => {
      const visitor = await enter(reader);
      const { pages, broken } = await crawl(visitor, reader.desks);
      expect(pages.length).toBeGreaterThan(6);
      const faults: string[] = [...broken];
      for (const found of pages) faults.push(...(await faultsOfHtml(found)));
      const context = await contextOf(visitor);
      const page = await context.newPage();
      listen(page, faults);
      for (const { route, address } of pages) {
        // Readers who are signed in see the same pages: each page is looked at once for them together.
        const once = `${reader.email === null ? reader.language : "signed in"} ${route}`;
        if (looked.has(once)) continue;
        looked.add(once);
        faults.push(...(await look(page, address)));
      }
      await context.close();
      expect(gathered(faults)).toEqual([]);
    },
    120_000,
  );

  it("works without JavaScript: signing in, the menu and a list", async () => {
    const context = await contextOf(openVisitor(doors.app), false);
    const page = await context.newPage();
    await page.goto(`${origin}/sign-in`);
    await page.fill("[name=email]", "finance@onepot.example");
    await page.fill("[name=password]", PASSWORD);
    await Promise.all([page.waitForNavigation(), page.click("form button[type=submit] >> nth=0")]);
    expect(new URL(page.url()).pathname).toMatch(/^\/places\//);
    for (const link of await page.locator("nav a").evaluateAll((all) => all.map((one) => one.getAttribute("href")))) {
      const answer = await page.goto(`${origin}${link}`);
      expect({ link, status: answer?.status() }).toEqual({ link, status: 200 });
      expect(await page.locator("h1").first().isVisible()).toBe(true);
    }
    await context.close();
  });
});
