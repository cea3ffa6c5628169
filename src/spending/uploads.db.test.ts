/** An upload by page: kept, shown, its columns corrected, confirmed at once or by a job. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import type { Role } from "../platform/actor.ts";
import { sql } from "../platform/database/index.ts";
import type { Job } from "../platform/jobs/index.ts";
import { spendImportJob } from "./import-job.ts";
import { listSpendFiles } from "./look.ts";
import { chooseColumns, confirmUpload, describeImport, keepUpload, showUpload } from "./uploads.ts";

const CSV = "Day,Sum,Who\n03/04/2022,750.00,Alpha Ltd\n04/04/2022,2.5.5,Beta Ltd\n";

let house: TestHouse;
let placeId: number;
let finance: Awaited<ReturnType<TestHouse["personWith"]>>;
let resident: Awaited<ReturnType<TestHouse["personWith"]>>;

beforeAll(async () => {
  house = await openTestHouse();
  placeId = await house.openPlace("salford");
  finance = await house.personWith("finance_officer" satisfies Role, { placeId });
  resident = await house.personWith("resident" satisfies Role, { placeId });
});
afterAll(() => house.close());

const upload = async (text: string): Promise<string> =>
  house.value(
    await house.ask(keepUpload, {
      by: finance,
      place: "salford",
      input: { name: "payments.csv", content: () => Buffer.from(text) },
    }),
  ).uploadId;
const show = async (uploadId: string) =>
  house.value(await house.ask(showUpload, { by: finance, place: "salford", input: { uploadId } }));
const files = async () =>
  house.value(await house.ask(listSpendFiles, { by: finance, place: "salford", input: {} })).files;

test("only those who may import see or keep an upload", async () => {
  for (const by of [resident, { kind: "public" } as const]) {
    expect(house.refusal(await house.ask(describeImport, { by, place: "salford", input: {} })).code).toBe(
      "not_allowed",
    );
    expect(
      house.refusal(
        await house.ask(keepUpload, {
          by,
          place: "salford",
          input: { name: "a.csv", content: () => Buffer.from(CSV) },
        }),
      ).code,
    ).toBe("not_allowed");
  }
  expect(
    house.value(await house.ask(describeImport, { by: finance, place: "salford", input: {} })).chosenId,
  ).not.toBeNull();
});

test("what is no table is not kept", async () => {
  const refusal = house.refusal(
    await house.ask(keepUpload, {
      by: finance,
      place: "salford",
      input: { name: "a.csv", content: () => Buffer.from("a\0b\n") },
    }),
  );
  expect(refusal.code).toBe("file_not_read");
  const { count } = await house.database.inPlace(placeId, (tx) =>
    tx.one(sql<{ count: number }>`select count(*)::integer as count from spend_upload`),
  );
  expect(count).toBe(0);
});

test("columns that cannot be used are refused; those that can are shown as chosen, then stored and saved", async () => {
  const uploadId = await upload(CSV);
  const choose = (roles: readonly ("paidOn" | "amount" | "supplier" | null)[]) =>
    house.ask(chooseColumns, { by: finance, place: "salford", input: { uploadId, roles: [...roles] } });
  expect(house.refusal(await choose(["paidOn", "amount", null])).code).toBe("columns_not_known");
  expect(house.refusal(await choose(["paidOn", "amount", "amount"]))).toMatchObject({
    code: "role_twice",
    role: "amount",
    columns: ["B", "C"],
  });
  house.value(await choose(["paidOn", "amount", "supplier"]));
  const shown = await show(uploadId);
  expect(shown).toMatchObject({
    columnsAre: "chosen",
    already: null,
    read: { ok: true, preview: { lines: 1, refusedCount: 1, totalPence: 75000n } },
  });
  const confirm = (acceptRefused: boolean) =>
    house.ask(confirmUpload, { by: finance, place: "salford", input: { uploadId, acceptRefused } });
  expect(house.refusal(await confirm(false))).toMatchObject({ code: "lines_refused", refusedCount: 1 });
  expect(await files()).toHaveLength(0);
  expect(house.value(await confirm(true))).toMatchObject({ stored: true, lines: 1 });
  expect(house.refusal(await confirm(true)).code).toBe("upload_not_found");
  expect((await show(await upload(CSV.replace("750", "751")))).columnsAre).toBe("saved");
  expect((await show(await upload(CSV))).already).toMatchObject({ lines: 1, refused: 1 });
  expect(
    house.value(
      await house.ask(confirmUpload, { by: finance, place: "salford", input: { uploadId: await upload(CSV) } }),
    ),
  ).toMatchObject({ already: true });
  expect(await files()).toHaveLength(1);
});

test("the job stores as the person who asked for it, tells how far it is, and leaves nothing when it is stopped", async () => {
  const uploadId = await upload(CSV.replace("Alpha", "Omega").replace("2.5.5", "2.55"));
  const job: Job = {
    jobId: "018f3a52-0000-7000-8000-000000000001",
    placeId,
    kind: "spend.import",
    title: "",
    input: { place: "salford", uploadId, acceptRefused: false },
    state: "running",
    done: 0n,
    total: null,
    doing: null,
    answer: null,
    requestedBy: `person:${finance.userId}`,
    createdAt: new Date(0),
    startedAt: null,
    endedAt: null,
    cancelAskedAt: null,
  };
  const before = (await files()).length;
  const stopped = spendImportJob.run({
    house: house.house,
    job,
    progress: async ({ total }) => {
      if (total !== null) throw new Error("asked to stop");
    },
  });
  await expect(stopped).rejects.toThrow("asked to stop");
  expect(await files()).toHaveLength(before);
  expect(
    house.refusal(
      await spendImportJob.run({
        house: house.house,
        job: { ...job, requestedBy: `person:${resident.userId}` },
        progress: async () => undefined,
      }),
    ).code,
  ).toBe("not_allowed");
  const steps: string[] = [];
  const answer = house.value(
    await spendImportJob.run({ house: house.house, job, progress: async ({ doing }) => void steps.push(doing) }),
  );
  expect(answer).toMatchObject({ stored: true, lines: 2 });
  expect(steps.at(-1)).toBe("Storing the lines");
  expect(
    must(
      (await files()).find(({ lines }) => lines === 2),
      "stored",
    ).name,
  ).toBe("payments.csv");
});
