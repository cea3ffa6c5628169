/** Conditions, as lines of text: what a stream asks for, what is to be done, and which conditions that does not meet. */
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { type Condition, type ConditionKind, type Spending, type Terms, unmetConditions } from "./conditions.ts";

const condition = (number: number, kind: ConditionKind, terms: Terms): Condition => ({
  number,
  kind,
  terms,
  words: `${kind} in words`,
});

const STREAMS: Readonly<Record<string, { readonly capital: boolean; readonly conditions: readonly Condition[] }>> = {
  free: { capital: false, conditions: [] },
  families: { capital: false, conditions: [condition(1, "purpose", { themeIds: ["families", "schools"] })] },
  year: {
    capital: false,
    conditions: [condition(2, "period", { from: mustDay("2012-04-01"), to: mustDay("2013-03-31") })],
  },
  "until-march": { capital: false, conditions: [condition(1, "period", { to: mustDay("2013-03-31") })] },
  "from-april": { capital: false, conditions: [condition(1, "period", { from: mustDay("2012-04-01") })] },
  nothing: {
    capital: false,
    conditions: [condition(1, "purpose", {}), condition(2, "partner", {}), condition(3, "eligible_cost", {})],
  },
  irwell: { capital: false, conditions: [condition(1, "partner", { partnerIds: ["irwell", "tame"] })] },
  staff: { capital: false, conditions: [condition(3, "eligible_cost", { groups: [1, 4] })] },
  capital: { capital: true, conditions: [] },
  "capital-with-right": { capital: true, conditions: [condition(1, "capital", { right: "capital_to_revenue" })] },
  "revenue-with-right": { capital: false, conditions: [condition(1, "capital", { right: "revenue_to_capital" })] },
  "wrong-right": { capital: true, conditions: [condition(4, "capital", { right: "revenue_to_capital" })] },
  all: {
    capital: false,
    conditions: [
      condition(1, "purpose", { themeIds: ["families"] }),
      condition(2, "partner", { partnerIds: ["irwell"] }),
      condition(3, "reporting", {}),
      condition(4, "eligible_cost", { groups: [1] }),
    ],
  },
};

// stream | stage | day | themes | partner | kind | group | conditions not met, by number and kind (0: the stream's own kind)
const CASES = `
  free     | spending   | 2019-01-01 | -                | -      | revenue | -  |
  families | spending   | 2012-06-01 | families         | irwell | revenue | -  |
  families | spending   | 2012-06-01 | roads, schools   | irwell | revenue | -  |
  families | spending   | 2012-06-01 | roads            | irwell | revenue | -  | 1 purpose
  families | spending   | 2012-06-01 | -                | irwell | revenue | -  | 1 purpose
  families | allocation | 2012-06-01 | -                | -      | revenue | -  |
  families | allocation | 2012-06-01 | roads            | -      | revenue | -  | 1 purpose
  year     | spending   | 2012-04-01 | -                | irwell | revenue | -  |
  year     | spending   | 2013-03-31 | -                | irwell | revenue | -  |
  year     | spending   | 2012-03-31 | -                | irwell | revenue | -  | 2 period
  year     | spending   | 2013-04-01 | -                | irwell | revenue | -  | 2 period
  year     | allocation | 2012-03-31 | -                | -      | revenue | -  |
  year     | allocation | 2013-04-01 | -                | -      | revenue | -  | 2 period
  until-march | spending | 2000-01-01 | -               | irwell | revenue | -  |
  until-march | spending | 2013-04-01 | -               | irwell | revenue | -  | 1 period
  from-april  | spending | 2030-01-01 | -               | irwell | revenue | -  |
  from-april  | spending | 2012-03-31 | -               | irwell | revenue | -  | 1 period
  nothing  | spending   | 2012-06-01 | families         | irwell | revenue | 1  | 1 purpose, 2 partner, 3 eligible_cost
  irwell   | spending   | 2012-06-01 | -                | -      | revenue | -  | 1 partner
  irwell   | spending   | 2012-06-01 | -                | irwell | revenue | -  |
  irwell   | spending   | 2012-06-01 | -                | tame   | revenue | -  |
  irwell   | spending   | 2012-06-01 | -                | other  | revenue | -  | 1 partner
  irwell   | allocation | 2012-06-01 | -                | -      | revenue | -  |
  staff    | spending   | 2012-06-01 | -                | irwell | revenue | 4  |
  staff    | spending   | 2012-06-01 | -                | irwell | revenue | 10 | 3 eligible_cost
  staff    | spending   | 2012-06-01 | -                | irwell | revenue | -  | 3 eligible_cost
  staff    | allocation | 2012-06-01 | -                | -      | revenue | -  |
  free     | spending   | 2012-06-01 | -                | irwell | capital | -  | 0 capital
  capital  | spending   | 2012-06-01 | -                | irwell | capital | -  |
  capital  | spending   | 2012-06-01 | -                | irwell | revenue | -  | 0 capital
  capital  | allocation | 2012-06-01 | -                | -      | revenue | -  | 0 capital
  capital-with-right | spending | 2012-06-01 | - | irwell | revenue | - |
  revenue-with-right | spending | 2012-06-01 | - | irwell | capital | - |
  wrong-right        | spending | 2012-06-01 | - | irwell | revenue | - | 4 capital
  all      | spending   | 2012-06-01 | families         | irwell | revenue | 1  |
  all      | spending   | 2012-06-01 | roads            | other  | capital | 2  | 0 capital, 1 purpose, 2 partner, 4 eligible_cost
`;

const rows = CASES.trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([stream = "", stage, day = "", themes, partner, kind, group, expected = ""]) => ({
    stream,
    expected,
    spending: {
      stage: stage === "allocation" ? "allocation" : "spending",
      day: mustDay(day),
      themeIds: themes === "-" ? [] : (themes ?? "").split(", "),
      partnerId: partner === "-" ? null : (partner ?? null),
      capital: kind === "capital",
      subjectiveGroup: group === "-" ? null : Number(group),
    } satisfies Spending,
  }));

describe("conditions", () => {
  it.each(rows)("$stream, $spending: $expected", ({ stream, spending, expected }) => {
    const found = unmetConditions(STREAMS[stream] ?? { capital: false, conditions: [] }, spending);
    expect(found.map(({ number, kind }) => `${number} ${kind}`).join(", ")).toBe(expected);
    for (const one of found) expect(one.words).toBe(one.number === 0 ? "" : `${one.kind} in words`);
  });
});
