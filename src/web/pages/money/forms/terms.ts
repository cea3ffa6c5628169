/**
 * The part of the stream's form that a program decides on: one condition of each kind, beside its words. What is chosen
 * belongs to the first words of its kind; without words the choice itself says what it is.
 */
import { CAPITAL_RIGHTS, SUBJECTIVE_GROUPS } from "../../../../ledger/index.ts";
import type { Language } from "../../../../lib/language.ts";
import { named } from "../exchange.ts";
import type { Choices } from "../reading-choices.ts";
import { type ResolveWords, resolveWords } from "../words-resolve.ts";
import type { FormField, Item, Typed } from "./fields.ts";

type Kind = "purpose" | "period" | "partner" | "capital" | "eligible_cost" | "reporting";
type Terms = {
  themeIds?: string[];
  partnerIds?: string[];
  groups?: number[];
  right?: (typeof CAPITAL_RIGHTS)[number];
};

export function groupItems(language: Language, none: string): readonly Item[] {
  const groups = SUBJECTIVE_GROUPS.map((one) => ({ value: String(one.group), text: `${one.group} ${one[language]}` }));
  return [{ value: "", text: none }, ...groups];
}

/** Capital, revenue, or as the record it draws on. */
export function kindField(words: ResolveWords): FormField {
  const items = [
    { value: "", text: words("capitalKeep") },
    { value: "capital", text: words("capitalYes") },
    { value: "revenue", text: words("capitalNo") },
  ];
  return { kind: "select", name: "capital", label: words("kindOfMoney"), items, optional: true };
}

export function isCapital(typed: Typed): boolean | null {
  return typed.maybe("capital") === null ? null : typed.text("capital") === "capital";
}

export function groupField(language: Language): FormField {
  const words = resolveWords(language);
  const items = groupItems(language, words("notStated"));
  return { kind: "select", name: "subjectiveGroup", label: words("subjectiveGroup"), items, optional: true };
}

export function groupOf(typed: Typed): number | null {
  const text = typed.maybe("subjectiveGroup");
  return text === null ? null : Number(text);
}

export function termFields(choices: Choices, language: Language): Readonly<Record<Kind, readonly FormField[]>> {
  const words = resolveWords(language);
  const select = (name: string, label: string, items: readonly Item[]): FormField => ({
    kind: "select",
    name,
    label,
    items,
    optional: true,
    hint: words("termHint"),
  });
  const list = (none: string, all: readonly Item[]) => [{ value: "", text: none }, ...all];
  const themes = choices.place.themes.map((one) => ({
    value: one.themeId,
    text: named(language, [one.name, one.nameWelsh]),
  }));
  const partners = choices.place.partners.map((one) => ({
    value: one.partnerId,
    text: named(language, [one.name, one.nameWelsh]),
  }));
  const rights = CAPITAL_RIGHTS.map((one) => ({ value: one, text: words(one) }));
  return {
    purpose: [select("term-theme", words("themeTerm"), list(words("anyTheme"), themes))],
    period: [{ kind: "tick", name: "term-period", label: words("periodTerm") }],
    partner: [select("term-partner", words("partnerTerm"), list(words("anyPartner"), partners))],
    capital: [
      { ...select("term-right", words("rightTerm"), list(words("noRight"), rights)), hint: words("rightHint") },
      { kind: "text", name: "condition-capital", label: words("rightWords"), optional: true },
    ],
    eligible_cost: [select("term-group", words("groupTerm"), groupItems(language, words("anyGroup")))],
    reporting: [],
  };
}

function termsOf(kind: Kind, typed: Typed): Terms | null {
  const chosen = (name: string) => typed.maybe(name);
  switch (kind) {
    case "purpose": {
      const themeId = chosen("term-theme");
      return themeId === null ? null : { themeIds: [themeId] };
    }
    case "period":
      return typed.ticked("term-period") ? {} : null;
    case "partner": {
      const partnerId = chosen("term-partner");
      return partnerId === null ? null : { partnerIds: [partnerId] };
    }
    case "capital": {
      const right = CAPITAL_RIGHTS.find((one) => one === chosen("term-right"));
      return right === undefined ? null : { right };
    }
    case "eligible_cost": {
      const group = chosen("term-group");
      return group === null ? null : { groups: [Number(group)] };
    }
    case "reporting":
      return null;
  }
}

/** The conditions of one kind: its words line by line, the first with what was chosen. */
export function conditionsOf(kind: Kind, the: { readonly typed: Typed; readonly words: ResolveWords }) {
  const { typed, words } = the;
  const terms = termsOf(kind, typed);
  const lines = typed.lines(`condition-${kind}`);
  const said = terms !== null && lines.length === 0 ? [wordsFor(kind, words)] : lines;
  return said.map((line, index) => ({ kind, words: line, terms: index === 0 ? terms : null }));
}

/** A right needs its source in words, which the form then asks for. */
function wordsFor(kind: Kind, words: ResolveWords): string {
  switch (kind) {
    case "purpose":
      return words("themeTerm");
    case "period":
      return words("periodTerm");
    case "partner":
      return words("partnerTerm");
    case "eligible_cost":
      return words("groupTerm");
    case "capital":
    case "reporting":
      return "";
  }
}
