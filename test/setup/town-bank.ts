/** What the virtual bank adds to a town: a second allocation, money set aside, accounts that a journal can move between. */
import {
  makePrecommitment,
  openPot,
  recordAllocation,
  recordCommitment,
  recordCreditNote,
  recordElsewhere,
  recordHandover,
  recordPayment,
  recordVirement,
  releaseCommitment,
  stepPot,
} from "../../src/ledger/index.ts";
import { openAccounts } from "../../src/ledger/store/accounts.ts";
import { must } from "../../src/lib/assert.ts";
import { newId } from "../../src/platform/ids.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import type { TestHouse } from "./house.ts";

type Banking = {
  readonly slug: string;
  readonly placeId: number;
  readonly mark: string;
  readonly finance: Credential;
  readonly streamId: string;
  readonly potId: string;
  readonly allocationId: string;
  readonly partnerId: string;
  readonly serviceId: string;
};

const DAY = "2013-01-15";

/** The town's shadow money: one person is enough for what is tried on it. */
export function shadowOf(ids: Readonly<Record<"shadowStream" | "shadowPot" | "shadowAllocation", string>>) {
  return { streamId: ids.shadowStream, potId: ids.shadowPot, allocationId: ids.shadowAllocation };
}

export async function addBank(test: TestHouse, the: Banking) {
  const { mark, placeId, streamId } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const deciding = { decidedBy: `${mark} board`, decidedOn: DAY, power: "Clause 8" };
  const { allocationId: toAllocationId } = test.value(
    await test.ask(recordAllocation, {
      ...at,
      input: { potId: the.potId, name: `${mark} other work`, amountPence: "1000000", ...deciding },
    }),
  );
  const { precommitmentId } = test.value(
    await test.ask(makePrecommitment, {
      ...at,
      input: { allocationId: the.allocationId, amountPence: "5000", madeOn: DAY, words: `${mark} plan` },
    }),
  );
  const { commitmentId, creditPaymentId, creditNoteId } = await addOrder(test, the);
  const moving = { allocationId: the.allocationId, toAllocationId, amountPence: "100", movedOn: DAY };
  const why = { decidedBy: `${mark} officer`, power: "Scheme", reason: `${mark} reason` };
  test.value(await test.ask(recordVirement, { ...at, input: { ...moving, ...why } }));
  const release = { commitmentId, amountPence: "100", releasedOn: DAY, reason: `${mark} release` };
  test.value(await test.ask(releaseCommitment, { ...at, input: release }));
  // What the host's own ledger paid, for which nothing was set aside: an item to resolve.
  const paid = { potId: the.potId, supplierId: the.partnerId, serviceId: the.serviceId, amountPence: "100000" };
  const elsewhere = test.value(
    await test.ask(recordElsewhere, { ...at, input: { ...paid, paidOn: DAY, reference: `${mark} elsewhere` } }),
  );
  const { itemId } = must(elsewhere.items[0], "nothing was set aside for it");
  const [journalFrom = "", journalTo = ""] = await test.database.inPlace(placeId, (tx) =>
    openAccounts(
      tx,
      placeId,
      [1, 2].map(() => ({
        accountId: newId(),
        book: "shadow",
        kind: "clearing",
        recordId: newId(),
        streamId,
        potId: null,
        floorPence: null,
      })),
    ),
  );
  const stepPotId = await openStepped(test, the);
  return {
    ...(await addPart(test, the)),
    itemId,
    toAllocationId,
    precommitmentId,
    creditPaymentId,
    creditNoteId,
    stepPotId,
    journalFrom,
    journalTo,
  };
}

/** A part of the shadow pot, and money handed to it. */
async function addPart(test: TestHouse, { mark, slug, finance, potId, partnerId: hostId }: Banking) {
  const at = { by: finance, place: slug } as const;
  const opening = { purpose: mark, mode: "shadow", openedOn: "2012-04-01", parentId: potId, part: "project" } as const;
  const input = { ...opening, name: `${mark} part`, hostId };
  const { potId: partPotId } = test.value(await test.ask(openPot, { ...at, input }));
  const handing = { potId, toPotId: partPotId, amountPence: "100", movedOn: DAY };
  const why = { decidedBy: `${mark} board`, power: "Clause 9", reason: `${mark} small works` };
  const { handoverId } = test.value(await test.ask(recordHandover, { ...at, input: { ...handing, ...why } }));
  return { partPotId, handoverId };
}

/** A pot that has taken one step, and can take another. */
async function openStepped(test: TestHouse, { mark, slug, finance, partnerId }: Banking): Promise<string> {
  const at = { by: finance, place: slug } as const;
  const opening = { purpose: mark, mode: "aligned", hostId: partnerId, openedOn: DAY } as const;
  const open = async (name: string) =>
    test.value(await test.ask(openPot, { ...at, input: { ...opening, name: `${mark} ${name}` } })).potId;
  const stepping = { mode: "shadow", fromOn: DAY, power: mark, words: mark } as const;
  test.value(await test.ask(stepPot, { ...at, input: { potId: await open("stepped"), ...stepping } }));
  return open("to step");
}

/** An order paid in stages, one of them paid, and part of that credited back. */
async function addOrder(test: TestHouse, the: Banking) {
  const { mark, allocationId, partnerId: supplierId, serviceId } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const stages = [1, 2].map((stage) => ({ words: `${mark} stage ${stage}`, dueOn: DAY, amountPence: "50000000" }));
  const order = {
    allocationId,
    kind: "order",
    supplierId,
    serviceId,
    amountPence: "100000000",
    committedOn: DAY,
    endsOn: "2013-02-28",
  } as const;
  const { commitmentId } = test.value(await test.ask(recordCommitment, { ...at, input: { ...order, stages } }));
  const paid = { commitmentId, amountPence: "50000000", paidOn: DAY, reference: `${mark} first stage` };
  const { paymentId: creditPaymentId } = test.value(await test.ask(recordPayment, { ...at, input: paid }));
  const lines = [{ line: 1, netPence: "100" }];
  const credit = { paymentId: creditPaymentId, amountPence: "100", creditedOn: DAY, reason: `${mark} credit`, lines };
  const { creditNoteId } = test.value(await test.ask(recordCreditNote, { ...at, input: credit }));
  return { commitmentId, creditPaymentId, creditNoteId };
}

type Making = {
  readonly town: { readonly mark: string; readonly ids: Readonly<Record<string, string>> };
  readonly unique: string;
};

const later = () => "2013-03-15";

/** The fields of the bank's examples that are made by their name, or by their use case and name. */
export const bankFields: Readonly<Record<string, (making: Making) => unknown>> = {
  movedOn: later,
  madeOn: later,
  releasedOn: later,
  creditedOn: later,
  stages: () => [],
  parentId: () => null,
  "virement.record.allocationId": ({ town }) => town.ids["shadowAllocation"],
  "handover.record.potId": ({ town }) => town.ids["shadowPot"],
  "handover.record.toPotId": ({ town }) => town.ids["partPotId"],
  "precommitment.make.allocationId": ({ town }) => town.ids["shadowAllocation"],
  "payment.record_elsewhere.commitmentId": ({ town }) => town.ids["shadowCommitment"],
  "resolve.clear.allocationId": ({ town }) => town.ids["shadowAllocation"],
  "commitment.release.commitmentId": ({ town }) => town.ids["shadowCommitment"],
  "pot.step.potId": ({ town }) => town.ids["stepPotId"],
  "pot.step.mode": () => "shadow",
  "credit_note.record.paymentId": ({ town }) => town.ids["creditPaymentId"],
  // Between the town's two accounts, in the shadow book.
  "ledger.post.journals": ({ town, unique }) => {
    const lines = [
      { accountId: town.ids["journalFrom"], amountPence: "-1000" },
      { accountId: town.ids["journalTo"], amountPence: "1000" },
    ];
    return [{ book: "shadow", effectiveOn: later(), words: `${town.mark} ${unique}`, lines }];
  },
};
