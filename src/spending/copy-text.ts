/** Lines in the text form of PostgreSQL's COPY (documentation of COPY, "Text Format"), gathered into pieces. */
import type { SpendLine } from "./domain/spend-line.ts";

const SPECIAL = /[\\\n\r\t]/;

export function copyLine(batchId: string, line: SpendLine): string {
  return `${batchId}\t${line.row}\t${line.paidOn}\t${line.amountPence}\t${escapeCopy(line.supplier)}\t${escapeCopy(line.serviceArea)}\t${escapeCopy(
    line.description === "" ? line.merchantCategory : line.description,
  )}\t${escapeCopy(line.reference)}\t${escapeCopy(line.companyNumber)}\t${escapeCopy(line.charityNumber)}\n`;
}

function escapeCopy(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
}

/** A bounded hand-over between whoever reads the file and COPY: the reader waits while COPY is behind. */
export function openPieces(limit = 4): {
  readonly push: (piece: string) => Promise<void>;
  readonly end: () => void;
  readonly pieces: AsyncIterable<string>;
} {
  const waiting: string[] = [];
  let ended = false;
  let wakeReader: () => void = () => undefined;
  let wakeWriter: () => void = () => undefined;
  async function* pieces(): AsyncGenerator<string> {
    while (true) {
      const piece = waiting.shift();
      if (piece !== undefined) {
        wakeWriter();
        yield piece;
      } else if (ended) return;
      else
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
    }
  }
  return {
    push: async (piece) => {
      waiting.push(piece);
      wakeReader();
      while (waiting.length >= limit && !ended)
        await new Promise<void>((resolve) => {
          wakeWriter = resolve;
        });
    },
    end: () => {
      ended = true;
      wakeReader();
      wakeWriter();
    },
    pieces: pieces(),
  };
}
