/** Ids numbered by their bytes, against a map of texts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addKey, type ByteTable, findKey, HASH_START, hashByte, MOST_STEPS, newByteTable } from "./byte-table.ts";
import { bytesOf } from "./small-election.fixture.ts";

function hashed(id: string) {
  const source = bytesOf(`<${id}>`);
  const key = { source, from: 1, to: source.length - 1 };
  return { ...key, hash: source.subarray(1, -1).reduce(hashByte, HASH_START) };
}

/** Of one hash after whatever comes before them: one more in the upper four bytes is 31 less in the lower four. */
const ALIKE = ["0000000p", "0001000Q"] as const;

/** Ids of one hash, as somebody makes them who has read how it is made. */
function crafted(many: number): readonly string[] {
  const width = Math.ceil(Math.log2(many));
  return Array.from({ length: many }, (_, at) =>
    Array.from({ length: width }, (_, bit) => ALIKE[((at >> bit) & 1) as 0 | 1]).join(""),
  );
}

/** The farthest that any key stands from the slot where its search begins. */
function farthest({ slots, hashes }: ByteTable): number {
  const mask = slots.length - 1;
  return slots.reduce(
    (most, number, slot) => (number === 0 ? most : Math.max(most, (slot - ((hashes[number - 1] ?? 0) & mask)) & mask)),
    0,
  );
}

test("ids short and long, alike and not, are told apart as texts are", () => {
  const id = fc.string({ unit: fc.constantFrom("0", "1", "a", "-", "é", "\0", ...ALIKE), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), fc.array(id, { maxLength: 20 }), (ids, others) => {
      const table = newByteTable(1);
      const numbers = new Map<string, number>();
      for (const one of ids) {
        if (!numbers.has(one)) numbers.set(one, numbers.size);
        expect(addKey(table, hashed(one))).toBe(numbers.get(one));
      }
      expect(table.size).toBe(numbers.size);
      for (const one of [...ids, ...others]) expect(findKey(table, hashed(one))).toBe(numbers.get(one) ?? -1);
    }),
  );
});

test("it grows with the ids", () => {
  const table = newByteTable();
  for (let voter = 0; voter < 5000; voter += 1) expect(addKey(table, hashed(`vote-${voter * 7919}`))).toBe(voter);
  for (let voter = 0; voter < 5000; voter += 1) expect(findKey(table, hashed(`vote-${voter * 7919}`))).toBe(voter);
  expect(table.crowded.size).toBe(0);
});

test("ids made to have one hash are numbered as others are, and none is sought for long", () => {
  const ids = crafted(5000);
  expect(new Set(ids.map((id) => hashed(id).hash)).size).toBe(1);
  const table = newByteTable();
  for (const [number, id] of ids.entries()) {
    expect(addKey(table, hashed(`plain ${number}`))).toBe(number * 2);
    expect(addKey(table, hashed(id))).toBe(number * 2 + 1);
  }
  expect(farthest(table)).toBeLessThan(MOST_STEPS);
  for (const [number, id] of ids.entries()) {
    expect(addKey(table, hashed(id))).toBe(number * 2 + 1);
    expect(findKey(table, hashed(id))).toBe(number * 2 + 1);
    expect(findKey(table, hashed(`plain ${number}`))).toBe(number * 2);
    expect(findKey(table, hashed(`${id}${ALIKE[0]}`))).toBe(-1);
  }
  expect(table.size).toBe(10_000);
});
