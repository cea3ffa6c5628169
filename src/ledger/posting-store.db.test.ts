/**
 * The posting store against the entries themselves: any date answered as a plain sum would, before and after sealing;
 * what is reserved; periods closed while others post; and a restore into a server that numbers from the start again.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealAll } from "../../test/setup/seal.ts";
import { must } from "../lib/assert.ts";
import { type Day, mustDay } from "../lib/day.ts";
import { sql, type Transaction } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { verifyLedger } from "./index.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { openAccounts, type PostOutcome, postTransfer } from "./store/accounts.ts";

let town: LedgerTown;
let streamId: string;
let accounts: readonly string[];
const [STREAM, POT, ALLOCATION, PAID, OTHER_PAID] = [0, 1, 2, 3, 4] as const;

const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => town.house.database.inPlace(town.placeId, work);

type Line = readonly [account: number, pence: bigint];
type Asked = { readonly on: Day; readonly bookedOn?: Day; readonly soft?: boolean };

const entered = (the: Asked, ...lines: readonly Line[]): Promise<PostOutcome> =>
  inPlace((tx) =>
    postTransfer(tx, town.placeId, {
      transferId: newId(),
      book: "real",
      kind: "transfer",
      effectiveOn: the.on,
      lines: lines.map(([account, amountPence]) => ({ accountId: must(accounts[account], "an account"), amountPence })),
      recordId: newId(),
      words: "a test",
      reversesId: null,
      madeBy: "test",
      requestHash: Buffer.alloc(32),
      bookedOn: the.bookedOn ?? null,
      soft: the.soft ?? false,
    }),
  );

beforeAll(async () => {
  town = await openLedgerTown();
  streamId = await town.stream("Stream", { pence: 1_000_000n });
  // No pot that there is: what moves a pot's real money needs two people, and the posting function is asked alone here.
  const potId = newId();
  accounts = await inPlace((tx) =>
    openAccounts(
      tx,
      town.placeId,
      (
        [
          ["stream", -1_000_000n],
          ["pot", 0n],
          ["allocation", 0n],
          ["paid", null],
          ["paid", null],
        ] as const
      ).map(([kind, floorPence]) => ({
        accountId: newId(),
        book: "real",
        kind,
        recordId: kind === "stream" ? streamId : kind === "pot" ? potId : newId(),
        streamId,
        potId: kind === "stream" ? null : potId,
        floorPence,
      })),
    ),
  );
});
afterAll(() => town.house.close());

type Balance = { readonly account: string; readonly pence: bigint };

/** Both ways of asking what stands on each account at the end of a day. */
async function bothBalances(day: Day): Promise<readonly [readonly Balance[], readonly Balance[]]> {
  return inPlace(async (tx) => [
    await tx.rows(sql<Balance>`
      select a.account_id as account, (a.posted_pence + coalesce(c.pence, 0))::bigint as pence from ledger_account a
        left join ledger_corrections(${town.placeId}::integer, ${day}::date) as c on c.account_id = a.account_id
       where a.posted_pence + coalesce(c.pence, 0) <> 0 order by 1`),
    await tx.rows(sql<Balance>`
      select account_id as account, sum(amount_pence)::bigint as pence from entry where effective_on <= ${day}
       group by 1 having sum(amount_pence) <> 0 order by 1`),
  ]);
}

const DAYS = ["2012-04-01", "2012-12-30", "2012-12-31", "2013-01-01", "2013-01-31", "2013-02-28", "2013-03-29"].map(
  mustDay,
);

describe("as at any day", () => {
  it("is what the entries sum to: unsealed, sealed, and some of each", async () => {
    const enterAll = async () => {
      for (const on of ["2012-04-02", "2012-12-31", "2013-01-01", "2013-01-15", "2013-02-01", "2013-03-29"].map(
        mustDay,
      )) {
        expect((await entered({ on }, [STREAM, -500n], [POT, 500n])).outcome).toBe("posted");
        expect((await entered({ on }, [POT, -300n], [ALLOCATION, 300n])).outcome).toBe("posted");
        expect((await entered({ on }, [ALLOCATION, -70n], [PAID, 50n], [OTHER_PAID, 20n])).outcome).toBe("posted");
      }
    };
    const agree = async () => {
      for (const day of DAYS) {
        const [asked, summed] = await bothBalances(day);
        expect(asked, day).toEqual(summed);
        expect(asked.reduce((sum, { pence }) => sum + pence, 0n)).toBe(0n);
      }
    };
    await enterAll();
    await agree();
    await sealAll(town);
    await agree();
    await enterAll();
    await agree();
    const [first] = await bothBalances(mustDay("2012-04-02"));
    expect(first).toHaveLength(5);
    expect((await town.value(verifyLedger, {})).audit.blocks).toBe(1n);
  });

  it("is kept by blocks whose trial balances sum to nought", async () => {
    await sealAll(town);
    const blocks = await inPlace((tx) =>
      tx.rows(sql<{ balance: string }>`select trial_balance as balance from audit_block order by block_number`),
    );
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.at(-1)?.balance).toBe("real allocation=2760;real paid=840;real pot=2400;real stream=-6000");
  });
});

describe("what is reserved", () => {
  const reserve = (record: string, pence: bigint) =>
    inPlace((tx) =>
      tx.one(sql<{ outcome: string; available: bigint | null }>`
        select outcome, available_pence as available from reserve_pence(${town.placeId}, ${newId()}, ${accounts[ALLOCATION]}, ${record},
          ${pence}, '2013-03-29', null, 'test')`),
    );
  const end = (record: string) =>
    inPlace((tx) =>
      tx.one(
        sql<{ freed: bigint }>`select end_reservations(${town.placeId}, ${record}, 'released', '2013-03-29') as freed`,
      ),
    );
  const on = mustDay("2013-03-29");

  it("counts in the limit at once, whoever asks for the last of it", async () => {
    const record = newId();
    const answers = await Promise.all(Array.from({ length: 12 }, () => reserve(record, 276n)));
    expect(answers.filter(({ outcome }) => outcome === "reserved")).toHaveLength(10);
    expect(answers.filter(({ outcome }) => outcome === "insufficient_funds").map(({ available }) => available)).toEqual(
      [0n, 0n],
    );
    const refused = await entered({ on }, [ALLOCATION, -1n], [PAID, 1n]);
    expect([refused.outcome, refused.availablePence]).toEqual(["insufficient_funds", 0n]);
    expect(await end(record)).toEqual({ freed: 2760n });
    expect(await end(record)).toEqual({ freed: 0n });
    expect((await entered({ on }, [ALLOCATION, -1n], [PAID, 1n])).outcome).toBe("posted");
  });

  it("is refused in an account without a floor, and in one that is not there", async () => {
    const asked = (account: string) =>
      inPlace((tx) =>
        tx.one(sql<{ outcome: string }>`
          select outcome from reserve_pence(${town.placeId}, ${newId()}, ${account}, ${newId()}, 1, '2013-03-29', null, 'test')`),
      );
    expect((await asked(must(accounts[PAID], "an account"))).outcome).toBe("no_floor");
    expect((await asked(newId())).outcome).toBe("unknown_account");
  });
});

describe("an amount larger than an entry may be", () => {
  it("is refused by name", async () => {
    const most = 1_000_000_000_000_000n;
    const on = mustDay("2013-03-29");
    expect((await entered({ on }, [PAID, most + 1n], [OTHER_PAID, -most - 1n])).outcome).toBe("too_large");
    expect((await entered({ on }, [PAID, 2n ** 63n - 1n], [OTHER_PAID, 1n - 2n ** 63n])).outcome).toBe("too_large");
    expect((await entered({ on }, [PAID, most], [OTHER_PAID, -most])).outcome).toBe("posted");
    expect((await entered({ on }, [PAID, -most], [OTHER_PAID, most])).outcome).toBe("posted");
  });
});

type Closed = { readonly outcome: string };

describe("periods", () => {
  const close = (starts: string, ends: string, state: "soft" | "hard") =>
    inPlace((tx) =>
      tx.one(sql<Closed>`
        select outcome from close_ledger_period(${town.placeId}, 'real', ${starts}, ${ends}, ${state}, 'test')`),
    );
  const april = { on: mustDay("2012-04-20") };
  const in4 = (the: Asked) => entered(the, [STREAM, -1n], [POT, 1n]);

  it("let nothing in behind a close, however many post at the same moment", async () => {
    const posting = Array.from({ length: 30 }, () => in4(april));
    const [closed, ...posted] = await Promise.all([close("2012-04-01", "2012-04-30", "hard"), ...posting]);
    expect(closed.outcome).toBe("hard");
    const outcomes = new Set(posted.map(({ outcome }) => outcome));
    expect([...outcomes].filter((outcome) => !["posted", "period_closed"].includes(outcome))).toEqual([]);
    expect((await in4(april)).outcome).toBe("period_closed");
    expect((await in4(april)).lowestOn).toBe("2012-05-01");
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("take a late item into the open period, with its own day kept", async () => {
    expect((await in4({ ...april, bookedOn: mustDay("2012-05-01") })).outcome).toBe("posted");
    const [asked, summed] = await bothBalances(mustDay("2012-04-30"));
    expect(asked).toEqual(summed);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("close softly for most, and for good once", async () => {
    expect((await close("2012-05-01", "2012-05-31", "soft")).outcome).toBe("soft");
    const may = mustDay("2012-05-02");
    expect((await in4({ on: may })).outcome).toBe("period_closed");
    expect((await in4({ on: may, soft: true })).outcome).toBe("posted");
    expect((await close("2012-05-01", "2012-05-31", "hard")).outcome).toBe("hard");
    expect((await in4({ on: may, soft: true })).outcome).toBe("period_closed");
    expect((await close("2012-05-01", "2012-05-31", "hard")).outcome).toBe("already_hard");
    expect((await close("2012-05-20", "2012-06-10", "soft")).outcome).toBe("overlaps");
    expect((await close("2013-02-01", "2013-02-28", "hard")).outcome).toBe("gap");
  });
});

describe("a restore into a server that numbers its transactions from the start", () => {
  it("goes on in a new life: what comes is sealed after what was", async () => {
    await sealAll(town);
    const on = mustDay("2013-03-29");
    expect((await entered({ on }, [STREAM, -5n], [POT, 5n])).outcome).toBe("posted");
    const admin = await town.house.admin();
    try {
      await admin.query(
        "update transfer set transaction_number = '4000000000' where transaction_number >= (select max(below_number) from audit_block)",
      );
      const begin = async () => Number((await admin.query("select begin_ledger_life() as life")).rows[0]?.life);
      expect([await begin(), await begin()]).toEqual([2, 2]);
    } finally {
      await admin.end();
    }
    expect((await entered({ on }, [STREAM, -7n], [POT, 7n])).outcome).toBe("posted");
    expect(await sealAll(town)).toBe(2);
    expect(await sealAll(town)).toBe(0);
    const [asked, summed] = await bothBalances(on);
    expect(asked).toEqual(summed);
    const { verified, audit } = await town.value(verifyLedger, {});
    expect([verified, audit.waiting]).toEqual([true, 0n]);
  });
});
