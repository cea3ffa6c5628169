/**
 * Every use case that changes something, with its Nth statement failing, for every N (R4): the state is the one before
 * until the whole is done, never between.
 */

import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishElection } from "../../src/decisions/index.ts";
import { useCases } from "../../src/main/use-cases.ts";
import type { AnyUseCase } from "../../src/platform/use-case/index.ts";
import { toJson } from "../../src/platform/use-case/index.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { actorFor, performIn, realInput } from "../setup/real-input.ts";
import { stateHash } from "../setup/state.ts";
import { openTown, type Town } from "../setup/town.ts";

const MOST_STATEMENTS = 80;
const fault = { at: 0, seen: 0 };

class Planted extends Error {
  override readonly name = "Planted";
}

let test: TestHouse;
let town: Town;
let client: pg.Client;

beforeAll(async () => {
  test = await openTestHouse({
    beforeStatement: () => {
      fault.seen += 1;
      if (fault.seen === fault.at) throw new Planted("this statement was made to fail");
    },
  });
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  // The address that the examples of counting, comparing and verifying have.
  const input = { ...realInput(publishElection, town), slug: "town-2013" };
  test.value(await performIn(test, publishElection, { town, by: actorFor(publishElection, town), input }));
  client = await test.reader();
});

afterAll(async () => {
  fault.at = 0;
  await client?.end();
  await test?.close();
});

const changing = useCases.filter((useCase) => useCase.changes);

/** Makes the Nth statement fail; true where the use case had that many. */
async function failsAt(useCase: AnyUseCase, statement: number): Promise<boolean> {
  fault.seen = 0;
  fault.at = statement;
  try {
    const result = await performIn(test, useCase, {
      town,
      by: actorFor(useCase, town),
      input: realInput(useCase, town),
    });
    if (!result.ok) throw new Error(`${useCase.name} was refused: ${JSON.stringify(toJson(result.refusal))}`);
    return false;
  } catch (error) {
    if (!(error instanceof Planted)) throw error;
    return true;
  } finally {
    fault.at = 0;
  }
}

describe("the Nth statement fails", () => {
  it("there are use cases that change something", () => expect(changing.length).toBeGreaterThan(15));

  it.each(changing.map((useCase) => ({ name: useCase.name, useCase })))("$name", async ({ useCase }) => {
    const before = await stateHash(client);
    let statement = 1;
    while (await failsAt(useCase, statement)) {
      expect(await stateHash(client), `after statement ${statement} failed`).toBe(before);
      statement += 1;
      expect(statement).toBeLessThan(MOST_STATEMENTS);
    }
    // Begin, at least two statements, commit: fewer would mean that nothing was planted.
    expect(statement).toBeGreaterThan(4);
    expect(await stateHash(client)).not.toBe(before);
  });
});
