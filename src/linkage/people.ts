/**
 * People: found by name, and shown with the records that may be shown as one person. What the engine thinks but nobody has read, and does
 * not pass the place's threshold, is counted and not shown.
 */
import { z } from "zod";
import { addDays, type Day } from "../lib/day.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { type Agreement, noteViews } from "../sharing/index.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { mayLookAtRun, type RecordShown, recordShown } from "./reader.ts";
import { groupRecords, peopleAround, type ShownAround } from "./shown-groups.ts";
import { type FoundPerson, findPeople, listRecordsOfPerson } from "./store/people.ts";
import { listVerdictsOf } from "./store/readings.ts";
import { type FoundRecord, findRecords, insertConcern, setDeleteOn } from "./store/records.ts";

const MOST_FOUND = 50;
const LEAST_LETTERS = 3;
const EXAMPLE = "018f3a52-0000-7000-8000-0000000000c1";

export const findMatchedPeople = declarePlaceUseCase({
  name: "matching.find_people",
  summary: "Find people by a name, a postcode or a reference, under an agreement to support families",
  permission: "matching.review",
  changes: false,
  notesViews: true,
  route: { method: "get", path: "matching/people" },
  command: { words: "matching people", positional: ["name"] },
  input: z.strictObject({
    name: field.words(100).describe("Words of a name, a postcode or a reference, whole or their beginnings"),
  }),
  output: z.object({ people: z.array(z.unknown()), more: z.boolean() }),
  example: { name: "Hallsworth" },
  refusals: matchingRefusals,
  handle: async (
    ctx,
    { name },
  ): Promise<Result<{ readonly people: readonly FoundPerson[]; readonly more: boolean }, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "support_family");
    if (!looking.ok) return looking;
    // Letters and digits alone: what stands for any letter in a pattern cannot be asked for.
    const words = name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}'-]+/gu, " ")
      .trim()
      .split(" ")
      .slice(0, 6);
    if (words.join("").length < LEAST_LETTERS) return refuse({ code: "name_too_short" });
    const { agreement, purpose } = looking.value;
    const { agreementId } = agreement;
    const asked = { placeId: ctx.place.placeId, agreementId, words, limit: MOST_FOUND + 1 };
    const people = await asFamily(ctx.tx, () => findPeople(ctx.tx, asked));
    const shown = people.slice(0, MOST_FOUND);
    const ids = shown.map(({ personId }) => personId);
    await noteViews(ctx, { agreementId, purpose, kind: "person", ids });
    return accept({ people: shown, more: people.length > MOST_FOUND });
  },
});

export type PersonShown = ShownAround & {
  readonly personId: string;
  /** Records that show as one person: each group by itself, the largest first. */
  readonly groups: readonly (readonly RecordShown[])[];
  readonly threshold: number | null;
  /** Pairs of these records that nobody has read and that do not pass the threshold. */
  readonly unread: number;
  /** The day by which their records are deleted if somebody says today that they are not concerned. */
  readonly notConcernedOn: string;
};

export const showMatchedPerson = declarePlaceUseCase({
  name: "matching.show_person",
  summary: "Show the records that may be shown as one person, who lives with them, and their family",
  permission: "matching.review",
  changes: false,
  notesViews: true,
  route: { method: "get", path: "matching/people/{matchedPersonId}" },
  command: { words: "matching person", positional: ["matchedPersonId"] },
  input: z.strictObject({ matchedPersonId: field.id }),
  output: z.object({
    personId: field.id,
    groups: z.array(z.unknown()),
    household: z.array(z.unknown()),
    family: z.array(z.unknown()),
    whole: z.boolean(),
    waiting: z.number(),
  }),
  example: { matchedPersonId: EXAMPLE },
  refusals: matchingRefusals,
  handle: async (ctx, { matchedPersonId: personId }): Promise<Result<PersonShown, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "support_family");
    if (!looking.ok) return looking;
    const { agreement, purpose } = looking.value;
    const found = await asFamily(ctx.tx, () => findGroups(ctx, { personId, agreementId: agreement.agreementId }));
    if (found === null) return refuse({ code: "person_not_found" });
    const records = found.groups.flat();
    const show = recordShown(agreement, records);
    const seen = { agreementId: agreement.agreementId, purpose };
    await noteViews(ctx, { ...seen, kind: "record", ids: records.map(({ recordId }) => recordId) });
    await noteViews(ctx, { ...seen, kind: "person", ids: personsShown(found) });
    const notConcernedOn = soonOf(ctx.today, agreement);
    return accept({ personId, ...found, groups: found.groups.map((group) => group.map(show)), notConcernedOn });
  },
});

/** Each once, those at home first. */
const personsShown = ({ household, family }: Pick<PersonShown, "household" | "family">): readonly string[] => [
  ...new Set([...household, ...family].map((one) => one.personId)),
];

async function findGroups(ctx: PlaceContext, one: { readonly personId: string; readonly agreementId: string }) {
  const { placeId } = ctx.place;
  const under = { placeId, ...one };
  const own = await listRecordsOfPerson(ctx.tx, under);
  if (own.length === 0) return null;
  const verdicts = await listVerdictsOf(ctx.tx, placeId, own);
  // What readers settled as the same since the run belongs here too.
  const joined = verdicts
    .filter(({ verdict }) => verdict === "same")
    .flatMap(({ leftId, rightId }) => [leftId, rightId]);
  const recordIds = [...new Set([...own, ...joined])].sort();
  const records = await findRecords(ctx.tx, { ...under, recordIds });
  const { groupOf, pairs, threshold } = await groupRecords(
    ctx,
    records.map(({ recordId }) => recordId),
  );
  const groups: FoundRecord[][] = [];
  records.forEach((record, at) => {
    const group = groupOf[at] as number;
    groups[group] = [...(groups[group] ?? []), record];
  });
  const unread = pairs.filter(
    ({ verdict, linked, probability }) => verdict === null && linked && (threshold === null || probability < threshold),
  ).length;
  groups.sort((a, b) => b.length - a.length);
  return { groups, ...(await peopleAround(ctx, one)), threshold, unread };
}

/** Who was found not to be concerned is deleted this soon, where their own day is not sooner. */
const SOON_DAYS = 28;

const soonOf = (today: Day, { keepDays }: Pick<Agreement, "keepDays">): Day =>
  addDays(today, Math.min(SOON_DAYS, keepDays));

type ConcernSaid = { readonly concernId: string; readonly records: number; readonly deleteOn: string | null };

export const sayConcern = declarePlaceUseCase({
  name: "matching.say_concern",
  summary: "Say whether a person is of a family that is to be supported; who is not is deleted by a day",
  permission: "matching.review",
  changes: true,
  route: { method: "post", path: "matching/people/{matchedPersonId}/concern" },
  command: { words: "matching concern", positional: ["matchedPersonId"] },
  input: z.strictObject({
    matchedPersonId: field.id,
    concerned: z.stringbool().or(z.boolean()),
    reason: field.words(500).describe("Under which of the agreement's tests, without names"),
  }),
  output: z.object({ concernId: field.id, records: z.number(), deleteOn: z.string().nullable() }),
  example: {
    matchedPersonId: EXAMPLE,
    concerned: true,
    reason: "Two of the agreement's tests are met: truancy and crime",
  },
  refusals: matchingRefusals,
  audited: (value: ConcernSaid) => value.concernId,
  handle: async (
    ctx,
    { matchedPersonId: personId, concerned, reason },
  ): Promise<Result<ConcernSaid, MatchingRefusal>> => {
    const looking = await mayLookAtRun(ctx, "support_family");
    if (!looking.ok) return looking;
    const { placeId } = ctx.place;
    const { agreement } = looking.value;
    const { agreementId } = agreement;
    return asFamily(ctx.tx, async () => {
      const recordIds = await listRecordsOfPerson(ctx.tx, { placeId, agreementId, personId });
      if (recordIds.length === 0) return refuse({ code: "person_not_found" });
      const concernId = ctx.newId();
      const deleteOn = concerned ? null : soonOf(ctx.today, agreement);
      await insertConcern(ctx.tx, placeId, { concernId, recordIds, concerned, reason, saidBy: ctx.mark, now: ctx.now });
      await setDeleteOn(ctx.tx, { placeId, recordIds, deleteOn });
      return accept({ concernId, records: recordIds.length, deleteOn });
    });
  },
});
