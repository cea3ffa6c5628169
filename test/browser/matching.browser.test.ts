/**
 * The pages of matching in a browser, with made-up records matched and read: no fault of accessibility, valid HTML, nothing against the policy,
 * and nothing wider than a desk, a phone and a narrow phone.
 */
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../../src/lib/assert.ts";
import { nextPair, readPair } from "../../src/linkage/index.ts";
import { csvOf, madeUpFiles, place } from "../../src/linkage/matching-house.fixture.ts";
import { asFamily, sql } from "../../src/platform/database/index.ts";
import { openBrowser } from "../../tools/chromium.ts";
import type { Visitor } from "../setup/doors.ts";
import { at, type MatchingDoors, openMatchingDoors } from "../setup/matching-doors.ts";
import { multipart } from "../stories/page-driver.ts";

let here: MatchingDoors;
let browser: Browser;
let origin: string;
let analyst: Visitor;
let lead: Visitor;
/** The pages whose address has an id in it. */
const ids = { run: "", person: "", upload: "" };

beforeAll(async () => {
  here = await openMatchingDoors();
  const { house, doors } = here;
  analyst = await here.as("analyst");
  lead = await here.as("information_governance_lead");
  const { files } = madeUpFiles(40, 11);
  for (const file of files) house.test.value(await house.bring(file.agency, csvOf(file)));
  ids.run = (await house.match()).runId;
  const by = house.people.first;
  for (let count = 0; count < 3; count += 1) {
    const { pair } = house.test.value(await house.test.ask(nextPair, { by, place, input: {} }));
    const { leftId, rightId } = must(pair, "a queue waits");
    const input = { leftRecordId: leftId, rightRecordId: rightId, verdict: "same" as const };
    house.test.value(await house.test.ask(readPair, { by, place, input }));
  }
  await house.settleLinked();
  const person = await house.test.database.inPlace(house.placeId, (tx) =>
    asFamily(tx, () =>
      tx.one<{ personId: string }>(
        sql`select person_id as "personId" from matched_record join household_member using (place_id, person_id)
             where exists (select from family_tie t where t.kind = 'sibling' and person_id in (t.one_id, t.other_id)) group by 1 order by count(*) desc, 1 limit 1`,
      ),
    ),
  );
  ids.person = person.personId;
  await analyst.get(at("/files/new"));
  const fields = { agreementId: house.agreementId, partnerId: house.partnerOf("court"), source: "Fines" };
  const text = "reference,forename,surname,e-mail\nC1,Mary,Hallsworth,\n,John,Ashworth,\n";
  const sent = multipart({ _csrf: analyst.token() ?? "", ...fields }, { name: "f.csv", bytes: Buffer.from(text) });
  const cookie = [...analyst.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { headers, payload } = sent;
  const url = at("/files/new");
  const kept = await doors.app.inject({ method: "POST", url, headers: { cookie, ...headers }, payload });
  ids.upload = String(kept.headers["location"]).split("/").at(-1) ?? "";
  origin = await doors.app.listen({ host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await here?.close();
}, 60_000);

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

type AxeWindow = {
  readonly axe: {
    readonly run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
};

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as AxeWindow).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  for (const width of [1100, 375, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (Number(wider) > 0) found.push(`${wider} pixels wider than ${width}`);
  }
  return found;
}

describe("each page of matching", () => {
  it.each([
    ["the room, to the lead", "lead", ""],
    ["the room, to an analyst", "analyst", ""],
    ["the report of a run", "analyst", "/runs/RUN"],
    ["the form to bring a file", "analyst", "/files/new"],
    ["a file before it is brought", "analyst", "/files/UPLOAD"],
    ["readings", "analyst", "/readings"],
    ["finding people", "analyst", "/people"],
    ["a person", "analyst", "/people/PERSON"],
  ] as const)("%s", async (_, who, path) => {
    const visitor = who === "lead" ? lead : analyst;
    const address = at(path.replace("RUN", ids.run).replace("UPLOAD", ids.upload).replace("PERSON", ids.person));
    const { body } = await visitor.get(address);
    const { results } = await validator.validateString(body);
    const faults = results.flatMap(({ messages }) => messages.map(({ line, message }) => `line ${line}: ${message}`));
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })));
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(message.text());
    });
    expect((await page.goto(`${origin}${address}`))?.status()).toBe(200);
    expect([...faults, ...(await faultsOf(page))]).toEqual([]);
    await context.close();
  });

  it("can be searched and used with the keyboard alone and without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await context.addCookies([...analyst.cookies].map(([name, value]) => ({ name, value, url: origin })));
    const page = await context.newPage();
    await page.goto(`${origin}${at("/people")}`);
    await page.focus("#name");
    await page.keyboard.type("White");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    expect(page.url()).toBe(`${origin}${at("/people")}`);
    expect(await page.locator("h1").textContent()).toBe("Find a person");
    await context.close();
  });
});
