/** A count: how far it is, then its result, and the files to take away. */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type CountSeen, giveElection, readChoice, showCount, showElection } from "../../../decisions/index.ts";
import { attachmentOf } from "../../../platform/files/index.ts";
import { type Column, writeCsv } from "../../../platform/tables/index.ts";
import { perform } from "../../../platform/use-case/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { ask, goTo, sendRefusal, wordsOf } from "../../visit.ts";
import { queryOf } from "./choice-form.ts";
import {
  type Exchange,
  electionPath,
  fileName,
  LOOK_RATE,
  paramsOf,
  sendElectionPage,
  sendStopped,
  sendWaiting,
} from "./frame.ts";
import { presentResult } from "./result.ts";

const FILE_RATE = { rateLimit: { max: 60, timeWindow: 60_000 } };

export function registerCount(app: FastifyInstance): void {
  const path = "/elections/:address/:count";
  app.get(path, { config: LOOK_RATE }, (request, reply) => showResult({ request, reply }));
  app.get(`${path}/replay.json`, { config: FILE_RATE }, (request, reply) => sendReplay({ request, reply }));
  app.get(`${path}/result.csv`, { config: FILE_RATE }, (request, reply) => sendResult({ request, reply }));
  app.get("/elections/:address/file.pb", { config: FILE_RATE }, (request, reply) => sendFile({ request, reply }));
}

/** Null where something else was answered. */
export async function openCount(the: Exchange): Promise<(CountSeen & { readonly path: string }) | null> {
  const { address, count } = paramsOf<"address" | "count">(the.request);
  const seen = await ask(the.request, showCount, { input: { address, count } });
  if (seen.ok) return { ...seen.value, path: electionPath(address, count) };
  const choice = readChoice(count);
  // A count that was forgotten, or that nobody has asked for here: the form holds what its address says.
  if (seen.refusal.code === "work_not_found" && choice !== null)
    await goTo(
      the,
      `${electionPath(address)}?${queryOf(choice)}#rule`,
      wordsOf(showCount, seen.refusal, the.request.visit.language).text,
    );
  else await sendRefusal(the, showCount, asNotFound(seen.refusal, "election_not_found"));
  return null;
}

async function showResult(the: Exchange): Promise<FastifyReply> {
  const seen = await openCount(the);
  if (seen === null) return the.reply;
  const { file, choice, work, counted } = seen;
  if (work.state === "waiting" || work.state === "running")
    return sendWaiting(the, { file, work, title: "countingTitle" });
  if (counted === null)
    return sendStopped(the, { file, work, back: `${electionPath(file.address)}?${queryOf(choice)}#rule` });
  const { language } = the.request.visit;
  const model = presentResult({ language, file, choice, counted });
  return sendElectionPage(the, {
    template: "result",
    title: model.title,
    above: [{ text: fileName(file, language), href: electionPath(file.address) }],
    model,
  });
}

async function sendReplay(the: Exchange): Promise<FastifyReply> {
  const seen = await openCount(the);
  if (seen === null) return the.reply;
  if (seen.replay === null) return goTo(the, seen.path);
  return the.reply
    .type("application/json; charset=utf-8")
    .header("content-disposition", attachmentOf(`${bareName(seen.file.name)}-replay.json`))
    .header("cache-control", "private, no-store")
    .send(seen.replay);
}

/** What opens in a spreadsheet is the same in every language. */
const COLUMNS: readonly Column[] = [
  { name: "order", type: "number" },
  { name: "project_id", type: "text" },
  { name: "name", type: "text" },
  { name: "cost", type: "text" },
  { name: "votes", type: "number" },
  { name: "funded", type: "text" },
  { name: "stage", type: "text" },
  { name: "reason", type: "text" },
];

async function sendResult(the: Exchange): Promise<FastifyReply> {
  const seen = await openCount(the);
  if (seen === null) return the.reply;
  const { counted, file, path } = seen;
  if (counted === null) return goTo(the, path);
  const { language } = the.request.visit;
  const rows = [
    ...counted.funded.map(({ id, name, cost, votes, stage, said }, at) => [
      ...[at + 1, id, name, cost, votes, "yes", stage],
      said[language],
    ]),
    ...counted.others.map(({ id, name, cost, votes, said }) => [null, id, name, cost, votes, "no", "", said[language]]),
  ];
  return the.reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", attachmentOf(`${bareName(file.name)}-result.csv`))
    .header("cache-control", "private, no-store")
    .send(Readable.from(writeCsv(COLUMNS, rows), { objectMode: false }));
}

function bareName(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, "");
}

async function sendFile(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const { web, credential, language } = the.request.visit;
  const pieces: (string | Uint8Array)[] = [];
  const given = await perform(web.house, giveElection, {
    ...{ credential, language, input: { address } },
    takePiece: async (piece) => void pieces.push(piece),
  });
  if (!given.ok) return sendRefusal(the, showElection, asNotFound(given.refusal, "election_not_found"));
  return the.reply
    .type(given.value.mediaType)
    .header("content-disposition", attachmentOf(given.value.fileName))
    .header("cache-control", "private, no-store")
    .send(Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece))));
}
