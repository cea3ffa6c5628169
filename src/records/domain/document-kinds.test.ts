/** A document is what its content is: the name alone decides nothing, and nothing is unpacked to know. */
import { describe, expect, it } from "vitest";
import { lookAtDocument } from "./document-kinds.ts";

/** A zip with these parts, each stored empty but for the first, which may have content. */
function zip(names: readonly string[], first = ""): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [index, name] of names.entries()) {
    const content = Buffer.from(index === 0 ? first : "");
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), content);
    central.push(record, Buffer.from(name));
    offset += 30 + name.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const ODT = "application/vnd.oasis.opendocument.text";
const TABLE = "[Content_Types].xml";

const CONTENTS: Readonly<Record<string, Uint8Array>> = {
  pdf: Buffer.from("%PDF-1.7\n1 0 obj"),
  png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
  jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  text: Buffer.from("Paid on,Supplier\r\n28/03/2013,Tŷ Irwell\r\n"),
  windows: Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0xa3, 0x35]),
  utf16: Buffer.from("\ufeffPaid on\tSupplier", "utf16le"),
  nul: Buffer.from("Paid on\0Supplier"),
  docx: zip([TABLE, "word/document.xml"]),
  xlsx: zip([TABLE, "xl/workbook.xml"]),
  odt: zip(["mimetype", "content.xml"], ODT),
  macros: zip([TABLE, "word/document.xml", "word/vbaProject.bin"]),
  basic: zip(["mimetype", "content.xml", "Basic/Standard/Module1.xml"], ODT),
  jar: zip(["META-INF/MANIFEST.MF"]),
  cut: zip([TABLE, "word/document.xml"]).slice(0, 60),
  program: Buffer.from([0x4d, 0x5a, 0x90, 0, 3]),
  empty: Buffer.from(""),
};

const cases = `
  minutes.pdf   pdf      | application/pdf
  MINUTES.PDF   pdf      | application/pdf
  photo.png     png      | image/png
  photo.jpg     jpeg     | image/jpeg
  photo.jpeg    jpeg     | image/jpeg
  spend.csv     text     | text/csv
  spend.csv     windows  | text/csv
  spend.csv     utf16    | text/csv
  notes.txt     text     | text/plain
  letter.docx   docx     | ${"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
  sheet.xlsx    xlsx     | ${"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
  letter.odt    odt      | ${ODT}
  letter.exe    program  | document_kind
  letter        pdf      | document_kind
  letter.html   text     | document_kind
  x.toString    text     | document_kind
  letter.pdf    empty    | document_empty
  letter.pdf    program  | document_content
  letter.pdf    text     | document_content
  photo.png     jpeg     | document_content
  notes.txt     nul      | document_content
  notes.txt     png      | document_content
  letter.docx   xlsx     | document_content
  sheet.xlsx    docx     | document_content
  letter.odt    docx     | document_content
  letter.docx   jar      | document_content
  letter.docx   cut      | document_content
  letter.docx   macros   | document_macros
  letter.odt    basic    | document_macros
`;

const lines = cases
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/[\s|]+/));

describe("documents", () => {
  it.each(lines)("%s holding %s: %s", (fileName = "", content = "", expected = "") => {
    const look = lookAtDocument({ fileName, bytes: CONTENTS[content] ?? new Uint8Array() });
    expect(look.ok ? look.mediaType : look.fault).toBe(expected);
  });

  it("survives any beginning of a zip file", () => {
    const whole = CONTENTS["docx"] ?? new Uint8Array();
    for (let length = 1; length < whole.length; length += 1) {
      const look = lookAtDocument({ fileName: "letter.docx", bytes: whole.slice(0, length) });
      expect(look.ok).toBe(false);
    }
  });
});
