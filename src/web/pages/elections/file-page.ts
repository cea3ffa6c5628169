/** One file: what it is, its faults line by line, and the form on which a rule is chosen. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  bareAmount,
  countElection,
  type ElectionSeen,
  type ElectionShown,
  type FileRead,
  type FileShown,
  formatAmount,
  showElection,
  writeChoice,
} from "../../../decisions/index.ts";
import { parseDay } from "../../../lib/day.ts";
import { formatDay } from "../../../lib/day-words.ts";
import type { Language } from "../../../lib/language.ts";
import { asNotFound } from "../../address-refusal.ts";
import { formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendRefusal } from "../../visit.ts";
import { type Fields, fieldsFrom, inputOf, missingIn, presentChoice, ruleSaid } from "./choice-form.ts";
import {
  ASK_RATE,
  type Exchange,
  electionPath,
  fileName,
  hasNoForm,
  paramsOf,
  sendElectionPage,
  sendStopped,
  sendWaiting,
} from "./frame.ts";
import { placeName } from "./start-page.ts";
import { tablesWords } from "./tables-words.ts";
import { electionWords } from "./words.ts";

export function registerFile(app: FastifyInstance): void {
  app.get("/elections/:address", (request, reply) =>
    showFile({ request, reply }, { fields: fieldsFrom(request.query), errors: null }),
  );
  app.post("/elections/:address", { preHandler: app.csrfProtection, config: ASK_RATE }, (request, reply) =>
    count({ request, reply }),
  );
}

/** The file once it is read; null where something else was answered: that it is not there, or a page to wait on. */
export async function openFile(the: Exchange): Promise<{ readonly file: FileShown; readonly read: FileRead } | null> {
  const { address } = paramsOf<"address">(the.request);
  const seen = await ask(the.request, showElection, { input: { address } });
  if (!seen.ok) {
    await sendRefusal(the, showElection, asNotFound(seen.refusal, "election_not_found"));
    return null;
  }
  const { file, work, read }: ElectionSeen = seen.value;
  if (read !== null) return { file, read };
  if (work.state === "waiting" || work.state === "running")
    await sendWaiting(the, { file, work, title: "waitingTitle" });
  else await sendStopped(the, { file, work, back: "/elections" });
  return null;
}

type Form = { readonly fields: Fields; readonly errors: FormErrors | null };

async function showFile(the: Exchange, { fields, errors }: Form): Promise<FastifyReply> {
  const opened = await openFile(the);
  if (opened === null) return the.reply;
  const { file, read } = opened;
  const { language } = the.request.visit;
  const words = electionWords(language);
  const { election } = read;
  const name = fileName(file, language);
  return sendElectionPage(the, {
    template: "file",
    title: words(file.slug === null ? "fileTitle" : "publishedFileTitle", { name }),
    above: [],
    ...(errors !== null && { errors: errors.summary, status: 422 }),
    model: {
      madeUp: file.madeUp,
      facts: factsOf(file, { election, language }),
      ...faultsOf(read, language),
      decided: decidedOf(file, language),
      form:
        election === null
          ? null
          : {
              ...presentChoice({ language, election, fields, errors: errors?.byField ?? {} }),
              action: electionPath(file.address),
              token: await the.reply.generateCsrf(),
            },
      projects: election === null ? null : projectsOf(election, language),
      compareHref: electionPath(file.address, "compare"),
      verifyHref: electionPath(file.address, "verify"),
      ...(file.isTables
        ? {}
        : { download: { text: words("download", { name: file.name }), href: electionPath(file.address, "file.pb") } }),
      bringHref: file.isTables ? "/elections/tables" : "/elections",
      tables: read.faults.some(({ code, file: table }) => code === "not_this_format" && table === null)
        ? { text: tablesWords(language)("link"), href: "/elections/tables" }
        : null,
      forget:
        file.forgetAt === null
          ? null
          : { action: electionPath(file.address, "forget"), token: await the.reply.generateCsrf() },
    },
  });
}

function factsOf(file: FileShown, the: { readonly election: ElectionShown | null; readonly language: Language }) {
  const { election, language } = the;
  const words = electionWords(language);
  const fact = (label: string, text: string) => (text === "" ? [] : [{ label, text }]);
  const forget =
    file.forgetAt === null
      ? words("forgetNever")
      : words("forgetAt", { when: formatMoment(language, new Date(file.forgetAt)) });
  const said =
    election === null
      ? []
      : [
          ...fact(words("description"), election.description),
          ...fact(words("where"), election.where),
          ...fact(words("dates"), inWords(election.dates, language)),
          ...fact(words("budget"), formatAmount(election.budget, election.currency)),
          ...fact(words("costOfAll"), formatAmount(election.costOfAll, election.currency)),
          ...fact(words("currency"), election.currency ?? words("currencyNone")),
          ...fact(words("projects"), formatNumber(election.projects.length)),
          ...fact(words("voters"), formatNumber(election.voters)),
          ...fact(words("ballots"), words(`vote_${election.voteType}`)),
        ];
  return [...said, ...fact(words("sha"), file.sha256), ...fact(words("forget"), forget)];
}

/** Pabulib writes 31.12.2012; what is no such day stays as it is written. */
function inWords(dates: string, language: Language): string {
  return dates.replaceAll(/\b(\d{2})\.(\d{2})\.(\d{4})\b/g, (written, day, month, year) => {
    const known = parseDay(`${year}-${month}-${day}`);
    return known === null ? written : formatDay(language, known);
  });
}

function faultsOf({ errors, warnings, faults }: FileRead, language: Language) {
  const words = electionWords(language);
  const total = errors + warnings;
  const inFile = ({ file }: (typeof faults)[number]) => (file === null ? "" : tablesWords(language)(file));
  const counted = { count: errors || warnings, number: formatNumber(errors || warnings) };
  const told =
    total === 0 ? words("faultsNone") : errors > 0 ? words("faultsErrors", counted) : words("faultsWarnings", counted);
  const also =
    errors > 0 && warnings > 0 ? words("faultsAlso", { count: warnings, number: formatNumber(warnings) }) : null;
  return {
    faultsTold: told,
    faultsAlso: also,
    hindered: errors > 0,
    faultsMore:
      total > faults.length
        ? words("faultsShown", { shown: formatNumber(faults.length), number: formatNumber(total) })
        : null,
    faults:
      faults.length === 0
        ? null
        : {
            columns: [
              { label: words("place"), numeric: false },
              { label: words("column"), numeric: false },
              { label: words("fault"), numeric: false },
              { label: words("grade"), numeric: false },
            ],
            rows: faults.map((fault) => ({
              cells: [
                { text: [inFile(fault), `${words("line")} ${formatNumber(fault.line)}`].filter(Boolean).join(", ") },
                { text: formatNumber(fault.column) },
                { text: fault[language] },
                { text: words(`grade_${fault.grade}`) },
              ],
            })),
          },
  };
}

function decidedOf(file: FileShown, language: Language) {
  if (file.rule === null || file.place === null) return null;
  const words = electionWords(language);
  return {
    text: words("decided", { place: placeName(file.place, language), rule: ruleSaid(file.rule, language) }),
    link: { text: words("openDecided"), href: electionPath(file.address, writeChoice(file.rule)) },
  };
}

const MOST_PROJECTS = 300;

function projectsOf({ projects, currency }: ElectionShown, language: Language) {
  const words = electionWords(language);
  const cost = currency === null ? words("cost") : `${words("cost")} (${currency === "GBP" ? "£" : currency})`;
  return {
    columns: [
      { label: words("project"), numeric: false },
      { label: words("id"), numeric: false },
      { label: cost, numeric: true },
      { label: words("votes"), numeric: true },
    ],
    rows: projects
      .toSorted((a, b) => b.votes - a.votes)
      .slice(0, MOST_PROJECTS)
      .map((project) => ({
        cells: [
          { text: project.name },
          { text: project.id },
          { text: bareAmount(project.cost) },
          { text: formatNumber(project.votes) },
        ],
      })),
  };
}

async function count(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const { language } = the.request.visit;
  const fields = fieldsFrom(the.request.body);
  const missing = missingIn(fields, language);
  if (missing !== null) return showFile(the, { fields, errors: missing });
  const counted = await ask(the.request, countElection, { input: { address, ...inputOf(fields) } as never });
  if (counted.ok) return goTo(the, electionPath(address, counted.value.count));
  const { code } = counted.refusal;
  if (hasNoForm(code)) return sendRefusal(the, countElection, counted.refusal);
  return showFile(the, { fields, errors: errorsOf(countElection, counted.refusal, language) });
}
