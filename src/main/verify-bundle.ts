/**
 * `onepot ledger verify --bundle FILE`: verifies an audit bundle on this machine alone. It opens no database and no link to
 * anywhere, so that an auditor needs nothing but the file and this program.
 */
import { parseArgs } from "node:util";
import type { HandCommand, Output } from "../cli/index.ts";
import { type BundleAnswer, type Head, readHead, verifyBundleFile, wordsOfFault } from "../proof/index.ts";

const USE = "ledger verify --bundle FILE [--head NUMBER:HASH] [--json]";

export const verifyBundleCommand: HandCommand = {
  words: "ledger verify",
  onlyWith: "bundle",
  summary: "Verify an audit bundle, without a database",
  use: USE,
  required: ["bundle"],
  takes: {
    bundle: { type: "string", description: "The path of an audit bundle, as ledger bundle makes it" },
    head: { type: "string", description: "A head that was written down earlier: NUMBER:HASH" },
  },
  gives: {
    verified: { type: "boolean" },
    place: { type: "string" },
    madeAt: { type: "string" },
    counted: { type: "object" },
    head: { type: ["object", "null"] },
  },
  example: { bundle: "salford.onepot-bundle.zip" },
  run: async (words, output) => {
    const asked = readWords(words);
    if (typeof asked === "string") {
      output.error(`${asked}\nUse: bin/onepot ${USE}`);
      return 2;
    }
    const answer = await verifyBundleFile({ path: asked.path }, asked.head);
    return say(output, { answer, path: asked.path, json: asked.json });
  },
};

type Asked = { readonly path: string; readonly head: Head | null; readonly json: boolean };

function readWords(words: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { bundle: { type: "string" }, head: { type: "string" }, json: { type: "boolean" } },
  });
  if (positionals.length > 0) return `"${positionals[0]}" was not expected.`;
  if (values.bundle === undefined || values.bundle === "") return "Say which file with --bundle.";
  const head = values.head === undefined ? null : readHead(values.head);
  if (values.head !== undefined && head === null)
    return "Write --head as its block's number, a colon and its 64-figure hash, as it was published.";
  return { path: values.bundle, head, json: values.json === true };
}

type Said = { readonly answer: BundleAnswer; readonly path: string; readonly json: boolean };

function say(output: Output, { answer, path, json }: Said): number {
  if (!answer.ok) {
    const message = wordsOfFault(answer.fault);
    if (json) output.out(JSON.stringify({ code: "not_verified", ...answer.fault, message }));
    else output.error(`${path} does not verify.\n${message}`);
    return 1;
  }
  const { manifest, proved } = answer;
  const { head, ...counted } = proved;
  if (json) {
    const { place, madeAt } = manifest;
    output.out(JSON.stringify({ verified: true, place: place.address, madeAt, counted, head }));
    return 0;
  }
  output.out(
    [
      `${path} verifies: the ledger of ${manifest.place.name}, as it was at ${manifest.madeAt}.`,
      `  ${counted.transfers} transfers and ${counted.entries} entries: each hash, lines that sum to nought, one book each`,
      `  ${counted.accounts} accounts: balances, numbers without gaps, floors at every numbered step`,
      `  ${counted.records} contributions, allocations, commitments and payments: each the amount of its transfer`,
      `  ${counted.reversals} reversals: each once, and each cancels`,
      `  ${counted.approvals} approvals and ${counted.signatures} signatures: what was shown, by two people, within limits`,
      `  ${counted.held} rows of accounts, approvals, limits, rules and records: each as it was written`,
      `  ${counted.blocks} blocks over ${counted.audit} audit entries and the transfers: each hash, trial balance and link`,
      `  ${counted.periods} periods: the hash of those closed for good`,
      `  ${counted.waiting} rows wait for the next block: they are not sealed yet`,
      head === null ? "  No block is sealed yet." : `  Head: ${head.number}:${head.hash}`,
    ].join("\n"),
  );
  return 0;
}
