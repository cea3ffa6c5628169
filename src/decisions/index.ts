export { bareAmount, formatAmount } from "./amounts.ts";
export {
  bringElection,
  bringTablesOfElection,
  MOST_FILES,
  sendElection,
  sendTablesOfElection,
} from "./bring-file.ts";
export { type Choice, choiceShape, readChoice, TIES, writeChoice } from "./choice.ts";
export { type ComparisonSeen, compareRules, showComparison } from "./compare-rules.ts";
export { type CountSeen, countElection, showCount } from "./count-file.ts";
export { type Counted, type FundedProject, mayBeWorkedOut, type OtherProject } from "./counted.ts";
export type { ElectionShown, FileRead } from "./file-read.ts";
export { forgetElections } from "./forget.ts";
export { forgetElection } from "./forget-file.ts";
export type { GroupColumn, GroupShown, GroupsShown } from "./groups.ts";
export { electionRefusals, MOST_FILE_BYTES, MOST_REPLAY_BYTES } from "./messages.ts";
export { publishElection } from "./publish-file.ts";
export {
  type ElectionSeen,
  type FileShown,
  giveElection,
  listElections,
  listElectionsHere,
  showElection,
} from "./show-file.ts";
export { stopElectionWork } from "./stop-work.ts";
export { type Tables, tablesShape } from "./tables.ts";
export type { Step, Task } from "./task.ts";
export { showVerification, type VerificationSeen, verifyElection } from "./verify-replay.ts";
export type { Progress, WorkShown } from "./work.ts";
export { electionWorkJob } from "./work-job.ts";
export { type ChangeSeen, showChange, workOutChange } from "./work-out-change.ts";
export type { Compared, Verified } from "./works.ts";
