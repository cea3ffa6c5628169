/** What subjects beside the ledger want done before a period of its books is closed. Each gives its own items. */
import { approvalsClosing } from "../approvals/index.ts";
import type { ClosingSource } from "../platform/closing.ts";
import { reconciliationClosing } from "../reconciliation/index.ts";

export const closingSources: readonly ClosingSource[] = [reconciliationClosing, approvalsClosing];
