/** `--decisions FILE.csv: left_id,right_id,decision`: what reviewers decided, kept whatever the weights say, in every run. */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type DecisionRow, type Decisions, type Records, readDecisions } from "../../linkage/index.ts";
import { readTable, type TableRow } from "../../platform/tables/index.ts";
import { faultOfLink, faultOfTable, type ReadFault } from "./read-records.ts";

/** A million decisions are a lifetime's reading. */
const LIMITS = { rows: 1_000_000, fileBytes: 256 * 1024 ** 2 };
const COLUMNS = ["left_id", "right_id"] as const;
const DECISION = ["decision", "same|different"];

const NONE: Decisions = { mustLink: [], cannotLink: [] };

/** Nothing where no file is named. */
export async function decisionsOf(path: string | null, { ids }: Records): Promise<Result<Decisions, ReadFault>> {
  if (path === null) return accept(NONE);
  const table = await readTable({ path, limits: LIMITS });
  if (!table.ok) return refuse(faultOfTable(path, table.refusal));
  const read: TableRow[] = [];
  const ended = await table.value.eachBatch((rows) => {
    for (const row of rows) read.push(row);
  });
  await table.value.close();
  if (!ended.ok) return refuse(faultOfTable(path, ended.refusal));
  const [headings, ...rows] = read;
  const places = placesOf(headings?.cells ?? []);
  if (typeof places === "string")
    return refuse({ code: "column_not_found", message: `${path} has no column ${places}. Check its first line.` });
  const [left, right, decision] = places;
  const decided = rows.map(
    ({ cells }, at): DecisionRow => ({
      row: at + 2,
      left: cells[left]?.trim() ?? "",
      right: cells[right]?.trim() ?? "",
      decision: cells[decision]?.trim().toLowerCase() ?? "",
    }),
  );
  const found = readDecisions(decided, ids);
  return found.ok ? found : refuse(faultOfLink(found.refusal));
}

/** Where the columns stand, or the first that is missing. */
function placesOf(headings: readonly string[]): readonly [number, number, number] | string {
  const plain = headings.map((heading) => heading.trim().toLowerCase());
  const [left, right] = COLUMNS.map((name) => plain.indexOf(name));
  const decision = plain.findIndex((heading) => DECISION.includes(heading));
  if (left === undefined || left < 0) return COLUMNS[0];
  if (right === undefined || right < 0) return COLUMNS[1];
  return decision < 0 ? "decision" : [left, right, decision];
}
