/** One approval: exactly what would happen, who prepared it and who has signed, and what its reader may do with it. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { authoriseApproval, prepareApproval, refuseApproval, withdrawApproval } from "../../../approvals/index.ts";
import { formatPounds } from "../../../lib/pence.ts";
import type { Refusal } from "../../../lib/result.ts";
import { roleName } from "../../../platform/role-names.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatMoment } from "../../shell/formats.ts";
import { ask, errorsOf, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { named, parameterOf } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { type Desk, deskOf, type Exchange, nameOf, topHere } from "./frame.ts";
import { readApproval } from "./reading.ts";

type Read = ValueOf<typeof readApproval>;
type Fact = { readonly label: string; readonly text: string; readonly href?: string };
type Fault = { readonly useCase: { readonly refusals: object }; readonly refusal: Refusal };

export function registerApproval(app: FastifyInstance): void {
  const path = "/places/:place/approvals/:approval";
  const guarded = { preHandler: app.csrfProtection };
  app.get(path, (request, reply) => show({ request, reply }, null));
  app.post(`${path}/authorise`, guarded, (request, reply) => authorise({ request, reply }));
  app.post(`${path}/refuse`, guarded, (request, reply) => refuse({ request, reply }));
  app.post(`${path}/withdraw`, guarded, (request, reply) => withdraw({ request, reply }));
  app.post(`${path}/again`, guarded, (request, reply) => prepareAgain({ request, reply }));
}

async function show(the: Exchange, fault: Fault | null): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { words, visit } = desk;
  const approvalId = parameterOf(the.request, "approval");
  const found = await ask(the.request, readApproval, { place: visit.place, input: { approvalId } });
  if (!found.ok) return sendRefusal(the, readApproval, asNotFound(found.refusal, "approval_not_found"));
  const one = found.value;
  const errors = fault === null ? null : errorsOf(fault.useCase, fault.refusal, visit.language);
  const status = fault === null ? 200 : wordsOf(fault.useCase, fault.refusal, visit.language).status;
  const title = `${words(one.act)}: ${formatPounds(one.amountPence)}`;
  const expired = one.state === "waiting" && one.expired;
  return sendPage(the, "pages/approvals/approval.njk", {
    top: topHere(desk, {
      title,
      listed: true,
      // Only the reason is typed here; every other refusal is about the approval as a whole.
      ...(errors && {
        errors: errors.summary.map(({ text, href }) => (href === "#reason" ? { text, href } : { text })),
      }),
    }),
    model: {
      w: words,
      title,
      state: words(expired ? "expired" : one.state),
      tone: TONES[expired ? "expired" : one.state],
      heading: words(one.state === "done" ? "exactlyDone" : one.state === "waiting" ? "exactly" : "exactlyNot"),
      shown: one.shown.map(({ label, text }) => ({ label: label[visit.language], text: text[visit.language] })),
      facts: factsOf(desk, one),
      may: one.may,
      authoriseLead: words(one.needs === 2 && one.signatures.length === 0 ? "authoriseFirst" : "authoriseLead"),
      shownHash: one.shownHash,
      action: desk.to.one(approvalId),
      reasonError: errors?.byField["reason"],
    },
    status,
  });
}

const TONES = {
  waiting: "yellow",
  expired: "grey",
  done: "green",
  refused: "red",
  withdrawn: "grey",
  stale: "grey",
} as const;

function factsOf(desk: Desk, one: Read): readonly Fact[] {
  const { words, visit, to } = desk;
  const { language } = visit;
  const person = (mark: string) => nameOf(words, [mark, one.makers]);
  const at = (when: Date) => formatMoment(language, when);
  const facts: Fact[] = [
    { label: words("preparedBy"), text: `${person(one.preparedBy)}, ${at(one.preparedAt)}` },
    ...one.signatures.map(({ signedBy, role, signedAt }) => ({
      label: words("signature"),
      text: words("signedAs", { name: person(signedBy), role: roleName(role, language), at: at(signedAt) }),
    })),
  ];
  if (one.pot !== null && one.potSlug !== null)
    facts.unshift({
      label: words("pot"),
      text: named(language, [one.pot, one.potWelsh]),
      href: to.pot(one.potSlug),
    });
  if (one.state === "waiting") return [...facts, ...waitingFacts(desk, one)];
  if (one.state !== "done" && one.endedBy !== null && one.endedAt !== null)
    facts.push({
      label: words("endedBy", { state: words(one.state) }),
      text: `${person(one.endedBy)}, ${at(one.endedAt)}`,
    });
  if (one.reason !== "") facts.push({ label: words("reason"), text: one.reason });
  const record = recordOf(one.answer);
  if (record !== null) facts.push({ label: words("record"), text: words("openRecord"), href: to.trace(record) });
  return facts;
}

function waitingFacts({ words, visit }: Desk, one: Read): readonly Fact[] {
  const { language } = visit;
  const who = one.whoMay.map(
    ({ role, upToPence }) =>
      `${roleName(role, language)} (${upToPence === null ? words("anyAmount") : words("upTo", { amount: formatPounds(upToPence) })})`,
  );
  return [
    { label: words("expires"), text: formatMoment(language, one.expiresAt) },
    { label: words("whoMay"), text: who.length === 0 ? words("nobody") : who.join(", ") },
    {
      label: words("needs"),
      text: words("needsText", { given: one.signatures.length, all: one.needs }),
    },
  ];
}

const RECORDS = ["paymentId", "commitmentId", "allocationId", "contributionId"];

/** The record that was made, by which the pound is followed. */
function recordOf(answer: unknown): string | null {
  if (answer === null || typeof answer !== "object") return null;
  const made = RECORDS.map((name) => (answer as Readonly<Record<string, unknown>>)[name]);
  const id = made.find((value) => typeof value === "string");
  return typeof id === "string" ? id : null;
}

/** What went wrong stands on the approval's own page; where it cannot be shown at all, on a page of its own. */
function fail(the: Exchange, fault: Fault): Promise<FastifyReply> {
  const { code } = fault.refusal;
  if (code === "not_allowed" || code === "place_not_found") return sendRefusal(the, fault.useCase, fault.refusal);
  return show(the, fault);
}

const inputOf = (the: Exchange) => ({ approvalId: parameterOf(the.request, "approval") });

async function authorise(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = { ...inputOf(the), shownHash: fieldOf(the.request, "shownHash") };
  const done = await ask(the.request, authoriseApproval, { place: visit.place, input });
  if (!done.ok) return fail(the, { useCase: authoriseApproval, refusal: done.refusal });
  return goTo(the, to.one(input.approvalId), words(done.value.state === "done" ? "doneNotice" : "signedNotice"));
}

async function refuse(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = { ...inputOf(the), reason: fieldOf(the.request, "reason") };
  const done = await ask(the.request, refuseApproval, { place: visit.place, input });
  if (!done.ok) return fail(the, { useCase: refuseApproval, refusal: done.refusal });
  return goTo(the, to.one(input.approvalId), words("refusedNotice"));
}

async function withdraw(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = inputOf(the);
  const done = await ask(the.request, withdrawApproval, { place: visit.place, input });
  if (!done.ok) return fail(the, { useCase: withdrawApproval, refusal: done.refusal });
  return goTo(the, to.one(input.approvalId), words("withdrawnNotice"));
}

/** The same request once more, as it would be carried out now. */
async function prepareAgain(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const input = inputOf(the);
  const old = await ask(the.request, readApproval, { place: visit.place, input });
  if (!old.ok) return sendRefusal(the, readApproval, asNotFound(old.refusal, "approval_not_found"));
  const { useCase, request } = old.value;
  const again = await ask(the.request, prepareApproval, {
    place: visit.place,
    input: { act: useCase, request: request as Record<string, unknown>, replaces: input.approvalId },
  });
  if (!again.ok) return fail(the, { useCase: prepareApproval, refusal: again.refusal });
  return goTo(the, to.one(again.value.approvalId), words("againNotice"));
}
