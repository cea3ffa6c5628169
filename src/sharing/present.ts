/** An agreement as every door shows it in a list. */
import type { Day } from "../lib/day.ts";
import { reviewIsOverdue, signaturesWanting, stateOn } from "./domain/agreement.ts";
import type { AgreementRow } from "./store/agreements.ts";

export function presentAgreement(row: AgreementRow, today: Day) {
  const { agreementId, number, title, titleWelsh, purposes, gateway, parties, startsOn, reviewOn, endsOn, madeUp } =
    row;
  return {
    agreementId,
    number,
    title,
    titleWelsh,
    state: stateOn(row, today),
    purposes,
    gateway,
    parties,
    startsOn,
    reviewOn,
    endsOn,
    reviewOverdue: reviewIsOverdue(row, today),
    wanting: row.end === null ? signaturesWanting(row) : [],
    madeUp,
  };
}
