/**
 * Small numbers of families are not shown. The rule: nought is nought; one to nine read "fewer than 10"; anything else is
 * rounded to the nearest 5, so that no small number can be had by taking one published figure from another.
 * Source of the practice: ONS, "Policy on protecting confidentiality in tables of birth and death statistics" and the
 * Department for Education's suppression rules for pupil statistics (rounding to 5, suppression below a threshold).
 */
export const SUPPRESSION_THRESHOLD = 10;
const ROUND_TO = 5;

export type SuppressedCount =
  | { readonly kind: "none" }
  | { readonly kind: "fewer"; readonly than: number }
  | { readonly kind: "about"; readonly count: number };

export function suppressCount(count: number): SuppressedCount {
  if (count <= 0) return { kind: "none" };
  if (count < SUPPRESSION_THRESHOLD) return { kind: "fewer", than: SUPPRESSION_THRESHOLD };
  return { kind: "about", count: Math.round(count / ROUND_TO) * ROUND_TO };
}
