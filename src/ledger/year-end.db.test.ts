/** A year end: commitments carried or released, what is left on or back by each pot's rule, opening equal to closing. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { sql } from "../platform/database/index.ts";
import { closeLedger } from "./close-ledger.ts";
import { endYear } from "./end-year.ts";
import { explainVariance } from "./explain-variance.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { recordContribution } from "./record-contribution.ts";
import { setYearRule } from "./set-year-rule.ts";
import { showPot } from "./show-pot.ts";
import { showYear } from "./show-year.ts";
import { verifyLedger } from "./verify-ledger.ts";

let town: LedgerTown;
let back: string;
let forward: string;
let streamId: string;
let carried: string;
let released: string;
let allocationId: string;
const YEAR = { year: "2012-13" } as const;

beforeAll(async () => {
  town = await openLedgerTown();
  const { value } = town.house;
  streamId = await town.stream("Stream", { pence: 900_000_000n });
  back = await town.pot("Gives back");
  forward = await town.pot("Carries forward");
  for (const potId of [back, forward])
    value(await town.contribute({ streamId, potId, pence: 6_000_000n, madeOn: "2012-05-01" }));
  ({ allocationId } = value(await town.allocate({ potId: back, pence: 5_000_000n, on: "2012-05-02" })));
  carried = value(await town.commit({ allocationId, pence: 2_000_000n, on: "2012-06-01" })).commitmentId;
  released = value(await town.commit({ allocationId, pence: 1_000_000n, on: "2012-06-01" })).commitmentId;
  value(await town.pay({ commitmentId: carried, pence: 500_000n, on: "2012-07-01" }));
  value(await town.pay({ commitmentId: released, pence: 400_000n, on: "2012-07-01" }));
  const rule = { potId: back, rule: "return_to_funder", source: "Agreement, clause 11" } as const;
  await town.value(setYearRule, { ...rule, startsOn: "2012-04-01" });
  expect((await town.refusal(setYearRule, { ...rule, startsOn: "2012-04-01" })).code).toBe("rule_exists");
});
afterAll(() => town.house.close());

const end = (commitments: { commitmentId: string; decision: "carry" | "release" }[]) =>
  town.ask(endYear, { ...YEAR, commitments });
const refused = async (of: ReturnType<typeof end>) => town.house.refusal(await of);

it("waits for the months, in order, and for a word on what is far from budget", async () => {
  expect(await refused(end([]))).toMatchObject({ code: "periods_open", period: { number: 1 } });
  for (const quarter of ["Q1", "Q2", "Q3", "Q4"]) {
    const words = "Two workers started late";
    await town.value(explainVariance, { allocationId, quarter: `2012-13/${quarter}`, words });
    const state = town.house.value(await town.ask(closeLedger, { period: `2012-13/${quarter}`, state: "hard" }));
    expect(state.periods.map((one) => one.state).join(" ")).toBe(
      quarter === "Q4" ? "hard hard soft" : "hard hard hard",
    );
  }
});

it("wants a decision on every open commitment, and on nothing else", async () => {
  const { commitments, pots } = await town.value(showYear, YEAR);
  expect(commitments.map(({ leftPence }) => leftPence).sort()).toEqual([1_500_000n, 600_000n]);
  expect(pots.map(({ rule }) => rule)).toEqual(["carry_forward", "return_to_funder"]);
  expect(await refused(end([{ commitmentId: carried, decision: "carry" }]))).toMatchObject({
    code: "commitment_undecided",
    leftPence: 600_000n,
    count: 1,
  });
  expect(await refused(end([{ commitmentId: streamId, decision: "carry" }]))).toMatchObject({
    code: "not_open_commitment",
  });
});

it("carries forward and gives back to the penny, and closes March for good", async () => {
  const done = town.house.value(
    await end([
      { commitmentId: carried, decision: "carry" },
      { commitmentId: released, decision: "release" },
    ]),
  );
  // Of 6,000,000: paid 900,000, committed and carried 1,500,000; the rest goes back.
  expect(done).toMatchObject({ carriedPence: 7_500_000n, returnedPence: 3_600_000n, commitmentsCarried: 1 });
  const { figures } = await town.value(showPot, { pot: "gives-back", asAt: "2013-04-01" });
  expect([figures.leftPence, figures.unallocatedPence]).toEqual([1_500_000n, 0n]);
  const opening = await town.house.database.inPlace(town.placeId, (tx) =>
    tx.rows(sql<{ left: bigint }>`
      select sum(pot_pence + allocation_pence + commitment_pence)::bigint as left from year_balance group by pot_id order by 1`),
  );
  expect(opening.map(({ left }) => left)).toEqual([1_500_000n, 6_000_000n]);
  expect((await refused(end([]))).code).toBe("year_ended");
  const input = { streamId, potId: forward, amountPence: "1", madeOn: "2013-03-20" };
  expect((await town.refusal(recordContribution, input)).code).toBe("period_closed");
  await town.value(recordContribution, { ...input, late: true });
  expect((await town.value(verifyLedger, {})).verified).toBe(true);
});
