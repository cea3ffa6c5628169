/**
 * Which letters a text file is written in. A byte-order mark decides; without one a file is UTF-8 when all of it is valid
 * UTF-8, and Windows-1252 (what older spreadsheets save in Britain) when it is not.
 */
import { isUtf8 } from "node:buffer";
import { TableStopped } from "./refusals.ts";
import { type ByteSource, pieces } from "./source.ts";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
export type EncodingFound = { readonly encoding: TextEncoding; readonly markBytes: number };

/** What Windows-1252 puts at 0x80 to 0x9F; the five bytes it leaves undefined read as the replacement character. */
const WINDOWS_1252 =
  "\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd" +
  "\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178";
const UNDEFINED_IN_1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/** Reads the whole file once, so that a fault deep inside is known before the first row is given. */
export async function findEncoding(source: ByteSource): Promise<EncodingFound> {
  const start = await source.read(0, 3);
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: "utf-16le", markBytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: "utf-16be", markBytes: 2 };
  const marked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
  let utf8 = true;
  let undefinedBytes = false;
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces(source)) {
    const nul = piece.indexOf(0);
    if (nul >= 0) throw new TableStopped({ code: "file_has_nul", atByte: offset + nul + 1 });
    offset += piece.length;
    undefinedBytes ||= UNDEFINED_IN_1252.some((byte) => piece.includes(byte));
    if (!utf8) continue;
    const whole = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const cut = wholeLetters(whole);
    utf8 = isUtf8(whole.subarray(0, cut));
    rest = whole.subarray(cut);
  }
  if (utf8 && rest.length === 0) return { encoding: "utf-8", markBytes: marked ? 3 : 0 };
  if (marked || undefinedBytes) throw new TableStopped({ code: "file_encoding" });
  return { encoding: "windows-1252", markBytes: 0 };
}

/** The text of a file from after its mark, in pieces that never cut a letter in two. */
export async function* decoded(source: ByteSource, found: EncodingFound): AsyncGenerator<string> {
  if (found.encoding === "windows-1252") {
    for await (const piece of pieces(source)) yield fromWindows1252(piece);
    return;
  }
  const decoder = new TextDecoder(found.encoding, { fatal: true, ignoreBOM: true });
  let offset = found.markBytes;
  for await (const piece of pieces(source, { from: found.markBytes })) {
    const text = decodePiece(decoder, piece);
    if (found.encoding !== "utf-8" && text.includes("\0")) {
      throw new TableStopped({ code: "file_has_nul", atByte: offset + 2 * text.indexOf("\0") + 1 });
    }
    offset += piece.length;
    yield text;
  }
  const last = decodePiece(decoder, null);
  if (last !== "") yield last;
}

function decodePiece(decoder: Pick<InstanceType<typeof TextDecoder>, "decode">, piece: Buffer | null): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw new TableStopped({ code: "file_encoding" });
  }
}

function fromWindows1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replaceAll(/[\u0080-\u009f]/g, (letter) => WINDOWS_1252.charAt(letter.charCodeAt(0) - 0x80));
}

/** How many bytes hold whole letters: a letter of up to four bytes may be cut at the end of a piece. */
function wholeLetters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
