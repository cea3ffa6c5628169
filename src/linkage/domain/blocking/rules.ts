/**
 * Blocking rules: records that share a value of every key of a rule are compared. Records are put into blocks by a counting sort of the
 * composite keys, and the pairs of a rule are counted before any is made. Sources: Mauricio Hernández and Salvatore Stolfo, "The
 * Merge/Purge Problem for Large Databases", SIGMOD 1995; Harold Seward's counting sort, in Donald Knuth, "The Art of Computer
 * Programming", volume 3, section 5.2.
 */
import type { Key } from "./keys.ts";

export type Rule = { readonly keys: readonly Key[] };

export function nameOfRule({ keys }: Rule): string {
  return keys.map(({ name }) => name).join(" and ");
}

export type Blocks = {
  /** Record r is in the blocks `blocks[starts[r]]` to before `starts[r + 1]`. */
  readonly starts: Int32Array;
  readonly blocks: Int32Array;
  /** Block b holds the records `records[begins[b]]` to before `begins[b + 1]`, in their order. */
  readonly begins: Int32Array;
  readonly records: Int32Array;
  /** Pairs within blocks. A pair that shares several values is counted for each, so this is a bound from above. */
  readonly pairs: number;
  /** Blocks that were left out for their size, and how many pairs they would have made. */
  readonly skipped: { readonly blocks: number; readonly pairs: number; readonly largest: number };
};

/** Which records are blocked, and the largest block that is compared. */
export type Blocking = { readonly largestBlock: number; readonly from?: Int32Array };

/** No more values of a composite key than this for one record. */
const MOST_VALUES = 16;

/** The blocks of a rule. Numbers of values are combined in 53 bits; where they do not fit, the first of them are numbered anew. */
export function blocksOf({ keys }: Rule, { largestBlock }: Pick<Blocking, "largestBlock">): Blocks {
  const records = (keys[0]?.starts.length ?? 1) - 1;
  const { starts, blocks, count } = numberBlocks(keys, records);
  const begins = new Int32Array(count + 1);
  for (let at = 0; at < blocks.length; at += 1) {
    const next = (blocks[at] as number) + 1;
    begins[next] = (begins[next] as number) + 1;
  }
  let pairs = 0;
  const skipped = { blocks: 0, pairs: 0, largest: 0 };
  const large = new Uint8Array(count);
  for (let block = 0; block < count; block += 1) {
    const size = begins[block + 1] as number;
    const made = (size * (size - 1)) / 2;
    if (size > largestBlock) {
      large[block] = 1;
      skipped.blocks += 1;
      skipped.pairs += made;
      skipped.largest = Math.max(skipped.largest, size);
      begins[block + 1] = 0;
    } else pairs += made;
  }
  for (let block = 0; block < count; block += 1)
    begins[block + 1] = (begins[block + 1] as number) + (begins[block] as number);
  const sorted = new Int32Array(begins[count] as number);
  const next = begins.slice(0, count);
  for (let record = 0; record < records; record += 1)
    for (let at = starts[record] as number; at < (starts[record + 1] as number); at += 1) {
      const block = blocks[at] as number;
      if (large[block] === 1) continue;
      sorted[next[block] as number] = record;
      next[block] = (next[block] as number) + 1;
    }
  return { starts, blocks, begins, records: sorted, pairs, skipped };
}

/** Pairs that a rule would make, and those that it would not for the size of their block, without making blocks. */
export function countPairs({ keys }: Rule, largestBlock: number): { readonly pairs: number; readonly skipped: number } {
  const records = (keys[0]?.starts.length ?? 1) - 1;
  const { blocks, count } = numberBlocks(keys, records);
  const sizes = new Int32Array(count);
  for (let at = 0; at < blocks.length; at += 1)
    sizes[blocks[at] as number] = (sizes[blocks[at] as number] as number) + 1;
  let pairs = 0;
  let skipped = 0;
  for (let block = 0; block < count; block += 1) {
    const size = sizes[block] as number;
    if (size > largestBlock) skipped += (size * (size - 1)) / 2;
    else pairs += (size * (size - 1)) / 2;
  }
  return { pairs, skipped };
}

/** Gives each composite value that is met a number. */
function numberBlocks(keys: readonly Key[], records: number): Numbered {
  const singles = keys.flatMap(({ single, values }) => (single === null ? [] : [{ single, values }]));
  const combine = combining(keys);
  return singles.length === keys.length
    ? numberSingles(singles, { records, combine })
    : numberSeveral(keys, { records, combine });
}

type Combine = (composite: number, code: number, at: number) => number;

/**
 * The number of the values so far with that of one key more: exact, however many values the keys have. Null where multiplying and adding
 * will do.
 */
function combining(keys: readonly Pick<Key, "values">[]): Combine | null {
  if (keys.reduce((product, { values }) => product * values, 1) <= Number.MAX_SAFE_INTEGER) return null;
  let reach = 1;
  // Where the product would pass 53 bits, what stands before a key is numbered by what is met, which no count of records passes.
  const tables = keys.map(({ values }) => {
    const beyond = reach * values > Number.MAX_SAFE_INTEGER;
    reach = (beyond ? MOST_MET : reach) * values;
    return beyond ? new NumberTable(1024) : null;
  });
  return (composite, code, at) =>
    (tables[at]?.numberOf(composite) ?? composite) * (keys[at] as Pick<Key, "values">).values + code;
}

/** No table holds more numbers than this. */
const MOST_MET = 2 ** 28;

type Numbering = { readonly records: number; readonly combine: Combine | null };
type Numbered = { readonly starts: Int32Array; readonly blocks: Int32Array; readonly count: number };
type Single = { readonly single: Int32Array; readonly values: number };

/** Where a record has one value of each key at most. */
function numberSingles(keys: readonly Single[], { records, combine }: Numbering): Numbered {
  const numbers = new NumberTable(records >> 1);
  const starts = new Int32Array(records + 1);
  const blocks = new Int32Array(records);
  let end = 0;
  for (let record = 0; record < records; record += 1) {
    let composite = 0;
    for (let at = 0; at < keys.length && composite >= 0; at += 1) {
      const { single, values } = keys[at] as Single;
      const code = single[record] as number;
      composite = code < 0 ? -1 : combine === null ? composite * values + code : combine(composite, code, at);
    }
    if (composite >= 0) blocks[end++] = numbers.numberOf(composite);
    starts[record + 1] = end;
  }
  return { starts, blocks: blocks.subarray(0, end), count: numbers.size };
}

function numberSeveral(keys: readonly Key[], { records, combine }: Numbering): Numbered {
  const numbers = new NumberTable(records >> 1);
  const starts = new Int32Array(records + 1);
  let blocks = new Int32Array(records + MOST_VALUES);
  let end = 0;
  const partial = new Float64Array(MOST_VALUES);
  const wider = new Float64Array(MOST_VALUES);
  for (let record = 0; record < records; record += 1) {
    let many = 1;
    partial[0] = 0;
    for (let place = 0; place < keys.length && many > 0; place += 1) {
      const key = keys[place] as Key;
      const from = key.starts[record] as number;
      const to = key.starts[record + 1] as number;
      let made = 0;
      for (let one = 0; one < many; one += 1)
        for (let at = from; at < to && made < MOST_VALUES; at += 1) {
          const before = partial[one] as number;
          const code = key.codes[at] as number;
          wider[made] = combine === null ? before * key.values + code : combine(before, code, place);
          made += 1;
        }
      many = made;
      partial.set(wider);
    }
    if (end + many > blocks.length) {
      const longer = new Int32Array(blocks.length * 2 + MOST_VALUES);
      longer.set(blocks);
      blocks = longer;
    }
    for (let one = 0; one < many; one += 1) blocks[end++] = numbers.numberOf(partial[one] as number);
    starts[record + 1] = end;
  }
  return { starts, blocks: blocks.slice(0, end), count: numbers.size };
}

/** Numbers for whole numbers of up to 53 bits in the order they are met: open addressing (Knuth, volume 3, section 6.4). */
export class NumberTable {
  #keys: Float64Array;
  #numbers: Int32Array;
  #size = 0;

  constructor(expected: number) {
    let slots = 1024;
    while (slots < expected * 2) slots *= 2;
    this.#keys = new Float64Array(slots);
    this.#numbers = new Int32Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  numberOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = spread(key) & mask;
    for (;;) {
      const number = this.#numbers[slot] as number;
      if (number === 0) break;
      if (this.#keys[slot] === key) return number - 1;
      slot = (slot + 1) & mask;
    }
    this.#keys[slot] = key;
    this.#size += 1;
    this.#numbers[slot] = this.#size;
    if (this.#size * 2 > this.#keys.length) this.#grow();
    return this.#size - 1;
  }

  #grow(): void {
    const keys = this.#keys;
    const numbers = this.#numbers;
    this.#keys = new Float64Array(keys.length * 2);
    this.#numbers = new Int32Array(keys.length * 2);
    const mask = this.#keys.length - 1;
    for (let from = 0; from < keys.length; from += 1) {
      if (numbers[from] === 0) continue;
      let slot = spread(keys[from] as number) & mask;
      while (this.#numbers[slot] !== 0) slot = (slot + 1) & mask;
      this.#keys[slot] = keys[from] as number;
      this.#numbers[slot] = numbers[from] as number;
    }
  }
}

function spread(key: number): number {
  const high = Math.floor(key / 4294967296);
  const mixed = Math.imul((key | 0) ^ Math.imul(high, 0x27d4eb2f), 0x9e3779b1);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
