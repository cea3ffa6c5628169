/** What others use of the engine of linkage. */

export { type DecisionRow, type Decisions, readDecisions } from "./domain/clusters/decisions.ts";
export { findWeakClusters, type WeakCluster } from "./domain/clusters/weak.ts";
export { encodeRecords, readCodes, writeCode } from "./domain/encode/encode.ts";
export { matchCodes } from "./domain/encode/match-codes.ts";
export { readSchema, type Schema } from "./domain/encode/schema.ts";
export { usualSchema } from "./domain/encode/usual-schema.ts";
export { type AgencyFile, makeAgencyFiles, TRUTH_COLUMNS } from "./domain/generate/agencies.ts";
export { makeFamilies } from "./domain/generate/families.ts";
export { type Linked, linkRecords, usualBudget } from "./domain/link.ts";
export { type Calibration, calibrationOf } from "./domain/measure/calibration.ts";
export { agreementByGroup, type GroupAgreement, type Grouping, groupingsOf } from "./domain/measure/groups.ts";
export { bCubed, pairAgreement } from "./domain/measure/truth.ts";
export { explainLinkRefusal, type LinkRefusal } from "./domain/messages.ts";
export {
  compareModels,
  fitModel,
  type Model,
  modelOf,
  readModel,
  ruleNames,
  untrainedLevels,
} from "./domain/model/artefact.ts";
export { probabilityOf } from "./domain/model/score.ts";
export { type Plan, type PlannedColumn, planColumns } from "./domain/plan.ts";
export { Gathering } from "./domain/table/gather.ts";
export type { Records } from "./domain/table/records.ts";
