/** Makes zip files for tests, honest or lying. */
import { crc32, deflateRawSync } from "node:zlib";

export type PartOfZip = {
  readonly name: string;
  readonly text: string;
  readonly packed?: Buffer;
  readonly statedBytes?: number;
  readonly checksum?: number;
  readonly flags?: number;
};

export function zipOf(parts: readonly PartOfZip[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const packed = part.packed ?? deflateRawSync(part.text);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(part.flags ?? 0, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(part.checksum ?? crc32(part.text), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(part.statedBytes ?? Buffer.byteLength(part.text), 18);
    about.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), about, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), about, tail, name]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, Buffer.from("PK\x05\x06"), end]);
}
