/**
 * What people of one household share. Beside matches and strangers there is a third kind of pair, two people of one home: they share
 * surname, address and telephone as one person does, and forename and birthday no more than strangers. A model without them takes
 * brothers for one man as soon as homes hold more pairs than people have records. The third class has nothing to learn but how frequent
 * it is, since its shares are those of matches or of strangers (a latent class with equality constraints: Leo Goodman, "Exploratory
 * Latent Structure Analysis Using Both Identifiable and Unidentifiable Models", Biometrika 61, 1974).
 */

import type { Kind } from "../table/kinds.ts";
import { headingWords } from "../table/normalise.ts";

/** The shares of pairs of one household at each level, of what matches (m) and strangers (u) have. */
export type HouseholdShares = (matched: Float64Array, unmatched: Float64Array) => Float64Array;

/** Of what belongs to the home: as of matches. */
export const asMatches: HouseholdShares = (matched) => matched;
/** Of what belongs to the person: as of strangers. */
export const asStrangers: HouseholdShares = (_, unmatched) => unmatched;

/** One pair of a household in this many has one birthday: twins, and what was filled in for the whole family. */
const ONE_BIRTHDAY = 0.02;

/** Of dates of birth: as of strangers, but for twins. */
export const exceptTwins: HouseholdShares = (_, unmatched) =>
  unmatched.map((share, level) => (1 - ONE_BIRTHDAY) * share + (level === 0 ? ONE_BIRTHDAY : 0));

const OF_HOMES =
  "city town suburb village county state region district ward parish street road house home residence area".split(" ");

/** Whether a column is of the home rather than of the person, from its kind and heading. */
export function isOfHome(kind: Kind, heading: string): boolean {
  if (kind === "address" || kind === "postcode" || kind === "phone") return true;
  if (kind !== "text" && kind !== "category" && kind !== "number") return false;
  const words = headingWords(heading);
  return !words.includes("birth") && words.some((word) => OF_HOMES.includes(word));
}
