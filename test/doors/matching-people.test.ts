/** Readings and people by page: who may, what is told and what is not, undo, and that no name stands in an address or a title. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { must } from "../../src/lib/assert.ts";
import { nextPair, readPair } from "../../src/linkage/index.ts";
import { csvOf, madeUpFiles, type Person, place } from "../../src/linkage/matching-house.fixture.ts";
import { asFamily, sql } from "../../src/platform/database/index.ts";
import { openVisitor, type Visitor } from "../setup/doors.ts";
import { textOf } from "../setup/forms.ts";
import { at, BROKEN, type MatchingDoors, openMatchingDoors } from "../setup/matching-doors.ts";

let here: MatchingDoors;
let worker: Visitor;
const made = madeUpFiles(40, 11);

const said = (html: string) => textOf(html).replaceAll("&#39;", "'");

beforeAll(async () => {
  here = await openMatchingDoors();
  worker = await here.as("key_worker");
});
afterAll(() => here?.close());

async function whole(visitor: Visitor, address: string): Promise<string> {
  const page = await visitor.get(address);
  expect(page.statusCode, said(page.body)).toBe(200);
  expect(page.body).not.toMatch(BROKEN);
  return page.body;
}

const rows = <T extends object>(query: ReturnType<typeof sql<T>>) =>
  here.house.test.database.inPlace(here.house.placeId, (tx) => asFamily(tx, () => tx.rows<T>(query)));

describe("before anything is matched", () => {
  it("each page says what to do first", async () => {
    expect(said(await whole(worker, at("/readings")))).toContain("Nothing has been read yet");
    expect(said(await whole(worker, at("/people")))).toContain("Nothing has been matched yet");
  });
});

describe("readings", () => {
  it("are listed without a word about anybody, and one's own are undone", async () => {
    const { house } = here;
    for (const file of made.files) house.test.value(await house.bring(file.agency, csvOf(file)));
    await house.match();
    const read = async (by: Person) => {
      const { pair } = house.test.value(await house.test.ask(nextPair, { by, place, input: {} }));
      const { leftId, rightId } = must(pair, "a queue waits");
      const input = {
        leftRecordId: leftId,
        rightRecordId: rightId,
        verdict: "cannot_tell" as const,
        reason: "One is old",
      };
      return house.test.value(await house.test.ask(readPair, { by, place, input })).readingId;
    };
    const other = await read(house.people.first);
    expect((await worker.get(at("/desk"))).statusCode).toBe(200);
    const { userId } = must(
      (
        await rows<{ viewer: string }>(
          sql`select viewer from view_log where kind = 'pair' order by viewed_at desc limit 1`,
        )
      ).map(({ viewer }) => ({ userId: viewer.replace("person:", "") }))[0],
      "the desk was looked at",
    );
    const own = await read({ kind: "person", userId });
    const list = await whole(worker, at("/readings"));
    expect(said(list)).toContain("Cannot tell One is old As the most useful Waits for another reader");
    for (const { rows: records } of made.files)
      for (const record of records.slice(0, 5)) expect(list).not.toContain(`>${record[2]}<`);
    expect(list).toContain(at(`/desk/readings/${own}`));
    expect(list).not.toContain(at(`/desk/readings/${other}`));
    expect(said(await whole(worker, at("/readings?mine=yes")))).toMatch(/Open the reading of/);
    expect((await worker.get(at(`/desk/readings/${own}`))).statusCode).toBe(200);
    const undone = await worker.post(at(`/readings/${own}/undo`), { mine: "yes", page: "1" });
    expect([undone.statusCode, undone.headers["location"]]).toEqual([303, at("/readings?mine=yes")]);
    expect(said(await whole(worker, at("/readings?mine=yes")))).toContain("Cannot tell Undone");
    const again = await worker.post(at(`/readings/${own}/undo`), { mine: "yes" });
    expect([again.statusCode, said(again.body).includes("has been undone already")]).toEqual([409, true]);
    expect((await worker.post(at(`/readings/${other}/undo`))).statusCode).toBe(403);
  });

  it("who only reports sees them and is offered nothing", async () => {
    const list = await whole(await here.as("auditor"), at("/readings"));
    expect(said(list)).toContain("Cannot tell");
    expect(list).not.toContain("/undo");
    expect(list).not.toContain("/desk");
    expect((await (await here.as("finance_officer")).get(at("/readings"))).statusCode).toBe(403);
    expect(said(await whole(worker, at("/readings?page=40")))).toContain("There are no readings so far back");
  });
});

const SOMEONE = sql<{ personId: string; forename: string; surname: string }>`
  select m.person_id as "personId", min(r.fields ->> 'forename') as forename, min(r.fields ->> 'surname') as surname
    from matched_record m join person_record r using (place_id, record_id) join household_member h using (place_id, person_id)
   where r.fields ->> 'surname' is not null and r.fields ->> 'forename' is not null
   group by 1 order by count(*) desc, 1 limit 1`;

describe("people", () => {
  it("are found by a form, and neither an address nor a title names them", async () => {
    const someone = must((await rows(SOMEONE))[0], "there are people");
    await whole(worker, at("/people"));
    const found = await worker.post(at("/people"), { name: someone.surname });
    expect(found.statusCode).toBe(200);
    expect(found.body).toContain(`href="${at(`/people/${someone.personId}`)}"`);
    const addresses = [...found.body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address);
    for (const address of addresses) expect(decodeURIComponent(address ?? "")).not.toContain(someone.surname);
    expect(/<title>(.*?)<\/title>/.exec(found.body)?.[1]).not.toContain(someone.surname);
    for (const name of ["ab", "%_%", ""]) {
      const short = await worker.post(at("/people"), { name });
      expect([short.statusCode, short.body.includes('href="#name"')], name).toEqual([422, true]);
    }
    expect(said((await worker.post(at("/people"), { name: "Zzyzx" })).body)).toContain("Nobody was found");
  });

  it("are shown with their records, those they live with, and the day of deletion first", async () => {
    const someone = must((await rows(SOMEONE))[0], "there are people");
    const address = at(`/people/${someone.personId}`);
    const page = await whole(worker, address);
    const text = said(page);
    expect(/<title>(.*?)<\/title>/.exec(page)?.[1]).toContain("A person and their records");
    expect(text).toContain("No two of these records show as one person yet");
    expect(text).toMatch(/\d+ pairs? of these records nobody has settled/);
    expect(text).toContain(someone.surname);
    expect(text).toContain("Who lives with them and who their family is shows once all of their records show as one");
    expect(text).not.toContain("A record names the home");
    await here.house.settleLinked();
    expect(said(await whole(worker, address))).toContain("A record names the home");
    expect(text.indexOf("Their records are deleted on")).toBeLessThan(text.indexOf("They are not concerned"));
    const empty = await worker.post(`${address}/concern`, { reason: "Two tests are met" });
    expect([empty.statusCode, empty.body.includes('href="#concerned"')]).toEqual([400, true]);
    const kept = await worker.post(`${address}/concern`, { concerned: "yes", reason: "Two tests are met" });
    expect([kept.statusCode, kept.headers["location"]]).toEqual([303, address]);
    expect(said(await whole(worker, address))).toContain("their records have no day of deletion");
    expect((await worker.post(`${address}/concern`, { concerned: "no", reason: "No test is met" })).statusCode).toBe(
      303,
    );
    // A record whose own day is sooner keeps it.
    const [sooner] = await rows<{ recordId: string; day: string }>(sql`
      update person_record set delete_on = current_date + 3 where record_id = (
        select record_id from matched_record where person_id = ${someone.personId} order by record_id limit 1)
      returning record_id as "recordId", delete_on::text as day`);
    const { recordId, day } = must(sooner, "a person has a record");
    expect((await worker.post(`${address}/concern`, { concerned: "no", reason: "No test is met" })).statusCode).toBe(
      303,
    );
    expect(
      await rows<{ day: string }>(sql`select delete_on::text as day from person_record where record_id = ${recordId}`),
    ).toEqual([{ day }]);
  });

  it("are shown with their family after those they live with, by whom it is known, each with a link", async () => {
    const [tie] = await rows<{ one: string; other: string; through: string }>(sql`
      select one_id as one, other_id as other, through_id as through from family_tie where kind = 'sibling' order by 1, 2 limit 1`);
    const { one, other, through } = must(tie, "some are siblings");
    const page = await whole(worker, at(`/people/${one}`));
    const family = page.slice(page.indexOf(">Family</h2>"));
    const text = said(family);
    expect(page.indexOf(">Who lives with them</h2>")).toBeLessThan(page.indexOf(">Family</h2>"));
    expect(family.indexOf(">Family</h2>")).toBeLessThan(family.indexOf(">Are they concerned?</h2>"));
    expect(text).toMatch(/Parent or guardian \d+ \w+ \d{4} Recorded: Social care/i);
    expect(text).toMatch(/Brother or sister \d+ \w+ \d{4} Worked out from: Social care/i);
    for (const personId of [other, through]) expect(family).toContain(`href="${at(`/people/${personId}`)}"`);
    expect(said(await whole(worker, at(`/people/${through}`)))).toMatch(/Child \d+ \w+ \d{4} Recorded/);
    const [alone] = await rows<{ personId: string }>(sql`
      select person_id as "personId" from matched_record m
       where not exists (select from family_tie t where m.person_id in (t.one_id, t.other_id)) order by 1 limit 1`);
    const empty = said(await whole(worker, at(`/people/${must(alone, "some have no ties").personId}`)));
    expect(empty).toContain("No register that was sent says who their family is, or it may not be worked out.");
  });

  it("what is withheld says so, and never what", async () => {
    const someone = must((await rows(SOMEONE))[0], "there are people");
    const [one] = await rows<{ recordId: string; postcode: string }>(sql`
      select r.record_id as "recordId", r.fields ->> 'postcode' as postcode from matched_record m join person_record r using (place_id, record_id)
       where m.person_id = ${someone.personId} and r.fields ? 'postcode' limit 1`);
    const { recordId } = must(one, "a record has a postcode");
    await rows(
      sql<{
        done: number;
      }>`update person_record set fields = fields || '{"protection": "refuge", "postcode": "ZZ99 9ZZ"}' where record_id = ${recordId} returning 1 as done`,
    );
    const page = await whole(worker, at(`/people/${someone.personId}`));
    expect(said(page)).toContain("Something of these records is withheld. Ask");
    expect(said(page)).toContain("Not shown");
    expect(page).not.toContain("ZZ99 9ZZ");
    expect(page.toLowerCase()).not.toContain("refuge");
  });

  it("are no business of an auditor, a lead, a partner's officer or the public", async () => {
    const someone = must((await rows(SOMEONE))[0], "there are people");
    for (const role of ["auditor", "information_governance_lead", "partner_officer", "finance_officer"] as const) {
      const visitor = await here.as(role);
      for (const address of [at("/people"), at(`/people/${someone.personId}`)])
        expect((await visitor.get(address)).statusCode, `${role} ${address}`).toBe(403);
    }
    expect((await openVisitor(here.doors.app).get(at("/people"))).statusCode).toBe(303);
    expect((await worker.get(at("/people/018f3a52-0000-7000-8000-0000000000c1"))).statusCode).toBe(404);
  });

  it("each look is written down", async () => {
    const looks = await rows<{ kind: string }>(
      sql`select distinct kind from view_log where kind in ('person', 'record')`,
    );
    expect(looks).toHaveLength(2);
  });
});
