/**
 * The short form of the simulation, on several seeds; and that it would see a ledger that lies: one that says an amount was
 * set aside when it was not is found, by seed, client and operation, and shrunk to a list that is short enough to read.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { drawSeed } from "../../test/setup/seed.ts";
import { type Simulation, simulateLedger } from "./simulate.ts";
import { openSimulatedLedger, type SimulatedLedger } from "./simulate-store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const simulation = (seed: number, more: Partial<Simulation> = {}): Simulation => ({
  inHouse: (work) => work({ house: house.house, database: house.database }),
  erasInHouse: 2,
  seed: BigInt(seed),
  operations: 200,
  clients: 4,
  round: 100,
  era: 200,
  say: () => undefined,
  ...more,
});

it("answers as a plain ledger in memory does, with four clients at once", { timeout: 60_000 }, async () => {
  const first = drawSeed("simulate");
  const outcomes = new Set<string>();
  for (let seed = first; seed < first + 3; seed += 1) {
    const simulated = await simulateLedger(simulation(seed));
    expect(simulated.differences).toEqual([]);
    expect(simulated.operations).toBeGreaterThanOrEqual(200);
    expect(simulated.rounds).toBe(2);
    for (const outcome of simulated.outcomes.keys()) outcomes.add(outcome);
  }
  expect([...outcomes]).toEqual(expect.arrayContaining(["transfer: posted", "transfer: insufficient_funds"]));
});

it("lets nothing in before what is closed for good, by the seed that showed it", { timeout: 60_000 }, async () => {
  expect((await simulateLedger(simulation(73_728_917))).differences).toEqual([]);
});

it("finds a ledger that forgets what it set aside, and says so shortly", { timeout: 60_000 }, async () => {
  const forgetful: Simulation["openLedger"] = (database, placeId): SimulatedLedger => {
    const real = openSimulatedLedger(database, placeId);
    const carryOut: SimulatedLedger["carryOut"] = async (operation) => {
      if (operation.kind === "reserve" && operation.reservation.pence % 7n === 0n) return { outcome: "reserved" };
      return real.carryOut(operation);
    };
    return { ...real, carryOut };
  };
  const { differences } = await simulateLedger(simulation(1, { openLedger: forgetful, operations: 400 }));
  expect(differences[0]).toMatch(/^seed 1, place 1, client \d, operation \d+ \(/);
  expect(differences.find((line) => line.includes("are enough"))).toMatch(/^ {2}[1-9] operations are enough/);
});
