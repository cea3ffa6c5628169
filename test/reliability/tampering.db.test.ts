/**
 * The owner of the database changes one row (R13): for every column of the tables that the proof is made of, and for a row gone, added
 * or in another's place, `ledger verify` and the bundle name it, and find nothing once it is put right. The long form is
 * test/reliability/tampering.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProofTown, type ProofTown } from "../setup/proof-town.ts";
import { drawSeed } from "../setup/seed.ts";
import { changeOf, NOT_PROVED, openTampering, otherTamperings, type Random, seeded, TABLES } from "./tamper-rows.ts";

const seed = drawSeed("tampering");
let town: ProofTown;
let hand: Awaited<ReturnType<typeof openTampering>>;
let random: Random;
/** What was tried, and what the database's own constraints refused before any proof was asked. */
const counted = { tried: 0, refused: 0 };

beforeAll(async () => {
  town = await openProofTown();
  hand = await openTampering(town);
  random = seeded(seed);
}, 60_000);
afterAll(async () => {
  process.stdout.write(`tampering: ${counted.tried} tried, ${counted.refused} refused by the database\n`);
  await hand?.close();
  await town?.house.close();
});

/** A row is named: by its id, its block, its account, its day. */
const NAMED = /[0-9a-f]{8}-[0-9a-f-]{27}|block \d+|period|book (real|shadow)|line \d+|(real|shadow)/;
const CLEAN = { online: null, bundle: null };

describe("what the owner of the database does to one row", () => {
  it("is nothing at first", async () => expect(await hand.prove()).toEqual(CLEAN));

  it.each(TABLES)(
    "is found in every column of %s",
    async (table) => {
      const columns = (await hand.columns()).filter((column) => column.table === table);
      expect(columns.length).toBeGreaterThan(4);
      for (const column of columns) {
        const change = await changeOf(hand.admin, column, random);
        if (NOT_PROVED[change.name] !== undefined) continue;
        const found = await hand.tamper(change);
        counted.tried += 1;
        if (found === null) counted.refused += 1;
        if (found === null) continue;
        const named = { name: change.name, online: expect.stringMatching(NAMED), bundle: expect.stringMatching(/\S/) };
        expect({ name: change.name, ...found }, `seed ${seed}: ${change.statements.join()}`).toEqual(named);
      }
    },
    120_000,
  );

  it("is found where a row is deleted, added, or in another's place", async () => {
    for (const one of await otherTamperings(hand.admin, random)) {
      const found = await hand.tamper(one);
      counted.tried += 1;
      expect(found, `${one.name}: the database let it be`).not.toBeNull();
      const named = { name: one.name, online: expect.stringMatching(NAMED), bundle: expect.stringMatching(/\S/) };
      expect({ name: one.name, ...found }, `seed ${seed}: ${one.statements.join()}`).toEqual(named);
    }
  }, 120_000);

  it("leaves nothing to find once it is put right", async () => expect(await hand.prove()).toEqual(CLEAN));

  it("is said of each column that is not proved, which is still there", async () => {
    const names = (await hand.columns()).map(({ table, name }) => `${table}.${name}`);
    for (const name of Object.keys(NOT_PROVED)) expect(names).toContain(name);
  });
});
