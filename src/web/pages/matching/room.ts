/** The room of matching: what stands, what waits, what to do next; and its two forms: match the records, lay down a threshold. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Refusal } from "../../../lib/result.ts";
import { setMatchingThreshold, startMatching } from "../../../linkage/index.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { visitOf } from "../money/exchange.ts";
import { mayAt } from "../places/place-page.ts";
import { addressesHere, type Exchange, matchingTop } from "./frame.ts";
import { presentRoom, THRESHOLDS } from "./room-page.ts";
import { readRoom } from "./room-reading.ts";
import { matchingWords } from "./words.ts";

type Fault = { readonly useCase: { readonly refusals: object }; readonly refusal: Refusal };

export function registerMatchingRoom(app: FastifyInstance): void {
  const path = "/places/:place/matching";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }, null));
  app.post(`${path}/runs`, guarded, (request, reply) => start({ request, reply }));
  app.post(`${path}/thresholds`, guarded, (request, reply) => setThreshold({ request, reply }));
}

async function show(the: Exchange, fault: Fault | null): Promise<FastifyReply> {
  const { request } = the;
  const { place } = visitOf(request);
  const found = await ask(request, readRoom, { place, input: {} });
  if (!found.ok) {
    // Whoever brings records and reads nothing of what was found has one page here.
    const [mayBring] = await mayAt(request, { slug: place, permissions: ["matching.bring"] });
    if (found.refusal.code === "not_allowed" && mayBring === true) return goTo(the, addressesHere(the).newFile);
    return sendRefusal(the, readRoom, found.refusal);
  }
  const errors = fault === null ? null : errorsOf(fault.useCase, fault.refusal, "en");
  const typed = { probability: fieldOf(request, "probability"), reason: fieldOf(request, "reason") };
  return sendPage(the, "pages/matching/room.njk", {
    top: matchingTop(the, { title: matchingWords.title, errors: errors?.summary }),
    model: {
      w: matchingWords,
      ...presentRoom(found.value, addressesHere(the)),
      typed,
      errors: errors?.byField ?? {},
    },
    status: fault === null ? 200 : wordsOf(fault.useCase, fault.refusal, "en").status,
  });
}

function fail(the: Exchange, fault: Fault): Promise<FastifyReply> {
  const { code } = fault.refusal;
  if (code === "not_allowed" || code === "place_not_found") return sendRefusal(the, fault.useCase, fault.refusal);
  return show(the, fault);
}

async function start(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const agreementId = fieldOf(request, "agreementId");
  const modelId = fieldOf(request, "modelId");
  const input = { agreementId, modelId: modelId === "" ? null : modelId };
  const started = await ask(request, startMatching, { place: visitOf(request).place, input });
  if (!started.ok) return fail(the, { useCase: startMatching, refusal: started.refusal });
  return goTo(the, addressesHere(the).job(started.value.jobId), matchingWords.started);
}

async function setThreshold(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const asked = fieldOf(request, "probability");
  const probability = THRESHOLDS.find((one) => String(one) === asked) ?? THRESHOLDS[0];
  const input = { probability, reason: fieldOf(request, "reason") };
  const set = await ask(request, setMatchingThreshold, { place: visitOf(request).place, input });
  if (!set.ok) return fail(the, { useCase: setMatchingThreshold, refusal: set.refusal });
  return goTo(the, `${addressesHere(the).room}#threshold`, matchingWords.thresholdSet);
}
