/** What was spent on each group of voters, as a picture and its table, for each thing that the file knows of its voters. */
import {
  bareAmount,
  formatAmount,
  type GroupColumn,
  type GroupShown,
  type GroupsShown,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import type { Chart } from "../../charts/chart.ts";
import { markedBars } from "../../charts/marked-bars.ts";
import { formatNumber } from "../../shell/formats.ts";
import { withUnit } from "./frame.ts";
import { groupWords } from "./group-words.ts";

type Shown = { readonly language: Language; readonly currency: string | null };

export function presentGroups(groups: readonly GroupsShown[], shown: Shown) {
  const words = groupWords(shown.language);
  return {
    title: words("title"),
    lead: words("lead"),
    nothing: words("none"),
    charts: groups.map((one) => groupsChart(one, shown)),
    withheld: groups.some(({ groups: all }) => all.some(({ received }) => received === null))
      ? words("withheld")
      : null,
  };
}

function groupsChart({ column, groups }: GroupsShown, shown: Shown): Chart {
  const { language, currency } = shown;
  const words = groupWords(language);
  const drawn = groups.filter(({ received }) => received !== null);
  return markedBars({
    language,
    idPrefix: `groups-${column.replace("_", "-")}`,
    title: words(`by_${column}`),
    description: words("description", { count: drawn.length }),
    bars: drawn.map((group) => ({
      label: nameOf(group, { column, language }),
      text: words("ofEqual", { percent: group.percent ?? 0 }),
      value: group.percent,
      mark: 100,
    })),
    table: {
      caption: words(`by_${column}`),
      columns: [
        { label: words(column), numeric: false },
        { label: words("voters"), numeric: true },
        { label: withUnit(words("received"), currency), numeric: true },
        { label: withUnit(words("equalPart"), currency), numeric: true },
        { label: words("percent"), numeric: true },
        { label: words("withNothing"), numeric: true },
      ],
      rows: groups.map((group) => [
        nameOf(group, { column, language }),
        formatNumber(group.voters),
        group.received === null ? words("notShown") : bareAmount(group.received),
        bareAmount(group.equalPart),
        group.percent === null ? words("notShown") : `${formatNumber(group.percent)}%`,
        withNothingSaid(group, language),
      ]),
      rowHrefs: groups.map(() => null),
      total: null,
    },
    notes: [words("note", { amount: largestSaid(drawn, { column, ...shown }) })],
    empty: words("tooSmall"),
  });
}

/** The group that is furthest from an equal part, in one sentence. */
function largestSaid(
  groups: readonly GroupShown[],
  { column, language, currency }: Shown & { readonly column: GroupColumn },
) {
  const words = groupWords(language);
  const [first] = groups.toSorted(
    (one, other) => Math.abs((other.percent ?? 100) - 100) - Math.abs((one.percent ?? 100) - 100),
  );
  if (first === undefined || first.received === null || first.percent === 100) return "";
  return words("furthest", {
    name: nameOf(first, { column, language }),
    received: formatAmount(first.received, currency),
    equalPart: formatAmount(first.equalPart, currency),
  });
}

function withNothingSaid({ received, withNothing, voters }: GroupShown, language: Language): string {
  const words = groupWords(language);
  if (received === null) return words("notShown");
  if (withNothing === null) return words("fewer");
  return withNothing === 0 ? "0" : `${formatNumber(withNothing)} (${Math.round((withNothing * 100) / voters)}%)`;
}

/** Pabulib's letters and words for a sex and a way of voting; whatever else a file writes stands as it is. */
const KNOWN = {
  sex: { M: "male", F: "female", O: "otherSex" },
  voting_method: { internet: "internet", paper: "paper" },
} as const satisfies Partial<Record<GroupColumn, Readonly<Record<string, string>>>>;

function nameOf(group: GroupShown, the: { readonly column: GroupColumn; readonly language: Language }): string {
  const words = groupWords(the.language);
  if (group.kind === "not_given") return words("notGiven");
  if (group.kind === "together") return words("together");
  const name = group.name ?? "";
  if (the.column === "age") return name.replace("-", "–");
  const known = the.column === "sex" || the.column === "voting_method" ? KNOWN[the.column] : {};
  const key = (known as Readonly<Record<string, "male" | "female" | "otherSex" | "internet" | "paper">>)[name];
  return key === undefined ? name : words(key);
}
