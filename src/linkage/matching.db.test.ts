/** Matching on a real database: files in under an agreement, a run, two readers, undo, what shows, who may look, and deletion. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { must } from "../lib/assert.ts";
import { asFamily, sql } from "../platform/database/index.ts";
import { forgetDueRecords } from "./forget-records.ts";
import { listMatchReadings, showMatchReading } from "./list-readings.ts";
import { csvOf, type MatchingHouse, madeUpFiles, openMatchingHouse, place } from "./matching-house.fixture.ts";
import { type NextPair, nextPair } from "./next-pair.ts";
import { findMatchedPeople, sayConcern, showMatchedPerson } from "./people.ts";
import { readPair, undoReading } from "./read-pair.ts";
import { setMatchingThreshold } from "./set-threshold.ts";
import { showMatching, showMatchingRun } from "./show-runs.ts";
import { startMatching } from "./start-matching.ts";

let house: MatchingHouse;
const made = madeUpFiles(120, 11);

beforeAll(async () => {
  house = await openMatchingHouse();
});
afterAll(() => house?.test.close());

const room = async () =>
  house.test.value(await house.test.ask(showMatching, { by: house.people.analyst, place, input: {} }));

describe("files", () => {
  test("what the agreement does not allow is not kept, and what cannot be read is told by row and column", async () => {
    const text =
      "reference,forename,surname,date_of_birth,email\nC1,Mary,Hallsworth,1980-02-01,mary@onepot.example\n,John,Ashworth,1981-01-01,\nC1,Ann,Peel,1990-01-01,\nC4,,,1990-01-01,\n";
    const looked = house.test.value(await house.bring("court", text, { preview: true }));
    expect(looked).toMatchObject({ records: 1, refusedCount: 3, leftOut: ["e-mail address"], stored: false });
    expect(looked.refused.map(({ row, column }) => [row, column])).toEqual([
      [3, "reference"],
      [4, "reference"],
      [5, "surname"],
    ]);
    expect(await house.codeOf(house.bring("court", text))).toBe("rows_refused");
    const kept = house.test.value(await house.bring("court", text, { acceptRefused: true }));
    expect(kept).toMatchObject({ records: 1, stored: true });
    const fields = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () => tx.rows<{ fields: object }>(sql`select fields from person_record`)),
    );
    expect(fields).toEqual([{ fields: { forename: "Mary", surname: "Hallsworth", date_of_birth: "1980-02-01" } }]);
    expect(house.test.value(await house.bring("court", text))).toMatchObject({ already: true, stored: false });
  });

  test.each([
    ["", "file_not_read"],
    ["%PDF-1.4", "file_not_read"],
    ["reference,colour\n1,red\n", "columns_not_known"],
    ["surname\nPeel\n", "columns_not_known"],
    ["reference,surname\n", "no_records"],
  ])("%j is refused: %s", async (text, code) => {
    expect(await house.codeOf(house.bring("court", text))).toBe(code);
  });

  test("without an agreement, of another partner, or by somebody who may not, nothing comes in", async () => {
    const none = { agreementId: "018f3a52-0000-7000-8000-0000000000a1" };
    expect(await house.codeOf(house.bring("court", csvOf(must(made.files[3], "court")), none))).toBe(
      "agreement_not_found",
    );
    expect(await house.codeOf(house.bring("helpers", "reference,surname\n1,Peel\n"))).toBe("sender_not_agreed");
  });

  test("the application cannot read a record but in the family role", async () => {
    const read = house.test.database.inPlace(house.placeId, (tx) => tx.rows(sql`select * from person_record`));
    await expect(read).rejects.toThrow(/permission denied/);
  });
});

describe("a run", () => {
  test("matches seven agencies' files, and says how well", async () => {
    for (const file of made.files) house.test.value(await house.bring(file.agency, csvOf(file)));
    const started = await house.match();
    const { run, report } = house.test.value(
      await house.test.ask(showMatchingRun, { by: house.people.auditor, place, input: { runId: started.runId } }),
    );
    expect(run).toMatchObject({ number: 1, modelVersion: 1, refusal: null });
    const records = made.files.reduce((sum, { rows }) => sum + rows.length, 0);
    // The court's file of the first test was followed by another, which does not have its record.
    expect(report.records).toBe(records);
    expect(report.files).toHaveLength(7);
    const people = new Set([...made.truth.values()].map(({ person }) => person)).size;
    expect(Math.abs(report.people - people) / people).toBeLessThan(0.06);
    expect(report.blockingRecall).toBeGreaterThan(0.9);
    expect(report.histogram.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(
      report.rules.length === 0 ? (records * (records - 1)) / 2 : report.rules.at(-1)?.pairsSoFar,
    );
    expect(report.groups.map(({ grouping }) => grouping)).toEqual(
      expect.arrayContaining(["sex", "age", "moved", "missing"]),
    );
    const there = await room();
    expect(there.queue.unread).toBe(report.reviewLoad);
    expect(there.standing?.run.runId).toBe(run.runId);
    // One record is of a file that was followed by another; it is still there, and goes when its day comes.
    expect(there.due.records).toBe(records + 1);
  });

  test("the people it keeps are those of the truth, nearly all", async () => {
    const rows = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.rows<{ source: string; reference: string; personId: string }>(
          sql`select r.source, r.reference, m.person_id as "personId" from person_record r join matched_record m using (place_id, record_id)`,
        ),
      ),
    );
    const byPerson = new Map<string, string[]>();
    for (const { source, reference, personId } of rows) {
      const person = must(made.truth.get(`${source} ${reference}`), "every record has a truth").person;
      byPerson.set(personId, [...(byPerson.get(personId) ?? []), person]);
    }
    const mixed = [...byPerson.values()].filter((persons) => new Set(persons).size > 1);
    expect(mixed.length / byPerson.size).toBeLessThan(0.01);
  });

  test("one at a time, and only by who may", async () => {
    const { analyst, first, police } = house.people;
    const input = { agreementId: house.agreementId };
    const asked = house.test.ask(startMatching, { by: analyst, place, input });
    const { jobId } = house.test.value(await asked);
    expect(await house.codeOf(house.test.ask(startMatching, { by: analyst, place, input }))).toBe("run_under_way");
    await house.carryOut(jobId);
    for (const by of [first, police])
      expect(await house.codeOf(house.test.ask(startMatching, { by, place, input }))).toBe("not_allowed");
  });
});

/** What somebody who knows the truth would say. */
const truthOf = ({ pair }: NextPair): "same" | "different" => {
  const { left, right } = must(pair, "there is a pair");
  const of = ({ source, reference }: { readonly source: string; readonly reference: string }) =>
    must(made.truth.get(`${source} ${reference}`), "a record has a truth").person;
  return of(left) === of(right) ? "same" : "different";
};

const next = async (by: MatchingHouse["people"]["first"], input: object = {}): Promise<NextPair> =>
  house.test.value(await house.test.ask(nextPair, { by, place, input }));

const read = (by: MatchingHouse["people"]["first"], pair: NonNullable<NextPair["pair"]>, more: object) =>
  house.test.ask(readPair, {
    by,
    place,
    input: { leftRecordId: pair.leftId, rightRecordId: pair.rightId, verdict: "same", ...more } as never,
  });

describe("reading", () => {
  test("is blind, the most useful first, and every look is written down", async () => {
    const { first } = house.people;
    const shown = await next(first);
    const pair = must(shown.pair, "a queue waits");
    expect(pair.reading).toBe(1);
    expect(JSON.stringify(shown)).not.toMatch(/probab|bits|linked/);
    const views = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.rows<{ ids: string[]; viewer: string }>(
          sql`select ids, viewer from view_log where kind = 'pair' order by viewed_at desc limit 1`,
        ),
      ),
    );
    expect(views).toEqual([{ ids: [pair.leftId, pair.rightId], viewer: `person:${first.userId}` }]);
  });

  test("a second reader where the first disagrees, a third where two do, and undo at every step", async () => {
    const { first, second, third } = house.people;
    const { pair } = await next(first);
    const two = must(pair, "a queue waits");
    expect(await house.codeOf(read(first, two, { verdict: "cannot_tell" }))).toBe("reason_missing");
    const one = house.test.value(await read(first, two, { verdict: "cannot_tell", reason: "One has no birthday" }));
    expect(one).toMatchObject({ state: "second_reader", settledAs: null });
    expect(one.waterfall?.steps.length).toBeGreaterThan(2);
    const shownBits = must(one.waterfall, "the engine says why").totalBits;
    const kept = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.one<{ bits: number }>(
          sql`select bits from matched_pair where left_id = ${two.leftId} and right_id = ${two.rightId}`,
        ),
      ),
    );
    expect(shownBits).toBeCloseTo(kept.bits, 3);
    expect(await house.codeOf(read(first, two, { verdict: "same" }))).toBe("read_already");
    const again = await next(second);
    expect(again.pair).toMatchObject({ leftId: two.leftId, rightId: two.rightId, reading: 2, before: [] });
    const other = house.test.value(await read(second, two, { verdict: "different" }));
    expect(other.state).toBe("third_reader");
    const deciding = await next(third);
    expect(deciding.pair).toMatchObject({
      leftId: two.leftId,
      reading: 3,
      before: [{ verdict: "cannot_tell" }, { verdict: "different" }],
    });
    expect(house.test.value(await read(third, two, { verdict: "different" }))).toMatchObject({
      state: "settled",
      settledAs: "different",
    });
    expect(
      await house.codeOf(house.test.ask(undoReading, { by: first, place, input: { readingId: other.readingId } })),
    ).toBe("reading_not_yours");
    const undone = await house.test.ask(undoReading, { by: second, place, input: { readingId: other.readingId } });
    expect(house.test.value(undone)).toMatchObject({ state: "third_reader" });
    expect(
      await house.codeOf(house.test.ask(undoReading, { by: second, place, input: { readingId: other.readingId } })),
    ).toBe("reading_undone");
    const listed = house.test.value(
      await house.test.ask(listMatchReadings, { by: second, place, input: { mine: true } }),
    );
    expect(listed.readings).toMatchObject([{ verdict: "different", undone: true }]);
  });

  test("what was settled survives the next run, whatever the engine says", async () => {
    const { first, second } = house.people;
    const { pair, ...rest } = await next(first);
    const two = must(pair, "a queue waits");
    const verdict = truthOf({ pair, ...rest }) === "same" ? "different" : "same";
    await read(first, two, { verdict });
    await read(second, two, { verdict });
    await house.match();
    const persons = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.rows<{ personId: string }>(
          sql`select person_id as "personId" from matched_record where record_id in (${two.leftId}, ${two.rightId})`,
        ),
      ),
    );
    expect(new Set(persons.map(({ personId }) => personId)).size).toBe(verdict === "same" ? 1 : 2);
  });

  test("nobody reads who is not of a partner that receives, and no finance officer", async () => {
    const { stranger, finance, auditor } = house.people;
    expect(await house.codeOf(house.test.ask(nextPair, { by: stranger, place, input: {} }))).toBe(
      "not_under_agreement",
    );
    for (const by of [finance, auditor, { kind: "operator" } as const, { kind: "public" } as const])
      expect(await house.codeOf(house.test.ask(nextPair, { by, place, input: {} }))).toBe("not_allowed");
  });

  test("two who read the same pair at once settle it once", async () => {
    const { first, second, third } = house.people;
    const { pair } = await next(third);
    const two = must(pair, "a queue waits");
    const done = await Promise.all([first, second, third].map((by) => read(by, two, { verdict: "different" })));
    const states = done.filter(({ ok }) => ok).length;
    const reading = must(
      done.find(({ ok }) => ok),
      "one at least was kept",
    );
    const shown = await house.test.ask(showMatchReading, {
      by: third,
      place,
      input: { readingId: (house.test.value(reading) as { readingId: string }).readingId },
    });
    expect(house.test.value(shown).readings).toHaveLength(states);
  });
});

describe("what shows", () => {
  test("nothing that nobody has read, until a threshold is measured; then what passes it, and no more", async () => {
    const { analyst, lead, first } = house.people;
    const largest = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.one<{ personId: string }>(
          sql`select m.person_id as "personId" from matched_record m where not exists (select from match_verdict v where v.left_id = m.record_id or v.right_id = m.record_id)
              group by m.person_id order by count(*) desc, m.person_id limit 1`,
        ),
      ),
    );
    const input = { matchedPersonId: largest.personId };
    const before = house.test.value(await house.test.ask(showMatchedPerson, { by: first, place, input }));
    expect(before.groups.every((group) => group.length === 1)).toBe(true);
    expect(before.unread).toBeGreaterThan(0);
    const asked = { by: lead, place, input: { probability: 0.95, reason: "Agreed by the partners" } };
    expect(house.test.refusal(await house.test.ask(setMatchingThreshold, asked))).toMatchObject({
      code: "not_measured",
      read: 0,
      atMost: 1,
    });
    for (let count = 0; count < 310; count += 1) {
      const drawn = await next(analyst, { by: "lot" });
      const pair = must(drawn.pair, "enough pairs are linked");
      const verdict = truthOf(drawn);
      const done = house.test.value(await read(analyst, pair, { verdict, forMeasure: true }));
      if (done.state === "second_reader") await read(first, pair, { verdict, forMeasure: true });
    }
    const set = house.test.value(await house.test.ask(setMatchingThreshold, asked));
    expect(set.pairsRead).toBeGreaterThanOrEqual(299);
    expect(set.atMost).toBeLessThanOrEqual(0.01);
    const after = house.test.value(await house.test.ask(showMatchedPerson, { by: first, place, input }));
    expect(after.groups[0]?.length).toBeGreaterThan(1);
    expect(after.threshold).toBe(0.95);
  }, 120_000);

  test("a person is found by name, by those who support families alone", async () => {
    const { first } = house.people;
    const someone = must(made.files[1]?.rows[0], "a school has a child");
    const found = house.test.value(
      await house.test.ask(findMatchedPeople, { by: first, place, input: { name: `${someone[1]} ${someone[2]}` } }),
    );
    expect(found.people.length).toBeGreaterThan(0);
    expect(await house.codeOf(house.test.ask(findMatchedPeople, { by: first, place, input: { name: "%_%" } }))).toBe(
      "name_too_short",
    );
  });
});

describe("somebody who is protected", () => {
  test("has no home on any page, whichever agency sent it, and is found by no postcode", async () => {
    const { first } = house.people;
    const one = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.one<{ personId: string; recordId: string; postcode: string; surname: string }>(
          sql`select m.person_id as "personId", m.record_id as "recordId", r.fields ->> 'postcode' as postcode, r.fields ->> 'surname' as surname
                from matched_record m join person_record r using (place_id, record_id)
               where r.fields ->> 'address' is not null and r.fields ->> 'postcode' is not null
                 and (select count(*) from matched_record o join person_record p using (place_id, record_id)
                       where o.person_id = m.person_id and p.fields ->> 'postcode' is not null) > 2
               order by m.record_id limit 1`,
        ),
      ),
    );
    const found = async (name: string) =>
      house.test
        .value(await house.test.ask(findMatchedPeople, { by: first, place, input: { name } }))
        .people.some(({ personId }) => personId === one.personId);
    expect(await found(one.postcode)).toBe(true);
    await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.run(
          sql`update person_record set fields = fields || '{"protection":"refuge"}' where record_id = ${one.recordId}`,
          1,
        ),
      ),
    );
    expect(await found(one.postcode)).toBe(false);
    expect(await found(one.surname)).toBe(true);
    const input = { matchedPersonId: one.personId };
    const shown = house.test.value(await house.test.ask(showMatchedPerson, { by: first, place, input }));
    expect(shown.groups.flat().length).toBeGreaterThan(2);
    for (const { fields, withheld } of shown.groups.flat()) {
      expect(withheld).toBe(true);
      expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(["address"]));
      expect(fields).not.toHaveProperty("postcode");
      expect(fields).not.toHaveProperty("protection");
    }
  });
});

describe("deletion", () => {
  test("who is not concerned goes soon, who is stays, and the rest go when the agreement says", async () => {
    const { first, lead } = house.people;
    const [kept, gone] = await house.test.database.inPlace(house.placeId, (tx) =>
      asFamily(tx, () =>
        tx.rows<{ personId: string; records: number }>(
          sql`select person_id as "personId", count(*)::integer as records from matched_record group by 1 order by 2 desc, 1 limit 2`,
        ),
      ),
    );
    const say = async (personId: string | undefined, concerned: boolean) =>
      house.test.value(
        await house.test.ask(sayConcern, {
          by: first,
          place,
          input: { matchedPersonId: must(personId, "there are people"), concerned, reason: "Two tests are met" },
        }),
      );
    expect(await say(kept?.personId, true)).toMatchObject({ deleteOn: null, records: kept?.records });
    expect((await say(gone?.personId, false)).deleteOn).not.toBeNull();
    const forget = async () => house.test.value(await house.test.ask(forgetDueRecords, { by: lead, place, input: {} }));
    expect(await forget()).toEqual({ forgettingId: null, records: 0 });
    house.move(29);
    expect(await forget()).toMatchObject({ records: gone?.records });
    house.move(62);
    await forget();
    const left = await room();
    expect(left.due).toMatchObject({ records: kept?.records, kept: kept?.records });
  });
});

test("four at once bring the same file once", async () => {
  const text = "reference,surname\nT1,Peel\nT2,Moss\n";
  const brought = await Promise.all([1, 2, 3, 4].map(() => house.bring("court", text, { source: "hearings" })));
  const values = brought.map((one) => house.test.value(one));
  expect(values.filter(({ stored }) => stored)).toHaveLength(1);
  expect(values.filter(({ already }) => already)).toHaveLength(3);
  expect(new Set(values.map(({ personFileId }) => personFileId)).size).toBe(1);
});
