/** Elections of thousands of projects: what would not end if anything were done for each pair of them, or for each three. */
import { describe, expect, it } from "vitest";
import { countElection } from "./count.ts";
import { counted } from "./counts.fixture.ts";
import { PLAIN, small } from "./election.fixture.ts";
import type { Parameters } from "./outcome.ts";
import { explainOutcome } from "./reasons/explain.ts";
import { whatWouldChange } from "./reasons/would-change.ts";
import { verifyReplay } from "./replay/verify-replay.ts";
import { writeReplay } from "./replay/write-replay.ts";

/** Projects that each have one voter, with the same cost, and the money for all. */
function allTied(many: number, idOf = (at: number) => `p${at}`) {
  return small(`budget ${many * 10}`, ...Array.from({ length: many }, (_, at) => `${idOf(at)} 10: v${at}`));
}

describe("projects that all tie, round after round", () => {
  const MANY = 600;
  const election = allTied(MANY);
  const inOrder = election.projects.map(({ id }) => id).sort();

  it.each<Partial<Parameters>>([{ rule: "equal-shares" }, { rule: "phragmen" }])(
    "are bought in the order of the policy, and proved: %o",
    (given) => {
      const parameters = { ...PLAIN, ...given };
      const outcome = counted({ election, parameters });
      expect(outcome.funded.map((project) => election.projects[project]?.id)).toEqual(inOrder);
      // All but the last round are ties: of all projects, of all but one, and so on down to two.
      const ties = outcome.stages[0]?.ties.map(({ projects }) => projects.length) ?? [];
      expect(ties).toEqual(Array.from({ length: MANY - 1 }, (_, round) => MANY - round));
      const replayText = writeReplay({ election, electionHash: "of a file", outcome });
      const answer = verifyReplay({ replayText, election, electionHash: "of a file" });
      expect(answer).toMatchObject({ proved: true, funded: outcome.funded });
    },
  );

  it.each(["equal-shares", "phragmen"] as const)("are refused by %s where their ties could not be listed", (rule) => {
    // Ids of a thousand characters: 400 of them, 399, and so on come to eighty million.
    const long = "x".repeat(1_000);
    const counting = countElection(
      allTied(400, (at) => `${long}${at}`),
      { parameters: { ...PLAIN, rule } },
    );
    expect(counting).toEqual({ ok: false, refusal: { code: "too_many_ties" } });
  });
});

describe("the reasons of ten thousand projects", () => {
  const MANY = 10_000;
  // All cost 10 but the last, which costs 3; there is money for half of them and 5 more.
  const lines = Array.from({ length: MANY }, (_, at) => `${at} ${at === MANY - 1 ? 3 : 10}: v${at}`);
  const election = small(`budget ${MANY * 5 + 5}`, ...lines);

  it("by greedy: what was left when the turn of each came", () => {
    const outcome = counted({ election, parameters: { ...PLAIN, rule: "greedy" } });
    const { purchases, unfunded } = explainOutcome(election, outcome);
    // The last id comes after all others, and fits the 5 that are left.
    expect(purchases).toHaveLength(MANY / 2 + 1);
    expect(purchases.at(-1)).toMatchObject({ project: MANY - 1, left: 2n });
    expect(new Set(unfunded.map(({ why }) => JSON.stringify(why, (_, value) => String(value))))).toHaveLength(1);
    expect(unfunded[0]?.why).toEqual({ code: "no_money_left", left: 5n, short: 5n });
    const answers = unfunded.map(({ project }) => whatWouldChange(election, { outcome, project, mostRecounts: 0 }));
    expect(new Set(answers.map((one) => `${one?.cost.is} ${one?.supporters.is}`))).toEqual(
      new Set(["not_searched not_searched"]),
    );
  });

  it("by equal shares: that nobody's share is enough", () => {
    // Each has 50005 / 10000: enough for the last alone, which its one voter pays.
    const outcome = counted({ election, parameters: PLAIN });
    expect(outcome.funded).toEqual([MANY - 1]);
    expect(explainOutcome(election, outcome).unfunded[0]).toMatchObject({
      why: { code: "supporters_lack" },
      lacking: { held: { decimal: "5.00" }, furtherWithShare: 1 },
      effectiveVotes: [null, null],
    });
  });
});
