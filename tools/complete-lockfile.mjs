/**
 * Adds to package-lock.json the optional packages of other platforms that the registry in use did not offer when the
 * lockfile was written. `npm ci` calls a lockfile without them out of step and refuses it, although it would never
 * install them here. Run after every change of the lockfile: `node tools/complete-lockfile.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64le",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
  "wasm32",
];

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${parent}/node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[`node_modules/${name}`]) continue;
    const words = name.split(/[-/]/);
    const system = SYSTEMS.filter((candidate) => words.includes(candidate));
    const processor = PROCESSORS.filter((candidate) => words.some((word) => word === candidate)).slice(0, 1);
    lock.packages[`node_modules/${name}`] = {
      version: wanted.replace(/^[\^~]/, ""),
      ...(processor.length > 0 && { cpu: processor }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(system.length > 0 && { os: system }),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} optional packages added to package-lock.json\n`);
