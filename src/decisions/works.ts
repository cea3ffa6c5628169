/** What the work on a file answers, beside the reading (file-read.ts) and the count (counted.ts). */
import type { Choice } from "./choice.ts";
import type { Counted } from "./counted.ts";
import type { Words } from "./explained.ts";

/** Two rules on the same ballots. A voter prefers the outcome that funds more of their choices. */
export type Compared = {
  readonly one: Counted;
  readonly other: Counted;
  readonly preferOne: number;
  readonly preferOther: number;
  readonly preferNeither: number;
};

export type Verified = {
  readonly proved: boolean;
  /** The first line that is wrong, where there is one. */
  readonly fault: { readonly code: string; readonly line: number | null; readonly said: Words } | null;
  readonly by: {
    readonly rule: Choice["rule"];
    readonly utility: Choice["utility"];
    readonly completion: string;
    readonly ties: string;
  } | null;
  readonly funded: readonly string[];
  /** Of raises: how many were made, and how many of the counts below were proved to be ones that had to go on. */
  readonly raises: { readonly made: number; readonly proved: number } | null;
};
