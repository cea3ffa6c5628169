/** The same files give the same links and the same lot wherever they are brought: an auditor who has the files can draw it again. */
import { afterAll, expect, test } from "vitest";
import { asFamily, sql } from "../platform/database/index.ts";
import { csvOf, type MatchingHouse, madeUpFiles, openMatchingHouse } from "./matching-house.fixture.ts";

const { files } = madeUpFiles(60, 5);
const opened: MatchingHouse[] = [];
afterAll(() => Promise.all(opened.map(({ test: one }) => one.close())));

type Drawn = { readonly pair: string; readonly probability: number; readonly linked: boolean; readonly worth: number };

/** Brought in this order. */
async function drawn(brought: typeof files): Promise<readonly Drawn[]> {
  const house = await openMatchingHouse();
  opened.push(house);
  for (const file of brought) house.test.value(await house.bring(file.agency, csvOf(file)));
  await house.match();
  return house.test.database.inPlace(house.placeId, (tx) =>
    asFamily(tx, () =>
      tx.rows<Drawn>(sql`
        select concat_ws(' ', least(a.reference, b.reference), greatest(a.reference, b.reference)) as pair, p.probability, p.linked, p.worth
          from matched_pair p join person_record a on a.place_id = p.place_id and a.record_id = p.left_id
          join person_record b on b.place_id = p.place_id and b.record_id = p.right_id
         order by p.lot, 1`),
    ),
  );
}

test("matched in two houses, brought in another order, they are linked and drawn alike", async () => {
  const backwards = files.map((file) => ({ ...file, rows: file.rows.toReversed() })).toReversed();
  const [here, there] = [await drawn(files), await drawn(backwards)];
  expect(here.length).toBeGreaterThan(100);
  expect(there).toEqual(here);
});
