/** The way to a page of spending: the money of the place first. */
import type { Language } from "../../../lib/language.ts";
import { spendingWords } from "./words.ts";

type Crumb = { readonly text: string; readonly href?: string };

export function crumbs(the: {
  readonly language: Language;
  readonly slug: string;
  readonly at: readonly Crumb[];
}): readonly Crumb[] {
  return [{ text: spendingWords(the.language)("money"), href: `/places/${the.slug}/money` }, ...the.at];
}
