/** Families on a real database: relations brought with records, kept as ties by a run, shown to who may see them, and gone with their records. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { must } from "../lib/assert.ts";
import { asFamily, type Fragment, sql } from "../platform/database/index.ts";
import { forgetDueRecords } from "./forget-records.ts";
import { csvOf, type MatchingHouse, madeUpFiles, openMatchingHouse, place } from "./matching-house.fixture.ts";
import { showMatchedPerson } from "./people.ts";
import { showMatchingRun } from "./show-runs.ts";

let house: MatchingHouse;
const made = madeUpFiles(60, 5);

beforeAll(async () => {
  house = await openMatchingHouse();
  for (const file of made.files) house.test.value(await house.bring(file.agency, csvOf(file)));
  await matchAndSettle();
});
afterAll(() => house?.test.close());

/** A run of which readers have settled every pair, so that everybody shows whole. */
async function matchAndSettle(): Promise<string> {
  const { runId } = await house.match();
  await house.settleLinked();
  return runId;
}

/** What stands in the tables, past every rule of who may look. */
const inFamily = <T>(statement: Fragment<T>): Promise<readonly T[]> =>
  house.test.database.inPlace(house.placeId, (tx) => asFamily(tx, () => tx.rows(statement)));

const show = async (personId: string) =>
  house.test.value(
    await house.test.ask(showMatchedPerson, { by: house.people.first, place, input: { matchedPersonId: personId } }),
  );

type Said = { readonly source: string; readonly reference: string; readonly relatedTo: string };
const SAID = sql<Said>`
  select r.source, r.reference, unnest(string_to_array(r.fields ->> 'related_to', '; ')) as "relatedTo"
    from person_record r where r.fields ? 'related_to'`;

type Siblings = { readonly one: string; readonly other: string; readonly through: string; readonly records: string[] };
/** Two who are siblings by what one register says of each, through a parent. */
const SIBLINGS = sql<Siblings>`
  select t.one_id as one, t.other_id as other, t.through_id as through, t.record_ids as records
    from family_tie t where t.kind = 'sibling' and t.known = 'inferred' and cardinality(t.record_ids) = 2
     and exists (select from family_tie p where p.one_id = t.through_id and p.other_id = t.one_id and cardinality(p.record_ids) = 1)
     and exists (select from matched_record m where m.person_id = t.one_id and m.record_id <> all (t.record_ids))
   order by t.one_id, t.other_id`;

const siblings = async () => must((await inFamily(SIBLINGS))[0], "some are siblings");
const flag = (personId: string, flagged: boolean) =>
  inFamily(sql`
    update person_record set fields = ${flagged ? sql`fields || '{"protection":"refuge"}'::jsonb` : sql`fields - 'protection'`}
     where record_id = (select record_id from matched_record where person_id = ${personId} order by 1 limit 1)`);
const whoIn = async (personId: string) => (await show(personId)).family.map((one) => `${one.tie} ${one.personId}`);

describe("a run", () => {
  test("keeps what registers recorded: true of the truth where the records were matched rightly", async () => {
    const ties = await inFamily(sql<{ one: string[]; other: string[]; kind: string; known: string }>`
      select array(select r.source || ' ' || r.reference from matched_record m join person_record r using (place_id, record_id)
                    where m.person_id = t.one_id) as one,
             array(select r.source || ' ' || r.reference from matched_record m join person_record r using (place_id, record_id)
                    where m.person_id = t.other_id) as other, t.kind, t.known
        from family_tie t where t.kind <> 'co-resident'`);
    const truthOf = (records: readonly string[]) => {
      const persons = new Set(records.map((one) => must(made.truth.get(one), "a record was drawn").person));
      return persons.size === 1 ? must(made.population.persons[Number([...persons][0])], "a person") : null;
    };
    const rightly = ties.flatMap(({ one, other, ...tie }) => {
      const [first, second] = [truthOf(one), truthOf(other)];
      return first === null || second === null ? [] : [{ ...tie, first, second }];
    });
    expect(rightly.length).toBeGreaterThan(0.8 * ties.length);
    for (const { kind, first, second } of rightly) {
      expect(first.household).toBe(second.household);
      const roles = { "parent-or-guardian": "parent child", partner: "parent parent", sibling: "child child" };
      expect(`${first.role} ${second.role}`).toBe(roles[kind as keyof typeof roles]);
    }
    expect(new Set(rightly.map(({ kind, known }) => `${kind} ${known}`))).toEqual(
      new Set(["parent-or-guardian recorded", "partner recorded", "sibling inferred"]),
    );
  });

  test("accounts for every relation that was sent: kept, contradicting itself, or of nobody", async () => {
    const runId = await matchAndSettle();
    const input = { runId };
    const { report } = house.test.value(
      await house.test.ask(showMatchingRun, { by: house.people.analyst, place, input }),
    );
    const { ties } = must(report, "the run found something");
    const said = await inFamily(SAID);
    const known = new Set(
      (await inFamily(sql<{ key: string }>`select source || ' ' || reference as key from person_record`)).map(
        ({ key }) => key,
      ),
    );
    expect(ties.unknownReferences).toBe(said.filter((one) => !known.has(`${one.source} ${one.relatedTo}`)).length);
    expect(ties.unknownReferences).toBeGreaterThan(0);
    const [kept] = await inFamily(sql<{ said: number; ties: number; runs: string[] }>`
      select coalesce(sum(cardinality(record_ids)) filter (where known = 'recorded'), 0)::integer as said, count(*)::integer as ties,
             array_agg(distinct run_id) as runs from family_tie`);
    const left = ties.contradictions.reduce((sum, { relations }) => sum + relations, 0);
    expect(must(kept, "a row").said + left).toBeLessThanOrEqual(said.length - ties.unknownReferences);
    expect(must(kept, "a row").said + left).toBeGreaterThan(0.9 * (said.length - ties.unknownReferences));
    // What the run before had has given way.
    expect(kept?.runs).toEqual([runId]);
    expect(kept?.ties).toBe(ties.kinds.reduce((sum, { recorded, inferred }) => sum + recorded + inferred, 0));
  });
});

describe("a person's family", () => {
  test("shows each tie from both ends, by whom it is known, and who was shown is in the log", async () => {
    const { one, other, through } = await siblings();
    const shown = await show(one);
    const find = (tie: string, personId: string) =>
      must(
        shown.family.find((each) => each.tie === tie && each.personId === personId),
        `a ${tie}`,
      );
    expect(find("sibling", other)).toMatchObject({
      known: "inferred",
      sources: [expect.stringContaining("social-care")],
    });
    const parent = find("parent", through);
    expect(parent).toMatchObject({ known: "recorded", sources: [expect.stringContaining("social-care")] });
    expect([parent.name === "", parent.from === null]).toEqual([false, false]);
    const [view] = await inFamily(sql<{ ids: string[] }>`
      select ids from view_log where kind = 'person' order by viewed_at desc, view_id desc limit 1`);
    expect(view?.ids).toEqual(expect.arrayContaining([other, through]));
    expect(await whoIn(through)).toEqual(expect.arrayContaining([`child ${one}`, `child ${other}`]));
    // What a record says of relatives is shown as ties alone.
    expect(JSON.stringify(shown.groups)).not.toContain("related_to");
  });

  test("shows nothing that rests on a match which nobody has settled: not around the person, not of others, not through a parent", async () => {
    const { one, other, through } = await siblings();
    const before = await show(one);
    expect(before).toMatchObject({ whole: true, waiting: 0 });
    const wait = (personId: string) =>
      inFamily(sql`
        delete from match_verdict v where exists (
          select from matched_record a join matched_record b using (place_id, person_id)
           where a.person_id = ${personId} and a.record_id = v.left_id and b.record_id = v.right_id)`);
    const own = await inFamily(sql<{ records: number }>`
      select count(*)::integer as records from matched_record where person_id in (${one}, ${through}) group by person_id`);
    expect(own.every(({ records }) => records > 1)).toBe(true);
    await wait(through);
    const around = await show(one);
    expect(around.waiting).toBe(1);
    expect([...around.family, ...around.household].map(({ personId }) => personId)).not.toContain(through);
    expect(around.family.filter(({ tie, personId }) => tie === "sibling" && personId === other)).toEqual([]);
    await wait(one);
    expect(await show(one)).toMatchObject({ whole: false, household: [], family: [], waiting: 0 });
    await house.settleLinked();
    expect(await show(one)).toEqual(before);
  });

  test("has nobody who is protected, nobody through them, and none where the person is: at once, and in the next run", async () => {
    const { one, other, through } = await siblings();
    await flag(through, true);
    const hidden = async () => {
      expect((await show(through)).family).toEqual([]);
      const family = await whoIn(one);
      expect(family.filter((each) => each.endsWith(through))).toEqual([]);
      expect(family).not.toContain(`sibling ${other}`);
    };
    await hidden();
    await matchAndSettle();
    await hidden();
    expect(
      await inFamily(sql`select from family_tie where ${through}::uuid in (one_id, other_id, through_id)`),
    ).toEqual([]);
    await flag(through, false);
    await matchAndSettle();
    expect(await whoIn(one)).toContain(`sibling ${other}`);
  });

  test("has nobody, and is shown of nobody, whom a reader has settled since the run to be somebody protected", async () => {
    const { one, other } = await siblings();
    // Somebody who is nothing to the first, and is one with them by what a reader said since.
    const [pair] = await inFamily(sql<{ recordId: string; leftId: string; rightId: string }>`
      select b.record_id as "recordId", least(a.record_id, b.record_id) as "leftId", greatest(a.record_id, b.record_id) as "rightId"
        from matched_record a, matched_record b
       where a.person_id = ${one} and not exists (select from family_tie t where b.person_id in (t.one_id, t.other_id))
       order by b.record_id, a.record_id limit 1`);
    const { recordId, leftId, rightId } = must(pair, "some have no ties");
    const flagged = (fields: Fragment) =>
      inFamily(sql`update person_record set fields = ${fields} where record_id = ${recordId}`);
    const before = await show(one);
    expect([before.family, before.household].map((each) => each.length > 0)).toEqual([true, true]);
    await flagged(sql`fields || '{"protection":"refuge"}'::jsonb`);
    expect(await show(one)).toEqual(before);
    await inFamily(sql`
      insert into match_verdict (place_id, left_id, right_id, state, verdict, settled_at)
        values (${house.placeId}, ${leftId}, ${rightId}, 'settled', 'same', now())`);
    expect(await show(one)).toMatchObject({ household: [], family: [] });
    const around = await show(other);
    expect([...around.family, ...around.household].map(({ personId }) => personId)).not.toContain(one);
    await flagged(sql`fields - 'protection'`);
    expect(await whoIn(other)).toContain(`sibling ${one}`);
    await inFamily(sql`delete from match_verdict where left_id = ${leftId} and right_id = ${rightId}`);
    expect(await show(one)).toEqual(before);
  });

  test("has nothing by way of a record that came since under another agreement", async () => {
    const { one, other, through } = await siblings();
    // The record that says whose child the first is; they have others under the agreement.
    const [own] = await inFamily(sql<{ recordId: string; fileId: string }>`
      select record_id as "recordId", file_id as "fileId" from person_record where record_id = (
        select unnest(record_ids) from family_tie where one_id = ${through} and other_id = ${one} and kind = 'parent-or-guardian')`);
    const { recordId, fileId } = must(own, "one record says so");
    const before = await whoIn(one);
    const [elsewhere] = await inFamily(sql<{ fileId: string }>`
      insert into record_file (place_id, file_id, partner_id, agreement_id, source, name, sha256, columns, left_out, records, refused,
          delete_on, made_up, brought_by, brought_at)
        select place_id, gen_random_uuid(), partner_id, ${house.otherAgreementId}, source, name, sha256('other'), columns, left_out, 1, 0,
               delete_on, made_up, brought_by, brought_at from record_file where file_id = ${fileId} returning file_id as "fileId"`);
    const moveTo = (file: string) =>
      inFamily(sql`update person_record set file_id = ${file} where record_id = ${recordId}`);
    await moveTo(must(elsewhere, "a file").fileId);
    const after = await whoIn(one);
    expect(before).toEqual(expect.arrayContaining([`parent ${through}`, `sibling ${other}`]));
    expect(after).not.toContain(`parent ${through}`);
    expect(after).not.toContain(`sibling ${other}`);
    expect(await whoIn(through)).toContain(`child ${other}`);
    await moveTo(fileId);
    expect(await whoIn(one)).toEqual(before);
    // Of whom every record came since under another, nothing shows, though the child's record names them.
    const files = await inFamily(sql<{ recordId: string; fileId: string }>`
      select record_id as "recordId", file_id as "fileId" from person_record join matched_record using (place_id, record_id)
       where person_id = ${through}`);
    await inFamily(sql`
      update person_record set file_id = ${must(elsewhere, "a file").fileId}
       where record_id = any(${files.map((each) => each.recordId)}::uuid[])`);
    expect((await whoIn(one)).filter((each) => each.endsWith(through))).toEqual([]);
    for (const each of files)
      await inFamily(sql`update person_record set file_id = ${each.fileId} where record_id = ${each.recordId}`);
    expect(await whoIn(one)).toEqual(before);
  });
});

describe("the day of deletion", () => {
  test("takes away who lived together where a record that knew them there has gone, though both have others", async () => {
    const [tie] = await inFamily(sql<{ one: string; other: string; records: string[] }>`
      select t.one_id as one, t.other_id as other, t.record_ids as records from family_tie t
       where t.kind = 'co-resident'
         and exists (select from matched_record m where m.person_id = t.one_id and m.record_id <> all (t.record_ids))
         and exists (select from matched_record m where m.person_id = t.other_id and m.record_id <> all (t.record_ids))
       order by 1, 2 limit 1`);
    const { one, other, records } = must(tie, "some have lived together, and were seen elsewhere too");
    expect(await whoIn(one)).toContain(`co-resident ${other}`);
    await inFamily(
      sql`update person_record set delete_on = current_date - 1 where record_id = ${records[0] as string}`,
    );
    house.test.value(await house.test.ask(forgetDueRecords, { by: house.people.lead, place, input: {} }));
    expect(
      (await inFamily(sql`select from matched_record where person_id in (${one}, ${other})`)).length,
    ).toBeGreaterThan(1);
    expect(await whoIn(one)).not.toContain(`co-resident ${other}`);
    expect(
      await inFamily(
        sql`select from family_tie where kind = 'co-resident' and one_id = ${one} and other_id = ${other}`,
      ),
    ).toEqual([]);
  });

  test("takes away a home that rested on a record, of the person and of those at home", async () => {
    const [member] = await inFamily(sql<{ personId: string; other: string; recordId: string }>`
      select h.person_id as "personId", o.person_id as other, h.record_ids[1] as "recordId"
        from household_member h join household_member o on o.household_id = h.household_id and o.person_id <> h.person_id
       where not (h.record_ids && o.record_ids) and cardinality(o.record_ids) > 0
         and exists (select from matched_record m where m.person_id = h.person_id and m.record_id <> h.record_ids[1])
       order by 1, 2 limit 1`);
    const { personId, other, recordId } = must(member, "some live together");
    const atHome = async (one: string) => (await show(one)).household.map((each) => each.personId);
    expect(await atHome(other)).toEqual(expect.arrayContaining([personId, other]));
    await inFamily(sql`update person_record set delete_on = current_date - 1 where record_id = ${recordId}`);
    house.test.value(await house.test.ask(forgetDueRecords, { by: house.people.lead, place, input: {} }));
    expect(await atHome(other)).not.toContain(personId);
    expect(await atHome(personId)).toEqual([]);
  });

  test("takes away the ties that rested on the records, and no others", async () => {
    const forget = async () =>
      house.test.value(await house.test.ask(forgetDueRecords, { by: house.people.lead, place, input: {} }));
    const { one, other, through, records } = await siblings();
    const ties = () =>
      inFamily(sql<{ key: string }>`select one_id || ' ' || other_id || ' ' || kind as key from family_tie order by 1`);
    await forget();
    const before = (await ties()).map(({ key }) => key);
    // The record that says whose child the first is; they may have others.
    const [own] = await inFamily(sql<{ recordId: string }>`
      update person_record set delete_on = current_date - 1 where record_id = (
        select unnest(record_ids) from family_tie where one_id = ${through} and other_id = ${one} and kind = 'parent-or-guardian')
      returning record_id as "recordId"`);
    expect(records).toContain(own?.recordId);
    await forget();
    const after = (await ties()).map(({ key }) => key);
    expect(before.filter((key) => !after.includes(key))).toEqual(
      expect.arrayContaining([`${through} ${one} parent-or-guardian`, `${one} ${other} sibling`]),
    );
    expect(after).toContain(`${through} ${other} parent-or-guardian`);
    expect(after.filter((key) => !before.includes(key))).toEqual([]);
  });
});
