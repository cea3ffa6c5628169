/** A zip file's parts by name, each readable more than once as a stream; what its sizes and checksums say is verified. */
import { TABLE_LIMITS } from "./limits.ts";
import { TableStopped } from "./refusals.ts";
import { openSource, type TableInput } from "./source.ts";
import { inflated, zipEntries } from "./zip-entries.ts";

export type ReadZip = {
  readonly names: readonly string[];
  /** The bytes of a part, in pieces. A part whose bytes are not what the file says of them ends as `isZipFault` tells. */
  readonly read: (name: string) => AsyncGenerator<Buffer>;
  readonly close: () => Promise<void>;
};

/** A file of many gigabytes is read piece by piece: only how tightly it may be packed is limited. */
const LIMITS = { ...TABLE_LIMITS, fileBytes: 2 ** 40, expandedBytes: 2 ** 40 };

/** The file, or why it is none: it is not there, no zip, or a broken one. */
export async function openZip(input: TableInput): Promise<ReadZip | { readonly fault: "not_found" | "not_a_zip" }> {
  try {
    const source = await openSource(input, LIMITS.fileBytes);
    try {
      const entries = await zipEntries(source);
      return {
        names: [...entries.keys()],
        read: (name) => readPart(name),
        close: source.close,
      };
      async function* readPart(name: string): AsyncGenerator<Buffer> {
        const entry = entries.get(name);
        if (entry === undefined) return;
        yield* inflated({ source, limits: LIMITS }, { entry, budget: { leftBytes: LIMITS.expandedBytes } });
      }
    } catch (error) {
      await source.close();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof TableStopped)) throw error;
    return { fault: error.refusal.code === "file_not_found" ? "not_found" : "not_a_zip" };
  }
}

/** Whether reading ended because the file lies about a part, or is broken in it. */
export function isZipFault(error: unknown): boolean {
  return error instanceof TableStopped;
}
