/** A place with partners, a service, two streams and an open pot, for tests of the ledger and of what stands on it. */
import type { z } from "zod";
import { openTestHouse, type TestHouse } from "../../test/setup/house.ts";
import { performTogether } from "../../test/setup/together.ts";
import type { Refusal } from "../lib/result.ts";
import { addPartner, addService, openPlace } from "../places/index.ts";
import { type Credential, toJson, type UseCase } from "../platform/use-case/index.ts";
import { openPot } from "./open-pot.ts";
import { openStream } from "./open-stream.ts";
import { recordAllocation } from "./record-allocation.ts";
import { recordCommitment } from "./record-commitment.ts";
import { recordContribution } from "./record-contribution.ts";
import { recordPayment } from "./record-payment.ts";

export const PLACE = "greater-manchester";
export const DAY = "2013-01-15";

type Shares = { streamId: string; amountPence: string }[];
type Line = { fileId: string; row: number };
type Options = { readonly key?: string; readonly place?: string; readonly by?: Credential };

export type LedgerTown = Awaited<ReturnType<typeof openLedgerTown>>;

export async function openLedgerTown(options: Parameters<typeof openTestHouse>[0] = {}) {
  const house: TestHouse = await openTestHouse(options);
  const councils = ["E08000003", "E08000006"];
  const input = { slug: PLACE, name: "Greater Manchester", councils };
  const { placeId } = house.value(await house.ask(openPlace, { by: { kind: "operator" }, input }));
  const finance = await house.personWith("finance_officer", { placeId });
  const asking = askAs(house, finance);
  const partner = async (name: string, kind: "council" | "department" | "charity") =>
    (await asking.value(addPartner, { name, kind, parts: ["funder"] })).partnerId;
  const payerId = await partner("Department of Made-Up Money", "department");
  const hostId = await partner("Host Council", "council");
  const supplierId = await partner("Irwell Family Support", "charity");
  const { serviceId } = await asking.value(addService, { name: "Key workers", providerId: supplierId });
  const named = { payerId, hostId, supplierId, serviceId };
  return { house, placeId, finance, ...asking, ...named, ...openers(asking, named), ...recorders(asking, named) };
}

type Named = {
  readonly hostId: string;
  readonly payerId: string;
  readonly supplierId: string;
  readonly serviceId: string;
};
type Asking = ReturnType<typeof askAs>;

/** Use cases as a finance officer of the place, unless another asks; a second one authorises what moves real money. */
function askAs(house: TestHouse, finance: Credential) {
  type Asked<I extends z.ZodObject, V, R extends { readonly code: string }> = readonly [
    useCase: UseCase<"place", I, V, R>,
    input: z.input<I>,
    the?: Options,
  ];
  const ask = <I extends z.ZodObject, V, R extends { readonly code: string }>(
    ...[useCase, input, the = {}]: Asked<I, V, R>
  ) =>
    performTogether(house.house, useCase, {
      asked: {
        credential: the.by ?? finance,
        place: the.place ?? PLACE,
        input,
        language: "en",
        requestKey: the.key ?? null,
      },
      second: () => house.second(PLACE),
    });
  return {
    ask,
    /** Every answer must be of the shape that its use case declares. */
    value: async <I extends z.ZodObject, V, R extends { readonly code: string }>(
      ...asked: Asked<I, V, R>
    ): Promise<V> => {
      const answer = house.value(await ask(...asked));
      asked[0].output.parse(toJson(answer));
      return answer;
    },
    refusal: async <I extends z.ZodObject, V, R extends { readonly code: string }>(
      ...asked: Asked<I, V, R>
    ): Promise<Refusal> => house.refusal(await ask(...asked)),
  };
}

function openers({ value }: Asking, { payerId, hostId }: Named) {
  const dates = { startsOn: "2012-04-01", endsOn: "2013-03-31" };
  return {
    stream: async (name: string, of: { readonly pence: bigint; readonly ringFenced?: boolean }) => {
      const terms = { ...dates, payerId, power: "Section 31", ringFenced: of.ringFenced ?? false };
      return (await value(openStream, { name, amountPence: String(of.pence), ...terms })).streamId;
    },
    pot: async (name: string, mode: "pooled" | "shadow" = "pooled") =>
      (await value(openPot, { name, purpose: "A test", mode, hostId, openedOn: dates.startsOn })).potId,
  };
}

function recorders({ ask }: Asking, { supplierId, serviceId }: Named) {
  return {
    contribute: (
      of: { readonly streamId: string; readonly potId: string; readonly pence: bigint; readonly madeOn?: string },
      the: Options = {},
    ) => {
      const { streamId, potId, pence, madeOn = DAY } = of;
      return ask(recordContribution, { streamId, potId, amountPence: String(pence), madeOn }, the);
    },
    allocate: (
      of: { readonly potId: string; readonly pence: bigint; readonly shares?: Shares; readonly on?: string },
      the: Options = {},
    ) => {
      const { potId, pence, shares = null, on = DAY } = of;
      const deciding = { name: "An allocation", decidedBy: "The board", decidedOn: on, power: "Clause 7" };
      return ask(recordAllocation, { potId, amountPence: String(pence), shares, ...deciding }, the);
    },
    commit: (
      of: { readonly allocationId: string; readonly pence: bigint; readonly on?: string },
      the: Options = {},
    ) => {
      const order = { kind: "order", supplierId, serviceId, committedOn: of.on ?? DAY } as const;
      return ask(recordCommitment, { allocationId: of.allocationId, amountPence: String(of.pence), ...order }, the);
    },
    pay: (
      of: {
        readonly commitmentId: string;
        readonly pence: bigint;
        readonly spendLine?: Line;
        readonly on?: string;
        readonly vat?: bigint;
      },
      the: Options = {},
    ) => {
      const { commitmentId, pence, spendLine = null, on = DAY, vat = 0n } = of;
      const amounts = { amountPence: String(pence), vatRecoveredPence: String(vat) };
      return ask(recordPayment, { commitmentId, ...amounts, paidOn: on, spendLine }, the);
    },
  };
}
