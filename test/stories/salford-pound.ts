/**
 * The story of the Salford pound, one script for every door: published payments come in, a stream pays into a pot, some
 * is allocated, committed and paid, the payment names the line in which it was published, and the pound is followed from
 * end to end. The pool manager (or the council's own program) prepares what moves the pot's money, and the finance officer
 * authorises it. Each later issue lengthens it here; the doors' drivers only carry out one step as their people would.
 */
export const PLACE = "salford";

const rows = [
  "Payment Date,Amount,Beneficiary Name,Service Area,Reference",
  '15/03/2013,"£7,488.00",Irwell Family Support CIC,Children\'s services,IFS-LW-1302',
  "18/03/2013,1250.00,Ordsall Plumbing Ltd,Estates,OP-17",
  "20/03/2013,(310.25),Ordsall Plumbing Ltd,Estates,OP-17C",
  "",
];
export const SPEND_FILE = { name: "salford-2013-03.csv", bytes: Buffer.from(rows.join("\r\n")) } as const;

/** What is sent at each step, by the names of the use case's own fields; amounts in pence, days as YYYY-MM-DD. */
export type Sent = Readonly<Record<string, unknown>>;

type Answer = Readonly<Record<string, unknown>>;

/** One door. `record` names the use case; the answer holds the ids that it made. */
export type Driver = {
  readonly record: (useCase: string, sent: Sent) => Promise<Answer>;
  /** What moves real money: prepared by the one and authorised by the other; the answer is the act's own. */
  readonly together: (useCase: string, sent: Sent) => Promise<Answer>;
  readonly importSpending: (
    file: typeof SPEND_FILE,
  ) => Promise<{ readonly fileId: string; readonly lines: number; readonly totalPence: string }>;
  readonly trace: (record: string) => Promise<unknown>;
};

export type Ending = {
  readonly imported: { readonly lines: number; readonly totalPence: string };
  readonly trace: unknown;
  readonly line: unknown;
};

/** `council` is the partner that opening the place made: the host of the pot and the publisher of the file. */
export async function salfordPound(driver: Driver, council: string): Promise<Ending> {
  const { fileId, lines, totalPence } = await driver.importSpending(SPEND_FILE);
  const made = async (useCase: string, id: string, sent: Sent): Promise<string> =>
    String((await driver.record(useCase, sent))[id]);
  const funder = await made("partner.add", "partnerId", {
    name: "Department for Communities",
    kind: "department",
    parts: ["funder"],
  });
  const provider = await made("partner.add", "partnerId", {
    name: "Irwell Family Support CIC",
    kind: "social_enterprise",
    parts: ["provider"],
  });
  const service = await made("service.add", "serviceId", { name: "Key worker in Langworthy", providerId: provider });
  const stream = await made("stream.open", "streamId", {
    name: "Troubled families attachment fees",
    payerId: funder,
    amountPence: "74240000",
    startsOn: "2012-04-01",
    endsOn: "2013-03-31",
    power: "Section 31 of the Local Government Act 2003",
    ringFenced: true,
  });
  const pot = await made("pot.open", "potId", {
    name: "Salford families pot",
    purpose: "One team and one plan for each family",
    mode: "pooled",
    hostId: council,
    openedOn: "2012-04-26",
  });
  await driver.together("contribution.record", {
    streamId: stream,
    potId: pot,
    amountPence: "12000000",
    madeOn: "2012-05-10",
    reference: "CON-0003",
  });
  const allocated = await driver.together("allocation.record", {
    potId: pot,
    name: "Intensive family key workers",
    amountPence: "7000000",
    decidedBy: "Salford troubled families board",
    decidedOn: "2012-05-17",
    power: "Pooled fund agreement, clause 7",
  });
  const allocation = String(allocated["allocationId"]);
  const payment = await buy({ driver, allocation, provider, service, fileId });
  return {
    imported: { lines, totalPence },
    trace: withoutIds(await driver.trace(payment)),
    line: withoutIds(await driver.trace(`${fileId}.2`)),
  };
}

type Buying = {
  readonly driver: Driver;
  readonly allocation: string;
  readonly provider: string;
  readonly service: string;
  readonly fileId: string;
};

/** An order to the provider, and its payment, which names the published line. */
async function buy(the: Buying): Promise<string> {
  const { driver } = the;
  const ordered = await driver.together("commitment.record", {
    allocationId: the.allocation,
    kind: "order",
    supplierId: the.provider,
    serviceId: the.service,
    amountPence: "6240000",
    committedOn: "2012-05-24",
    reference: "PO-1232325",
  });
  const paid = await driver.together("payment.record", {
    commitmentId: String(ordered["commitmentId"]),
    amountPence: "624000",
    vatRecoveredPence: "124800",
    paidOn: "2013-03-15",
    reference: "IFS-LW-1302",
    spendLine: { fileId: the.fileId, row: 2 },
  });
  // Two visits were not made: the supplier gives their cost back, and the last months are not ordered after all.
  const paymentId = String(paid["paymentId"]);
  await driver.together("credit_note.record", {
    paymentId,
    amountPence: "24000",
    creditedOn: "2013-03-20",
    reference: "CN-0042",
    reason: "Two visits were not made",
  });
  await driver.together("commitment.release", {
    commitmentId: String(ordered["commitmentId"]),
    amountPence: "1000000",
    releasedOn: "2013-03-22",
    reason: "The last months were not ordered",
  });
  return paymentId;
}

/** Ids differ from run to run: each becomes its place in the order in which they appear. */
function withoutIds(answer: unknown): unknown {
  const known = new Map<string, string>();
  const text = JSON.stringify(answer).replaceAll(
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    (id) => {
      const name = known.get(id) ?? `id-${known.size + 1}`;
      known.set(id, name);
      return name;
    },
  );
  return JSON.parse(text);
}
