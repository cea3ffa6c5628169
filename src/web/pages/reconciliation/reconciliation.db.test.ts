/** Every page beside the council's ledger opens for a finance officer, and a listing is taken in and matched by page. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, openDoors } from "../../../../test/setup/doors.ts";
import { openTestHouse, type TestHouse } from "../../../../test/setup/house.ts";
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

describe("the desk", () => {
  it.todo("is filled in below");
});
