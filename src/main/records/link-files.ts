/** `records link FILE…`: reads, links, writes pairs and clusters, and says what was done and what it cost. */
import { readFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import {
  consistencyOf,
  fitModel,
  type Linked,
  linkRecords,
  modelOf,
  type Plan,
  planColumns,
  type Records,
  readModel,
  ruleNames,
  untrainedLevels,
  usualBudget,
  type WeakCluster,
  weakClustersOf,
} from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { type Asked, LINK_USE, readAsked } from "./asked.ts";
import { decisionsOf } from "./decisions-file.ts";
import { linkFilesBySplink, splinkModelOf } from "./link-by-splink.ts";
import { holdsCodes, linkCodes } from "./link-codes.ts";
import { type Parted, withoutProtected } from "./protected-column.ts";
import { faultOfLink, type ReadFault, readRecords, refuseFault } from "./read-records.ts";
import { findHouseholds, writeHouseholds } from "./write-households.ts";
import { notWritten, type Paths, writeBoth } from "./write-links.ts";
import { writeWeak } from "./write-weak.ts";

export async function linkFiles(words: readonly string[], output: Output): Promise<number> {
  const asked = readAsked(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: LINK_USE });
  const { json, pairs, clusters } = asked;
  if (pairs === null || clusters === null)
    return refuseWords(output, { fault: "Say where to write with --pairs and --clusters.", use: LINK_USE });
  const splink = await splinkModelOf(asked.model);
  if (splink !== null) return linkFilesBySplink(splink, { asked, output, pairs, clusters });
  const read = await readRecords(asked);
  if (!read.ok) return refuseFault(output, { fault: read.refusal, json });
  if (holdsCodes(read.value)) return linkFilesOfCodes({ records: read.value, asked, output, pairs, clusters });
  const found = await linkAsked(read.value, asked);
  if (!found.ok) return refuseFault(output, { fault: found.refusal, json });
  const { records } = found.value;
  const the = { records, clusters: found.value.linked.clusters, threshold: asked.threshold };
  const written = await writeBoth({ pairs, clusters }, the);
  if (!written.ok) return refuseFault(output, { fault: written.refusal, json });
  const weak = weakClustersOf(found.value.linked);
  if (asked.weak !== null) {
    const { failed } = await writeWeak(asked.weak, { ...found.value, weak });
    if (failed !== null) return refuseFault(output, { fault: notWritten(failed), json });
  }
  const households = asked.households === null ? null : findHouseholds({ ...found.value, day: asked.day });
  if (asked.households !== null && households !== null) {
    const { failed } = await writeHouseholds(asked.households, households);
    if (failed !== null) return refuseFault(output, { fault: notWritten(failed), json });
  }
  const answer = {
    ...answerOf(found.value, { pairsWritten: written.value, weak }),
    ...(households !== null && { households: { ...households, households: households.households.length } }),
  };
  if (json) output.out(JSON.stringify(answer));
  else for (const line of linesOf(answer, asked)) output.out(line);
  return 0;
}

async function linkFilesOfCodes(
  the: Paths & { readonly records: Records; readonly asked: Asked; readonly output: Output },
): Promise<number> {
  const { records, asked, output } = the;
  const { threshold, json } = asked;
  const linked = linkCodes(records, threshold);
  if (!linked.ok) return refuseFault(output, { fault: linked.refusal, json });
  const written = await writeBoth(the, { records, clusters: linked.value, threshold });
  if (!written.ok) return refuseFault(output, { fault: written.refusal, json });
  const { leastLikeness } = linked.value;
  const { user, system } = process.cpuUsage();
  const cpuSeconds = rounded((user + system) / 1e6);
  if (json)
    output.out(JSON.stringify({ records: records.count, pairsLinked: written.value, leastLikeness, cpuSeconds }));
  else output.out(`${written.value} codes of ${records.count} are linked, at a likeness of ${leastLikeness} or more.`);
  return 0;
}

export type LinkedFiles = Parted & { readonly plan: Plan; readonly linked: Linked };

/** Links as asked, by a model where one is named. */
export async function linkAsked(read: Records, asked: Asked): Promise<Result<LinkedFiles, ReadFault>> {
  const parted = withoutProtected(read, asked.protected);
  if (!parted.ok) return parted;
  const { records, protections } = parted.value;
  const planned = planColumns(records);
  if (!planned.ok) return refuse(faultOfLink(planned.refusal));
  const decided = await decisionsOf(asked.decisions, records);
  if (!decided.ok) return decided;
  const options = {
    ...optionsOf(asked, records),
    ...decided.value,
    households: asked.households !== null,
    closed: Uint8Array.from(protections, (one) => (one === null ? 0 : 1)),
  };
  if (asked.model === null)
    return finish({ ...parted.value, plan: planned.value }, linkRecords(records, { plan: planned.value, options }));
  const text = await readFile(asked.model, "utf8").catch(() => null);
  if (text === null)
    return refuse({
      code: "file_not_found",
      message: `There is no file ${asked.model}. Check the path and try again.`,
    });
  const model = readModel(text);
  if (!model.ok) return refuse(faultOfLink(model.refusal));
  const fitted = fitModel(model.value, planned.value);
  if (!fitted.ok) return refuse(faultOfLink(fitted.refusal));
  const { plan } = fitted.value;
  return finish(
    { ...parted.value, plan },
    linkRecords(records, { plan, options: { ...options, model: fitted.value } }),
  );
}

export function optionsOf(asked: Asked, { count }: Records) {
  return {
    seed: asked.seed,
    // A decision is never made below one half; pairs under the threshold are not written.
    threshold: Math.max(0.5, asked.threshold),
    pairBudget: asked.budget ?? usualBudget(count),
  };
}

function finish(
  the: Omit<LinkedFiles, "linked">,
  linked: ReturnType<typeof linkRecords>,
): Result<LinkedFiles, ReadFault> {
  return linked.ok ? accept({ ...the, linked: linked.value }) : refuse(faultOfLink(linked.refusal));
}

function answerOf(
  { records, plan, linked }: LinkedFiles,
  { pairsWritten, weak }: { readonly pairsWritten: number; readonly weak: readonly WeakCluster[] },
) {
  const { clusters, rules, recall, pairs, sessions, singleFiles } = linked;
  const model = modelOf(plan, linked);
  const clusterCount = clusters.clusterOf.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const { user, system } = process.cpuUsage();
  return {
    records: records.count,
    files: records.files,
    pairsCompared: linked.compared,
    pairsByBlocking: pairs.count,
    estimatedBlockingRecall: rounded(recall),
    pairsLinked: pairsWritten,
    pairsParted: clusters.parted.count,
    clusters: clusterCount,
    clustersToReview: weak.length,
    recordsInDoubt: clusters.doubted.length,
    ownProbabilityError: rounded(consistencyOf(linked)),
    prior: linked.parameters.prior,
    sessions,
    filesWithoutDuplicates: records.files.filter((_, at) => singleFiles[at] === true),
    columns: plan.columns,
    comparisons: plan.comparisons.map(({ name, columns }) => ({ name, columns })),
    rules: ruleNames(rules),
    untrainedLevels: untrainedLevels(model),
    cpuSeconds: rounded((user + system) / 1e6),
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function linesOf(answer: ReturnType<typeof answerOf>, { pairs, clusters }: Asked): readonly string[] {
  const whole = (count: number) => count.toLocaleString("en-GB");
  return [
    `${whole(answer.records)} records are of ${whole(answer.clusters)} people, as far as can be told.`,
    `${whole(answer.pairsCompared)} pairs were compared and ${whole(answer.pairsLinked)} are linked.`,
    `Blocking is estimated to have found ${Math.round(100 * answer.estimatedBlockingRecall)} % of the matches.`,
    `${whole(answer.clustersToReview)} clusters are weak and should be looked at by a person.`,
    `${whole(answer.recordsInDoubt)} records fit two people about equally well and stand alone until a person decides.`,
    `Compared: ${answer.comparisons.map(({ name }) => name).join(", ")}.`,
    `Written: ${pairs} and ${clusters}. CPU ${answer.cpuSeconds} s, memory ${Math.round(answer.peakMemoryBytes / 1024 ** 2)} MB.`,
  ];
}
