/**
 * Finding people and looking at one. What is searched for is sent in the body of a form and stands in no address, no title and no log of
 * addresses; a person's address is an id.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { accept, type Refusal, type Refused } from "../../../lib/result.ts";
import { findMatchedPeople, sayConcern, showMatchedPerson, showMatching } from "../../../linkage/index.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { parameterOf, visitOf } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { addressesHere, daySaid, type Exchange, matchingTop } from "./frame.ts";
import { presentFound, presentPerson } from "./people-page.ts";
import { peopleWords as words } from "./people-words.ts";

const readFinding = declarePlaceUseCase({
  name: "matching.people_page",
  summary: "Whether there are people to be found",
  permission: "matching.review",
  changes: false,
  input: z.strictObject({}),
  output: z.object({}),
  example: {},
  refusals: showMatching.refusals,
  handle: async (ctx) => {
    const found = await performWithin(ctx, showMatching, {});
    return found.ok ? accept({ matched: found.value.standing !== null }) : (found as Refused<never>);
  },
});

export function registerMatchedPeople(app: FastifyInstance): void {
  const path = "/places/:place/matching/people";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }, { found: null, errors: null }));
  app.post(path, guarded, (request, reply) => search({ request, reply }));
  app.get(`${path}/:person`, (request, reply) => showOne({ request, reply }, null));
  app.post(`${path}/:person/concern`, guarded, (request, reply) => say({ request, reply }));
}

type Finding = { readonly found: ValueOf<typeof findMatchedPeople> | null; readonly errors: FormErrors | null };

async function show(the: Exchange, { found, errors }: Finding): Promise<FastifyReply> {
  const { request } = the;
  const read = await ask(request, readFinding, { place: visitOf(request).place, input: {} });
  if (!read.ok) return sendRefusal(the, readFinding, read.refusal);
  const to = addressesHere(the);
  return sendPage(the, "pages/matching/people.njk", {
    top: matchingTop(the, { title: words.find, errors: errors?.summary }),
    model: {
      w: words,
      to,
      matched: read.value.matched,
      name: fieldOf(request, "name"),
      searched: found !== null,
      ...(found !== null && presentFound(found, to)),
      errors: errors?.byField ?? {},
    },
    status: errors === null ? 200 : 422,
  });
}

async function search(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const input = { name: fieldOf(request, "name") };
  const found = await ask(request, findMatchedPeople, { place: visitOf(request).place, input });
  if (found.ok) return show(the, { found: found.value, errors: null });
  const { code } = found.refusal;
  if (code === "run_not_found") return show(the, { found: null, errors: null });
  if (code !== "name_too_short" && code !== "input_not_valid")
    return sendRefusal(the, findMatchedPeople, found.refusal);
  return show(the, { found: null, errors: errorsOf(findMatchedPeople, found.refusal, "en") });
}

async function showOne(the: Exchange, refusal: Refusal | null): Promise<FastifyReply> {
  const { request } = the;
  const matchedPersonId = parameterOf(request, "person");
  const found = await ask(request, showMatchedPerson, { place: visitOf(request).place, input: { matchedPersonId } });
  if (!found.ok) return sendRefusal(the, showMatchedPerson, found.refusal);
  const to = addressesHere(the);
  const errors = refusal === null ? null : errorsOf(sayConcern, refusal, "en");
  return sendPage(the, "pages/matching/person.njk", {
    top: matchingTop(the, {
      title: words.person,
      crumbs: [{ text: words.find, href: to.people }],
      errors: errors?.summary,
    }),
    model: {
      w: words,
      to,
      ...presentPerson(found.value, to),
      action: `${to.person(matchedPersonId)}/concern`,
      typed: { concerned: fieldOf(request, "concerned"), reason: fieldOf(request, "reason") },
      errors: errors?.byField ?? {},
    },
    status: refusal === null ? 200 : wordsOf(sayConcern, refusal, "en").status,
  });
}

async function say(the: Exchange): Promise<FastifyReply> {
  const { request } = the;
  const matchedPersonId = parameterOf(request, "person");
  const asked = fieldOf(request, "concerned");
  if (asked !== "yes" && asked !== "no") {
    const faults = [{ field: "concerned", message: words.chooseConcern }];
    return showOne(the, { code: "input_not_valid", faults });
  }
  const input = { matchedPersonId, concerned: asked === "yes", reason: fieldOf(request, "reason") };
  const said = await ask(request, sayConcern, { place: visitOf(request).place, input });
  if (!said.ok)
    return said.refusal.code === "input_not_valid"
      ? showOne(the, said.refusal)
      : sendRefusal(the, sayConcern, said.refusal);
  const { records, deleteOn } = said.value;
  const number = formatNumber(records);
  const notice =
    deleteOn === null ? words.saidConcerned(number, records) : words.saidNot(number, records, daySaid(deleteOn));
  return goTo(the, addressesHere(the).person(matchedPersonId), notice);
}
