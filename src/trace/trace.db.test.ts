/** Follow the pound on PostgreSQL: the same chain from either end, shares to the penny, and where it stops. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import {
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
  reverseTransfer,
} from "../ledger/index.ts";
import { mustDay } from "../lib/day.ts";
import { addPartner, addService, insertReach } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { type Credential, toJson, type UseCase } from "../platform/use-case/index.ts";
import { followRecord, type ShownNode } from "./index.ts";

const DAY = "2013-01-15";
type Ids = Awaited<ReturnType<typeof tell>>;
let house: TestHouse;
let finance: Credential;
let placeId: number;
let ids: Ids;

beforeAll(async () => {
  house = await openTestHouse();
  placeId = await house.openPlace("greater-manchester");
  finance = await house.personWith("finance_officer", { placeId });
  ids = await tell();
});
afterAll(() => house.close());

type Asked<I extends z.ZodObject, V, R extends { readonly code: string }> = readonly [
  UseCase<"place", I, V, R>,
  z.input<I>,
];
const ask = <I extends z.ZodObject, V, R extends { readonly code: string }>(...[useCase, input]: Asked<I, V, R>) =>
  house.ask(useCase, { by: finance, place: "greater-manchester", input });
const value = async <I extends z.ZodObject, V, R extends { readonly code: string }>(...asked: Asked<I, V, R>) =>
  house.value(await ask(...asked));

async function stream(of: {
  readonly name: string;
  readonly payerId: string;
  readonly pence: string;
  readonly nameWelsh?: string;
  readonly ringFenced?: boolean;
}) {
  const { name, nameWelsh = null, payerId, pence: amountPence, ringFenced = false } = of;
  const terms = { startsOn: "2012-04-01", endsOn: "2013-03-31", power: "Section 31", ringFenced };
  return (await value(openStream, { name, nameWelsh, payerId, amountPence, ...terms })).streamId;
}

/** Two streams put 60 + 40 and 30 into a pot; 100 is allocated, 90 committed and 75 paid in two payments. */
async function tell() {
  const add = async (name: string) => (await value(addPartner, { name, kind: "other", parts: ["funder"] })).partnerId;
  const [payerId, hostId, supplierId] = [await add("Payer"), await add("Host"), await add("Irwell Family Support")];
  const { serviceId } = await value(addService, { name: "Key workers", providerId: supplierId });
  const ring = await stream({ name: "Ring", payerId, pence: "3000", ringFenced: true });
  const free = await stream({ name: "Free", payerId, pence: "20000" });
  const idle = await stream({ name: "Idle", payerId, pence: "700" });
  const { potId: pot } = await value(openPot, {
    name: "Pot",
    purpose: "A test",
    mode: "pooled",
    hostId,
    openedOn: "2012-04-01",
  });
  const put = async (streamId: string, amountPence: string) =>
    (await value(recordContribution, { streamId, potId: pot, amountPence, madeOn: DAY })).contributionId;
  const first = await put(free, "6000");
  await put(free, "4000");
  await put(ring, "3000");
  const deciding = { decidedBy: "The board", decidedOn: DAY, power: "Clause 7" };
  const { allocationId } = await value(recordAllocation, {
    potId: pot,
    name: "Key workers",
    amountPence: "10000",
    ...deciding,
  });
  const order = { kind: "order", supplierId, serviceId, committedOn: DAY } as const;
  const { commitmentId } = await value(recordCommitment, { allocationId, amountPence: "9000", ...order });
  const fileId = await publish(hostId);
  const paid = { commitmentId, paidOn: DAY };
  const { paymentId: payment } = await value(recordPayment, {
    ...paid,
    amountPence: "5000",
    spendLine: { fileId, row: 7 },
  });
  const { paymentId: second } = await value(recordPayment, { ...paid, amountPence: "2500" });
  await house.database.inPlace(placeId, (tx) =>
    insertReach(tx, placeId, {
      serviceId,
      startsOn: mustDay("2012-10-01"),
      endsOn: mustDay("2012-12-31"),
      families: 43,
      source: "Test",
    }),
  );
  const records = { free, ring, idle, pot, first, allocation: allocationId, commitment: commitmentId, payment, second };
  return { ...records, line: `${fileId}.7`, serviceId, supplierId, payerId, hostId };
}

/** A published line of £60.00, of which the pot bears £50.00. */
async function publish(hostId: string): Promise<string> {
  const fileId = newId();
  const admin = await house.admin();
  await admin.query(
    `insert into spend_file (place_id, file_id, publisher_id, name, sha256, columns, lines, refused, total_pence, imported_by)
     values ($1, $2, $3, 'January 2013', '\\x00', '{}', 1, 0, 6000, 'test')`,
    [placeId, fileId, hostId],
  );
  await admin.query(
    `insert into spend_line (place_id, file_id, row_number, publisher_id, paid_on, amount_pence, supplier, service_area, description,
       reference, company_number, charity_number) values ($1, $2, 7, $3, $4, 6000, 'Irwell', 'Children', '', 'R1', '', '')`,
    [placeId, fileId, hostId, DAY],
  );
  await admin.end();
  return fileId;
}

async function follow(record: string) {
  const answer = await value(followRecord, { record });
  followRecord.output.parse(toJson(answer));
  return answer;
}

/** A chain as lines: how deep, what, how much. */
function lines(node: ShownNode, depth = 0): readonly string[] {
  const own = `${"  ".repeat(depth)}${node.record.kind} ${node.amountPence ?? "-"}`;
  const stops = node.stops.map((stop) => `${"  ".repeat(depth + 1)}stop ${stop.amountPence ?? "-"}`);
  return [own, ...node.branches.flatMap((branch) => lines(branch, depth + 1)), ...stops];
}

const expectLines = (node: ShownNode, text: string) =>
  expect(lines(node)).toEqual(
    text
      .replace(/^\n|\n\s*$/g, "")
      .split("\n")
      .map((line) => line.slice(6)),
  );

/** Whatever has branches or stops with amounts is their sum, in each book in which it has any. */
function expectSums(node: ShownNode): void {
  const parts = [...node.branches, ...node.stops, ...node.more].filter(({ amountPence }) => amountPence !== null);
  for (const book of new Set(parts.map((part) => part.book))) {
    const sum = parts
      .filter((part) => part.book === book)
      .reduce((total, part) => total + (part.amountPence ?? 0n), 0n);
    if (node.amountPence !== null)
      expect(`${node.record.kind} ${book} ${sum}`).toBe(`${node.record.kind} ${book} ${node.amountPence}`);
  }
  for (const branch of node.branches) expectSums(branch);
}

describe("following a pound", () => {
  it("goes from a payment up to its streams and down to the families", async () => {
    const { up, down, stops } = await follow(ids.payment);
    // The ring-fenced 3,000 goes first; the other 2,000 is of the free stream's first contribution.
    expectLines(
      up,
      `
      payment 5000
        commitment 5000
          allocation 5000
            pot 5000
              contribution 2000
                stream 2000
              contribution 3000
                stream 3000
    `,
    );
    expectLines(
      down,
      `
      payment 5000
        service 5000
          stop -
    `,
    );
    expect(stops.map(({ words }) => words.en)).toEqual([
      "Finance readers stop here: about 45 families reached from 1 October 2012 to 31 December 2012. To learn more, ask the information governance lead.",
    ]);
  });

  it("goes from a stream down, and says what got no further", async () => {
    const { down } = await follow(ids.free);
    expectLines(
      down,
      `
      stream 20000
        contribution 6000
          pot 6000
            allocation 6000
              commitment 6000
                payment 2000
                  service 2000
                    stop -
                payment 2500
                  service 2500
                    stop -
                stop 1500
        contribution 4000
          pot 4000
            allocation 1000
              stop 1000
            stop 3000
        stop 10000
    `,
    );
  });

  it.each(["free", "ring", "pot", "first", "allocation", "commitment", "payment", "second"] as const)(
    "sums to the penny in both directions from %s",
    async (name) => {
      const { up, down } = await follow(ids[name]);
      expectSums(up);
      expectSums(down);
    },
  );

  it("goes from a published line to its payment, and back", async () => {
    const { up, down } = await follow(ids.line);
    expect(lines(up).slice(0, 3)).toEqual(["spend_line 6000", "  payment 5000", "    commitment 5000"]);
    expect(up.stops.map(({ amountPence }) => amountPence)).toEqual([1_000n]);
    expect(lines(down)).toEqual(["spend_line 6000", "  service 5000", "    stop -"]);
    const { record } = await follow(ids.payment);
    expect(record.links.map(({ kind, id }) => [kind, id])).toContainEqual(["spend_line", ids.line]);
  });

  it("starts at a service and at either end's partner", async () => {
    const service = await follow(ids.serviceId);
    expect(service.up.branches.map(({ record, amountPence }) => [record.kind, amountPence])).toEqual([
      ["payment", 5_000n],
      ["payment", 2_500n],
    ]);
    const supplier = await follow(ids.supplierId);
    expect(supplier.up.branches).toHaveLength(2);
    const payer = await follow(ids.payerId);
    expect(payer.down.branches.map(({ record }) => record.kind)).toEqual(["stream", "stream", "stream"]);
  });

  it("says of a stream that gave nothing that all of it waits", async () => {
    const { down } = await follow(ids.idle);
    expect(down.stops.map(({ amountPence }) => amountPence)).toEqual([700n]);
  });

  it("follows each book of a stream apart: each has its own sums and its own stop", async () => {
    const both = await stream({ name: "Both", nameWelsh: "Y ddau", payerId: ids.payerId, pence: "41000" });
    const shadow = await value(openPot, {
      name: "Shadow pot",
      purpose: "A test",
      mode: "shadow",
      hostId: ids.hostId,
      openedOn: "2012-04-01",
    });
    const put = (potId: string, amountPence: string) =>
      value(recordContribution, { streamId: both, potId, amountPence, madeOn: DAY });
    const real = await put(ids.pot, "18000");
    await put(shadow.potId, "19000");
    const { down, stops } = await follow(both);
    expectSums(down);
    expect(down.branches.map(({ book, amountPence }) => [book, amountPence])).toEqual([
      ["real", 18_000n],
      ["shadow", 19_000n],
    ]);
    const own = stops.filter(({ record }) => record.id === both);
    expect(own.map(({ book, words }) => [book, words.en])).toEqual([
      ["real", "real: £230.00 not yet put into a pot"],
      ["shadow", "shadow: £220.00 not yet promised"],
    ]);
    expect(own.map(({ words }) => words.cy)).toEqual([
      "go iawn: £230.00 heb ei roi mewn cronfa eto",
      "cysgodol: £220.00 heb ei addo eto",
    ]);
    expect(down.branches[0]?.record.title).toEqual({ en: "Contribution from Both", cy: "Cyfraniad o Y ddau" });
    expectSums((await follow(ids.payerId)).down);
    await value(reverseTransfer, { transferId: real.transferId, reason: "A test" });
  });

  it("leads nowhere from what was reversed, and leaves it out of other chains", async () => {
    const spare = await stream({ name: "Spare", payerId: ids.payerId, pence: "100" });
    const made = await value(recordContribution, { streamId: spare, potId: ids.pot, amountPence: "100", madeOn: DAY });
    await value(reverseTransfer, { transferId: made.transferId, reason: "Wrong" });
    const { record, up, down } = await follow(made.contributionId);
    expect([record.reversed, up.branches.length, down.branches.length]).toEqual([true, 0, 0]);
    expect((await follow(spare)).down.branches).toEqual([]);
  });

  it("refuses what is not there, in words", async () => {
    const record = newId();
    expect(house.refusal(await ask(followRecord, { record }))).toEqual({ code: "record_not_found", record });
    expect(house.refusal(await ask(followRecord, { record: "12" })).code).toBe("input_not_valid");
  });
});
