export { acceptCertain } from "./accept-certain.ts";
export { acceptMatch } from "./accept-match.ts";
export { authoriseRequest } from "./authorise-request.ts";
export { cancelRequest } from "./cancel-request.ts";
export { reconciliationClosing } from "./closing.ts";
export { SUBJECTIVE_GROUPS } from "./domain/codes.ts";
export { COLUMN_ROLES } from "./domain/columns.ts";
export type { RecordKind } from "./domain/match.ts";
export { AGES } from "./domain/statement.ts";
export { roleNames } from "./domain/words.ts";
export { endCode } from "./end-code.ts";
export { CODE_COLUMNS, type CodesImported, importCodes } from "./import-codes.ts";
export { listBanks } from "./list-banks.ts";
export { listCodes } from "./list-codes.ts";
export { listListings } from "./list-files.ts";
export { listReconciliationMatches } from "./list-matches.ts";
export { listPaymentRequests } from "./list-requests.ts";
export { listUnmatched } from "./list-unmatched.ts";
export { makeJournal } from "./make-journal.ts";
export { makeRequest } from "./make-request.ts";
export { mapCode } from "./map-code.ts";
export type { RefusedRow } from "./messages.ts";
export { openBank } from "./open-bank.ts";
export { listOutgoing, readOutgoing } from "./outgoing.ts";
export { markRequestPaid } from "./pay-request.ts";
export { sendListing } from "./send-file.ts";
export { sendRequests } from "./send-requests.ts";
export { type StatementShown, showReconciliation } from "./show-statement.ts";
export { signReconciliation } from "./sign-statement.ts";
export { REQUEST_STATES } from "./store/requests.ts";
export { type Suggestions, suggest } from "./suggest.ts";
export { type TakenIn, takeInListing } from "./take-in.ts";
export { undoMatch } from "./undo-match.ts";
export {
  chooseListingColumns,
  confirmListingUpload,
  keepListingUpload,
  type ListingUploadShown,
  showListingUpload,
} from "./uploads.ts";
