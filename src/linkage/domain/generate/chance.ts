/** Chance that is the same for the same seed, on any machine: what is drawn stands on the house's own generator. */
import { splitMix64 } from "../../../lib/generator.ts";

export type Chance = {
  /** A whole number from 0 to below the limit. */
  readonly below: (limit: number) => number;
  readonly happens: (share: number) => boolean;
  readonly pick: <Of>(list: readonly Of[]) => Of;
  /** One of a list in which the first is the most frequent: the chance of each falls as one over its rank and ten. */
  readonly ranked: (list: readonly string[]) => string;
  /** A day of a year, YYYY-MM-DD. */
  readonly day: (year: number) => string;
  readonly letters: (count: number) => string;
};

const FLAT = 10;
/** Letters that the second half of a postcode may have. */
const LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

export function chanceFrom(seed: number): Chance {
  const next = splitMix64(BigInt(seed));
  const share = () => Number(next() >> 11n) / 2 ** 53;
  const below = (limit: number) => Math.floor(share() * limit);
  return {
    below,
    happens: (chance) => share() < chance,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    ranked: (list) => {
      // The inverse of the sum of 1 / (rank + FLAT), which is nearly a logarithm.
      const rank = Math.floor(FLAT * ((1 + list.length / FLAT) ** share() - 1));
      return list[Math.min(rank, list.length - 1)] as string;
    },
    day: (year) => {
      const date = new Date(Date.UTC(year, 0, 1 + below(365)));
      return date.toISOString().slice(0, 10);
    },
    letters: (count) => Array.from({ length: count }, () => LETTERS.charAt(below(LETTERS.length))).join(""),
  };
}
