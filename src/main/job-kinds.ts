/** The kinds of jobs that the worker carries out. */
import { electionWorkJob } from "../decisions/index.ts";
import { matchingJob } from "../linkage/index.ts";
import type { JobKind } from "../platform/jobs/index.ts";
import { nightlyProofJob } from "../proof/index.ts";
import { spendImportJob } from "../spending/index.ts";
import { demonstrationJob } from "./demonstration.ts";
import { electionThreads, matchingThreads } from "./subject-threads.ts";

export const jobKinds: readonly JobKind[] = [
  demonstrationJob,
  spendImportJob,
  nightlyProofJob,
  electionWorkJob(electionThreads()),
  matchingJob(matchingThreads()),
];
