/**
 * The parts of a zip file (PKWARE, "APPNOTE.TXT", 6.3.10, sections 4.3 and 4.5.3), read from its central directory. No size
 * the file states is believed: each part is inflated as a stream, its real bytes are counted against the limits, and its
 * length and checksum must be those stated, so a lying part is found at its end at the latest.
 */
import { Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { EXPANSION_FREE_BYTES, type TableLimits } from "./limits.ts";
import { TableStopped } from "./refusals.ts";
import { type ByteSource, pieces } from "./source.ts";

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly statedBytes: number;
  readonly checksum: number;
  readonly offset: number;
};

const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_RECORD = 0x04034b50;
const LONGEST_END = 22 + 65_535;
const LONGEST_DIRECTORY = 4 * 1024 ** 2;
const UNKNOWN = 0xffffffff;

export async function zipEntries(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const tailFrom = Math.max(0, source.size - LONGEST_END);
  const tail = await source.read(tailFrom, source.size - tailFrom);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_RECORD) end -= 1;
  if (end < 0) throw broken();
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (length > LONGEST_DIRECTORY || offset + length > source.size) throw broken();
  return readDirectory(await source.read(offset, length));
}

function readDirectory(directory: Buffer): ReadonlyMap<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL_RECORD) {
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const nameEnd = at + 46 + nameLength;
    const next = nameEnd + extraLength + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw broken();
    const name = directory.toString("utf8", at + 46, nameEnd).replaceAll("\\", "/");
    if ((directory.readUInt16LE(at + 8) & 1) === 1) throw new TableStopped({ code: "xlsx_locked" });
    // Two parts of one name are read differently by different programs: a way to show one thing and mean another.
    if (entries.has(name)) throw broken();
    entries.set(name, {
      name,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      ...largeSizes(directory, at, directory.subarray(nameEnd, nameEnd + extraLength)),
    });
    at = next;
  }
  if (at !== directory.length || entries.size === 0) throw broken();
  return entries;
}

/** The sizes of an entry; those that do not fit four bytes stand in the entry's "zip64" field. */
function largeSizes(
  directory: Buffer,
  at: number,
  extra: Buffer,
): Pick<ZipEntry, "packedBytes" | "statedBytes" | "offset"> {
  const sizes = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
  let field = 0;
  while (field + 4 <= extra.length) {
    const length = extra.readUInt16LE(field + 2);
    if (extra.readUInt16LE(field) === 1) {
      let from = field + 4;
      for (const [index, size] of sizes.entries()) {
        if (size !== UNKNOWN) continue;
        if (from + 8 > Math.min(extra.length, field + 4 + length)) throw broken();
        sizes[index] = Number(extra.readBigUInt64LE(from));
        from += 8;
      }
    }
    field += 4 + length;
  }
  const [statedBytes = 0, packedBytes = 0, offset = 0] = sizes;
  return { statedBytes, packedBytes, offset };
}

/** Bytes left to expand into, shared by all the parts read from one file. */
export type ExpansionBudget = { leftBytes: number };

/** The inflated bytes of a part, in pieces. */
export async function* inflated(
  { source, limits }: { readonly source: ByteSource; readonly limits: TableLimits },
  { entry, budget }: { readonly entry: ZipEntry; readonly budget: ExpansionBudget },
): AsyncGenerator<Buffer> {
  const local = await source.read(entry.offset, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL_RECORD) throw broken(entry.name);
  const from = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const to = from + entry.packedBytes;
  if (to > source.size || (entry.method !== 0 && entry.method !== 8)) throw broken(entry.name);
  const packed = pieces(source, { from, to });
  let bytes = 0;
  let checksum = 0;
  for await (const piece of entry.method === 0 ? packed : inflate(packed, entry.name)) {
    bytes += piece.length;
    budget.leftBytes -= piece.length;
    const tooTight = bytes > EXPANSION_FREE_BYTES && bytes > entry.packedBytes * limits.expansion;
    if (budget.leftBytes < 0 || tooTight) {
      throw new TableStopped({ code: "zip_expands_too_far", limitBytes: tooTight ? bytes : limits.expandedBytes });
    }
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (bytes !== entry.statedBytes || checksum !== entry.checksum) throw broken(entry.name);
}

async function* inflate(packed: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const input = Readable.from(packed, { objectMode: false, highWaterMark: 65_536 });
  const output = createInflateRaw({ chunkSize: 65_536 });
  input.on("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    for await (const piece of output) yield piece as Buffer;
  } catch {
    throw broken(name);
  } finally {
    input.destroy();
    output.destroy();
  }
}

function broken(part = "zip"): TableStopped {
  return new TableStopped({ code: "xlsx_broken", part });
}
