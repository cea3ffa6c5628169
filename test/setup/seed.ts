/** The seed of a test that draws: another each time, printed, and chosen again with ONEPOT_SEED. */
export function drawSeed(test: string): number {
  const given = process.env["ONEPOT_SEED"];
  const seed = given === undefined ? Date.now() % 2_147_483_647 : Number(given);
  process.stdout.write(`${test}: ONEPOT_SEED=${seed}\n`);
  return seed;
}
