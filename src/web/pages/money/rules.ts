/**
 * The rules of a pot and of a stream as their pages show them: what is in force in words, since when, by which clause and
 * who set it; what was in force before or is to come; and from which streams the next pounds would be drawn.
 */
import type { Day } from "../../../lib/day.ts";
import type { Language } from "../../../lib/language.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay } from "../../shell/formats.ts";
import { named, type Visit } from "./exchange.ts";
import type { PotRules, readPot, readStream, ValueOf } from "./reading.ts";
import { cell, column, dayCell, type MoneyTable } from "./tables.ts";
import { resolveWords } from "./words-resolve.ts";
import { type RuleWords, ruleWords } from "./words-rules.ts";

type ReadPot = ValueOf<typeof readPot>;
type ReadStream = ValueOf<typeof readStream>;
type DrawOrder = PotRules["drawOrders"][number];
type Draw = PotRules["draws"][number];
/** So many streams of an example are named; with one more left, that one too. */
const SHARES_NAMED = 4;
type State = DrawOrder["state"];

/** A rule as it was set, in words. */
type SetRule = {
  readonly state: State;
  readonly fromOn: string;
  readonly setBy: string;
  readonly text: string;
  readonly short: string;
  /** Where it is agreed, and why: label and words. */
  readonly grounds: readonly (readonly [string, string])[];
};

type Shown = {
  readonly id: string;
  /** None where the part of the page that it stands in says it. */
  readonly heading: string | null;
  readonly none: string;
  /** Over those that are not in force: a name of its own for each table of a page. */
  readonly caption: string;
  readonly rules: readonly SetRule[];
  readonly lines?: readonly string[];
  readonly change: { readonly text: string; readonly href: string } | null;
};

type Setting = {
  readonly visit: Visit;
  /** Who set each rule, by name; empty for those who do not read the ledger. */
  readonly makers: ReadonlyMap<string, string>;
};

function presentRule({ id, heading, none, caption, rules, lines = [], change }: Shown, { visit, makers }: Setting) {
  const words = ruleWords(visit.language);
  const current = rules.find(({ state }) => state === "in_force");
  const others = rules.filter(({ state }) => state !== "in_force");
  const maker = current && makers.get(current.setBy);
  return {
    id,
    heading,
    text: current?.text ?? none,
    facts:
      current === undefined
        ? []
        : [
            { label: words("since"), text: formatDay(visit.language, current.fromOn as Day) },
            ...current.grounds.map(([label, text]) => ({ label, text })),
            ...(maker ? [{ label: words("setBy"), text: maker }] : []),
          ],
    lines,
    change,
    history: others.length === 0 ? null : historyOf(others, { visit, makers, caption }),
  };
}

function historyOf(
  rules: readonly SetRule[],
  { visit, makers, caption }: Setting & { readonly caption: string },
): MoneyTable {
  const words = ruleWords(visit.language);
  const grounds = rules[0]?.grounds.map(([label]) => column(label)) ?? [];
  return {
    caption,
    columns: [
      column(words("from")),
      column(words("state")),
      column(words("rule")),
      ...grounds,
      ...(makers.size > 0 ? [column(words("setBy"))] : []),
    ],
    rows: rules.map((one) => ({
      cells: [
        dayCell(visit.language, one.fromOn),
        cell(words(one.state)),
        cell(one.short),
        ...one.grounds.map(([, text]) => cell(text)),
        ...(makers.size > 0 ? [cell(makers.get(one.setBy) ?? "")] : []),
      ],
    })),
  };
}

export function orderText(order: DrawOrder | undefined, { language }: Visit): string {
  const words = ruleWords(language);
  if (order === undefined) return words("drawOrderNone");
  const names = order.streams.map((one) => named(language, [one.stream, one.streamWelsh]));
  const streams = names.map((name, index) => `${index + 1}. ${name}`).join("; ");
  return words(`draw_${order.order}`, { streams });
}

/** From which streams an amount comes, to the penny: as many as can be read, then the rest in one. */
function sharesText(
  { order, shares }: Draw,
  the: { readonly language: Language; readonly streams: ReadPot["streams"] },
): string {
  const { language } = the;
  const words = ruleWords(language);
  // In proportion every stream is drawn on at once: the largest says most. Else the first is drawn on first.
  const all = order === "in_proportion" ? shares.toSorted(largestFirst) : shares;
  const rest = all.length > SHARES_NAMED + 1 ? all.slice(SHARES_NAMED) : [];
  const parts = all.slice(0, all.length - rest.length).map(({ streamId, amountPence }) => {
    const found = the.streams.find((one) => one.streamId === streamId);
    const stream = found === undefined ? streamId : named(language, [found.stream, found.streamWelsh]);
    return words("share", { stream, amount: formatPounds(amountPence) });
  });
  const more = words("shareRest", { count: rest.length, amount: formatPounds(sumOf(rest)) });
  return [...parts, ...(rest.length > 0 ? [more] : [])].join("; ");
}

function largestFirst(a: Draw["shares"][number], b: Draw["shares"][number]): number {
  return a.amountPence === b.amountPence ? 0 : a.amountPence < b.amountPence ? 1 : -1;
}

function sumOf(shares: Draw["shares"]): bigint {
  return shares.reduce((sum, { amountPence }) => sum + amountPence, 0n);
}

/** The worked example in a sentence: by the order in force, on the page and ("nextNow") the form, or by one that could be set. */
export function drawText(
  draw: Draw,
  the: {
    readonly language: Language;
    readonly streams: ReadPot["streams"];
    readonly as: "next" | "nextNow" | "nextIf";
  },
): string {
  const words = ruleWords(the.language);
  if (draw.shares.length === 0) return words("nextNone");
  const amount = formatPounds(sumOf(draw.shares));
  return words(draw.restPence === 0n ? the.as : "nextRest", { amount, shares: sharesText(draw, the) });
}

function drawLines(read: ReadPot, visit: Visit): readonly string[] {
  const words: RuleWords = ruleWords(visit.language);
  const draw = read.rules.draws.find(({ inForce }) => inForce);
  // The example is of today: beside the figures of another day it would say what was not so then.
  if (draw === undefined || read.asAt !== read.reader.today) return [];
  const example = drawText(draw, { language: visit.language, streams: read.streams, as: "next" });
  return draw.shares.length === 0 ? [example] : [`${example} ${words("unasked")}`];
}

export function presentPotRules(read: ReadPot, visit: Visit) {
  const words = ruleWords(visit.language);
  const { pot, rules, makers, reader } = read;
  const may = reader.mayRecord && pot.closedOn === null;
  const orders = rules.drawOrders.map((one) => ({
    ...one,
    text: orderText(one, visit),
    short: one.order === "stated_order" ? orderText(one, visit) : words(`order_${one.order}`),
    grounds: [[words("clause"), one.clause] as const, [words("why"), one.reason] as const],
  }));
  const yearRules = rules.yearRules.map((one) => ({
    ...one,
    text: words(`year_${one.rule}`),
    short: words(one.rule),
    grounds: [[words("agreed"), one.source] as const],
  }));
  const drawOrder = {
    id: "draw-order",
    heading: words("drawOrder"),
    none: words("drawOrderNone"),
    caption: words("drawOrders"),
    rules: orders,
    lines: drawLines(read, visit),
    change: may ? { text: words("changeDrawOrder"), href: visit.to.drawOrder(pot.slug) } : null,
  };
  const yearRule = {
    id: "year-rule",
    heading: words("yearRule"),
    none: words("yearNone"),
    caption: words("yearRules"),
    rules: yearRules,
    change: may ? { text: words("changeYearRule"), href: visit.to.yearRule(pot.slug) } : null,
  };
  return {
    heading: words("rules"),
    lead: words("rulesLead"),
    all: [drawOrder, yearRule].map((one) => presentRule(one, { visit, makers })),
  };
}

export function clawbackText(
  rule: ReadStream["position"]["rule"],
  the: { readonly visit: Visit; readonly endsOn: string },
): string {
  const words = resolveWords(the.visit.language);
  if (rule === null) return words("noRule");
  return words(`rule_${rule.rule}`, { day: formatDay(the.visit.language, the.endsOn as Day) });
}

export function presentClawback({ position, reader, ruleMakers: makers }: ReadStream, visit: Visit) {
  const words = ruleWords(visit.language);
  const { endsOn, streamId } = position;
  return presentRule(
    {
      id: "clawback-rule",
      heading: null,
      none: clawbackText(null, { visit, endsOn }),
      caption: words("clawbackRules"),
      rules: position.rules.map((one) => ({
        ...one,
        text: clawbackText(one, { visit, endsOn }),
        short: words(`clawback_${one.rule}`),
        grounds: [[words("agreed"), one.reason] as const],
      })),
      change: reader.mayRecord ? { text: words("changeClawback"), href: visit.to.clawbackRule(streamId) } : null,
    },
    { visit, makers },
  );
}
