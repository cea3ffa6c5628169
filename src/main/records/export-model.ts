/** `records export MODEL.json --out SPLINK.json`: writes a model of the house's as settings that Splink loads, and says what is lost. */
import { writeFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { writeSplink } from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { openModel } from "./compare-files.ts";
import { refuseFault } from "./read-records.ts";
import { notWritten } from "./write-links.ts";

export const EXPORT_USE = "records export MODEL.json --out SPLINK.json [--json]";

export async function exportModel(words: readonly string[], output: Output): Promise<number> {
  const json = words.includes("--json");
  const at = words.indexOf("--out");
  const out = at < 0 ? undefined : words[at + 1];
  const path = words.find((word, place) => word !== "--json" && (at < 0 || (place !== at && place !== at + 1)));
  if (path === undefined || out === undefined)
    return refuseWords(output, { fault: "Say which model to write, and where with --out.", use: EXPORT_USE });
  const model = await openModel(path);
  if ("message" in model) return refuseFault(output, { fault: model, json });
  const { settings, leftOut, approximated } = writeSplink(model);
  const failed = await writeFile(out, `${JSON.stringify(settings, null, 2)}\n`).then(
    () => false,
    () => true,
  );
  if (failed) return refuseFault(output, { fault: notWritten(out), json });
  const comparisons =
    model.comparisons.length - leftOut.filter((name) => model.comparisons.some((one) => one.name === name)).length;
  if (json) output.out(JSON.stringify({ comparisons, leftOut, approximated }));
  else {
    output.out(`Written for Splink: ${comparisons} comparisons in ${out}.`);
    output.out("Its columns hold normalised texts: one case, no accents or punctuation, dates as YYYY-MM-DD.");
    for (const one of approximated) output.out(`Not quite the same: ${one}.`);
    for (const one of leftOut) output.out(`Left out: ${one}.`);
  }
  return 0;
}
