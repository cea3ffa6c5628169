/** A period's records as a balanced journal for the host's ledger: each code's sum, against the pot's own code. */
import type { Pence } from "../../lib/pence.ts";
import type { Mapping } from "./codes.ts";

export type JournalRecord = { readonly amountPence: Pence; readonly code: Mapping | null };
export type JournalLine = {
  readonly costCentre: string;
  readonly subjective: string;
  readonly project: string;
  readonly subjectiveGroup: number;
  readonly debitPence: Pence;
  readonly creditPence: Pence;
};

/** The debits are the credits; a code whose sum is nought has no line. */
export function journalOf(records: readonly JournalRecord[], balancing: Mapping): readonly JournalLine[] {
  const sums = new Map<string, { readonly code: Mapping; pence: Pence }>();
  const add = (code: Mapping, pence: Pence): void => {
    const key = [code.costCentre, code.subjective, code.project, code.subjectiveGroup].join("\n");
    const there = sums.get(key) ?? { code, pence: 0n };
    there.pence += pence;
    sums.set(key, there);
  };
  for (const { amountPence, code } of records) {
    if (code === null) continue;
    add(code, amountPence);
    add(balancing, -amountPence);
  }
  return [...sums]
    .filter(([, { pence }]) => pence !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { code, pence }]) => ({
      costCentre: code.costCentre,
      subjective: code.subjective,
      project: code.project,
      subjectiveGroup: code.subjectiveGroup,
      debitPence: pence > 0n ? pence : 0n,
      creditPence: pence < 0n ? -pence : 0n,
    }));
}
