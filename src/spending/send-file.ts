/** The API's way to import: the file's bytes as base64 in JSON. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Result } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { columnsShape, type ImportAnswer, importFile, importOutput } from "./import-file.ts";
import { type SpendingRefusal, spendingRefusals } from "./messages.ts";

export const sendSpendFile = declarePlaceUseCase({
  name: "spend.send_file",
  summary: "Import a published file of payments, sent as base64",
  permission: "spending.import",
  changes: true,
  route: { method: "post", path: "spending/files", bodyLimitBytes: 92_000_000 },
  input: z.strictObject({
    name: field.words(200),
    content: z
      .base64(said({ en: "Send the file's bytes as base64", cy: "Anfonwch feitiau'r ffeil fel base64" }))
      .min(4, said({ en: "The file is empty", cy: "Mae'r ffeil yn wag" }))
      .max(90_000_000, said({ en: "The file is larger than 64 MB", cy: "Mae'r ffeil yn fwy na 64 MB" })),
    publisher: field.words(200).optional(),
    columns: columnsShape.optional(),
    acceptRefused: z.boolean().default(false).describe("Store the readable lines and leave the refused rows out"),
    preview: z.boolean().default(false).describe("Count and store nothing"),
  }),
  output: importOutput,
  example: {
    name: "payments.csv",
    content: "UGF5bWVudCBEYXRlLEFtb3VudCxCZW5lZmljaWFyeSBOYW1lCjIwMTItMDQtMDMsNzUwLjAwLElyd2VsbCBTdXBwbGllcwo=",
    preview: true,
  },
  refusals: spendingRefusals,
  audited: (value: ImportAnswer) => (value.stored ? value.fileId : null),
  handle: async (ctx, { content, ...input }): Promise<Result<ImportAnswer, SpendingRefusal>> => {
    const bytes = Buffer.from(content, "base64");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return importFile(ctx, { ...input, madeUp: false, file: { input: { bytes }, sha256 } });
  },
});
