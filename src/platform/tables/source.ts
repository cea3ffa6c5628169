/**
 * The bytes of an upload, readable from any place in it and more than once, without holding them in memory. A stream is
 * first put in a file of its own that has no name any more, so that nothing is left behind whatever happens.
 */
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TableStopped } from "./refusals.ts";

export type TableInput =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | { readonly stream: AsyncIterable<Uint8Array> };

export type ByteSource = {
  readonly size: number;
  /** The bytes from an offset; fewer than asked for at the end of the file. */
  readonly read: (offset: number, length: number) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

const PIECE_BYTES = 64 * 1024;

export async function openSource(input: TableInput, limitBytes: number): Promise<ByteSource> {
  if ("bytes" in input) return bytesSource(Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.length));
  if ("stream" in input) return fileSource(await keepStream(input.stream, limitBytes));
  const handle = await open(input.path, "r").catch(() => null);
  if (handle === null) throw new TableStopped({ code: "file_not_found" });
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new TableStopped({ code: "file_not_found" });
  }
  return fileSource(handle);
}

/** The bytes of part of a source, the whole of it when no part is named, in order, in pieces. */
export async function* pieces(
  source: ByteSource,
  { from = 0, to = source.size }: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<Buffer> {
  let offset = from;
  while (offset < to) {
    const piece = await source.read(offset, Math.min(PIECE_BYTES, to - offset));
    if (piece.length === 0) return;
    offset += piece.length;
    yield piece;
  }
}

function bytesSource(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => {},
  };
}

async function fileSource(handle: FileHandle): Promise<ByteSource> {
  let closed = false;
  return {
    size: (await handle.stat()).size,
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await handle.close();
    },
  };
}

async function keepStream(stream: AsyncIterable<Uint8Array>, limitBytes: number): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "onepot-upload-"));
  const handle = await open(join(folder, "upload"), "wx+", 0o600);
  // The open file outlives its name.
  await rm(folder, { recursive: true, force: true });
  try {
    let size = 0;
    for await (const piece of stream) {
      size += piece.length;
      if (size > limitBytes) throw new TableStopped({ code: "file_too_large", limitBytes });
      await handle.writeFile(piece);
    }
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}
