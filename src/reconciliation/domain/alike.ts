/**
 * How alike two names are: Dice's coefficient over pairs of letters (L. R. Dice, "Measures of the Amount of Ecologic
 * Association Between Species", Ecology 26(3), 1945), after company endings are left out. And references as people write
 * them: "OP-2013/0012" and "op 2013 0012" are one.
 */
const ENDINGS = /\b(ltd|limited|plc|llp|cic|cio|uk|gb|the|and|co|company|made up)\b/g;

/** From 0 to 100, in whole numbers, so that an order of suggestions is the same everywhere. */
export function alikePercent(first: string, second: string): number {
  const [a, b] = [pairsOf(first), pairsOf(second)];
  if (a.length === 0 || b.length === 0) return 0;
  const left = [...b];
  let shared = 0;
  for (const pair of a) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    shared += 1;
  }
  return Math.round((200 * shared) / (a.length + b.length));
}

function pairsOf(name: string): readonly string[] {
  const plain = name
    .slice(0, 120)
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(ENDINGS, " ");
  return plain
    .split(" ")
    .filter((word) => word !== "")
    .flatMap((word) =>
      word.length === 1 ? [word] : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)),
    );
}

/** A reference without its signs and case; too short to tell anything, it is none. */
export function plainReference(text: string): string {
  const plain = text.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "");
  return plain.length < 3 ? "" : plain;
}
