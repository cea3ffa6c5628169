/**
 * One run of matching as work for a thread: records and what readers settled go in as bytes, what was found comes out as text. It knows no
 * database, so that a thread loads nothing else.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { readDecisions } from "./domain/clusters/decisions.ts";
import type { Protection } from "./domain/household/gather-households.ts";
import { type Matching, type MatchOptions, matchRecords } from "./domain/match-records.ts";
import type { Model } from "./domain/model/artefact.ts";
import { Gathering } from "./domain/table/gather.ts";
import { protectionOf } from "./import/rows.ts";

/** Compared, or of the day of the record; what else an agreement allows is not looked at. */
export const MATCHED_FIELDS = [
  "forename",
  "surname",
  "other_names",
  "date_of_birth",
  "sex",
  "address",
  "postcode",
  "phone",
  "email",
  "nhs_number",
  "ni_number",
  "recorded_on",
] as const;

const asked = z.object({
  files: z.array(z.string()),
  /** File, record id, protection, and the fields in their order. */
  rows: z.array(z.tuple([z.number(), z.string(), z.string()], z.string())),
  /** The rows of two relatives from 0, what the first is to the second, and the row that says so. */
  relations: z.array(
    z.tuple([z.number(), z.number(), z.enum(["parent", "guardian", "partner", "sibling"]), z.number()]),
  ),
  /** Relatives named by a reference that no record of the register has. */
  unknownReferences: z.number(),
  settled: z.array(z.tuple([z.string(), z.string(), z.enum(["same", "different"])])),
  seed: z.number(),
  threshold: z.number(),
  day: z.string(),
  model: z.unknown(),
});
export type MatchingAsked = z.infer<typeof asked>;

export type MatchingTask = { readonly bytes: Uint8Array };
export type MatchingStep = { readonly part: "reading" | "matching" };

export function carryOutMatching({ bytes }: MatchingTask, tell: (step: MatchingStep) => void): Result<string> {
  tell({ part: "reading" });
  // What is in the bytes was written by the job itself: its shape is known, and a million rows are not looked at one by one.
  const the = JSON.parse(Buffer.from(bytes).toString("utf8")) as MatchingAsked;
  const gathering = new Gathering({ id: "record_id", ignore: [] });
  const used = MATCHED_FIELDS.filter((_, at) => the.rows.some((row) => row[at + 3] !== ""));
  const places = used.map((name) => MATCHED_FIELDS.indexOf(name) + 3);
  const ids: string[] = [];
  const protectedRecords = new Map<number, Protection>();
  for (const [file, name] of the.files.entries()) {
    const opened = gathering.open(name, ["record_id", ...used]);
    if (!opened.ok) return opened;
    for (const row of the.rows) {
      if (row[0] !== file) continue;
      const flag = protectionOf(row[2]);
      if (flag) protectedRecords.set(ids.length, flag);
      ids.push(row[1]);
      gathering.take([row[1], ...places.map((at) => row[at] as string)]);
    }
  }
  const records = gathering.finish();
  if (!records.ok) return refuse({ code: "nothing_to_match" });
  const here = new Set(ids);
  const rows = the.settled
    .filter(([left, right]) => here.has(left) && here.has(right))
    .map(([left, right, decision], row) => ({ row, left, right, decision }));
  const decisions = readDecisions(rows, ids);
  if (!decisions.ok) return refuse({ code: "readings_contradict" });
  tell({ part: "matching" });
  const { seed, threshold, day, unknownReferences } = the;
  const model = the.model as Model | null;
  const relations = relationsAmong(the, ids);
  const options = { seed, threshold, day, model, protectedRecords, relations, unknownReferences };
  const found = matchRecords(records.value, { ...options, ...decisions.value });
  if (!found.ok) return refuse(refusalOf(found.refusal));
  return accept(JSON.stringify({ ids, ...found.value } satisfies MatchingFound));
}

/** By the numbers of the records, which come file by file. */
function relationsAmong({ relations, rows }: MatchingAsked, ids: readonly string[]): MatchOptions["relations"] {
  const numbers = new Map(ids.map((id, at) => [id, at]));
  const numberOf = (row: number) => must(numbers.get(rows[row]?.[1] ?? ""), "a relation is between records of the run");
  return relations.map(([one, other, kinship, said]) => ({
    one: numberOf(one),
    other: numberOf(other),
    type: kinship === "parent" || kinship === "guardian" ? "parent-or-guardian" : kinship,
    guardian: kinship === "guardian",
    said: numberOf(said),
  }));
}

/** `ids` are those of the records, in the order of their numbers. */
export type MatchingFound = Matching & { readonly ids: readonly string[] };

type EngineRefusal = Extract<ReturnType<typeof matchRecords>, { readonly ok: false }>["refusal"];

function refusalOf(refusal: EngineRefusal) {
  if (refusal.code === "too_many_pairs") return { code: refusal.code, rule: refusal.rule, pairs: refusal.pairs };
  if (refusal.code === "no_usable_columns") return { code: refusal.code };
  return { code: "model_does_not_fit", missing: "missing" in refusal ? refusal.missing : refusal.code };
}
