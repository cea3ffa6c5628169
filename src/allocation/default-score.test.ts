/** A project that a scoring ballot leaves out gets the election's default score; by hand. */
import { expect, it } from "vitest";
import { countElection } from "./count.ts";
import { PLAIN } from "./election.fixture.ts";
import { readElection } from "./pabulib/read-election.ts";

const file = (defaultScore: string) =>
  new TextEncoder().encode(`META
key;value
budget;10
vote_type;scoring
num_projects;2
num_votes;3
default_score;${defaultScore}
PROJECTS
project_id;cost
a;10
b;10
VOTES
voter_id;vote;points
1;a;3
2;a;3
3;b;4
`);

// Without it a has 6 and b 4. With 2.5: a has 3 + 3 + 2.5, b has 2.5 + 2.5 + 4, which is more.
it.each([
  ["0", "a", 6],
  ["2.5", "b", 90],
])("with a default score of %s %s is funded", (score, winner, optimum) => {
  const { election } = readElection(file(score));
  if (election === null) throw new Error("the file was not read");
  const counted = countElection(election, { parameters: { ...PLAIN, rule: "max-welfare", utility: "points" } });
  const outcome = counted.ok ? counted.value : null;
  expect(outcome?.funded.map((project) => election.projects[project]?.id)).toEqual([winner]);
  expect(outcome?.optimum).toBe(BigInt(optimum));
});
