/** A list of bars for a phone, 320 wide: the label, the amount, and the bar under them. Every chart's narrow form. */
import { scaleLinear } from "d3-scale";
import type { Language } from "../../lib/language.ts";
import { formatPoundsShort, type Pence } from "../../lib/pence.ts";
import { t } from "../messages/translate.ts";
import { amountName, sumPence, type Tone } from "./chart.ts";
import { fillOf, fitText, label, part, px, rect, textWidth, wrapText } from "./svg.ts";

export type Bar = {
  readonly label: string;
  readonly amountPence: Pence;
  readonly href?: string | undefined;
  readonly tone?: Tone | undefined;
};

export type BarSection = { readonly heading: string | null; readonly bars: readonly Bar[] };

const WIDTH = 320;
const ROW = 46;
/** A second line of a long label. */
const LINE = 18;
const HEADING = 34;
const SIZE = 15;
const MOST_ROWS = 16;

/** The sections one under another, all on one scale; a long section ends with one bar for the rest. */
export function barList(options: {
  readonly prefix: string;
  readonly language: Language;
  readonly shadow: boolean;
  readonly sections: readonly BarSection[];
}): { readonly body: string; readonly width: number; readonly height: number } {
  const sections = options.sections.map((section) => ({
    heading: section.heading,
    bars: shorten(section.bars, { language: options.language, most: MOST_ROWS }),
  }));
  const amounts = sections.flatMap((section) => section.bars.map((bar) => Number(bar.amountPence)));
  const scale = scaleLinear([Math.min(0, ...amounts), Math.max(0, ...amounts)], [0, WIDTH]);
  let y = 0;
  let body = "";
  for (const section of sections) {
    if (section.heading !== null) {
      body += label({
        x: 0,
        y: y + 20,
        text: fitText(section.heading, { width: WIDTH, size: 16, bold: true }),
        size: 16,
        bold: true,
      });
      y += HEADING;
    }
    for (const bar of section.bars) {
      const drawn = drawBar(bar, { y, scale, prefix: options.prefix, shadow: options.shadow });
      body += drawn.body;
      y += drawn.height;
    }
    y += 8;
  }
  return { body, width: WIDTH, height: Math.max(y - 8, ROW) };
}

function drawBar(
  bar: Bar,
  options: {
    readonly y: number;
    readonly scale: (value: number) => number;
    readonly prefix: string;
    readonly shadow: boolean;
  },
): { readonly body: string; readonly height: number } {
  const { scale } = options;
  const amount = formatPoundsShort(bar.amountPence);
  const room = WIDTH - textWidth(amount, { size: SIZE, bold: true }) - 12;
  // Names that begin alike differ at their end: they are not cut where two lines can hold them.
  const lines = wrapText(bar.label, { width: room, size: SIZE, lines: 2 });
  const more = Math.max(0, lines.length - 1) * LINE;
  const y = options.y + more;
  const [zero, end] = [scale(0), scale(Number(bar.amountPence))];
  const fill = fillOf({ tone: bar.tone ?? "navy", shadow: options.shadow, prefix: options.prefix });
  const negative = bar.amountPence < 0n;
  const paint = negative
    ? `fill="#ffffff" stroke="${"#801650"}" stroke-width="2" stroke-dasharray="4 2"`
    : `fill="${fill}"`;
  const size = Math.max(Math.abs(end - zero), bar.amountPence === 0n ? 0 : 1.5);
  const inset = negative ? 1 : 0;
  const body =
    lines
      .map((text, index) => label({ x: 0, y: options.y + 17 + index * LINE, text, size: SIZE, linked: true }))
      .join("") +
    label({ x: WIDTH, y: options.y + 17, text: amount, size: SIZE, anchor: "end", bold: true }) +
    rect({ x: 0, y: y + 24, width: WIDTH, height: 12 }, 'fill="#f3f4f5"') +
    rect(
      {
        x: (negative ? zero - size : zero) + inset,
        y: y + 24 + inset,
        width: size - 2 * inset,
        height: 12 - 2 * inset,
      },
      paint,
    ) +
    (zero > 0 ? `<path d="M${px(zero)} ${px(y + 21)}v18" stroke="#0b0c0c"/>` : "");
  const name = amountName(bar);
  const height = ROW + more;
  const hit = { x: 0, y: options.y + 1, width: WIDTH, height: height - 6 };
  return { body: part({ body, name, href: bar.href, hit }), height };
}

/** The first bars, and one for those left over. */
export function shorten(
  bars: readonly Bar[],
  { language, most }: { readonly language: Language; readonly most: number },
): readonly Bar[] {
  if (bars.length <= most) return bars;
  const rest = bars.slice(most - 1);
  return [
    ...bars.slice(0, most - 1),
    {
      label: t(language)("chartMore", { count: rest.length }),
      amountPence: sumPence(rest.map((bar) => bar.amountPence)),
      tone: "grey",
    },
  ];
}
