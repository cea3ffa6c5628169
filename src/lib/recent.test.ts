/** What was made last is found again, and no more than so many. */
import { expect, it } from "vitest";
import { keyOf, openRecent } from "./recent.ts";

it("forgets what was made longest ago", () => {
  const recent = openRecent<number>(2);
  for (const [key, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as const)
    expect(recent.keep(key, value)).toBe(value);
  expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual([undefined, 2, 4]);
});

it("tells whole pence from the same figures as text", () => {
  expect(keyOf({ pence: 5n })).not.toBe(keyOf({ pence: "5" }));
  expect(keyOf({ pence: 5n })).not.toBe(keyOf({ pence: 6n }));
});
