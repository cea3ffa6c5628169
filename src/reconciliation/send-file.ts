/** The API's way to take a listing in: the file's bytes as base64 in JSON. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { declarePlaceUseCase, said } from "../platform/use-case/index.ts";
import { reconciliationRefusals } from "./messages.ts";
import { listingShape, type TakenIn, takeIn, takenInShape } from "./take-in.ts";

export const sendListing = declarePlaceUseCase({
  name: "reconciliation.send_file",
  summary: "Take in a listing of a body's own ledger or a bank statement, sent as base64",
  permission: "reconciliation.keep",
  changes: true,
  route: { method: "post", path: "reconciliation/files", bodyLimitBytes: 92_000_000 },
  input: z.strictObject({
    ...listingShape,
    content: z
      .base64(said({ en: "Send the file's bytes as base64", cy: "Anfonwch feitiau'r ffeil fel base64" }))
      .min(4, said({ en: "The file is empty", cy: "Mae'r ffeil yn wag" }))
      .max(90_000_000, said({ en: "The file is larger than 64 MB", cy: "Mae'r ffeil yn fwy na 64 MB" })),
  }),
  output: takenInShape,
  example: {
    name: "gl-listing.csv",
    body: "Host Council",
    content: "RG9jdW1lbnQgTm8sUG9zdGluZyBEYXRlLEFtb3VudCxTdXBwbGllcgo1MTAwMDEyLDIwMTMtMDItMDQsNTAuMDAsSXJ3ZWxsCg==",
    preview: true,
  },
  refusals: reconciliationRefusals,
  audited: (value: TakenIn) => (value.stored ? value.listingFileId : null),
  handle: (ctx, { content, ...input }) => {
    const bytes = Buffer.from(content, "base64");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return takeIn(ctx, { ...input, file: { input: { bytes }, sha256 } });
  },
});
