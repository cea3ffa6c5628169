export { COLUMN_ROLES } from "./domain/columns.ts";
export { listListings } from "./list-files.ts";
export { openBank } from "./open-bank.ts";
export { sendListing } from "./send-file.ts";
export { takeInListing } from "./take-in.ts";
export {
  chooseListingColumns,
  confirmListingUpload,
  keepListingUpload,
  showListingUpload,
} from "./uploads.ts";
