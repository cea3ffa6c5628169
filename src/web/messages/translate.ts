/**
 * Words in English and Welsh, typed: a message that Welsh lacks, or a value a message needs and is not given, does not
 * compile. A message is a text, or a text for each plural form of the language (Unicode CLDR plural rules, by i18next).
 */
import { createInstance } from "i18next";
import { LANGUAGES, type Language } from "../../lib/language.ts";
import { cy } from "./cy.ts";
import { en } from "./en.ts";

export type EnglishPlural = { readonly one: string; readonly other: string };
export type WelshPlural = EnglishPlural & {
  readonly zero?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
};
export type EnglishMessages = { readonly [key: string]: string | EnglishPlural };
/** The Welsh of a set of English messages: the same keys, plural where the English is plural. */
export type WelshOf<M extends EnglishMessages> = {
  readonly [K in keyof M]: M[K] extends string ? string : WelshPlural;
};

type Names<S extends string> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<T> = T extends string
  ? Names<T>
  : T extends EnglishPlural
    ? "count" | Names<T["one"] | T["other"]>
    : never;
type ValuesOf<T> = { readonly [Name in NamesOf<T>]: Name extends "count" ? number : string | number };
type Arguments<T> = [NamesOf<T>] extends [never] ? [] : [values: ValuesOf<T>];

export type Translate<M extends EnglishMessages> = <K extends keyof M & string>(
  key: K,
  ...values: Arguments<M[K]>
) => string;

type Values = { readonly [name: string]: string | number };

/** A subject's messages in both languages, ready to use: `open({ en, cy })("cy")("key", { name })`. */
export function openMessages<const M extends EnglishMessages>(messages: {
  readonly en: M;
  readonly cy: WelshOf<M>;
}): (language: Language) => Translate<M> {
  const engine = createInstance();
  engine.init({
    initAsync: false,
    showSupportNotice: false,
    lng: "en",
    supportedLngs: [...LANGUAGES],
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: flatten(messages.en) }, cy: { translation: flatten(messages.cy) } },
  });
  const fixed = { en: engine.getFixedT("en"), cy: engine.getFixedT("cy") };
  const translators = { en: translator("en"), cy: translator("cy") };
  return (language) => translators[language];

  /** A page says hundreds of words that take no value: those are looked up once. */
  function translator(language: Language): Translate<M> {
    const said = new Map<string, string>();
    return (key, ...values) => {
      const given = values[0] as Values | undefined;
      if (given !== undefined) return fixed[language](key, given);
      const known = said.get(key);
      if (known !== undefined) return known;
      const words = fixed[language](key);
      said.set(key, words);
      return words;
    };
  }
}

const FORMS = ["zero", "one", "two", "few", "many", "other"] as const;

/** Plural forms under the key with the form's name, as i18next wants them; a form not given is as "other". */
function flatten(messages: { readonly [key: string]: string | WelshPlural }): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, message] of Object.entries(messages)) {
    if (typeof message === "string") flat[key] = message;
    else for (const form of FORMS) flat[`${key}_${form}`] = message[form] ?? message.other;
  }
  return flat;
}

/** The words of the page shell, the components and the charts. */
export const t = openMessages({ en, cy });
export type ShellKey = keyof typeof en;
