/** Who may authorise how much here, where that is laid down, and the schemes that an administrator can take over. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { adoptScheme, endAuthority } from "../../../approvals/index.ts";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import type { Refusal } from "../../../lib/result.ts";
import { roleName } from "../../../platform/role-names.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { named, parameterOf } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { type Desk, deskOf, type Exchange, topHere } from "./frame.ts";
import { readLimits } from "./reading.ts";

type Read = ValueOf<typeof readLimits>;

export function registerLimits(app: FastifyInstance): void {
  const path = "/places/:place/approvals/limits";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }, null));
  app.post(path, guarded, (request, reply) => adopt({ request, reply }));
  app.post(`${path}/:authority/end`, guarded, (request, reply) => end({ request, reply }));
}

async function show(the: Exchange, refusal: Refusal | null): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { words, visit } = desk;
  const found = await ask(the.request, readLimits, { place: visit.place, input: {} });
  if (!found.ok) return sendRefusal(the, readLimits, found.refusal);
  const errors = refusal === null ? null : errorsOf(adoptScheme, refusal, visit.language);
  const title = words("limits");
  return sendPage(the, "pages/approvals/limits.njk", {
    top: topHere(desk, { title, listed: true, ...(errors && { errors: errors.summary }) }),
    model: {
      w: words,
      title,
      ...modelOf(desk, found.value),
      action: desk.to.limits,
      chosen: { scheme: fieldOf(the.request, "scheme"), potId: fieldOf(the.request, "potId") },
      errors: errors?.byField ?? {},
    },
    status: refusal === null ? 200 : wordsOf(adoptScheme, refusal, visit.language).status,
  });
}

type Limit = Read["schemes"][number]["steps"][number];

function limitText({ words, visit }: Desk, { role, upToPence, capital, signatures }: Omit<Limit, "words">): string {
  const amount = upToPence === null ? words("anyAmount") : words("upTo", { amount: formatPounds(upToPence) });
  const more = [capital ? words("capital") : null, signatures === 2 ? `${words("signatures")}: 2` : null];
  return [`${roleName(role, visit.language)}: ${amount}`, ...more.filter((one) => one !== null)].join(", ");
}

function modelOf(desk: Desk, read: Read) {
  const { words, visit } = desk;
  const { language } = visit;
  const titles = new Map(read.schemes.map((scheme) => [scheme.name, scheme.source]));
  return {
    maySet: read.maySet,
    otherwise: read.authorities.some(({ potId }) => potId === null) ? null : words("limitsNone"),
    limits: read.authorities.map((one) => ({
      id: one.authorityId,
      pot: one.pot === null ? words("everyPot") : named(language, [one.pot, one.potWelsh]),
      role: roleName(one.role, language),
      act: one.act === null ? words("everyAct") : words(one.act),
      limit: one.upToPence === null ? words("any") : formatPounds(one.upToPence).replace("£", ""),
      capital: words(one.capital ? "yes" : "no"),
      signatures: String(one.signatures),
      source: [one.words, titles.get(one.scheme) ?? ""].filter((part) => part !== "").join(". "),
      from: formatDay(language, one.startsOn as Day),
      ended: one.endsOn !== null,
    })),
    schemes: read.schemes.map((scheme) => ({
      title: scheme.title,
      source: scheme.source,
      about: scheme.about,
      steps: scheme.steps.map((step) => `${step.words}: ${limitText(desk, step)}`),
    })),
    schemeItems: read.schemes
      .filter(({ steps }) => steps.length > 0)
      .map(({ name, title }) => ({ value: name, text: title })),
    potItems: [
      { value: "", text: words("everyPot") },
      ...read.pots.map((pot) => ({ value: pot.potId, text: named(language, [pot.name, pot.nameWelsh]) })),
    ],
  };
}

async function adopt(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const potId = fieldOf(the.request, "potId");
  const input = { scheme: fieldOf(the.request, "scheme"), potId: potId === "" ? null : potId };
  const done = await ask(the.request, adoptScheme, { place: visit.place, input });
  if (done.ok) return goTo(the, to.limits, words("adoptNotice"));
  if (done.refusal.code === "not_allowed" || done.refusal.code === "place_not_found")
    return sendRefusal(the, adoptScheme, done.refusal);
  return show(the, done.refusal);
}

async function end(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = { authorityId: parameterOf(the.request, "authority") };
  const done = await ask(the.request, endAuthority, { place: visit.place, input });
  if (done.ok) return goTo(the, to.limits, words("endNotice"));
  return sendRefusal(the, endAuthority, asNotFound(done.refusal, "authority_not_found"));
}
