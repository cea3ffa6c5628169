/** The ledger's transfers with their lines, newest first, filtered. */
import { z } from "zod";
import { findAuthorised } from "../approvals/index.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { accountKind, book, transferKind } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import {
  listTransfers as findTransfers,
  type ListedTransfer,
  readTransfers,
  type TransfersSought,
} from "./store/statement.ts";

export const TRANSFERS_A_PAGE = 50;

export const listTransfers = declarePlaceUseCase({
  name: "ledger.transfers",
  summary: "List the ledger's transfers with their lines",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "ledger/transfers" },
  command: { words: "ledger transfers" },
  input: z.strictObject({
    potId: field.id.nullable().default(null),
    streamId: field.id.nullable().default(null),
    recordId: field.id.nullable().default(null),
    kind: transferKind.nullable().default(null),
    book: book.nullable().default(null),
    from: field.day.nullable().default(null),
    to: field.day.nullable().default(null),
    page: field.page,
  }),
  output: z.object({
    transfers: z.array(
      z.object({
        transferId: field.id,
        book,
        kind: transferKind,
        effectiveOn: z.string(),
        postedAt: z.string(),
        recordId: field.id,
        words: z.string(),
        madeBy: z.string(),
        authorisedBy: z
          .array(z.string())
          .describe("None where one person was enough; the approval has the transfer's id"),
        reversesId: field.id.nullable(),
        reversedById: field.id.nullable(),
        amountPence: field.penceText,
        lines: z.array(
          z.object({
            accountId: field.id,
            accountKind,
            stream: z.string().nullable(),
            amountPence: field.penceText,
            balancePence: field.penceText.nullable().describe("None of an account without a floor"),
          }),
        ),
      }),
    ),
    page: z.number(),
    more: z.boolean(),
  }),
  example: { kind: "payment", from: "2013-03-01", to: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, { page, ...filter }) => {
    const found = await findTransfers(ctx.tx, {
      placeId: ctx.place.placeId,
      areaId: ctx.place.area?.areaId ?? null,
      ...filter,
      limit: TRANSFERS_A_PAGE + 1,
      skip: (page - 1) * TRANSFERS_A_PAGE,
    });
    const transfers = await asListed(ctx, found.slice(0, TRANSFERS_A_PAGE));
    return accept({ transfers, page, more: found.length > TRANSFERS_A_PAGE });
  },
});

async function asListed({ tx, place }: PlaceContext, found: readonly ListedTransfer[]) {
  const transferIds = found.map(({ transferId }) => transferId);
  const authorised = await findAuthorised(tx, { placeId: place.placeId, transferIds });
  const signers = new Map(authorised.map((one) => [one.transferId, one.signers]));
  return found.map((transfer) => ({
    ...transfer,
    authorisedBy: signers.get(transfer.transferId) ?? [],
    lines: transfer.lines.map((line) => ({
      ...line,
      amountPence: BigInt(line.amountPence),
      balancePence: line.balancePence === null ? null : BigInt(line.balancePence),
    })),
  }));
}

/** All that the filters leave, in the order of the list and never a page of it: for a file. */
export async function* everyTransfer(
  ctx: PlaceContext,
  filter: Omit<TransfersSought, "placeId" | "areaId">,
): AsyncGenerator<Awaited<ReturnType<typeof asListed>>[number]> {
  const sought = { ...filter, placeId: ctx.place.placeId, areaId: ctx.place.area?.areaId ?? null };
  for await (const found of readTransfers(ctx.tx, sought)) yield* await asListed(ctx, found);
}
