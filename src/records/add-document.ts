/** Keeps a file with a record: a minute, a letter, a picture. What it is is decided by its content as well as its name. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { authorOf } from "./author.ts";
import { LARGEST_DOCUMENT_BYTES, lookAtDocument } from "./domain/document-kinds.ts";
import { recordId } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { insertDocument } from "./store/documents.ts";

/** Four letters for three bytes, and room to say that a file is too large rather than that its text is too long. */
const LONGEST_CONTENT = Math.ceil((LARGEST_DOCUMENT_BYTES * 4) / 3) + 1_000_000;

export const addDocument = declarePlaceUseCase({
  name: "document.add",
  summary: "Keep a document with a record",
  permission: "document.add",
  changes: true,
  route: { method: "post", path: "documents", bodyLimitBytes: 16_000_000 },
  command: { words: "document add" },
  input: z.strictObject({
    record: recordId,
    fileName: field.words(200).describe("The file's own name with its ending, for example minutes.pdf"),
    content: z
      .string()
      .max(
        LONGEST_CONTENT,
        said({ en: "The file must be 10 MB or smaller", cy: "Rhaid i'r ffeil fod yn 10 MB neu'n llai" }),
      )
      .regex(
        /^[A-Za-z0-9+/]*={0,2}$/,
        said({ en: "Send the file's bytes in base64", cy: "Anfonwch feitiau'r ffeil mewn base64" }),
      )
      .describe("The file's bytes in base64, 10 MB of them at most"),
    public: z.boolean().default(false).describe("Anyone may read it; otherwise only people who work here"),
  }),
  output: z.object({ documentId: field.id, mediaType: z.string(), sizeBytes: z.number() }),
  example: {
    record: "018f3a52-0000-7000-8000-000000000001",
    fileName: "payments.csv",
    content: "UGFpZCBvbixTdXBwbGllcgoyOC8wMy8yMDEzLElyd2VsbCBGYW1pbHkgU3VwcG9ydAo=",
    public: true,
  },
  refusals: recordsRefusals,
  audited: (value: { readonly documentId: string; readonly mediaType: string; readonly sizeBytes: number }) =>
    value.documentId,
  handle: async (ctx, input) => {
    const bytes = Buffer.from(input.content, "base64");
    if (bytes.length > LARGEST_DOCUMENT_BYTES) return refuse({ code: "document_too_large" });
    const look = lookAtDocument({ fileName: input.fileName, bytes });
    if (!look.ok) return refuse({ code: look.fault, ending: look.ending });
    if (!(await ctx.recordExists(input.record))) return refuse({ code: "record_not_found" });
    const document = {
      documentId: ctx.newId(),
      record: input.record,
      fileName: input.fileName,
      mediaType: look.mediaType,
      sizeBytes: bytes.length,
      public: input.public,
      addedBy: authorOf(ctx.actor),
    };
    const sha256 = createHash("sha256").update(bytes).digest();
    await insertDocument(ctx.tx, ctx.place.placeId, { ...document, sha256, bytes });
    return accept({ documentId: document.documentId, mediaType: look.mediaType, sizeBytes: bytes.length });
  },
});
