/** A small disk of its own, which really fills up. Only root may mount one; without, the answer is null. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Disk = {
  readonly folder: string;
  readonly usedBytes: () => number;
  readonly resize: (bytes: number) => void;
  readonly makeReadOnly: () => void;
  /** Fills it but for so many bytes; the answer empties it again. */
  readonly fill: (leaveBytes: number) => () => void;
  readonly close: () => void;
};

export function openDisk(folder: string, bytes: number): Disk | null {
  mkdirSync(folder);
  const mount = (...options: readonly string[]) => spawnSync("mount", [...options, "none", folder]).status === 0;
  if (process.getuid?.() !== 0 || !mount("-t", "tmpfs", "-o", `size=${bytes},mode=755`)) return null;
  return {
    folder,
    usedBytes: () => {
      const { blocks, bfree, bsize } = statfsSync(folder);
      return (blocks - bfree) * bsize;
    },
    resize: (to) => void mount("-o", `remount,size=${to}`),
    makeReadOnly: () => void mount("-o", "remount,ro"),
    fill: (leaveBytes) => {
      const { bavail, bsize } = statfsSync(folder);
      const filler = join(folder, "filler");
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
      } catch {
        // Something else was written in between: the disk is as full as it can be, which is what we want.
      }
      return () => rmSync(filler);
    },
    close: () => {
      // Lazily: what still holds a file of it lets go when it ends.
      spawnSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
