/**
 * Ilfracombe's story: "shadow accounts in 'Virtual bank' as the first step to co-commissioning, before moving to budgetary
 * control" (neighbourhood services, libraries and highways). A year in shadow, reconciled to the council's own ledger and
 * closed quarter by quarter; a year end; the step to a pooled pot and the year after that to real control, each by two
 * people and with a statement of what stood there; a payment asked for, sent and read back; the pound followed both ways;
 * and a bundle of all of it verified without the database, in which a changed row is found. Every amount is made up.
 */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { listApprovals } from "../../src/approvals/index.ts";
import {
  checkPeriod,
  closeLedger,
  endYear,
  listPeriods,
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
  sendPartnerStatement,
  showPartnerStatement,
  showPot,
  showStatement,
  showYear,
  stepPot,
  verifyLedger,
} from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addPartner, addService } from "../../src/places/index.ts";
import type { Credential, UseCase } from "../../src/platform/use-case/index.ts";
import { takeBundle, verifyBundleFile } from "../../src/proof/index.ts";
import {
  acceptCertain,
  authoriseRequest,
  makeRequest,
  sendRequests,
  showReconciliation,
  signReconciliation,
  takeInListing,
} from "../../src/reconciliation/index.ts";
import { followRecord } from "../../src/trace/index.ts";
import { openTestHouse, type TestHouse } from "../setup/house.ts";
import { sealAll } from "../setup/seal.ts";

const PLACE = "north-devon";
const BLOCKS = [
  { name: "Neighbourhood services", pence: 48_600_000n, quarter: 11_925_075n },
  { name: "Libraries", pence: 11_240_000n, quarter: 2_786_540n },
  { name: "Highways", pence: 37_450_000n, quarter: 8_410_225n },
] as const;
const QUARTERS = ["2011-06-20", "2011-09-20", "2011-12-20", "2012-03-20"] as const;

let test: TestHouse;
let placeId: number;
let manager: Credential;
let finance: Credential;

async function done<I extends z.ZodObject, V, R extends { readonly code: string }>(
  useCase: UseCase<"place", I, V, R>,
  input: z.input<I>,
  by: Credential = manager,
): Promise<V> {
  return test.value(await test.ask(useCase, { by, place: PLACE, input }));
}

type Council = { readonly host: string; readonly services: readonly string[]; readonly streams: readonly string[] };
let council: Council;

beforeAll(async () => {
  test = await openTestHouse();
  placeId = await test.openPlace(PLACE);
  manager = await test.personWith("pool_manager", { placeId });
  finance = await test.personWith("finance_officer", { placeId });
  const host = (await done(addPartner, { name: "North Devon Council (made up)", kind: "council", parts: ["host"] }))
    .partnerId;
  const services: string[] = [];
  const streams: string[] = [];
  for (const { name, pence } of BLOCKS) {
    const made = { name, providerId: host };
    services.push((await done(addService, made, await test.personWith("administrator", { placeId }))).serviceId);
    const lasting = { payerId: host, startsOn: "2011-04-01", endsOn: "2014-03-31", power: "The council's own budget" };
    const stream = { ...lasting, name: `${name} in Ilfracombe`, amountPence: String(pence * 3n), madeUp: true };
    streams.push((await done(openStream, stream)).streamId);
  }
  council = { host, services, streams };
});
afterAll(() => test.close());

const listed: string[] = [];

/** A year's money into a pot, all of it allocated and ordered block by block; gives the orders. */
async function fund(potId: string, year: string): Promise<readonly string[]> {
  const orders: string[] = [];
  for (const [index, { name, pence }] of BLOCKS.entries()) {
    const [streamId = "", serviceId = ""] = [council.streams[index], council.services[index]];
    const amountPence = String(pence);
    await done(recordContribution, { streamId, potId, amountPence, madeOn: `${year}-04-05` });
    const deciding = { decidedBy: "Ilfracombe board (made up)", decidedOn: `${year}-04-20`, power: "Minute 2" };
    const shares = [{ streamId, amountPence }];
    const { allocationId } = await done(recordAllocation, { potId, name, amountPence, shares, ...deciding });
    const order = { allocationId, kind: "order", supplierId: council.host, serviceId, amountPence } as const;
    orders.push((await done(recordCommitment, { ...order, committedOn: `${year}-04-28` })).commitmentId);
  }
  return orders;
}

async function takeIn(name: string, rows: readonly string[]): Promise<void> {
  const bytes = Buffer.from(["Document No,Posting Date,Amount,Supplier,Text,Reference", ...rows, ""].join("\r\n"));
  const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
  await done(takeInListing, { name, body: council.host, file });
}

const pounds = (pence: bigint) => `${pence / 100n}.${String(pence % 100n).padStart(2, "0")}`;

/** The statement of a stretch of months, prepared by one and reviewed by another. */
async function sign(potId: string, months: { readonly from: string; readonly to: string }): Promise<bigint> {
  const side = { bodyId: council.host, potId, ...months };
  const { hash, listingOnlyPence, onepotOnlyPence } = await done(showReconciliation, side);
  await done(signReconciliation, { ...side, part: "prepared", hash });
  await done(signReconciliation, { ...side, part: "reviewed", hash }, finance);
  return listingOnlyPence + onepotOnlyPence;
}

let shadow: { readonly potId: string; readonly slug: string };
let pooled: string;

describe("a year in shadow", () => {
  it("keeps the three budgets as if they were one, quarter by quarter, as the council's own ledger has them", async () => {
    const opening = { mode: "shadow", hostId: council.host, openedOn: "2011-04-01", madeUp: true } as const;
    shadow = await done(openPot, { name: "Ilfracombe virtual bank", purpose: "To see one local budget", ...opening });
    const orders = await fund(shadow.potId, "2011");
    for (const [quarter, paidOn] of QUARTERS.entries()) {
      const rows: string[] = [];
      for (const [index, { name, quarter: pence }] of BLOCKS.entries()) {
        const reference = `51${quarter}${index}00`;
        const commitmentId = must(orders[index], "an order for each block");
        await done(recordPayment, { commitmentId, amountPence: String(pence), paidOn, reference });
        rows.push(`${reference},${paidOn},${pounds(pence)},North Devon Council,${name},${reference}`);
        listed.push(reference);
      }
      await takeIn(`quarter ${quarter + 1}.csv`, rows);
    }
    const accepted = await done(acceptCertain, { bodyId: council.host, potId: shadow.potId });
    expect(accepted.accepted).toBe(12);
    const { figures, pot } = await done(showPot, { pot: shadow.slug, asAt: "2012-03-31" });
    const paid = BLOCKS.reduce((sum, one) => sum + one.quarter * 4n, 0n);
    expect([pot.book, figures.paidPence, figures.leftPence]).toEqual(["shadow", paid, 97_290_000n - paid]);
  });

  it("closes each quarter from the extracts: reconciled, signed by two, statements out, then for good", async () => {
    for (const quarter of ["Q1", "Q2", "Q3"] as const) {
      const from = { Q1: "2011-04-01", Q2: "2011-07-01", Q3: "2011-10-01" }[quarter];
      const to = { Q1: "2011-06-30", Q2: "2011-09-30", Q3: "2011-12-31" }[quarter];
      const period = `2011-12/${quarter}`;
      const early = await done(checkPeriod, { period, book: "shadow" });
      expect(early.items.find(({ item }) => item === "reconciliation")?.state).toBe("stop");
      expect(await sign(shadow.potId, { from, to })).toBe(0n);
      const statement = await done(showPartnerStatement, { partnerId: council.host, quarter: period });
      await done(sendPartnerStatement, {
        partnerId: council.host,
        quarter: period,
        figuresHash: statement.figuresHash,
      });
      const explained = (await done(checkPeriod, { period, book: "shadow" })).items
        .filter(({ state }) => state === "stop")
        .map(({ item }) => ({ item, words: "Blocks are paid evenly over the year" }));
      expect(explained.map(({ item }) => item)).not.toContain("reconciliation");
      const closed = await done(closeLedger, { period, book: "shadow", state: "hard", explained }, finance);
      expect(closed.periods.map(({ state }) => state)).toEqual(["hard", "hard", "hard"]);
    }
  });

  it("ends the year: every order decided, what is left carried forward to the penny", async () => {
    expect(await sign(shadow.potId, { from: "2012-01-01", to: "2012-03-31" })).toBe(0n);
    const last = { period: "2011-12/Q4", book: "shadow" } as const;
    const stops = (await done(checkPeriod, last)).items.filter(({ state }) => state === "stop");
    const explained = stops.map(({ item }) => ({ item, words: "Told to the board" }));
    await done(closeLedger, { ...last, state: "hard", explained }, finance);
    const { commitments } = await done(showYear, { year: "2011-12", book: "shadow" });
    const decisions = commitments.map(({ commitmentId }) => ({ commitmentId, decision: "carry" as const }));
    const thirteenth = (await done(checkPeriod, { period: "2011-12/13", book: "shadow" })).items;
    const words = thirteenth.filter(({ state }) => state === "stop").map(({ item }) => ({ item, words: "As above" }));
    const ending = { year: "2011-12", book: "shadow", commitments: decisions, explained: words } as const;
    const ended = await done(endYear, { ...ending, explained: [...words] }, finance);
    const { figures } = await done(showPot, { pot: shadow.slug, asAt: "2012-03-31" });
    expect([ended.carriedPence, ended.commitmentsCarried]).toEqual([figures.leftPence, 3]);
    const { periods } = await done(listPeriods, { year: "2011-12", book: "shadow" });
    expect(new Set(periods.map(({ state }) => state))).toEqual(new Set(["hard"]));
  });
});

describe("co-commissioning", () => {
  it("begins with a pot in the real book, by two people, and the statement of the day before", async () => {
    const step = {
      potId: shadow.potId,
      mode: "pooled",
      fromOn: "2012-04-01",
      name: "Ilfracombe pooled budget",
    } as const;
    const taken = await done(stepPot, {
      ...step,
      power: "Pooling agreement (made up), clause 4",
      words: "Board of 22 March",
    });
    pooled = must(taken.successorId, "real money has a pot of its own");
    const { steps, pot } = await done(showPot, { pot: shadow.slug });
    expect(pot.closedOn).toBe("2012-04-01");
    expect(steps[0]).toMatchObject({ mode: "pooled", statementHash: taken.statementHash, successorId: pooled });
    const { approvals } = await done(listApprovals, { state: "all" });
    const approved = must(
      approvals.find(({ act }) => act === "step"),
      "the step was approved",
    );
    expect([approved.state, approved.preparedBy === approved.endedBy]).toEqual(["done", false]);
  });

  it("asks the council to pay, and reads back that it has", async () => {
    const [libraries = ""] = (await fund(pooled, "2012")).slice(1);
    const lines = [{ words: "Libraries, first quarter", netPence: "2786540" }];
    const request = await done(makeRequest, { commitmentId: libraries, dueOn: "2012-06-20", lines });
    await done(authoriseRequest, { requestId: request.requestId }, finance);
    await done(sendRequests, { bodyId: council.host });
    await takeIn("june.csv", [`520100,2012-06-20,27865.40,North Devon Council,Libraries,${request.reference}`]);
    const accepted = await done(acceptCertain, { bodyId: council.host, potId: pooled });
    expect(accepted.paid).toBe(1);
    const { figures } = await done(showPot, { pot: "ilfracombe-pooled-budget", asAt: "2012-06-30" });
    expect([figures.paidPence, figures.contributedPence]).toEqual([2_786_540n, 97_290_000n]);
  });
});

describe("real control", () => {
  it("gives the budget to the board in the same pot, and a statement as known before it is still the same", async () => {
    await sealAll({ house: test, placeId });
    const pot = "ilfracombe-pooled-budget";
    const before = await done(showStatement, { pot, asAt: "2012-06-30", knownAt: "999999999" });
    const step = {
      potId: pooled,
      mode: "delegated",
      fromOn: "2013-04-01",
      power: "Scheme of delegation (made up)",
    } as const;
    const taken = await done(stepPot, { ...step, words: "The board holds the budget" });
    expect(taken.successorId).toBeNull();
    const after = await done(showPot, { pot });
    expect([after.pot.mode, after.follows?.slug]).toEqual(["delegated", shadow.slug]);
    const orders = await fund(pooled, "2013");
    const paying = { commitmentId: must(orders[2], "an order for highways"), amountPence: "8410225" };
    await done(recordPayment, { ...paying, paidOn: "2013-06-20", reference: "530200" });
    const known = { pot, asAt: "2012-06-30" as const, knownAt: String(before.known?.blockNumber) };
    expect((await done(showStatement, known)).figures).toEqual(before.figures);
  });

  it("is followed both ways: from the stream to the payment, and back", async () => {
    const [, , highways = ""] = council.streams;
    const down = (await done(followRecord, { record: highways })).down;
    type Node = typeof down;
    const find = (node: Node, kind: string): readonly Node[] => [
      ...(node.record.kind === kind ? [node] : []),
      ...node.branches.flatMap((branch) => find(branch, kind)),
    ];
    const payments = find(down, "payment");
    expect(payments.map(({ book }) => book).sort()).toEqual(["real", "shadow", "shadow", "shadow", "shadow"]);
    const real = must(
      payments.find(({ book }) => book === "real"),
      "highways were paid for",
    );
    const { up } = await done(followRecord, { record: real.record.id });
    expect(find(up, "stream").map(({ record }) => record.id)).toEqual([highways]);
    expect(find(up, "stream")[0]?.amountPence).toBe(8_410_225n);
    // The pots of the two books lead to each other; their money is never in one chain.
    const links = async (record: string) =>
      (await done(followRecord, { record })).record.links.filter(({ kind }) => kind === "pot").map(({ id }) => id);
    expect([await links(shadow.potId), await links(pooled)]).toEqual([[pooled], [shadow.potId]]);
  });
});

describe("proof", () => {
  it("verifies here, and without the database; a changed row is found in both", async () => {
    await sealAll({ house: test, placeId });
    expect((await done(verifyLedger, {}, finance)).verified).toBe(true);
    const bundle = async () => {
      const pieces: Buffer[] = [];
      await done(takeBundle, { sink: async (piece: Buffer) => void pieces.push(piece) }, finance);
      return verifyBundleFile({ bytes: Buffer.concat(pieces) }, null);
    };
    expect((await bundle()).ok).toBe(true);
    const admin = await test.admin();
    try {
      await admin.query("update transfer set words = words || '!' where kind = 'payment' and book = 'real'");
    } finally {
      await admin.end();
    }
    expect(test.refusal(await test.ask(verifyLedger, { by: finance, place: PLACE, input: {} })).code).toBe(
      "not_verified",
    );
    const forged = await bundle();
    expect(forged.ok ? "" : forged.fault.part).toBe("transfers.jsonl");
  });
});
