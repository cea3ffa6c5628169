/** Matching against those who would see too much or keep too long: what is shown of whom, what is told before a reading, what is deleted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { must } from "../lib/assert.ts";
import { asFamily, type Fragment, sql } from "../platform/database/index.ts";
import { runJob } from "../platform/jobs/index.ts";
import { forgetDueRecords } from "./forget-records.ts";
import { listMatchReadings, showMatchReading } from "./list-readings.ts";
import { csvOf, type MatchingHouse, madeUpFiles, openMatchingHouse, place } from "./matching-house.fixture.ts";
import { carryOutMatching } from "./matching-task.ts";
import { nextPair } from "./next-pair.ts";
import { findMatchedPeople, sayConcern, showMatchedPerson } from "./people.ts";
import { type PairRead, readPair, undoReading } from "./read-pair.ts";
import { matchingJob } from "./run-job.ts";
import { showMatching } from "./show-runs.ts";
import { startMatching } from "./start-matching.ts";
import { keepPersonUpload } from "./uploads.ts";

let house: MatchingHouse;
const made = madeUpFiles(40, 5);

beforeAll(async () => {
  house = await openMatchingHouse();
  for (const file of made.files) house.test.value(await house.bring(file.agency, csvOf(file)));
  await house.match();
});
afterAll(() => house?.test.close());

/** What stands in the tables, past every rule of who may look. */
const inFamily = <T>(statement: Fragment<T>): Promise<readonly T[]> =>
  house.test.database.inPlace(house.placeId, (tx) => asFamily(tx, () => tx.rows(statement)));

const forget = async () =>
  house.test.value(await house.test.ask(forgetDueRecords, { by: house.people.lead, place, input: {} }));

describe("what is shown", () => {
  beforeAll(() => house.settleLinked());
  afterAll(() => house.unsettle());

  /** Somebody with records of two agencies, and whom they live with. */
  const someone = async () => {
    const [one] = await inFamily(sql<{ personId: string; records: string[]; postcode: string; surname: string }>`
      select m.person_id as "personId", array_agg(r.record_id order by r.record_id) as records,
             max(r.fields ->> 'postcode') as postcode, max(r.fields ->> 'surname') as surname
        from matched_record m join person_record r using (place_id, record_id) join household_member h using (place_id, person_id)
       where exists (select from household_member b where b.household_id = h.household_id and b.person_id <> h.person_id)
       group by 1 having count(*) > 2 and max(r.fields ->> 'postcode') is not null order by 1 limit 1`);
    return must(one, "some have several records");
  };
  const show = async (personId: string) =>
    house.test.value(
      await house.test.ask(showMatchedPerson, { by: house.people.first, place, input: { matchedPersonId: personId } }),
    );
  const find = async (name: string) =>
    house.test.value(await house.test.ask(findMatchedPeople, { by: house.people.first, place, input: { name } }))
      .people;
  const flag = (recordId: string | undefined, flagged: boolean) =>
    inFamily(sql`
      update person_record set fields = ${flagged ? sql`fields || '{"protection":"refuge"}'::jsonb` : sql`fields - 'protection'`}
       where record_id = ${recordId}`);

  test("everybody whose name is shown is in the log, those at home too", async () => {
    const { personId } = await someone();
    const { household, family } = await show(personId);
    expect(household.length).toBeGreaterThan(1);
    const [view] = await inFamily(sql<{ ids: string[] }>`
      select ids from view_log where kind = 'person' order by viewed_at desc, view_id desc limit 1`);
    expect(view?.ids).toEqual([...new Set([...household, ...family].map((one) => one.personId))]);
  });

  test("of who is protected by one agency's word, no agency's record shows a home, nor does a search or a household", async () => {
    const { personId, records, postcode } = await someone();
    const before = await show(personId);
    const other = must(
      before.household.find((one) => one.personId !== personId),
      "somebody lives with them",
    );
    expect((await find(postcode)).map((one) => one.personId)).toContain(personId);
    await flag(records[0], true);
    const shown = await show(personId);
    for (const { fields, withheld } of shown.groups.flat()) {
      expect(withheld).toBe(true);
      expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(["address"]));
      expect(JSON.stringify(fields)).not.toContain(postcode);
    }
    expect(shown.household).toEqual([]);
    expect((await find(postcode)).map((one) => one.personId)).not.toContain(personId);
    expect((await show(other.personId)).household.map((one) => one.personId)).not.toContain(personId);
    await flag(records[0], false);
  });

  test("of who was protected by a record that its register no longer sends, nothing in the runs after either", async () => {
    const { records, postcode } = await someone();
    const [own] = await inFamily(sql<{ source: string; reference: string }>`
      select source, reference from person_record where record_id = ${records[0]}`);
    const { source, reference } = must(own, "they have a record");
    const register = must(
      made.files.find(({ agency }) => agency === source),
      "it is of a register",
    );
    await flag(records[0], true);
    const rest = register.rows.filter(([one]) => one !== reference);
    // What readers settled would tell of the flag too.
    await house.unsettle();
    house.test.value(await house.bring(source, csvOf({ ...register, rows: rest })));
    for (const run of [1, 2]) {
      await house.match();
      await house.settleLinked();
      const [now] = await inFamily(sql<{ personId: string; others: string[] }>`
        select m.person_id as "personId",
               array(select o.person_id from household_member h join household_member o using (place_id, household_id)
                      where h.person_id = m.person_id and o.person_id <> m.person_id) as others
          from matched_record m where m.record_id = ${records[1]}`);
      const after = must(now, "their other records are matched");
      expect((await show(after.personId)).household, `run ${run}`).toEqual([]);
      expect(JSON.stringify((await show(after.personId)).groups)).not.toContain(postcode);
      expect((await find(postcode)).map((one) => one.personId)).not.toContain(after.personId);
      for (const other of after.others)
        expect((await show(other)).household.map((one) => one.personId)).not.toContain(after.personId);
    }
    await flag(records[0], false);
    await house.match();
    await house.settleLinked();
  });

  test("nothing that came since under another agreement", async () => {
    const { personId, records } = await someone();
    const moveTo = (to: string) =>
      inFamily(sql`
        with made as (
          insert into record_file (place_id, file_id, partner_id, agreement_id, source, name, sha256, columns, left_out, records, refused,
              delete_on, made_up, brought_by, brought_at)
            select place_id, gen_random_uuid(), partner_id, ${to}, source, name, sha256(${to}::bytea), columns, left_out, 1, 0, delete_on,
                   made_up, brought_by, brought_at from record_file f
             where f.file_id = (select file_id from person_record where record_id = ${records[0]}) returning file_id)
        update person_record set file_id = (select file_id from made) where record_id = ${records[0]}`);
    await moveTo(house.otherAgreementId);
    const shown = (await show(personId)).groups.flat().map(({ recordId }) => recordId);
    expect(shown).not.toContain(records[0]);
    expect(shown.length).toBe(records.length - 1);
    const { pair } = house.test.value(await house.test.ask(nextPair, { by: house.people.first, place, input: {} }));
    expect(pair).not.toBeNull();
  });
});

describe("a reading", () => {
  const nextOf = async (by: MatchingHouse["people"]["first"], input: object = {}) =>
    must(house.test.value(await house.test.ask(nextPair, { by, place, input })).pair, "a queue waits");
  type Two = { readonly leftId: string; readonly rightId: string };
  const read = async (
    by: MatchingHouse["people"]["first"],
    { leftId, rightId }: Two,
    more: object,
  ): Promise<PairRead> =>
    house.test.value(
      await house.test.ask(readPair, {
        by,
        place,
        input: { leftRecordId: leftId, rightRecordId: rightId, verdict: "same", ...more },
      }),
    );

  test("is not told to whoever reads second; who undoes their own reads no more blind, and not alone", async () => {
    const { first, second } = house.people;
    const two = await nextOf(first);
    expect(JSON.stringify(two)).not.toContain("why");
    const reason = "The birthday of one is missing";
    const { readingId, linked } = await read(first, two, { verdict: "cannot_tell", reason });
    const listed = await house.test.ask(listMatchReadings, { by: second, place, input: {} });
    expect(JSON.stringify(house.test.value(listed))).not.toContain(reason);
    house.test.value(await house.test.ask(undoReading, { by: first, place, input: { readingId } }));
    expect(await house.codeOf(house.test.ask(showMatchReading, { by: first, place, input: { readingId } }))).toBe(
      "reading_not_yours",
    );
    const again = await read(first, two, { verdict: linked ? "same" : "different" });
    expect(again.state).toBe("second_reader");
  });

  test("measures only what was drawn by lot; what was not the same counts as wrong while it waits, and when it is undone", async () => {
    const { second } = house.people;
    const measured = async () =>
      house.test.value(await house.test.ask(showMatching, { by: second, place, input: {} })).measured;
    await read(second, await nextOf(second), { verdict: "different", forMeasure: true });
    expect(await measured()).toMatchObject({ read: 0, wrong: 0 });
    const { readingId } = await read(second, await nextOf(second, { by: "lot" }), {
      verdict: "different",
      forMeasure: true,
    });
    expect(await measured()).toMatchObject({ read: 1, wrong: 1 });
    house.test.value(await house.test.ask(undoReading, { by: second, place, input: { readingId } }));
    expect(await measured()).toMatchObject({ read: 1, wrong: 1 });
  });
});

describe("a file", () => {
  test("comes again under another agreement, and what it left out is in no answer that is kept", async () => {
    const text = "reference,forename,surname\nK1,Mary,Peel\nK1,Agnes,Peel\n";
    const more = { acceptRefused: true, source: "appeals" };
    const kept = house.test.value(await house.bring("court", text, more));
    expect(kept.refused).toEqual([{ row: 3, column: "reference", reason: expect.not.stringContaining("K1") }]);
    expect(house.test.value(await house.bring("court", text, more)).already).toBe(true);
    const other = { ...more, agreementId: house.otherAgreementId };
    expect(house.test.value(await house.bring("court", text, other))).toMatchObject({ already: false, stored: true });
  });
});

describe("a run", () => {
  test("keeps the rest where records were deleted while it was under way", async () => {
    const input = { agreementId: house.agreementId };
    const { jobId, runId } = house.test.value(
      await house.test.ask(startMatching, { by: house.people.analyst, place, input }),
    );
    const deleting = matchingJob({
      carryOut: async (task) => {
        const done = carryOutMatching(task, () => undefined);
        await inFamily(
          sql`delete from person_record where record_id = (select record_id from matched_record order by 1 limit 1)`,
        );
        return done;
      },
    });
    const logError = (error: unknown) => {
      throw error;
    };
    await runJob({ house: house.test.house, kinds: [deleting], jobId, logError });
    const runs = await inFamily(sql<{ kept: boolean }>`
      select report is not null as kept from matching_run where run_id = ${runId}`);
    expect(runs).toEqual([{ kept: true }]);
  });
});

describe("the day of deletion", () => {
  test("comes no later by a new file of the register, nor by saying again that nobody is concerned", async () => {
    const [someone] = await inFamily(sql<{ personId: string }>`
      select m.person_id as "personId" from matched_record m join person_record r using (place_id, record_id)
       where r.source = ${must(made.files[1], "a school").agency} order by 1 limit 1`);
    const { personId } = must(someone, "there are people");
    const say = async () =>
      house.test.value(
        await house.test.ask(sayConcern, {
          by: house.people.first,
          place,
          input: { matchedPersonId: personId, concerned: false, reason: "No test is met" },
        }),
      );
    const days = () =>
      inFamily(sql<{ day: string }>`
        select distinct to_char(r.delete_on, 'YYYY-MM-DD') as day from matched_record m join person_record r using (place_id, record_id)
         where m.person_id = ${personId}`);
    const { deleteOn } = await say();
    house.move(3);
    expect((await say()).deleteOn).not.toBe(deleteOn);
    for (const file of made.files) house.test.value(await house.bring(file.agency, `${csvOf(file)}\n\n`));
    expect(await days()).toEqual([{ day: deleteOn }]);
  });

  test("a file that nobody confirmed is gone after a day, though no other is uploaded", async () => {
    const { agreementId, partnerOf, people } = house;
    const about = { name: "court.csv", agreementId, partnerId: partnerOf("court"), source: "court" };
    const content = () => Buffer.from("reference,surname\nC1,Hallsworth\n");
    house.test.value(
      await house.test.ask(keepPersonUpload, { by: people.analyst, place, input: { ...about, content } }),
    );
    house.move(2);
    await forget();
    expect(await inFamily(sql`select upload_id from record_upload`)).toEqual([]);
  });
});
