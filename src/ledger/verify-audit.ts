/**
 * Proves a place's audit trail: recomputes the hash of each sealed block from its entries and the block before it. Proving
 * the ledger ends with the same; this alone is for those who read the trail and may not verify the ledger.
 */
import { z } from "zod";
import { accept, type Result, refuse } from "../lib/result.ts";
import type { Transaction, Work } from "../platform/database/index.ts";
import { declarePlaceUseCase, type PlaceContext, said } from "../platform/use-case/index.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import {
  type BrokenBlock,
  countAudit,
  findBrokenHash,
  findHead,
  findWrongBalance,
  listStretches,
  planForChecks,
} from "./store/checks.ts";

const BLOCK_SENTENCE = "Each sealed block of the audit trail is the hash of its entries and of the block before.";
const BLOCK_FAULTS: Readonly<Record<BrokenBlock["fault"], string>> = {
  missing: "the block before it is missing",
  previous: "it does not follow from the block before",
  entries: "its entries, its transfers or itself were changed after sealing",
  balance: "its trial balance is not what its transfers lead to",
};

export type AuditProved = Awaited<ReturnType<typeof countAudit>>;

export type Found = { readonly check: string; readonly found: string };

/** What proves the chain, to be asked beside each other: the hashes of its stretches in their order, then the trial balances. */
export async function proofsOfAudit(ctx: PlaceContext): Promise<readonly Work<Found | null>[]> {
  const { placeId } = ctx.place;
  const stretches = await listStretches(ctx.tx, placeId);
  return [
    ...stretches.map((stretch) => (tx: Transaction) => findBrokenHash(tx, placeId, stretch)),
    (tx: Transaction) => findWrongBalance(tx, placeId),
  ].map((find) => async (tx) => {
    const broken = await find(tx);
    return broken === null ? null : { check: BLOCK_SENTENCE, found: wordsOf(broken) };
  });
}

function wordsOf({ blockNumber, fault, row }: BrokenBlock): string {
  return `audit block ${blockNumber}: ${BLOCK_FAULTS[fault]}${row === null ? "" : `; ${row}`}`;
}

/** Each is planned as a check that reads whole tables. The first that one of them found, in their order, is the refusal. */
export async function prove(
  ctx: PlaceContext,
  proofs: readonly Work<Found | null>[],
): Promise<Result<null, LedgerRefusal>> {
  const works = proofs.map((proof) => async (tx: Transaction) => {
    await planForChecks(tx);
    return proof(tx);
  });
  const [first] = (await ctx.tx.beside(works)).filter((found) => found !== null);
  if (first === undefined) return accept(null);
  return refuse({ code: "not_verified", check: first.check, found: first.found });
}

const HEAD_SENTENCE = "A head that was written down earlier is still in the chain.";

/** NUMBER:HASH, as a head is published; the hash as 64 figures of base 16. */
export const headText = z.string().regex(
  /^[1-9]\d{0,17}:[0-9a-f]{64}$/,
  said({
    en: "Write a head as its block's number, a colon and its 64-figure hash, as it was published",
    cy: "Ysgrifennwch ben y gadwyn fel rhif ei floc, colon a'i hash 64 nod, fel y'i cyhoeddwyd",
  }),
);

/** Finds that newest blocks were taken away, or the whole chain made anew: nothing in the database alone could tell. */
export async function proveHead(ctx: PlaceContext, head: string): Promise<Result<null, LedgerRefusal>> {
  const [number = "", hash = ""] = head.split(":");
  const met = await findHead(ctx.tx, ctx.place.placeId, BigInt(number));
  if (met.hash === hash) return accept(null);
  const instead = met.hash === null ? `the chain ends at block ${met.newest}` : `its hash is now ${met.hash}`;
  return refuse({ code: "not_verified", check: HEAD_SENTENCE, found: `audit block ${number}: ${instead}` });
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
  handle: async (ctx): Promise<Result<AuditProved, LedgerRefusal>> => {
    const proved = await prove(ctx, await proofsOfAudit(ctx));
    return proved.ok ? accept(await countAudit(ctx.tx, ctx.place.placeId)) : proved;
  },
});
