/** One agreement: what it says, who has signed it, and what its reader may do with it: sign, record a paper, replace, end. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Refusal } from "../../../lib/result.ts";
import { CAPACITIES, endAgreement, signAgreement } from "../../../sharing/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { named, parameterOf } from "../money/exchange.ts";
import { factsOf, partiesTable, type ShownAgreement, warningOf } from "./agreement-parts.ts";
import { dayTyped, nothingTyped, typedDay } from "./days.ts";
import { type Desk, deskOf, type Exchange, topHere } from "./frame.ts";
import { readAgreement } from "./reading.ts";
import { TONES } from "./register.ts";

type Fault = {
  readonly useCase: { readonly refusals: object };
  readonly refusal: Refusal;
  /** Which of the page's forms was sent. */
  readonly form: string;
};

export function registerAgreement(app: FastifyInstance): void {
  const path = "/places/:place/sharing/:agreement";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }, null));
  app.post(`${path}/sign`, guarded, (request, reply) => sign({ request, reply }));
  app.post(`${path}/end`, guarded, (request, reply) => end({ request, reply }));
}

async function show(the: Exchange, fault: Fault | null): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { words, visit, to } = desk;
  const agreementId = parameterOf(the.request, "agreement");
  const found = await ask(the.request, readAgreement, { place: visit.place, input: { agreementId } });
  if (!found.ok) return sendRefusal(the, readAgreement, asNotFound(found.refusal, "agreement_not_found"));
  const one = found.value;
  const errors = fault === null ? null : errorsOf(fault.useCase, fault.refusal, visit.language);
  const title = named(visit.language, [one.title, one.titleWelsh]);
  const forms = signForms(desk, one).map((form) => ({
    ...form,
    ...typedAgain(the, { form: form.key, fault, errors }),
  }));
  const anchors = new Set(forms.map(({ key }) => `#${key}-onPaper`));
  const top = await topHere(desk, {
    title,
    listed: true,
    ...(errors && { errors: errors.summary.map((each) => anchored(each, { form: fault?.form ?? "", anchors })) }),
  });
  if (top === null) return the.reply;
  return sendPage(the, "pages/sharing/agreement.njk", {
    top,
    model: {
      w: words,
      title,
      caption: words("numbered", { number: one.number }),
      state: words(`state_${one.state}`),
      tone: TONES[one.state],
      madeUp: one.madeUp,
      warning: warningOf(desk, one),
      facts: factsOf(desk, one),
      parties: partiesTable(desk, one),
      forms,
      mayEnd: one.mayEnd,
      changeLead: words(one.state === "unsigned" ? "changeDraft" : "changeLead"),
      replaceHref: one.mayEnd ? to.prepare({ replaces: one.agreementId }) : null,
      viewsHref: one.mayReadViews ? to.views({ agreementId: one.agreementId }) : null,
      action: to.one(agreementId),
      reason: fieldOf(the.request, "reason"),
      reasonError: fault?.form === "end" ? errors?.byField["reason"] : undefined,
    },
    status: fault === null ? 200 : wordsOf(fault.useCase, fault.refusal, visit.language).status,
  });
}

/** A fault leads to its own field, where there is one on the page. */
function anchored(
  { text, href }: { readonly text: string; readonly href?: string },
  { form, anchors }: { readonly form: string; readonly anchors: ReadonlySet<string> },
) {
  const own = form === "end" ? href : href?.replace("#", `#${form}-`);
  const leads = own === "#reason" || (own !== undefined && (anchors.has(own) || own.endsWith("-signedOn")));
  return leads && own !== undefined ? { text, href: own } : { text };
}

type Errors = ReturnType<typeof errorsOf>;

function typedAgain(
  { request }: Exchange,
  { form, fault, errors }: { readonly form: string; readonly fault: Fault | null; readonly errors: Errors | null },
) {
  if (fault?.form !== form) return { onPaper: "", signedOn: { day: "", month: "", year: "" } };
  return {
    onPaper: fieldOf(request, "onPaper"),
    signedOn: typedDay(request, "signedOn"),
    paperError: errors?.byField["onPaper"],
    dayError: errors?.byField["signedOn"],
  };
}

function signForms({ words, visit }: Desk, one: ShownAgreement) {
  return one.maySign.map(({ partnerId, capacity, paper }) => {
    const party = one.parties.find((each) => each.partnerId === partnerId);
    const partner = named(visit.language, [party?.name ?? "", party?.nameWelsh]);
    const guardian = capacity === "caldicott_guardian";
    const heading = paper
      ? words(guardian ? "recordGuardian" : "recordFor", { partner })
      : words(guardian ? "signAsGuardian" : "signFor", { partner });
    return { key: `${capacity}-${partnerId}`, partnerId, capacity, paper, heading };
  });
}

function fail(the: Exchange, fault: Fault): Promise<FastifyReply> {
  const { code } = fault.refusal;
  if (code === "not_allowed" || code === "place_not_found") return sendRefusal(the, fault.useCase, fault.refusal);
  return show(the, fault);
}

async function sign(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const { request } = the;
  const agreementId = parameterOf(request, "agreement");
  const partnerId = fieldOf(request, "partnerId");
  const asked = fieldOf(request, "capacity");
  const capacity = CAPACITIES.find((one) => one === asked) ?? "signatory";
  const typed = typedDay(request, "signedOn");
  const signedOn = nothingTyped(typed) ? null : dayTyped(typed);
  const form = `${capacity}-${partnerId}`;
  const useCase = signAgreement;
  if (signedOn === null && !nothingTyped(typed)) {
    const message = words("dateWrong", { label: words("signedOn") });
    const faults = [{ field: "signedOn", message }];
    return show(the, { useCase, refusal: { code: "input_not_valid", faults }, form });
  }
  const input = { agreementId, partnerId, capacity, onPaper: fieldOf(request, "onPaper"), signedOn };
  const done = await ask(request, useCase, { place: visit.place, input });
  if (!done.ok) return fail(the, { useCase, refusal: done.refusal, form });
  return goTo(the, to.one(agreementId), words(done.value.wanting === 0 ? "forceNotice" : "signedNotice"));
}

async function end(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = { agreementId: parameterOf(the.request, "agreement"), reason: fieldOf(the.request, "reason") };
  const done = await ask(the.request, endAgreement, { place: visit.place, input });
  if (!done.ok) return fail(the, { useCase: endAgreement, refusal: done.refusal, form: "end" });
  return goTo(the, to.one(input.agreementId), words("endNotice"));
}
