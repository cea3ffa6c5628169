/** db/schema.sql is what the migrations make. When it is not: npx tsx tools/write-schema.ts, and read the difference. */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { dumpSchema } from "../../tools/dump-schema.ts";
import { openTestHouse } from "../setup/house.ts";

it("db/schema.sql is the structure that the migrations make (npx tsx tools/write-schema.ts writes it)", async () => {
  const test = await openTestHouse();
  const client = await test.reader();
  try {
    const committed = await readFile(new URL("../../db/schema.sql", import.meta.url), "utf8");
    expect((await dumpSchema(async (query) => (await client.query(query)).rows)).split("\n")).toEqual(
      committed.split("\n"),
    );
  } finally {
    await client.end();
    await test.close();
  }
});
