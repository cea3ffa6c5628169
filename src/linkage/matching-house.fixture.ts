/** A house in which seven agencies' made-up files are brought under an agreement, matched and read. */
import { createHash } from "node:crypto";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { must } from "../lib/assert.ts";
import { addDays, londonDay } from "../lib/day.ts";
import { addPartner } from "../places/index.ts";
import { asFamily, type Fragment, sql } from "../platform/database/index.ts";
import { type JobKind, runJob, type Threads } from "../platform/jobs/index.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { prepareAgreement, signAgreement } from "../sharing/index.ts";
import { bringRecords } from "./bring-records.ts";
import { AGENCIES, type AgencyFile, makeAgencyFiles, TRUTH_COLUMNS } from "./domain/generate/agencies.ts";
import { makeFamilies, type Population } from "./domain/generate/families.ts";
import { addRelations } from "./domain/generate/relations.ts";
import { carryOutMatching, type MatchingStep, type MatchingTask } from "./matching-task.ts";
import { matchingJob } from "./run-job.ts";
import { startMatching } from "./start-matching.ts";

export const place = "salford";
export type Person = Credential & { readonly kind: "person" };

/** The same work without the second that a thread takes to start from sources; test/stories has those. */
const here: Threads<MatchingTask, MatchingStep> = {
  carryOut: async (task, onStep) => {
    const steps: MatchingStep[] = [];
    const done = carryOutMatching(task, (step) => steps.push(step));
    for (const step of steps) await onStep(step);
    return done;
  },
};
const KINDS: readonly JobKind[] = [matchingJob(here)];

/** Who is who, by source and reference: what no file that is brought says. */
export type Truth = ReadonlyMap<string, { readonly person: string; readonly household: string }>;

export function madeUpFiles(
  families: number,
  seed: number,
): { readonly files: readonly AgencyFile[]; readonly truth: Truth; readonly population: Population } {
  const truth = new Map<string, { readonly person: string; readonly household: string }>();
  const population = makeFamilies({ families, seed });
  const drawn = addRelations(makeAgencyFiles(population, seed), { population, seed });
  const files = drawn.map(({ agency, headings, rows }) => {
    const [person, household] = TRUTH_COLUMNS.map((name) => headings.indexOf(name)) as [number, number];
    const kept = headings.flatMap((_, at) => (at === person || at === household ? [] : [at]));
    for (const row of rows)
      truth.set(`${agency} ${row[0]}`, { person: row[person] ?? "", household: row[household] ?? "" });
    const cut = (cells: readonly string[]) => kept.map((at) => cells[at] ?? "");
    return { agency, headings: cut(headings), rows: rows.map(cut) };
  });
  return { files, truth, population };
}

export function csvOf({ headings, rows }: Pick<AgencyFile, "headings" | "rows">): string {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
  return `${[headings, ...rows].map(line).join("\n")}\n`;
}

export function fileOf(text: string) {
  const bytes = Buffer.from(text);
  return { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export type MatchingHouse = Awaited<ReturnType<typeof openMatchingHouse>>;

export async function openMatchingHouse() {
  let moved = 0;
  const test = await openTestHouse({ now: () => new Date(Date.now() + moved) });
  const placeId = await test.openPlace(place);
  const lead = await test.personWith("information_governance_lead", { placeId });
  const partners = new Map<string, string>();
  for (const name of [...AGENCIES, "helpers"])
    partners.set(name, test.value(await test.ask(addPartner, addingOf(name))).partnerId);
  const partnerOf = (name: string) => must(partners.get(name), "an agency is a partner");
  const at = { placeId, partnerId: partnerOf("helpers") };
  const others = {
    lead,
    analyst: await test.personWith("analyst", at),
    first: await test.personWith("key_worker", at),
    second: await test.personWith("key_worker", at),
    third: await test.personWith("key_worker", at),
    stranger: await test.personWith("key_worker", { placeId, partnerId: partnerOf("court") }),
    finance: await test.personWith("finance_officer", { placeId }),
    auditor: await test.personWith("auditor", { placeId }),
  };
  const agreementId = await agree(test, { lead, partnerOf });
  const otherAgreementId = await agree(test, { lead, partnerOf });
  // From now on the police have an officer, who would have to sign.
  const police = await test.personWith("partner_officer", { placeId, partnerId: partnerOf("police") });
  const match = async () => {
    const started = test.value(await test.ask(startMatching, { by: others.analyst, place, input: { agreementId } }));
    await carryOut(test, started.jobId);
    return started;
  };
  const bring = (agency: string, text: string, more: object = {}) =>
    test.ask(bringRecords, {
      by: others.analyst,
      place,
      input: {
        name: `${agency}.csv`,
        agreementId,
        partnerId: partnerOf(agency),
        source: agency,
        madeUp: true,
        file: fileOf(text),
        ...more,
      },
    });
  return {
    people: { ...others, police },
    ...{ test, placeId, agreementId, otherAgreementId, partnerOf, match, bring },
    settleLinked: () => settleLinked(test, placeId),
    unsettle: () => unsettle(test, placeId),
    move: (days: number): void => {
      moved += days * 86_400_000;
    },
    carryOut: (jobId: string) => carryOut(test, jobId),
    codeOf: async (asked: ReturnType<TestHouse["ask"]>): Promise<string> => test.refusal(await asked).code,
  };
}

/** As if readers had settled every pair that the run linked: then all of a person shows as one. */
async function settleLinked(test: TestHouse, placeId: number): Promise<void> {
  await inFamily(
    test,
    placeId,
  )(sql`
    insert into match_verdict (place_id, left_id, right_id, state, verdict, settled_at)
      select place_id, left_id, right_id, 'settled', 'same', 'epoch' from matched_pair where linked
    on conflict (place_id, left_id, right_id) do nothing`);
}

/** As it was before they had. */
async function unsettle(test: TestHouse, placeId: number): Promise<void> {
  await inFamily(test, placeId)(sql`delete from match_verdict where settled_at = 'epoch'`);
}

const inFamily = (test: TestHouse, placeId: number) => (statement: Fragment) =>
  test.database.inPlace(placeId, (tx) => asFamily(tx, () => tx.run(statement, "any")));

function addingOf(name: string) {
  const input = { name, kind: "charity" as const, parts: ["provider" as const] };
  return { by: { kind: "operator" } as const, place, input };
}

type Agreeing = { readonly lead: Person; readonly partnerOf: (name: string) => string };

async function agree(test: TestHouse, { lead, partnerOf }: Agreeing): Promise<string> {
  const today = londonDay(new Date());
  const parties = [
    ...AGENCIES.map((agency) => ({ partnerId: partnerOf(agency), sends: true })),
    { partnerId: partnerOf("helpers"), sends: false, receives: true },
  ];
  const input = {
    ...prepareAgreement.example,
    purposes: ["find_families" as const, "support_family" as const],
    fields: [
      "forename",
      "surname",
      "date_of_birth",
      "sex",
      "address",
      "postcode",
      "phone",
      "nhs_number",
      "related_to",
      "relation",
      "recorded_on",
      "protection",
    ] as const,
    startsOn: addDays(today, -30),
    reviewOn: addDays(today, 335),
    endsOn: addDays(today, 700),
    keepDays: 90,
    parties,
  };
  const prepared = await test.ask(prepareAgreement, {
    by: lead,
    place,
    input: { ...input, fields: [...input.fields] },
  });
  const { agreementId } = test.value(prepared);
  for (const { partnerId } of parties)
    test.value(
      await test.ask(signAgreement, { by: lead, place, input: { agreementId, partnerId, onPaper: "File 12" } }),
    );
  return agreementId;
}

async function carryOut(test: TestHouse, jobId: string): Promise<void> {
  await runJob({
    ...{ house: test.house, kinds: KINDS, jobId },
    logError: (error) => {
      throw error;
    },
  });
}
