/** Payment requests and their events: requested, authorised, sent, paid or cancelled, each a row of its own. */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import { held } from "../../platform/audit/index.ts";
import { sql, type Transaction } from "../../platform/database/index.ts";

export const REQUEST_STATES = ["requested", "authorised", "sent", "paid", "cancelled"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export type RequestRow = {
  readonly requestId: string;
  readonly requestNumber: bigint;
  readonly commitmentId: string;
  readonly potId: string;
  readonly pot: string;
  readonly areaId: string | null;
  readonly bodyId: string;
  readonly supplierId: string;
  readonly supplier: string;
  readonly service: string;
  readonly allocationId: string;
  readonly serviceId: string;
  readonly commitmentReference: string;
  readonly netPence: Pence;
  readonly vatPence: Pence;
  readonly vatRecoverablePence: Pence;
  readonly grossPence: Pence;
  /** What the pot bears: net and the VAT that is not recovered. */
  readonly bornePence: Pence;
  readonly reference: string;
  readonly dueOn: Day;
  readonly madeBy: string;
  readonly state: RequestState;
  readonly events: number;
  readonly stateOn: Day;
  readonly batchId: string | null;
  readonly batchNumber: bigint | null;
  readonly paymentId: string | null;
};

const columns = sql`q.request_id as "requestId", q.request_number as "requestNumber", q.commitment_id as "commitmentId", q.pot_id as "potId",
  o.name as pot, o.area_id as "areaId", o.host_id as "bodyId", q.supplier_id as "supplierId", n.name as supplier, v.name as service,
  c.allocation_id as "allocationId", c.service_id as "serviceId", c.reference as "commitmentReference", q.net_pence as "netPence",
  q.vat_pence as "vatPence", q.vat_recoverable_pence as "vatRecoverablePence", q.net_pence + q.vat_pence as "grossPence",
  q.net_pence + q.vat_pence - q.vat_recoverable_pence as "bornePence", q.reference, q.due_on as "dueOn", q.made_by as "madeBy",
  e.state, e.event_number as events, e.effective_on as "stateOn", e.payment_id as "paymentId", b.batch_id as "batchId", b.batch_number as "batchNumber"`;
const tables = sql`payment_request q join pot o on o.place_id = q.place_id and o.pot_id = q.pot_id
  join commitment c on c.place_id = q.place_id and c.commitment_id = q.commitment_id
  join service v on v.place_id = c.place_id and v.service_id = c.service_id
  join partner n on n.place_id = q.place_id and n.partner_id = q.supplier_id
  join lateral (select * from payment_request_event x where x.place_id = q.place_id and x.request_id = q.request_id
                 order by x.event_number desc limit 1) e on true
  left join lateral (select w.batch_id, w.batch_number from payment_request_event x join outgoing_batch w on w.place_id = x.place_id and w.batch_id = x.batch_id
                      where x.place_id = q.place_id and x.request_id = q.request_id limit 1) b on true`;

export async function findRequest(tx: Transaction, placeId: number, requestId: string): Promise<RequestRow | null> {
  return tx.maybe(sql<RequestRow>`
    select ${columns} from ${tables} where q.place_id = ${placeId} and q.request_id = ${requestId}`);
}

type Wanted = {
  readonly placeId: number;
  readonly areaId: string | null;
  readonly state: RequestState | null;
  readonly bodyId: string | null;
  /** Only this one. */
  readonly requestId?: string | null;
  readonly limit: number;
  readonly offset: number;
};

export async function listRequests(tx: Transaction, the: Wanted): Promise<readonly RequestRow[]> {
  return tx.rows(sql<RequestRow>`
    select ${columns} from ${tables}
     where q.place_id = ${the.placeId} and (${the.areaId}::uuid is null or o.area_id is null or o.area_id = ${the.areaId}::uuid)
       and (${the.state}::text is null or e.state = ${the.state}) and (${the.bodyId}::uuid is null or o.host_id = ${the.bodyId}::uuid)
       and (${the.requestId ?? null}::uuid is null or q.request_id = ${the.requestId ?? null}::uuid)
     order by q.request_number desc limit ${the.limit} offset ${the.offset}`);
}

export type OpenRequest = Pick<RequestRow, "requestId" | "reference" | "supplier" | "bornePence"> & {
  readonly sentOn: Day;
};

/** Sent to the body and not yet seen in its listing. */
export async function listOpenRequests(
  tx: Transaction,
  the: { readonly placeId: number; readonly potId: string; readonly bodyId: string },
): Promise<readonly OpenRequest[]> {
  return tx.rows(sql<OpenRequest>`
    select q.request_id as "requestId", q.reference, n.name as supplier, q.net_pence + q.vat_pence - q.vat_recoverable_pence as "bornePence",
           e.effective_on as "sentOn"
      from ${tables} where q.place_id = ${the.placeId} and q.pot_id = ${the.potId} and o.host_id = ${the.bodyId} and e.state = 'sent'
     order by q.request_number limit 5000`);
}

export type RequestToKeep = Pick<
  RequestRow,
  | "requestId"
  | "requestNumber"
  | "commitmentId"
  | "potId"
  | "supplierId"
  | "netPence"
  | "vatPence"
  | "vatRecoverablePence"
  | "reference"
  | "dueOn"
  | "madeBy"
>;
export type RequestLine = {
  readonly words: string;
  readonly netPence: Pence;
  readonly vatPence: Pence;
  readonly vatRecoverablePence: Pence;
};

export async function insertRequest(
  tx: Transaction,
  placeId: number,
  the: { readonly request: RequestToKeep; readonly lines: readonly RequestLine[] },
): Promise<void> {
  const { request, lines } = the;
  await tx.run(
    held(
      "request",
      sql`insert into payment_request (place_id, request_id, request_number, commitment_id, pot_id, supplier_id, net_pence, vat_pence,
          vat_recoverable_pence, reference, due_on, made_by)
        values (${placeId}, ${request.requestId}, ${request.requestNumber}, ${request.commitmentId}, ${request.potId}, ${request.supplierId},
          ${request.netPence}, ${request.vatPence}, ${request.vatRecoverablePence}, ${request.reference}, ${request.dueOn}, ${request.madeBy})`,
    ),
    1,
  );
  await tx.run(
    held(
      "request_line",
      sql`insert into payment_request_line (place_id, request_id, line_number, words, net_pence, vat_pence, vat_recoverable_pence)
        select ${placeId}, ${request.requestId}, w.line, w.words, w.net, w.vat, w.recoverable
          from unnest(${lines.map(({ words }) => words)}::text[], ${lines.map(({ netPence }) => netPence)}::bigint[],
                      ${lines.map(({ vatPence }) => vatPence)}::bigint[], ${lines.map(({ vatRecoverablePence }) => vatRecoverablePence)}::bigint[])
               with ordinality as w (words, net, vat, recoverable, line)`,
    ),
    lines.length,
  );
}

export async function listRequestLines(
  tx: Transaction,
  placeId: number,
  requestId: string,
): Promise<readonly RequestLine[]> {
  return tx.rows(sql<RequestLine>`
    select words, net_pence as "netPence", vat_pence as "vatPence", vat_recoverable_pence as "vatRecoverablePence"
      from payment_request_line where place_id = ${placeId} and request_id = ${requestId} order by line_number limit 100`);
}

export type RequestEvent = {
  readonly requestId: string;
  readonly number: number;
  readonly state: RequestState;
  readonly on: Day;
  readonly by: string;
  readonly batchId?: string;
  readonly lineId?: string;
  readonly paymentId?: string;
  readonly reason?: string;
};

/** False where another request made this event's number first: the state is no longer what it was. */
export async function insertEvent(tx: Transaction, placeId: number, event: RequestEvent): Promise<boolean> {
  const made = await tx.run(
    held(
      "request_event",
      sql`insert into payment_request_event (place_id, request_id, event_number, state, effective_on, batch_id, line_id, payment_id, reason, made_by)
        values (${placeId}, ${event.requestId}, ${event.number}, ${event.state}, ${event.on}, ${event.batchId ?? null}, ${event.lineId ?? null},
          ${event.paymentId ?? null}, ${event.reason ?? ""}, ${event.by})
        on conflict (place_id, request_id, event_number) do nothing`,
    ),
    "any",
  );
  return made === 1;
}

/**
 * What of a commitment may still be requested: what is left on its accounts less the requests that are still to be paid.
 * Read under the commitment's counter row, so that requests at once see one another.
 */
export async function findRequestable(tx: Transaction, placeId: number, commitmentId: string): Promise<Pence> {
  const { pence } = await tx.one(sql<{ pence: bigint }>`
    select ((select coalesce(sum(a.posted_pence), 0) from ledger_account a
              where a.place_id = ${placeId} and a.kind = 'commitment' and a.record_id = ${commitmentId})
          - (select coalesce(sum(q.net_pence + q.vat_pence - q.vat_recoverable_pence), 0) from payment_request q
               join lateral (select state from payment_request_event x where x.place_id = q.place_id and x.request_id = q.request_id
                              order by x.event_number desc limit 1) e on true
              where q.place_id = ${placeId} and q.commitment_id = ${commitmentId} and e.state in ('requested', 'authorised', 'sent')))::bigint as pence`);
  return pence;
}

export type CommitmentFound = {
  readonly commitmentId: string;
  readonly potId: string;
  readonly book: "real" | "shadow";
  readonly areaId: string | null;
  readonly supplierId: string;
};

export async function findCommitment(
  tx: Transaction,
  placeId: number,
  commitmentId: string,
): Promise<CommitmentFound | null> {
  return tx.maybe(sql<CommitmentFound>`
    select c.commitment_id as "commitmentId", c.pot_id as "potId", o.book, o.area_id as "areaId", c.supplier_id as "supplierId"
      from commitment c join pot o on o.place_id = c.place_id and o.pot_id = c.pot_id
     where c.place_id = ${placeId} and c.commitment_id = ${commitmentId}`);
}
