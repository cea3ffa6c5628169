/** `records evaluate CLUSTERS.csv --truth FILE:COLUMN`: how well clusters agree with a column that names who is who. */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Output } from "../../cli/index.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import {
  agreementByGroup,
  bCubed,
  type Grouping,
  groupingsOf,
  pairAgreement,
  type Records,
} from "../../linkage/index.ts";
import { faultOfWords, refuseWords } from "../file-command.ts";
import { householdsOfFile, type TruthFile } from "./evaluate-households.ts";
import { calibrationOfFile } from "./evaluate-pairs.ts";
import { type ReadFault, readRecords, refuseFault } from "./read-records.ts";

export const EVALUATE_USE =
  "records evaluate CLUSTERS.csv --truth FILE:COLUMN [--truth FILE:COLUMN] [--pairs PAIRS.csv] [--households HOUSEHOLDS.csv --household-truth FILE:COLUMN] [--day YYYY-MM-DD] [--id COLUMN] [--json]";

const text = { type: "string" } as const;
const OPTIONS = {
  truth: { type: "string", multiple: true },
  id: text,
  pairs: text,
  households: text,
  "household-truth": { type: "string", multiple: true },
  day: text,
  json: { type: "boolean" },
} as const;

export async function evaluateClusters(words: readonly string[], output: Output): Promise<number> {
  const asked = understood(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: EVALUATE_USE });
  const { json } = asked;
  const clusters = await readRecords({ paths: [asked.clusters], id: "id", ignore: [] });
  if (!clusters.ok) return refuseFault(output, { fault: clusters.refusal, json });
  const found = await compared(clusters.value, asked);
  if (!found.ok) return refuseFault(output, { fault: found.refusal, json });
  const { clusterOf, truth, missing, groupings, truthOf } = found.value;
  const calibration = asked.pairs === null ? null : await calibrationOfFile(asked.pairs, truthOf);
  if (calibration?.ok === false) return refuseFault(output, { fault: calibration.refusal, json });
  const households = await householdsAsked(asked, found.value);
  if (households?.ok === false) return refuseFault(output, { fault: households.refusal, json });
  const answer = {
    records: truth.length,
    withoutTruth: missing,
    pairs: pairAgreement(clusterOf, truth),
    bCubed: bCubed(clusterOf, truth),
    byGroup: agreementByGroup({ clusterOf, truth }, groupings),
    calibration: calibration?.ok ? calibration.value : null,
    households: households?.ok ? households.value : null,
  };
  if (json) {
    output.out(JSON.stringify(answer));
    return 0;
  }
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  for (const [name, { precision, recall, f1 }] of [
    ["Pairs", answer.pairs],
    ["Clusters (B-cubed)", answer.bCubed],
  ] as const)
    output.out(`${name}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`);
  for (const { by, group, records, precision, recall } of answer.byGroup)
    output.out(`${by}, ${group}: ${records} records, precision ${percent(precision)}, recall ${percent(recall)}`);
  if (answer.calibration !== null)
    output.out(`Probabilities are off by ${percent(answer.calibration.error)} in the mean of the pairs.`);
  if (answer.households !== null)
    output.out(
      `Households: ${answer.households.households}, of which ${percent(answer.households.exact)} are exact; ${percent(answer.households.shared)} of the members are shared in the mean.`,
    );
  if (missing > 0) output.out(`${missing} records of the clusters have no truth and were left out.`);
  return 0;
}

function householdsAsked({ households, householdTruths, id }: Asked, found: Compared) {
  return households === null ? null : householdsOfFile({ ...found, households, truths: householdTruths, id });
}

type Asked = {
  readonly clusters: string;
  readonly truths: readonly TruthFile[];
  readonly id: string | null;
  readonly pairs: string | null;
  readonly households: string | null;
  readonly householdTruths: readonly TruthFile[];
  /** The day that ages are of; without it ages are not told. */
  readonly day: string | null;
  readonly json: boolean;
};

function understood(words: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    const [clusters] = positionals;
    if (clusters === undefined) return "Say which clusters to evaluate.";
    const truths = filesOf(values.truth);
    const householdTruths = filesOf(values["household-truth"]);
    if (truths.length === 0 || truths.some(isPart)) return "Say where the truth is with --truth FILE:COLUMN.";
    const households = values.households ?? null;
    if (householdTruths.some(isPart) || (households === null) !== (householdTruths.length === 0))
      return "Give both --households HOUSEHOLDS.csv and --household-truth FILE:COLUMN.";
    const day = values.day ?? null;
    if (day !== null && !/^\d{4}-\d{2}-\d{2}$/.test(day)) return "--day is a day such as 2013-03-29.";
    return {
      clusters,
      truths,
      households,
      householdTruths,
      id: values.id ?? null,
      pairs: values.pairs ?? null,
      day,
      json: values.json === true,
    };
  } catch (error) {
    return `${faultOfWords(error)}.`;
  }
}

function filesOf(words: readonly string[] = []): readonly TruthFile[] {
  return words.map((one) => {
    const colon = one.lastIndexOf(":");
    return { path: one.slice(0, Math.max(0, colon)), column: one.slice(colon + 1) };
  });
}

function isPart({ path, column }: TruthFile): boolean {
  return path === "" || column === "";
}

type Compared = {
  readonly ids: readonly string[];
  /** What each cluster is called. */
  readonly clusters: readonly string[];
  readonly clusterOf: Int32Array;
  readonly truth: Int32Array;
  readonly missing: number;
  readonly groupings: readonly Grouping[];
  readonly truthOf: ReadonlyMap<string, string>;
};

type Known = {
  readonly truthOf: Map<string, string>;
  /** By way of grouping, then by id. */
  readonly groups: Map<Grouping["by"], Map<string, string>>;
};

/** The records that both know, in the order of the clusters. The truth of an id column is what stands before its copies. */
async function compared(clusters: Records, asked: Asked): Promise<Result<Compared, ReadFault>> {
  const known: Known = { truthOf: new Map(), groups: new Map() };
  for (const truth of asked.truths) {
    const fault = await addTruth(known, { ...truth, id: asked.id, day: asked.day });
    if (fault !== null) return refuse(fault);
  }
  const { truthOf, groups } = known;
  const column = clusters.columns.find(({ name }) => name === "cluster");
  if (column === undefined)
    return refuse({
      code: "column_not_found",
      message: "The clusters have no column cluster: use what records link wrote.",
    });
  const numbers = new Map<string, number>();
  const [found, truth, ids]: [number[], number[], string[]] = [[], [], []];
  clusters.ids.forEach((one, record) => {
    const value = truthOf.get(one);
    if (value === undefined) return;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    truth.push(number);
    found.push(column.codes[record] ?? -1);
    ids.push(one);
  });
  const groupings = [...groups].map(([by, of]) => ({ by, groupOf: ids.map((one) => of.get(one) ?? null) }));
  const missing = clusters.count - truth.length;
  return accept({
    ids,
    clusters: column.values,
    clusterOf: Int32Array.from(found),
    truth: Int32Array.from(truth),
    missing,
    groupings,
    truthOf,
  });
}

type Truth = Asked["truths"][number] & Pick<Asked, "id" | "day">;

async function addTruth({ truthOf, groups }: Known, { path, column, id, day }: Truth): Promise<ReadFault | null> {
  const read = await readRecords({ paths: [path], id, ignore: [] });
  if (!read.ok) return read.refusal;
  const { columns, ids, idColumns } = read.value;
  const named = columns.find(({ name }) => name === column);
  if (named === undefined && idColumns[0] !== column)
    return { code: "column_not_found", message: `${path} has no column ${column}. Check its first line.` };
  // Where an id stands in several files, CLUSTERS has it with its file.
  const namesOf = (one: string) => [`${basename(path)}:${one}`, one];
  ids.forEach((one, record) => {
    const value = named === undefined ? entityOf(one) : (named.values[named.codes[record] ?? -1] ?? null);
    if (value !== null) for (const name of namesOf(one)) truthOf.set(name, value);
  });
  const compared = { ...read.value, columns: columns.filter((one) => one !== named) };
  for (const { by, groupOf } of groupingsOf(compared, day)) {
    const of = groups.get(by) ?? new Map<string, string>();
    groups.set(by, of);
    ids.forEach((one, record) => {
      const group = groupOf[record];
      if (group) for (const name of namesOf(one)) of.set(name, group);
    });
  }
  return null;
}

/** The first number of an id such as rec-1496-dup-3. */
function entityOf(id: string): string {
  return /\d+/.exec(id)?.[0] ?? id;
}
