/**
 * The texts that the cells of an XLSX file point to by number. They are kept as bytes in large blocks with their ends, so
 * that a million short texts cost what their letters cost, and a text becomes a string only when a cell asks for it.
 */
import { TableStopped } from "./refusals.ts";
import type { XmlVisitor } from "./xml-events.ts";

const BLOCK_BYTES = 1024 ** 2;
/** Where a text stands costs this much beside its letters. */
const PLACE_BYTES = 12;

export type SharedTexts = {
  readonly add: (text: string) => void;
  readonly find: (index: number) => string | null;
};

export function sharedTexts(limitBytes: number): SharedTexts {
  const blocks: Buffer[] = [];
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  let inBlock = new Uint32Array(1024);
  let count = 0;
  let used = BLOCK_BYTES;
  let bytes = 0;
  const grow = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
    const larger = new Uint32Array(old.length * 2);
    larger.set(old);
    return larger;
  };
  const add = (text: string): void => {
    const size = Buffer.byteLength(text);
    bytes += size + PLACE_BYTES;
    if (bytes > limitBytes) throw new TableStopped({ code: "xlsx_too_much_text", limitBytes });
    if (used + size > BLOCK_BYTES) {
      blocks.push(Buffer.allocUnsafe(Math.max(BLOCK_BYTES, size)));
      used = 0;
    }
    if (count === starts.length) [starts, lengths, inBlock] = [grow(starts), grow(lengths), grow(inBlock)];
    blocks.at(-1)?.write(text, used);
    starts[count] = used;
    lengths[count] = size;
    inBlock[count] = blocks.length - 1;
    used += size;
    count += 1;
  };
  const find = (index: number): string | null => {
    if (!Number.isInteger(index) || index < 0 || index >= count) return null;
    const start = starts[index] ?? 0;
    return blocks[inBlock[index] ?? 0]?.toString("utf8", start, start + (lengths[index] ?? 0)) ?? null;
  };
  return { add, find };
}

/** Reads xl/sharedStrings.xml: the text of an item is that of its runs; what is said of its pronunciation is left out. */
export function sharedTextsVisitor(texts: SharedTexts, longest: number): XmlVisitor {
  let text = "";
  let inText = false;
  let inPhonetic = false;
  return {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "t") inText = !inPhonetic;
      else if (name === "rPh") inPhonetic = true;
    },
    text: (part) => {
      if (inText && text.length <= longest) text += part;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") inPhonetic = false;
      else if (name === "si") texts.add(unescaped(text));
    },
  };
}

/** Excel writes letters that XML cannot hold as _x000D_ (ECMA-376, part 1, section 22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
