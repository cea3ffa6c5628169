/** `records evaluate --households OUT.csv --household-truth FILE:COLUMN`: how many true households were found exactly. */
import { basename } from "node:path";
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type HouseholdAgreement, householdAgreement } from "../../linkage/index.ts";
import { type ReadFault, readRecords } from "./read-records.ts";

export type TruthFile = { readonly path: string; readonly column: string };

type Asked = {
  readonly households: string;
  readonly truths: readonly TruthFile[];
  readonly id: string | null;
  /** The records that clusters and truth know, in one order: ids, the true person and the cluster of each. */
  readonly ids: readonly string[];
  readonly truth: Int32Array;
  readonly clusterOf: Int32Array;
  /** What each cluster is called in the file of clusters. */
  readonly clusters: readonly string[];
};

export async function householdsOfFile(the: Asked): Promise<Result<HouseholdAgreement, ReadFault>> {
  const read = await readRecords({ paths: [the.households], id: "cluster", ignore: [] });
  if (!read.ok) return read;
  const column = read.value.columns.find(({ name }) => name === "household");
  if (column === undefined)
    return refuse({
      code: "column_not_found",
      message: "The households have no column household: use what records link wrote.",
    });
  const householdOf = new Map(read.value.ids.map((cluster, row) => [cluster, column.codes[row] as number]));
  const lives = await trueHouseholds(the);
  if (!lives.ok) return lives;
  return accept(
    householdAgreement({
      person: the.truth,
      found: the.clusterOf,
      household: the.clusterOf.map((cluster) => householdOf.get(the.clusters[cluster] ?? "") ?? -1),
      livesWith: (person) => lives.value.get(person) ?? -1,
    }),
  );
}

/** The true household of each true person, by the first record that tells. */
async function trueHouseholds(the: Asked): Promise<Result<ReadonlyMap<number, number>, ReadFault>> {
  const named = new Map<string, string>();
  for (const { path, column } of the.truths) {
    const read = await readRecords({ paths: [path], id: the.id, ignore: [] });
    if (!read.ok) return read;
    const truth = read.value.columns.find(({ name }) => name === column);
    if (truth === undefined)
      return refuse({ code: "column_not_found", message: `${path} has no column ${column}. Check its first line.` });
    read.value.ids.forEach((id, record) => {
      const household = truth.values[truth.codes[record] as number];
      if (household !== undefined) for (const name of [`${basename(path)}:${id}`, id]) named.set(name, household);
    });
  }
  const numbers = new Map<string, number>();
  const found = new Map<number, number>();
  the.ids.forEach((id, at) => {
    const household = named.get(id);
    const person = the.truth[at] as number;
    if (household === undefined || found.has(person)) return;
    const number = numbers.get(household) ?? numbers.size;
    numbers.set(household, number);
    found.set(person, number);
  });
  return accept(found);
}
