/**
 * How well households agree with the truth: a true household is exact where one found household has all of its people and nobody else,
 * each person known by the most of their records. Records that were left alone are none of the people, and are counted apart.
 */
export type HouseholdTruth = {
  /** For each record its true person, its found person, and the found household of it; -1 for none. */
  readonly person: Int32Array;
  readonly found: Int32Array;
  readonly household: Int32Array;
  /** The true household of each true person; -1 for people who are not to be found in any. */
  readonly livesWith: (person: number) => number;
};

export type HouseholdAgreement = {
  readonly households: number;
  /** From 0 to 1, of the true households. */
  readonly exact: number;
  /** The mean over the true households of what a found one shares with it: people in both over people in either (Jaccard). */
  readonly shared: number;
};

export function householdAgreement({ person, found, household, livesWith }: HouseholdTruth): HouseholdAgreement {
  const records = new Map<number, Map<number, number>>();
  person.forEach((one, record) => {
    const own = records.get(one) ?? new Map<number, number>();
    records.set(one, own.set(found[record] as number, (own.get(found[record] as number) ?? 0) + 1));
  });
  const householdOf = new Map<number, number>();
  found.forEach((one, record) => {
    householdOf.set(one, household[record] as number);
  });
  const truth = new Map<number, number[]>();
  const made = new Map<number, number[]>();
  for (const [one, own] of records) {
    const main = [...own].sort(([, a], [, b]) => b - a)[0]?.[0] ?? -1;
    const lives = livesWith(one);
    const stands = householdOf.get(main) ?? -1;
    if (lives >= 0) truth.set(lives, [...(truth.get(lives) ?? []), one]);
    if (stands >= 0) made.set(stands, [...(made.get(stands) ?? []), one]);
  }
  let exact = 0;
  let shared = 0;
  const standsOf = new Map([...made].flatMap(([stands, people]) => people.map((one) => [one, stands] as const)));
  for (const people of truth.values()) {
    let best = 0;
    for (const stands of new Set(people.flatMap((one) => standsOf.get(one) ?? []))) {
      const others = made.get(stands) ?? [];
      const both = people.filter((one) => standsOf.get(one) === stands).length;
      best = Math.max(best, both / (people.length + others.length - both));
    }
    shared += best;
    if (best === 1) exact += 1;
  }
  const count = Math.max(truth.size, 1);
  return { households: truth.size, exact: exact / count, shared: shared / count };
}
