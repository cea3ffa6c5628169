/** The mode: what most records of each person say, where they do not agree. */

/**
 * The number that most records of a person bear, of several such the first that is met; none for a person of whom no record has one. `numberOf`
 * gives less than nought for a record without.
 */
export function modesOf(personOf: Int32Array, numberOf: (record: number) => number): ReadonlyMap<number, number> {
  const counts = new Map<number, Map<number, number>>();
  personOf.forEach((person, record) => {
    const number = numberOf(record);
    if (number < 0) return;
    const own = counts.get(person) ?? new Map<number, number>();
    counts.set(person, own.set(number, (own.get(number) ?? 0) + 1));
  });
  const found = new Map<number, number>();
  for (const [person, own] of counts) {
    let most = 0;
    for (const [number, times] of own) {
      if (times <= most) continue;
      found.set(person, number);
      most = times;
    }
  }
  return found;
}
