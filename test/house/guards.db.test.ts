/** What the runner of use cases guards for all of them: areas, publishers, request keys and the audit trail. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey } from "../../src/identity/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { useCases } from "../../src/main/use-cases.ts";
import { addTheme, findPlace, listPartners } from "../../src/places/index.ts";
import { writeAudit } from "../../src/platform/audit/index.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import { type Credential, hashJson } from "../../src/platform/use-case/index.ts";
import { chooseColumns, confirmUpload, keepUpload, sendSpendFile } from "../../src/spending/index.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";

const WHOLE = "greater-manchester";
const CSV = "Payment Date,Amount,Beneficiary Name\n2012-04-03,750.00,Irwell Supplies\n";

let test: TestHouse;
let placeId: number;
let administrator: Credential & { kind: "person" };

beforeAll(async () => {
  test = await openTestHouse();
  placeId = await test.openPlace(WHOLE);
  administrator = await test.personWith("administrator", { placeId });
});
afterAll(() => test?.close());

type Row = { readonly action: string; readonly recordId: string; readonly hash: Buffer };
const trail = () =>
  test.database.inPlace(placeId, (tx) =>
    tx.rows(sql<Row>`select action, record_id as "recordId", content_hash as hash from audit_entry order by made_at`),
  );
const refused = async (asked: ReturnType<TestHouse["ask"]>) => test.refusal(await asked).code;
const partnerAt = async (slug: string) => {
  const { area } = must(await test.house.findPlace(slug), "the council is an area of the place");
  const partners = await test.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
  return must(
    partners.find((one) => one.areaId === area?.areaId),
    "the council is a partner of the place",
  );
};

describe("a role narrowed to an area", () => {
  it("counts at the area's address only", async () => {
    const narrowed = await test.personWith("administrator", { placeId });
    const { area } = must(await test.house.findPlace("wigan"), "Wigan is an area of the place");
    await test.database.inPlace(placeId, (tx) =>
      tx.run(sql`update role_holding set area_id = ${area?.areaId} where user_id = ${narrowed.userId}`, 1),
    );
    const add = (place: string) => test.ask(addTheme, { by: narrowed, place, input: { name: `Theme ${newId()}` } });
    expect(await refused(add(WHOLE))).toBe("not_allowed");
    expect(await refused(add("bolton"))).toBe("not_allowed");
    test.value(await add("wigan"));
  });
});

describe("a partner's key", () => {
  it("imports what its own partner published, and nobody else's", async () => {
    const own = await partnerAt("salford");
    const other = await partnerAt("wigan");
    const made = await test.ask(makeKey, {
      by: administrator,
      place: WHOLE,
      input: {
        partnerId: own.partnerId,
        name: "Monthly file",
        scopes: ["spending:write"],
        expiresOn: addDays(londonDay(new Date()), 30),
      },
    });
    const by = { kind: "key", keyId: test.value(made).keyId } as const;
    const file = { name: "a.csv", content: Buffer.from(CSV).toString("base64"), preview: true };
    const send = (publisher?: string, place = WHOLE) =>
      test.ask(sendSpendFile, { by, place, input: { ...file, ...(publisher !== undefined && { publisher }) } });
    expect(await refused(send(other.name))).toBe("publisher_not_yours");
    expect(await refused(send(undefined, "wigan"))).toBe("publisher_not_yours");
    expect(test.value(await send()).publisher).toBe(own.name);
    const upload = { name: "a.csv", content: () => Buffer.from(CSV), publisher: other.name };
    expect(await refused(test.ask(keepUpload, { by, place: WHOLE, input: upload }))).toBe("publisher_not_yours");
  });
});

describe("a request key", () => {
  it("is another request at another area's address, and with another file", async () => {
    const analyst = await test.personWith("analyst", { placeId });
    const key = newId();
    const keep = (place: string, text: string) =>
      test.ask(keepUpload, { by: analyst, place, key, input: { name: "a.csv", content: () => Buffer.from(text) } });
    const first = test.value(await keep("salford", CSV));
    expect(test.value(await keep("salford", CSV))).toEqual(first);
    expect(await refused(keep("wigan", CSV))).toBe("key_reused");
    expect(await refused(keep("salford", CSV.replace("750", "751")))).toBe("key_reused");
  });
});

describe("the audit trail", () => {
  it("is declared by every use case that changes anything", () => {
    const silent = useCases.filter(
      ({ changes, audited, permission }) =>
        changes && typeof audited !== "function" && audited !== "itself" && permission !== "ledger.record",
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(useCases.filter(({ changes }) => changes).length).toBeGreaterThan(20);
  });

  it("begins with the place's opening", async () => {
    expect((await trail())[0]).toMatchObject({ action: "place.open", recordId: "place" });
  });

  it("has one row for each step of an import, and none for a preview", async () => {
    const by = await test.personWith("finance_officer", { placeId });
    const place = "bury";
    const before = (await trail()).length;
    const steps = async () => (await trail()).slice(before).map(({ action }) => action);
    const sent = { name: "b.csv", content: Buffer.from(CSV).toString("base64") };
    test.value(await test.ask(sendSpendFile, { by, place, input: { ...sent, preview: true } }));
    expect(await steps()).toEqual([]);
    test.value(await test.ask(sendSpendFile, { by, place, input: sent }));
    expect(await steps()).toEqual(["spend.send_file"]);
    const content = () => Buffer.from(`${CSV}2012-04-04,1.00,Other\n`);
    const { uploadId } = test.value(await test.ask(keepUpload, { by, place, input: { name: "c.csv", content } }));
    const roles = ["paidOn", "amount", "supplier"] as const;
    test.value(await test.ask(chooseColumns, { by, place, input: { uploadId, roles: [...roles] } }));
    test.value(await test.ask(confirmUpload, { by, place, input: { uploadId } }));
    const all = ["spend.send_file", "spend.upload", "spend.choose_columns", "spend.confirm_upload"];
    expect(await steps()).toEqual(all);
  });

  it("holds hashes that cannot be guessed: the same words of two records differ, and of neither are plain", async () => {
    const name = "Guess me";
    const input = { name, nameWelsh: null };
    const first = test.value(await test.ask(addTheme, { by: administrator, place: WHOLE, input: { name } })).themeId;
    const rows = await trail();
    const row = must(
      rows.find(({ recordId }) => recordId === first),
      "the change is written down",
    );
    expect(row.hash.equals(hashJson(input))).toBe(false);
    const keys = await test.database.inPlace(placeId, (tx) =>
      tx.rows(sql<{ key: string }>`select encode(key, 'hex') as key from audit_key`),
    );
    expect(new Set(keys.map(({ key }) => key)).size).toBe(new Set(rows.map(({ recordId }) => recordId)).size);
  });

  it("takes one key for a record that many change for the first time at once", async () => {
    const recordId = newId();
    const write = () =>
      test.database.inPlace(placeId, (tx) =>
        writeAudit(
          { tx, newId, mark: "test", place: { placeId } },
          { action: "test", recordId, content: "the same words" },
        ),
      );
    await Promise.all(Array.from({ length: 10 }, write));
    const hashes = (await trail()).filter((row) => row.recordId === recordId).map(({ hash }) => hash.toString("hex"));
    expect(hashes).toHaveLength(10);
    expect(new Set(hashes).size).toBe(1);
  });
});

describe("an address that can be none", () => {
  it.each(["salford\0", "Salford", "", "%", "a".repeat(81), "../salford"])("%j leads to no place", async (slug) => {
    expect(await test.database.national((tx) => findPlace(tx, slug))).toBeNull();
    const asked = test.ask(addTheme, { by: administrator, place: slug, input: { name: "Theme" } });
    expect(await refused(asked)).toBe("place_not_found");
  });
});
