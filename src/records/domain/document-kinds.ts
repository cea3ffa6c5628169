/**
 * Which kinds of file a record keeps, and whether a file is what its name says. A file is known by its first bytes (PDF:
 * ISO 32000-1, 7.5.2; PNG: RFC 2083, 12.11; JPEG: ITU-T T.81, B.1.1.3); an office file by the parts of its zip; a text by
 * holding nothing but text. Nothing is unpacked or run.
 */
import { zipNames } from "./zip-names.ts";

export const LARGEST_DOCUMENT_BYTES = 10 * 1024 * 1024;

type Kind = { readonly mediaType: string; readonly fits: (bytes: Uint8Array) => boolean };

const OFFICE = "application/vnd.openxmlformats-officedocument";
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text";

const jpeg: Kind = { mediaType: "image/jpeg", fits: (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]) };

const KINDS: Readonly<Record<string, Kind>> = {
  pdf: { mediaType: "application/pdf", fits: (bytes) => startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d]) },
  png: {
    mediaType: "image/png",
    fits: (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  jpg: jpeg,
  jpeg,
  csv: { mediaType: "text/csv", fits: isText },
  txt: { mediaType: "text/plain", fits: isText },
  xlsx: { mediaType: `${OFFICE}.spreadsheetml.sheet`, fits: (bytes) => isOffice(bytes, "xl/workbook.xml") },
  docx: { mediaType: `${OFFICE}.wordprocessingml.document`, fits: (bytes) => isOffice(bytes, "word/document.xml") },
  odt: { mediaType: OPEN_DOCUMENT, fits: isOpenDocument },
};

export type DocumentFault = "document_kind" | "document_content" | "document_macros" | "document_empty";
export type DocumentLook =
  | { readonly ok: true; readonly mediaType: string }
  | { readonly ok: false; readonly fault: DocumentFault; readonly ending: string };

/** The faults in this order: no known ending, empty, not what it says, with macros. */
export function lookAtDocument(the: { readonly fileName: string; readonly bytes: Uint8Array }): DocumentLook {
  const ending = /\.([a-z]+)$/.exec(the.fileName.toLowerCase())?.[1] ?? "";
  const kind = Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined;
  const bad = (fault: DocumentFault): DocumentLook => ({ ok: false, fault, ending: `.${ending}` });
  if (kind === undefined) return bad("document_kind");
  if (the.bytes.length === 0) return bad("document_empty");
  if (!kind.fits(the.bytes)) return bad("document_content");
  if (holdsMacros(the.bytes)) return bad("document_macros");
  return { ok: true, mediaType: kind.mediaType };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** A zip of Office Open XML (ECMA-376, part 2): its table of contents, and the main part of its kind. */
function isOffice(bytes: Uint8Array, main: string): boolean {
  const names = zipNames(bytes) ?? [];
  return names.includes("[Content_Types].xml") && names.includes(main);
}

/** The media type stands first in the zip, unpacked (OASIS ODF 1.3, part 2, 3.3). */
function isOpenDocument(bytes: Uint8Array): boolean {
  const first = Buffer.from(bytes.subarray(30, 30 + 8 + OPEN_DOCUMENT.length)).toString("latin1");
  return first === `mimetype${OPEN_DOCUMENT}` && (zipNames(bytes)?.includes("content.xml") ?? false);
}

function holdsMacros(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, [0x50, 0x4b])) return false;
  return (zipNames(bytes) ?? []).some((name) => /(^|\/)vbaProject\.bin$/i.test(name) || /^Basic\//.test(name));
}

/** UTF-8, UTF-16 with its mark, or a code page of Windows: no control character but tab, line feed and return. */
function isText(bytes: Uint8Array): boolean {
  if (startsWith(bytes, [0xff, 0xfe])) return isUtf16(bytes, "utf-16le");
  if (startsWith(bytes, [0xfe, 0xff])) return isUtf16(bytes, "utf-16be");
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d);
}

function isUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return !/[^\P{Cc}\t\n\f\r]/u.test(text);
  } catch {
    return false;
  }
}
