/** The story of the Salford pound through every door, with the same end. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyLedger } from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { listPartners } from "../../src/places/index.ts";
import { type Machine, openMachine } from "../setup/command-line.ts";
import { type Doors, openDoors } from "../setup/doors.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { openApiDriver } from "./api-driver.ts";
import { openCommandDriver } from "./command-driver.ts";
import { openPageDriver, pagesAreThere } from "./page-driver.ts";
import { type Driver, type Ending, PLACE, salfordPound } from "./salford-pound.ts";

let machine: Machine;
let first: Ending | null = null;

beforeAll(async () => {
  machine = await openMachine();
});
afterAll(() => machine?.close());

type Surroundings = { readonly test: TestHouse; readonly doors: Doors; readonly placeId: number };

/** A fresh place for each door; what the first ends with, the others must end with too. */
async function through(open: (the: Surroundings) => Promise<Driver> | null, skip: () => void): Promise<void> {
  const test = await openTestHouse();
  const doors = await openDoors(test);
  try {
    const placeId = await test.openPlace(PLACE);
    const driver = await open({ test, doors, placeId });
    if (driver === null) return skip();
    const [council] = await test.database.inPlace(placeId, (tx) => listPartners(tx, placeId));
    const ending = await salfordPound(driver, must(council, "the council is a partner of its place").partnerId);
    expect(ending.imported).toEqual({ lines: 3, totalPence: "842775" });
    first ??= ending;
    expect(ending).toEqual(first);
    test.value(await test.ask(verifyLedger, { by: { kind: "operator" }, place: PLACE, input: {} }));
  } finally {
    await doors.close();
    await test.close();
  }
}

it("through the API", ({ skip }) => through(openApiDriver, skip), 60_000);
// Some twenty programs, one after another.
it("through the command line", ({ skip }) => through((the) => openCommandDriver({ ...the, machine }), skip), 120_000);
it(
  "through the pages",
  ({ skip }) => through((the) => (pagesAreThere(the.doors) ? openPageDriver(the) : null), skip),
  60_000,
);

it("ends with the whole chain, to the penny", () => {
  const { record, up, down } = must(first, "a door has ended the story").trace as Record<
    string,
    { readonly kind: string; readonly amountPence: string }
  >;
  expect({ kind: record?.kind, amountPence: record?.amountPence }).toEqual({ kind: "payment", amountPence: "624000" });
  const kinds = (node: unknown): string[] => {
    const { record: shown, branches } = node as { record: { kind: string }; branches: unknown[] };
    return [shown.kind, ...branches.flatMap(kinds)];
  };
  expect(kinds(up)).toEqual(["payment", "commitment", "allocation", "pot", "contribution", "stream"]);
  expect(kinds(down)).toEqual(["payment", "service"]);
});
