/** `records compare A.json B.json`: what changed from one model to the other, weight by weight. */
import { readFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { compareModels, type Model, readModel } from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { faultOfLink, type ReadFault, refuseFault } from "./read-records.ts";

export const COMPARE_USE = "records compare A.json B.json [--json]";

export async function compareFiles(words: readonly string[], output: Output): Promise<number> {
  const json = words.includes("--json");
  const [one, other] = words.filter((word) => word !== "--json");
  if (one === undefined || other === undefined)
    return refuseWords(output, { fault: "Say which two models to compare.", use: COMPARE_USE });
  const before = await openModel(one);
  const after = await openModel(other);
  if ("message" in before) return refuseFault(output, { fault: before, json });
  if ("message" in after) return refuseFault(output, { fault: after, json });
  const changes = compareModels(before, after);
  const names = (model: Model) => model.rules.map((keys) => keys.join(" and "));
  const answer = {
    prior: { before: before.prior, after: after.prior },
    changes,
    rulesGone: names(before).filter((name) => !names(after).includes(name)),
    rulesNew: names(after).filter((name) => !names(before).includes(name)),
  };
  if (json) {
    output.out(JSON.stringify(answer));
    return 0;
  }
  output.out(`Prior: one pair in ${oneIn(before.prior)}, then one in ${oneIn(after.prior)}.`);
  const bits = (weight: number | null) => (weight === null ? "none" : weight.toFixed(2));
  for (const change of changes.filter(
    (one) => one.before === null || one.after === null || Math.abs(one.after - one.before) >= 0.01,
  ))
    output.out(`${change.comparison}: ${change.level}: ${bits(change.before)} to ${bits(change.after)} bits`);
  for (const rule of answer.rulesGone) output.out(`No longer a rule: ${rule}`);
  for (const rule of answer.rulesNew) output.out(`A new rule: ${rule}`);
  return 0;
}

function oneIn(prior: number): string {
  return Math.round(1 / prior).toLocaleString("en-GB");
}

export async function openModel(path: string): Promise<Model | ReadFault> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null)
    return { code: "file_not_found", message: `There is no file ${path}. Check the path and try again.` };
  const model = readModel(text);
  if (model.ok) return model.value;
  const fault = faultOfLink(model.refusal);
  return { ...fault, message: `${path}: ${fault.message}` };
}
