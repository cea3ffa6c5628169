/** The demonstration as it stands once loaded: which places have money to show, and where two of its pounds end. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listApprovals } from "../src/approvals/index.ts";
import { listPayments, listPeriods, listPots, listPrecommitments, listStreams } from "../src/ledger/index.ts";
import { must } from "../src/lib/assert.ts";
import { runMatching } from "../src/main/demonstration.ts";
import { findFollowedRecord, listPlaces, placeContents, showPlace } from "../src/places/index.ts";
import { asFamily, sql } from "../src/platform/database/index.ts";
import { listUnmatched } from "../src/reconciliation/index.ts";
import { listOutbox } from "../src/records/index.ts";
import { listAgreements, showAgreement } from "../src/sharing/index.ts";
import { followRecord, type ShownNode } from "../src/trace/index.ts";
import { openTestHouse, type TestHouse } from "../test/setup/house.ts";
import { loadDemonstrationData } from "./load/index.ts";

const PUBLIC = { kind: "public" } as const;
let test: TestHouse;

beforeAll(async () => {
  test = await openTestHouse();
  await loadDemonstrationData({
    house: test.house,
    password: "one pot for the place",
    tell: async () => undefined,
    runMatching: (jobId) => runMatching(test.house, jobId),
  });
}, 120_000);
afterAll(() => test.close());

const shown = async (place: string) => test.value(await test.ask(showPlace, { by: PUBLIC, place, input: {} }));
const potsOf = async (place: string) =>
  test.value(await test.ask(listPots, { by: PUBLIC, place, input: {} })).pots.map(({ slug }) => slug);
const follow = async (place: string, record: string) =>
  test.value(await test.ask(followRecord, { by: PUBLIC, place, input: { record } }));

/** From a record along its first branch, to the end. */
function along(node: ShownNode): readonly ShownNode[] {
  const [next] = node.branches;
  return next === undefined ? [node] : [node, ...along(next)];
}

/** The three places with money, and in them the areas whose partners publish, pay or host, or that have a pot. */
const MONEY_ROOMS = [
  ["bolton", "greater-manchester", "langworthy", "manchester", "salford"],
  ["cowgate-kenton-bar-montagu", "newcastle", "newcastle-upon-tyne"],
  ["ilfracombe", "north-devon", "north-devon-council"],
].flat();

describe("the places", () => {
  it("show a money room only where there is money", async () => {
    const places = await test.database.national(listPlaces);
    expect(places).toHaveLength(13);
    const hasMoney = async (placeId: number, areaId: string | null) =>
      (await test.database.inPlace(placeId, (tx) => placeContents(tx, { placeId, areaId }))).hasMoney;
    const rooms: string[] = [];
    for (const { slug, placeId } of places) {
      if (await hasMoney(placeId, null)) rooms.push(slug);
      for (const area of (await shown(slug)).areas) if (await hasMoney(placeId, area.areaId)) rooms.push(area.slug);
    }
    expect(rooms.sort()).toEqual(MONEY_ROOMS.toSorted());
  });

  it("list a neighbourhood's services at its own address and at its council's", async () => {
    const named = async (place: string) => (await shown(place)).services.map(({ name }) => name);
    for (const place of ["langworthy", "salford", "greater-manchester"])
      expect(await named(place)).toContain("Intensive family key worker, Langworthy");
    expect(await named("broughton")).not.toContain("Intensive family key worker, Langworthy");
  });

  it("have Salford's neighbourhoods inside Salford, each a real ward and each saying that it is made up", async () => {
    const { areas, narrowedTo } = await shown("salford");
    const own = areas.filter(({ insideAreaId }) => insideAreaId === narrowedTo?.areaId);
    expect(own.map(({ slug, name, parts }) => [slug, name, ...parts])).toEqual([
      ["broughton", "Broughton", "Broughton"],
      ["langworthy", "Langworthy", "Langworthy"],
      ["little-hulton", "Little Hulton", "Little Hulton"],
      ["weaste-and-seedley", "Weaste and Seedley", "Weaste and Seedley"],
    ]);
    for (const { source } of own) expect(source).toContain("made up");
    expect((await shown("langworthy")).narrowedTo?.name).toBe("Langworthy");
  });
});

describe("the pound of the story", () => {
  it("ends by name in Langworthy, at Salford's own address", async () => {
    const { placeId } = must(await test.house.findPlace("salford"), "Salford is open");
    const record = must(
      await test.database.inPlace(placeId, (tx) => findFollowedRecord(tx, placeId)),
      "none is followed",
    );
    const { up, down } = await follow("salford", record);
    expect(along(up).map((node) => [node.record.kind, node.record.amountPence])).toEqual([
      ["payment", 624_000n],
      ["commitment", 6_240_000n],
      ["allocation", 31_200_000n],
      // Many streams share a pot: it has no amount of its own in a chain.
      ["pot", null],
      ["contribution", 74_240_000n],
      ["stream", 74_240_000n],
    ]);
    const service = must(along(down).at(-1), "no service").record;
    expect([service.title.en, service.words.en]).toEqual([
      "Intensive family key worker, Langworthy",
      "One worker in Langworthy who knows the whole family, several times a week.",
    ]);
    // The start page's link to the service is at Salford's address.
    expect((await shown("salford")).services.map(({ serviceId }) => serviceId)).toContain(service.id);
  });
});

describe("Langworthy's shadow account", () => {
  it("is Langworthy's alone, and kept apart from real money", async () => {
    expect(await potsOf("langworthy")).toEqual(["langworthy-shadow-play"]);
    expect(await potsOf("salford")).not.toContain("langworthy-shadow-play");
    expect(await potsOf("broughton")).toEqual([]);
    const { real, shadow } = test.value(await test.ask(listPots, { by: PUBLIC, place: "langworthy", input: {} }));
    expect(real.contributedPence).toBe(0n);
    expect([shadow.contributedPence, shadow.allocatedPence, shadow.committedPence, shadow.paidPence]).toEqual([
      900_000n,
      600_000n,
      400_000n,
      271_708n,
    ]);
  });

  it("names the line that Salford published of the payment", async () => {
    const listed = test.value(await test.ask(listPayments, { by: PUBLIC, place: "langworthy", input: {} }));
    const [payment, ...more] = listed.payments;
    expect(more).toEqual([]);
    const line = must(payment?.spendLine ?? null, "the payment names no line");
    const { record, up } = await follow("langworthy", must(payment, "no payment").paymentId);
    expect([record.book, along(up).at(-1)?.record.amountPence]).toEqual(["shadow", 1_200_000n]);
    const published = (await follow("salford", line)).record;
    expect([published.amountPence, published.date, published.title.en]).toEqual([
      271_708n,
      "2012-08-17",
      "Penderwick Play Schemes",
    ]);
  });
});

describe("the virtual bank", () => {
  it("has closed two quarters of Ilfracombe's shadow accounts, and knows all of the third but one line", async () => {
    const by = { kind: "operator" } as const;
    const place = "north-devon";
    const asked = { by, place, input: { year: "2012-13", book: "shadow" as const } };
    const { periods } = test.value(await test.ask(listPeriods, asked));
    expect(periods.map(({ state }) => state)).toEqual([...Array(6).fill("hard"), ...Array(7).fill("open")]);
    const { pots } = test.value(await test.ask(listPots, { by, place: "ilfracombe", input: {} }));
    const { potId = "" } = pots.find(({ slug }) => slug === "ilfracombe-shadow-highways") ?? {};
    const { streams } = test.value(await test.ask(listStreams, { by, place: "ilfracombe", input: {} }));
    const { payerId: bodyId = "" } = streams.find(({ name }) => name.startsWith("Highways")) ?? {};
    const { items } = test.value(await test.ask(listUnmatched, { by, place, input: { bodyId, potId } }));
    expect(items.map(({ side, amountPence }) => [side, amountPence])).toEqual([["listing", 125_000n]]);
  });

  it("has one payment of Salford's that waits for a second person, and money set aside for the summer", async () => {
    const by = { kind: "operator" } as const;
    const place = "greater-manchester";
    const { approvals } = test.value(await test.ask(listApprovals, { by, place, input: {} }));
    expect(approvals.map(({ act, amountPence }) => [act, amountPence])).toEqual([["payment", 624_000n]]);
    // Whoever may authorise it was told of that one, and of nothing that is history.
    const { messages } = test.value(await test.ask(listOutbox, { by, place, input: {} }));
    expect(messages.map(({ kind, body }) => [kind, /£[\d,.]+/.exec(body)?.[0]])).toEqual([
      ["approval_waiting", "£6,240.00"],
      ["sharing_signed", undefined],
    ]);
    const { precommitments } = test.value(await test.ask(listPrecommitments, { by, place, input: { open: true } }));
    expect(precommitments.map(({ amountPence }) => amountPence)).toEqual([500_000n]);
  });
});

describe("the families work", () => {
  it("shares under one agreement in force, signed by all and by the hospital's guardian, in the law of its day", async () => {
    const place = "greater-manchester";
    const { agreements } = test.value(await test.ask(listAgreements, { by: PUBLIC, place, input: {} }));
    expect(agreements.map(({ state, parties }) => [state, parties.length])).toEqual([["in_force", 7]]);
    const { agreementId } = must(agreements[0], "one is in force");
    const shown = test.value(await test.ask(showAgreement, { by: PUBLIC, place, input: { agreementId } }));
    expect(shown.signatures.filter(({ capacity }) => capacity === "caldicott_guardian")).toHaveLength(1);
    const words = [shown.gateway, shown.basis, shown.specialBasis, shown.crimeBasis, shown.assessment].join(" ");
    const years = [...words.matchAll(/\b(?:Act|SI) (\d{4})/g)].map(([, year]) => Number(year));
    expect(Math.max(...years)).toBe(2012);
    expect(words).not.toMatch(/GDPR|Digital Economy|data protection impact/i);
  });

  it("has ties that three registers recorded, and siblings worked out from them", async () => {
    const places = await test.database.national(listPlaces);
    const { placeId } = must(
      places.find(({ slug }) => slug === "greater-manchester"),
      "the place of the families work",
    );
    const ties = await test.database.inPlace(placeId, (tx) =>
      asFamily(tx, () =>
        tx.rows<{ kind: string; known: string; sources: number; count: number }>(sql`
          select kind, known, count(distinct sources[1])::integer as sources, count(*)::integer as count from family_tie
           where kind <> 'co-resident' group by 1, 2 order by 1, 2`),
      ),
    );
    expect(ties.map(({ kind, known, sources }) => `${kind} ${known} ${sources}`)).toEqual([
      "parent-or-guardian recorded 1",
      "partner recorded 2",
      "sibling inferred 1",
    ]);
    for (const { count } of ties) expect(count).toBeGreaterThan(300);
  });
});
