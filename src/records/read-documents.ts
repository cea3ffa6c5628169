/** The documents of a record, and the content of one. What is not public is read only by people who work here. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { worksHere } from "./author.ts";
import { listed, listedShape, recordId } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { countDocuments, findContent, findDocument, findDocuments, type KeptDocument } from "./store/documents.ts";

const shown = {
  documentId: field.id,
  record: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  public: z.boolean(),
  addedBy: z.string(),
  addedAt: z.string(),
  withdrawnAt: z.string().nullable(),
};

/** Withdrawn ones are shown to those who may undo it. */
export function readerOf(ctx: PlaceContext): { readonly all: boolean; readonly withdrawn: boolean } {
  return { all: worksHere(ctx.actor), withdrawn: permits(ctx.actor, "document.add", ctx.place.area?.areaId ?? null) };
}

export const listDocuments = declarePlaceUseCase({
  name: "document.list",
  summary: "List the documents of a record",
  permission: "document.read",
  changes: false,
  route: { method: "get", path: "records/{record}/documents" },
  command: { words: "document list", positional: ["record"] },
  input: z.strictObject({ record: recordId, page: field.page }),
  output: z.object({ documents: z.array(z.object(shown)), ...listedShape }),
  example: { record: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  handle: async (ctx, { record, page }) => {
    const asked = { placeId: ctx.place.placeId, record, ...readerOf(ctx) };
    const total = await countDocuments(ctx.tx, asked);
    return accept({ documents: await findDocuments(ctx.tx, { ...asked, page }), ...listed(page, total) });
  },
});

export type DocumentRead = KeptDocument & { readonly content: string };

export const readDocument = declarePlaceUseCase({
  name: "document.read",
  summary: "Read a document, its content in base64",
  permission: "document.read",
  changes: false,
  route: { method: "get", path: "documents/{documentId}" },
  command: { words: "document read", positional: ["documentId"] },
  input: z.strictObject({ documentId: field.id }),
  output: z.object({ ...shown, content: z.string().describe("The file's bytes in base64") }),
  example: { documentId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  handle: async (ctx, { documentId }) => {
    const { placeId } = ctx.place;
    const document = await findDocument(ctx.tx, placeId, documentId);
    const reader = readerOf(ctx);
    // Whoever may not read it learns no more than that there is nothing for them.
    const hidden =
      document === null || (!document.public && !reader.all) || (document.withdrawnAt !== null && !reader.withdrawn);
    if (hidden) return refuse({ code: "document_not_found" });
    const content = await findContent(ctx.tx, placeId, documentId);
    const answer: DocumentRead = { ...document, content: content.toString("base64") };
    return accept(answer);
  },
});
