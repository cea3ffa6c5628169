export { countElection, uncountable } from "./count.ts";
export type { Election } from "./election.ts";
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
export type { Fault, Faults } from "./pabulib/faults.ts";
export { explainFault } from "./pabulib/messages.ts";
export { readElection, validateElection } from "./pabulib/read-election.ts";
export { type Voter, writeElection } from "./pabulib/write-election.ts";
export { COMPARISONS } from "./prefer.ts";
export { UTILITIES } from "./support.ts";
