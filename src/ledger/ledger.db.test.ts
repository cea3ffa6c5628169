/** The ledger on PostgreSQL: the story of a pot, refusals in words, races, and proof that finds what was tampered with. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealAll } from "../../test/setup/seal.ts";
import { formatPounds } from "../lib/pence.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import {
  listPots,
  listStreams,
  listTransfers,
  reverseTransfer,
  showPot,
  showStatement,
  verifyLedger,
} from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { ledgerRefusals } from "./messages.ts";

let town: LedgerTown;
beforeAll(async () => {
  town = await openLedgerTown();
});
afterAll(() => town.house.close());

const verified = async () => expect((await town.value(verifyLedger, {})).verified).toBe(true);

describe("a pot from stream to payment", () => {
  it("draws the most restricted money first and says what is left", async () => {
    const free = await town.stream("Free money", { pence: 100_000n });
    const ring = await town.stream("Ring-fenced money", { pence: 100_000n, ringFenced: true });
    const potId = await town.pot("First pot");
    town.house.value(await town.contribute({ streamId: free, potId, pence: 60_000n, madeOn: "2012-05-01" }));
    town.house.value(await town.contribute({ streamId: ring, potId, pence: 40_000n, madeOn: "2012-05-02" }));
    const allocation = town.house.value(await town.allocate({ potId, pence: 50_000n }));
    expect(allocation.shares).toEqual([
      { streamId: ring, amountPence: 40_000n },
      { streamId: free, amountPence: 10_000n },
    ]);
    const commitment = town.house.value(await town.commit({ allocationId: allocation.allocationId, pence: 45_000n }));
    const payment = town.house.value(await town.pay({ commitmentId: commitment.commitmentId, pence: 41_000n }));
    expect(payment.shares).toEqual([
      { streamId: ring, amountPence: 40_000n },
      { streamId: free, amountPence: 1_000n },
    ]);

    const shown = await town.value(showPot, { pot: "first-pot", asAt: DAY });
    expect(shown.figures).toEqual({
      contributedPence: 100_000n,
      allocatedPence: 50_000n,
      committedPence: 45_000n,
      paidPence: 41_000n,
      toResolvePence: 0n,
      leftPence: 59_000n,
      unallocatedPence: 50_000n,
    });
    expect(
      shown.streams.map(({ stream, contributedPence, paidPence }) => [stream, contributedPence, paidPence]),
    ).toEqual([
      ["Free money", 60_000n, 1_000n],
      ["Ring-fenced money", 40_000n, 40_000n],
    ]);
    expect(shown.allocations.map(({ committedPence, paidPence }) => [committedPence, paidPence])).toEqual([
      [45_000n, 41_000n],
    ]);
    const before = await town.value(showPot, { pot: "first-pot", asAt: "2012-05-01" });
    expect(before.figures.contributedPence).toBe(60_000n);

    const statement = await town.value(showStatement, { pot: "First pot", asAt: DAY });
    expect(
      statement.entries.map((entry) => [entry.kind, entry.changePence, entry.balancePence, entry.unallocatedPence]),
    ).toEqual([
      ["contribution", 60_000n, 60_000n, 60_000n],
      ["contribution", 40_000n, 100_000n, 100_000n],
      ["allocation", 0n, 100_000n, 50_000n],
      ["commitment", 0n, 100_000n, 50_000n],
      ["payment", -41_000n, 59_000n, 50_000n],
    ]);
    expect([statement.openingPence, statement.closingPence]).toEqual([0n, 59_000n]);
    const later = await town.value(showStatement, { pot: "First pot", from: "2012-05-02", asAt: "2012-05-02" });
    expect([later.openingPence, later.entries.length, later.closingPence]).toEqual([60_000n, 1, 100_000n]);
    const transfers = await town.value(listTransfers, { potId, kind: "payment" });
    expect(transfers.transfers.map(({ amountPence, lines }) => [amountPence, lines.length])).toEqual([[41_000n, 4]]);
    await verified();
  });

  it("undoes the newest first", async () => {
    const streamId = await town.stream("Undone", { pence: 1_000n });
    const potId = await town.pot("Undone pot");
    const contribution = town.house.value(await town.contribute({ streamId, potId, pence: 1_000n }));
    const allocation = town.house.value(await town.allocate({ potId, pence: 700n }));
    const undo = (transferId: string) =>
      town.ask(reverseTransfer, { transferId, reason: "A mistake", reversedOn: DAY });
    expect(town.house.refusal(await undo(contribution.transferId))).toEqual({
      code: "used_further_on",
      amountPence: 1_000n,
      availablePence: 300n,
    });
    const reversal = town.house.value(await undo(allocation.transferId));
    expect(town.house.refusal(await undo(allocation.transferId)).code).toBe("already_reversed");
    expect(town.house.refusal(await undo(reversal.transferId)).code).toBe("reversal_not_reversible");
    expect(town.house.refusal(await undo(newId())).code).toBe("transfer_not_found");
    town.house.value(await undo(contribution.transferId));
    expect((await town.value(showPot, { pot: "undone-pot" })).figures.contributedPence).toBe(0n);
    await verified();
  });

  it("keeps shadow money apart", async () => {
    const streamId = await town.stream("Both books", { pence: 500n });
    const real = await town.pot("Real pot");
    const shadow = await town.pot("Shadow pot", "shadow");
    town.house.value(await town.contribute({ streamId, potId: real, pence: 500n }));
    town.house.value(await town.contribute({ streamId, potId: shadow, pence: 300n }));
    const { streams } = await town.value(listStreams, {});
    const shown = streams.find((stream) => stream.streamId === streamId);
    expect([shown?.realGivenPence, shown?.shadowGivenPence]).toEqual([500n, 300n]);
    const pots = await town.value(listPots, {});
    const ofShadow = pots.pots
      .filter(({ book }) => book === "shadow")
      .reduce((sum, pot) => sum + pot.contributedPence, 0n);
    expect(pots.shadow.contributedPence).toBe(ofShadow);
    await verified();
  });
});

describe("refusals", () => {
  it("names what is available, and changes nothing", async () => {
    const streamId = await town.stream("Short", { pence: 900n });
    const potId = await town.pot("Short pot");
    const none = newId();
    expect(town.house.refusal(await town.contribute({ streamId: none, potId, pence: 1n })).code).toBe(
      "stream_not_found",
    );
    expect(town.house.refusal(await town.contribute({ streamId, potId: none, pence: 1n })).code).toBe("pot_not_found");
    expect(town.house.refusal(await town.contribute({ streamId, potId, pence: 1n, madeOn: "2012-03-31" })).code).toBe(
      "before_opening",
    );
    expect(town.house.refusal(await town.contribute({ streamId, potId, pence: 1n, madeOn: "2199-01-01" })).code).toBe(
      "after_today",
    );
    const exhausted = town.house.refusal(await town.contribute({ streamId, potId, pence: 901n }));
    expect(exhausted).toEqual({ code: "stream_exhausted", stream: "Short", availablePence: 900n });
    expect(
      ledgerRefusals.stream_exhausted.en({ code: "stream_exhausted", stream: "Short", availablePence: 900n }),
    ).toContain(formatPounds(900n));
    town.house.value(await town.contribute({ streamId, potId, pence: 900n }));
    expect(town.house.refusal(await town.allocate({ potId, pence: 901n }))).toEqual({
      code: "insufficient_funds",
      availablePence: 900n,
    });
    const shares = [{ streamId, amountPence: "899" }];
    expect(town.house.refusal(await town.allocate({ potId, pence: 900n, shares })).code).toBe("shares_do_not_sum");
    const elsewhere = [{ streamId: none, amountPence: "900" }];
    expect(town.house.refusal(await town.allocate({ potId, pence: 900n, shares: elsewhere })).code).toBe(
      "stream_not_in_pot",
    );
    const allocation = town.house.value(await town.allocate({ potId, pence: 900n }));
    expect(town.house.refusal(await town.commit({ allocationId: none, pence: 1n })).code).toBe("allocation_not_found");
    const commitment = town.house.value(await town.commit({ allocationId: allocation.allocationId, pence: 900n }));
    const spendLine = { fileId: none, row: 12 };
    const line = await town.pay({ commitmentId: commitment.commitmentId, pence: 1n, spendLine });
    expect(town.house.refusal(line)).toEqual({ code: "spend_line_not_found", row: 12 });
    expect(town.house.refusal(await town.pay({ commitmentId: commitment.commitmentId, pence: 901n })).code).toBe(
      "insufficient_funds",
    );
    const shown = await town.value(showPot, { pot: "short-pot" });
    expect([shown.figures.committedPence, shown.figures.paidPence]).toEqual([900n, 0n]);
    await verified();
  });
});

describe("races", () => {
  it("gives the last pound of a pot to exactly one of twenty", async () => {
    const streamId = await town.stream("Last pound", { pence: 100n });
    const potId = await town.pot("Last pound pot");
    town.house.value(await town.contribute({ streamId, potId, pence: 100n }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => town.allocate({ potId, pence: 100n })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(new Set(refused)).toEqual(new Set(["insufficient_funds"]));
    await verified();
  });

  it("draws again from another stream when the first one's money was taken", async () => {
    const potId = await town.pot("Two streams pot");
    for (const name of ["One half", "Other half"]) {
      const streamId = await town.stream(name, { pence: 60n });
      town.house.value(await town.contribute({ streamId, potId, pence: 60n }));
    }
    const answers = await Promise.all(Array.from({ length: 12 }, () => town.allocate({ potId, pence: 10n })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(12);
    await verified();
  });

  it("reverses once, however often it is asked at once", async () => {
    const streamId = await town.stream("Reversed once", { pence: 100n });
    const potId = await town.pot("Reversed once pot");
    const { transferId } = town.house.value(await town.contribute({ streamId, potId, pence: 100n }));
    const undo = () => town.ask(reverseTransfer, { transferId, reason: "Twice at once", reversedOn: DAY });
    const answers = await Promise.all(Array.from({ length: 8 }, undo));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await verified();
  });

  it("makes one transfer of one key, even of the last pound, and refuses the key for another request", async () => {
    const streamId = await town.stream("One key", { pence: 100n });
    const potId = await town.pot("One key pot");
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => town.contribute({ streamId, potId, pence: 100n }, { key })),
    );
    const made = new Set(answers.map((answer) => town.house.value(answer).contributionId));
    expect(made.size).toBe(1);
    expect(new Set(answers.map((answer) => town.house.value(answer).transferId))).toEqual(new Set([key]));
    expect(town.house.refusal(await town.contribute({ streamId, potId, pence: 99n }, { key })).code).toBe("key_reused");
    const allocating = newId();
    const twice = await Promise.all([1, 2, 3].map(() => town.allocate({ potId, pence: 100n }, { key: allocating })));
    expect(new Set(twice.map((answer) => town.house.value(answer).allocationId)).size).toBe(1);
    expect((await town.value(showPot, { pot: "one-key-pot" })).figures.allocatedPence).toBe(100n);
    await verified();
  });
});

// What is done to the database by its owner, how it is put right again, and which check must find it.
const TAMPERINGS = `
  update entry set amount_pence = amount_pence + 1 where amount_pence > 0 and version = 1
    | update entry set amount_pence = amount_pence - 1 where amount_pence > 0 and version = 1
    | Each account's balance is the sum of its entries
  update transfer set words = words || '!' where kind = 'payment'
    | update transfer set words = left(words, -1) where kind = 'payment'
    | still have the hash
  delete from audit_entry where action = 'stream.open'
    | insert into audit_entry select * from kept_audit on conflict do nothing
    | holds as many entries and transfers as it says
  update audit_entry set actor = actor || '!' where action = 'stream.open'
    | update audit_entry set actor = left(actor, -1) where action = 'stream.open'
    | is the hash of its entries
  update transfer set posted_at = posted_at - interval '1 hour' where kind = 'payment'
    | update transfer set posted_at = posted_at + interval '1 hour' where kind = 'payment'
    | is the hash of its entries
  update transfer t set transaction_number = k.transaction_number from (select max(transaction_number) as transaction_number from transfer) as k where t.kind = 'contribution'
    | update transfer t set transaction_number = k.transaction_number from kept_transfer k where k.transfer_id = t.transfer_id
    | is the hash of its entries
  with gone as (delete from entry using (select transfer_id from transfer where kind = 'payment') as t where t.transfer_id = entry.transfer_id) delete from transfer where kind = 'payment'
    | with back as (insert into transfer select * from kept_transfer on conflict do nothing) insert into entry select * from kept_entry on conflict do nothing
    | was made under it
  update audit_block set trial_balance = replace(trial_balance, 'real paid=', 'real paid=1')
    | update audit_block b set trial_balance = k.trial_balance from kept_block k where k.block_number = b.block_number
    | is the hash of its entries
  update ledger_sum set amount_pence = amount_pence + 1 where level = 2
    | update ledger_sum set amount_pence = amount_pence - 1 where level = 2
    | are the sums of the sealed entries
  update ledger_account set posted_pence = posted_pence + 1 where kind = 'paid'
    | update ledger_account set posted_pence = posted_pence - 1 where kind = 'paid'
    | Each account's balance is the sum of its entries
  update payment set amount_pence = amount_pence + 1
    | update payment set amount_pence = amount_pence - 1
    | is the amount of its own transfer
`;
const tamperings = [...TAMPERINGS.trim().matchAll(/^\s*([^\n]+)\n\s*\| ([^\n]+)\n\s*\| ([^\n]+)/gm)].map((match) =>
  match.slice(1),
);

describe("proof", () => {
  beforeAll(async () => {
    await sealAll(town);
    for (const [kept, table] of [
      ["kept_audit", "audit_entry"],
      ["kept_transfer", "transfer"],
      ["kept_entry", "entry"],
      ["kept_block", "audit_block"],
    ])
      await asOwner(`create table ${kept} as table ${table}`);
  });

  async function asOwner(statement: string): Promise<number> {
    const admin = await town.house.admin();
    await admin.query("set session_replication_role = replica");
    const { rowCount } = await admin.query(statement).finally(() => admin.end());
    return rowCount ?? 0;
  }

  it("has eleven tamperings to find", () => expect(tamperings).toHaveLength(11));

  it.each(tamperings)("finds: %s", async (statement = "", remedy = "", sentence = "") => {
    expect(await asOwner(statement)).toBeGreaterThan(0);
    const refused = await town.refusal(verifyLedger, {});
    await asOwner(remedy);
    expect([refused.code, String(refused["check"])]).toEqual(["not_verified", expect.stringContaining(sentence)]);
    await verified();
  });

  it("the application itself can change nothing it has written", async () => {
    for (const statement of [
      sql`update entry set amount_pence = 1`,
      sql`delete from transfer`,
      sql`update ledger_account set posted_pence = 0`,
    ]) {
      const change = town.house.database.inPlace(town.placeId, (tx) => tx.run(statement, "any"));
      await expect(change).rejects.toThrow("permission denied");
    }
  });
});
