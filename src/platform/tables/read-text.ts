/**
 * Reads an upload that is a text and no table (a bank's XML or OFX): its letters as `readTable` finds them, the whole of it
 * in memory, so no larger than a few megabytes; and the tags of an XML text, with its faults as a value.
 */
import { accept, type Result, refuse } from "../../lib/result.ts";
import { type TableRefusal, TableStopped } from "./refusals.ts";
import { openSource, type TableInput } from "./source.ts";
import { decoded, findEncoding } from "./text-encoding.ts";
import { scanXml, type XmlVisitor } from "./xml-events.ts";

export async function readText(input: TableInput, limitBytes: number): Promise<Result<string, TableRefusal>> {
  return stopped(async () => {
    const source = await openSource(input, limitBytes);
    try {
      if (source.size === 0) throw new TableStopped({ code: "file_empty" });
      if (source.size > limitBytes) throw new TableStopped({ code: "file_too_large", limitBytes });
      let text = "";
      for await (const piece of decoded(source, await findEncoding(source))) text += piece;
      return text;
    } finally {
      await source.close();
    }
  });
}

/** Where the text is not well formed, or brings entities of its own, it is refused; what was visited before is of no use. */
export async function readXml(text: string, visitor: XmlVisitor): Promise<Result<null, TableRefusal>> {
  return stopped(async () => {
    const scanner = scanXml("XML", visitor);
    for (let at = 0; at < text.length; at += PIECE) scanner.feed(text.slice(at, at + PIECE));
    scanner.end();
    return null;
  });
}

const PIECE = 32_768;

async function stopped<T>(work: () => Promise<T>): Promise<Result<T, TableRefusal>> {
  try {
    return accept(await work());
  } catch (error) {
    if (error instanceof TableStopped) return refuse(error.refusal);
    throw error;
  }
}
