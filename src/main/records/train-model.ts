/**
 * `records train FILE… --out MODEL.json`: learns from files as `records link` does, and keeps what was learned. With `--labels` or
 * `--shared-id` what matches have in common is counted among pairs that are known to match.
 */
import { writeFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import {
  type Decisions,
  type KnownMatches,
  type LearnedFrom,
  type Linked,
  linkRecords,
  type Model,
  matchesOfLabels,
  matchesOfSharedId,
  modelOf,
  type Plan,
  planColumns,
  type Records,
  untrainedLevels,
} from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { type Asked, readAsked, TRAIN_USE } from "./asked.ts";
import { decisionsOf } from "./decisions-file.ts";
import { optionsOf } from "./link-files.ts";
import { faultOfLink, type ReadFault, readRecords, refuseFault } from "./read-records.ts";

export async function trainFiles(words: readonly string[], output: Output): Promise<number> {
  const asked = readAsked(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: TRAIN_USE });
  const { json, out } = asked;
  if (out === null) return refuseWords(output, { fault: "Say where to write with --out.", use: TRAIN_USE });
  const read = await readRecords(asked);
  if (!read.ok) return refuseFault(output, { fault: read.refusal, json });
  const found = await learnAsked(read.value, asked);
  if (!found.ok) return refuseFault(output, { fault: found.refusal, json });
  const { model, linked, labels } = found.value;
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
    records: read.value.count,
    sessions: linked.sessions,
    comparisons: model.comparisons.length,
    rules: model.rules.length,
    prior: model.prior,
    learned: model.learned,
    ...(labels !== null && { labels }),
    untrainedLevels: untrained,
  };
  if (json) output.out(JSON.stringify(answer));
  else {
    output.out(`Learned from ${answer.records} records in ${answer.sessions} sessions: ${out}.`);
    if (labels !== null)
      output.out(
        `Of the labels, ${labels.sameTogether} of ${labels.same} same pairs are together and ${labels.differentApart} of ${labels.different} different ones apart.`,
      );
    if (untrained.length > 0) output.out(`Not seen in training, taken as expected: ${untrained.join("; ")}.`);
  }
  return 0;
}

type Taught = {
  readonly plan: Plan;
  readonly known: KnownMatches | undefined;
  readonly learned: LearnedFrom;
  readonly labels: Decisions | null;
};

type Learned = {
  readonly model: Model;
  readonly linked: Linked;
  /** How the clusters, which no label was forced on, agree with the labels. */
  readonly labels: ReturnType<typeof agreementWith> | null;
};

async function learnAsked(records: Records, asked: Asked): Promise<Result<Learned, ReadFault>> {
  const planned = planColumns(records);
  if (!planned.ok) return refuse(faultOfLink(planned.refusal));
  const taught = await taughtBy(records, { plan: planned.value, asked });
  if (!taught.ok) return taught;
  const { plan, known, learned, labels } = taught.value;
  const linked = linkRecords(records, { plan, options: { ...optionsOf(asked, records), known } });
  if (!linked.ok) return refuse(faultOfLink(linked.refusal));
  const { parameters, rules } = linked.value;
  // Training chose no pair by the shared number; whoever links by the model may.
  const byNumber = planned.value.keys.filter(
    (key) => rules.length > 0 && !plan.keys.includes(key) && key.name.endsWith(": whole"),
  );
  const all = [...rules, ...byNumber.map((key) => ({ keys: [key] }))];
  return accept({
    model: modelOf(plan, { parameters, rules: all, learned }),
    linked: linked.value,
    labels: labels === null ? null : agreementWith(labels, linked.value),
  });
}

type Teaching = { readonly plan: Plan; readonly asked: Asked };

async function taughtBy(records: Records, { plan, asked }: Teaching): Promise<Result<Taught, ReadFault>> {
  if (asked.sharedId !== null) {
    const shared = matchesOfSharedId(records, { plan, heading: asked.sharedId });
    if (!shared.ok) return refuse(faultOfLink(shared.refusal));
    const { known } = shared.value;
    const learned = { from: "shared id", matches: known.left.length, column: asked.sharedId } as const;
    return accept({ plan: shared.value.plan, known, learned, labels: null });
  }
  if (asked.labels === null) return accept({ plan, known: undefined, learned: { from: "mixture" }, labels: null });
  const labels = await decisionsOf(asked.labels, records);
  if (!labels.ok) return labels;
  const known = matchesOfLabels(labels.value.mustLink);
  if (!known.ok) return refuse(faultOfLink(known.refusal));
  const learned = { from: "labels", matches: known.value.left.length } as const;
  return accept({ plan, known: known.value, learned, labels: labels.value });
}

function agreementWith({ mustLink, cannotLink }: Decisions, { clusters: { clusterOf } }: Linked) {
  const together = ([left, right]: readonly [number, number]) => clusterOf[left] === clusterOf[right];
  return {
    same: mustLink.length,
    sameTogether: mustLink.filter(together).length,
    different: cannotLink.length,
    differentApart: cannotLink.filter((pair) => !together(pair)).length,
  };
}
