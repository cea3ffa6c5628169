/**
 * `npm start`: from a fresh clone to a running Onepot. Installs, builds, then serves in this same process, so that
 * Ctrl-C reaches the program itself. Words after `--` go to it: `npm start -- --empty`.
 */
import { run } from "./setup.mjs";

await run(["serve", ...process.argv.slice(2)]);
