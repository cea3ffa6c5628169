/** What the approvals' pages share: their addresses, their top, and how people are named. */
import { addressesOf, type Query, withQuery } from "../money/addresses.ts";
import { type Exchange, parameterOf, topOf, type Visit, visitOf } from "../money/exchange.ts";
import { type ApprovalWords, approvalWords } from "./words.ts";

export type { Exchange };

export type Desk = {
  readonly the: Exchange;
  readonly visit: Visit;
  readonly words: ApprovalWords;
  readonly to: {
    readonly list: (query?: Query) => string;
    readonly limits: string;
    readonly one: (id: string) => string;
    readonly trace: (id: string) => string;
    readonly pot: (slug: string) => string;
  };
};

export function deskOf(the: Exchange): Desk {
  const visit = visitOf(the.request);
  const { approvals, approval, trace, pot } = addressesOf(parameterOf(the.request, "place"));
  return {
    the,
    visit,
    words: approvalWords(visit.language),
    to: {
      list: (query = {}) => withQuery(approvals, query),
      limits: `${approvals}/limits`,
      one: approval,
      trace,
      pot,
    },
  };
}

export function topHere(
  { visit, words, to }: Desk,
  the: {
    readonly title: string;
    readonly listed: boolean;
    readonly errors?: NonNullable<Parameters<typeof topOf>[1]["errors"]>;
  },
) {
  const crumbs = the.listed
    ? [{ text: words("allTitle"), href: to.list() }, { text: the.title }]
    : [{ text: the.title }];
  return topOf(visit, { title: the.title, crumbs, ...(the.errors && { errors: the.errors }) });
}

/** A person by name, a program or the operator by what it is. */
export function nameOf(words: ApprovalWords, [mark, makers]: readonly [string, ReadonlyMap<string, string>]): string {
  if (mark === "operator") return words("operator");
  return mark.startsWith("key:") ? words("key") : (makers.get(mark) ?? mark);
}
