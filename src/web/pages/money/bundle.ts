/** The audit bundle: what it is and what to do with it, for those who may verify the ledger, and the file itself. */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { takeBundle } from "../../../proof/index.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { EXPORT_RATE } from "../spending/exports.ts";
import { type Exchange, topOf, visitOf } from "./exchange.ts";
import { ledgerWords } from "./ledger-words.ts";
import { proofWords } from "./proof-words.ts";
import { readReader } from "./reading.ts";

export function registerBundle(app: FastifyInstance): void {
  app.get("/places/:place/ledger/bundle", (request, reply) => showBundle({ request, reply }));
  app.get("/places/:place/ledger/bundle.zip", { config: EXPORT_RATE }, (request, reply) =>
    sendBundle({ request, reply }),
  );
}

async function showBundle(the: Exchange): Promise<FastifyReply> {
  const visit = visitOf(the.request);
  const reader = await ask(the.request, readReader, { place: visit.place, input: {} });
  if (!reader.ok) return sendRefusal(the, readReader, reader.refusal);
  if (!reader.value.mayVerify)
    return sendRefusal(the, takeBundle, { code: "not_allowed", permission: "ledger.verify" });
  const words = proofWords(visit.language);
  const title = words("bundle");
  const crumbs = [{ text: ledgerWords(visit.language)("ledger"), href: visit.to.ledger() }, { text: title }];
  return sendPage(the, "pages/money/bundle.njk", {
    top: topOf(visit, { title, crumbs }),
    model: { p: words, title, to: visit.to, file: fileName(visit.place) },
  });
}

function fileName(place: string): string {
  return `${place}.onepot-bundle.zip`;
}

/**
 * Written whole to a file without a name before the first byte is sent: a slow reader holds no transaction open, and a fault is
 * said by a page, not by half a file.
 */
async function sendBundle(the: Exchange): Promise<FastifyReply> {
  const { place } = visitOf(the.request);
  const folder = await mkdtemp(join(tmpdir(), "onepot-bundle-"));
  const file = await open(join(folder, "bundle"), "wx+", 0o600);
  await rm(folder, { recursive: true, force: true });
  let sent = false;
  try {
    const sink = async (piece: Buffer): Promise<void> => void (await file.writeFile(piece));
    const taken = await ask(the.request, takeBundle, { place, input: { sink } });
    if (!taken.ok) return await sendRefusal(the, takeBundle, taken.refusal);
    const { size } = await file.stat();
    sent = true;
    return the.reply
      .type("application/zip")
      .header("content-disposition", `attachment; filename="${fileName(place).replaceAll(/[^a-z0-9.-]/gi, "-")}"`)
      .header("content-length", size)
      .header("cache-control", "private, no-store")
      .send(file.createReadStream({ start: 0, autoClose: true }));
  } finally {
    if (!sent) await file.close();
  }
}
