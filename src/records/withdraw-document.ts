/** Takes a document back from its readers, and puts it before them again: its row and content stay all the while. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { recordsRefusals } from "./messages.ts";
import { lockDocument, setWithdrawn } from "./store/documents.ts";

export const RESTORE_DAYS = 30;

const ofDocument = {
  permission: "document.add",
  changes: true,
  input: z.strictObject({ documentId: field.id }),
  output: z.object({ documentId: field.id }),
  example: { documentId: "018f3a52-0000-7000-8000-000000000001" },
  refusals: recordsRefusals,
  audited: (value: { readonly documentId: string }) => value.documentId,
} as const;

export const withdrawDocument = declarePlaceUseCase({
  name: "document.withdraw",
  summary: "Withdraw a document; it can be undone for 30 days",
  route: { method: "post", path: "documents/{documentId}/withdraw" },
  command: { words: "document withdraw", positional: ["documentId"] },
  ...ofDocument,
  handle: async (ctx, { documentId }) => {
    const { placeId } = ctx.place;
    const found = await lockDocument(ctx.tx, placeId, documentId);
    if (found === null) return refuse({ code: "document_not_found" });
    if (found.withdrawnDays !== null) return refuse({ code: "document_withdrawn" });
    await setWithdrawn(ctx.tx, { placeId, documentId, withdrawn: true });
    return accept({ documentId });
  },
});

export const restoreDocument = declarePlaceUseCase({
  name: "document.restore",
  summary: "Undo the withdrawal of a document",
  route: { method: "post", path: "documents/{documentId}/restore" },
  command: { words: "document restore", positional: ["documentId"] },
  ...ofDocument,
  handle: async (ctx, { documentId }) => {
    const { placeId } = ctx.place;
    const found = await lockDocument(ctx.tx, placeId, documentId);
    if (found === null) return refuse({ code: "document_not_found" });
    if (found.withdrawnDays === null) return refuse({ code: "document_in_force" });
    if (found.withdrawnDays > RESTORE_DAYS) return refuse({ code: "document_restore_late", days: RESTORE_DAYS });
    await setWithdrawn(ctx.tx, { placeId, documentId, withdrawn: false });
    return accept({ documentId });
  },
});
