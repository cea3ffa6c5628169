/** The import story on a real database: nothing without consent, nothing twice, and the sums are the lines. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import { listPartners } from "../places/index.ts";
import { sql } from "../platform/database/index.ts";
import { importSpendFile } from "./import-file.ts";
import { listSpendFiles, listSpendLines, showSpendFile, summariseSpending } from "./look.ts";

const REAL = new URL("../../../shared/data/spend/", import.meta.url);
const OPERATOR = { kind: "operator" } as const;
const HEADINGS = "Payment Date,Amount,Supplier Name,Service Area,Description,Reference";
const GOOD = `${HEADINGS}
03/04/2022,750.00,Alpha Ltd,Highways,Kerbs,A1
04/04/2022,"1,250.50",Beta Ltd,Highways,Signs,A2
05/05/2022,(20.25),Alpha Ltd,Parks,Refund,A3
`;
const BROKEN = `${GOOD}99/99/2022,12.00,Gamma Ltd,Parks,Trees,A4\n07/05/2022,abc,Delta Ltd,Parks,Trees,A5\n`;

let house: TestHouse;
let failing: ((text: string) => void) | null = null;

beforeAll(async () => {
  house = await openTestHouse({ beforeStatement: (text) => failing?.(text) });
  for (const slug of ["salford", "greater-manchester"]) await house.openPlace(slug);
});
afterAll(() => house.close());

const fileOf = (text: string) => {
  const bytes = Buffer.from(text);
  return { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
};

async function send(
  place: string,
  text: string,
  more: { readonly preview?: boolean; readonly acceptRefused?: boolean; readonly publisher?: string } = {},
) {
  return house.ask(importSpendFile, {
    by: OPERATOR,
    place,
    input: { name: "payments.csv", file: fileOf(text), ...more },
  });
}

const summary = async (place: string, input: object = {}) =>
  house.value(await house.ask(summariseSpending, { by: OPERATOR, place, input }));

/** What stands in every table of spending, as the owner of the database sees it. */
async function rows(): Promise<Readonly<Record<string, number>>> {
  const admin = await house.admin();
  try {
    const counts: Record<string, number> = {};
    for (const table of ["spend_file", "spend_line", "spend_sum", "spend_refused", "spend_columns", "spend_staging"])
      counts[table] = Number((await admin.query(`select count(*) from ${table}`)).rows[0].count);
    return counts;
  } finally {
    await admin.end();
  }
}

async function checksFind(): Promise<readonly string[]> {
  const admin = await house.admin();
  const folder = new URL("../../db/checks/", import.meta.url);
  try {
    const found: string[] = [];
    for (const name of await readdir(folder)) {
      if (!name.startsWith("spend-")) continue;
      const answer = await admin.query(readFileSync(new URL(name, folder), "utf8"));
      found.push(...answer.rows.map((row) => String(row.found)));
    }
    return found;
  } finally {
    await admin.end();
  }
}

describe("one file", () => {
  test("a preview counts and stores nothing", async () => {
    const before = await rows();
    const answer = house.value(await send("salford", BROKEN, { preview: true }));
    expect(answer).toMatchObject({
      lines: 3,
      refusedCount: 2,
      totalPence: 198025n,
      from: "2022-04-03",
      to: "2022-05-05",
      stored: false,
    });
    expect(answer.refused.map(({ row, column }) => [row, column])).toEqual([
      [5, "Payment Date"],
      [6, "Amount"],
    ]);
    expect(await rows()).toEqual(before);
  });

  test("rows that cannot be read store nothing until they are accepted, and are told by row and column", async () => {
    const before = await rows();
    const refusal = house.refusal(await send("salford", BROKEN));
    expect(refusal).toMatchObject({ code: "lines_refused", refusedCount: 2 });
    expect(refusal["refused"]).toMatchObject([
      { row: 5, column: "Payment Date", value: "99/99/2022" },
      { row: 6, column: "Amount", value: "abc" },
    ]);
    expect(await rows()).toEqual(before);
  });

  test("accepted, the rest is stored and the refused rows are kept in their own columns", async () => {
    const answer = house.value(await send("salford", BROKEN, { acceptRefused: true }));
    expect(answer).toMatchObject({ lines: 3, refusedCount: 2, stored: true });
    const shown = house.value(
      await house.ask(showSpendFile, {
        by: OPERATOR,
        place: "salford",
        input: { fileId: must(answer.fileId, "stored") },
      }),
    );
    expect(shown.refused.map(({ cells }) => cells.join(","))).toEqual([
      "99/99/2022,12.00,Gamma Ltd,Parks,Trees,A4",
      "07/05/2022,abc,Delta Ltd,Parks,Trees,A5",
    ]);
    const open = house.value(
      await house.ask(showSpendFile, {
        by: { kind: "public" },
        place: "salford",
        input: { fileId: must(answer.fileId, "stored") },
      }),
    );
    expect(open).toMatchObject({ cellsWithheld: true, file: { refused: 2 } });
    expect(open.refused).toMatchObject([
      { row: 5, cells: [], faults: [{ row: 5, column: "Payment Date", value: "…", reason: "date_does_not_exist" }] },
      { row: 6, cells: [], faults: [{ row: 6, column: "Amount", value: "…", reason: "amount_not_read" }] },
    ]);
    const credits = await house.ask(listSpendLines, {
      by: { kind: "public" },
      place: "salford",
      input: { credits: "only" },
    });
    expect(house.value(credits)).toMatchObject({ count: 1, totalPence: -2025n, lines: [{ amountPence: -2025n }] });
    expect(await rows()).toMatchObject({ spend_file: 1, spend_line: 3, spend_refused: 2, spend_staging: 0 });
    expect(await summary("salford")).toMatchObject({
      lines: 3,
      totalPence: 198025n,
      creditLines: 1,
      creditsPence: -2025n,
      suppliers: 2,
    });
    expect(await checksFind()).toEqual([]);
  });

  test("the same file again is known, whether or not its rows are accepted", async () => {
    const before = await rows();
    const again = house.value(await send("salford", BROKEN));
    expect(again).toMatchObject({ stored: false, already: true, lines: 3, refusedCount: 2 });
    expect(again.refused).toMatchObject([
      { row: 5, column: "Payment Date", value: "99/99/2022", reason: expect.stringMatching(/^Row 5, .*99\/99\/2022/) },
      { row: 6, column: "Amount", value: "abc", reason: expect.stringMatching(/^Row 6, .*abc/) },
    ]);
    expect(house.value(await send("salford", BROKEN, { acceptRefused: true, preview: true }))).toMatchObject({
      already: true,
    });
    expect(await rows()).toEqual(before);
  });

  test("filters by service area, supplier and month sum to the same lines", async () => {
    const cases: readonly (readonly [object, number, bigint])[] = [
      [{ serviceArea: "Highways" }, 2, 200050n],
      [{ supplier: "Alpha Ltd" }, 2, 72975n],
      [{ supplier: "LTD" }, 3, 198025n],
      [{ supplier: "nobody" }, 0, 0n],
      [{ from: "2022-05", to: "2022-05" }, 1, -2025n],
      [{ serviceArea: "" }, 0, 0n],
    ];
    for (const [filter, lines, totalPence] of cases) {
      expect(await summary("salford", filter), JSON.stringify(filter)).toMatchObject({ lines, totalPence });
      const listed = house.value(await house.ask(listSpendLines, { by: OPERATOR, place: "salford", input: filter }));
      expect([listed.count, listed.totalPence, listed.lines.length], JSON.stringify(filter)).toEqual([
        lines,
        totalPence,
        lines,
      ]);
    }
  });

  test("a COPY that fails leaves nothing", async () => {
    const before = await rows();
    for (const statement of [
      "copy spend_staging",
      "select store_spend_batch",
      "insert into spend_refused",
      "insert into spend_columns",
      "commit",
    ]) {
      failing = (text) => {
        if (text.trimStart().startsWith(statement)) throw new Error(`failed at ${statement}`);
      };
      await expect(
        send("salford", `${BROKEN}08/05/2022,1,Late Ltd,Parks,,A6\n`, { acceptRefused: true }),
      ).rejects.toThrow(statement);
      failing = null;
      expect(await rows(), statement).toEqual(before);
    }
  });

  test("eight at once store it once, and seven are told that it is there", async () => {
    const text = GOOD.replaceAll("2022", "2021");
    const answers = await Promise.all(Array.from({ length: 8 }, () => send("salford", text)));
    const values = answers.map((answer) => house.value(answer));
    expect(values.filter(({ stored }) => stored)).toHaveLength(1);
    expect(values.filter(({ already }) => already === true)).toHaveLength(7);
    expect(new Set(values.map(({ fileId }) => fileId)).size).toBe(1);
    expect(await rows()).toMatchObject({ spend_file: 2, spend_line: 6, spend_staging: 0 });
    expect(await checksFind()).toEqual([]);
  });

  test("what cannot be a file of payments is refused with its reason", async () => {
    expect(house.refusal(await send("salford", "")).code).toBe("file_not_read");
    expect(house.refusal(await send("salford", "%PDF-1.4 not a table")).code).toBe("file_not_read");
    expect(house.refusal(await send("salford", "one,two\nthree,four\n")).code).toBe("columns_not_known");
    expect(house.refusal(await send("salford", `${HEADINGS}\n`)).code).toMatch(/no_lines|columns_not_known/);
    expect(house.refusal(await send("salford", GOOD, { publisher: "Nobody" })).code).toBe("publisher_not_known");
  });
});

test("columns that a person chose are used for the publisher's next file of the same look", async () => {
  // The supplier stands under a heading that says nothing, and the body's own name under one that could be a supplier's.
  const layout = "Day,Sum,Vendor,Who\n";
  const columns = { paidOn: 0, amount: 1, supplier: 3 };
  const first = fileOf(`${layout}01/06/2022,10.00,Salford City Council,Epsilon Ltd\n`);
  house.value(
    await house.ask(importSpendFile, {
      by: OPERATOR,
      place: "salford",
      input: { name: "a.csv", file: first, columns },
    }),
  );
  house.value(await send("salford", `${layout}02/06/2022,11.00,Salford City Council,Zeta Ltd\n`));
  expect(await summary("salford", { supplier: "Zeta Ltd" })).toMatchObject({ lines: 1, totalPence: 1100n });
});

test("a whole place is the sum of its councils, and a council's address shows its own only", async () => {
  const place = must(await house.house.findPlace("greater-manchester"), "opened");
  const councils = await house.database.inPlace(place.placeId, async (tx) =>
    (await listPartners(tx, place.placeId)).filter(({ areaId }) => areaId !== null),
  );
  const areas = await house.database.inPlace(place.placeId, (tx) =>
    tx.rows(
      sql<{
        areaId: string;
        slug: string;
      }>`select area_id as "areaId", slug from area where place_id = ${place.placeId}`,
    ),
  );
  const one = must(councils[0], "a whole place opens with its councils as partners");
  const two = must(councils[1], "a whole place has several councils");
  const before = await summary("greater-manchester");
  house.value(await send("greater-manchester", GOOD.replaceAll("A1", "B1"), { publisher: one.name }));
  const other = house.value(
    await send("greater-manchester", GOOD.replaceAll("750.00", "950.00"), { publisher: two.partnerId }),
  );
  expect(house.refusal(await send("greater-manchester", GOOD)).code).toBe("publisher_not_known");
  expect(await summary("greater-manchester")).toMatchObject({
    lines: before.lines + 6,
    totalPence: before.totalPence + 198025n + 218025n,
  });
  const slug = must(areas.find(({ areaId }) => areaId === one.areaId)?.slug, "a council has an address");
  expect(await summary(slug)).toMatchObject({ lines: 3, totalPence: 198025n });
  const files = house.value(await house.ask(listSpendFiles, { by: OPERATOR, place: slug, input: {} })).files;
  expect(files.map(({ publisher }) => publisher)).toEqual([one.name]);
  expect(
    house.refusal(
      await house.ask(showSpendFile, { by: OPERATOR, place: slug, input: { fileId: must(other.fileId, "stored") } }),
    ).code,
  ).toBe("spend_file_not_found");
});

describe.skipIf(!existsSync(REAL))(
  "files as councils published them (skipped where they are not beside the project)",
  () => {
    test.each([
      ["salford-2022-04.csv", "salford"],
      ["newcastle-2022-04.csv", "salford"],
    ])("%s", async (name, place) => {
      const text = readFileSync(new URL(name, REAL), "utf8");
      const lines = text.trimEnd().split(/\r?\n/).length - 1;
      const before = await summary(place);
      const answer = house.value(await send(place, text, { acceptRefused: true }));
      expect(answer.lines + answer.refusedCount).toBe(lines);
      const after = await summary(place);
      expect([after.lines - before.lines, after.totalPence - before.totalPence]).toEqual([
        answer.lines,
        answer.totalPence,
      ]);
      expect(await checksFind()).toEqual([]);
    });
  },
);
