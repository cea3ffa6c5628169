/** Taking listings in: each file once, each line once, changes kept as versions, nothing half done. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReconciliationTown, type ReconciliationTown } from "../../test/setup/reconciliation-town.ts";
import { sql } from "../platform/database/index.ts";
import { listListings } from "./list-files.ts";
import { openBank } from "./open-bank.ts";
import { takeInListing } from "./take-in.ts";

let town: ReconciliationTown;
beforeAll(async () => {
  town = await openReconciliationTown();
});
afterAll(() => town?.house.close());

const linesKept = async () =>
  (
    await town.house.database.inPlace(town.placeId, (tx) =>
      tx.rows(sql<{
        what: string;
      }>`select document || '.' || document_line || ' v' || version || ' ' || amount_pence as what
        from listing_line where source = 'ledger' order by document, document_line, version`),
    )
  ).map(({ what }) => what);

describe("a listing", () => {
  const FIRST = "7001,1,04/02/2013,10.00,4471,41100,Irwell,One,\n7001,2,04/02/2013,20.00,4471,41100,Irwell,Two,";

  it("is taken in once, and its lines once", async () => {
    const first = town.house.value(await town.take(FIRST));
    expect(first).toMatchObject({ lines: 2, skipped: 0, totalPence: 3000n, stored: true, already: false });
    expect(town.house.value(await town.take(FIRST))).toMatchObject({
      stored: false,
      already: true,
      listingFileId: first.listingFileId,
    });
    const overlapping = `${FIRST}\n7002,1,05/02/2013,5.00,4471,41100,Irwell,Three,`;
    expect(town.house.value(await town.take(overlapping))).toMatchObject({ lines: 1, skipped: 2, totalPence: 500n });
    expect(await linesKept()).toEqual(["7001.1 v1 1000", "7001.2 v1 2000", "7002.1 v1 500"]);
  });

  it("with a broken row changes nothing, and names row and column", async () => {
    const before = await linesKept();
    const refusal = town.house.refusal(await town.take("7003,1,05/02/2013,1.00,,,A,,\n7004,1,someday,2.00,,,A,,"));
    expect(refusal).toMatchObject({ code: "rows_refused", refused: [{ row: 3, column: "Posting Date" }] });
    expect(await linesKept()).toEqual(before);
  });

  it("a line that was changed is told, and kept as a new version when accepted", async () => {
    const changed = "7001,1,04/02/2013,11.00,4471,41100,Irwell,One,";
    const refusal = town.house.refusal(await town.take(changed));
    expect(JSON.stringify(refusal)).toContain("changed in the host's ledger");
    expect(town.house.value(await town.take(changed, { acceptChanged: true }))).toMatchObject({ lines: 0, changed: 1 });
    expect(await linesKept()).toContain("7001.1 v2 1100");
  });

  it("the same file by eight at once is taken in once", async () => {
    const rows = "7100,1,06/02/2013,9.00,4471,41100,Irwell,Race,";
    const answers = await Promise.all(Array.from({ length: 8 }, () => town.take(rows)));
    const stored = answers.map((answer) => town.house.value(answer).stored);
    expect(stored.filter((one) => one)).toHaveLength(1);
  });

  it("a preview keeps nothing", async () => {
    const before = await linesKept();
    expect(town.house.value(await town.take("7200,1,06/02/2013,9.00,,,A,,", { preview: true }))).toMatchObject({
      lines: 1,
      stored: false,
    });
    expect(await linesKept()).toEqual(before);
  });
});

describe("a bank statement", () => {
  const take = async (name: string) => {
    const text = await readFile(new URL(`./examples/${name}`, import.meta.url), "utf8");
    const file = town.fileOf(text);
    return town.ask(takeInListing, { name, body: town.bodyId, source: "bank", pot: town.potId, file });
  };
  it("only for a pot that has an account of its own, and only that account's", async () => {
    expect(town.house.refusal(await take("bank-camt053.xml")).code).toBe("bank_not_opened");
    const account = { potId: town.potId, openedOn: "2012-04-01" };
    await town.value(openBank, { ...account, lastFour: "1234" });
    expect(await town.refusal(openBank, { ...account, lastFour: "1234" })).toMatchObject({ code: "bank_exists" });
    expect(town.house.value(await take("bank-camt053.xml"))).toMatchObject({
      lines: 4,
      format: "camt053",
      stored: true,
    });
    expect(town.house.value(await take("bank-1.ofx"))).toMatchObject({ lines: 2, format: "ofx" });
    const other = (await readFile(new URL("./examples/bank-2.ofx", import.meta.url), "utf8")).replace(
      "00001234",
      "00009999",
    );
    const file = town.fileOf(other);
    expect(
      await town.refusal(takeInListing, { name: "x", body: town.bodyId, source: "bank", pot: town.potId, file }),
    ).toMatchObject({
      code: "account_differs",
      lastFour: "9999",
    });
  });

  it("a shadow pot has none", async () => {
    const shadow = await town.pot("Shadow families", "shadow");
    expect((await town.refusal(openBank, { potId: shadow, lastFour: "1234", openedOn: "2012-04-01" })).code).toBe(
      "shadow_pot",
    );
  });

  it("files are listed", async () => {
    const { files } = await town.value(listListings, {});
    expect(files.some(({ source, pot }) => source === "bank" && pot === "Families pot")).toBe(true);
  });
});
