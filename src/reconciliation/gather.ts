/** Both sides of a reconciliation to the end of a day: the body's lines and Onepot's records, each record with its code. */
import type { Day } from "../lib/day.ts";
import type { PlaceContext } from "../platform/use-case/index.ts";
import { codeFor, type Mapping } from "./domain/codes.ts";
import type { Source } from "./domain/columns.ts";
import type { MatchRecord } from "./domain/match.ts";
import { listMappings } from "./store/codes.ts";
import { type LineRow, listLines } from "./store/lines.ts";
import { listRecords, type RecordRow } from "./store/records.ts";
import { listOpenRequests } from "./store/requests.ts";

export type Sides = {
  readonly lines: readonly LineRow[];
  readonly records: readonly OurRecord[];
  /** Whether the body has any codes here: without them all of its lines are shown. */
  readonly coded: boolean;
};
export type OurRecord = RecordRow & { readonly code: Mapping | null };

export type Asked = { readonly bodyId: string; readonly potId: string; readonly source: Source; readonly to: Day };

export async function gather(ctx: PlaceContext, the: Asked): Promise<Sides> {
  const book = { placeId: ctx.place.placeId, ...the };
  const lines = await listLines(ctx.tx, book);
  const records = await listRecords(ctx.tx, book);
  const mappings = await listMappings(ctx.tx, { placeId: book.placeId, bodyId: the.bodyId, potId: null });
  const withCode = (record: RecordRow): OurRecord => ({
    ...record,
    code: codeFor(
      { potId: the.potId, allocationId: record.allocationId, serviceId: record.serviceId },
      { day: record.day, mappings },
    ),
  });
  return { lines, records: records.map(withCode), coded: mappings.length > 0 };
}

/** What can still be matched: lines and records without a match, and the requests that wait to be paid. */
export async function openSides(ctx: PlaceContext, the: Asked) {
  const sides = await gather(ctx, the);
  const requests =
    the.source === "ledger"
      ? await listOpenRequests(ctx.tx, { placeId: ctx.place.placeId, potId: the.potId, bodyId: the.bodyId })
      : [];
  const waiting = requests.map(
    (one): MatchRecord => ({
      recordId: one.requestId,
      kind: "request",
      day: one.sentOn,
      amountPence: one.bornePence,
      reference: one.reference,
      supplier: one.supplier,
      code: null,
      reverses: null,
    }),
  );
  const records = sides.records.filter(({ matchId }) => matchId === null);
  return {
    lines: sides.lines.filter(({ matchId }) => matchId === null),
    records,
    requests,
    waiting,
    coded: sides.coded,
  };
}
