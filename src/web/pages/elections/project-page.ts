/** One project of a result: why it was funded or not, what would have changed that, and how it stood in each round. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  bareAmount,
  type ChangeSeen,
  type Counted,
  type FundedProject,
  formatAmount,
  mayBeWorkedOut,
  type OtherProject,
  showChange,
  showCount,
  workOutChange,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { asNotFound } from "../../address-refusal.ts";
import type { Chart } from "../../charts/chart.ts";
import { barsDrawn, markedBars } from "../../charts/marked-bars.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, goTo, sendRefusal, wordsOf } from "../../visit.ts";
import { openCount } from "./count-page.ts";
import {
  ASK_RATE,
  type Exchange,
  electionPath,
  fileName,
  LOOK_RATE,
  paramsOf,
  sendElectionPage,
  withUnit,
} from "./frame.ts";
import { projectWords } from "./project-words.ts";
import { resultWords } from "./result-words.ts";

const PATH = "/elections/:address/:count/projects/:number";

export function registerProject(app: FastifyInstance): void {
  app.post(PATH, { preHandler: app.csrfProtection, config: ASK_RATE }, (request, reply) => workOut({ request, reply }));
  app.get(PATH, { config: LOOK_RATE }, (request, reply) => showProject({ request, reply }));
}

async function showProject(the: Exchange): Promise<FastifyReply> {
  const seen = await openCount(the);
  if (seen === null) return the.reply;
  const { counted, file, path } = seen;
  if (counted === null) return goTo(the, path);
  const { count, number } = paramsOf<"count" | "number">(the.request);
  const asked = ({ number: known }: { readonly number: number }) => String(known) === number;
  const funded = counted.funded.find(asked);
  const other = counted.others.find(asked);
  const { language } = the.request.visit;
  const words = projectWords(language);
  const shown: Shown = { language, counted };
  const project = funded ?? other;
  const worked = other === undefined || other.changed !== null ? null : await workedOut(the);
  if (project === undefined) return sendRefusal(the, showCount, { code: "work_not_found" });
  return sendElectionPage(the, {
    template: "project",
    title: project.name,
    above: [
      { text: fileName(file, language), href: electionPath(file.address) },
      { text: words("result"), href: path },
    ],
    model: {
      madeUp: file.madeUp,
      p: words,
      facts: [
        { label: words("outcome"), text: words(funded === undefined ? "notFunded" : "funded") },
        { label: words("cost"), text: formatAmount(project.cost, counted.currency) },
        { label: words("votes"), text: formatNumber(project.votes) },
        { label: words("id"), text: project.id },
      ],
      ...(funded !== undefined ? fundedModel(funded, shown) : {}),
      ...(other !== undefined ? otherModel(other, { ...shown, worked }) : {}),
      workOut:
        other !== undefined && mayBeWorkedOut(other) && worked === null
          ? { action: electionPath(file.address, count, "projects", number), token: await the.reply.generateCsrf() }
          : null,
      back: { text: words("back"), href: path },
    },
  });
}

type Shown = { readonly language: Language; readonly counted: Counted };

function fundedModel(project: FundedProject, { language, counted }: Shown) {
  const words = projectWords(language);
  const order = counted.funded.indexOf(project) + 1;
  const spent = formatAmount(project.spent, counted.currency);
  const budget = formatAmount(counted.budget, counted.currency);
  return {
    why: { title: words("whyFunded"), text: project.said[language] },
    sections: [
      { title: words("order"), text: words("orderSaid", { order, all: counted.funded.length, spent, budget }) },
      ...counted.ties
        .filter(({ taken }) => taken === project.name)
        .map(({ stage, round, projects, others }) => ({
          title: words("tie"),
          text: words("tieSaid", {
            stage: resultWords(language)(`stage_${stage}`),
            round,
            projects: [
              ...projects,
              ...(others > 0 ? [resultWords(language)("andOthers", { count: others })] : []),
            ].join(", "),
          }),
        })),
    ],
  };
}

/** In words, or how far it is; null where nobody has asked. */
async function workedOut(the: Exchange): Promise<ChangeSeen | null> {
  const { address, count, number } = paramsOf<"address" | "count" | "number">(the.request);
  const seen = await ask(the.request, showChange, { input: { address, count, number: Number(number) } });
  if (!seen.ok) return null;
  const { state } = seen.value.work;
  if (state === "waiting" || state === "running") the.reply.header("refresh", "2");
  return state === "stopped" || state === "failed" ? null : seen.value;
}

async function workOut(the: Exchange): Promise<FastifyReply> {
  const { address, count, number } = paramsOf<"address" | "count" | "number">(the.request);
  const asked = await ask(the.request, workOutChange, { input: { address, count, number: Number(number) } });
  if (!asked.ok) return sendRefusal(the, workOutChange, asNotFound(asked.refusal, "work_not_found"));
  // Without a part to go to: a browser that is told to look again at an address with one does not load it anew.
  return goTo(the, electionPath(address, count, "projects", number));
}

function changeSaid(project: OtherProject, { language, worked }: Shown & { readonly worked: ChangeSeen | null }) {
  const words = projectWords(language);
  if (project.changed !== null) return project.changed[language];
  if (!mayBeWorkedOut(project)) return null;
  if (worked === null) return words("notSearched");
  if (worked.changed !== null) return worked.changed[language];
  const { state, refusal } = worked.work;
  return state === "refused" ? wordsOf(showChange, refusal ?? { code: "" }, language).text : words("workingOut");
}

function otherModel(project: OtherProject, shown: Shown & { readonly worked: ChangeSeen | null }) {
  const { language } = shown;
  const words = projectWords(language);
  const { instead } = project;
  const change = changeSaid(project, shown);
  return {
    why: { title: words("whyNot"), text: project.said[language] },
    sections: [
      ...(change === null ? [] : [{ id: "changed", title: words("changed"), text: change }]),
      ...(instead === null ? [] : [{ title: words("instead"), text: instead[language] }]),
    ],
    chart:
      project.effectiveVotes === null ? null : standingChart(project, { ...shown, series: project.effectiveVotes }),
  };
}

type Standing = Shown & { readonly series: readonly (string | null)[] };

/** Its effective votes before each purchase of equal shares, beside those of the project that was bought. */
function standingChart(project: OtherProject, { language, counted, series }: Standing): Chart {
  const words = projectWords(language);
  const bought = counted.funded.filter(({ stage }) => stage === "equal-shares");
  const rounds = series.map((votes, at) => ({ votes, bought: bought[at] ?? null }));
  const drawn = barsDrawn(rounds.length);
  const lost = series.indexOf(null);
  return markedBars({
    language,
    idPrefix: "standing",
    title: words("standing"),
    description: words("standingDescription", { project: project.name, count: bought.length }),
    bars: rounds.map(({ votes, bought: taken }, at) => ({
      label: taken === null ? words("atTheEnd") : `${at + 1}. ${taken.name}`,
      text: votes === null ? words("cannotPay") : bareAmount(votes),
      value: votes === null ? null : Number(votes),
      mark: taken?.effectiveVotes == null ? null : Number(taken.effectiveVotes),
    })),
    table: {
      caption: words("standing"),
      columns: [
        { label: words("bought"), numeric: false },
        { label: withUnit(words("cost"), counted.currency), numeric: true },
        { label: words("theirVotes"), numeric: true },
        { label: words("itsVotes"), numeric: true },
      ],
      rows: rounds.map(({ votes, bought: taken }, at) => [
        taken === null ? words("atTheEnd") : `${at + 1}. ${taken.name}`,
        taken === null ? "–" : bareAmount(taken.cost),
        taken?.effectiveVotes == null ? "–" : bareAmount(taken.effectiveVotes),
        votes === null ? words("cannotPay") : bareAmount(votes),
      ]),
      rowHrefs: rounds.map(() => null),
      total: null,
    },
    notes: [
      words("standingNote"),
      ...(lost > 0 ? [words("lost", { round: lost, name: bought[lost - 1]?.name ?? "" })] : []),
      ...(drawn < rounds.length ? [words("standingMore", { drawn })] : []),
    ],
    empty: words("neverCould"),
  });
}
