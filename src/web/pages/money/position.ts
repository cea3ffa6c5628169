/** On a stream's page: its conditions with their terms, and what is left and would be clawed back at the date asked for. */
import { SUBJECTIVE_GROUPS } from "../../../ledger/index.ts";
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay } from "../../shell/formats.ts";
import { named, type Visit } from "./exchange.ts";
import type { readStream, ValueOf } from "./reading.ts";
import { presentClawback } from "./rules.ts";
import { bare, cell, column, type MoneyTable, moneyCell, numeric } from "./tables.ts";
import { type ResolveWords, resolveWords } from "./words-resolve.ts";

type Read = ValueOf<typeof readStream>;
type Terms = NonNullable<Read["conditions"][number]["terms"]>;
type Position = Read["position"]["real"];

export function groupName(language: Language, group: number): string {
  const found = SUBJECTIVE_GROUPS.find((one) => one.group === group);
  return found === undefined ? String(group) : `${group} ${found[language]}`;
}

/** What a program checks of a condition, or that people judge it. */
export function termsText(read: Read, the: { readonly terms: Terms | null; readonly language: Language }): string {
  const { terms, language } = the;
  const words = resolveWords(language);
  if (terms === null) return words("byPeople");
  const nameOf = (list: readonly { readonly id: string; readonly name: string }[], ids: readonly string[]) =>
    ids.map((id) => list.find((one) => one.id === id)?.name ?? id).join(", ");
  const themes = read.themes.map((one) => ({ id: one.themeId, name: named(language, [one.name, one.nameWelsh]) }));
  const partners = read.partners.map((one) => ({
    id: one.partnerId,
    name: named(language, [one.name, one.nameWelsh]),
  }));
  const said = [
    terms.themeIds ? words("themes", { names: nameOf(themes, terms.themeIds) }) : null,
    terms.partnerIds ? words("partners", { names: nameOf(partners, terms.partnerIds) }) : null,
    terms.from && terms.to
      ? words("period", { from: formatDay(language, terms.from as Day), to: formatDay(language, terms.to as Day) })
      : null,
    terms.right ? words(terms.right) : null,
    terms.groups ? words("groups", { names: terms.groups.map((one) => groupName(language, one)).join(", ") }) : null,
  ];
  return `${said.filter((one) => one !== null).join("; ")} (${words("byProgram")})`;
}

export function positionOf(read: Read, visit: Visit) {
  const words = resolveWords(visit.language);
  const { position } = read;
  return {
    heading: words("position"),
    rule: presentClawback(read, visit),
    books: (["real", "shadow"] as const).flatMap((book) => {
      const pots = position.pots.filter((one) => one.book === book);
      if (pots.length === 0) return [];
      return [{ shadow: book === "shadow", table: tableOf(read, { visit, book }), why: whyOf(words, position[book]) }];
    }),
  };
}

function whyOf(words: ResolveWords, { clawback }: Position): readonly string[] {
  return clawback.map(({ why, amountPence }) => words(`why_${why}`, { amount: formatPounds(amountPence) }));
}

const backPence = ({ clawback }: Position) => clawback.reduce((sum, { amountPence }) => sum + amountPence, 0n);

function tableOf(
  { position }: Read,
  { visit, book }: { readonly visit: Visit; readonly book: "real" | "shadow" },
): MoneyTable {
  const { language, to } = visit;
  const words = resolveWords(language);
  const heads = ["given", "allocated", "committed", "paid", "outside", "left", "clawback"] as const;
  const amounts = (one: Position) => [
    one.givenPence,
    one.allocatedPence,
    one.committedPence,
    one.paidPence,
    one.outsidePence,
    one.leftPence,
    backPence(one),
  ];
  return {
    caption: words("position"),
    columns: [column(words("pot")), ...heads.map((one) => numeric(words("inPounds", { label: words(one) })))],
    rows: position.pots
      .filter((one) => one.book === book)
      .map((one) => ({
        shadow: book === "shadow",
        cells: [
          cell(named(language, [one.pot, one.potWelsh]), to.pot(one.potSlug)),
          ...amounts(one).map((pence) => moneyCell(pence)),
        ],
      })),
    total: [words("total"), ...amounts(position[book]).map(bare)],
  };
}
