/** Ids numbered by their bytes, against a map of texts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addKey, findKey, HASH_START, hashByte, newByteTable } from "./byte-table.ts";
import { bytesOf } from "./small-election.fixture.ts";

function hashed(id: string) {
  const source = bytesOf(`<${id}>`);
  const key = { source, from: 1, to: source.length - 1 };
  return { ...key, hash: source.subarray(1, -1).reduce(hashByte, HASH_START) };
}

test("ids short and long, alike and not, are told apart as texts are", () => {
  const id = fc.string({ unit: fc.constantFrom("0", "1", "a", "-", "é", "\0"), maxLength: 9 });
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
});
