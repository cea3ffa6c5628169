/**
 * What the demonstration's places do with their virtual bank beyond recording: Ilfracombe's shadow accounts reconciled to the
 * council's own extracts and closed for two quarters, the third ready to close but for one line nobody knows; in Greater
 * Manchester money set aside before an order, and a payment that waits for a second person.
 */
import { createHash } from "node:crypto";
import { prepareApproval } from "../../src/approvals/index.ts";
import {
  checkPeriod,
  closeLedger,
  listCommitments,
  makePrecommitment,
  sendPartnerStatement,
  showPot,
} from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import {
  acceptCertain,
  mapCode,
  showReconciliation,
  signReconciliation,
  takeInListing,
} from "../../src/reconciliation/index.ts";
import { ilfracombe } from "../ilfracombe.ts";
import { greaterManchester, salfordPound } from "../salford.ts";
import { carryOut, type Ids, type Loading } from "./doing.ts";

export const BANK_STEPS = 2;

export async function loadBank(loading: Loading, ids: Ids, tell: (doing: string) => Promise<void>): Promise<void> {
  await closeIlfracombe(loading, ids);
  await tell("Reconciled and closed Ilfracombe's shadow accounts");
  await waitInGreaterManchester(loading, ids);
  await tell("Prepared what waits for a second person");
}

const person = (ids: Ids, key: string): Credential => ({ kind: "person", userId: ids.of(`person/${key}`) });

type Body = { readonly id: string; readonly pots: readonly { readonly id: string; readonly costCentre: string }[] };

/** Whose ledger each shadow account is reconciled to, and the cost centre that it has there. */
const BODIES: readonly Body[] = [
  { id: "north-devon-council", pots: [{ id: "ilfracombe-shadow-neighbourhood", costCentre: "4471" }] },
  {
    id: "devon-county-council",
    pots: [
      { id: "ilfracombe-shadow-libraries", costCentre: "2210" },
      { id: "ilfracombe-shadow-highways", costCentre: "3305" },
    ],
  },
];

/** A council's own ledger as it would send it: every payment of its accounts, and one that Onepot does not know. */
function extractOf(body: Body): Buffer {
  const headings = "Document No,Posting Date,Amount,Cost centre,Account,Supplier,Reference";
  const rows = body.pots.flatMap(({ id, costCentre }) =>
    ilfracombe.payments
      .filter((one) => potOf(one.commitmentId) === id)
      .map((one) => {
        const pounds = `${one.netPence / 100n}.${String(one.netPence % 100n).padStart(2, "0")}`;
        const reference = `${one.invoice}, ${one.documentNumber}`;
        return `${one.documentNumber},${one.date},${pounds},${costCentre},41100,Own services,"${reference}"`;
      }),
  );
  const unknown = "9100099001,2012-12-14,1250.00,3305,41100,Own services,Gritting before Christmas";
  return Buffer.from([headings, ...rows, ...(body.pots.length > 1 ? [unknown] : []), ""].join("\r\n"));
}

function potOf(commitmentId: string): string | undefined {
  const commitment = ilfracombe.commitments.find(({ id }) => id === commitmentId);
  return ilfracombe.allocations.find(({ id }) => id === commitment?.allocationId)?.potId;
}

async function closeIlfracombe(loading: Loading, ids: Ids): Promise<void> {
  const place = ilfracombe.placeSlug;
  const by = person(ids, "ilfracombe-pool");
  const opened = { subjective: "41100", project: "", subjectiveGroup: 4, startsOn: "2012-04-01" };
  for (const body of BODIES) {
    const bodyId = ids.of(`partner/${body.id}`);
    for (const { id, costCentre } of body.pots)
      await carryOut(loading.house, mapCode, {
        by,
        place,
        input: { bodyId, potId: ids.of(`pot/${id}`), costCentre, ...opened },
      });
    const bytes = extractOf(body);
    const file = { input: { bytes }, sha256: createHash("sha256").update(bytes).digest("hex") };
    const name = `${body.id}-ledger-2012-13.csv`;
    await carryOut(loading.house, takeInListing, { by, place, input: { name, body: bodyId, file } });
    for (const { id } of body.pots)
      await carryOut(loading.house, acceptCertain, { by, place, input: { bodyId, potId: ids.of(`pot/${id}`) } });
  }
  await closeQuarter(loading, ids, { quarter: "Q1", from: "2012-04-01", to: "2012-06-30" });
  await closeQuarter(loading, ids, { quarter: "Q2", from: "2012-07-01", to: "2012-09-30" });
}

async function closeQuarter(
  { house }: Loading,
  ids: Ids,
  the: { readonly quarter: string; readonly from: string; readonly to: string },
): Promise<void> {
  const place = ilfracombe.placeSlug;
  const [manager, finance] = [person(ids, "ilfracombe-pool"), person(ids, "ilfracombe-finance")];
  const period = `2012-13/${the.quarter}`;
  for (const body of BODIES) {
    const partnerId = ids.of(`partner/${body.id}`);
    for (const { id } of body.pots) {
      const side = { bodyId: partnerId, potId: ids.of(`pot/${id}`), from: the.from, to: the.to };
      const { hash } = await carryOut(house, showReconciliation, { by: manager, place, input: side });
      await carryOut(house, signReconciliation, { by: manager, place, input: { ...side, part: "prepared", hash } });
      await carryOut(house, signReconciliation, { by: finance, place, input: { ...side, part: "reviewed", hash } });
    }
    await carryOut(house, sendPartnerStatement, { by: manager, place, input: { partnerId, quarter: period } });
  }
  const asked = { period, book: "shadow" } as const;
  const { items } = await carryOut(house, checkPeriod, { by: finance, place, input: asked });
  const explained = items
    .filter(({ state }) => state === "stop")
    .map(({ item }) => ({ item, words: "The councils pay their shares after each quarter (made up)" }));
  await carryOut(house, closeLedger, { by: finance, place, input: { ...asked, state: "hard", explained } });
}

async function waitInGreaterManchester(loading: Loading, ids: Ids): Promise<void> {
  const { house } = loading;
  const place = greaterManchester.placeSlug;
  const by = person(ids, salfordPound.preparedBy);
  const commitmentId = ids.of(`commitment/${salfordPound.commitmentId}`);
  const { commitments } = await carryOut(house, listCommitments, { by, place, input: {} });
  const order = must(
    commitments.find((one) => one.commitmentId === commitmentId),
    "the order of the story is listed",
  );
  const request = {
    commitmentId,
    amountPence: "624000",
    vatRecoveredPence: "124800",
    paidOn: "2013-03-28",
    reference: "IFS-LW-1303",
  };
  await carryOut(house, prepareApproval, { by, place, input: { act: "payment.record", request } });
  const { allocations } = await carryOut(house, showPot, { by, place, input: { pot: order.potSlug } });
  const free = must(
    allocations.find((one) => one.amountPence - one.committedPence >= 500_000n),
    "an allocation of the pot has money left",
  );
  const plan = { allocationId: free.allocationId, amountPence: "500000", madeOn: "2013-03-25", endsOn: "2013-06-30" };
  const words = "Summer activities for families, to be ordered in April";
  await carryOut(house, makePrecommitment, { by, place, input: { ...plan, words } });
}
