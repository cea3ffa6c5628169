/** `records link --model SPLINK.json`: carries out a model that Splink saved as Splink does, and writes what the house writes. */
import { readFile } from "node:fs/promises";
import type { Output } from "../../cli/index.ts";
import { isSplinkModel, linkBySplink, readSplinkModel } from "../../linkage/index.ts";
import { refuseWords } from "../file-command.ts";
import { type Asked, LINK_USE } from "./asked.ts";
import { faultOfLink, readRecords, refuseFault } from "./read-records.ts";
import { type Paths, writeBoth } from "./write-links.ts";

/** More pairs than this, where no budget is named, are refused before one is made. */
const MOST_PAIRS = 200_000_000;

/** The text of the file where it holds a model of Splink's; null for any other, which others read. */
export async function splinkModelOf(path: string | null): Promise<string | null> {
  if (path === null) return null;
  const text = await readFile(path, "utf8").catch(() => null);
  return text !== null && isSplinkModel(text) ? text : null;
}

export async function linkFilesBySplink(
  text: string,
  { asked, output, ...paths }: Paths & { readonly asked: Asked; readonly output: Output },
): Promise<number> {
  const { json, threshold } = asked;
  if (asked.decisions !== null || asked.weak !== null) {
    const fault = "A Splink model is carried out as Splink does: leave --decisions and --weak out.";
    return refuseWords(output, { fault, use: LINK_USE });
  }
  const model = readSplinkModel(text);
  if (!model.ok) return refuseFault(output, { fault: faultOfLink(model.refusal), json });
  const read = await readRecords({ ...asked, id: asked.id ?? model.value.uniqueId, asWritten: true });
  if (!read.ok) return refuseFault(output, { fault: read.refusal, json });
  const records = read.value;
  const options = { threshold, mostPairs: asked.budget ?? MOST_PAIRS };
  const linked = linkBySplink(records, { model: model.value, options });
  if (!linked.ok) return refuseFault(output, { fault: faultOfLink(linked.refusal), json });
  const { pairs, clusterOf, compared } = linked.value;
  const clusters = { clusterOf, pairs: { ...pairs, weights: Float32Array.from(pairs.weights) } };
  const written = await writeBoth(paths, { records, clusters, threshold });
  if (!written.ok) return refuseFault(output, { fault: written.refusal, json });
  const { user, system } = process.cpuUsage();
  const answer = {
    records: records.count,
    files: records.files,
    pairsCompared: compared,
    pairsByBlocking: compared,
    pairsLinked: written.value,
    clusters: new Set(clusterOf).size,
    prior: model.value.prior,
    comparisons: model.value.comparisons.map(({ name }) => ({ name })),
    rules: model.value.rules.map((rule) => rule.text),
    cpuSeconds: Math.round((user + system) / 1e3) / 1e3,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
  if (json) output.out(JSON.stringify(answer));
  else
    output.out(
      `By the Splink model ${answer.pairsLinked} pairs of ${compared} are linked, and ${records.count} records are of ${answer.clusters} people: ${paths.pairs} and ${paths.clusters}.`,
    );
  return 0;
}
