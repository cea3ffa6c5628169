/** What a result is made from: the election, its outcome, and what else is to be said of it. */
import type { Election, Grouping, Outcome } from "../allocation/index.ts";
import type { Choice } from "./choice.ts";

export type ToShow = {
  readonly election: Election;
  readonly outcome: Outcome;
  readonly choice: Choice;
  readonly currency: string | null;
  /** Whether to search what would have changed the answers, which takes many counts. */
  readonly searchChanges: boolean;
  readonly groupings: readonly Grouping[];
};
