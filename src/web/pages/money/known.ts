/** The second date of a statement: as known at which moment. And the cost of its days, which is never part of its cash. */
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import type { Refusal } from "../../../lib/result.ts";
import type { InputFault } from "../../../platform/use-case/index.ts";
import { formatDay, formatMoment } from "../../shell/formats.ts";
import { wordsOf } from "../../visit.ts";
import type { Visit } from "./exchange.ts";
import { ledgerWords } from "./ledger-words.ts";
import type { readStatement, ValueOf } from "./reading.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";

type Read = ValueOf<typeof readStatement>;

/** Whether the words asked for as a moment are none: the only field of the address that is not read by the page itself. */
export function isMomentFault(refusal: Refusal, knownAt: string | null): boolean {
  return knownAt !== null && refusal.code === "input_not_valid" && momentFault(refusal) !== undefined;
}

function momentFault(refusal: Refusal): InputFault | undefined {
  const faults = (refusal["faults"] ?? []) as readonly InputFault[];
  return faults.find(({ field }) => field === "knownAt");
}

export function faultText(
  useCase: { readonly refusals: object },
  { refusal, language }: { readonly refusal: Refusal; readonly language: Language },
): string {
  return momentFault(refusal)?.message ?? wordsOf(useCase, refusal, language).text;
}

export function presentKnown(read: Read, the: { readonly visit: Visit; readonly knownAt: string | null }) {
  const { language, to } = the.visit;
  const words = ledgerWords(language);
  const { known } = read;
  const from = read.from === read.pot.openedOn ? null : read.from;
  return {
    knownAt: the.knownAt ?? "",
    known:
      known === null
        ? null
        : {
            text: words("knownAs", {
              moment: the.knownAt ?? "",
              block: String(known.blockNumber),
              sealed: formatMoment(language, new Date(known.sealedAt)),
            }),
            hash: known.hash,
            nowHref: to.statement(read.pot.slug, { asAt: read.asAt, from }),
          },
    costs: costsTable(read, language),
  };
}

/** Only where something was accrued in these days: else the cost is what was paid, which stands on the statement. */
function costsTable({ costs, from, asAt }: Read, language: Language): MoneyTable | null {
  const words = ledgerWords(language);
  const { paidPence, accruedPence, prepaidPence, owedPence, costPence } = costs;
  if (accruedPence === 0n && prepaidPence === 0n && owedPence === 0n) return null;
  const days = { from: formatDay(language, from as Day), to: formatDay(language, asAt as Day) };
  return {
    caption: words("costs"),
    columns: [column(words("costs")), numeric(words("costColumn", days))],
    rows: [
      { cells: [cell(words("costPaid")), moneyCell(paidPence)] },
      { cells: [cell(words("costAccrued")), moneyCell(accruedPence)] },
      { cells: [cell(words("costPrepaid")), moneyCell(prepaidPence)] },
      { cells: [cell(words("costOwed")), moneyCell(owedPence)] },
    ],
    total: [words("costTotal"), bare(costPence)],
  };
}
