/** An audit bundle read from a file of this machine: no database, no network. What is not as it must be is refused by name. */
import { createHash } from "node:crypto";
import { isZipFault, openZip, type ReadZip, type TableInput } from "../platform/tables/index.ts";
import type { Head } from "./bundle-chain.ts";
import { BundleFault, type BundleFaultDetail, failFile, failRow, type Placed, type RowReader } from "./bundle-fault.ts";
import {
  ABOUT,
  BUNDLE_FORMAT,
  MANIFEST,
  type Manifest,
  manifestShape,
  PARTS,
  PARTS_OF,
  type PartName,
  type RowOf,
} from "./bundle-format.ts";
import { type BundleProved, verifyBundle } from "./bundle-verify.ts";

const LONGEST_LINE = 4 * 1024 ** 2;
const LONGEST_MANIFEST = 1024 ** 2;

export type BundleAnswer =
  | { readonly ok: true; readonly manifest: Manifest; readonly proved: BundleProved }
  | { readonly ok: false; readonly fault: BundleFaultDetail };

export async function verifyBundleFile(input: TableInput, head: Head | null): Promise<BundleAnswer> {
  const zip = await openZip(input);
  if ("fault" in zip) {
    const what =
      zip.fault === "not_found"
        ? "There is no such file. Check the path and try again."
        : "This is not a zip file, or it is cut off. Take the bundle again, or copy it again whole.";
    return { ok: false, fault: { part: null, line: null, id: null, what } };
  }
  const opened: AsyncGenerator<unknown>[] = [];
  try {
    const manifest = await readManifest(zip);
    const open = <Name extends PartName>(name: Name): RowReader<RowOf<Name>> => {
      const batches = rowsOf(zip, { manifest, name });
      opened.push(batches);
      return readerOf(batches);
    };
    const proved = await verifyBundle({ manifest, open }, head);
    return { ok: true, manifest, proved };
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error;
    return { ok: false, fault: error.fault };
  } finally {
    for (const one of opened) await one.return(undefined);
    await zip.close();
  }
}

async function readManifest(zip: ReadZip): Promise<Manifest> {
  if (!zip.names.includes(MANIFEST)) failFile(`It has no ${MANIFEST}: it is no audit bundle.`);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of reading(zip, MANIFEST)) {
    bytes += piece.length;
    if (bytes > LONGEST_MANIFEST) failFile("it is too large", MANIFEST);
    pieces.push(piece);
  }
  const read = parseJson(Buffer.concat(pieces).toString("utf8")) as Partial<Manifest> | undefined;
  if (read?.format !== BUNDLE_FORMAT) failFile(`its format is not ${BUNDLE_FORMAT}`, MANIFEST);
  const names = read.version === undefined ? undefined : PARTS_OF[read.version];
  if (names === undefined)
    return failFile(
      `it is of version ${String(read.version)}; this program reads versions ${Object.keys(PARTS_OF).join(" and ")}`,
      MANIFEST,
    );
  const parsed = manifestShape.safeParse(read);
  if (!parsed.success) return failFile(`it is not as it must be: ${parsed.error.issues[0]?.path.join(".")}`, MANIFEST);
  const wanted: readonly string[] = [ABOUT, ...names, MANIFEST];
  for (const name of wanted) if (!zip.names.includes(name)) failFile("the part is missing", name);
  for (const name of zip.names)
    if (!wanted.includes(name)) failFile("the part does not belong to a bundle", name.slice(0, 100));
  for (const name of names)
    if (parsed.data.parts.filter((part) => part.name === name).length !== 1)
      failFile(`it does not name ${name} once`, MANIFEST);
  if (parsed.data.parts.length !== names.length) failFile("it names a part that does not belong", MANIFEST);
  return parsed.data;
}

/** A part's bytes; a size or checksum that is not theirs ends the verifying with its name. */
async function* reading(zip: ReadZip, name: string): AsyncGenerator<Buffer> {
  try {
    yield* zip.read(name);
  } catch (error) {
    if (isZipFault(error))
      failFile("the zip is broken here: its sizes or its checksum are not those of its bytes", name);
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The rows of a part one by one, a piece of the file at a time. */
function readerOf<T>(batches: AsyncGenerator<readonly Placed<T>[]>): RowReader<T> {
  let batch: readonly Placed<T>[] = [];
  let at = 0;
  const peek = async () => {
    while (at >= batch.length) {
      const next = await batches.next();
      if (next.done) return null;
      batch = next.value;
      at = 0;
    }
    return batch[at] ?? null;
  };
  return {
    peek,
    take: async () => {
      const next = at < batch.length ? (batch[at] ?? null) : await peek();
      at += 1;
      return next;
    },
  };
}

type ToOpen<Name extends PartName> = { readonly manifest: Manifest; readonly name: Name };

async function* rowsOf<Name extends PartName>(
  zip: ReadZip,
  { manifest, name }: ToOpen<Name>,
): AsyncGenerator<readonly Placed<RowOf<Name>>[]> {
  const hash = createHash("sha256");
  let [line, bytes, rest] = [0, 0, ""];
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const row = (text: string): Placed<RowOf<Name>> => {
    line += 1;
    const placed = { part: name, line, row: parseJson(text) };
    if (placed.row === undefined) failRow({ ...placed, row: {} }, "the line is cut off or is not JSON");
    const parsed = PARTS[name].safeParse(placed.row);
    if (!parsed.success) return failRow({ ...placed, row: {} }, `not as it must be: ${faultOf(parsed.error.issues)}`);
    return { ...placed, row: parsed.data as RowOf<Name> };
  };
  for await (const piece of reading(zip, name)) {
    hash.update(piece);
    bytes += piece.length;
    const lines = (rest + decode(decoder, piece, { name, line })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) failRow({ part: name, line: line + 1, row: {} }, "the line is too long");
    yield lines.map(row);
  }
  if (rest !== "") failRow({ part: name, line: line + 1, row: {} }, "the last line is cut off");
  const stated = manifest.parts.find((part) => part.name === name);
  if (stated?.rows !== line) failFile(`the manifest says ${stated?.rows} rows, ${line} are there`, name);
  if (stated?.bytes !== bytes || stated.sha256 !== hash.digest("hex"))
    failFile("it was changed after the bundle was made: its SHA-256 is not the manifest's", name);
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  piece: Buffer,
  at: { readonly name: string; readonly line: number },
): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    return failRow({ part: at.name, line: at.line + 1, row: {} }, "here or soon after it is not UTF-8");
  }
}

function faultOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [first] = issues;
  const path = first?.path.map(String).join(".") ?? "";
  return path === "" ? "a field is missing or is none of a row" : `the field ${path}`;
}
