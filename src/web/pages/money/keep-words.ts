/** Words without values are the same each time: they are looked up once, because a page asks for them row by row. */
import type { Language } from "../../../lib/language.ts";

type Words = (...given: never[]) => string;

export function keepWords<W extends Words>(open: (language: Language) => W): (language: Language) => W {
  const kept: Readonly<Record<Language, W>> = { en: keepPlain(open("en")), cy: keepPlain(open("cy")) };
  return (language) => kept[language];
}

function keepPlain<W extends Words>(words: W): W {
  const plain = new Map<string, string>();
  const look = words as unknown as (key: string, ...values: readonly unknown[]) => string;
  const remembered = (key: string, ...values: readonly unknown[]): string => {
    if (values.length > 0) return look(key, ...values);
    const before = plain.get(key);
    if (before !== undefined) return before;
    const text = look(key);
    plain.set(key, text);
    return text;
  };
  return remembered as unknown as W;
}
