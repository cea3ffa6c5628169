/**
 * What a run says of families: how many ties of each kind were recorded and how many follow from them, and what was left out because it
 * contradicts itself, names too many or names nobody. No person is named.
 */
import type { TieFacts } from "../../../linkage/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import { cell, column, type MoneyTable, numeric } from "../money/tables.ts";
import { reportWords as words } from "./report-words.ts";

export function presentTies({ kinds, ...left }: TieFacts) {
  const table: MoneyTable = {
    caption: words.ties,
    columns: [column(words.tie), numeric(words.tiesRecorded), numeric(words.tiesInferred)],
    rows: kinds.map(({ kind, recorded, inferred }) => ({
      cells: [cell(words.tieKinds[kind]), cell(formatNumber(recorded)), cell(formatNumber(inferred))],
    })),
  };
  const any = kinds.some(({ recorded, inferred }) => recorded + inferred > 0);
  return { table: any ? table : null, left: leftSaid(left) };
}

/** Only what there is. */
function leftSaid(left: Omit<TieFacts, "kinds">): readonly string[] {
  const said: readonly (readonly [number, (number: string, count: number) => string])[] = [
    [left.unknownReferences, words.unknownReferences],
    ...left.contradictions.map(({ code, relations }) => [relations, words.contradictions[code]] as const),
    [left.crowdedPeople, words.crowdedPeople],
    [left.crowdedHomes, words.crowdedHomes],
  ];
  return said.flatMap(([count, say]) => (count === 0 ? [] : [say(formatNumber(count), count)]));
}
