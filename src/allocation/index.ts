/** The library's face: what other subjects and doors use, and what someone else would who counts elections with it. */
export { readCsvElection } from "./ballot-csv.ts";
export { readCsvWritten } from "./ballot-csv-written.ts";
export { checkOutcome } from "./checks/check-outcome.ts";
export type { GroupShare } from "./checks/checks.ts";
export { compareOutcomes, shareGroups } from "./checks/share-groups.ts";
export { CHECK_MEANINGS, describeChecks, describeGroup } from "./checks/words.ts";
export { countElection, uncountable } from "./count.ts";
export { type Election, VOTE_TYPES, type VoteType } from "./election.ts";
export { type Fraction, readFraction, writeFraction } from "./fraction.ts";
export { wordsOfUncountable } from "./messages.ts";
export {
  COMPLETIONS,
  type Outcome,
  type Parameters,
  RULES,
  STARTS,
  STOPS,
  type Uncountable,
} from "./outcome.ts";
export { writeDecimal } from "./pabulib/decimal.ts";
export { cellOfText, type Document, readDocument, writeDocument } from "./pabulib/document.ts";
export type { Fault, Faults } from "./pabulib/faults.ts";
export { type Grouping, type GroupingAsked, readGroups } from "./pabulib/groups.ts";
export { explainFault } from "./pabulib/messages.ts";
export { readElection, validateElection } from "./pabulib/read-election.ts";
export { partedId, type Voter, type WrittenElection, writeElection } from "./pabulib/write-election.ts";
export { readWritten } from "./pabulib/written.ts";
export { COMPARISONS } from "./prefer.ts";
export { explainOutcome } from "./reasons/explain.ts";
export type { Explanation, PurchaseReason, UnfundedReason } from "./reasons/explanation.ts";
export {
  countedIn,
  describeInstead,
  describePurchase,
  describeUnfunded,
  MEANINGS,
  type Wording,
} from "./reasons/words.ts";
export { USUAL_RECOUNTS, whatWouldChange } from "./reasons/would-change.ts";
export { describeFault, lineOfFault } from "./replay/messages.ts";
export { USUAL_WORK, type VerifyAnswer, verifyReplay } from "./replay/verify-replay.ts";
export { writeReplay } from "./replay/write-replay.ts";
export { UTILITIES } from "./support.ts";
