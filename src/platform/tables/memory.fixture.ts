/** Run as a process of its own by the tests: reads made-up uploads and prints by how many bytes its memory grew. */
import { readTable } from "./index.ts";

async function* made(piece: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let time = 0; time < times; time += 1) yield piece;
}

async function outcome(piece: Buffer, times: number): Promise<string> {
  const read = await readTable({ stream: made(piece, times) });
  if (!read.ok) return read.refusal.code;
  const end = await read.value.eachBatch(() => {
    most = Math.max(most, process.memoryUsage.rss());
  });
  await read.value.close();
  return end.ok ? String(end.value.rows) : end.refusal.code;
}

const before = process.memoryUsage.rss();
let most = before;
const oneRow = await outcome(Buffer.alloc(1024 ** 2, "x"), 300);
const manyRows = await outcome(Buffer.from('2022-04-01,1.00,"Place, other",Someone Ltd,,\n'.repeat(20_000)), 100);
process.stdout.write(
  JSON.stringify({ oneRow, manyRows, grownBytes: Math.max(most, process.memoryUsage.rss()) - before }),
);
