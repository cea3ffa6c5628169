/** A pot from shadow to real control: each step with its statement, shadow money where it was, and nothing recorded behind it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { showApproval } from "../approvals/index.ts";
import { must } from "../lib/assert.ts";
import { openPot, showPot, stepPot, verifyLedger } from "./index.ts";
import { DAY, type LedgerTown, openLedgerTown } from "./ledger.fixture.ts";

let town: LedgerTown;
let potId: string;
let streamId: string;
beforeAll(async () => {
  town = await openLedgerTown();
  potId = await town.pot("Ilfracombe shadow account", "shadow");
  streamId = await town.stream("Libraries", { pence: 10_000n });
  town.house.value(await town.contribute({ streamId, potId, pence: 9000n }));
  town.house.value(await town.allocate({ potId, pence: 4000n }));
});
afterAll(() => town.house.close());

const step = (more: Record<string, unknown>) => ({
  potId,
  mode: "pooled" as const,
  fromOn: "2013-02-01",
  power: "Section 75 agreement",
  words: "The partners agreed to commission together",
  ...more,
});

it("asks for a name where real money begins, and for a later mode", async () => {
  expect((await town.refusal(stepPot, step({}))).code).toBe("name_needed");
  expect((await town.refusal(stepPot, step({ mode: "aligned" }))).code).toBe("step_backwards");
  expect((await town.refusal(stepPot, step({ mode: "shadow" }))).code).toBe("step_backwards");
});

it("opens a pot in the real book, keeps the statement of the day before, and closes the shadow accounts", async () => {
  const stepped = await town.value(stepPot, step({ name: "Ilfracombe pot" }));
  const old = await town.value(showPot, { pot: "ilfracombe-shadow-account" });
  const taken = must(old.steps[0], "the step is there");
  expect(taken).toMatchObject({ mode: "pooled", fromOn: "2013-02-01", successorSlug: "ilfracombe-pot" });
  expect(taken.statement).toMatchObject({
    asAt: "2013-01-31",
    figures: { contributedPence: "9000", allocatedPence: "4000" },
  });
  expect(taken.statementHash).toBe(stepped.statementHash);
  const { approvalId, authorisedBy } = must(taken.approval, "a step to real money was authorised");
  const approval = await town.value(showApproval, { approvalId });
  expect([approval.act, approval.preparedBy, approval.signatures.map(({ signedBy }) => signedBy)]).toEqual([
    "step",
    taken.madeBy,
    authorisedBy,
  ]);
  expect(authorisedBy).not.toContain(taken.madeBy);
  expect([old.pot.closedOn, old.figures.contributedPence]).toEqual(["2013-02-01", 9000n]);
  const followed = await town.value(showPot, { pot: "ilfracombe-pot" });
  expect(followed.follows?.slug).toBe("ilfracombe-shadow-account");
  expect([followed.pot.book, followed.pot.mode, followed.figures.contributedPence]).toEqual(["real", "pooled", 0n]);
  expect(town.house.refusal(await town.contribute({ streamId, potId, pence: 1n, madeOn: "2013-02-01" })).code).toBe(
    "account_closed",
  );
  town.house.value(await town.contribute({ streamId, potId, pence: 1n, madeOn: DAY }));
  expect((await town.refusal(stepPot, step({ name: "Again" }))).code).toBe("pot_closed");
});

it("gives real control in the same pot", async () => {
  const { pot } = await town.value(showPot, { pot: "ilfracombe-pot" });
  await town.value(stepPot, step({ potId: pot.potId, mode: "delegated", fromOn: "2013-03-01" }));
  const now = await town.value(showPot, { pot: "ilfracombe-pot" });
  expect([now.pot.mode, now.pot.closedOn, now.steps.length]).toEqual(["delegated", null, 1]);
  expect((await town.value(verifyLedger, {})).verified).toBe(true);
});

it("is taken by one of many who ask at once", async () => {
  const again = await town.pot("Raced", "shadow");
  const asked = Array.from({ length: 8 }, (_, n) => town.ask(stepPot, step({ potId: again, name: `Raced pot ${n}` })));
  const answers = await Promise.all(asked);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

it("shows pots that are part of another, and counts them apart", async () => {
  const parent = await town.pot("Parent", "shadow");
  const inside = { purpose: "Part", hostId: town.hostId, openedOn: "2012-04-01" } as const;
  const part = { ...inside, name: "Part of it", mode: "shadow", parentId: parent, part: "project" } as const;
  const { potId: partId } = await town.value(openPot, part);
  expect((await town.refusal(openPot, { ...part, name: "Mixed", mode: "pooled" })).code).toBe("parent_not_fit");
  expect((await town.refusal(openPot, { ...part, name: "No part", part: null })).code).toBe("part_needed");
  const shown = await town.value(showPot, { pot: "parent" });
  expect(shown.parts.map(({ name, part: as }) => [name, as])).toEqual([["Part of it", "project"]]);
  // £3 in the pot and £2 in its part, of which £1.50 is decided on: £5 together, and the pot's own figure stays £3.
  const own = await town.stream("For both", { pence: 10_000n });
  town.house.value(await town.contribute({ streamId: own, potId: parent, pence: 300n }));
  town.house.value(await town.contribute({ streamId: own, potId: partId, pence: 200n }));
  town.house.value(await town.allocate({ potId: partId, pence: 150n }));
  const { figures, parts, withParts } = await town.value(showPot, { pot: "parent" });
  expect([figures.contributedPence, parts[0]?.contributedPence, withParts?.contributedPence]).toEqual([
    300n,
    200n,
    500n,
  ]);
  expect([figures.allocatedPence, withParts?.allocatedPence, withParts?.leftPence]).toEqual([0n, 150n, 500n]);
  expect((await town.value(showPot, { pot: "part-of-it" })).withParts).toBeNull();
  const inPart = { ...part, name: "Part of a part", parentId: partId };
  expect((await town.refusal(openPot, inPart)).code).toBe("parent_not_fit");
  const ofClosed = { ...part, name: "Part of what closed", parentId: potId };
  expect((await town.refusal(openPot, ofClosed)).code).toBe("parent_not_fit");
});
