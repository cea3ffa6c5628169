/**
 * Proves a place's ledger: runs every standing check, and recomputes the hash of each sealed block of the audit trail.
 * Where one finds anything the answer is a refusal that names the first bad row, so that a command ends with exit code 1.
 */
import { z } from "zod";
import { findShownChanged } from "../approvals/index.ts";
import { accept } from "../lib/result.ts";
import type { Transaction } from "../platform/database/index.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { ledgerRefusals } from "./messages.ts";
import { countAudit, readChecks, runCheck } from "./store/checks.ts";
import { type Found, headText, proofsOfAudit, prove, proveHead } from "./verify-audit.ts";

const SHOWN_SENTENCE = "What was shown of each approval still has the hash that was authorised.";

export const verifyLedger = declarePlaceUseCase({
  name: "ledger.verify",
  summary: "Run every standing check and verify the audit trail",
  permission: "ledger.verify",
  changes: false,
  route: { method: "get", path: "ledger/verify" },
  command: { words: "ledger verify", everyPlace: true },
  input: z.strictObject({
    /** A head that was written down earlier, to be found in the chain again. */
    head: headText.nullable().default(null),
  }),
  output: z.object({
    verified: z.literal(true),
    checks: z.array(z.object({ name: z.string(), sentence: z.string() })),
    audit: z.object({ blocks: z.string(), sealed: z.string(), waiting: z.string() }),
  }),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, { head }) => {
    const checks = await readChecks();
    const standing = checks.map((check) => async (tx: Transaction): Promise<Found | null> => {
      const [found] = await runCheck(tx, check);
      return found === undefined ? null : { check: check.sentence, found };
    });
    const shownAsSigned = async (tx: Transaction): Promise<Found | null> => {
      const changed = await findShownChanged(tx, ctx.place.placeId);
      return changed === null ? null : { check: SHOWN_SENTENCE, found: `approval ${changed}` };
    };
    const proved = await prove(ctx, [...standing, shownAsSigned, ...(await proofsOfAudit(ctx))]);
    if (!proved.ok) return proved;
    const kept = head === null ? accept(null) : await proveHead(ctx, head);
    if (!kept.ok) return kept;
    return accept({
      verified: true as const,
      checks: checks.map(({ name, sentence }) => ({ name, sentence })),
      audit: await countAudit(ctx.tx, ctx.place.placeId),
    });
  },
});
