/**
 * The tags and texts of an XML stream, for the parts of a spreadsheet. It knows no document types and no entities but the
 * five of XML and numbered letters: a part that brings its own is refused, so nothing can expand or fetch anything.
 * Memory is one piece and one tag or text. Source: W3C, "Extensible Markup Language (XML) 1.0", fifth edition, sections
 * 2.3 to 2.7 and 4.6.
 */
import { TableStopped } from "./refusals.ts";

export type XmlVisitor = {
  /** The tag's name without its prefix, and its attributes as they are written. */
  readonly open: (name: string, attributes: string) => void;
  /** Part of a text; a long text comes in several parts. */
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
};

export type XmlScanner = { readonly feed: (text: string) => void; readonly end: () => void };

const LONGEST_TAG = 65_536;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function scanXml(part: string, visitor: XmlVisitor): XmlScanner {
  let rest = "";
  let depth = 0;
  const broken = (): never => {
    throw new TableStopped({ code: "xlsx_broken", part });
  };
  const tag = (inside: string): void => {
    if (inside.startsWith("/")) {
      depth -= 1;
      visitor.close(localName(inside.slice(1).trimEnd()));
      if (depth < 0) broken();
      return;
    }
    const empty = inside.endsWith("/");
    const name = /^[^\s/]+/.exec(inside)?.[0] ?? broken();
    visitor.open(localName(name), inside.slice(name.length, empty ? -1 : undefined));
    if (empty) visitor.close(localName(name));
    else depth += 1;
    if (depth > 64) broken();
  };
  const feed = (piece: string): void => {
    const text = rest + piece;
    let at = 0;
    for (;;) {
      const open = text.indexOf("<", at);
      if (open < 0) break;
      if (open > at) visitor.text(plainLetters(text.slice(at, open), part));
      const found = nextMarkup(text, open, part);
      at = open;
      if (found === null) break;
      if (found.kind === "tag") tag(found.inside);
      else if (found.kind === "letters") visitor.text(found.inside);
      at = found.next;
    }
    rest = text.slice(at);
    if (rest.length > LONGEST_TAG) broken();
    // A text that goes on is handed over now, but for an entity that may be cut in two.
    if (rest !== "" && !rest.startsWith("<")) {
      const cut = rest.lastIndexOf("&");
      const safe = cut >= 0 && rest.length - cut < 12 ? cut : rest.length;
      visitor.text(plainLetters(rest.slice(0, safe), part));
      rest = rest.slice(safe);
    }
  };
  const end = (): void => {
    if (depth !== 0 || rest.trim() !== "") broken();
  };
  return { feed, end };
}

/** The value of an attribute among those of a tag; null when it has none. */
export function attribute(
  attributes: string,
  { name, part }: { readonly name: string; readonly part: string },
): string | null {
  let at = attributes.indexOf(name);
  while (at >= 0) {
    const before = attributes.charCodeAt(at - 1);
    const match =
      before <= 32 || before === 58 ? /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length)) : null;
    if (match) return plainLetters(match[1] ?? match[2] ?? "", part);
    at = attributes.indexOf(name, at + 1);
  }
  return null;
}

type Markup = { readonly kind: "tag" | "letters" | "nothing"; readonly inside: string; readonly next: number };

/** What stands at a "<"; null when the text ends inside it. */
function nextMarkup(text: string, open: number, part: string): Markup | null {
  const second = text.charCodeAt(open + 1);
  if (second === 63) return between({ text, open, from: 2, close: "?>", kind: "nothing" });
  if (second !== 33) {
    const close = tagEnd(text, open + 1);
    return close < 0 ? null : { kind: "tag", inside: text.slice(open + 1, close), next: close + 1 };
  }
  const head = text.slice(open, open + 9);
  if (head.startsWith("<!--")) return between({ text, open, from: 4, close: "-->", kind: "nothing" });
  if (head === "<![CDATA[") return between({ text, open, from: 9, close: "]]>", kind: "letters" });
  if ("<![CDATA[".startsWith(head) || "<!--".startsWith(head)) return null;
  if (head.length < 9 && "<!DOCTYPE".startsWith(head)) return null;
  throw new TableStopped({ code: "xlsx_has_entities", part });
}

type Between = Pick<Markup, "kind"> & {
  readonly text: string;
  readonly open: number;
  readonly from: number;
  readonly close: string;
};

function between({ text, open, from, close, kind }: Between): Markup | null {
  const end = text.indexOf(close, open + from);
  return end < 0 ? null : { kind, inside: text.slice(open + from, end), next: end + close.length };
}

/** Where a tag ends: a ">" may stand inside an attribute's quotes. */
function tagEnd(text: string, from: number): number {
  const close = text.indexOf(">", from);
  if (close < 0) return -1;
  const quote = text.indexOf('"', from);
  const single = text.indexOf("'", from);
  if ((quote < 0 || quote > close) && (single < 0 || single > close)) return close;
  let within = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (within !== 0) {
      if (code === within) within = 0;
    } else if (code === 34 || code === 39) within = code;
    else if (code === 62) return at;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function plainLetters(text: string, part: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&([^;&\s]{1,10});|&/g, (_, name: string | undefined) => {
    const letter = name === undefined ? undefined : (ENTITIES[name] ?? numbered(name));
    if (letter === undefined) throw new TableStopped({ code: "xlsx_has_entities", part });
    return letter;
  });
}

function numbered(name: string): string | undefined {
  const match = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (!match) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
