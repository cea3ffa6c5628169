/**
 * What shows of people in a picture of a family: which of their records show as one person, by what readers settled and the place's threshold,
 * and who lives with them or is their family. A match that nobody has read shows nothing, neither a record nor a home nor a parent.
 */
import type { PlaceContext } from "../platform/use-case/index.ts";
import { type PairToShow, shownTogether } from "./domain/readings/shown.ts";
import { listPairsOf } from "./store/pairs.ts";
import { type HouseholdPerson, listHousehold, listRecordsOfPeople } from "./store/people.ts";
import { findThreshold, listVerdictsOf } from "./store/readings.ts";
import { type FamilyPerson, listFamily } from "./store/ties.ts";

export type ShownGroups = {
  /** The group of each record, by its place among those asked for. */
  readonly groupOf: Int32Array;
  readonly pairs: readonly PairToShow[];
  readonly threshold: number | null;
};

/** In the family role. */
export async function groupRecords(ctx: PlaceContext, recordIds: readonly string[]): Promise<ShownGroups> {
  const { placeId } = ctx.place;
  const places = new Map(recordIds.map((recordId, at) => [recordId, at]));
  const threshold = (await findThreshold(ctx.tx, placeId))?.probability ?? null;
  const verdicts = await listVerdictsOf(ctx.tx, placeId, recordIds);
  const verdictOf = new Map(verdicts.map((one) => [`${one.leftId} ${one.rightId}`, one.verdict]));
  const pairs = (await listPairsOf(ctx.tx, placeId, recordIds)).flatMap(({ leftId, rightId, linked, probability }) => {
    const left = places.get(leftId);
    const right = places.get(rightId);
    if (left === undefined || right === undefined) return [];
    return [{ left, right, linked, probability, verdict: verdictOf.get(`${leftId} ${rightId}`) ?? null }];
  });
  return { ...shownTogether(recordIds.length, { pairs, threshold }), pairs, threshold };
}

/**
 * Those of whom all records show as one person. Of the others it is not known yet who lives with them: the home may be that of somebody
 * else, whose record was taken for theirs. In the family role.
 */
async function wholePeople(ctx: PlaceContext, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  const records = await listRecordsOfPeople(ctx.tx, { placeId: ctx.place.placeId, personIds });
  if (records === "too_many") return new Set();
  const { groupOf } = await groupRecords(
    ctx,
    records.map(({ recordId }) => recordId),
  );
  const groups = new Map<string, Set<number>>();
  records.forEach(({ personId }, at) => {
    groups.set(personId, (groups.get(personId) ?? new Set()).add(groupOf[at] as number));
  });
  return new Set([...groups].filter(([, own]) => own.size === 1).map(([personId]) => personId));
}

export type ShownAround = {
  /** Whether all records of the person show as one; while they do not, nothing is shown around them. */
  readonly whole: boolean;
  readonly household: readonly HouseholdPerson[];
  readonly family: readonly Omit<FamilyPerson, "throughId">[];
  /** How many more people the run has around them, whose own records do not show as one yet. */
  readonly waiting: number;
};

/** Who lives with a person and who their family is, as far as nothing of it rests on a match that does not show. In the family role. */
export async function peopleAround(
  ctx: PlaceContext,
  one: { readonly personId: string; readonly agreementId: string },
): Promise<ShownAround> {
  const under = { placeId: ctx.place.placeId, ...one };
  const household = await listHousehold(ctx.tx, under);
  const family = await listFamily(ctx.tx, under);
  const through = family.flatMap(({ throughId }) => throughId ?? []);
  const around = new Set([...household, ...family].map(({ personId }) => personId));
  const whole = await wholePeople(ctx, [...new Set([one.personId, ...around, ...through])]);
  if (!whole.has(one.personId)) return { whole: false, household: [], family: [], waiting: 0 };
  const shows = family.filter(
    ({ personId, throughId }) => whole.has(personId) && (throughId === null || whole.has(throughId)),
  );
  return {
    whole: true,
    household: household.filter(({ personId }) => whole.has(personId)),
    family: shows.map(({ throughId: _, ...tie }) => tie),
    waiting: [...around].filter((personId) => !whole.has(personId)).length,
  };
}
