/**
 * Where the file goes that a command makes: to --out FILE, which stands there only when it is whole, or to where answers
 * go. With --json the answer is JSON, so without --out the file is made and let go of: it is only counted.
 */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { openSpool } from "../platform/files/index.ts";
import type { TakePiece } from "../platform/use-case/index.ts";
import type { Given, Misunderstood } from "./arguments.ts";
import type { Output } from "./hand-command.ts";

export type Taking = {
  readonly takePiece: TakePiece;
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

export async function openTaking(output: Output, given: Given): Promise<Taking | Misunderstood> {
  if (given.out !== undefined) return takeToFile(given.out);
  if (given.json) return { takePiece: nothing, keep: nothing, drop: nothing };
  const spool = await openSpool();
  return {
    takePiece: spool.takePiece,
    keep: async () => {
      for await (const piece of spool.read()) await output.piece?.(piece as Uint8Array);
    },
    drop: spool.drop,
  };
}

const nothing = async (): Promise<void> => undefined;

async function takeToFile(path: string): Promise<Taking | Misunderstood> {
  const making = `${path}.making`;
  let handle: FileHandle;
  try {
    handle = await open(making, "w", 0o600);
  } catch {
    return { misunderstood: `--out is "${path}", which cannot be written. Give a file in a folder that is there` };
  }
  return {
    takePiece: async (piece) => {
      await handle.appendFile(piece);
    },
    keep: async () => {
      await handle.sync();
      await handle.close();
      await rename(making, path);
    },
    drop: async () => {
      await handle.close();
      await rm(making, { force: true });
    },
  };
}
