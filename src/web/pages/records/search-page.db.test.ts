/** The search's page as a finance officer and as nobody: every record found links to a page that opens and shows it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Doors, openDoors, openVisitor } from "../../../../test/setup/doors.ts";
import { openTestHouse, type TestHouse } from "../../../../test/setup/house.ts";
import { makeSignIn, signIn } from "../../../../test/setup/people.ts";
import { openTown, type Town } from "../../../../test/setup/town.ts";

let test: TestHouse;
let doors: Doors;
let town: Town;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
});
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

/** The first link under each heading, by heading. */
function firstLinks(html: string): ReadonlyMap<string, string> {
  const parts = html.split('<h2 class="govuk-heading-m">').slice(1);
  return new Map(
    parts.map((part) => {
      const heading = part.slice(0, part.indexOf("<")).replaceAll("&#39;", "'");
      return [heading, (/<tbody[\s\S]*?href="([^"]+)"/.exec(part)?.[1] ?? "").replaceAll("&amp;", "&")] as const;
    }),
  );
}

it("shows each kind under its words, and each link opens", async () => {
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId: town.placeId });
  const officer = await signIn(doors, email);
  const links = firstLinks((await officer.get("/places/salford/search?words=irwell")).body);
  const opens = {
    Contributions: /\/trace\//,
    Virements: /\/trace\//,
    "Money handed between a pot and its part": /\/trace\//,
    "Releases of commitments": /\/trace\//,
    "Credit notes": /\/trace\//,
    "Items to resolve": /\/trace\//,
    "Money set aside before an order": /\/precommitments\?pot=irwell-shadow-pot$/,
    Approvals: /\/approvals\//,
    "Payment requests": /\/reconciliation\/requests\?request=/,
    "Codes in the bodies' ledgers": /\/reconciliation\/codes#/,
  };
  for (const [heading, address] of Object.entries(opens)) {
    const href = links.get(heading) ?? "";
    expect(href, heading).toMatch(address);
    const page = await officer.get(href.split("#")[0] ?? "");
    expect(page.statusCode, href).toBe(200);
    const anchor = href.split("#")[1];
    if (anchor !== undefined) expect(page.body).toContain(`id="${anchor}"`);
    expect(page.body).toContain("Irwell");
  }
  const welsh = (await officer.get("/places/salford/search?words=irwell&lang=cy")).body;
  for (const words of ["Nodiadau credyd", "Ceisiadau am daliad", "Awdurdodiadau"]) expect(welsh).toContain(words);
  // A request that was found is shown alone, with the way back to all of them.
  const request = await officer.get(`/places/salford/reconciliation/requests?request=${town.ids["requestId"]}&lang=en`);
  expect(request.body.match(/<strong>OP/g) ?? []).toHaveLength(1);
});

it("shows nobody what only readers of the money may see", async () => {
  const links = firstLinks((await openVisitor(doors.app).get("/places/salford/search?words=irwell")).body);
  expect(links.has("Credit notes")).toBe(true);
  for (const heading of ["Items to resolve", "Approvals", "Payment requests", "Codes in the bodies' ledgers"])
    expect(links.has(heading)).toBe(false);
});
