/** What whoever has a brought file's address may end: work on it, and the keeping of it. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { forgetElection, readChoice, stopElectionWork } from "../../../decisions/index.ts";
import { ask, goTo, sendRefusal } from "../../visit.ts";
import { queryOf } from "./choice-form.ts";
import { ASK_RATE, ELECTIONS, type Exchange, electionPath, paramsOf } from "./frame.ts";
import { electionWords } from "./words.ts";

export function registerStop(app: FastifyInstance): void {
  const form = { preHandler: app.csrfProtection, config: ASK_RATE };
  app.post("/elections/:address/stop", form, (request, reply) => stop({ request, reply }));
  app.post("/elections/:address/forget", form, (request, reply) => forget({ request, reply }));
}

async function stop(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const body = the.request.body as Readonly<Record<string, unknown>> | undefined;
  const work = typeof body?.["work"] === "string" ? body["work"] : "";
  const stopped = await ask(the.request, stopElectionWork, { input: { address, work } });
  if (!stopped.ok) return sendRefusal(the, stopElectionWork, stopped.refusal);
  const words = electionWords(the.request.visit.language);
  const choice = readChoice(work);
  // The form holds what was being counted.
  const form = choice === null ? "" : `?${queryOf(choice)}#rule`;
  return goTo(the, `${electionPath(address)}${form}`, words("nothingKept"));
}

async function forget(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const forgotten = await ask(the.request, forgetElection, { input: { address } });
  if (!forgotten.ok) return sendRefusal(the, forgetElection, forgotten.refusal);
  return goTo(the, ELECTIONS, electionWords(the.request.visit.language)("forgotten_"));
}
