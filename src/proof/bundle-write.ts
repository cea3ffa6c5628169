/** Writes an audit bundle: each part as it is read, and last the manifest, which has the hash of every part. */
import { createHash } from "node:crypto";
import type { Transaction } from "../platform/database/index.ts";
import { writeZip, type ZipPart } from "../platform/tables/index.ts";
import {
  ABOUT,
  aboutBundle,
  BUNDLE_FORMAT,
  BUNDLE_VERSION,
  MANIFEST,
  type Manifest,
  PART_NAMES,
  type PartName,
} from "./bundle-format.ts";
import { newestHead, readPart } from "./store/bundle.ts";

export type ToBundle = {
  readonly place: { readonly placeId: number; readonly slug: string; readonly name: string };
  readonly now: Date;
};

/** The bytes in order; what the manifest says is known once they are all taken. */
export function writeBundle(
  tx: Transaction,
  the: ToBundle,
): { readonly pieces: AsyncGenerator<Buffer>; readonly manifest: () => Manifest | null } {
  let manifest: Manifest | null = null;
  async function* parts(): AsyncGenerator<ZipPart> {
    const { placeId, slug, name } = the.place;
    const madeAt = the.now.toISOString();
    yield { name: ABOUT, texts: [aboutBundle({ place: name, madeAt })] };
    const written: Manifest["parts"][number][] = [];
    for (const part of PART_NAMES) {
      const counted = countPart(tx, { placeId, name: part });
      yield { name: part, texts: counted.texts };
      written.push(counted.end());
    }
    manifest = {
      format: BUNDLE_FORMAT,
      version: BUNDLE_VERSION,
      place: { number: placeId, address: slug, name },
      madeAt,
      head: await newestHead(tx, placeId),
      parts: written,
    };
    yield { name: MANIFEST, texts: [`${JSON.stringify(manifest, null, 2)}\n`] };
  }
  return { pieces: writeZip(parts()), manifest: () => manifest };
}

function countPart(tx: Transaction, the: { readonly placeId: number; readonly name: PartName }) {
  const hash = createHash("sha256");
  let [rows, bytes] = [0, 0];
  async function* texts(): AsyncGenerator<string> {
    for await (const lines of readPart(tx, the)) {
      const text = `${lines.join("\n")}\n`;
      rows += lines.length;
      bytes += Buffer.byteLength(text);
      hash.update(text);
      yield text;
    }
  }
  return { texts: texts(), end: () => ({ name: the.name, rows, bytes, sha256: hash.digest("hex") }) };
}
