/**
 * The money of one place, record by record in the order of its days: opened by its own pool manager or finance officer; what
 * moves real money is prepared and authorised by the two people whom the data names.
 */

import {
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
} from "../../src/ledger/index.ts";
import { assert, must } from "../../src/lib/assert.ts";
import type { Day } from "../../src/lib/day.ts";
import type { Pence } from "../../src/lib/pence.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { findLineByReference } from "../../src/spending/index.ts";
import type {
  DemoAllocation,
  DemoCommitment,
  DemoContribution,
  DemoLedger,
  DemoPayment,
  DemoPot,
  DemoStream,
  Draw,
  TwoPeople,
} from "../types.ts";
import { carryOut, carryOutTogether, type Ids, type Loading } from "./doing.ts";

type Keeping = { readonly loading: Loading; readonly ledger: DemoLedger; readonly ids: Ids; readonly by: Credential };

type Recorded =
  | { readonly rank: 0; readonly date: Day; readonly record: DemoContribution }
  | { readonly rank: 1; readonly date: Day; readonly record: DemoAllocation }
  | { readonly rank: 2; readonly date: Day; readonly record: DemoCommitment }
  | { readonly rank: 3; readonly date: Day; readonly record: DemoPayment };

export function countRecords(ledger: DemoLedger): number {
  return ledger.contributions.length + ledger.allocations.length + ledger.commitments.length + ledger.payments.length;
}

export async function loadMoney(
  loading: Loading,
  the: { readonly ledger: DemoLedger; readonly ids: Ids },
  tell: () => Promise<void>,
): Promise<void> {
  const keeper = must(
    the.ledger.people.find((person) => person.roles.includes("pool manager")) ??
      the.ledger.people.find((person) => person.roles.includes("finance officer")),
    "every ledger of the demonstration has someone who keeps it",
  );
  const keeping: Keeping = { loading, ...the, by: { kind: "person", userId: the.ids.of(`person/${keeper.id}`) } };
  for (const stream of the.ledger.streams) await loadStream(keeping, stream);
  for (const pot of the.ledger.pots) await loadPot(keeping, pot);
  const records: Recorded[] = [
    ...the.ledger.contributions.map((record) => ({ rank: 0 as const, date: record.date, record })),
    ...the.ledger.allocations.map((record) => ({ rank: 1 as const, date: record.date, record })),
    ...the.ledger.commitments.map((record) => ({ rank: 2 as const, date: record.date, record })),
    ...the.ledger.payments.map((record) => ({ rank: 3 as const, date: record.date, record })),
  ];
  records.sort((a, b) => (a.date === b.date ? a.rank - b.rank : a.date < b.date ? -1 : 1));
  for (const recorded of records) {
    await load(keeping, recorded);
    await tell();
  }
}

function load(keeping: Keeping, { rank, record }: Recorded): Promise<void> {
  if (rank === 0) return loadContribution(keeping, record);
  if (rank === 1) return loadAllocation(keeping, record);
  return rank === 2 ? loadCommitment(keeping, record) : loadPayment(keeping, record);
}

async function loadStream({ loading, ledger, ids, by }: Keeping, stream: DemoStream): Promise<void> {
  const holder = ledger.partners.find((partner) => partner.id === stream.holderId)?.name ?? "";
  const { streamId } = await carryOut(loading.house, openStream, {
    by,
    place: ledger.placeSlug,
    input: {
      name: stream.name.en,
      nameWelsh: stream.name.cy,
      payerId: ids.of(`partner/${stream.payerId}`),
      amountPence: String(stream.amountPence),
      startsOn: stream.from,
      endsOn: stream.to,
      power: stream.power,
      ringFenced: stream.ringFenced,
      source: `Held by ${holder}. ${stream.note}`.trim().slice(0, 1000),
      madeUp: true,
      conditions: stream.conditions.map((words) => ({ kind: "purpose" as const, words })),
    },
  });
  ids.keep(`stream/${stream.id}`, streamId);
}

async function loadPot({ loading, ledger, ids, by }: Keeping, pot: DemoPot): Promise<void> {
  const area = pot.neighbourhoodSlug ?? pot.councilGss;
  const { potId } = await carryOut(loading.house, openPot, {
    by,
    place: ledger.placeSlug,
    input: {
      name: pot.name.en,
      nameWelsh: pot.name.cy,
      slug: pot.id,
      purpose: pot.purpose.en,
      mode: pot.mode,
      hostId: ids.of(`partner/${pot.hostId}`),
      areaId: area === undefined ? null : ids.of(`${ledger.placeSlug}/${area}`),
      openedOn: pot.openedOn,
      madeUp: true,
    },
  });
  ids.keep(`pot/${pot.id}`, potId);
}

async function loadContribution(keeping: Keeping, record: DemoContribution): Promise<void> {
  const { loading, ledger, ids } = keeping;
  const { contributionId } = await carryOutTogether(loading.house, recordContribution, {
    ...peopleOf(keeping, record),
    place: ledger.placeSlug,
    real: isReal(keeping, record),
    input: {
      streamId: ids.of(`stream/${record.streamId}`),
      potId: ids.of(`pot/${record.potId}`),
      amountPence: String(record.amountPence),
      madeOn: record.date,
      reference: record.reference,
    },
  });
  ids.keep(`contribution/${record.id}`, contributionId);
}

async function loadAllocation(keeping: Keeping, record: DemoAllocation): Promise<void> {
  const { loading, ledger, ids } = keeping;
  const { allocationId } = await carryOutTogether(loading.house, recordAllocation, {
    ...peopleOf(keeping, record),
    place: ledger.placeSlug,
    real: isReal(keeping, record),
    input: {
      potId: ids.of(`pot/${record.potId}`),
      name: record.purpose.en,
      nameWelsh: record.purpose.cy,
      purpose: `Minute ${record.minute}`,
      themeId: ids.of(`theme/${record.themeId}`),
      amountPence: String(record.amountPence),
      decidedBy: record.decidedBy,
      decidedOn: record.date,
      power: record.power,
      shares: sharesOf(keeping, record.draws),
    },
  });
  ids.keep(`allocation/${record.id}`, allocationId);
}

async function loadCommitment(keeping: Keeping, record: DemoCommitment): Promise<void> {
  const { loading, ledger, ids } = keeping;
  const { commitmentId } = await carryOutTogether(loading.house, recordCommitment, {
    ...peopleOf(keeping, record),
    place: ledger.placeSlug,
    real: isReal(keeping, record),
    input: {
      allocationId: ids.of(`allocation/${record.allocationId}`),
      kind: record.kind,
      supplierId: ids.of(`partner/${record.supplierId}`),
      serviceId: ids.of(`service/${record.serviceId}`),
      amountPence: String(record.amountPence),
      committedOn: record.date,
      reference: record.reference,
      shares: sharesOf(keeping, record.draws),
    },
  });
  ids.keep(`commitment/${record.id}`, commitmentId);
}

async function loadPayment(keeping: Keeping, record: DemoPayment): Promise<void> {
  const { loading, ledger, ids } = keeping;
  const { paymentId } = await carryOutTogether(loading.house, recordPayment, {
    ...peopleOf(keeping, record),
    place: ledger.placeSlug,
    real: isReal(keeping, record),
    input: {
      commitmentId: ids.of(`commitment/${record.commitmentId}`),
      amountPence: String(record.netPence),
      vatRecoveredPence: String(record.vatPence),
      paidOn: record.date,
      reference: `${record.invoice}, ${record.documentNumber}`,
      spendLine: await findPublished(keeping, record),
      shares: sharesOf(keeping, record.draws),
    },
  });
  ids.keep(`payment/${record.id}`, paymentId);
}

type OfPot = Partial<Record<"potId" | "allocationId" | "commitmentId", string>>;

/** The pot whose money a record moves. */
function potOf(ledger: DemoLedger, record: OfPot): DemoPot | undefined {
  const commitment = ledger.commitments.find((one) => one.id === record.commitmentId);
  const allocation = ledger.allocations.find((one) => one.id === (record.allocationId ?? commitment?.allocationId));
  return ledger.pots.find((one) => one.id === (record.potId ?? allocation?.potId));
}

function isReal({ ledger }: Keeping, record: OfPot): boolean {
  const { mode } = must(potOf(ledger, record), "a record of the demonstration has a pot");
  return mode === "pooled" || mode === "delegated";
}

function peopleOf({ ids }: Keeping, { preparedBy, authorisedBy }: TwoPeople) {
  const person = (id: string): Credential => ({ kind: "person", userId: ids.of(`person/${id}`) });
  return { preparedBy: person(preparedBy), authorisedBy: person(authorisedBy) };
}

/**
 * The line of the host's published spending that is this payment: same number, same amount. In the shadow book only a
 * payment that the host made from its own budget has one.
 */
async function findPublished(
  { loading, ledger, ids }: Keeping,
  record: DemoPayment,
): Promise<{ readonly fileId: string; readonly row: number } | null> {
  const pot = potOf(ledger, record);
  if (pot === undefined) return null;
  if (!record.asPublished && (pot.mode === "shadow" || pot.mode === "aligned")) return null;
  const place = must(await loading.house.findPlace(ledger.placeSlug), "the place was opened");
  const asked = {
    placeId: place.placeId,
    publisherId: ids.of(`partner/${pot.hostId}`),
    reference: record.documentNumber,
    amountPence: record.netPence,
  };
  const found = await loading.house.database.inPlace(place.placeId, (tx) => findLineByReference(tx, asked));
  assert(found !== null || !record.asPublished, `no published line is ${record.id}`);
  return found;
}

function sharesOf(
  { ledger, ids }: Keeping,
  draws: readonly Draw[],
): { readonly streamId: string; readonly amountPence: string }[] {
  const byStream = new Map<string, Pence>();
  for (const draw of draws) {
    const { streamId } = must(
      ledger.contributions.find((one) => one.id === draw.contributionId),
      "a draw names a contribution",
    );
    byStream.set(streamId, (byStream.get(streamId) ?? 0n) + draw.amountPence);
  }
  return [...byStream].map(([streamId, amountPence]) => ({
    streamId: ids.of(`stream/${streamId}`),
    amountPence: String(amountPence),
  }));
}
