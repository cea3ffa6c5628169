/** The reconciliation statement of a body, a pot and a period, with its sums by code and its signatures. */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext } from "../platform/use-case/index.ts";
import { type Reconciled, reconcile } from "./domain/statement.ts";
import { type Asked, gather } from "./gather.ts";
import { EXAMPLE_SIDE, periodShape, sideShape } from "./input.ts";
import { type ReconciliationRefusal, reconciliationRefusals } from "./messages.ts";
import { reach } from "./reach.ts";
import { listSignatures, type Signature } from "./store/signatures.ts";

const both = z.object({ onepotPence: field.penceText, listingPence: field.penceText });
const differing = { amountPence: field.penceText, supplier: z.string(), reference: z.string() };
const recordOnly = z.object({ recordId: field.id, kind: z.string(), day: z.string(), ...differing });
const lineOnly = z.object({ lineId: field.id, document: z.string(), postedOn: z.string(), ...differing });

export type StatementShown = ReturnType<typeof shownItems> & {
  readonly body: string;
  readonly pot: string;
  readonly book: "real" | "shadow";
  readonly from: string;
  readonly to: string;
  readonly coded: boolean;
  /** Of the statement as it is now: what a signature is for. */
  readonly hash: string;
  readonly signatures: readonly (Omit<Signature, "contentHash"> & { readonly current: boolean })[];
};

export const showReconciliation = declarePlaceUseCase({
  name: "reconciliation.statement",
  summary: "Reconcile a body's listing with a pot's records for a period",
  permission: "reconciliation.read",
  changes: false,
  route: { method: "get", path: "reconciliation/statement" },
  command: { words: "reconciliation statement" },
  input: z.strictObject({ ...sideShape, ...periodShape }),
  output: z.object({
    body: z.string(),
    pot: z.string(),
    book: z.enum(["real", "shadow"]),
    from: z.string(),
    to: z.string(),
    coded: z.boolean(),
    hash: z.string().describe("Of the statement as it is now: what a signature is for"),
    opening: both,
    period: both,
    closing: both,
    matchedPence: field.penceText,
    matches: z.number(),
    onepotOnly: z.array(recordOnly),
    onepotOnlyPence: field.penceText,
    listingOnly: z.array(lineOnly),
    listingOnlyPence: field.penceText,
    amountDifferences: z.array(z.object({ record: recordOnly, line: lineOnly, differencePence: field.penceText })),
    differencesPence: field.penceText,
    codes: z.array(
      z.object({
        costCentre: z.string(),
        subjective: z.string(),
        project: z.string(),
        onepotPence: field.penceText,
        listingPence: field.penceText,
        differencePence: field.penceText,
      }),
    ),
    signatures: z.array(
      z.object({
        signatureId: field.id,
        part: z.enum(["prepared", "reviewed"]),
        signedBy: z.string(),
        signedByName: z.string().nullable(),
        signedAt: z.string(),
        current: z.boolean().describe("False where the statement has changed since"),
      }),
    ),
  }),
  example: { ...EXAMPLE_SIDE, from: "2013-02-01", to: "2013-02-28" },
  refusals: reconciliationRefusals,
  handle: async (ctx, input): Promise<Result<StatementShown, ReconciliationRefusal>> => {
    if (input.to < input.from) return refuse({ code: "ends_before_start" });
    const reached = await reach(ctx, input);
    if (!reached.ok) return reached;
    const { body, pot } = reached.value;
    const made = await makeStatement(ctx, input);
    const signed = await listSignatures(ctx.tx, { placeId: ctx.place.placeId, ...input });
    const signatures = signed.map(({ contentHash, ...one }) => ({
      ...one,
      current: contentHash.toString("hex") === made.hash,
    }));
    const { statement, hash, coded } = made;
    const about = { body, pot: pot.name, book: pot.book, from: input.from, to: input.to };
    return accept({ ...about, ...shownItems(statement), coded, hash, signatures });
  },
});

/** The items as the answer declares them, without what stands beside them in the store. */
function shownItems(statement: Reconciled) {
  const record = ({ recordId, kind, day, amountPence, supplier, reference }: Reconciled["onepotOnly"][number]) => ({
    ...{ recordId, kind, day, amountPence, supplier, reference },
  });
  const line = ({
    lineId,
    document,
    postedOn,
    amountPence,
    supplier,
    reference,
  }: Reconciled["listingOnly"][number]) => ({
    ...{ lineId, document, postedOn, amountPence, supplier, reference },
  });
  return {
    ...statement,
    onepotOnly: statement.onepotOnly.map(record),
    listingOnly: statement.listingOnly.map(line),
    amountDifferences: statement.amountDifferences.map((one) => ({
      record: record(one.record),
      line: line(one.line),
      differencePence: one.differencePence,
    })),
  };
}

type Period = Omit<Asked, "to"> & { readonly from: Asked["to"]; readonly to: Asked["to"] };

export async function makeStatement(ctx: PlaceContext, the: Period) {
  // To today, so that a match with a part after the period is known for what it is.
  const sides = await gather(ctx, { ...the, to: ctx.today > the.to ? ctx.today : the.to });
  const statement = reconcile(sides, the);
  return { statement, coded: sides.coded, hash: hashOfStatement(the, statement) };
}

/** Of every figure and every item that is shown. */
function hashOfStatement(the: Period, statement: Reconciled): string {
  const { bodyId, potId, source, from, to } = the;
  const item = (one: { readonly amountPence: bigint; readonly lineId?: string; readonly recordId?: string }) => [
    one.lineId ?? one.recordId,
    one.amountPence,
  ];
  const content = {
    ...statement,
    onepotOnly: statement.onepotOnly.map(item),
    listingOnly: statement.listingOnly.map(item),
    amountDifferences: statement.amountDifferences.map(({ line, record }) => [item(line), item(record)]),
  };
  return hashJson({ bodyId, potId, source, from, to, content }).toString("hex");
}
