/**
 * An election as it is counted: projects with exact costs, and ballots merged where they are alike, in typed arrays. Every door
 * that brings ballots (a Pabulib file, a plain CSV, a place's own ballots) makes this type; every rule reads it and nothing else.
 * The words follow Pabulib's format (Stolicki, Szufa and Talmon, "Pabulib: A Participatory Budgeting Library", 2020; pabulib.org/format).
 */
export const VOTE_TYPES = ["approval", "choose-1", "cumulative", "ordinal", "scoring"] as const;
export type VoteType = (typeof VOTE_TYPES)[number];

export type Project = {
  /** As the file writes it: text, never a number, and its order is by code points. */
  readonly id: string;
  readonly name: string;
  /** In 10^-places of the file's unit of money; above nought. */
  readonly cost: bigint;
  /** Its cost is the sign that it was withdrawn (999999999 in a file): never funded, and its votes stay as they were cast. */
  readonly withdrawn: boolean;
  readonly categories: readonly string[];
  readonly neighbourhood: string | null;
  /** Those whom it is for, as Pabulib's `beneficiaries` (`target` until April 2026) says. */
  readonly beneficiaries: readonly string[];
};

/**
 * Ballots that are alike stand once, in the order in which they were first met. Ballot b chose
 * `choices[starts[b]] … choices[starts[b + 1] - 1]`, each the place of a project in `projects`, best first where the order counts.
 */
export type Ballots = {
  /** Every ballot that was cast, empty ones too. */
  readonly cast: number;
  /** How many voters cast each distinct ballot; the sum is `cast`. */
  readonly weights: Uint32Array;
  readonly starts: Uint32Array;
  readonly choices: Uint32Array;
  /** The points of each choice, whole numbers in 10^-pointPlaces of a point; null where ballots give none. */
  readonly points: Float64Array | null;
};

export type Election = {
  readonly voteType: VoteType;
  /** How many decimals money is written with: 2 where 1784786.62 is the budget. */
  readonly places: number;
  /** In 10^-places of the file's unit of money. */
  readonly budget: bigint;
  readonly projects: readonly Project[];
  readonly ballots: Ballots;
  readonly pointPlaces: number;
  /** The most that the funded projects of a category or a neighbourhood may cost together, as the file says. */
  readonly limits: readonly Limit[];
  /** The fewest votes (or points, where there are any) that a project needs, as the file says; null where it says nothing. */
  readonly threshold: bigint | null;
};

export type Limit = {
  readonly of: "category" | "neighbourhood";
  readonly name: string;
  readonly most: bigint;
};
