/** How passwords are kept, and that nobody's password is checked with the same work as somebody's. */
import { hash, parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { checkPassword, hashPassword, needsRehash } from "./passwords.ts";

const PASSWORD = "kettle gravel meadow";

test("a password is kept as argon2id with at least 19 MiB, two passes and one lane, each with its own salt", async () => {
  const [one, two] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(parseOptions(one)).toMatchObject({
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
    outputLen: 32,
    saltLen: 16,
  });
});

test("the right password is right, another and none are wrong", async () => {
  const kept = await hashPassword("caffè gravel meadow");
  expect(await checkPassword(kept, "caffè gravel meadow")).toBe(true);
  expect(await checkPassword(kept, "caffe\u0300 gravel meadow")).toBe(true);
  expect(await checkPassword(kept, "caffe gravel meadow")).toBe(false);
  expect(await checkPassword(kept, "x".repeat(100_000))).toBe(false);
  expect(await checkPassword(await hashPassword(""), "x".repeat(100_000))).toBe(false);
  expect(await checkPassword(null, "")).toBe(false);
});

test("an unknown account takes the work of a known one", async () => {
  const kept = await hashPassword(PASSWORD);
  // The quickest of several rounds: other work on the machine can only make one slower.
  const quickest = async (hashed: string | null) => {
    const rounds: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const start = performance.now();
      await checkPassword(hashed, "another password");
      rounds.push(performance.now() - start);
    }
    return Math.min(...rounds);
  };
  const ratio = (await quickest(null)) / (await quickest(kept));
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

test("a hash with other parameters is due to be made again", async () => {
  expect(needsRehash(await hashPassword(PASSWORD))).toBe(false);
  expect(needsRehash(await hash(PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 2, parallelism: 1 }))).toBe(
    true,
  );
  expect(needsRehash(await hash(PASSWORD, { algorithm: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1 }))).toBe(
    true,
  );
});
