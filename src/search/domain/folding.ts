/**
 * Words as they are compared in a search: lower case, without accents. The letters folded are those of Welsh and of the
 * languages of western Europe; PostgreSQL's translate() is given the same two rows, so that both sides agree.
 */
const BASES: readonly (readonly [string, string])[] = [
  ["a", "àáâãäå"],
  ["c", "ç"],
  ["e", "èéêë"],
  ["i", "ìíîï"],
  ["n", "ñ"],
  ["o", "òóôõö"],
  ["u", "ùúûü"],
  ["w", "ẁẃŵẅ"],
  ["y", "ỳýŷÿ"],
];
const BOTH = BASES.flatMap(([base, accented]) =>
  [...accented].flatMap((letter) => [
    { from: letter, to: base },
    { from: letter.toUpperCase(), to: base },
  ]),
);
const TYPED = [
  { from: "’", to: "'" },
  { from: "‘", to: "'" },
];

/** The letter at each place of the one becomes that at the same place of the other. */
export const FOLD_FROM = [...BOTH, ...TYPED].map(({ from }) => from).join("");
export const FOLD_TO = [...BOTH, ...TYPED].map(({ to }) => to).join("");

const folds = new Map([...BOTH, ...TYPED].map(({ from, to }) => [from, to]));

/** Letters typed as a base and an accent of their own are put together first. */
export function foldText(text: string): string {
  return [...text.normalize("NFC")]
    .map((letter) => folds.get(letter) ?? letter)
    .join("")
    .toLowerCase();
}

const MOST_WORDS = 10;

/** A pattern for LIKE from each word, folded, with its own % and _ and \ meant as they stand. */
export function patternsOf(words: string): readonly string[] {
  const found = foldText(words)
    .split(/\s+/)
    .filter((word) => word !== "");
  return [...new Set(found)].slice(0, MOST_WORDS).map((word) => `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`);
}
