/**
 * The names of the parts of a zip file, from its central directory (PKWARE, "APPNOTE.TXT", 6.3.10, section 4.3). Nothing is
 * unpacked, so a file that would swell is no danger here.
 */
const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LONGEST_END = 22 + 65_535;
const MOST_PARTS = 10_000;

/** Null where it is no whole zip file. */
export function zipNames(bytes: Uint8Array): readonly string[] | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 22 || file.readUInt32LE(0) !== 0x04034b50) return null;
  let end = file.length - 22;
  while (end >= 0 && end >= file.length - LONGEST_END && file.readUInt32LE(end) !== END_RECORD) end -= 1;
  if (end < 0 || file.readUInt32LE(end) !== END_RECORD) return null;
  const length = file.readUInt32LE(end + 12);
  const offset = file.readUInt32LE(end + 16);
  if (offset + length > end) return null;
  return namesIn(file.subarray(offset, offset + length));
}

function namesIn(directory: Buffer): readonly string[] | null {
  const names: string[] = [];
  let at = 0;
  while (at + 46 <= directory.length && names.length < MOST_PARTS) {
    if (directory.readUInt32LE(at) !== CENTRAL_RECORD) return null;
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) return null;
    names.push(directory.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/"));
    at = next;
  }
  return at === directory.length ? names : null;
}
