/**
 * Which records are of one home: a house and its postcode. A postcode alone is some fifteen homes and never makes one; where the
 * address is missing only the postcode is kept. A home that was written twice in
 * different ways is one where of house, street and postcode two are the same and the third is mistyped; a house of another number is
 * another house, unless the two stand in records of one person or of one surname: a slip is likelier than a move next door.
 */
import { Union } from "../clusters/union.ts";
import { damerau } from "../compare/damerau.ts";
import { type Column, MISSING_CODE } from "../table/records.ts";

export type HomeColumns = {
  readonly address: Column | null;
  readonly postcode: Column | null;
  readonly surname: Column | null;
  /** The person of each record, as far as is known. */
  readonly personOf: Int32Array;
};

export type Homes = {
  /** For each record the number of its home; MISSING_CODE where address or postcode is missing and no other record tells. */
  readonly homeOf: Int32Array;
  readonly count: number;
  /** For each record the number of its postcode, MISSING_CODE for none. */
  readonly postcodeOf: Int32Array;
  /** The same of its address without the postcode. */
  readonly addressOf: Int32Array;
};

type Written = { readonly house: string; readonly street: string; readonly postcode: string };

/** Mistakes that two writings of one street or postcode may have between them. */
const MOST_MISTAKES = 2;
/** Of more writings that share two of house, street and postcode none is compared with another. */
const MOST_WRITINGS = 300;

export function findHomes({ address, postcode, surname, personOf }: HomeColumns): Homes {
  const records = personOf.length;
  const none = () => new Int32Array(records).fill(MISSING_CODE);
  if (address === null || postcode === null)
    return { homeOf: none(), count: 0, postcodeOf: postcode?.codes.slice() ?? none(), addressOf: none() };
  const { written, numberOf } = distinctHomes({ address, postcode }, records);
  const homes = joinWritings(written, groupsOf({ numberOf, written, surname, personOf }));
  const byAddress = onlyHomeOfAddress({ address, homes, numberOf });
  const homeOf = Int32Array.from({ length: records }, (_, record) => {
    const number = numberOf[record] as number;
    if (number >= 0) return homes[number] as number;
    return byAddress.get(address.codes[record] as number) ?? MISSING_CODE;
  });
  return {
    homeOf,
    count: homes.reduce((most, home) => Math.max(most, home + 1), 0),
    postcodeOf: postcode.codes,
    addressOf: address.codes,
  };
}

type Both = { readonly address: Column; readonly postcode: Column };

function distinctHomes({ address, postcode }: Both, records: number) {
  const numbers = new Map<number, number>();
  const written: Written[] = [];
  const numberOf = new Int32Array(records).fill(MISSING_CODE);
  for (let record = 0; record < records; record += 1) {
    const line = address.codes[record] as number;
    const code = postcode.codes[record] as number;
    if (line === MISSING_CODE || code === MISSING_CODE) continue;
    const key = line * postcode.values.length + code;
    const known = numbers.get(key) ?? numbers.size;
    if (known === numbers.size) {
      numbers.set(key, known);
      written.push(readHome(address.values[line] ?? "", postcode.values[code] ?? ""));
    }
    numberOf[record] = known;
  }
  return { written, numberOf };
}

/** The house is all of the first words with a digit: "flat 3 12 mill street" is 3 12 in mill street. */
function readHome(address: string, postcode: string): Written {
  const words = address.split(" ");
  const house = words.filter((word) => /\d/.test(word)).join(" ");
  const street = words.filter((word) => !/\d/.test(word)).join(" ");
  return { house, street, postcode: postcode.replaceAll(" ", "") };
}

type Grouping = Pick<HomeColumns, "surname" | "personOf"> & {
  readonly numberOf: Int32Array;
  readonly written: readonly Written[];
};

/** Writings that stand in records of one person, or of one surname with the same postcode or the same street. */
function groupsOf({ numberOf, written, surname, personOf }: Grouping): readonly (readonly number[])[] {
  const groups = new Map<string, Set<number>>();
  const add = (key: string, number: number) => {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, new Set([number]));
    else known.add(number);
  };
  numberOf.forEach((number, record) => {
    if (number < 0) return;
    const home = written[number];
    const name = surname?.codes[record] ?? MISSING_CODE;
    add(`person ${personOf[record]}`, number);
    if (name < 0) return;
    add(`postcode ${name} ${home?.postcode}`, number);
    add(`street ${name} ${home?.house} ${home?.street}`, number);
  });
  return [...groups.values()].filter(({ size }) => size > 1).map((group) => [...group]);
}

/** Whether one may be a slip of the other: two mistakes in house and street, and one in the postcode, at most. */
function isSlip(one: Written, other: Written): boolean {
  const line = ({ house, street }: Written) => `${house} ${street}`;
  return (
    damerau({ left: line(one), right: line(other) }, MOST_MISTAKES) <= MOST_MISTAKES &&
    damerau({ left: one.postcode, right: other.postcode }, MOST_MISTAKES) <= 1
  );
}

function joinWritings(written: readonly Written[], groups: readonly (readonly number[])[]): Int32Array {
  const union = new Union(written.length);
  const joinNear = (block: readonly number[], near: (one: Written, other: Written) => boolean) => {
    // A street of so many postcodes, or so many writings beside each other, names no home: "no fixed abode".
    if (block.length > MOST_WRITINGS) return;
    block.forEach((one, at) => {
      for (const other of block.slice(at + 1))
        if (near(written[one] as Written, written[other] as Written)) union.join(one, other);
    });
  };
  const together = (keyOf: (home: Written) => string, near: (one: Written, other: Written) => boolean) => {
    const blocks = new Map<string, number[]>();
    written.forEach((home, at) => {
      const block = blocks.get(keyOf(home));
      if (block === undefined) blocks.set(keyOf(home), [at]);
      else block.push(at);
    });
    for (const block of blocks.values()) joinNear(block, near);
  };
  together(
    ({ house, postcode }) => `${house}|${postcode}`,
    (one, other) => damerau({ left: one.street, right: other.street }, MOST_MISTAKES) <= MOST_MISTAKES,
  );
  together(
    ({ house, street }) => `${house}|${street}`,
    (one, other) => damerau({ left: one.postcode, right: other.postcode }, MOST_MISTAKES) <= 1,
  );
  together(
    ({ street, postcode }) => `${street}|${postcode}`,
    (one, other) => one.house.replaceAll(" ", "") === other.house.replaceAll(" ", ""),
  );
  for (const group of groups) joinNear(group, isSlip);
  return union.clusters();
}

/** An address that stands with the postcode of one home only is that home, where the postcode is missing. */
function onlyHomeOfAddress({
  address,
  homes,
  numberOf,
}: {
  readonly address: Column;
  readonly homes: Int32Array;
  readonly numberOf: Int32Array;
}): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  numberOf.forEach((number, record) => {
    if (number < 0) return;
    const line = address.codes[record] as number;
    const home = homes[number] as number;
    const known = found.get(line);
    found.set(line, known === undefined || known === home ? home : MISSING_CODE);
  });
  return found;
}
