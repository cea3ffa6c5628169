/**
 * `records encode FILE --secret-file SECRET --out CODES.csv`: turns each record into a code that the other agencies can link without
 * seeing it. What goes out is the row of the record in the file, which says nothing to anybody else, and its code.
 */
import { readFile, stat, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Output } from "../../cli/index.ts";
import { accept, type Result, refuse } from "../../lib/result.ts";
import {
  encodeRecords,
  planColumns,
  type Records,
  readSchema,
  type Schema,
  usualSchema,
  writeCode,
} from "../../linkage/index.ts";
import { faultOfWords, refuseWords } from "../file-command.ts";
import { faultOfLink, type ReadFault, readRecords, refuseFault } from "./read-records.ts";

export const ENCODE_USE =
  "records encode FILE --secret-file SECRET --out CODES.csv [--schema SCHEMA.json] [--schema-out SCHEMA.json] [--id COLUMN] [--ignore COLUMN] [--json]";

const text = { type: "string" } as const;
const OPTIONS = {
  "secret-file": text,
  schema: text,
  "schema-out": text,
  out: text,
  id: text,
  ignore: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;

type Asked = {
  readonly path: string;
  readonly secretFile: string;
  readonly schema: string | null;
  readonly schemaOut: string | null;
  readonly out: string;
  readonly id: string | null;
  readonly ignore: readonly string[];
  readonly json: boolean;
};

export async function encodeFiles(words: readonly string[], output: Output): Promise<number> {
  const asked = understood(words);
  if (typeof asked === "string") return refuseWords(output, { fault: asked, use: ENCODE_USE });
  const { json, out } = asked;
  const ready = await prepare(asked);
  if (!ready.ok) return refuseFault(output, { fault: ready.refusal, json });
  const { records, schema, secret } = ready.value;
  const codes = encodeRecords(records, { schema, secret });
  const lines = records.ids.map((_, record) => `${record + 1},${writeCode(codes, record)}\n`);
  const files: [string, string][] = [[out, `reference,clk\n${lines.join("")}`]];
  if (asked.schemaOut !== null) files.push([asked.schemaOut, `${JSON.stringify(schema, null, 1)}\n`]);
  for (const [path, content] of files) {
    const failed = await writeFile(path, content).then(
      () => false,
      () => true,
    );
    if (!failed) continue;
    const message = `${path} cannot be written. Give a file in a folder that is there.`;
    return refuseFault(output, { fault: { code: "not_written", message }, json });
  }
  const used = schema.features.filter(({ ignored }) => ignored !== true).map(({ identifier }) => identifier);
  if (json) output.out(JSON.stringify({ records: records.count, bits: schema.clkConfig.l, features: used }));
  else
    output.out(`${records.count} records are encoded by ${used.join(", ")} in ${out}. A code is still personal data.`);
  return 0;
}

function understood(words: readonly string[]): Asked | string {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    const [path] = positionals;
    const { out, "secret-file": secretFile } = values;
    if (path === undefined) return "Say which file to encode.";
    if (secretFile === undefined) return "Say where the secret of this linkage is with --secret-file.";
    if (out === undefined) return "Say where to write with --out.";
    return {
      path,
      secretFile,
      schema: values.schema ?? null,
      schemaOut: values["schema-out"] ?? null,
      out,
      id: values.id ?? null,
      ignore: values.ignore ?? [],
      json: values.json === true,
    };
  } catch (error) {
    return `${faultOfWords(error)}.`;
  }
}

/** A secret that can be guessed protects nobody. */
const LEAST_SECRET = 16;

type Ready = { readonly records: Records; readonly schema: Schema; readonly secret: string };

async function prepare(asked: Asked): Promise<Result<Ready, ReadFault>> {
  const secret = await readText(asked.secretFile);
  if (secret === null) return refuse(notFound(asked.secretFile));
  if (secret.trim().length < LEAST_SECRET)
    return refuse({
      code: "secret_too_short",
      message: `The secret is shorter than ${LEAST_SECRET} letters. Use a random one.`,
    });
  const read = await readRecords({ paths: [asked.path], id: asked.id, ignore: asked.ignore });
  if (!read.ok) return read;
  const records = read.value;
  const schema = await schemaOf(asked, records);
  return schema.ok ? accept({ records, schema: schema.value, secret: secret.trim() }) : schema;
}

async function schemaOf({ schema }: Asked, records: Records): Promise<Result<Schema, ReadFault>> {
  if (schema === null) {
    const planned = planColumns(records);
    return planned.ok ? accept(usualSchema(planned.value.columns)) : refuse(faultOfLink(planned.refusal));
  }
  const text = await readText(schema);
  if (text === null) return refuse(notFound(schema));
  const found = readSchema(text);
  if (!found.ok) return refuse({ code: found.refusal.code, message: `${schema} is no schema: ${found.refusal.why}.` });
  const names = records.columns.map(({ name }) => name);
  const absent = found.value.features.find(
    ({ ignored, identifier }) => ignored !== true && !names.includes(identifier),
  );
  if (absent === undefined) return accept(found.value);
  return refuse({
    code: "column_not_found",
    message: `The file has no column ${absent.identifier}, which the schema encodes.`,
  });
}

async function readText(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? readFile(path, "utf8").catch(() => null) : null;
}

function notFound(path: string): ReadFault {
  return { code: "file_not_found", message: `There is no file ${path}. Check the path and try again.` };
}
