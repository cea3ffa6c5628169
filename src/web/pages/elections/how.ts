/** How a result came about, in plain sentences with its own first project as the example. */
import { type Choice, type Counted, formatAmount } from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { formatNumber } from "../../shell/formats.ts";
import { howWords } from "./how-words.ts";

type FormRule = Choice["rule"] | "greedy-per-pound";

/** Greedy is two rules to whoever reads: in order of votes, and of votes for the money. */
function formRule({ rule, utility }: Choice): FormRule {
  return rule === "greedy" && utility !== "cost" ? "greedy-per-pound" : rule;
}

/** The end of a sentence: "… are funded, by equal shares". */
export function bySaid(choice: Choice, language: Language): string {
  return howWords(language)(`by_${formRule(choice)}`);
}

export function howSaid(counted: Counted, language: Language): readonly string[] {
  const { choice, currency, voters, increments, funded } = counted;
  const words = howWords(language);
  const rule = formRule(choice);
  const [first] = funded;
  const facts = { voters: formatNumber(voters), share: formatAmount(counted.share, currency) };
  const example = first && { name: first.name, votes: formatNumber(first.votes) };
  const later = funded.some(({ stage }) => stage === "greedy");
  return [
    words(`how_${rule}`, facts),
    ...(increments ? [words("raised", { number: formatNumber(increments) })] : []),
    ...(rule === "equal-shares" && later ? [words("rest")] : []),
    ...(example && rule === "equal-shares" && first.price !== null
      ? [words("firstShares", { ...example, price: formatAmount(first.price, currency) })]
      : []),
    ...(example && rule !== "equal-shares" && rule !== "max-welfare" ? [words("first", example)] : []),
  ];
}
