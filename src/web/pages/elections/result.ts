/** A result as it is shown: every word and amount, and the picture of its rounds. */
import { MEANINGS } from "../../../allocation/index.ts";
import {
  bareAmount,
  type Choice,
  type Counted,
  type FileShown,
  formatAmount,
  mayBeWorkedOut,
  writeChoice,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import type { Chart } from "../../charts/chart.ts";
import { rounds, roundsDrawn } from "../../charts/rounds.ts";
import { formatNumber } from "../../shell/formats.ts";
import { queryOf, ruleSaid } from "./choice-form.ts";
import { choiceWords } from "./choice-words.ts";
import { electionPath, fileName, withUnit } from "./frame.ts";
import { presentGroups } from "./groups.ts";
import { bySaid, howSaid } from "./how.ts";
import { howWords } from "./how-words.ts";
import { recountCommand, verifyCommand } from "./recount.ts";
import { resultWords } from "./result-words.ts";
import { placeName } from "./start-page.ts";

export type Result = {
  readonly language: Language;
  readonly file: FileShown;
  readonly choice: Choice;
  readonly counted: Counted;
};

/** Of funded, of other projects and of ties: a page of more is read by nobody, and the table to take away has them all. */
const MOST_LISTED = 300;

export function presentResult(result: Result) {
  const { language, file, choice, counted } = result;
  const words = resultWords(language);
  const key = writeChoice(choice);
  const at = (name: string) => electionPath(file.address, key, name);
  const of = (number: number) => electionPath(file.address, key, "projects", String(number));
  return {
    r: words,
    madeUp: file.madeUp,
    sentence: wonSaid(result),
    how: { title: howWords(language)("title"), sentences: howSaid(counted, language) },
    rule: { title: howWords(language)("inFull"), text: `${ruleSaid(choice, language)}.` },
    decided:
      file.rule !== null && file.place !== null && writeChoice(file.rule) === key
        ? words("decided", { place: placeName(file.place, language) })
        : null,
    funded: fundedTable(result),
    fundedSaid: counted.funded
      .slice(0, MOST_LISTED)
      .map(({ name, number, said }) => ({ name, href: of(number), text: said[language] })),
    chart: roundsChart(result),
    listedMore: [counted.funded, counted.others].some(({ length }) => length > MOST_LISTED)
      ? words("listedMore", { count: MOST_LISTED })
      : null,
    others: othersOf(result),
    meanings: meaningsOf(result),
    ...votersOf(result),
    groups: presentGroups(counted.groups, { language, currency: counted.currency }),
    checks: counted.checks.map(({ said, meaning }) => ({
      text: said[language],
      meaning: meaning === null ? null : meaning[language],
    })),
    ...tiesOf(result),
    compared: comparedSaid(result),
    part:
      counted.part &&
      words("part", { project: counted.part.project, money: formatAmount(counted.part.money, counted.currency) }),
    files: [
      { text: words("replay"), href: at("replay.json") },
      { text: words("csv"), href: at("result.csv") },
      { text: words("file"), href: electionPath(file.address, "file.pb") },
    ],
    command: recountCommand(file, choice),
    verifyCommand: verifyCommand(file),
    links: [
      { text: words("otherRule"), href: `${electionPath(file.address)}?${queryOf(choice)}#rule` },
      { text: words("compare"), href: `${electionPath(file.address, "compare")}?one=${encodeURIComponent(key)}` },
    ],
    title: words("title", { name: fileName(file, language) }),
  };
}

function othersOf({ language, file, choice, counted }: Result) {
  const words = resultWords(language);
  const key = writeChoice(choice);
  return counted.others.slice(0, MOST_LISTED).map((other) => ({
    name: other.name,
    href: electionPath(file.address, key, "projects", String(other.number)),
    cost: formatAmount(other.cost, counted.currency),
    votes: `${words("votes")}: ${formatNumber(other.votes)}`,
    sentences: [
      other.said[language],
      ...(other.changed === null ? [] : [other.changed[language]]),
      ...(other.instead === null ? [] : [other.instead[language]]),
    ],
    notSearched: mayBeWorkedOut(other),
  }));
}

function wonSaid({ language, choice, counted }: Result): string {
  const words = resultWords(language);
  const rule = bySaid(choice, language);
  const [cost, budget] = [formatAmount(counted.cost, counted.currency), formatAmount(counted.budget, counted.currency)];
  if (counted.funded.length === 0) return words("wonNone", { budget, rule });
  const count = counted.funded.length;
  const number = formatNumber(count);
  return words("won", { count, number, all: formatNumber(counted.projects), cost, budget, rule });
}

function fundedTable({ language, file, choice, counted }: Result) {
  const words = resultWords(language);
  const price = choice.rule === "equal-shares" ? words("priceShares") : words("pricePlain");
  return {
    columns: [
      { label: words("project"), numeric: false },
      { label: words("order"), numeric: true },
      { label: withUnit(words("cost"), counted.currency), numeric: true },
      { label: words("votes"), numeric: true },
      { label: withUnit(price, counted.currency), numeric: true },
    ],
    rows: counted.funded.slice(0, MOST_LISTED).map((project, at) => ({
      cells: [
        {
          text: project.name,
          href: electionPath(file.address, writeChoice(choice), "projects", String(project.number)),
        },
        { text: formatNumber(at + 1) },
        { text: bareAmount(project.cost) },
        { text: formatNumber(project.votes) },
        { text: project.price === null ? "–" : bareAmount(project.price) },
      ],
    })),
  };
}

function roundsChart({ language, counted }: Result): Chart {
  const words = resultWords(language);
  const { funded, currency } = counted;
  const share = (amount: string) => Number(amount) / Math.max(Number(counted.budget), Number.MIN_VALUE);
  const first = funded[0]?.stage;
  const second = funded.find(({ stage }) => stage !== first)?.stage;
  const drawn = roundsDrawn(funded.length);
  return rounds({
    language,
    idPrefix: "rounds",
    title: words("rounds"),
    description: words("roundsDescription", {
      count: funded.length,
      cost: formatAmount(counted.cost, currency),
      budget: formatAmount(counted.budget, currency),
    }),
    budget: words("budgetLine", { budget: formatAmount(counted.budget, currency) }),
    rounds: funded.map((project) => ({
      label: project.name,
      cost: formatAmount(project.cost, currency),
      votes: formatNumber(project.votes),
      spent: formatAmount(project.spent, currency),
      from: share(project.spent) - share(project.cost),
      to: share(project.spent),
      tone: project.stage === first ? "navy" : "teal",
    })),
    table: {
      caption: words("rounds"),
      columns: [
        { label: words("project"), numeric: false },
        { label: words("order"), numeric: true },
        { label: words("stage"), numeric: false },
        { label: withUnit(words("cost"), currency), numeric: true },
        { label: withUnit(words("spent"), currency), numeric: true },
        { label: words("votes"), numeric: true },
      ],
      rows: funded.map((project, at) => [
        project.name,
        formatNumber(at + 1),
        words(`stage_${project.stage}`),
        bareAmount(project.cost),
        bareAmount(project.spent),
        formatNumber(project.votes),
      ]),
      rowHrefs: funded.map(() => null),
      total: null,
    },
    notes: [
      ...(first !== undefined && second !== undefined
        ? [words("stages", { first: words(`stage_${first}`), second: words(`stage_${second}`) })]
        : []),
      ...(drawn < funded.length ? [words("roundsMore", { drawn })] : []),
    ],
    empty: words("noRounds"),
  });
}

function meaningsOf({ language, counted, choice }: Result): readonly string[] {
  const changed = counted.others.some((other) => other.changed !== null);
  return [
    ...(changed ? [MEANINGS.further_supporters[language], MEANINGS.lower_cost[language]] : []),
    ...(choice.rule === "equal-shares" ? [MEANINGS.effective_votes[language]] : []),
  ];
}

/** Whole per cent, to the nearest. */
function percent(part: number, all: number): number {
  return all === 0 ? 0 : Math.round((part * 100) / all);
}

function votersOf({ language, counted }: Result) {
  const words = resultWords(language);
  const { votersByFunded: by, voters } = counted;
  const nothing = by[0] ?? 0;
  return {
    votersNothing: words("votersNothing", {
      percent: percent(nothing, voters),
      number: formatNumber(nothing),
      all: formatNumber(voters),
    }),
    voters: {
      columns: [
        { label: words("choicesFunded"), numeric: false },
        { label: words("ofVoters"), numeric: true },
        { label: words("share"), numeric: true },
      ],
      rows: by.map((count, funded) => ({
        cells: [
          {
            text:
              funded === 0
                ? words("none")
                : funded === by.length - 1
                  ? words("orMore", { count: funded })
                  : String(funded),
          },
          { text: formatNumber(count) },
          { text: `${percent(count, voters)}%` },
        ],
      })),
    },
  };
}

function tiesOf({ language, choice, counted }: Result) {
  const words = resultWords(language);
  return {
    tiesBy: words("tiesBy", { ties: choiceWords(language)(`ties_${choice.ties}`) }),
    ties: counted.ties.slice(0, MOST_LISTED).map(({ stage, round, projects, others, taken }) =>
      words("tie", {
        stage: words(`stage_${stage}`),
        ...{ round, taken },
        projects: [...projects, ...(others > 0 ? [words("andOthers", { count: others })] : [])].join(", "),
      }),
    ),
    tiesMore:
      counted.ties.length > MOST_LISTED
        ? words("tiesMore", { shown: MOST_LISTED, number: formatNumber(counted.ties.length) })
        : null,
  };
}

function comparedSaid({ language, counted }: Result): string | null {
  if (counted.compared === null) return null;
  const { kept, preferRule, preferGreedy } = counted.compared;
  const voters = { rule: formatNumber(preferRule), greedy: formatNumber(preferGreedy) };
  return resultWords(language)(kept === "rule" ? "comparedRule" : "comparedGreedy", voters);
}
