/**
 * Who is served worse: for each group of records, how many matches are expected to be missed and how many links to be wrong. Groups of
 * fewer than ten records are not shown. That error differs by group and must be reported so: Ruth Gilbert et al., "GUILD: GUidance for
 * Information about Linking Data sets", Journal of Public Health 40, 2018.
 */
import type { Language } from "../../../lib/language.ts";
import type { GroupFacts, RunReport } from "../../../linkage/index.ts";
import type { Chart } from "../../charts/chart.ts";
import { groupedBars } from "../../charts/grouped-bars.ts";
import { formatNumber } from "../../shell/formats.ts";
import { groupSaid } from "./group-words.ts";
import { reportWords as words } from "./report-words.ts";

const LEAST_RECORDS = 10;
const GROUPINGS = ["moved", "missing", "age", "sex"] as const;

const isShown = ({ records }: GroupFacts) => records >= LEAST_RECORDS;

export function groupCharts({ groups }: Pick<RunReport, "groups">, language: Language): readonly Chart[] {
  return GROUPINGS.flatMap((grouping) => {
    const own = groups.filter((group) => group.grouping === grouping).toSorted((a, b) => placeOf(a) - placeOf(b));
    return own.length === 0 ? [] : [groupChart(own, { grouping, language })];
  });
}

const MISSING = ["none", "one", "two or more"];

/** Ages from the youngest, missing fields from none; others as they come. */
function placeOf({ grouping, group }: GroupFacts): number {
  if (grouping === "age") return Number.parseInt(group, 10) || 0;
  return grouping === "missing" ? MISSING.indexOf(group) : 0;
}

type Asked = { readonly grouping: GroupFacts["grouping"]; readonly language: Language };

function groupChart(groups: readonly GroupFacts[], { grouping, language }: Asked): Chart {
  const shown = groups.filter(isShown);
  const [worst] = shown.toSorted((a, b) => b.missedShare - a.missedShare);
  const title = words.groups(words[`by_${grouping}`]);
  return groupedBars({
    language,
    idPrefix: `groups-${grouping}`,
    title,
    description:
      worst === undefined ? "" : words.groupsDescription(groupSaid(worst).ofPeople, per100(worst.missedShare)),
    groups: [
      {
        heading: "",
        rows: shown.map((group) => ({
          label: groupSaid(group).short,
          bars: [
            { value: group.missedShare, text: words.per100(per100(group.missedShare)), paint: "filled" },
            { value: group.wrongShare, text: words.per100(per100(group.wrongShare)), paint: "outlined" },
          ],
        })),
      },
    ],
    key: [
      { paint: "filled", text: words.missed },
      { paint: "outlined", text: words.wrong },
    ],
    table: {
      caption: title,
      columns: [
        { label: words.group, numeric: false },
        { label: words.records, numeric: true },
        { label: words.missed, numeric: true },
        { label: words.missedNumber, numeric: true },
        { label: words.links, numeric: true },
        { label: words.wrong, numeric: true },
        { label: words.wrongNumber, numeric: true },
      ],
      rows: groups.map(rowOf),
      rowHrefs: groups.map(() => null),
      total: null,
    },
    notes: shown.length < groups.length ? [words.withheldNote] : [],
    empty: words.withheldNote,
  });
}

function rowOf(group: GroupFacts): readonly string[] {
  const { short } = groupSaid(group);
  if (!isShown(group)) return [short, words.withheld, "", "", "", "", ""];
  return [
    short,
    formatNumber(group.records),
    per100(group.missedShare),
    formatNumber(missedOf(group)),
    formatNumber(group.links),
    per100(group.wrongShare),
    formatNumber(Math.round(group.links * group.wrongShare)),
  ];
}

/** Right links are the matches that were not missed. */
function missedOf({ links, missedShare, wrongShare }: GroupFacts): number {
  const right = links * (1 - wrongShare);
  return missedShare >= 1 ? 0 : Math.round((right * missedShare) / (1 - missedShare));
}

/** With one decimal below ten. */
function per100(share: number): string {
  const number = share * 100;
  return number < 9.95 ? number.toFixed(1).replace(/\.0$/, "") : formatNumber(Math.round(number));
}

/** Two in a hundred more, and half as many again, is clearly worse. */
const CLEARLY = { points: 0.02, times: 1.5 };

/** The group that is served clearly worst beside the best of its grouping, in a sentence; or that there is none. */
export function worstSaid({ groups }: Pick<RunReport, "groups">): string {
  const found = GROUPINGS.flatMap((grouping) => {
    const own = groups.filter((group) => group.grouping === grouping && isShown(group));
    const order = own.toSorted((a, b) => a.missedShare - b.missedShare);
    const [best, worst] = [order[0], order.at(-1)];
    if (best === undefined || worst === undefined) return [];
    const apart = worst.missedShare - best.missedShare;
    const clear = apart >= CLEARLY.points && worst.missedShare >= CLEARLY.times * best.missedShare;
    return clear ? [{ best, worst, apart }] : [];
  });
  const [first] = found.toSorted((a, b) => b.apart - a.apart);
  if (first === undefined) return words.notWorse;
  return words.worse({
    group: groupSaid(first.worst).ofPeople,
    missed: words.per100(per100(first.worst.missedShare)),
    others: groupSaid(first.best).ofPeople,
    than: per100(first.best.missedShare),
  });
}
