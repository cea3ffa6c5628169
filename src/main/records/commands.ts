/**
 * `onepot records …`: links records of files of this machine alone. No database is opened, nothing is stored and no agreement is asked
 * for: it is an analyst's tool, on files that the analyst may read.
 */
import type { HandCommand } from "../../cli/index.ts";
import { LINK_USE, TRAIN_USE } from "./asked.ts";
import { COMPARE_USE, compareFiles } from "./compare-files.ts";
import { ENCODE_USE, encodeFiles } from "./encode-files.ts";
import { EVALUATE_USE, evaluateClusters } from "./evaluate-clusters.ts";
import { EXPORT_USE, exportModel } from "./export-model.ts";
import { linkFiles } from "./link-files.ts";
import { trainFiles } from "./train-model.ts";

const text = (description: string) => ({ type: "string", description }) as const;
const FILES = text("The paths of files of records, as CSV or XLSX, headings first");
const reading = {
  seed: text("A whole number that samples are drawn by; the same seed gives the same answer"),
  id: text("The column of ids; the first column without repeats where it is left out. Ids are not compared"),
  ignore: text("A column to leave out (may be given more than once)"),
  budget: text("The most pairs that blocking may make"),
} as const;

export const recordsCommands: readonly HandCommand[] = [
  {
    words: "records link",
    summary: "Find out which records of files are of one person",
    use: LINK_USE,
    positional: ["files"],
    repeated: "files",
    required: ["files", "pairs", "clusters"],
    takes: {
      files: FILES,
      auto: {
        type: "boolean",
        description: "Choose comparisons and rules from the columns alone: so it is without --model",
      },
      model: text(
        "A model that records train wrote, or that Splink saved: nothing is learned anew, and Splink's is carried out as Splink does",
      ),
      threshold: text("How probable a pair must be, from 0.01 to 0.9999; 0.5 where it is left out"),
      ...reading,
      decisions: text(
        "What reviewers decided: left_id, right_id, decision (same or different); kept whatever the weights",
      ),
      weak: text("Where to write what a person should look at: cluster, reason, left_id, right_id"),
      households: text("Where to write who lives together: household, cluster, from, to, source, known"),
      day: text(
        "YYYY-MM-DD, the day that households are of; the last day that the records tell of where it is left out",
      ),
      protected: text(
        "A column that says who is protected: they are in no household, and nothing is inferred of them; else columns whose heading speaks of a refuge, adoption or protection",
      ),
      pairs: text("Where to write the pairs: left_id, right_id, weight, probability"),
      clusters: text("Where to write the clusters: id, cluster"),
    },
    gives: {
      records: { type: "integer" },
      pairsCompared: { type: "integer" },
      pairsByBlocking: { type: "integer" },
      estimatedBlockingRecall: { type: "number" },
      pairsLinked: { type: "integer" },
      clusters: { type: "integer" },
      clustersToReview: { type: "integer" },
      recordsInDoubt: { type: "integer" },
      ownProbabilityError: { type: "number" },
      households: { type: "object" },
      columns: { type: "array", items: { type: "object" } },
      rules: { type: "array", items: { type: "string" } },
      cpuSeconds: { type: "number" },
      peakMemoryBytes: { type: "integer" },
    },
    example: { files: ["school.csv", "court.csv"], auto: true, pairs: "pairs.csv", clusters: "clusters.csv" },
    run: linkFiles,
  },
  {
    words: "records train",
    summary: "Learn a model from files of records and keep it",
    use: TRAIN_USE,
    positional: ["files"],
    repeated: "files",
    required: ["files", "out"],
    takes: {
      files: FILES,
      out: text("Where to write the model"),
      ...reading,
      labels: text(
        "Pairs that somebody read: left_id, right_id, same|different. What matches have is counted among them",
      ),
      sharedId: text("A column such as an NHS number: records that share it match, and no pair is chosen by it"),
    },
    gives: {
      records: { type: "integer" },
      sessions: { type: "integer" },
      learned: { type: "object" },
      labels: { type: "object" },
      prior: { type: "number" },
      untrainedLevels: { type: "array", items: { type: "string" } },
    },
    example: { files: ["school.csv", "court.csv"], out: "model.json" },
    run: trainFiles,
  },
  {
    words: "records evaluate",
    summary: "Measure clusters against a column that names who is who",
    use: EVALUATE_USE,
    positional: ["clusters"],
    required: ["clusters", "truth"],
    takes: {
      clusters: text("The path of clusters that records link wrote"),
      truth: text("FILE:COLUMN, a file and its column that names the person (may be given more than once)"),
      id: text("The column of ids in the file of the truth"),
      pairs: text("The path of pairs that records link wrote, to see whether their probabilities mean what they say"),
      households: text("The path of households that records link wrote"),
      householdTruth: text(
        "FILE:COLUMN, a file and its column that names the true household (may be given more than once)",
      ),
      day: text("YYYY-MM-DD, the day that ages are of; without it age is no group"),
    },
    gives: {
      records: { type: "integer" },
      pairs: { type: "object" },
      bCubed: { type: "object" },
      byGroup: { type: "array", items: { type: "object" } },
      calibration: { type: "object" },
      households: { type: "object" },
    },
    example: { clusters: "clusters.csv", truth: "people.csv:person" },
    run: evaluateClusters,
  },
  {
    words: "records encode",
    summary: "Turn records into codes that others can link without seeing them",
    use: ENCODE_USE,
    positional: ["file"],
    required: ["file", "secretFile", "out"],
    takes: {
      file: text("The path of a file of records"),
      secretFile: text("A file with the secret that the agencies of this linkage share"),
      schema: text("A linkage schema of clkhash, version 3; chosen from the columns where it is left out"),
      schemaOut: text("Where to write the schema that was used, for the other agencies"),
      out: text("Where to write the codes: reference (the row of the record), clk"),
      id: reading.id,
      ignore: reading.ignore,
    },
    gives: {
      records: { type: "integer" },
      bits: { type: "integer" },
      features: { type: "array", items: { type: "string" } },
    },
    example: { file: "school.csv", secretFile: "secret.txt", out: "codes.csv" },
    run: encodeFiles,
  },
  {
    words: "records compare",
    summary: "Say what changed from one model to another",
    use: COMPARE_USE,
    positional: ["before", "after"],
    required: ["before", "after"],
    takes: { before: text("The path of a model"), after: text("The path of another") },
    gives: { prior: { type: "object" }, changes: { type: "array", items: { type: "object" } } },
    example: { before: "spring.json", after: "autumn.json" },
    run: compareFiles,
  },
  {
    words: "records export",
    summary: "Write a model as settings that Splink loads",
    use: EXPORT_USE,
    positional: ["model"],
    required: ["model", "out"],
    takes: { model: text("The path of a model that records train wrote"), out: text("Where to write the settings") },
    gives: {
      comparisons: { type: "integer" },
      leftOut: { type: "array", items: { type: "string" } },
      approximated: { type: "array", items: { type: "string" } },
    },
    example: { model: "model.json", out: "splink.json" },
    run: exportModel,
  },
];
