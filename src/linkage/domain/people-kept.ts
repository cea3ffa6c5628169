/**
 * The same people from run to run: a person of the new run keeps the id of the person of the run before with whom they share most
 * records, so that what was said about a person, and a colleague's address of their page, still means the same person.
 */

export type Before = ReadonlyMap<string, string>;

/** For each person of the new run their id; `newId` where they share no record with anybody left. */
export function keepPersonIds(
  the: { readonly recordIds: readonly string[]; readonly personOf: readonly number[]; readonly before: Before },
  newId: () => string,
): readonly string[] {
  const { recordIds, personOf, before } = the;
  const persons = personOf.reduce((most, person) => Math.max(most, person + 1), 0);
  const shared = new Map<string, { readonly person: number; readonly id: string; records: number }>();
  personOf.forEach((person, record) => {
    const id = before.get(recordIds[record] as string);
    if (id === undefined) return;
    const key = `${person} ${id}`;
    const known = shared.get(key);
    if (known === undefined) shared.set(key, { person, id, records: 1 });
    else known.records += 1;
  });
  const ids: (string | undefined)[] = Array.from({ length: persons });
  const taken = new Set<string>();
  const byRecords = [...shared.values()].sort(
    (a, b) => b.records - a.records || a.person - b.person || (a.id < b.id ? -1 : 1),
  );
  for (const { person, id } of byRecords) {
    if (ids[person] !== undefined || taken.has(id)) continue;
    ids[person] = id;
    taken.add(id);
  }
  return ids.map((id) => id ?? newId());
}

/** For each person of the run before the person of the new run with whom they share most records; nobody where none is left. */
export function peopleAfter(the: {
  readonly recordIds: readonly string[];
  /** The person of each record in the new run. */
  readonly personIds: readonly string[];
  readonly before: Before;
}): ReadonlyMap<string, string> {
  const shared = new Map<string, Map<string, number>>();
  the.recordIds.forEach((recordId, at) => {
    const before = the.before.get(recordId);
    if (before === undefined) return;
    const after = the.personIds[at] as string;
    const own = shared.get(before) ?? new Map<string, number>();
    shared.set(before, own.set(after, (own.get(after) ?? 0) + 1));
  });
  const most = (own: ReadonlyMap<string, number>) =>
    [...own].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best))[0];
  return new Map([...shared].map(([before, own]) => [before, most(own)]));
}
