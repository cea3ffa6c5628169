/** The filter of the spending pages: its fields, what is chosen now and how to let go of it, and the financial years. */
import { type Day, financialYear } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import type { SpendingExplored } from "../../../spending/index.ts";
import { formatMonth } from "../../shell/formats.ts";
import { areaValue, isFiltered, type SpendQuery, withQuery } from "./address.ts";
import { spendingWords } from "./words.ts";

type Choice = { readonly value: string; readonly text: string; readonly selected: boolean };
export type FilterField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly choices?: readonly Choice[];
};

export type FilterForm = {
  readonly title: string;
  readonly action: string;
  readonly open: boolean;
  readonly clearHref: string | undefined;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly fields: readonly FilterField[];
  readonly chosen: readonly {
    readonly label: string;
    readonly text: string;
    readonly removeHref: string;
    readonly removeText: string;
  }[];
  readonly chosenLabel: string;
};

export type Filtering = {
  readonly language: Language;
  readonly path: string;
  readonly query: SpendQuery;
  readonly explored: Pick<SpendingExplored, "choices" | "publishers" | "supplierIsWhole">;
  readonly fileName?: string | undefined;
  readonly faulty?: boolean;
};

export function presentFilter(the: Filtering): FilterForm {
  const { query, path } = the;
  const words = spendingWords(the.language);
  return {
    title: words("filter"),
    action: path,
    open: the.faulty === true,
    clearHref: isFiltered(query) ? path : undefined,
    hidden: (["fileId", "credits"] as const).flatMap((name) => {
      const value = query[name];
      return value === undefined ? [] : [{ name, value }];
    }),
    fields: fieldsOf(the),
    chosen: chosenOf(the),
    chosenLabel: words("showing"),
  };
}

function fieldsOf({ language, query, explored }: Filtering): readonly FilterField[] {
  const words = spendingWords(language);
  const { choices, publishers } = explored;
  const pick = (
    chosen: string | undefined,
    any: string,
    all: readonly { readonly value: string; readonly text: string }[],
  ): readonly Choice[] => [
    { value: "", text: any, selected: chosen === undefined },
    ...all.map((one) => ({ ...one, selected: one.value === chosen })),
  ];
  const months = monthsOf(choices.months, query).map((month) => ({
    value: month,
    text: formatMonth(language, month),
  }));
  const areas = choices.serviceAreas.map((area) => ({
    value: areaValue(area),
    text: area === "" ? words("noArea") : shorten(area),
  }));
  const bodies = publishers.map(({ publisherId, name }) => ({ value: publisherId, text: name }));
  const area = query.serviceArea === undefined ? undefined : areaValue(query.serviceArea);
  return [
    ...(bodies.length > 1
      ? [
          {
            name: "publisherId",
            label: words("publisher"),
            choices: pick(query.publisherId, words("anyPublisher"), bodies),
          },
        ]
      : []),
    { name: "serviceArea", label: words("serviceArea"), choices: pick(area, words("anyArea"), areas) },
    { name: "supplier", label: words("supplier"), hint: words("supplierHint"), value: query.supplier ?? "" },
    { name: "from", label: words("fromMonth"), choices: pick(query.from, words("firstMonth"), months) },
    { name: "to", label: words("toMonth"), choices: pick(query.to, words("lastMonth"), months.toReversed()) },
  ];
}

function chosenOf({ language, query, path, explored, fileName }: Filtering): FilterForm["chosen"] {
  const words = spendingWords(language);
  const chip = (label: string, text: string, without: SpendQuery) => ({
    label,
    text,
    removeHref: withQuery(path, { ...query, ...without }),
    removeText: words("remove"),
  });
  const chips: FilterForm["chosen"][number][] = [];
  if (query.fileId !== undefined) chips.push(chip(words("file"), fileName ?? query.fileId, { fileId: undefined }));
  if (query.credits !== undefined) chips.push(chip(words("lines"), words("onlyCredits"), { credits: undefined }));
  if (query.publisherId !== undefined) {
    const name = explored.publishers.find(({ publisherId }) => publisherId === query.publisherId)?.name;
    chips.push(chip(words("publisher"), name ?? query.publisherId, { publisherId: undefined }));
  }
  if (query.serviceArea !== undefined)
    chips.push(chip(words("serviceArea"), query.serviceArea || words("noArea"), { serviceArea: undefined }));
  if (query.supplier !== undefined) {
    const text = explored.supplierIsWhole === false ? words("supplierPart", { text: query.supplier }) : query.supplier;
    chips.push(chip(words("supplier"), text, { supplier: undefined }));
  }
  if (query.from !== undefined)
    chips.push(chip(words("fromMonth"), formatMonth(language, query.from), { from: undefined }));
  if (query.to !== undefined) chips.push(chip(words("toMonth"), formatMonth(language, query.to), { to: undefined }));
  return chips;
}

/** An option has no second line: a longer name would be wider than a phone. */
function shorten(name: string): string {
  return name.length > OPTION_LETTERS ? `${name.slice(0, OPTION_LETTERS)}…` : name;
}

const OPTION_LETTERS = 60;
/** YYYY-MM of the months that have spending, and of a month that an address asks for though it has none. */
function monthsOf(published: readonly Day[], query: SpendQuery): readonly string[] {
  const asked = [query.from, query.to].filter((month) => month !== undefined);
  return [...new Set([...published.map((month) => month.slice(0, 7)), ...asked])].toSorted();
}

export type YearLink = { readonly text: string; readonly href: string; readonly current: boolean };
const YEARS_SHOWN = 8;

/** Every financial year that has spending, the newest first, and all of them together. */
export function presentYears({ language, path, query, explored }: Filtering): readonly YearLink[] {
  const { months } = explored.choices;
  if (months.length === 0) return [];
  const links: YearLink[] = [
    {
      text: spendingWords(language)("all"),
      href: withQuery(path, { ...query, from: undefined, to: undefined }),
      current: query.from === undefined && query.to === undefined,
    },
  ];
  const years = new Map(months.toReversed().map((month) => [financialYear(month).name, financialYear(month)]));
  for (const year of [...years.values()].slice(0, YEARS_SHOWN)) {
    const [from, to] = [year.from.slice(0, 7), year.to.slice(0, 7)];
    links.push({
      text: year.name,
      href: withQuery(path, { ...query, from, to }),
      current: query.from === from && query.to === to,
    });
  }
  return links;
}
