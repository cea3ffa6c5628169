/**
 * Writes a zip file as a stream, part by part. Sizes stand after each part (PKWARE, "APPNOTE.TXT", section 4.3.9), because they
 * are not known before.
 */
import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";
import { assert } from "../../lib/assert.ts";

export type ZipPart = { readonly name: string; readonly texts: AsyncIterable<string> | Iterable<string> };

type Written = {
  readonly name: string;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
};

const LARGEST = 0xffff_ffff;

/** The parts are asked for one after another, so that a later one may say what stood in those before. */
export async function* writeZip(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const done: Written[] = [];
  let offset = 0;
  for await (const { name, texts } of parts) {
    const written = zipPart(name, texts, offset);
    let next = await written.next();
    for (; !next.done; next = await written.next()) {
      offset += next.value.length;
      yield next.value;
    }
    done.push(next.value);
    assert(offset <= LARGEST && next.value.bytes <= LARGEST, "a zip file and each of its parts is at most 4 GiB");
  }
  yield directory(done, offset);
}

async function* zipPart(
  name: string,
  texts: AsyncIterable<string> | Iterable<string>,
  offset: number,
): AsyncGenerator<Buffer, Written> {
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
