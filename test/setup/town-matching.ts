/**
 * Matching in a town: two registers of the same people brought under an agreement, matched, and read so often that a threshold can be laid
 * down; a pair that nobody has read, a reading to undo, and an upload that waits.
 */

import { must } from "../../src/lib/assert.ts";
import {
  bringRecords,
  carryOutMatching,
  keepPersonUpload,
  matchingJob,
  readPair,
  sayConcern,
  setMatchingThreshold,
  startMatching,
} from "../../src/linkage/index.ts";
import { asFamily, sql } from "../../src/platform/database/index.ts";
import { runJob } from "../../src/platform/jobs/index.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { prepareAgreement, signAgreement } from "../../src/sharing/index.ts";
import { fileInput } from "./file-input.ts";
import type { TestHouse } from "./house.ts";
import type { Making } from "./real-input.ts";

type Person = Credential & { readonly kind: "person" };
type Matching = {
  readonly slug: string;
  readonly placeId: number;
  readonly mark: string;
  readonly partnerId: string;
  readonly receivingPartnerId: string;
  readonly people: Readonly<Record<"information_governance_lead" | "analyst" | "key_worker", Person>>;
};

const PEOPLE = 320;
const NAMES = [
  "Ada",
  "Bertha",
  "Cyril",
  "Dora",
  "Edwin",
  "Flora",
  "George",
  "Hilda",
  "Ivor",
  "Joan",
  "Keith",
  "Lilian",
];

function registerOf(mark: string, register: string): string {
  const rows = Array.from({ length: PEOPLE }, (_, at) => {
    const born = `${1930 + (at % 61)}-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
    // Now and then the register says who is whose partner: nobody else is of a family here.
    const partner = at % 16 === 1 ? `${mark}-${register}-${at - 1},partner` : ",";
    return `${mark}-${register}-${at},${NAMES[at % NAMES.length]},${mark}${String.fromCharCode(97 + (at % 23))},${born},${at} ${mark} Street,M3 ${at % 9}AA,${partner}`;
  });
  return `reference,forename,surname,date_of_birth,address,postcode,related_to,relation\n${rows.join("\n")}\n`;
}

export async function addMatching(test: TestHouse, the: Matching) {
  const { slug: place, placeId, mark, people } = the;
  const agreementId = await agree(test, the);
  const by = people.analyst;
  const file = { agreementId, partnerId: the.partnerId, name: `${mark}.csv` };
  for (const source of ["one", "two"]) {
    const columns = {
      reference: 0,
      forename: 1,
      surname: 2,
      date_of_birth: 3,
      address: 4,
      postcode: 5,
      related_to: 6,
      relation: 7,
    };
    const register = fileInput(Buffer.from(registerOf(mark, source)));
    const input = { ...file, source: `${mark} ${source}`, columns, file: register };
    test.value(await test.ask(bringRecords, { by, place, input }));
  }
  const { runId, jobId } = test.value(await test.ask(startMatching, { by, place, input: { agreementId } }));
  const kinds = [matchingJob({ carryOut: async (task) => carryOutMatching(task, () => undefined) })];
  await runJob({ house: test.house, kinds, jobId, logError: (error) => must(null, String(error)) });
  const pairs = await test.database.inPlace(placeId, (tx) => asFamily(tx, () => tx.rows<Pair>(PAIRS(placeId))));
  const [unread, toUndo, settled] = pairs.filter(({ sure }) => sure);
  const left = {
    leftRecordId: must(unread, "nobody has read it").leftId,
    rightRecordId: must(unread, "nor this").rightId,
  };
  const reader = people.key_worker;
  const input = {
    leftRecordId: must(toUndo, "to undo").leftId,
    rightRecordId: must(toUndo, "it").rightId,
    verdict: "cannot_tell" as const,
    reason: "One is old",
  };
  const { readingId } = test.value(await test.ask(readPair, { by: reader, place, input }));
  await readTheRest(test, { placeId, by, but: [unread, toUndo] });
  await fillTheRest(test, { ...the, pair: must(pairs.filter(({ sure }) => sure)[3], "a fourth pair") });
  const content = Buffer.from(registerOf(mark, "three"));
  const waiting = { ...file, source: `${mark} three`, content: () => content };
  const upload = async () => test.value(await test.ask(keepPersonUpload, { by, place, input: waiting })).personUploadId;
  const ids = { agreementToMatch: agreementId, runId, readingId, ...left };
  return {
    ...ids,
    matchedPersonId: must(settled, "a third pair").personId,
    personUploadId: await upload(),
    personUploadToConfirm: await upload(),
  };
}

type Pair = { readonly leftId: string; readonly rightId: string; readonly sure: boolean; readonly personId: string };

const PAIRS = (placeId: number) => sql<Pair>`
  select p.left_id as "leftId", p.right_id as "rightId", p.linked and p.probability >= 0.99 as sure, m.person_id as "personId"
    from matched_pair p join matched_record m on m.place_id = p.place_id and m.record_id = p.left_id
   where p.place_id = ${placeId} order by p.left_id, p.right_id`;

async function agree(test: TestHouse, the: Matching): Promise<string> {
  const { slug: place, mark, people, partnerId, receivingPartnerId } = the;
  const by = people.information_governance_lead;
  const parties = [
    { partnerId, sends: true, receives: true },
    { partnerId: receivingPartnerId, receives: true },
  ];
  const input = {
    ...prepareAgreement.example,
    title: `${mark} matching`,
    purposes: ["find_families" as const, "support_family" as const],
    fields: [
      "forename" as const,
      "surname" as const,
      "date_of_birth" as const,
      "address" as const,
      "postcode" as const,
      "related_to" as const,
      "relation" as const,
    ],
    startsOn: "2013-01-01",
    parties,
  };
  const { agreementId } = test.value(await test.ask(prepareAgreement, { by, place, input }));
  for (const party of parties) {
    const signing = { agreementId, partnerId: party.partnerId, onPaper: `${mark} file` };
    test.value(await test.ask(signAgreement, { by, place, input: signing }));
  }
  return agreementId;
}

type Reading = { readonly placeId: number; readonly by: Person; readonly but: readonly (Pair | undefined)[] };

/** As if somebody had read every sure pair by lot and found the same person each time. */
async function readTheRest(test: TestHouse, { placeId, by, but }: Reading): Promise<void> {
  const left = but.map((pair) => must(pair, "a pair").leftId);
  const rest = sql`from matched_pair where place_id = ${placeId} and linked and probability >= 0.99 and left_id <> all (${left}::uuid[])`;
  await test.database.inPlace(placeId, (tx) =>
    asFamily(tx, async () => {
      await tx.run(
        sql`insert into match_reading (place_id, reading_id, left_id, right_id, verdict, reason, for_measure, blind, engine_probability, engine_linked, read_by, read_at)
            select place_id, gen_random_uuid(), left_id, right_id, 'same', '', true, true, probability, true, ${`person:${by.userId}`}, clock_timestamp() ${rest}`,
        "any",
      );
      await tx.run(
        sql`insert into match_verdict (place_id, left_id, right_id, state, verdict, settled_at)
            select place_id, left_id, right_id, 'settled', 'same', clock_timestamp() ${rest}`,
        "any",
      );
    }),
  );
}

/** A threshold laid down, a reading undone, and a person found not to be concerned whose day has come. */
async function fillTheRest(test: TestHouse, the: Matching & { readonly pair: Pair }): Promise<void> {
  const { slug: place, placeId, people, pair } = the;
  const input = { probability: 0.99, reason: "Agreed by the partners" };
  test.value(await test.ask(setMatchingThreshold, { by: people.information_governance_lead, place, input }));
  const by = people.analyst;
  const concern = { matchedPersonId: pair.personId, concerned: false, reason: "No test is met" };
  test.value(await test.ask(sayConcern, { by, place, input: concern }));
  await test.database.inPlace(placeId, (tx) =>
    asFamily(tx, async () => {
      await tx.run(
        sql`update person_record set delete_on = '2000-01-01' where place_id = ${placeId} and record_id = ${pair.leftId}`,
        1,
      );
      await tx.run(
        sql`insert into match_reading_undone (place_id, reading_id, undone_by, undone_at)
            select place_id, reading_id, read_by, clock_timestamp() from match_reading where place_id = ${placeId} and left_id = ${pair.leftId}`,
        1,
      );
    }),
  );
}

const newRegister = ({ unique }: Making) =>
  Buffer.from(registerOf(unique.toUpperCase().replaceAll(/\d/g, "Q"), unique));
const agreement = ({ town }: Making) => town.ids["agreementToMatch"];

export const specialOfMatching: Readonly<Record<string, (making: Making) => unknown>> = {
  "matching.bring.agreementId": agreement,
  "matching.bring.file": (making) => fileInput(newRegister(making)),
  "matching.send_file.agreementId": agreement,
  "matching.send_file.content": (making) => newRegister(making).toString("base64"),
  "matching.upload.agreementId": agreement,
  "matching.upload.content": (making) => {
    const bytes = newRegister(making);
    return () => bytes;
  },
  "matching.start.agreementId": agreement,
  "matching.confirm_upload.personUploadId": ({ town }) => town.ids["personUploadToConfirm"],
  "matching.find_people.name": ({ town }) => town.mark,
};
