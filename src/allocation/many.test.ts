/** Elections of thousands of projects: what would not end if anything were done for each pair of them, or for each three. */
import { describe, expect, it } from "vitest";
import { countElection } from "./count.ts";
import { counted } from "./counts.fixture.ts";
import { PLAIN, small } from "./election.fixture.ts";
import type { Parameters } from "./outcome.ts";
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
