/** Compiles the stylesheet with Sass; `root` is the project's folder, where node_modules is. */
import { join } from "node:path";
import { compile } from "sass";

export function compileStyles(options: { readonly root: string; readonly compressed: boolean }): string {
  return compile(join(options.root, "src/web/styles/app.scss"), {
    loadPaths: [join(options.root, "node_modules")],
    style: options.compressed ? "compressed" : "expanded",
    quietDeps: true,
  }).css;
}
