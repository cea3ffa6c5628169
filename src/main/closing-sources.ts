/** What subjects above the ledger want done before a period of its books is closed. Each gives its own items. */
import type { ClosingSource } from "../platform/closing.ts";

export const closingSources: readonly ClosingSource[] = [];
