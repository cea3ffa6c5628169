/**
 * Signs a reconciliation statement as it was shown: first who prepared it, then another person who reviewed it. What has
 * changed since it was shown is not signed.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, toJson } from "../platform/use-case/index.ts";
import { EXAMPLE_SIDE, periodShape, sideShape } from "./input.ts";
import { reconciliationRefusals } from "./messages.ts";
import { reachToKeep } from "./reach.ts";
import { makeStatement } from "./show-statement.ts";
import { insertSignature, listSignatures } from "./store/signatures.ts";

export const signReconciliation = declarePlaceUseCase({
  name: "reconciliation.sign",
  summary: "Sign a reconciliation statement as prepared or as reviewed",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/signatures" },
  command: { words: "reconciliation sign" },
  input: z.strictObject({
    ...sideShape,
    ...periodShape,
    part: z.enum(["prepared", "reviewed"]),
    hash: field.words(64).describe("Of the statement as it was shown"),
  }),
  output: z.object({ signatureId: field.id }),
  example: { ...EXAMPLE_SIDE, from: "2012-02-01", to: "2012-02-29", part: "prepared", hash: "0".repeat(64) },
  refusals: reconciliationRefusals,
  audited: (value: { readonly signatureId: string }) => value.signatureId,
  handle: async (ctx, { part, hash, ...the }) => {
    if (the.to < the.from) return refuse({ code: "ends_before_start" });
    const reached = await reachToKeep(ctx, the);
    if (!reached.ok) return reached;
    if (ctx.actor.kind !== "person") return refuse({ code: "people_only" });
    const made = await makeStatement(ctx, the);
    if (made.hash !== hash) return refuse({ code: "statement_stale" });
    const key = { placeId: ctx.place.placeId, ...the };
    const signed = (await listSignatures(ctx.tx, key)).filter(
      ({ contentHash }) => contentHash.toString("hex") === hash,
    );
    if (part === "reviewed") {
      const prepared = signed.find((one) => one.part === "prepared");
      if (prepared === undefined) return refuse({ code: "not_prepared" });
      if (prepared.signedBy === ctx.mark) return refuse({ code: "own_statement" });
    }
    const { opening, period, closing, matchedPence, onepotOnlyPence, listingOnlyPence, differencesPence, codes } =
      made.statement;
    const sums = { opening, period, closing, matchedPence, onepotOnlyPence, listingOnlyPence, differencesPence, codes };
    const signatureId = ctx.newId();
    const contentHash = Buffer.from(hash, "hex");
    const kept = await insertSignature(ctx.tx, {
      ...key,
      signatureId,
      part,
      contentHash,
      statement: toJson(sums),
      signedBy: ctx.mark,
    });
    return kept ? accept({ signatureId }) : refuse({ code: "already_signed" });
  },
});
