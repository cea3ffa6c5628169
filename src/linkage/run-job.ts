/**
 * The job of a run: it gathers records as whoever asked for it may, gives them to a thread, and keeps what was found in one transaction,
 * or writes down why there is nothing.
 */
import { z } from "zod";
import { assert, must } from "../lib/assert.ts";
import { accept, type Refusal, type Result } from "../lib/result.ts";
import { asFamily, type Transaction } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import type { JobKind, Threads } from "../platform/jobs/index.ts";
import { credentialOf, type House, type Json, perform, toJson } from "../platform/use-case/index.ts";
import { keepPersonIds, peopleAfter } from "./domain/people-kept.ts";
import { gatherRun } from "./gather-run.ts";
import type { MatchingFound, MatchingStep, MatchingTask } from "./matching-task.ts";
import { MATCHING_RUN } from "./start-matching.ts";
import { insertPairs } from "./store/pairs.ts";
import { lockReadings } from "./store/readings.ts";
import {
  clearFound,
  endRun,
  findRun,
  insertMembers,
  insertModel,
  insertPersons,
  listFlagged,
  listPersons,
  type MemberRow,
} from "./store/runs.ts";
import { deleteTiesOfNobody, insertTies, type TieRow } from "./store/ties.ts";

const inputShape = z.object({ place: z.string(), runId: z.string() });
const BATCH = 5000;
const WORDS = { reading: "Reading records", matching: "Comparing records", keeping: "Keeping what was found" } as const;
const PARTS = { reading: 1, matching: 2, keeping: 3 } as const;

export function matchingJob(threads: Threads<MatchingTask, MatchingStep>): JobKind {
  return {
    kind: MATCHING_RUN,
    run: async ({ house, job, progress }) => {
      const { place, runId } = inputShape.parse(job.input);
      const placeId = must(job.placeId, "a run is of a place");
      const tell = (part: keyof typeof WORDS) => progress({ done: PARTS[part], total: 4, doing: WORDS[part] });
      let ended = false;
      const end = async (refusal: Refusal | { readonly code: string }) => {
        ended = true;
        await refuseRun(house, { placeId, runId, refusal: toJson(refusal) });
      };
      try {
        // The job acts as whoever asked for it, with the roles they have when it runs.
        const credential = credentialOf(job.requestedBy);
        const gathered = await perform(house, gatherRun, { credential, place, language: "en", input: { runId } });
        if (!gathered.ok) {
          await end(gathered.refusal);
          return gathered;
        }
        const done: Result<string> = await threads.carryOut(gathered.value, ({ part }) => tell(part));
        if (!done.ok) {
          await end(done.refusal);
          return done;
        }
        await tell("keeping");
        await keepFound(house, { placeId, runId, found: JSON.parse(done.value) as MatchingFound });
        ended = true;
        return accept({ runId });
      } finally {
        // Stopped by a person, or by a fault: the run ends, or no other could begin.
        if (!ended) await refuseRun(house, { placeId, runId, refusal: { code: "stopped" } });
      }
    },
  };
}

type Run = { readonly placeId: number; readonly runId: string };

/** A run that ended meanwhile stays as it ended. */
async function refuseRun(house: House, { placeId, runId, refusal }: Run & { readonly refusal: Json }): Promise<void> {
  await house.database.inPlace(placeId, (tx) =>
    asFamily(tx, () => endRun(tx, placeId, { runId, madeModel: null, report: null, refusal, now: house.now() })),
  );
}

/** All of it or nothing: until then what the run before found stands. */
async function keepFound(house: House, the: Run & { readonly found: MatchingFound }): Promise<void> {
  const { placeId, runId, found } = the;
  await house.database.inPlace(placeId, (tx) =>
    asFamily(tx, async () => {
      // Nothing is deleted and nothing read between what is looked at here and what is kept.
      await lockReadings(tx, placeId);
      const before = new Map((await listPersons(tx, placeId)).map(({ recordId, personId }) => [recordId, personId]));
      const personIds = keepPersonIds({ recordIds: found.ids, personOf: found.personOf, before }, () => newId());
      const flagged = await listFlagged(tx, placeId);
      await clearFound(tx, placeId);
      await keepPeople(tx, { ...the, personIds });
      await keepFlags(tx, { ...the, personIds, before, flagged });
      const { seed } = must(await findRun(tx, placeId, runId), "a run that is under way is there");
      await keepPairs(tx, { placeId, runId, found, seed });
      // Records may have been deleted while the run was under way.
      await deleteTiesOfNobody(tx, placeId);
      const modelId = newId();
      await insertModel(tx, placeId, { modelId, artefact: found.model, now: house.now() });
      const { report } = found;
      const ended = await endRun(tx, placeId, { runId, madeModel: modelId, report, refusal: null, now: house.now() });
      assert(ended, "a run is kept once");
    }),
  );
}

type Keeping = Run & { readonly found: MatchingFound; readonly personIds: readonly string[] };

async function keepPeople(tx: Transaction, { placeId, runId, found, personIds }: Keeping): Promise<void> {
  const idOf = (person: number) => must(personIds[person], "a person of the run has an id");
  const rows = found.ids.map((recordId, at) => ({ recordId, personId: idOf(found.personOf[at] as number) }));
  for (let from = 0; from < rows.length; from += BATCH)
    await insertPersons(tx, { placeId, runId, rows: rows.slice(from, from + BATCH) });
  const members = found.households.flatMap(({ members: own }): readonly MemberRow[] => {
    const householdId = newId();
    return own.map(({ person, records, ...member }) => {
      const recordIds = records.map((record) => must(found.ids[record], "a home rests on records of the run"));
      return { ...member, householdId, personId: idOf(person), recordIds };
    });
  });
  for (let from = 0; from < members.length; from += BATCH)
    await insertMembers(tx, { placeId, runId, rows: members.slice(from, from + BATCH) });
  const ties = found.ties.map(
    ({ one, other, type: kind, through, records, ...tie }): TieRow => ({
      ...{ ...tie, kind, oneId: idOf(one), otherId: idOf(other) },
      recordIds: records.map((record) => must(found.ids[record], "a tie rests on records of the run")),
      throughId: through === null ? null : idOf(through),
    }),
  );
  for (let from = 0; from < ties.length; from += BATCH)
    await insertTies(tx, { placeId, runId, rows: ties.slice(from, from + BATCH) });
}

type KeepingFlags = Keeping & {
  readonly before: ReadonlyMap<string, string>;
  readonly flagged: readonly { readonly recordId: string; readonly personId: string }[];
};

/**
 * A record that says that somebody is protected stays with them though the run does not take it: its register no longer sends it, or sends it
 * under another agreement. Else the next run would show the home that it is there to hide.
 */
async function keepFlags(tx: Transaction, { placeId, runId, found, personIds, before, flagged }: KeepingFlags) {
  const taken = new Set(found.ids);
  const personOfEach = found.personOf.map((person) => must(personIds[person], "a person of the run has an id"));
  const after = peopleAfter({ recordIds: found.ids, personIds: personOfEach, before });
  const rows = flagged.flatMap(({ recordId, personId: old }) => {
    const personId = after.get(old);
    return taken.has(recordId) || personId === undefined ? [] : [{ recordId, personId }];
  });
  await insertPersons(tx, { placeId, runId, rows });
}

type KeepingPairs = Run & { readonly found: MatchingFound; readonly seed: number };

async function keepPairs(tx: Transaction, { placeId, runId, found, seed }: KeepingPairs): Promise<void> {
  for (let from = 0; from < found.pairs.length; from += BATCH) {
    const rows = found.pairs.slice(from, from + BATCH).map(({ left, right, worth, ...pair }) => {
      const [one, other] = [found.ids[left] as string, found.ids[right] as string];
      const [leftId, rightId] = one < other ? [one, other] : [other, one];
      return { ...pair, leftId, rightId, why: worth?.why ?? null, value: worth?.value ?? 0 };
    });
    await insertPairs(tx, { placeId, runId, seed, rows });
  }
}
