/**
 * `onepot ballot …`: counts, checks, converts and verifies files of elections on this machine alone. No database is opened and
 * nothing but the file is read, so that anybody can recount with this program and a published file.
 */
import type { HandCommand } from "../../cli/index.ts";
import { COUNT_USE } from "./asked.ts";
import { CONVERT_USE, convertFile } from "./convert-file.ts";
import { countFile } from "./count-file.ts";
import { validateFile } from "./validate-file.ts";
import { VERIFY_USE, verifyFile } from "./verify-file.ts";

const FILE = { type: "string", description: "The path of a Pabulib file (.pb)" } as const;
const text = (description: string) => ({ type: "string", description }) as const;
const flag = (description: string) => ({ type: "boolean", description }) as const;

export const ballotCommands: readonly HandCommand[] = [
  {
    words: "ballot count",
    summary: "Count an election by a rule, exactly",
    use: COUNT_USE,
    positional: ["file"],
    required: ["file", "rule"],
    takes: {
      file: FILE,
      rule: text("greedy, equal-shares, phragmen or max-welfare"),
      utility: text("What makes a voter satisfied: cost (the default), cardinality, points or borda"),
      completion: text("How equal shares spends what is left: none (the default), greedy, add1 or add1-greedy"),
      stop: text("When Add1 stops: exhaustive (the default) or overspend"),
      start: text("Where Add1 starts: fractional (the default) or integral"),
      ties: text("project-id (the default) or cost-votes-lot"),
      seed: text("The published seed of the lot"),
      misfit: text("Greedy at a project that does not fit: skip (the default) or stop"),
      comparison: text("Keep greedy by votes where more voters prefer it: none (the default), choices or exclusion"),
      threshold: text("The fewest votes a project needs, or file for the file's own"),
      incompatible: text("Ids of projects of which one at most is funded: A,B (may be given more than once)"),
      limits: flag("Keep the file's limits of categories and neighbourhoods"),
      partFunding: flag("Give what is left to the next project"),
      explain: flag("Say why each project was funded or not"),
      project: text("Explain this project only, with what would have changed it"),
      replay: text("Where to write the replay file, from which ballot verify proves the outcome"),
    },
    gives: {
      rule: { type: "string" },
      parameters: { type: "object" },
      budget: { type: "string" },
      cost: { type: "string" },
      funded: { type: "array", items: { type: "string" } },
      exhaustive: { type: "boolean" },
      increments: { type: ["integer", "null"] },
      ties: { type: "array" },
      optimum: { type: "string" },
    },
    example: { file: "election.pb", rule: "equal-shares", completion: "add1" },
    run: countFile,
  },
  {
    words: "ballot validate",
    summary: "Check a file of an election line by line",
    use: "ballot validate FILE.pb [--json]",
    positional: ["file"],
    required: ["file"],
    takes: { file: FILE },
    gives: {
      valid: { type: "boolean" },
      errors: { type: "integer" },
      warnings: { type: "integer" },
      faults: { type: "array", items: { type: "object" } },
    },
    example: { file: "election.pb" },
    run: validateFile,
  },
  {
    words: "ballot convert",
    summary: "Write an election as a clean Pabulib file or as CSV, or CSV as a Pabulib file",
    use: CONVERT_USE,
    positional: ["file"],
    required: ["out"],
    takes: {
      file: FILE,
      out: text("The file to write; with --to csv, what the names of the two files begin with"),
      to: text("pb (the default) or csv"),
      projects: text("A CSV file of projects: project_id, cost, name, …"),
      ballots: text("A CSV file of ballots: voter_id, vote, points; or one row for each choice"),
      budget: text("The budget, where it comes from no file"),
      voteType: text("approval, choose-1, cumulative, ordinal or scoring, where it comes from no file"),
    },
    gives: {
      files: { type: "array", items: { type: "string" } },
      projects: { type: "integer" },
      ballots: { type: "integer" },
    },
    example: { file: "election.pb", out: "clean.pb" },
    run: convertFile,
  },
  {
    words: "ballot verify",
    summary: "Prove what a replay claims from the ballots, without trusting the counter",
    use: VERIFY_USE,
    positional: ["replay", "file"],
    required: ["replay", "file"],
    takes: { replay: text("The path of a replay, as ballot count --replay writes it"), file: FILE },
    gives: {
      proved: { type: "boolean" },
      rule: { type: "string" },
      parameters: { type: "object" },
      funded: { type: "array", items: { type: "string" } },
      raises: { type: ["object", "null"] },
    },
    example: { replay: "count.json", file: "election.pb" },
    run: verifyFile,
  },
];
