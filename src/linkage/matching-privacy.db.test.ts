/** Matching against those who would see too much or keep too long: what is shown of whom, what is told before a reading, what is deleted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { must } from "../lib/assert.ts";
import { asFamily, type Fragment, sql } from "../platform/database/index.ts";
import { forgetDueRecords } from "./forget-records.ts";
import { csvOf, type MatchingHouse, madeUpFiles, openMatchingHouse, place } from "./matching-house.fixture.ts";
import { sayConcern } from "./people.ts";
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
