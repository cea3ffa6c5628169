/** A replay that somebody else gives: first its election, then the replay, then whether it is proved. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  type Choice,
  choiceShape,
  listElections,
  showVerification,
  type Verified,
  verifyElection,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { asNotFound } from "../../address-refusal.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { ruleName } from "./choice-form.ts";
import { openFile } from "./file-page.ts";
import {
  ASK_RATE,
  crumbsTo,
  ELECTIONS,
  type Exchange,
  electionPath,
  fileName,
  paramsOf,
  sendElectionPage,
  sendStopped,
  sendWaiting,
} from "./frame.ts";
import { publishedPage } from "./start-page.ts";
import { electionWords } from "./words.ts";

const MEBIBYTE = 1_048_576;
const READ_AT_MOST = { fileSize: 4 * MEBIBYTE };
const PATH = "/elections/:address/verify";

export function registerVerify(app: FastifyInstance): void {
  app.get("/elections/verify", (request, reply) => showFirst({ request, reply }));
  app.get(PATH, (request, reply) => showReplayForm({ request, reply }, null));
  app.post(
    PATH,
    { preHandler: [readForm(READ_AT_MOST), app.csrfProtection], onResponse: dropFile, config: ASK_RATE },
    (request, reply) => verify({ request, reply }),
  );
  app.get(`${PATH}/:verification`, (request, reply) => showAnswer({ request, reply }));
}

/** The form that brings a file is the start page's, which sends on to here. */
async function showFirst(the: Exchange): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const listed = await ask(the.request, listElections, { input: {} });
  if (!listed.ok) return sendRefusal(the, listElections, listed.refusal);
  return sendPage(the, "pages/elections/verify.njk", {
    top: { title: words("verifyTitle"), breadcrumbs: crumbsTo(language, [{ text: words("verifyTitle") }]) },
    model: {
      w: words,
      title: words("verifyTitle"),
      ...(await publishedPage(the, { files: listed.value.elections, path: `${ELECTIONS}/verify` })),
      token: await the.reply.generateCsrf(),
      action: ELECTIONS,
      next: "verify",
      errors: {},
    },
  });
}

async function showReplayForm(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const opened = await openFile(the);
  if (opened === null) return the.reply;
  const { file, read } = opened;
  // What cannot be counted has its faults on the file's own page.
  if (read.election === null) return goTo(the, electionPath(file.address));
  const { language } = the.request.visit;
  const words = electionWords(language);
  return sendElectionPage(the, {
    template: "replay",
    title: words("verifyOf", { name: fileName(file, language) }),
    above: [{ text: fileName(file, language), href: electionPath(file.address) }],
    ...(errors !== null && { errors: errors.summary, status: 422 }),
    model: {
      action: electionPath(file.address, "verify"),
      token: await the.reply.generateCsrf(),
      errors: errors?.byField ?? {},
    },
  });
}

async function verify(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const { language } = the.request.visit;
  const words = electionWords(language);
  const sent = await takeFile(the.request);
  if ("fault" in sent) {
    const texts = { no_file: words("noReplay"), too_large: words("replayTooLarge"), not_sent: words("notSent") };
    const text = texts[sent.fault];
    return showReplayForm(the, { summary: [{ text, href: "#replay" }], byField: { replay: { text } } });
  }
  const replay = new TextDecoder().decode(sent.bytes);
  const verified = await ask(the.request, verifyElection, { input: { address, replay } });
  if (verified.ok) return goTo(the, electionPath(address, "verify", verified.value.verification));
  if (verified.refusal.code === "election_not_found") return sendRefusal(the, verifyElection, verified.refusal);
  return showReplayForm(the, errorsOf(verifyElection, verified.refusal, language));
}

async function showAnswer(the: Exchange): Promise<FastifyReply> {
  const { address, verification } = paramsOf<"address" | "verification">(the.request);
  const seen = await ask(the.request, showVerification, { input: { address, verification } });
  if (!seen.ok) return sendRefusal(the, showVerification, asNotFound(seen.refusal, "election_not_found"));
  const { file, work, verified } = seen.value;
  if (work.state === "waiting" || work.state === "running")
    return sendWaiting(the, { file, work, title: "provingTitle" });
  if (verified === null) return sendStopped(the, { file, work, back: electionPath(address, "verify") });
  const { language } = the.request.visit;
  const words = electionWords(language);
  return sendElectionPage(the, {
    template: "proved",
    title: words(verified.proved ? "provedTitle" : isReplay(verified) ? "unprovedTitle" : "noReplayTitle"),
    above: [{ text: fileName(file, language), href: electionPath(address) }],
    model: {
      ...presentAnswer(verified, language),
      links: [
        { text: words("toFile"), href: electionPath(address) },
        { text: words("another"), href: `${ELECTIONS}/verify` },
      ],
    },
  });
}

/** A file of another kind is nobody's wrong count. */
function isReplay({ fault }: Pick<Verified, "fault">): boolean {
  return fault === null || !["not_json", "not_a_replay"].includes(fault.code);
}

function presentAnswer({ proved, fault, funded, by, raises }: Verified, language: Language) {
  const words = electionWords(language);
  const known = isReplay({ fault });
  if (!proved)
    return { proved, lead: words(known ? "unprovedLead" : "noReplayLead"), fault: fault?.said[language] ?? "" };
  return {
    proved,
    lead: funded.length === 0 ? words("provedNone") : words("provedLead", { count: funded.length }),
    funded,
    rule: by === null ? null : words("provedRule", { rule: ruleOf(by, language) }),
    how: words("provedHow"),
    raises:
      raises === null || raises.proved >= raises.made
        ? null
        : words("provedRaises", { made: formatNumber(raises.made), proved: formatNumber(raises.proved) }),
  };
}

function ruleOf({ rule, utility }: NonNullable<Verified["by"]>, language: Language): string {
  const choice: Choice = choiceShape.parse({ rule, utility, ties: "project-id" });
  return ruleName(choice, language);
}
