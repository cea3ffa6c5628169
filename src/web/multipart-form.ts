/**
 * A form with one file in it, or several in a row. Its fields come before the file, the form's token first of all, so that the token is checked
 * before a byte of the file is kept, by the same function as on every other form: `preHandler: [readForm(), app.csrfProtection]`
 * and `onResponse: dropFile`.
 */
import type { Multipart, MultipartFile } from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";

type Waiting = {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: MultipartFile | null;
  readonly parts: AsyncIterator<Multipart>;
};
const waiting = new WeakMap<FastifyRequest, Waiting | "not_sent">();

/** Reads the fields up to the file into the request's body, where the check of tokens looks. Without limits, the server's. */
export function readForm(limits: { readonly fileSize?: number } = {}) {
  return async (request: FastifyRequest): Promise<void> => {
    const fields: Record<string, string> = {};
    try {
      const parts: AsyncIterator<Multipart> = request.parts({ limits })[Symbol.asyncIterator]();
      let file: MultipartFile | null = null;
      for (let next = await parts.next(); !next.done && file === null; ) {
        const part = next.value;
        if (part.type === "file") file = part;
        else {
          fields[part.fieldname] = String(part.value);
          next = await parts.next();
        }
      }
      waiting.set(request, { fields, file, parts });
    } catch {
      waiting.set(request, "not_sent");
    }
    request.body = fields;
  };
}

/** Lets the rest of a request go by whose file was not wanted. */
export async function dropFile(request: FastifyRequest, _reply: FastifyReply): Promise<void> {
  const found = waiting.get(request);
  if (found !== undefined && found !== "not_sent") found.file?.file.resume();
}

/** The files of a form by the names of their fields, in the order in which they stand in it; what is no file is left out. */
export async function takeFiles(request: FastifyRequest): Promise<ReadonlyMap<string, FormFile>> {
  const taken = new Map<string, FormFile>();
  const found = waiting.get(request);
  if (found === undefined || found === "not_sent") return taken;
  for (let file = found.file; file !== null && taken.size < MOST_FILES; file = await nextFile(found)) {
    const one = await readWhole(file);
    taken.set(file.fieldname, one);
    if ("fault" in one && one.fault !== "no_file") break;
  }
  return taken;
}

const MOST_FILES = 4;

/** Null at the end of the form, and where it broke off. */
async function nextFile({ parts }: Waiting): Promise<MultipartFile | null> {
  try {
    for (let next = await parts.next(); !next.done; next = await parts.next())
      if (next.value.type === "file") return next.value;
  } catch {
    return null;
  }
  return null;
}

export type FormFile =
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly fault: "no_file" | "too_large" | "not_sent" };

/** The file itself, once the token is known to be right. */
export async function takeFile(request: FastifyRequest): Promise<FormFile> {
  const found = waiting.get(request);
  if (found === undefined || found === "not_sent") return { fault: "not_sent" };
  return found.file === null ? { fault: "no_file" } : readWhole(found.file);
}

async function readWhole(file: MultipartFile): Promise<FormFile> {
  try {
    const bytes = await file.toBuffer();
    // The plugin can end a file at its limit without saying so: what was cut must not be kept.
    if (file.file.truncated) return { fault: "too_large" };
    const name = plainName(file.filename);
    return name === "" ? { fault: "no_file" } : { name, bytes };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return { fault: code === "FST_REQ_FILE_TOO_LARGE" ? "too_large" : "not_sent" };
  }
}

/** Without a path, control characters, or a length that no one reads; its ending is kept. */
function plainName(filename: string | undefined): string {
  const last = (filename ?? "").split(/[/\\]/).at(-1) ?? "";
  return last
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "")
    .trim()
    .slice(-200);
}
