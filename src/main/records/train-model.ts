/** `records train FILE… --out MODEL.json`: learns from files as `records link` does, and keeps what was learned. */
import { writeFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { modelOf, untrainedLevels } from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { readAsked, TRAIN_USE } from "./asked.ts";
import { linkAsked } from "./link-files.ts";
import { readRecords, refuseFault } from "./read-records.ts";

export async function trainFiles(words: readonly string[], output: Output): Promise<number> {
  const asked = readAsked(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: TRAIN_USE });
  const { json, out } = asked;
  if (out === null) return refuseWords(output, { fault: "Say where to write with --out.", use: TRAIN_USE });
  const read = await readRecords(asked);
  if (!read.ok) return refuseFault(output, { fault: read.refusal, json });
  const found = await linkAsked(read.value, asked);
  if (!found.ok) return refuseFault(output, { fault: found.refusal, json });
  const { plan, linked, records } = found.value;
  const model = modelOf(plan, linked);
  const failed = await writeFile(out, `${JSON.stringify(model, null, 1)}\n`).then(
    () => false,
    () => true,
  );
  if (failed) {
    const message = `${out} cannot be written. Give a file in a folder that is there.`;
    return refuseFault(output, { fault: { code: "not_written", message }, json });
  }
  const untrained = untrainedLevels(model);
  const answer = {
    records: records.count,
    sessions: linked.sessions,
    comparisons: model.comparisons.length,
    rules: model.rules.length,
    prior: model.prior,
    untrainedLevels: untrained,
  };
  if (json) output.out(JSON.stringify(answer));
  else {
    output.out(`Learned from ${answer.records} records in ${answer.sessions} sessions: ${out}.`);
    if (untrained.length > 0) output.out(`Not seen in training, taken as expected: ${untrained.join("; ")}.`);
  }
  return 0;
}
