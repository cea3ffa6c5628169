/** Closing the books on a real database: soft, for good, in order, with late items, and nothing behind a close. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { performTogether } from "../../test/setup/together.ts";
import type { ClosingItem } from "../platform/closing.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { checkPeriod } from "./check-period.ts";
import { closeLedger } from "./close-ledger.ts";
import { explainVariance } from "./explain-variance.ts";
import { type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";
import { listPeriods } from "./list-periods.ts";
import { recordContribution } from "./record-contribution.ts";
import { reopenPeriod } from "./reopen-period.ts";
import { verifyLedger } from "./verify-ledger.ts";

let town: LedgerTown;
let manager: Credential;
let streamId: string;
let potId: string;

beforeAll(async () => {
  town = await openLedgerTown();
  manager = await town.house.personWith("pool_manager", { placeId: town.placeId });
  streamId = await town.stream("Stream", { pence: 900_000_000n });
  potId = await town.pot("Pot");
});
afterAll(() => town.house.close());

const put = async (madeOn: string, the: { readonly by?: Credential; readonly late?: true } = {}) => {
  const input = { streamId, potId, amountPence: "100", madeOn, ...(the.late && { late: the.late }) };
  const answer = await town.ask(recordContribution, input, the.by ? { by: the.by } : {});
  return answer.ok ? "recorded" : answer.refusal.code;
};

const close = async (period: string, state: "soft" | "hard", explained: { item: string; words: string }[] = []) => {
  const answer = await town.ask(closeLedger, { period, state, explained });
  return answer.ok ? answer.value.periods.map((one) => one.state).join(" ") : answer.refusal.code;
};

const states = async () => {
  const { periods } = await town.value(listPeriods, { year: "2012-13" });
  return periods.map(({ state }) => state[0]).join("");
};

describe("periods", () => {
  it("are all open at first", async () => {
    expect(await states()).toBe("o".repeat(13));
    expect(await put("2012-05-10")).toBe("recorded");
    expect(await put("2012-07-10")).toBe("recorded");
  });

  it("closed softly are for the finance officer alone, and open again", async () => {
    expect(await close("2012-13/02", "soft")).toBe("soft");
    expect(await put("2012-05-11", { by: manager })).toBe("period_closed");
    expect(await put("2012-05-11")).toBe("recorded");
    expect((await town.value(reopenPeriod, { period: "2012-13/2" })).state).toBe("open");
    expect(await put("2012-05-11", { by: manager })).toBe("recorded");
    expect((await town.refusal(reopenPeriod, { period: "2012-13/2" })).code).toBe("period_not_closed");
  });

  it("close for good in order, each with what it was closed with", async () => {
    expect(await close("2012-13/04", "hard")).toBe("earlier_open");
    expect(await close("2012-13/02", "hard")).toBe("hard");
    expect(await close("2012-13/02", "hard")).toBe("already_closed");
    expect((await town.refusal(reopenPeriod, { period: "2012-13/02" })).code).toBe("period_hard");
    const { periods } = await town.value(listPeriods, { year: "2012-13", book: "real" });
    const may = periods[1];
    expect([may?.state, may?.entries, may?.balanceHash?.length]).toEqual(["hard", 6n, 64]);
  });

  it("let nothing in behind themselves, not even where nothing stood", async () => {
    expect(await put("2012-04-20")).toBe("period_closed");
    expect(await put("2012-05-20")).toBe("period_closed");
    // June is empty: it closes with July, and not on its own behind it.
    expect(await close("2012-13/04", "hard")).toBe("hard");
    expect(await put("2012-06-20")).toBe("period_closed");
    expect(await states()).toBe("hhhhooooooooo");
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("take late items into the first open one, with their own day", async () => {
    expect((await town.refusal(closeLedger, { period: "2012-13/04", state: "soft" })).code).toBe("already_closed");
    expect(await put("2012-05-20", { late: true })).toBe("recorded");
    expect(await put("2012-08-20", { late: true })).toBe("recorded");
    const checklist = await town.value(checkPeriod, { period: "2012-13/05" });
    expect(checklist.items.find(({ item }) => item === "late")?.count).toBe(1);
    expect((await town.value(verifyLedger, {})).verified).toBe(true);
  });

  it("close March twice: softly, then for good at the year end", async () => {
    expect(await close("2012-13/12", "hard")).toBe("march_closes_twice");
    expect(await close("2012-13/13", "soft")).toBe("march_closes_twice");
  });

  it("are not closed for good before they are over", async () => {
    expect(await close("2040-41/01", "hard")).toBe("period_not_over");
  });

  it("are not closed by someone of one area, nor by a reader", async () => {
    const auditor = await town.house.personWith("auditor", { placeId: town.placeId });
    expect((await town.refusal(closeLedger, { period: "2012-13/05" }, { by: auditor })).code).toBe("not_allowed");
  });
});

describe("a quarter", () => {
  const item = (state: ClosingItem["state"]): ClosingItem => ({
    item: "extracts",
    state,
    count: 2,
    title: { en: "Extracts are taken in", cy: "Mae detholiadau wedi'u cymryd i mewn" },
    words: { en: "2 are missing.", cy: "Mae 2 ar goll." },
    path: null,
  });

  it("is stopped by what is not explained, and says the first", async () => {
    const { value, refusal } = town.house;
    const big = await town.stream("Large", { pence: 900_000_000n });
    expect(await town.contribute({ streamId: big, potId, pence: 5_000_000n, madeOn: "2012-09-02" })).toMatchObject({
      ok: true,
    });
    const { allocationId } = value(await town.allocate({ potId, pence: 4_000_000n, on: "2012-09-03" }));
    const before = await town.value(checkPeriod, { period: "2012-13/Q2" });
    expect(before.items.find((one) => one.item === "variances")).toMatchObject({ state: "stop", count: 1 });
    const answer = refusal(await town.ask(closeLedger, { period: "2012-13/Q2", state: "hard" }));
    expect([answer.code, answer["stops"]]).toEqual(["checklist_stops", 1]);
    const words = "Nothing was ordered before October";
    await town.value(explainVariance, { allocationId, quarter: "2012-13/Q2", words });
    expect((await town.value(checkPeriod, { period: "2012-13/Q2" })).items.map(({ state }) => state)).not.toContain(
      "stop",
    );
    expect(await close("2012-13/Q2", "hard")).toBe("hard hard hard");
    expect(await states()).toBe("hhhhhhooooooo");
  });

  it("takes further items from the subjects above, which can be explained in words that are kept", async () => {
    const other = { ...town.house.house, closingSources: [async () => [item("stop")]] };
    const ask = (explained: { item: string; words: string }[]) =>
      performTogether(other, closeLedger, {
        asked: {
          credential: town.finance,
          place: "greater-manchester",
          language: "cy",
          input: { period: "2012-13/07", state: "hard" as const, explained },
        },
        second: () => town.house.personWith("finance_officer", { placeId: town.placeId }),
      });
    expect(town.house.refusal(await ask([]))).toMatchObject({ code: "checklist_stops", stops: 1 });
    const closed = town.house.value(await ask([{ item: "extracts", words: "The host's system was down" }]));
    expect(closed.explained).toEqual([{ item: "extracts", words: "The host's system was down" }]);
  });
});
