/** What a run of matching takes: the records that came under its agreement, if it is still in force, and what readers have settled. */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { asFamily } from "../platform/database/index.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { requireAgreement } from "../sharing/index.ts";
import { type Kinship, readRelatives } from "./import/relatives.ts";
import { MATCHED_FIELDS, type MatchingAsked } from "./matching-task.ts";
import { type MatchingRefusal, matchingRefusals } from "./messages.ts";
import { listSettled } from "./store/readings.ts";
import { BEFORE_ALL, listForMatching, type PersonRecord } from "./store/records.ts";
import { findModel, findRun } from "./store/runs.ts";

const PIECE = 10_000;

export const gatherRun = declarePlaceUseCase({
  name: "matching.gather",
  summary: "Gather what a run of matching takes",
  permission: "matching.run",
  changes: false,
  input: z.strictObject({ runId: field.id }),
  output: z.object({ bytes: z.instanceof(Uint8Array) }),
  example: { runId: "018f3a52-0000-7000-8000-0000000000b1" },
  refusals: matchingRefusals,
  handle: async (ctx, { runId }): Promise<Result<{ readonly bytes: Uint8Array }, MatchingRefusal>> => {
    const run = await asFamily(ctx.tx, () => findRun(ctx.tx, ctx.place.placeId, runId));
    if (run === null) return refuse({ code: "run_not_found" });
    // A job that was cut off after it had kept everything begins again, and has nothing left to do.
    if (run.endedAt !== null) return refuse({ code: "run_ended" });
    const { agreementId, threshold, seed } = run;
    const agreement = await requireAgreement(ctx, { agreementId, purpose: "find_families" });
    if (!agreement.ok) return agreement;
    const names = new Map(agreement.value.parties.map(({ partnerId, name }) => [partnerId, name]));
    return asFamily(ctx.tx, async () => {
      const nameOf = (partnerId: string) => names.get(partnerId) ?? partnerId;
      const records = inOrderOf(await everyRecord(ctx, agreementId), nameOf);
      if (records.length === 0) return refuse({ code: "nothing_to_match" });
      const model = run.withModel === null ? null : await findModel(ctx.tx, ctx.place.placeId, run.withModel);
      const settled = await listSettled(ctx.tx, ctx.place.placeId);
      const day: string = ctx.today;
      const asked: MatchingAsked = {
        ...filesOf(records, nameOf),
        ...relationsOf(records),
        settled: settled.map(({ leftId, rightId, verdict }) => [
          leftId,
          rightId,
          must(verdict, "a settled pair has a verdict"),
        ]),
        seed,
        threshold,
        day,
        model: model?.artefact ?? null,
      };
      return accept({ bytes: Buffer.from(JSON.stringify(asked)) });
    });
  },
});

async function everyRecord(ctx: PlaceContext, agreementId: string): Promise<readonly PersonRecord[]> {
  const { placeId } = ctx.place;
  const all: PersonRecord[] = [];
  for (let after = BEFORE_ALL; ; ) {
    const piece = await listForMatching(ctx.tx, { placeId, agreementId, after, limit: PIECE });
    all.push(...piece);
    if (piece.length < PIECE) return all;
    after = must(piece.at(-1), "a whole piece has a last record").recordId;
  }
}

/**
 * In the order of what agencies call them, never of ids that were drawn here: the same files give the same people, and the same ties,
 * wherever and whenever they are brought.
 */
function inOrderOf(
  asTheyCame: readonly PersonRecord[],
  nameOf: (partnerId: string) => string,
): readonly PersonRecord[] {
  const inOrder = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return asTheyCame.toSorted(
    (one, other) =>
      inOrder(one.source, other.source) ||
      inOrder(nameOf(one.partnerId), nameOf(other.partnerId)) ||
      inOrder(one.reference, other.reference),
  );
}

/** Each register is a file of its own: a person stands in some of them once at most. */
function filesOf(
  records: readonly PersonRecord[],
  nameOf: (partnerId: string) => string,
): Pick<MatchingAsked, "files" | "rows"> {
  const places = new Map<string, number>();
  const files: string[] = [];
  const rows = records.map(({ recordId, partnerId, source, fields }): MatchingAsked["rows"][number] => {
    const key = `${partnerId} ${source}`;
    const known = places.get(key);
    const file = known ?? files.push(`${nameOf(partnerId)}: ${source}`) - 1;
    if (known === undefined) places.set(key, file);
    return [file, recordId, fields.protection ?? "", ...MATCHED_FIELDS.map((name) => fields[name] ?? "")];
  });
  return { files, rows };
}

/**
 * Whom records name as relatives, in their own register alone, by the record that names them. A reference may be of somebody who has gone, or
 * was left out: it is counted.
 */
function relationsOf(records: readonly PersonRecord[]): Pick<MatchingAsked, "relations" | "unknownReferences"> {
  const keyOf = ({ partnerId, source }: PersonRecord, reference: string) =>
    JSON.stringify([partnerId, source, reference]);
  const places = new Map(records.map((record, at) => [keyOf(record, record.reference), at]));
  const relations: MatchingAsked["relations"] = [];
  let unknownReferences = 0;
  for (const [said, record] of records.entries()) {
    const { related_to: relatedTo, relation } = record.fields;
    const read = readRelatives({ reference: record.reference, relatedTo, relation });
    // A row whose relatives cannot be read was never kept.
    for (const { reference, kinship } of read.ok ? read.value.relatives : []) {
      const relative = places.get(keyOf(record, reference));
      if (relative === undefined) unknownReferences += 1;
      else relations.push(relationOf(kinship, { said, relative }));
    }
  }
  return { relations, unknownReferences };
}

/** A child's relation is turned round: the parent comes first. */
function relationOf(
  kinship: Kinship,
  { said, relative }: { readonly said: number; readonly relative: number },
): MatchingAsked["relations"][number] {
  return kinship === "child" ? [relative, said, "parent", said] : [said, relative, kinship, said];
}
