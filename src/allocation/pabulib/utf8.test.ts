/** Where bytes stop being UTF-8, against the platform's own decoder. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { firstBadByte } from "./utf8.ts";

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

test("it agrees with the platform on any bytes, wherever they lie", () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0x41, 0xc3, 0xa9, 0xe0, 0xa0, 0x80, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xbf, 0xc0, 0xf5),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.integer({ min: 0, max: 5 }), (values, shift) => {
      const bytes = new Uint8Array([...new Array<number>(shift).fill(255), ...values]).subarray(shift);
      expect(firstBadByte(bytes) < 0).toBe(isUtf8(bytes));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["a Latin-1 é", [0x63, 0x61, 0x66, 0xe9, 0x0a], 3],
  ["a surrogate", [0x41, 0xed, 0xa0, 0x80], 1],
  ["a long nought", [0xc0, 0x80], 0],
  ["a character cut off", [0x41, 0x42, 0x43, 0x44, 0xe2, 0x82], 4],
  ["all well", [0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x8c, 0xb3], -1],
])("%s", (_, bytes, at) => {
  expect(firstBadByte(new Uint8Array(bytes))).toBe(at);
});
