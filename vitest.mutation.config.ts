/** The pure tests of the ledger's rules, for mutation testing: nothing else is run for each mutant. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["src/ledger/domain/*.test.ts", "src/approvals/domain/*.test.ts"], pool: "threads", cache: false },
});
