/** The posting function itself: its outcomes in their fixed order, and the part of a place that a council's address shows. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../lib/assert.ts";
import { mustDay } from "../lib/day.ts";
import { addPartner } from "../places/index.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import {
  listAccounts,
  listCommitments,
  listPayments,
  listPots,
  listStreams,
  listTransfers,
  openPot,
  openStream,
  reverseTransfer,
  showPot,
  showStatement,
  showStream,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { openAccounts, postTransfer } from "./store/accounts.ts";

let town: LedgerTown;
const accounts: Record<string, string> = {};

beforeAll(async () => {
  town = await openLedgerTown();
  const streamId = await town.stream("Stream", { pence: 100n });
  await town.pot("Real");
  await town.pot("Shadow", "shadow");
  await town.house.database.inPlace(town.placeId, async (tx) => {
    for (const book of ["real", "shadow"] as const) {
      // No pot that there is: what moves a pot's real money needs two people, and the posting function is asked alone here.
      const potId = newId();
      const [from, to] = await openAccounts(tx, town.placeId, [
        { accountId: newId(), book, kind: "stream", recordId: streamId, streamId, potId: null, floorPence: -100n },
        { accountId: newId(), book, kind: "pot", recordId: potId, streamId, potId, floorPence: 0n },
      ]);
      accounts[`${book} stream`] = must(from, "an account");
      accounts[`${book} pot`] = must(to, "an account");
    }
  });
});
afterAll(() => town.house.close());

// A key of A is the same transfer id throughout; lines are account and pence.
const OUTCOMES = `
  - | real pot 5                                    | lines_missing
  - | real stream -5, real pot 0                    | lines_missing
  - | real stream -5, real pot 4                    | unbalanced
  - | real stream -5, nowhere 5                     | unknown_account
  - | nowhere -5, shadow pot 5                      | unknown_account
  - | real stream -5, shadow pot 5                  | wrong_book
  - | real stream -101, real pot 101                | insufficient_funds 100
  - | real pot -1, real stream 1                    | insufficient_funds 0
  - | real pot -1, real pot 1, real pot -1, real stream 1 | insufficient_funds 0
  A | real stream -60, real pot 60                  | posted
  A | real stream -60, real pot 60                  | already
  A | real stream -50, real pot 50                  | key_reused
  A | real stream -50, real pot 49                  | unbalanced
  - | real stream -41, real pot 41                  | insufficient_funds 40
  - | real stream -20, real pot 10, real pot 10     | posted
`;

describe("posting", () => {
  it("decides in its fixed order", async () => {
    const key = newId();
    for (const line of OUTCOMES.trim().split("\n")) {
      const [which = "", text = "", expected = ""] = line.split("|").map((cell) => cell.trim());
      const lines = text.split(", ").map((part) => {
        const [, account = "", pence = "0"] = /^(.+) (-?\d+)$/.exec(part) ?? [];
        return { accountId: accounts[account] ?? newId(), amountPence: BigInt(pence) };
      });
      const answer = await town.house.database.inPlace(town.placeId, (tx) =>
        postTransfer(tx, town.placeId, {
          transferId: which === "A" ? key : newId(),
          book: "real",
          kind: "transfer",
          effectiveOn: mustDay(DAY),
          lines,
          recordId: newId(),
          words: "Test",
          reversesId: null,
          madeBy: "test",
          requestHash: Buffer.from(text),
        }),
      );
      expect(`${answer.outcome} ${answer.availablePence ?? ""}`.trim(), line).toBe(expected);
    }
  });
});

describe("a council's part of its partnership", () => {
  it("lists apart what it hosts for the whole place, and counts none of it", async () => {
    const place = "salford";
    const council = { name: "Salford council", kind: "council" as const, ...(await salfordArea()) };
    const { partnerId: salford } = await town.value(addPartner, { ...council, parts: ["funder"] });
    const streamId = await town.stream("For everyone", { pence: 70n });
    const input = { name: "Everyone's pot", purpose: "A test", mode: "pooled", openedOn: "2012-04-01" } as const;
    const { potId } = await town.value(openPot, { ...input, hostId: salford });
    const { contributionId } = town.house.value(await town.contribute({ streamId, potId, pence: 70n }));
    town.house.value(await town.allocate({ potId, pence: 70n }));
    const { pots, real } = await town.value(listPots, {}, { place });
    const listed = pots.filter(({ hostedFor }) => hostedFor === "place");
    expect(listed.map(({ name, contributedPence }) => [name, contributedPence])).toEqual([["Everyone's pot", 70n]]);
    const own = pots.filter(({ hostedFor }) => hostedFor === null);
    expect(real.contributedPence).toBe(own.reduce((sum, pot) => sum + pot.contributedPence, 0n));
    const { streams } = await town.value(listStreams, {}, { place });
    expect(streams.map(({ name }) => name)).not.toContain("For everyone");
    const shown = async (asked: { potId?: string }) =>
      (await town.value(listTransfers, asked, { place })).transfers.map(({ recordId }) => recordId);
    expect(await shown({})).not.toContain(contributionId);
    expect(await shown({ potId })).toContain(contributionId);
    expect((await town.value(listPots, {})).pots.every(({ hostedFor }) => hostedFor === null)).toBe(true);
  });

  it("is its own pots and the streams that feed them", async () => {
    const place = "salford";
    const streamId = await town.stream("For Salford", { pence: 50n });
    const { potId } = await town.value(
      openPot,
      { name: "Salford pot", purpose: "A test", mode: "pooled", hostId: town.hostId, openedOn: "2012-04-01" },
      { place },
    );
    town.house.value(await town.contribute({ streamId, potId, pence: 50n }));
    const { pots, real } = await town.value(listPots, {}, { place });
    const own = pots.filter(({ hostedFor }) => hostedFor === null);
    expect(own.map(({ name, area }) => [name, area])).toEqual([["Salford pot", "Salford"]]);
    expect(real.contributedPence).toBe(50n);
    const { streams } = await town.value(listStreams, {}, { place });
    expect(streams.map(({ name }) => name)).toEqual(["For Salford"]);
    expect((await town.value(listPots, {})).pots).toHaveLength(4);
    const { accounts: shown } = await town.value(listAccounts, { kind: "pot" }, { place });
    expect(shown.map(({ pot, balancePence }) => [pot, balancePence])).toEqual([["Salford pot", 50n]]);
    expect((await town.value(listTransfers, {}, { place })).transfers).toHaveLength(1);
    expect((await town.value(showStream, { streamId })).contributions).toHaveLength(1);
    const { allocationId } = town.house.value(await town.allocate({ potId, pence: 50n }));
    const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 40n }));
    town.house.value(await town.pay({ commitmentId, pence: 30n }));
    const { commitments } = await town.value(listCommitments, { allocationId }, { place });
    expect(commitments.map(({ amountPence, paidPence }) => [amountPence, paidPence])).toEqual([[40n, 30n]]);
    expect((await town.value(listPayments, { potId }, { place })).payments).toHaveLength(1);
  });

  // A finance officer of Salford alone, at Salford's address. Own: hosted, paid or opened for Salford.
  it.each([
    ["own", "own", "contributes, allocates, commits, pays and reverses"],
    ["own", "the place's", "another_area"],
    ["the place's", "own", "another_area"],
    ["the place's", "the place's", "another_area"],
  ])("one who keeps only its money, with %s stream and %s pot: %s", async (stream, pot, expected) => {
    const { areaId } = await salfordArea();
    const by = await town.house.personWith("finance_officer", { placeId: town.placeId, areaId });
    const at = { place: "salford", by } as const;
    const unique = `${stream} stream, ${pot} pot`;
    const own = { name: `Payer: ${unique}`, kind: "council" as const, parts: ["funder" as const], areaId };
    const { partnerId } = await town.value(addPartner, own);
    const payerId = stream === "own" ? partnerId : town.payerId;
    const terms = { amountPence: "90", startsOn: "2012-04-01", endsOn: "2013-03-31", power: "Section 31" };
    const opening = { name: `Stream: ${unique}`, payerId, ...terms };
    const streamOpener = stream === "own" ? at : {};
    const { streamId } = await town.value(openStream, opening, streamOpener);
    if (stream !== "own") expect((await town.refusal(openStream, opening, at)).code).toBe("another_area");
    const kept = { name: `Pot: ${unique}`, purpose: "A test", mode: "pooled", hostId: partnerId } as const;
    const { potId } = await town.value(openPot, { ...kept, openedOn: "2012-04-01" }, pot === "own" ? at : {});
    const given = await town.contribute({ streamId, potId, pence: 90n }, at);
    if (expected === "another_area") {
      expect(town.house.refusal(given).code).toBe("another_area");
      const { transferId } = town.house.value(await town.contribute({ streamId, potId, pence: 90n }));
      if (pot === "own") return;
      expect((await town.refusal(reverseTransfer, { transferId, reason: "A try" }, at)).code).toBe("another_area");
      expect(town.house.refusal(await town.allocate({ potId, pence: 90n }, at)).code).toBe("another_area");
      const { allocationId } = town.house.value(await town.allocate({ potId, pence: 90n }));
      expect(town.house.refusal(await town.commit({ allocationId, pence: 90n }, at)).code).toBe("another_area");
      const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 90n }));
      expect(town.house.refusal(await town.pay({ commitmentId, pence: 90n }, at)).code).toBe("another_area");
      return;
    }
    const { allocationId } = town.house.value(await town.allocate({ potId, pence: 90n }, at));
    const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 90n }, at));
    const { transferId } = town.house.value(await town.pay({ commitmentId, pence: 90n }, at));
    await town.value(reverseTransfer, { transferId, reason: "Entered twice" }, at);
    // At the whole place's own address the role does not count at all.
    expect(town.house.refusal(await town.contribute({ streamId, potId, pence: 1n }, { by })).code).toBe("not_allowed");
  });

  it("shows no pot and no stream of another part by its name or id", async () => {
    const { potId, slug } = await town.value(
      openPot,
      { name: "Manchester pot", purpose: "A test", mode: "pooled", hostId: town.hostId, openedOn: "2012-04-01" },
      { place: "manchester" },
    );
    const streamId = await town.stream("For Manchester", { pence: 10n });
    town.house.value(await town.contribute({ streamId, potId, pence: 10n }));
    for (const place of ["manchester", "greater-manchester"]) {
      expect((await town.value(showPot, { pot: slug }, { place })).pot.name).toBe("Manchester pot");
      expect((await town.value(showStream, { streamId }, { place })).contributions).toHaveLength(1);
      expect((await town.value(showStatement, { pot: slug }, { place })).entries).toHaveLength(1);
    }
    const elsewhere = { place: "salford" };
    expect((await town.refusal(showPot, { pot: slug }, elsewhere)).code).toBe("pot_not_found");
    expect((await town.refusal(showStatement, { pot: "Manchester pot" }, elsewhere)).code).toBe("pot_not_found");
    expect((await town.refusal(showStream, { streamId }, elsewhere)).code).toBe("stream_not_found");
  });
});

async function salfordArea(): Promise<{ readonly areaId: string }> {
  return town.house.database.inPlace(town.placeId, (tx) =>
    tx.one(sql<{ areaId: string }>`
      select area_id as "areaId" from area where place_id = ${town.placeId} and name = 'Salford'`),
  );
}
