/** Files in the making. */
export { attachmentOf, openSpool, type Spool } from "./spool.ts";
