/** A town's shadow money, and what waits there for a second person: beside the real money that two people have recorded. */
import { prepareApproval, setAuthority } from "../../src/approvals/index.ts";
import {
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
} from "../../src/ledger/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import type { TestHouse } from "./house.ts";

export const DAY = "2013-01-15";
export const LATER = "2013-03-15";

export type Keeping = {
  readonly slug: string;
  readonly mark: string;
  readonly finance: Credential;
  readonly partnerId: string;
  readonly serviceId: string;
  readonly themeId: string;
};

/**
 * The same in a shadow pot, where one person is enough: what the examples of the records draw on, so that each is carried
 * out by itself. What two people do with real money is tried by the examples of approvals.
 */
export async function addShadowMoney(test: TestHouse, the: Keeping) {
  const { mark, partnerId, serviceId } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const value = test.value;
  const lasting = { payerId: partnerId, startsOn: "2012-04-01", endsOn: "2013-03-31", power: "Section 31" };
  const { streamId } = value(
    await test.ask(openStream, {
      ...at,
      input: { ...lasting, name: `${mark} shadow grant`, amountPence: "900000000" },
    }),
  );
  const pot = { purpose: `${mark} accounts`, mode: "shadow" as const, hostId: partnerId, openedOn: "2012-04-01" };
  const { potId } = value(await test.ask(openPot, { ...at, input: { ...pot, name: `${mark} shadow pot` } }));
  const given = { streamId, potId, amountPence: "800000000", madeOn: DAY };
  value(await test.ask(recordContribution, { ...at, input: given }));
  const deciding = {
    potId,
    name: `${mark} shadow work`,
    decidedBy: `${mark} board`,
    decidedOn: DAY,
    power: "Clause 7",
  };
  const { allocationId } = value(
    await test.ask(recordAllocation, { ...at, input: { ...deciding, amountPence: "600000000" } }),
  );
  const buying = { kind: "order" as const, supplierId: partnerId, serviceId, committedOn: DAY };
  const { commitmentId } = value(
    await test.ask(recordCommitment, { ...at, input: { ...buying, allocationId, amountPence: "400000000" } }),
  );
  const paying = { commitmentId, amountPence: "100000", paidOn: DAY, reference: `${mark} shadow spare` };
  const { transferId } = value(await test.ask(recordPayment, { ...at, input: paying }));
  return {
    shadowStream: streamId,
    shadowPot: potId,
    shadowAllocation: allocationId,
    shadowCommitment: commitmentId,
    shadowTransfer: transferId,
  };
}

type Preparing = {
  readonly slug: string;
  readonly commitmentId: string;
  readonly people: Readonly<Record<Role, Credential>>;
};

/** Payments from the real pot that wait for a second person, one for each way to end it, and a limit that covers them. */
export async function addApprovals(test: TestHouse, { slug, commitmentId, people }: Preparing) {
  const request = { commitmentId, amountPence: "10000", paidOn: LATER };
  const prepare = async (role: "finance_officer" | "pool_manager") =>
    test.value(
      await test.ask(prepareApproval, { by: people[role], place: slug, input: { act: "payment.record", request } }),
    );
  const limit = { role: "finance_officer" as const, capital: true };
  const set = async () =>
    test.value(await test.ask(setAuthority, { by: people.administrator, place: slug, input: limit })).authorityId;
  await set();
  const { approvalId, shownHash } = await prepare("pool_manager");
  const [refused, withdrawn] = [await prepare("pool_manager"), await prepare("finance_officer")];
  return {
    authorityId: await set(),
    approvalId,
    shownHash,
    approvalToRefuse: refused.approvalId,
    approvalToWithdraw: withdrawn.approvalId,
  };
}
