/**
 * R5, races: fifty at once, for the same thing, as often as ONEPOT_ROUNDS says; each time exactly one has it, or the books
 * say as many as were let in. `races.ts` is the long form. The database's own checks run over all of it at the end.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { endRole } from "../../src/identity/index.ts";
import {
  listTransfers,
  recordCreditNote,
  reverseTransfer,
  showPot,
  stepPot,
  verifyLedger,
} from "../../src/ledger/index.ts";
import { DAY } from "../../src/ledger/ledger.fixture.ts";
import { openAccounts, postTransfer } from "../../src/ledger/store/accounts.ts";
import { closePeriod } from "../../src/ledger/store/periods.ts";
import { code, openTwoPeople, type TwoPeople } from "../../src/ledger/two-people.fixture.ts";
import { addDays, type Day, mustDay } from "../../src/lib/day.ts";
import { sql, type Transaction } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";

const ROUNDS = Number(process.env["ONEPOT_ROUNDS"] ?? 1);
const AT_ONCE = 50;
const timeout = 30_000 + ROUNDS * 20_000;

let town: TwoPeople;
beforeAll(async () => {
  town = await openTwoPeople();
});
afterAll(() => town.house.close());

const inPlace = <T>(work: (tx: Transaction) => Promise<T>) => town.house.database.inPlace(town.placeId, work);

/** Every round's outcomes, counted; `play` answers with the words of each that took part. */
async function race(name: string, play: (round: number) => Promise<readonly (string | undefined)[]>): Promise<void> {
  const counted = new Map<string, number>();
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const outcome of await play(round)) counted.set(String(outcome), (counted.get(String(outcome)) ?? 0) + 1);
  const outcomes = [...counted].map(([outcome, times]) => `${outcome} ${times}`).join(", ");
  process.stdout.write(`races: ${name}, ${ROUNDS} rounds: ${outcomes}\n`);
  expect((await town.value(verifyLedger, {})).verified).toBe(true);
}

const times = <T>(make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, n) => make(n)));
const done = (codes: readonly (string | undefined)[]) => codes.filter((one) => one === "done");

it("the last pound of a pot", { timeout }, async () => {
  const streamId = await town.stream("Pounds", { pence: 100_000_000n });
  const potId = await town.pot("Last pound", "shadow");
  await race("the last pound of a pot", async (round) => {
    town.house.value(await town.contribute({ streamId, potId, pence: 100n }));
    const codes = (await times(() => town.allocate({ potId, pence: 100n }))).map(code);
    expect(done(codes), `round ${round}`).toHaveLength(1);
    expect(codes.filter((one) => one === "insufficient_funds")).toHaveLength(AT_ONCE - 1);
    return codes;
  });
  const { figures } = await town.value(showPot, { pot: "last-pound", asAt: DAY });
  expect([figures.contributedPence, figures.allocatedPence]).toEqual([100n * BigInt(ROUNDS), 100n * BigInt(ROUNDS)]);
});

it("closing a period while others post into it", { timeout }, async () => {
  const [giver, taker] = [newId(), newId()];
  const account = { book: "shadow", kind: "clearing", streamId: null, potId: null, floorPence: null } as const;
  await inPlace((tx) =>
    openAccounts(
      tx,
      town.placeId,
      [giver, taker].map((accountId) => ({ ...account, accountId, recordId: accountId })),
    ),
  );
  const post = (on: Day) =>
    inPlace((tx) =>
      postTransfer(tx, town.placeId, {
        transferId: newId(),
        book: "shadow",
        kind: "transfer",
        effectiveOn: on,
        lines: [
          { accountId: giver, amountPence: -1n },
          { accountId: taker, amountPence: 1n },
        ],
        recordId: newId(),
        words: "A test",
        reversesId: null,
        madeBy: "test",
        requestHash: Buffer.alloc(32),
      }),
    );
  // Long before anything else: each round is a day of its own, closed for good while forty-nine post into it.
  await race("closing a period while others post into it", async (round) => {
    const day = addDays(mustDay("2000-01-01"), round);
    const stretch = { book: "shadow", from: day, to: day, state: "hard", mark: "test" } as const;
    const close = () => inPlace((tx) => closePeriod(tx, town.placeId, stretch));
    const outcomes = await times((n) =>
      n === (round * 17 + 8) % AT_ONCE ? close() : post(day).then(({ outcome }) => outcome),
    );
    const posted = outcomes.filter((one) => one === "posted").length;
    const shut = outcomes.filter((one) => one === "period_closed").length;
    expect([posted + shut, outcomes.filter((one) => one === "hard").length]).toEqual([AT_ONCE - 1, 1]);
    expect((await post(day)).outcome).toBe("period_closed");
    const { there } = await inPlace((tx) =>
      tx.one(sql<{ there: bigint }>`select count(*) as there from transfer where effective_on = ${day}`),
    );
    expect(there).toBe(BigInt(posted));
    return outcomes;
  });
});

it("authorising one approval", { timeout }, async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => town.person("finance_officer")));
  await race("authorising one approval", async (round) => {
    const prepared = await town.prepare({ pence: 1n });
    const codes = (await times((n) => town.authorise(prepared, people[n % 5] ?? town.finance))).map(code);
    expect(done(codes), `round ${round}`).toHaveLength(1);
    expect(codes.filter((one) => one === "approval_ended")).toHaveLength(AT_ONCE - 1);
    return codes;
  });
  const { there } = await inPlace((tx) =>
    tx.one(sql<{ there: bigint }>`select count(*) as there from transfer where book = 'real'`),
  );
  expect(there).toBe(BigInt(ROUNDS));
});

it("a credit note against the reversal of its payment", { timeout }, async () => {
  const streamId = await town.stream("Credited", { pence: 100_000_000n });
  const potId = await town.pot("Credited", "shadow");
  town.house.value(await town.contribute({ streamId, potId, pence: 1_000_000n }));
  const { allocationId } = town.house.value(await town.allocate({ potId, pence: 1_000_000n }));
  const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 1_000_000n }));
  await race("a credit note against the reversal of its payment", async (round) => {
    const { paymentId, transferId } = town.house.value(await town.pay({ commitmentId, pence: 10n }));
    const credit = { paymentId, amountPence: "10", creditedOn: DAY, reason: "Not delivered" };
    const codes = await times(async (n) =>
      code(
        await (n % 2 === 0
          ? town.ask(recordCreditNote, credit)
          : town.ask(reverseTransfer, { transferId, reason: "Wrong", reversedOn: DAY })),
      ),
    );
    expect(done(codes), `round ${round}: ${codes.join()}`).toHaveLength(1);
    return codes;
  });
  const { figures } = await town.value(showPot, { pot: "credited", asAt: DAY });
  expect([figures.committedPence, figures.paidPence]).toEqual([1_000_000n, 0n]);
});

it("two steps of one pot", { timeout }, async () => {
  await race("two steps of one pot", async (round) => {
    const potId = await town.pot(`Stepping ${round}`, "shadow");
    const step = { potId, mode: "pooled", fromOn: "2013-02-01", power: "Section 75", words: "Agreed" } as const;
    const codes = (await times((n) => town.ask(stepPot, { ...step, name: `Stepped ${round} ${n}` }))).map(code);
    expect(done(codes), `round ${round}: ${codes.join()}`).toHaveLength(1);
    return codes;
  });
});

it("ending a role while its holder reads", { timeout }, async () => {
  const administrator = await town.person("administrator");
  await race("ending a role while its holder reads", async (round) => {
    const reader = await town.person("auditor");
    const { holdingId } = await inPlace((tx) =>
      tx.one(sql<{ holdingId: string }>`
        select holding_id as "holdingId" from role_holding where user_id = ${reader.kind === "person" ? reader.userId : ""}::uuid`),
    );
    let ended = false;
    const read = async (): Promise<string | undefined> => {
      for (;;) {
        // What begins after the role's end was acknowledged sees nothing; what was under way may still finish.
        const late = ended;
        const answer = code(await town.ask(listTransfers, {}, { by: reader }));
        if (late) expect(answer, `round ${round}`).toBe("not_allowed");
        if (answer !== "done") return answer;
      }
    };
    return times(async (n) => {
      if (n !== (round * 17 + 8) % AT_ONCE) return read();
      const answer = code(await town.ask(endRole, { holdingId }, { by: administrator }));
      ended = true;
      return `ended ${answer}`;
    });
  });
  expect(code(await town.ask(listTransfers, {}, { by: administrator }))).toBe("done");
});
