/**
 * Whether spending meets the conditions that a stream's payer put on it. Only conditions with terms are decided here; one
 * in words alone is for people to judge. A grant's conditions are the payer's to set (Local Government Act 2003, section
 * 31); capital and revenue are kept apart (the same Act, part 1, chapter 1), so money of one kind is spent on the other only
 * where the payer or the law gives the right, which is then itself a condition with its source in words.
 */
import type { Day } from "../../lib/day.ts";

export const CONDITION_KINDS = ["purpose", "period", "partner", "capital", "eligible_cost", "reporting"] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];
export const CAPITAL_RIGHTS = ["capital_to_revenue", "revenue_to_capital"] as const;

/** Which of these a condition has follows from its kind; both ends of a period are days that still count. */
export type Terms = {
  readonly themeIds?: readonly string[] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly partnerIds?: readonly string[] | undefined;
  readonly right?: (typeof CAPITAL_RIGHTS)[number] | undefined;
  readonly groups?: readonly number[] | undefined;
};

export type Condition = {
  /** From 1, in the order in which the stream was opened with them. */
  readonly number: number;
  readonly kind: ConditionKind;
  readonly words: string;
  readonly terms: Terms;
};

/** What binds a stream's money: its kind, and the conditions that have terms. */
export type Restrictions = { readonly capital: boolean; readonly conditions: readonly Condition[] };

/** What is to be done with money. At an allocation the day of spending, the partner and the cost are not known yet. */
export type Spending = {
  readonly stage: "allocation" | "spending";
  readonly day: Day;
  /** The themes of the allocation and of the service, where they have one. */
  readonly themeIds: readonly string[];
  readonly partnerId: string | null;
  readonly capital: boolean;
  readonly subjectiveGroup: number | null;
};

/** Number 0 and no words: the stream's own kind, capital or revenue, about which it has no condition. */
export type Unmet = { readonly number: number; readonly kind: ConditionKind; readonly words: string };

/** The conditions that the spending does not meet, the stream's own kind first, then by number. */
export function unmetConditions(stream: Restrictions, spending: Spending): readonly Unmet[] {
  const broken = stream.conditions.filter((one) => !meets(one, spending));
  const unmet = broken.map(({ number, kind, words }) => ({ number, kind, words }));
  return mixesKinds(stream, spending) ? [ownKind(stream), ...unmet] : unmet;
}

function meets({ kind, terms }: Condition, spending: Spending): boolean {
  const planned = spending.stage === "allocation";
  switch (kind) {
    case "purpose":
      if (planned && spending.themeIds.length === 0) return true;
      return spending.themeIds.some((themeId) => terms.themeIds?.includes(themeId));
    case "period":
      // What is decided before the period can be spent within it; what is decided after it cannot.
      if (terms.to !== undefined && spending.day > terms.to) return false;
      return planned || terms.from === undefined || spending.day >= terms.from;
    case "partner":
      return planned || terms.partnerIds?.some((partnerId) => partnerId === spending.partnerId) === true;
    case "eligible_cost":
      return planned || terms.groups?.some((group) => group === spending.subjectiveGroup) === true;
    // Of the stream's own kind, and looked at as a whole.
    case "capital":
    case "reporting":
      return true;
  }
}

function mixesKinds(stream: Restrictions, spending: Spending): boolean {
  if (stream.capital === spending.capital) return false;
  const needed = stream.capital ? "capital_to_revenue" : "revenue_to_capital";
  return !stream.conditions.some(({ terms }) => terms.right === needed);
}

function ownKind(stream: Restrictions): Unmet {
  const said = stream.conditions.find(({ kind }) => kind === "capital");
  return { number: said?.number ?? 0, kind: "capital", words: said?.words ?? "" };
}
