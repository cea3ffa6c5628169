/**
 * A form with one file in it. Its fields come before the file, the form's token first of all, so that the token is checked
 * before a byte of the file is kept, by the same function as on every other form: `preHandler: [readForm(), app.csrfProtection]`
 * and `onResponse: dropFile`.
 */
import type { Multipart, MultipartFile } from "@fastify/multipart";
import type { FastifyReply, FastifyRequest } from "fastify";

type Waiting = { readonly fields: Readonly<Record<string, string>>; readonly file: MultipartFile | null };
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
      waiting.set(request, { fields, file });
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

export type FormFile =
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly fault: "no_file" | "too_large" | "not_sent" };

/** The file itself, once the token is known to be right. */
export async function takeFile(request: FastifyRequest): Promise<FormFile> {
  const found = waiting.get(request);
  if (found === undefined || found === "not_sent") return { fault: "not_sent" };
  if (found.file === null) return { fault: "no_file" };
  try {
    const bytes = await found.file.toBuffer();
    // The plugin can end a file at its limit without saying so: what was cut must not be kept.
    if (found.file.file.truncated) return { fault: "too_large" };
    const name = plainName(found.file.filename);
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
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(-200);
}
