export { type Followed, type FoundStop, followRecord, type ShownNode } from "./follow-record.ts";
export type { TraceRefusal } from "./messages.ts";
