/**
 * The rounds of a count: one bar for each project in the order in which it was bought, each beginning where the one before it ended, so
 * that the budget is seen to fill up. Amounts come as texts in the election's own money, and as shares of the budget to draw by.
 */
import type { Language } from "../../lib/language.ts";
import { type Chart, type ChartTable, TONES, type Tone } from "./chart.ts";
import { fitText, frame, label, part, px, rect, textWidth, wrapText } from "./svg.ts";

export type Round = {
  readonly label: string;
  readonly cost: string;
  readonly votes: string;
  /** All that was spent with it. */
  readonly spent: string;
  /** Of the budget, from nought to one. */
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
};

export type RoundsModel = {
  readonly language: Language;
  readonly idPrefix: string;
  readonly title: string;
  readonly description: string;
  readonly budget: string;
  readonly rounds: readonly Round[];
  readonly table: ChartTable;
  /** What the tones mean, where there are two, and what is not drawn. */
  readonly notes: readonly string[];
  readonly empty: string;
};

const WIDTH = 960;
const LABELS = 300;
const RIGHT = 110;
const ROW = 30;
const AXIS = 30;
const SIZE = 15;
const NARROW = 320;
const NARROW_ROW = 54;
const MOST_ROUNDS = 60;

export function rounds(model: RoundsModel): Chart {
  const { title, description, table, notes } = model;
  if (model.rounds.length === 0)
    return { svgWide: "", svgNarrow: "", title, description, table, notes, empty: model.empty };
  const drawn = { ...model, rounds: model.rounds.slice(0, MOST_ROUNDS) };
  return { svgWide: wide(drawn), svgNarrow: narrow(drawn), title, description, table, notes, empty: null };
}

/** How many are drawn: the table has all. */
export function roundsDrawn(count: number): number {
  return Math.min(count, MOST_ROUNDS);
}

function nameOf(round: Round, order: number): string {
  return `${order + 1}. ${round.label} ${round.cost} (${round.spent})`;
}

/** No part of a budget is drawn beyond it: a project dearer than the budget may be bought by raised shares. */
function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function wide(model: RoundsModel): string {
  const scale = (share: number) => LABELS + 12 + within(share) * (WIDTH - LABELS - RIGHT - 12);
  const height = AXIS + model.rounds.length * ROW + 8;
  const rows = model.rounds.map((round, order) => {
    const y = AXIS + order * ROW;
    const [from, to] = [scale(round.from), scale(round.to)];
    const text = fitText(`${order + 1}. ${round.label}`, { width: LABELS, size: SIZE });
    const body =
      label({ x: 0, y: y + 20, text, size: SIZE }) +
      `<path d="M${px(from)} ${px(y - ROW + 25)}V${px(y + 5)}" stroke="#858686" stroke-dasharray="2 2"/>` +
      rect(
        { x: from, y: y + 5, width: Math.max(to - from, 1.5), height: ROW - 10 },
        `fill="${TONES[round.tone].fill}"`,
      ) +
      label({ x: to + 6, y: y + 20, text: round.cost, size: SIZE, bold: true, halo: true });
    return part({ body, name: nameOf(round, order), hit: { x: 0, y, width: WIDTH, height: ROW } });
  });
  const end = scale(1);
  const line =
    `<path d="M${px(end)} ${AXIS - 8}V${px(height)}" stroke="#0b0c0c" stroke-width="2"/>` +
    label({ x: end, y: 16, text: model.budget, size: SIZE, anchor: "end", bold: true }) +
    `<path d="M${LABELS + 12} ${AXIS - 8}V${px(height)}" stroke="#0b0c0c"/>`;
  const { title, description } = model;
  const body = rows.join("") + line;
  return frame({ prefix: `${model.idPrefix}-wide`, title, description, width: WIDTH, height, body });
}

function narrow(model: RoundsModel): string {
  let y = 26;
  let body = label({ x: NARROW, y: 16, text: model.budget, size: SIZE, anchor: "end", bold: true });
  for (const [order, round] of model.rounds.entries()) {
    const room = NARROW - textWidth(round.cost, { size: SIZE, bold: true }) - 12;
    const lines = wrapText(`${order + 1}. ${round.label}`, { width: room, size: SIZE, lines: 2 });
    const top = y + lines.length * 18;
    const height = NARROW_ROW + (lines.length - 1) * 18;
    const [from, to] = [within(round.from) * NARROW, within(round.to) * NARROW];
    const drawn =
      lines.map((text, at) => label({ x: 0, y: y + 17 + at * 18, text, size: SIZE })).join("") +
      label({ x: NARROW, y: y + 17, text: round.cost, size: SIZE, anchor: "end", bold: true }) +
      rect({ x: 0, y: top + 8, width: NARROW, height: 12 }, 'fill="#f3f4f5"') +
      rect({ x: from, y: top + 8, width: Math.max(to - from, 1.5), height: 12 }, `fill="${TONES[round.tone].fill}"`);
    body += part({ body: drawn, name: nameOf(round, order), hit: { x: 0, y, width: NARROW, height } });
    y += height;
  }
  const { title, description } = model;
  return frame({ prefix: `${model.idPrefix}-narrow`, title, description, width: NARROW, height: y, body });
}
