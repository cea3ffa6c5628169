/**
 * The levels of the house's comparisons as conditions in DuckDB's SQL, by the names of the levels. Columns hold texts as the house
 * compares them: one case, no accents or punctuation; dates as YYYY-MM-DD; postcodes with a space before their last three characters. Levels stand in the order in
 * which Splink must ask for them. What SQL cannot say (diminutives, sounds, check digits, rarity of words) is left out of a condition,
 * and `approximated` says so.
 */

export type WrittenLevel = {
  readonly name: string;
  readonly condition: string;
  /** How much of a term's rarity counts, and of which column; null where it is not written. */
  readonly terms: { readonly column: string; readonly weight: number } | null;
};

export type WrittenComparison = {
  readonly missing: string;
  readonly levels: readonly WrittenLevel[];
  /** What the conditions do not say. */
  readonly approximated: string | null;
};

export type Side = "l" | "r";
export type Part = { readonly l: string; readonly r: string };

export function quoted(column: string, side: Side): string {
  return `"${column.replaceAll('"', '""')}_${side}"`;
}

export const ofColumn = (column: string): Part => ({ l: quoted(column, "l"), r: quoted(column, "r") });

const likeness = ({ l, r }: Part) => `jaro_winkler_similarity(${l}, ${r})`;
const mistakes = ({ l, r }: Part) => `damerau_levenshtein(${l}, ${r})`;
const longer = ({ l, r }: Part, than: number) => `length(${l}) > ${than} AND length(${r}) > ${than}`;
const each = ({ l, r }: Part, of: (one: string) => string): Part => ({ l: of(l), r: of(r) });
const alike = ({ l, r }: Part) => `${l} = ${r}`;
const within = ({ l, r }: Part) =>
  `contains(' ' || ${l} || ' ', ' ' || ${r} || ' ') OR contains(' ' || ${r} || ' ', ' ' || ${l} || ' ')`;

type Conditions = Readonly<Record<string, (part: Part) => string>>;

const year = (part: Part) => alike(each(part, (one) => `substr(${one}, 1, 4)`));
const month = (part: Part) => alike(each(part, (one) => `substr(${one}, 6, 2)`));
const day = (part: Part) => alike(each(part, (one) => `substr(${one}, 9, 2)`));

const DATES: Conditions = {
  "day and month swapped": (part) =>
    `${year(part)} AND substr(${part.l}, 6, 2) = substr(${part.r}, 9, 2) AND substr(${part.l}, 9, 2) = substr(${part.r}, 6, 2)`,
  "one digit mistyped": (part) => `${mistakes(each(part, (one) => `replace(${one}, '-', '')`))} <= 1`,
  "year off by one, or two parts the same": (part) =>
    `(${year(part)} AND ${month(part)}) OR (${year(part)} AND ${day(part)}) OR (${month(part)} AND ${day(part)})`,
  "same year": year,
};

const plain = (part: Part) => each(part, (one) => `replace(${one}, ' ', '')`);

const NUMBERS: Conditions = {
  "one digit mistyped": (part) => `${mistakes(plain(part))} <= 1`,
  "two digits mistyped": (part) => `${mistakes(plain(part))} <= 2 AND ${longer(plain(part), 5)}`,
};

const TEXTS: Conditions = {
  mistyped: (part) => `${likeness(part)} >= 0.92 OR (${longer(part, 3)} AND ${mistakes(part)} <= 1)`,
  alike: (part) => `${likeness(part)} >= 0.8 OR ${within(part)}`,
};

const NHS: Conditions = {
  "mistyped: one fails its check digit": (part) => `${mistakes(plain(part))} <= 2`,
};

const before = (part: Part) => each(part, (one) => `split_part(${one}, '@', 1)`);

const EMAILS: Conditions = {
  "mistyped, or the same name elsewhere": (part) => `${alike(before(part))} OR ${mistakes(part)} <= 3`,
  "a like name": (part) => `${likeness(before(part))} >= 0.88`,
};

/** A part of a whole postcode; missing of what is none. */
const ofPostcode = (part: Part, pattern: string) =>
  alike(each(part, (one) => `NULLIF(regexp_extract(${one}, '${pattern}', 1), '')`));

const POSTCODES: Conditions = {
  "one letter mistyped": (part) => `${mistakes(part)} <= 1`,
  "same sector": (part) => ofPostcode(part, "^([a-z]{1,2}[0-9][0-9a-z]? [0-9])[a-z]{2}$"),
  "same district": (part) => ofPostcode(part, "^([a-z]{1,2}[0-9][0-9a-z]?) [0-9][a-z]{2}$"),
  "same area": (part) => ofPostcode(part, "^([a-z]{1,2})[0-9][0-9a-z]? [0-9][a-z]{2}$"),
};

const words = (one: string) => `string_split(${one}, ' ')`;

const ADDRESSES: Conditions = {
  mistyped: (part) =>
    `${alike(plain(part))} OR ${likeness(part)} >= 0.93 OR (${longer(part, 5)} AND ${mistakes(part)} <= 2)`,
  "most words shared": ({ l, r }) =>
    `len(list_intersect(${words(l)}, ${words(r)})) > 0.6 * least(len(${words(l)}), len(${words(r)}))`,
};

const KINDS: readonly { readonly conditions: Conditions; readonly approximated: string | null }[] = [
  { conditions: DATES, approximated: null },
  { conditions: NUMBERS, approximated: null },
  { conditions: TEXTS, approximated: "a shared beginning counts less" },
  { conditions: NHS, approximated: "check digits are not looked at" },
  { conditions: EMAILS, approximated: "a shared beginning counts less" },
  { conditions: POSTCODES, approximated: null },
  { conditions: ADDRESSES, approximated: "every word counts the same" },
  { conditions: {}, approximated: null },
];

const NEAR_TERMS = 0.5;

/** A comparison of one column; null where its levels are none that can be written. */
export function writeOfColumn(column: string, names: readonly string[]): WrittenComparison | null {
  if (names[0] !== "same" || names.at(-1) !== "different") return null;
  const between = names.slice(1, -1);
  const kind = KINDS.find(
    ({ conditions }) =>
      Object.keys(conditions).length === between.length && between.every((name) => conditions[name] !== undefined),
  );
  if (kind === undefined) return null;
  const part = ofColumn(column);
  const levels = names.map((name, at): WrittenLevel => {
    if (at === names.length - 1) return { name, condition: "ELSE", terms: null };
    const terms = { column, weight: at === 0 ? 1 : NEAR_TERMS };
    return { name, condition: at === 0 ? alike(part) : (kind.conditions[name]?.(part) ?? ""), terms };
  });
  return { missing: `${part.l} IS NULL OR ${part.r} IS NULL`, levels, approximated: kind.approximated };
}

export type TwoWritten = {
  readonly called: readonly [string, string];
  readonly parts: readonly [Part, Part];
  readonly ofNames: boolean;
};

/** Two columns compared as one. Each part's level is asked as "at least so alike", so that the first that holds is the right one. */
export function writeOfTwo({ called: [one, two], parts: [first, second], ofNames }: TwoWritten): WrittenComparison {
  const near = (part: Part) =>
    ofNames
      ? `(${likeness(part)} >= 0.9 OR (${longer(part, 3)} AND ${mistakes(part)} <= 1))`
      : `(${ADDRESSES["mistyped"]?.(part)})`;
  const like = (part: Part) =>
    ofNames
      ? `(${likeness(part)} >= 0.8 OR ${within(part)} OR ((length(${part.l}) = 1 OR length(${part.r}) = 1) AND left(${part.l}, 1) = left(${part.r}, 1)))`
      : `(${ADDRESSES["most words shared"]?.(part)})`;
  const steps = [
    { name: "same", holds: alike },
    { name: "near", holds: (part: Part) => `(${alike(part)} OR ${near(part)})` },
    { name: "alike", holds: (part: Part) => `(${alike(part)} OR ${near(part)} OR ${like(part)})` },
    { name: "different", holds: ({ l, r }: Part) => `(${l} IS NOT NULL AND ${r} IS NOT NULL)` },
  ];
  const level = (name: string, condition: string): WrittenLevel => ({ name, condition, terms: null });
  const cells = steps.flatMap((a, at) =>
    steps.map((b, to) => ({
      last: at > 1 && to > 1,
      level: level(`${one} ${a.name}, ${two} ${b.name}`, `${a.holds(first)} AND ${b.holds(second)}`),
    })),
  );
  const cross: Part = { l: first.l, r: second.r };
  const back: Part = { l: second.l, r: first.r };
  const nearly = (part: Part) => `(${alike(part)} OR ${near(part)})`;
  const alone = (called: string, missing: string, part: Part): readonly WrittenLevel[] => {
    const [same, close, some, none] = steps.map(({ name, holds }) =>
      level(`${called} ${name}, no ${missing}`, holds(part)),
    );
    const stands = level(
      `${called} stands as the other's ${missing}`,
      `(${alike(cross)} OR ${alike(back)}) AND ${steps[3]?.holds(part)}`,
    );
    return [same, close, stands, some, none].filter((found) => found !== undefined);
  };
  const crossed = (holds: (part: Part) => string) => `${holds(cross)} OR ${holds(back)}`;
  return {
    missing: `(${first.l} IS NULL AND ${second.l} IS NULL) OR (${first.r} IS NULL AND ${second.r} IS NULL)`,
    levels: [
      ...cells.filter(({ last }) => !last).map((cell) => cell.level),
      level(`${one} and ${two} swapped`, `${alike(cross)} AND ${alike(back)}`),
      level(
        `${one} and ${two} swapped, one of them near`,
        `(${alike(cross)} AND ${nearly(back)}) OR (${nearly(cross)} AND ${alike(back)})`,
      ),
      ...cells.filter(({ last }) => last).map((cell) => cell.level),
      ...alone(two, one, second),
      ...alone(one, two, first),
      level(`${one} the same as ${two}`, crossed(alike)),
      level(`${one} near ${two}`, crossed(nearly)),
      level(`only ${one} and ${two}, different`, "ELSE"),
    ],
    approximated: ofNames
      ? "no diminutives, no like sounds, and no name counts more for being rare"
      : "every word counts the same, and no line counts more for being rare",
  };
}
