/** The parts every picture is made of: escaped text, measured labels, links, the frame, the hatching of shadow money. */
import { TONES, type Tone } from "./chart.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text safe between tags and inside quoted attributes. Characters that XML forbids are dropped. */
export function escapeText(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, "").replaceAll(/[&<>"']/g, (one) => ESCAPES[one] ?? "");
}

/** A number for an attribute, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const NARROW = new Set("iIjl.,:;'|!()[] ft");
const WIDE = new Set("mwMW@%&");

/** About how wide a text is, on the generous side: the browser's font is not known here. */
export function textWidth(
  text: string,
  { size, bold = false }: { readonly size: number; readonly bold?: boolean },
): number {
  let units = 0;
  for (const letter of text) {
    if (NARROW.has(letter)) units += 0.34;
    else if (WIDE.has(letter)) units += 0.92;
    else units += letter >= "A" && letter <= "Z" ? 0.72 : 0.58;
  }
  return units * size * (bold ? 1.07 : 1);
}

/** The text if it fits, or as much as does with an ellipsis; empty when not even two letters fit. */
export function fitText(
  text: string,
  options: { readonly width: number; readonly size: number; readonly bold?: boolean },
): string {
  const { width, size, bold = false } = options;
  if (textWidth(text, { size, bold }) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, { size, bold }) > width) letters.pop();
  return letters.length < 2 ? "" : `${letters.join("").trimEnd()}…`;
}

/** The text on at most so many lines, broken between words; what does not fit is cut with an ellipsis. */
export function wrapText(
  text: string,
  options: { readonly width: number; readonly size: number; readonly lines: number; readonly bold?: boolean },
): readonly string[] {
  const words = text.split(/\s+/);
  const lines: string[] = [];
  while (words.length > 0 && lines.length < options.lines) {
    let line = words.shift() ?? "";
    const last = lines.length === options.lines - 1;
    while (words[0] !== undefined && (last || textWidth(`${line} ${words[0]}`, options) <= options.width)) {
      line = `${line} ${words.shift()}`;
    }
    lines.push(fitText(line, options));
  }
  return lines.filter((line) => line !== "");
}

export type Label = {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly fill?: string;
  /** A white edge, for text that may stand near a shape. */
  readonly halo?: boolean;
  readonly linked?: boolean;
};

export function label(one: Label): string {
  const anchor = one.anchor && one.anchor !== "start" ? ` text-anchor="${one.anchor}"` : "";
  const weight = one.bold ? ' font-weight="700"' : "";
  const halo = one.halo ? ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' : "";
  const name = one.linked ? ' class="chart__label"' : "";
  return `<text${name} x="${px(one.x)}" y="${px(one.y)}" font-size="${one.size}" fill="${one.fill ?? "#0b0c0c"}"${anchor}${weight}${halo}>${escapeText(one.text)}</text>`;
}

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export function rect(box: Box, attributes: string): string {
  const [width, height] = [Math.max(0, box.width), Math.max(0, box.height)];
  return `<rect x="${px(box.x)}" y="${px(box.y)}" width="${px(width)}" height="${px(height)}" ${attributes}/>`;
}

/**
 * A part of a picture with its full words as a tooltip; a link when there is somewhere to go. `hit` is the area that
 * can be pressed and that shows the focus, never lower or narrower than 24 pixels.
 */
export function part(options: {
  readonly body: string;
  readonly name: string;
  readonly href?: string | undefined;
  readonly hit: Box;
}): string {
  const title = `<title>${escapeText(options.name)}</title>`;
  if (options.href === undefined || options.href === "") return `<g>${title}${options.body}</g>`;
  const { x, y, width, height } = options.hit;
  const [w, h] = [Math.max(24, width), Math.max(24, height)];
  const box = { x: x - (w - width) / 2, y: y - (h - height) / 2, width: w, height: h };
  const area = rect(box, 'class="chart__focus" fill="none" pointer-events="all"');
  return `<a class="chart__link" href="${escapeText(options.href)}">${title}${options.body}${area}</a>`;
}

export function hatchId(prefix: string): string {
  return `${prefix}-hatch`;
}

/** How a shape of a tone is filled: hatched when it is shadow money. */
export function fillOf(options: { readonly tone: Tone; readonly shadow: boolean; readonly prefix: string }): string {
  return options.shadow ? `url(#${hatchId(options.prefix)}-${options.tone})` : TONES[options.tone].fill;
}

function hatch(prefix: string, tone: Tone): string {
  const { fill } = TONES[tone];
  return `<pattern id="${hatchId(prefix)}-${tone}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/><rect width="4" height="7" fill="${fill}"/></pattern>`;
}

/** The picture's frame. With links inside it is a group, so that they can be reached; without, one image. */
export function frame(options: {
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
}): string {
  const { prefix, body } = options;
  const id = escapeText(prefix);
  const role = body.includes("<a ") ? "group" : "img";
  const tones = (Object.keys(TONES) as Tone[]).filter((tone) => body.includes(`url(#${hatchId(prefix)}-${tone})`));
  const defs = tones.length > 0 ? `<defs>${tones.map((tone) => hatch(prefix, tone)).join("")}</defs>` : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(options.width)} ${px(options.height)}" role="${role}" aria-labelledby="${id}-title ${id}-desc">` +
    `<title id="${id}-title">${escapeText(options.title)}</title><desc id="${id}-desc">${escapeText(options.description)}</desc>` +
    `${defs}${body}</svg>`
  );
}
