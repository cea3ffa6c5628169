/** The kinds of jobs that the worker carries out. */
import type { JobKind } from "../platform/jobs/index.ts";
import { nightlyProofJob } from "../proof/index.ts";
import { spendImportJob } from "../spending/index.ts";
import { demonstrationJob } from "./demonstration.ts";

export const jobKinds: readonly JobKind[] = [demonstrationJob, spendImportJob, nightlyProofJob];
