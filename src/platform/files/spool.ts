/**
 * A file in the making, kept on disk until it is whole: a reader who takes it slowly holds up no transaction, and a file
 * that is refused half way was never begun for them. Its name is gone from the folder as soon as it is open, so that
 * nothing is left behind, whatever ends the program.
 */
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

export type Spool = {
  readonly takePiece: (piece: string | Uint8Array) => Promise<void>;
  /** What was taken, from its beginning; the file is gone when it has been read or given up. */
  readonly read: () => Readable;
  readonly drop: () => Promise<void>;
};

export async function openSpool(): Promise<Spool> {
  const handle = await openNameless();
  return {
    takePiece: async (piece) => {
      await handle.appendFile(piece);
    },
    read: () => handle.createReadStream({ start: 0 }),
    drop: () => handle.close(),
  };
}

/** Letters, numbers, hyphens and an ending: what any system takes as a name, and no header is broken by. */
export function attachmentOf(fileName: string): string {
  return `attachment; filename="${fileName.replaceAll(/[^a-z0-9.-]+/gi, "-")}"`;
}

async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "onepot-file-"));
  try {
    return await open(join(folder, "file"), "wx+", 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
