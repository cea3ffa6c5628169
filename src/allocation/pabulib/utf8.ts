/**
 * Where bytes stop being UTF-8 (RFC 3629; The Unicode Standard, table 3-7), without making a text of them: four bytes at a
 * time while they are ASCII, as nearly all of a file of ballots is.
 */

/** The offset of the first byte that cannot stand there; -1 where all is well. */
export function firstBadByte(bytes: Uint8Array): number {
  const length = bytes.length;
  let at = 0;
  while (at < length) {
    at = skipAscii(bytes, at);
    if (at >= length) break;
    const width = widthAt(bytes, at);
    if (width === 0) return at;
    at += width;
  }
  return -1;
}

function skipAscii(bytes: Uint8Array, from: number): number {
  const length = bytes.length;
  let at = from;
  while (at < length && ((bytes.byteOffset + at) & 3) !== 0) {
    if ((bytes[at] ?? 0) > 127) return at;
    at += 1;
  }
  const words = (length - at) >> 2;
  if (words > 0) {
    const view = new Int32Array(bytes.buffer, bytes.byteOffset + at, words);
    let word = 0;
    for (; word + 4 <= words; word += 4) {
      const four = (view[word] ?? 0) | (view[word + 1] ?? 0) | (view[word + 2] ?? 0) | (view[word + 3] ?? 0);
      if ((four & 0x80808080) !== 0) break;
    }
    while (word < words && ((view[word] ?? 0) & 0x80808080) === 0) word += 1;
    at += word * 4;
  }
  while (at < length && (bytes[at] ?? 0) <= 127) at += 1;
  return at;
}

/** How many bytes the character that begins here has; 0 where it is none. */
function widthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return follows(second) ? 2 : 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most || !follows(bytes[at + 2] ?? 0)) return 0;
  if (first < 0xf0) return 3;
  return follows(bytes[at + 3] ?? 0) ? 4 : 0;
}

function follows(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
