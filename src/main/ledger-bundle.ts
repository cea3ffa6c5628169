/** `onepot ledger bundle OUT --place SLUG`: writes a place's audit bundle to a new file of this machine, whole or not at all. */
import { open, rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { answerRefusal, type HandCommand, type Output } from "../cli/index.ts";
import { perform } from "../platform/use-case/index.ts";
import { type BundleTaken, takeBundle } from "../proof/index.ts";
import { type Carrying, refuseAs, refuseWords, runAsAsked, type Surroundings } from "./file-command.ts";

const USE = "ledger bundle OUT --place SLUG [--json]";

export function ledgerBundle(the: Surroundings): HandCommand {
  return {
    words: "ledger bundle",
    summary: "Take an audit bundle, which verifies without a database",
    use: USE,
    positional: ["out"],
    required: ["out", "place"],
    takes: {
      out: { type: "string", description: "The path of the file to write, which must not be there yet" },
      place: { type: "string", description: "The address of the place, for example salford" },
      as: { type: "string", description: "A person of the demonstration, or operator" },
    },
    gives: {
      madeAt: { type: "string" },
      head: { type: ["object", "null"] },
      parts: { type: "array", items: { type: "object" } },
    },
    example: { out: "salford.onepot-bundle.zip", place: "salford" },
    run: async (words, output) => {
      const asked = readWords(words);
      if (typeof asked === "string") return refuseWords(output, { fault: asked, use: USE });
      return runAsAsked(the, { asked, output, carryOut });
    },
  };
}

type Asked = {
  readonly path: string;
  readonly place: string;
  readonly as: string | undefined;
  readonly json: boolean;
};

function readWords(words: readonly string[]): Asked | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { place: { type: "string" }, as: { type: "string" }, json: { type: "boolean" } },
  });
  const [path] = positionals;
  if (path === undefined) return "Say which file to write.";
  if (values.place === undefined) return "Say which place with --place, for example --place salford.";
  return { path, place: values.place, as: values.as, json: values.json === true };
}

async function carryOut({ house, credential, asked, output }: Carrying<Asked>): Promise<number> {
  const file = await open(asked.path, "wx", 0o600).catch((error: NodeJS.ErrnoException) => error);
  if (file instanceof Error) return refuseFile(output, { asked, code: file.code ?? "" });
  let taken = false;
  try {
    const sink = async (piece: Buffer): Promise<void> => void (await file.writeFile(piece));
    const result = await perform(house, takeBundle, {
      credential,
      place: asked.place,
      language: "en",
      input: { sink },
    });
    if (!result.ok)
      return answerRefusal(output, { useCase: takeBundle as never, refusal: result.refusal, json: asked.json });
    await file.sync();
    taken = true;
    output.out(asked.json ? JSON.stringify(result.value) : wordsFor(asked, result.value));
    return 0;
  } finally {
    await file.close();
    // What is not whole is not left behind.
    if (!taken) await rm(asked.path, { force: true });
  }
}

function refuseFile(output: Output, { asked, code }: { readonly asked: Asked; readonly code: string }): number {
  const message =
    code === "EEXIST"
      ? `There is a file ${asked.path} already. Choose another name, so that no bundle is written over.`
      : `${asked.path} cannot be written (${code}). Check the folder and try again.`;
  return refuseAs(output, { code: "file_not_written", message, json: asked.json });
}

function wordsFor({ path }: Asked, { head, parts }: BundleTaken): string {
  return [
    `${path} holds the audit bundle of this place. Verify it with: bin/onepot ledger verify --bundle ${path}`,
    ...parts.filter(({ rows }) => rows > 0).map(({ name, rows }) => `  ${name}: ${rows}`),
    head === null ? "  No block is sealed yet." : `  Head: ${head.number}:${head.hash}`,
  ].join("\n");
}
