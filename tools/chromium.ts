/**
 * The browser of the browser tests: a chromium on the PATH when there is one, else the one that npm installed, which
 * needs no packages of the system. It is unpacked once into .cache/.
 */
import { execFile } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

type Program = { readonly path: string; readonly environment: Readonly<Record<string, string>> };

/** A new browser with a profile of its own; close it when done. */
export async function openBrowser(): Promise<Browser> {
  const program = onPath() ?? (await unpacked());
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({
    executablePath: program.path,
    args: OPTIONS,
    env: { ...Object.fromEntries(inherited), ...program.environment },
  });
}

function onPath(): Program | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const path = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(mayRun);
  return path === undefined ? null : { path, environment: {} };
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function unpacked(): Promise<Program> {
  const about = join(ROOT, "node_modules", "@sparticuz", "chromium", "package.json");
  const { version } = JSON.parse(readFileSync(about, "utf8")) as { readonly version: string };
  const folder = join(ROOT, ".cache", `chromium-${version}-${process.getuid?.() ?? 0}`);
  if (!existsSync(join(folder, "chromium"))) await unpack(folder);
  return {
    path: join(folder, "chromium"),
    environment: { LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/** Unpacks beside the final folder and moves it there whole, so that a half-unpacked browser is never started. */
async function unpack(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  const program = fileURLToPath(new URL("./unpack-chromium.mjs", import.meta.url));
  await promisify(execFile)(process.execPath, [program], { env: { ...process.env, TMPDIR: partial }, cwd: ROOT });
  writeFileSync(join(partial, "fonts", "fonts.conf"), fontsFor(folder));
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another test run was first.
    if (!existsSync(join(folder, "chromium"))) throw error;
    rmSync(partial, { recursive: true, force: true });
  }
}

/** The package's own list of font folders names /tmp; without this one every page is drawn without letters. */
function fontsFor(folder: string): string {
  const inXml = folder.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${inXml}/fonts</dir>
  <cachedir>${inXml}/fonts-cache</cachedir>
</fontconfig>
`;
}
