export { type SearchGroup, type SearchResult, searchPlace } from "./find-by-words.ts";
export { recordExists, type ShownRecord, showRecord } from "./show-record.ts";
export type { FoundKind } from "./store/parts.ts";
