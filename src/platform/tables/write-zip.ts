/**
 * Writes a zip as a stream: each part is packed as it comes, and its sizes are written after it (PKWARE, "APPNOTE.TXT",
 * section 4.3.9), because they are not known before. Names are plain letters; no part or whole is over 4 GB.
 */
import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

export type ZipPart = { readonly name: string; readonly texts: AsyncIterable<string> | Iterable<string> };

type Written = {
  readonly name: string;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
};

/** A part is written whole before the next is asked for. */
export async function* writeZip(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const all: Written[] = [];
  let offset = 0;
  for await (const part of parts) {
    const written = zipPart(part, offset);
    let next = await written.next();
    for (; !next.done; next = await written.next()) {
      offset += next.value.length;
      yield next.value;
    }
    all.push(next.value);
  }
  yield directory(all, offset);
}

async function* zipPart({ name, texts }: ZipPart, offset: number): AsyncGenerator<Buffer, Written> {
  let [checksum, bytes, packedBytes] = [0, 0, 0];
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const text of texts) {
      const piece = Buffer.from(text);
      checksum = crc32(piece, checksum);
      bytes += piece.length;
      yield piece;
    }
  }
  yield Buffer.concat([
    record(0x04034b50, [
      [2, 20],
      [2, 0x0808],
      [2, 8],
      [2, 0],
      [2, 0x21],
      [4, 0],
      [4, 0],
      [4, 0],
      [2, name.length],
      [2, 0],
    ]),
    Buffer.from(name),
  ]);
  const packed = createDeflateRaw({ level: 4 });
  const input = Readable.from(counted(), { objectMode: false });
  input.on("error", (error) => packed.destroy(error));
  for await (const piece of input.pipe(packed)) {
    packedBytes += (piece as Buffer).length;
    yield piece as Buffer;
  }
  yield record(0x08074b50, [
    [4, checksum],
    [4, packedBytes],
    [4, bytes],
  ]);
  return { name, checksum, packedBytes, bytes, offset };
}

function directory(parts: readonly Written[], offset: number): Buffer {
  const entries = parts.map((part) =>
    Buffer.concat([
      record(0x02014b50, [
        [2, 20],
        [2, 20],
        [2, 0x0808],
        [2, 8],
        [2, 0],
        [2, 0x21],
        [4, part.checksum],
        [4, part.packedBytes],
        [4, part.bytes],
        [2, part.name.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, part.offset],
      ]),
      Buffer.from(part.name),
    ]),
  );
  const all = Buffer.concat(entries);
  return Buffer.concat([
    all,
    record(0x06054b50, [
      [2, 0],
      [2, 0],
      [2, parts.length],
      [2, parts.length],
      [4, all.length],
      [4, offset],
      [2, 0],
    ]),
  ]);
}

/** A zip record: its mark, then each number in two or four bytes. */
function record(mark: number, fields: readonly (readonly [2 | 4, number])[]): Buffer {
  const buffer = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  buffer.writeUInt32LE(mark, 0);
  let at = 4;
  for (const [size, value] of fields) {
    buffer.writeUIntLE(value, at, size);
    at += size;
  }
  return buffer;
}
