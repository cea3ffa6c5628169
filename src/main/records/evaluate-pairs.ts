/** `records evaluate … --pairs PAIRS.csv`: whether the probabilities that records link wrote mean what they say. */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type Calibration, calibrationOf } from "../../linkage/index.ts";
import { readTable } from "../../platform/tables/index.ts";
import { faultOfTable, type ReadFault } from "./read-records.ts";

const LIMITS = { rows: 100_000_000, fileBytes: 8 * 1024 ** 3 };

type Pair = { readonly chance: number; readonly match: boolean };

/** Pairs of which the truth of either record is not known are left out. */
export async function calibrationOfFile(
  path: string,
  truthOf: ReadonlyMap<string, string>,
): Promise<Result<Calibration, ReadFault>> {
  const table = await readTable({ path, limits: LIMITS });
  if (!table.ok) return refuse(faultOfTable(path, table.refusal));
  const pairs: Pair[] = [];
  let places: readonly number[] | null = null;
  const ended = await table.value.eachBatch((rows) => {
    for (const { cells } of rows) {
      if (places === null) {
        places = ["left_id", "right_id", "probability"].map((name) => cells.indexOf(name));
        continue;
      }
      const [left, right, chance] = places.map((place) => cells[place] ?? "");
      const one = truthOf.get(left ?? "");
      const other = truthOf.get(right ?? "");
      if (one !== undefined && other !== undefined) pairs.push({ chance: Number(chance), match: one === other });
    }
  });
  await table.value.close();
  if (!ended.ok) return refuse(faultOfTable(path, ended.refusal));
  if ((places as readonly number[] | null)?.includes(-1) !== false)
    return refuse({
      code: "column_not_found",
      message: `${path} lacks left_id, right_id or probability: use what records link wrote.`,
    });
  return accept(
    calibrationOf({
      count: pairs.length,
      chanceOf: (pair) => pairs[pair]?.chance ?? 0,
      isMatch: (pair) => pairs[pair]?.match === true,
      least: 0,
    }),
  );
}
