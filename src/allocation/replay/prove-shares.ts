/**
 * That equal shares was counted with the right share. Without Add1 it is the first one. With it the replay claims how many raises were
 * tried; the count must have had to go on at each raise before and must end there. Every raise before is looked at, several at once
 * where the same is bought at all of them (`isSameUpTo`), as long as the work allows; the answer says how many were.
 */
import { type Fraction, lowestTerms } from "../fraction.ts";
import { leavesNothing, type Reading } from "./own-reading.ts";
import { candidatesOf, followShares, isSameUpTo, type OwnShares } from "./own-shares.ts";

export type RaisesProved = {
  /** By how many units the share was raised. */
  readonly made: number;
  /** Of the counts at lower shares, how many were shown to be ones that had to go on. */
  readonly proved: number;
};

export type SharesProof =
  | {
      readonly ok: true;
      readonly share: Fraction;
      readonly increments: number | null;
      readonly shares: OwnShares;
      readonly raises: RaisesProved | null;
    }
  | { readonly ok: false; readonly fault: ShareFault };

export type ShareFault =
  /** At this raise, the first share being raise nought, the count had to end. */
  | { readonly code: "raise_should_end"; readonly raise: number }
  /** At this raise more would fit, and the next does not spend too much. */
  | { readonly code: "raise_should_go_on"; readonly raise: number };

/** `claimed` is how many raises were tried, the last of which may have spent too much. */
export function proveShares(
  reading: Reading,
  { claimed, mostLooks }: { readonly claimed: number; readonly mostLooks: number },
): SharesProof {
  if (!reading.parameters.completion.startsWith("add1")) {
    const share = shareAfter(reading, 0);
    return { ok: true, share, increments: null, shares: followShares(reading, { share }), raises: null };
  }
  const tried = followShares(reading, { share: shareAfter(reading, claimed) });
  const spendsTooMuch = tried.cost > reading.election.budget;
  const raise = spendsTooMuch ? claimed - 1 : claimed;
  if (raise < 0) return fault({ code: "raise_should_end", raise: 0 });
  const share = shareAfter(reading, raise);
  const shares = spendsTooMuch ? followShares(reading, { share }) : tried;
  if (mayEnd(reading, shares) === spendsTooMuch)
    return fault({ code: spendsTooMuch ? "raise_should_end" : "raise_should_go_on", raise });
  const before = proveBefore(reading, { raise, mostLooks });
  if (!before.ok) return before;
  return { ok: true, share, increments: claimed, shares, raises: { made: raise, proved: before.proved } };
}

const fault = (found: ShareFault) => ({ ok: false, fault: found }) as const;

/** Of the raises before this one, that each had to go on: nothing was spent too much, and more would fit. */
function proveBefore(
  reading: Reading,
  { raise, mostLooks }: { readonly raise: number; readonly mostLooks: number },
): { readonly ok: true; readonly proved: number } | { readonly ok: false; readonly fault: ShareFault } {
  let [looks, at, leap] = [0, 0, 4];
  let lower: OwnShares | null = null;
  while (at < raise && looks < mostLooks) {
    if (lower === null) {
      lower = followShares(reading, { share: shareAfter(reading, at) });
      looks += lower.holdings.looks;
      if (mayEnd(reading, lower) || lower.cost > reading.election.budget)
        return fault({ code: "raise_should_end", raise: at });
    }
    const to = Math.min(at + leap, raise - 1);
    const answer = to > at ? isSameUpTo(reading, { lower, share: shareAfter(reading, to) }) : { same: false, looks: 0 };
    looks += answer.looks;
    if (answer.same) [at, leap] = [to, leap * 4];
    else if (leap > 1) leap = Math.floor(leap / 4);
    else [lower, at, leap] = [null, at + 1, 1];
    if (to === raise - 1 && answer.same) at = raise;
  }
  return { ok: true, proved: at };
}

/** The first share, raised by that many units of money; without what is behind its point where it starts as a whole number. */
function shareAfter({ election, parameters }: Reading, raises: number): Fraction {
  const [voters, unit] = [BigInt(election.ballots.cast), 10n ** BigInt(election.places)];
  const more = BigInt(raises) * unit;
  if (parameters.start === "integral") return { over: (election.budget / (voters * unit)) * unit + more, under: 1n };
  return lowestTerms({ over: election.budget + more * voters, under: voters });
}

/** Where the raises stop: nothing more would fit, or all that could ever be bought is. */
function mayEnd(reading: Reading, { purchases }: OwnShares): boolean {
  const funded = purchases.map(({ project }) => project);
  if (reading.parameters.stop === "exhaustive" && leavesNothing(reading, funded)) return true;
  const within = new Set(funded);
  return candidatesOf(reading).every((project) => within.has(project) || reading.bars(project, funded));
}
