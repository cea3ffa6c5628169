/**
 * A place's two books filled through the real use cases, by a seed: money given, allocated, committed, paid and reversed
 * over a year, with words that other programs could trip over.
 */
import type { z } from "zod";
import {
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
  reverseTransfer,
} from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, type Day, mustDay } from "../../src/lib/day.ts";
import { addPartner, addService } from "../../src/places/index.ts";
import type { UseCase } from "../../src/platform/use-case/index.ts";

const FIRST_DAY = mustDay("2012-04-01");
const DAYS = 364;
const WORDS = [
  'Gwasanaeth "ieuenctid" Pŵer',
  "50% now; the rest | later, (perhaps)",
  "back\\slash and 'quotes'",
  "Ordsall, Langworthy & Broughton  two spaces",
  "=1+1",
  "👩‍👧 families \u200fRTL",
  "* starred ! marked",
];

/** Carries out a use case at the place and gives its answer. */
export type Value = <I extends z.ZodObject, V, R extends { readonly code: string }>(
  useCase: UseCase<"place", I, V, R>,
  input: z.input<I>,
) => Promise<V>;

/** mulberry32 (Tommy Ettinger, 2017): small whole numbers by a seed. */
export function chance(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

type Held = { readonly id: string; leftPence: bigint };
type Desk = {
  readonly value: Value;
  readonly draw: (limit: number) => number;
  readonly supplierId: string;
  readonly serviceId: string;
  readonly streams: readonly string[];
  readonly pots: readonly { readonly pot: Held; readonly allocations: Held[]; readonly commitments: Held[] }[];
};

/** Makes so many transfers, in order of day; every use case of them is accepted. */
export async function fillBooks(
  value: Value,
  the: { readonly seed: number; readonly transfers: number },
): Promise<void> {
  const desk = await openDesk(value, chance(the.seed));
  for (let made = 0; made < the.transfers; made += 1)
    await makeOne(desk, addDays(FIRST_DAY, Math.floor((made * DAYS) / the.transfers)));
}

async function openDesk(value: Value, draw: Desk["draw"]): Promise<Desk> {
  const partner = async (name: string, kind: "department" | "council" | "charity", of: object = {}) =>
    (await value(addPartner, { name, kind, parts: ["funder"], ...of })).partnerId;
  const payerId = await partner("Department of Filled Books", "department");
  const identifiers = [{ scheme: "GB-LAE", identifier: "SLF" }];
  const hostId = await partner("Council of Filled Books", "council", { identifiers });
  const supplierId = await partner("Irwell Filled Support", "charity");
  const { serviceId } = await value(addService, { name: 'Key "workers"; families', providerId: supplierId });
  const streams: string[] = [];
  for (const [number, words] of WORDS.slice(0, 4).entries()) {
    const terms = {
      payerId,
      startsOn: FIRST_DAY,
      endsOn: "2013-03-31",
      power: "Section 31",
      ringFenced: number % 2 === 0,
    };
    streams.push((await value(openStream, { name: words, amountPence: "900000000000", ...terms })).streamId);
  }
  const pots: { pot: Held; allocations: Held[]; commitments: Held[] }[] = [];
  for (const [number, mode] of (["pooled", "delegated", "shadow"] as const).entries()) {
    const opened = { name: `${WORDS[number + 3]} pot`, purpose: "A test", mode, hostId, openedOn: FIRST_DAY };
    const { potId } = await value(openPot, opened);
    pots.push({ pot: { id: potId, leftPence: 0n }, allocations: [], commitments: [] });
  }
  return { value, draw, supplierId, serviceId, streams, pots };
}

/** What is made next: what was drawn where there is money for it, else what comes before it. */
async function makeOne(desk: Desk, day: Day): Promise<void> {
  const { value, draw, supplierId, serviceId } = desk;
  const one = must(desk.pots[draw(desk.pots.length)], "a pot was drawn");
  const words = `${WORDS[draw(WORDS.length)]} ${draw(1_000_000)}`;
  const wanted = draw(10);
  const commitment = one.commitments[draw(one.commitments.length)];
  if (wanted >= 4 && commitment !== undefined && commitment.leftPence > 1_000n) {
    const amountPence = part(commitment, draw);
    const input = { commitmentId: commitment.id, amountPence: String(amountPence), paidOn: day, reference: words };
    const paid = await value(recordPayment, input);
    // A tenth is entered wrongly and reversed at once; the money that comes back is not used again.
    const { transferId } = paid;
    if (wanted === 9) await value(reverseTransfer, { transferId, reason: `Wrong: ${words}`, reversedOn: day });
    return;
  }
  const allocation = one.allocations[draw(one.allocations.length)];
  if (wanted >= 2 && allocation !== undefined && allocation.leftPence > 1_000n) {
    const amountPence = part(allocation, draw);
    const kind = draw(3) === 0 ? ("grant" as const) : ("order" as const);
    const terms = { kind, supplierId, serviceId, committedOn: day, reference: words, words };
    const input = { allocationId: allocation.id, amountPence: String(amountPence), ...terms };
    const made = await value(recordCommitment, input);
    one.commitments.push({ id: made.commitmentId, leftPence: amountPence });
    return;
  }
  if (wanted >= 1 && one.pot.leftPence > 1_000n) {
    const amountPence = part(one.pot, draw);
    const deciding = { name: words, decidedBy: "The board", decidedOn: day, power: "Clause 7" };
    const input = { potId: one.pot.id, amountPence: String(amountPence), ...deciding };
    const made = await value(recordAllocation, input);
    one.allocations.push({ id: made.allocationId, leftPence: amountPence });
    return;
  }
  const amountPence = BigInt(1_000_000 + draw(100_000_000));
  const streamId = must(desk.streams[draw(desk.streams.length)], "a stream was drawn");
  const input = { streamId, potId: one.pot.id, amountPence: String(amountPence), madeOn: day, reference: words };
  await value(recordContribution, input);
  one.pot.leftPence += amountPence;
}

/** A part of what is left, odd pennies and all. */
function part(held: Held, draw: Desk["draw"]): bigint {
  const amountPence = (held.leftPence * BigInt(1 + draw(500))) / 1_000n + 1n;
  held.leftPence -= amountPence;
  return amountPence;
}
