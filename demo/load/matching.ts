/**
 * Seven agencies' files of 1,500 made-up Salford families, brought under the families work's agreement, matched, and read in part: a queue is
 * left to read, some pairs wait for a second reader, and so many were drawn by lot and read that the place could lay down a threshold.
 * Nobody in them is real. The readers say what the drawing of the families knows.
 */
import { createHash } from "node:crypto";
import { must } from "../../src/lib/assert.ts";
import {
  addRelations,
  bringRecords,
  makeAgencyFiles,
  makeFamilies,
  nextPair,
  readPair,
  setMatchingThreshold,
  startMatching,
  TRUTH_COLUMNS,
} from "../../src/linkage/index.ts";
import type { Credential, House } from "../../src/platform/use-case/index.ts";
import { familyFiles } from "../salford/family-files.ts";
import { familiesAgreement } from "../salford/sharing.ts";
import { carryOut, type Ids } from "./doing.ts";

export const MATCHING_STEPS = 10;

type Loading = {
  readonly house: House;
  readonly ids: Ids;
  readonly next: (doing: string) => Promise<void>;
  /** Carries out the job of a run, whoever else waits. */
  readonly runMatching: (jobId: string) => Promise<void>;
};

export async function loadMatching(the: Loading): Promise<void> {
  const { house, ids, next } = the;
  const place = familiesAgreement.placeSlug;
  const by = (id: string): Credential => ({ kind: "person", userId: ids.of(`person/${id}`) });
  const agreementId = ids.of("agreement/salford-families");
  const personOf = new Map<string, string>();
  for (const { source, partnerId, name, text, persons } of agencyFiles()) {
    for (const [reference, person] of persons) personOf.set(`${source} ${reference}`, person);
    const bytes = Buffer.from(text, "utf8");
    const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
    const input = { name, agreementId, partnerId: ids.of(`partner/${partnerId}`), source, file, madeUp: true };
    await carryOut(house, bringRecords, { by: by("analyst"), place, input });
    await next(`Brought ${name}`);
  }
  const { jobId } = await carryOut(house, startMatching, { by: by("analyst"), place, input: { agreementId } });
  await the.runMatching(jobId);
  await next("Matched seven agencies' records of made-up families");
  const reading = { house, place, personOf };
  await read({ ...reading, by: by("keyworker"), pairs: familyFiles.readFirst, lot: false });
  await read({ ...reading, by: by("second-keyworker"), pairs: familyFiles.readSecond, lot: false });
  await next("Read pairs of records");
  await read({ ...reading, by: by("analyst"), pairs: familyFiles.drawn, lot: true });
  await read({ ...reading, by: by("keyworker"), pairs: familyFiles.drawnAgain, lot: true });
  const { threshold: probability, reason } = familyFiles;
  await carryOut(house, setMatchingThreshold, { by: by("governance"), place, input: { probability, reason } });
  await next("Measured how many links are wrong");
}

type AgencyText = {
  readonly source: string;
  readonly partnerId: string;
  readonly name: string;
  readonly text: string;
  /** The person of each reference: what the file does not say. */
  readonly persons: readonly (readonly [string, string])[];
};

/** The files as an agency would send them: without the truth that they were drawn with. */
function agencyFiles(): readonly AgencyText[] {
  const { families, seed, registers } = familyFiles;
  const population = makeFamilies({ families, seed });
  const drawn = addRelations(makeAgencyFiles(population, seed), { population, seed });
  return drawn.map(({ agency, headings, rows }) => {
    const person = headings.indexOf(TRUTH_COLUMNS[0]);
    const kept = headings.flatMap((heading, at) =>
      (TRUTH_COLUMNS as readonly string[]).includes(heading) ? [] : [at],
    );
    const line = (cells: readonly string[]) =>
      kept.map((at) => `"${(cells[at] ?? "").replaceAll('"', '""')}"`).join(",");
    return {
      ...registers[agency],
      text: `${[headings, ...rows].map(line).join("\r\n")}\r\n`,
      persons: rows.map((row) => [row[0] ?? "", row[person] ?? ""] as const),
    };
  });
}

type Reading = {
  readonly house: House;
  readonly place: string;
  readonly personOf: ReadonlyMap<string, string>;
  readonly by: Credential;
  readonly pairs: number;
  readonly lot: boolean;
};

async function read({ house, place, personOf, by, pairs, lot }: Reading): Promise<void> {
  const of = ({ source, reference }: { readonly source: string; readonly reference: string }) =>
    must(personOf.get(`${source} ${reference}`), "a record was drawn of somebody");
  for (let count = 0; count < pairs; count += 1) {
    const { pair } = await carryOut(house, nextPair, { by, place, input: { by: lot ? "lot" : "worth" } });
    if (pair === null) return;
    const { leftId, rightId, left, right } = pair;
    const same = of(left) === of(right);
    // Now and then somebody who reads with care cannot tell: of records that have hardly anything in common.
    const unsure = !lot && count % 9 === 8;
    const verdict = unsure ? "cannot_tell" : same ? "same" : "different";
    const reason = unsure ? "Too little is recorded of one of the two" : "";
    const input = { leftRecordId: leftId, rightRecordId: rightId, verdict, reason, forMeasure: lot } as const;
    await carryOut(house, readPair, { by, place, input });
  }
}
