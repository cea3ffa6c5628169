/** The published standards' own demands, and the plain facts about an entry. */
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import type { BookTransfer, NamedAccount } from "./books.ts";
import { FISCAL_FIELDS, fiscalDescriptor, fiscalRows } from "./fiscal-package.ts";
import { GRANT_TITLES, type Grant, grantRow, orgIdentifier } from "./grant-rows.ts";
import { unusualOf } from "./unusual.ts";

const account = (kind: string, of: Partial<NamedAccount> = {}): NamedAccount => ({
  accountId: "0199c0de-0000-7000-8000-00000000000a",
  kind,
  pot: "The pot",
  stream: "The stream",
  record: "Key workers",
  ...of,
});
const moved = (lines: BookTransfer["lines"], of: Partial<BookTransfer> = {}): BookTransfer => ({
  transferId: "0199c0de-0000-7000-8000-000000000001",
  kind: "payment",
  effectiveOn: mustDay("2013-01-15"),
  postedAt: "2013-01-15T09:00:00.000Z",
  recordId: "0199c0de-0000-7000-8000-000000000002",
  words: "March",
  madeBy: "operator",
  reversesId: null,
  lines,
  ...of,
});

describe("a Fiscal Data Package", () => {
  const described = fiscalDescriptor({
    place: "Salford",
    slug: "salford",
    book: "real",
    from: null,
    asAt: mustDay("2013-03-29"),
    path: "entries.csv",
  }) as {
    readonly name: string;
    readonly resources: readonly {
      readonly name: string;
      readonly path: string;
      readonly schema: Record<string, unknown>;
    }[];
    readonly model: {
      readonly measures: Readonly<
        Record<string, { readonly source: string; readonly currency: string; readonly resource: string }>
      >;
      readonly dimensions: Readonly<
        Record<
          string,
          {
            readonly primaryKey: readonly string[];
            readonly attributes: Readonly<Record<string, { readonly source: string; readonly resource: string }>>;
          }
        >
      >;
    };
  };

  it("has what a Tabular Data Package must have: a name, resources with a path, and a schema whose fields have names and types", () => {
    expect(described.name).toMatch(/^[-a-z0-9._/]+$/);
    const [resource] = described.resources;
    expect(resource).toMatchObject({ name: "entries", path: "entries.csv", profile: "tabular-data-resource" });
    for (const field of (resource?.schema["fields"] ?? []) as typeof FISCAL_FIELDS) {
      expect(field.name).not.toBe("");
      expect(["string", "date", "number"]).toContain(field.type);
    }
  });
  it("names a value, a date, a currency, a direction and a phase, each columnType once", () => {
    const extra = (described.resources[0]?.schema["extraFields"] ?? []) as readonly { readonly columnType: string }[];
    const types = [...FISCAL_FIELDS, ...extra].flatMap(({ columnType }) => columnType ?? []);
    expect(types).toEqual(
      expect.arrayContaining([
        "value",
        "date:generic",
        "value-currency:code",
        "direction",
        "phase:id",
        "transaction-id:code",
      ]),
    );
    expect(new Set(types).size).toBe(types.length);
  });
  it("has measures and dimensions that stand on its own fields and resource", () => {
    const names = FISCAL_FIELDS.map(({ name }) => name);
    const { measures, dimensions } = described.model;
    expect(Object.values(measures)).toEqual([{ source: "amount", resource: "entries", currency: "GBP" }]);
    for (const one of Object.values(dimensions)) {
      for (const { source, resource } of Object.values(one.attributes)) {
        expect(names).toContain(source);
        expect(resource).toBe("entries");
      }
      for (const key of one.primaryKey) expect(Object.keys(one.attributes)).toContain(key);
    }
  });
  it("has money given as revenue and money paid as expenditure, and nothing of what is between", () => {
    const given = moved(
      [
        { account: account("stream", { pot: null }), amountPence: -500n },
        { account: account("pot"), amountPence: 500n },
      ],
      { kind: "contribution" },
    );
    const paid = moved([
      { account: account("commitment"), amountPence: -200n },
      { account: account("paid"), amountPence: 200n },
    ]);
    const amountsOf = (one: BookTransfer) => fiscalRows(one).map((row) => row.slice(2, 8));
    expect(amountsOf(given)).toEqual([[500n, "revenue", "executed", "The pot", "The stream", ""]]);
    expect(amountsOf(paid)).toEqual([[200n, "expenditure", "executed", "The pot", "The stream", "Key workers"]]);
    expect(fiscalRows(moved([{ account: account("pot"), amountPence: 1n }]))).toEqual([]);
  });
});

describe("a grant for 360Giving", () => {
  const grant: Grant = {
    commitmentId: "0199c0de-0000-7000-8000-000000000003",
    title: "Youth work",
    description: "Evenings",
    amountPence: 2_500_000n,
    awardedOn: mustDay("2013-01-15"),
    endsOn: null,
    recipient: {
      partnerId: "r",
      name: "Irwell Youth",
      identifiers: [
        { scheme: "GB-COH", identifier: "01234567" },
        { scheme: "GB-CHC", identifier: "1164021" },
      ],
    },
    funder: { partnerId: "f", name: "Salford City Council", identifiers: [{ scheme: "GB-LAE", identifier: "SLF" }] },
  };
  const asObject = (of: Grant) =>
    Object.fromEntries(GRANT_TITLES.map((title, at) => [title, grantRow(of, "salford")[at]]));

  it("has the ten fields that each must have", () => {
    expect(asObject(grant)).toEqual({
      Identifier: "onepot-salford-0199c0de-0000-7000-8000-000000000003",
      Title: "Youth work",
      Description: "Evenings",
      Currency: "GBP",
      "Amount Awarded": 2_500_000n,
      "Award Date": "2013-01-15",
      "Planned Dates:End Date": null,
      "Recipient Org:Identifier": "GB-CHC-1164021",
      "Recipient Org:Name": "Irwell Youth",
      "Funding Org:Identifier": "GB-LAE-SLF",
      "Funding Org:Name": "Salford City Council",
      "Onepot:Missing": "",
    });
  });
  it("says what is missing, and names a body by the place's own prefix", () => {
    const bare = {
      ...grant,
      title: "",
      recipient: { ...grant.recipient, identifiers: [{ scheme: "GSS", identifier: "E08000006" }] },
    };
    expect(asObject(bare)["Onepot:Missing"]).toBe("Title; public identifier of the recipient");
    expect(orgIdentifier(bare.recipient, "salford")).toEqual({ identifier: "onepot-salford-org-r", own: true });
  });
});

describe("plain facts about an entry", () => {
  // 13 April 2013 was a Saturday; London was an hour ahead of UTC from 31 March.
  const cases = `
    2013-04-12T09:00:00Z 12345   |
    2013-04-13T09:00:00Z 12345   | weekend
    2013-04-14T22:30:00Z 12345   | weekend night
    2013-04-12T05:59:59Z 12345   | night
    2013-04-12T06:00:00Z 12345   |
    2013-01-11T06:59:59Z 12345   | night
    2013-04-12T18:59:59Z 12345   |
    2013-04-12T19:00:00Z 12345   | night
    2013-04-12T09:00:00Z 100000  | round
    2013-04-12T09:00:00Z 2500000 | round
    2013-04-12T09:00:00Z 150000  |
    2013-04-12T09:00:00Z 0       |
  `;
  it.each(cases.trim().split("\n"))("%s", (line) => {
    const [given = "", expected = ""] = line.split("|").map((part) => part.trim());
    const [moment = "", pence = ""] = given.split(/\s+/);
    const facts = unusualOf({ postedAt: new Date(moment), amountPence: BigInt(pence) });
    expect(Object.entries(facts).flatMap(([name, holds]) => (holds ? [name] : []))).toEqual(
      expected === "" ? [] : expected.split(" "),
    );
  });
});
