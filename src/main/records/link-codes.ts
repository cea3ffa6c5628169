/** `records link` of two files of codes that `records encode` wrote: by Dice's coefficient, one to one. */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { matchCodes, type Records, readCodes } from "../../linkage/index.ts";
import type { ReadFault } from "./read-records.ts";

export type LinkedCodes = {
  readonly clusterOf: Int32Array;
  readonly pairs: {
    readonly count: number;
    readonly left: Int32Array;
    readonly right: Int32Array;
    readonly weights: Float32Array;
  };
  /** The likeness of the least alike that were linked; null where none was. */
  readonly leastLikeness: number | null;
};

export function holdsCodes({ columns }: Pick<Records, "columns">): boolean {
  return columns.length === 1 && columns[0]?.name === "clk";
}

export function linkCodes(records: Records, threshold: number): Result<LinkedCodes, ReadFault> {
  const [column] = records.columns;
  if (column === undefined || records.files.length !== 2)
    return refuse({ code: "two_files_of_codes", message: "Codes are linked between two files. Give two." });
  const first = records.fileOf.indexOf(1);
  const texts = Array.from(column.codes, (code) => column.written[code] ?? "");
  const left = readCodes(texts.slice(0, first));
  const right = readCodes(texts.slice(first));
  if (left === null || right === null || left.words !== right.words)
    return refuse({
      code: "codes_not_read",
      message: "The codes are not of one length, or are none. Encode both files by one schema.",
    });
  const matches = matchCodes({ left, right }, threshold);
  const clusterOf = Int32Array.from({ length: records.count }, (_, record) => record);
  for (const match of matches) clusterOf[first + match.right] = match.left;
  return accept({
    clusterOf: renumbered(clusterOf),
    pairs: {
      count: matches.length,
      left: Int32Array.from(matches, (match) => match.left),
      right: Int32Array.from(matches, (match) => first + match.right),
      weights: Float32Array.from(matches, ({ probability }) => bitsOf(probability)),
    },
    leastLikeness: matches[matches.length - 1]?.likeness ?? null,
  });
}

/** What is never seen among strangers is given no more than this. */
const MOST_BITS = 20;

function bitsOf(probability: number): number {
  return probability >= 1 ? MOST_BITS : Math.min(MOST_BITS, Math.log2(probability / (1 - probability)));
}

function renumbered(clusters: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return clusters.map((cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    return number;
  });
}
