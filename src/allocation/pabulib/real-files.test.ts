/** Real elections from Pabulib, where they are at hand: every one is read, agrees with itself, and comes back byte for byte. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDocument, writeDocument } from "./document.ts";
import { GRADES } from "./faults.ts";
import { readElection, validateElection } from "./read-election.ts";

const FOLDER = new URL("../../../../shared/data/pabulib/", import.meta.url);
const GOLDEN = new URL("../../../../shared/golden/pabulib.json", import.meta.url);

type Golden = {
  readonly file: string;
  readonly vote_type: string;
  readonly projects: number;
  readonly votes: number;
  readonly distinct_ballots: number;
  readonly budget: string;
};

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".pb")) : [];
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, FOLDER)));

describe.skipIf(files.length === 0)("real files (skipped when they are not at hand)", () => {
  test.each(files)("%s", (file) => {
    const bytes = bytesOf(file);
    const { election, faults } = readElection(bytes);
    expect(faults).toMatchObject({ errors: 0, total: 0 });
    expect(election?.projects.length).toBeGreaterThan(0);
    const document = readDocument(bytes);
    expect(document.ok && Buffer.from(writeDocument(document.value)).equals(bytes)).toBe(true);
  });

  test("the strict check finds their own counts right: votes, scores, projects, ballots", () => {
    const found = new Set(files.flatMap((file) => [...validateElection(bytesOf(file)).byCode.keys()]));
    // Some lists of categories have a comma and a space inside a name, and 23 ballots of two files give fewer points than they should.
    expect([...found].sort()).toEqual(["list_space", "points_sum_low"]);
    expect([...found].map((code) => GRADES[code])).toEqual(["warning", "warning"]);
  });

  const golden = existsSync(GOLDEN) ? (JSON.parse(readFileSync(GOLDEN, "utf8")) as readonly Golden[]) : [];
  test.skipIf(golden.length === 0)("what others read in them is the same", () => {
    const ours = golden.map(({ file }) => {
      const { election } = readElection(bytesOf(file));
      return election
        ? {
            file,
            vote_type: election.voteType,
            projects: election.projects.length,
            votes: election.ballots.cast,
            distinct_ballots: election.ballots.weights.length,
            budget: Number(election.budget) / 10 ** election.places,
          }
        : { file };
    });
    expect(ours).toEqual(
      golden.map(({ file, vote_type, projects, votes, distinct_ballots, budget }) => ({
        file,
        vote_type,
        projects,
        votes,
        distinct_ballots,
        budget: Number(budget),
      })),
    );
  });
});
