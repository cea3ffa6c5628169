/** Files of elections for tests: one small enough to count by hand, and large ones that are made up as they are asked for. */
import fc from "fast-check";
import { below, splitMix64 } from "../lib/generator.ts";
import type { Choice } from "./choice.ts";

/** Ten voters, 100 pounds: greedy takes A (6 votes, 60) and B (4 votes, 40); see elections.db.test.ts. */
export const SMALL = `META
key;value
description;A small pot
country;Worldwide
unit;Town
instance;2013
num_projects;3
num_votes;10
budget;100
currency;GBP
vote_type;approval
rule;greedy
date_begin;01.03.2013
date_end;10.03.2013
PROJECTS
project_id;cost;name
A;60;Bus shelter
B;40;Youth café
C;50;Alley gates
VOTES
voter_id;vote
1;A
2;A
3;A
4;A
5;A,C
6;A,C
7;C
8;B
9;B
10;B
`;

/** The same ballots ten times over, which changes no outcome, with where each voter lives: 60 in the north, 40 in the south. */
export const SMALL_WITH_AREAS = ((): string => {
  const [head = "", ballots = ""] = SMALL.split("voter_id;vote\n");
  const lines = ballots.trim().split("\n");
  const cast = Array.from({ length: 10 }, (_, time) =>
    lines.map((line, at) => `${time * 10 + at + 1};${line.split(";")[1]};${at < 6 ? "North" : "South"}`),
  );
  return `${head.replace("num_votes;10", "num_votes;100")}voter_id;vote;neighborhood\n${cast.flat().join("\n")}\n`;
})();

/** About as many voters as a large city has, each with up to five of so many projects. */
export function largeFile({ voters, projects }: { readonly voters: number; readonly projects: number }): string {
  const next = splitMix64(2013n);
  const draw = (limit: number) => Number(below(BigInt(limit), next));
  const lines = Array.from({ length: projects }, (_, at) => `p${at};${10_000 + draw(90_000)};Project ${at}`);
  const ballots = Array.from({ length: voters }, (_, at) => {
    const chosen = new Set(Array.from({ length: 1 + draw(5) }, () => `p${draw(projects)}`));
    return `${at + 1};${[...chosen].join(",")}`;
  });
  const meta = [
    ["description", "A large pot"],
    ["country", "Worldwide"],
    ["unit", "City"],
    ["instance", "2013"],
    ["num_projects", String(projects)],
    ["num_votes", String(voters)],
    ["budget", "1500000"],
    ["vote_type", "approval"],
    ["rule", "greedy"],
    ["date_begin", "2013"],
    ["date_end", "2013"],
  ];
  return [
    ...["META", "key;value", ...meta.map((pair) => pair.join(";"))],
    ...["PROJECTS", "project_id;cost;name", ...lines],
    ...["VOTES", "voter_id;vote", ...ballots],
    "",
  ].join("\n");
}

/** Any choice at all, those that no rule can be counted by too. */
export const anyChoice: fc.Arbitrary<Choice> = fc.record({
  rule: fc.constantFrom("greedy", "equal-shares", "phragmen", "max-welfare"),
  utility: fc.constantFrom("cost", "cardinality", "points", "borda"),
  completion: fc.constantFrom(null, "none", "greedy", "add1", "add1-greedy"),
  stop: fc.constantFrom("exhaustive", "overspend"),
  start: fc.constantFrom("fractional", "integral"),
  ties: fc.constantFrom("project-id", "cost-votes-lot"),
  seed: fc.oneof(fc.constant(""), fc.stringMatching(/^[!-~]([ -~ŵŷ]{0,20}[!-~])?$/u)),
  misfit: fc.constantFrom("skip", "stop"),
  comparison: fc.constantFrom("none", "choices", "exclusion"),
  partFunding: fc.boolean(),
  conditions: fc.constantFrom("none", "file"),
});
