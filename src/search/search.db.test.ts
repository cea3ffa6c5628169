/** The search of a place, over a town with one of everything, and what a record is from its id. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { openTown, type Town } from "../../test/setup/town.ts";
import { prepareApproval, refuseApproval } from "../approvals/index.ts";
import {
  listPrecommitments,
  makePrecommitment,
  openPot,
  recordAllocation,
  recordContribution,
} from "../ledger/index.ts";
import { addPartner, openNeighbourhood, showPlace } from "../places/index.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { listPaymentRequests, mapCode } from "../reconciliation/index.ts";
import { addDocument, askQuestion, withdrawDocument } from "../records/index.ts";
import { searchPlace, showRecord } from "./index.ts";

const NOBODY: Credential = { kind: "public" };
const place = "salford";

let test: TestHouse;
let town: Town;

beforeAll(async () => {
  test = await openTestHouse();
  town = await openTown(test, { slug: place, mark: "Irwell" });
});
afterAll(async () => test?.close());

const find = async (words: string, by: Credential = NOBODY) =>
  test.value(await test.ask(searchPlace, { by, place, input: { words } })).groups;
const kindsOf = async (words: string, by?: Credential) => (await find(words, by)).map(({ kind }) => kind);
const idOf = (name: string): string => town.ids[name] ?? "";

type Planned = { readonly mark: string; readonly hostId: string; readonly areaId: string | null };

/** A shadow pot with money set aside in it and a code of its host, all of them known by the same mark. */
async function planSecretly({ mark, hostId, areaId }: Planned): Promise<void> {
  const at = { by: town.people.finance_officer, place };
  const opening = {
    name: `${mark} pot`,
    purpose: mark,
    mode: "shadow" as const,
    hostId,
    areaId,
    openedOn: "2012-04-01",
  };
  const { potId } = test.value(await test.ask(openPot, { ...at, input: opening }));
  const giving = {
    streamId: idOf("shadowStream"),
    potId,
    amountPence: "10000",
    madeOn: "2013-01-15",
    reference: mark,
  };
  test.value(await test.ask(recordContribution, { ...at, input: giving }));
  const deciding = {
    name: mark,
    decidedBy: "Board",
    decidedOn: "2013-01-15",
    power: "Clause 7",
    amountPence: "10000",
  };
  const { allocationId } = test.value(await test.ask(recordAllocation, { ...at, input: { ...deciding, potId } }));
  const planning = { allocationId, amountPence: "5000", madeOn: "2013-01-15", words: `Secretplan ${mark}` };
  test.value(await test.ask(makePrecommitment, { ...at, input: planning }));
  const coding = {
    bodyId: hostId,
    potId,
    costCentre: `Secretplan ${mark}`,
    subjectiveGroup: 4,
    startsOn: "2012-04-01",
  };
  test.value(await test.ask(mapCode, { ...at, input: coding }));
}

describe("search", () => {
  it("finds every kind by a word they share", async () => {
    const found = await kindsOf("irwell");
    for (const kind of ["partner", "service", "area", "theme", "stream", "pot", "allocation", "commitment", "payment"])
      expect(found).toContain(kind);
  });

  it("finds what stands beside the chain: contributions, virements, releases, credit notes", async () => {
    const found = await kindsOf("irwell");
    for (const kind of ["contribution", "virement", "handover", "release", "credit_note"])
      expect(found).toContain(kind);
    const [virement] = (await find("irwell reason")).filter(({ kind }) => kind === "virement");
    expect(virement?.results[0]).toMatchObject({ amountPence: 100n, date: "2013-01-15", sub: "Irwell reason" });
    expect(virement?.results[0]?.title).toMatch(/Irwell.* → Irwell other work$/);
    const [release] = (await find("irwell release")).filter(({ kind }) => kind === "release");
    expect(release?.results[0]).toMatchObject({ amountPence: 100n, sub: expect.stringContaining("Irwell release") });
  });

  it("finds what only readers of the money may see for them, by reference and by words", async () => {
    const kept = ["resolve_item", "precommitment", "approval", "payment_request", "code"];
    const open = async (words: string, by: Credential) =>
      (await kindsOf(words, by)).filter((kind) => kept.includes(kind));
    for (const role of ["finance_officer", "auditor"] as const)
      expect(await open("irwell", town.people[role])).toEqual(kept);
    for (const by of [NOBODY, town.people.resident]) expect(await open("irwell", by)).toEqual([]);
    const officer = town.people.finance_officer;
    expect(await open("irwell plan", officer)).toContain("precommitment");
    const [codes] = (await find("4471", officer)).filter(({ kind }) => kind === "code");
    expect(codes?.results.find(({ recordId }) => recordId === idOf("mappingId"))?.title).toBe("4471 / 9000");
    const { requests } = test.value(await test.ask(listPaymentRequests, { by: officer, place, input: {} }));
    const request = requests.find(({ requestId }) => requestId === idOf("requestId"));
    const [asked] = (await find(request?.reference ?? "", officer)).filter(({ kind }) => kind === "payment_request");
    expect(asked?.results.map(({ recordId, amountPence }) => [recordId, amountPence])).toEqual([
      [request?.requestId, request?.grossPence],
    ]);
  });

  it("finds agreements for those who work under them", async () => {
    for (const role of ["information_governance_lead", "key_worker"] as const)
      expect(await kindsOf("irwell sharing", town.people[role])).toContain("agreement");
    for (const by of [NOBODY, town.people.resident]) expect(await kindsOf("irwell sharing", by)).toEqual([]);
  });

  it("at an area's address finds what is of its own pots only", async () => {
    const { areas } = test.value(await test.ask(showPlace, { by: NOBODY, place, input: {} }));
    const slug = areas.find(({ areaId }) => areaId === idOf("areaId"))?.slug ?? "";
    const by = town.people.finance_officer;
    const inArea = { purpose: "Irwell", hostId: idOf("partnerId"), areaId: idOf("areaId"), openedOn: "2012-04-01" };
    const pot = test.value(
      await test.ask(openPot, { by, place, input: { ...inArea, name: "Ward pot", mode: "shadow" } }),
    );
    const give = { streamId: idOf("shadowStream"), potId: pot.potId, amountPence: "100", madeOn: "2013-01-15" };
    test.value(await test.ask(recordContribution, { by, place, input: { ...give, reference: "Ward money" } }));
    const asked = { by, place: slug };
    const { groups } = test.value(await test.ask(searchPlace, { ...asked, input: { words: "irwell" } }));
    const given = groups.find(({ kind }) => kind === "contribution")?.results.map(({ sub }) => sub);
    expect(given).toEqual(["Ward money"]);
    for (const kind of ["virement", "resolve_item", "precommitment", "payment_request", "code"])
      expect(groups.map((one) => one.kind)).not.toContain(kind);
  });

  it("finds an approval by its pot, act, amount and reason, and not by every line that it shows", async () => {
    const by = town.people.finance_officer;
    const lines = [1, 2].map((line) => ({ netPence: "61750", words: `Turbine part ${line}` }));
    const paying = { commitmentId: idOf("commitmentId"), amountPence: "123500", paidOn: "2013-03-15" };
    const request = { ...paying, reference: "TURB-1", lines };
    const input = { act: "payment.record", request };
    const { approvalId } = test.value(await test.ask(prepareApproval, { by, place, input }));
    const reason = "Sent twice by the mill";
    test.value(await test.ask(refuseApproval, { by: town.people.pool_manager, place, input: { approvalId, reason } }));
    const approvals = async (words: string, reader: Credential = by) =>
      (await find(words, reader)).flatMap(({ kind, results }) => (kind === "approval" ? results : []));
    for (const words of ["£1,235.00", "1235.00 irwell", "payment 1,235.00", "taliad 1,235.00", "sent twice mill"]) {
      expect(await approvals(words), words).toMatchObject([{ recordId: approvalId, amountPence: 123500n }]);
      expect((await approvals(words))[0]?.title, words).toMatch(/A commitment is paid/);
      expect(await approvals(words, NOBODY)).toEqual([]);
    }
    for (const words of ["turbine", "TURB-1"]) expect(await approvals(words), words).toEqual([]);
  });

  it("at an area's address finds nothing of another area's pots, though a partner of the area hosts them", async () => {
    const { administrator } = town.people;
    const areas = [];
    for (const name of ["Weaste", "Ordsall"]) {
      const input = { name, parts: [{ name: `${name} estate` }] };
      areas.push(test.value(await test.ask(openNeighbourhood, { by: administrator, place, input })));
    }
    const [near, far] = areas.map(({ areaId }) => areaId);
    const host = {
      name: "Weaste hall",
      kind: "charity" as const,
      parts: ["provider" as const, "funder" as const],
      areaId: near,
    };
    const { partnerId: hostId } = test.value(await test.ask(addPartner, { by: administrator, place, input: host }));
    await planSecretly({ mark: "Weaste", hostId, areaId: near ?? "" });
    await planSecretly({ mark: "Ordsall", hostId, areaId: far ?? "" });
    await planSecretly({ mark: "Everywhere", hostId, areaId: null });
    const by = await test.personWith("finance_officer", { placeId: town.placeId, areaId: near ?? "" });
    const shown = test.value(await test.ask(showPlace, { by: NOBODY, place, input: {} }));
    const asked = { by, place: shown.areas.find(({ areaId }) => areaId === near)?.slug ?? "" };
    const { groups } = test.value(await test.ask(searchPlace, { ...asked, input: { words: "secretplan" } }));
    const titles = groups.map(({ kind, results }) => [kind, results.map(({ title }) => title).sort()]);
    const { precommitments } = test.value(await test.ask(listPrecommitments, { ...asked, input: {} }));
    expect(precommitments.map(({ words }) => words)).toEqual(["Secretplan Weaste"]);
    expect(titles).toEqual([
      ["precommitment", ["Secretplan Weaste"]],
      ["code", ["Secretplan Everywhere", "Secretplan Weaste"]],
    ]);
    // What is public is no secret, but it is another area's.
    const open = test.value(await test.ask(searchPlace, { ...asked, input: { words: "ordsall" } })).groups;
    expect(open.map(({ kind }) => kind)).not.toContain("pot");
    expect(open.map(({ kind }) => kind)).not.toContain("contribution");
  });

  it("asks for every word, whatever their case, order and accents", async () => {
    await test.ask(addPartner, {
      by: town.people.administrator,
      place,
      input: { name: "Tŷ Gwyn Café", kind: "charity", parts: ["provider"] },
    });
    expect(await kindsOf("CAFE ty")).toEqual(["partner"]);
    expect(await kindsOf("café gwŷn")).toEqual(["partner"]);
    expect(await kindsOf("cafe missing")).toEqual([]);
    expect(await kindsOf("100%")).toEqual([]);
  });

  it("finds published suppliers and lines", async () => {
    const groups = await find("Irwell");
    const supplier = groups.find(({ kind }) => kind === "supplier");
    expect(supplier?.results[0]?.recordId).toMatch(/Irwell/);
  });

  it("finds documents and questions for those who may read them", async () => {
    const record = idOf("paymentId");
    const by = town.people.finance_officer;
    const content = Buffer.from("%PDF-1.7").toString("base64");
    const add = async (fileName: string, isPublic: boolean) =>
      test.value(await test.ask(addDocument, { by, place, input: { record, fileName, content, public: isPublic } }))
        .documentId;
    await add("weir-open.pdf", true);
    await add("weir-closed.pdf", false);
    const documentId = await add("weir-withdrawn.pdf", true);
    test.value(await test.ask(withdrawDocument, { by, place, input: { documentId } }));
    test.value(await test.ask(askQuestion, { by, place, input: { record, words: "Who keeps the weir?" } }));
    const titles = async (reader: Credential) =>
      (await find("weir", reader)).flatMap(({ results }) => results.map((one) => one.title)).sort();
    expect(await titles(NOBODY)).toEqual(["Who keeps the weir?", "weir-open.pdf"]);
    expect(await titles(town.people.resident)).toEqual(["Who keeps the weir?", "weir-open.pdf"]);
    expect(await titles(town.people.auditor)).toEqual(["Who keeps the weir?", "weir-closed.pdf", "weir-open.pdf"]);
    const [document] = (await find("weir open")).flatMap(({ results }) => results);
    expect(document?.about).toBe(record);
  });

  it("shows twenty of a kind and counts the rest", async () => {
    const by = town.people.administrator;
    for (let number = 1; number <= 23; number += 1)
      await test.ask(addPartner, {
        by,
        place,
        input: { name: `Broughton club ${number}`, kind: "charity", parts: ["provider"] },
      });
    const [group] = await find("broughton");
    expect(group?.results).toHaveLength(20);
    expect(group).toMatchObject({ kind: "partner", more: 3, countedAll: true });
  });

  it("refuses less than two letters", async () => {
    expect(test.refusal(await test.ask(searchPlace, { by: NOBODY, place, input: { words: " a " } })).code).toBe(
      "input_not_valid",
    );
  });
});

describe("a record", () => {
  const kinds = [
    "stream",
    "pot",
    "contribution",
    "allocation",
    "commitment",
    "payment",
    "service",
    "partner",
    "theme",
    "area",
  ];

  it.each(kinds)("of the kind %s is known by its id", async (kind) => {
    const record = idOf(`${kind}Id`);
    const shown = test.value(await test.ask(showRecord, { by: NOBODY, place, input: { record } }));
    expect(shown.id).toBe(record);
    expect(shown.kind).toBe(kind);
    expect(shown.title.en).not.toBe("");
  });

  it("that is a published file or a line of it is known too", async () => {
    const fileId = idOf("fileId");
    const kindOf = async (record: string) =>
      test.value(await test.ask(showRecord, { by: NOBODY, place, input: { record } })).kind;
    expect(await kindOf(fileId)).toBe("spend_file");
    expect(await kindOf(`${fileId}.2`)).toBe("spend_line");
  });

  it.each(["nothing", "018f3a52-0000-7000-8000-000000000999", "018f3a52-0000-7000-8000-000000000999.3"])(
    "%s is none",
    async (record) => {
      expect(test.refusal(await test.ask(showRecord, { by: NOBODY, place, input: { record } })).code).toBe(
        "record_not_found",
      );
    },
  );
});
