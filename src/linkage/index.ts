/** What others use of linkage: the engine, and what a place keeps of it. */
export { bringRecords, sendRecords } from "./bring-records.ts";

export { type DecisionRow, type Decisions, readDecisions } from "./domain/clusters/decisions.ts";
export type { WeakCluster } from "./domain/clusters/weak.ts";
export { populationOf } from "./domain/compare/population.ts";
export { encodeRecords, readCodes, writeCode } from "./domain/encode/encode.ts";
export { matchCodes } from "./domain/encode/match-codes.ts";
export { readSchema, type Schema } from "./domain/encode/schema.ts";
export { usualSchema } from "./domain/encode/usual-schema.ts";
export { type AgencyFile, makeAgencyFiles, TRUTH_COLUMNS } from "./domain/generate/agencies.ts";
export { makeFamilies } from "./domain/generate/families.ts";
export { addRelations } from "./domain/generate/relations.ts";
export { type FamilyGraph, familyGraph, type Relation } from "./domain/household/family-graph.ts";
export { spellsByHome, type TieFacts } from "./domain/household/family-ties.ts";
export { type Households, householdsOn, type Member, type Protection } from "./domain/household/gather-households.ts";
export { type People, peopleInHomes } from "./domain/household/link-households.ts";
export { type Sighting, type Spell, spellsOf } from "./domain/household/spells.ts";
export { type Like, RecordIndex } from "./domain/incremental/record-index.ts";
export { type Linked, linkRecords, usualBudget } from "./domain/link.ts";
export { type Calibration, calibrationOf } from "./domain/measure/calibration.ts";
export { agreementByGroup, type GroupAgreement, type Grouping, groupingsOf } from "./domain/measure/groups.ts";
export { type HouseholdAgreement, householdAgreement } from "./domain/measure/households.ts";
export { bCubed, pairAgreement } from "./domain/measure/truth.ts";
export { explainLinkRefusal, type LinkRefusal } from "./domain/messages.ts";
export {
  compareModels,
  fitModel,
  type LearnedFrom,
  type Model,
  modelOf,
  readModel,
  ruleNames,
  untrainedLevels,
} from "./domain/model/artefact.ts";
export { type KnownMatches, matchesOfLabels, matchesOfSharedId } from "./domain/model/known-matches.ts";
export { probabilityOf } from "./domain/model/score.ts";
export { type Plan, type PlannedColumn, planColumns } from "./domain/plan.ts";
export { largestBlock as usualBlock } from "./domain/propose-rules.ts";
export { consistencyOf } from "./domain/report/make-report.ts";
export type {
  ColumnFacts,
  ComparisonFacts,
  FileFacts,
  GroupFacts,
  LevelFacts,
  PrecisionRecall,
  RuleFacts,
  RunReport,
  Waterfall,
  WaterfallStep,
} from "./domain/report/run-report.ts";
export { strongestElsewhere, weakClustersOf, weakestWithin } from "./domain/report/worth-reading.ts";
export { linkBySplink, type SplinkLinked } from "./domain/splink/link-by-splink.ts";
export { isSplinkModel, readSplinkModel, type SplinkModel } from "./domain/splink/settings.ts";
export { writeSplink } from "./domain/splink/write-splink.ts";
export { Gathering } from "./domain/table/gather.ts";
export type { Records } from "./domain/table/records.ts";
export { forgetDueRecords, forgetEverywhere } from "./forget-records.ts";
export { gatherRun } from "./gather-run.ts";
export { COLUMN_ROLES } from "./import/columns.ts";
export { listMatchReadings, showMatchReading } from "./list-readings.ts";
export { carryOutMatching, type MatchingStep, type MatchingTask } from "./matching-task.ts";
export { nextPair } from "./next-pair.ts";
export { findMatchedPeople, sayConcern, showMatchedPerson } from "./people.ts";
export { readPair, undoReading } from "./read-pair.ts";
export { matchingJob } from "./run-job.ts";
export { setMatchingThreshold } from "./set-threshold.ts";
export { showMatching, showMatchingRun } from "./show-runs.ts";
export { MATCHING_RUN, startMatching } from "./start-matching.ts";
export { choosePersonColumns, confirmPersonUpload, keepPersonUpload, showPersonUpload } from "./uploads.ts";
