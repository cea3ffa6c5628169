/**
 * Proves a place's audit trail: recomputes the hash of each sealed block from its entries and the block before it. Proving
 * the ledger ends with the same; this alone is for those who read the trail and may not verify the ledger.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, type PlaceContext } from "../platform/use-case/index.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { type BrokenBlock, countAudit, findBrokenBlock } from "./store/checks.ts";

const BLOCK_SENTENCE = "Each sealed block of the audit trail is the hash of its entries and of the block before.";
const BLOCK_FAULTS: Readonly<Record<BrokenBlock["fault"], string>> = {
  missing: "the block before it is missing",
  previous: "it does not follow from the block before",
  entries: "its entries were changed after sealing",
  balance: "its trial balance is not what its transfers lead to",
};

export type AuditProved = Awaited<ReturnType<typeof countAudit>>;

export async function proveAudit(ctx: PlaceContext): Promise<Result<AuditProved, LedgerRefusal>> {
  const { placeId } = ctx.place;
  const broken = await findBrokenBlock(ctx.tx, placeId);
  if (broken === null) return accept(await countAudit(ctx.tx, placeId));
  const found = `audit block ${broken.blockNumber}: ${BLOCK_FAULTS[broken.fault]}`;
  return refuse({ code: "not_verified", check: BLOCK_SENTENCE, found });
}

export const verifyAudit = declarePlaceUseCase({
  name: "audit.verify",
  summary: "Verify the audit trail",
  permission: "audit.read",
  changes: false,
  route: { method: "get", path: "audit/verify" },
  command: { words: "audit verify", everyPlace: true },
  input: z.strictObject({}),
  output: z.object({
    blocks: z.string(),
    sealed: z.string().describe("Entries in those blocks"),
    waiting: z.string().describe("Entries that wait for the next seal"),
  }),
  example: {},
  refusals: ledgerRefusals,
  handle: proveAudit,
});
