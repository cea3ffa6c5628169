/** Two rules on the same ballots, side by side: chosen on one form, and shown project by project. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  bareAmount,
  type Choice,
  type Compared,
  type Counted,
  choiceShape,
  compareRules,
  type ElectionShown,
  type FileShown,
  formatAmount,
  readChoice,
  showComparison,
  writeChoice,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendRefusal } from "../../visit.ts";
import { ruleName, ruleSaid } from "./choice-form.ts";
import { openFile } from "./file-page.ts";
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
  withUnit,
} from "./frame.ts";
import { resultWords } from "./result-words.ts";

const PATH = "/elections/:address/compare";

export function registerCompare(app: FastifyInstance): void {
  app.get(PATH, (request, reply) => showCompare({ request, reply }));
  app.post(PATH, { preHandler: app.csrfProtection, config: ASK_RATE }, (request, reply) => compare({ request, reply }));
}

type Asked = { readonly one: string; readonly other: string };

function askedIn(sent: unknown): Asked {
  const values = (typeof sent === "object" && sent !== null ? sent : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof values[name] === "string" ? values[name] : "");
  return { one: text("one"), other: text("other") };
}

async function showCompare(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const { one, other } = askedIn(the.request.query);
  if (readChoice(one) === null || readChoice(other) === null) return showForm(the, { one, other }, null);
  const seen = await ask(the.request, showComparison, { input: { address, comparison: `${one}~${other}` } });
  if (!seen.ok && seen.refusal.code === "work_not_found") return showForm(the, { one, other }, null);
  if (!seen.ok) return sendRefusal(the, showComparison, seen.refusal);
  const { file, work, compared } = seen.value;
  if (work.state === "waiting" || work.state === "running")
    return sendWaiting(the, { file, work, title: "comparingTitle" });
  if (compared === null) return sendStopped(the, { file, work, back: electionPath(address, "compare") });
  const { language } = the.request.visit;
  return sendElectionPage(the, {
    template: "compared",
    title: resultWords(language)("compareTitle", { name: fileName(file, language) }),
    above: [{ text: fileName(file, language), href: electionPath(file.address) }],
    model: presentCompared({ language, file, compared }),
  });
}

const BASE = { utility: "cost", ties: "project-id" } as const;
const PRESETS: readonly Choice[] = [
  { ...BASE, rule: "greedy" },
  { ...BASE, rule: "greedy", utility: "cardinality" },
  ...(["none", "greedy", "add1", "add1-greedy"] as const).map((completion) => ({
    ...BASE,
    rule: "equal-shares" as const,
    completion,
  })),
  { ...BASE, rule: "phragmen" },
  { ...BASE, rule: "max-welfare" },
].map((choice) => choiceShape.parse(choice));

function presetName(choice: Choice, language: Language): string {
  const { rule, completion } = choice;
  return rule === "equal-shares" && completion !== null
    ? resultWords(language)(`preset_${completion}`)
    : ruleName(choice, language);
}

async function showForm(the: Exchange, asked: Asked, errors: FormErrors | null): Promise<FastifyReply> {
  const opened = await openFile(the);
  if (opened === null) return the.reply;
  const { file, read } = opened;
  if (read.election === null) return goTo(the, electionPath(file.address));
  const { language } = the.request.visit;
  const words = resultWords(language);
  const ties = readChoice(asked.one) ?? readChoice(asked.other) ?? { ties: "project-id" as const, seed: "" };
  const items = (chosen: string) => optionsOf(read.election as ElectionShown, { language, chosen, ties });
  const select = (field: "one" | "other") => ({
    id: field,
    label: words(field),
    items: items(asked[field]),
    error: errors?.byField[field],
  });
  return sendElectionPage(the, {
    template: "compare",
    title: words("compareTitle", { name: fileName(file, language) }),
    above: [{ text: fileName(file, language), href: electionPath(file.address) }],
    ...(errors !== null && { errors: errors.summary, status: 422 }),
    model: {
      r: words,
      ties: ties.seed === "" ? words("compareTies") : words("compareTiesLot", { seed: ties.seed }),
      action: electionPath(file.address, "compare"),
      selects: [select("one"), select("other")],
      token: await the.reply.generateCsrf(),
    },
  });
}

/** Those that the ballots allow, and the one of the result that the reader came from. */
function optionsOf(
  election: ElectionShown,
  the: { readonly language: Language; readonly chosen: string; readonly ties: Pick<Choice, "ties" | "seed"> },
) {
  const words = resultWords(the.language);
  const allowed = PRESETS.filter(
    ({ rule }) => !election.applying.rules.some((one) => one.rule === rule && one.hindered !== null),
  );
  const came = readChoice(the.chosen);
  // Two rules are beside each other, not two ways to break a tie: all have that of the result that the reader came from.
  const known = allowed
    .map((choice) => ({ ...choice, ties: the.ties.ties, seed: the.ties.seed }))
    .map((choice) => ({ value: writeChoice(choice), text: presetName(choice, the.language) }));
  const own =
    came === null || known.some(({ value }) => value === the.chosen)
      ? []
      : [{ value: the.chosen, text: words("same", { rule: ruleSaid(came, the.language) }) }];
  return [{ value: "", text: words("choose") }, ...own, ...known].map((item) => ({
    ...item,
    selected: item.value === the.chosen,
  }));
}

async function compare(the: Exchange): Promise<FastifyReply> {
  const { address } = paramsOf<"address">(the.request);
  const { language } = the.request.visit;
  const words = resultWords(language);
  const asked = askedIn(the.request.body);
  const [one, other] = [readChoice(asked.one), readChoice(asked.other)];
  if (one === null || other === null) {
    const missing = [
      ...(one === null ? [["one", words("chooseOne")] as const] : []),
      ...(other === null ? [["other", words("chooseOther")] as const] : []),
    ];
    return showForm(the, asked, {
      summary: missing.map(([field, text]) => ({ text, href: `#${field}` })),
      byField: Object.fromEntries(missing.map(([field, text]) => [field, { text }])),
    });
  }
  const compared = await ask(the.request, compareRules, { input: { address, one, other } });
  if (compared.ok) {
    const query = new URLSearchParams({ one: writeChoice(one), other: writeChoice(other) });
    return goTo(the, `${electionPath(address, "compare")}?${query}`);
  }
  const { code } = compared.refusal;
  if (hasNoForm(code)) return sendRefusal(the, compareRules, compared.refusal);
  // A rule that cannot count these ballots is the second where the first one can.
  const errors = errorsOf(compareRules, compared.refusal, language);
  const { text } = errors.summary[0] ?? { text: "" };
  return showForm(the, asked, { summary: [{ text, href: "#other" }], byField: { other: { text } } });
}

type Showing = { readonly language: Language; readonly file: FileShown; readonly compared: Compared };

function presentCompared({ language, file, compared }: Showing) {
  const words = resultWords(language);
  const { one, other, preferOne, preferOther, preferNeither } = compared;
  const within = (counted: Counted) => new Set(counted.funded.map(({ id }) => id));
  const [inOne, inOther] = [within(one), within(other)];
  const both = one.funded.filter(({ id }) => inOther.has(id)).length;
  const columns = {
    first: words("firstColumn", { rule: ruleName(one.choice, language) }),
    second: words("secondColumn", { rule: ruleName(other.choice, language) }),
  };
  return {
    r: words,
    madeUp: file.madeUp,
    rules: [
      { label: words("one"), text: ruleSaid(one.choice, language) },
      { label: words("other"), text: ruleSaid(other.choice, language) },
    ],
    prefer: words("prefer", {
      one: formatNumber(preferOne),
      other: formatNumber(preferOther),
      neither: formatNumber(preferNeither),
      all: formatNumber(one.voters),
    }),
    both: both === 0 ? words("bothNone") : words("both", { count: both }),
    figures: figuresTable({ one, other, language, columns }),
    projects: projectsTable({ one, other, language, columns, inOne, inOther }),
    links: [
      { text: words("openFirst"), href: electionPath(file.address, writeChoice(one.choice)) },
      { text: words("openSecond"), href: electionPath(file.address, writeChoice(other.choice)) },
    ],
  };
}

type Two = {
  readonly one: Counted;
  readonly other: Counted;
  readonly language: Language;
  readonly columns: { readonly first: string; readonly second: string };
};

function figuresTable({ one, other, language, columns }: Two) {
  const words = resultWords(language);
  const row = (label: string, figure: (counted: Counted) => string) => ({
    cells: [{ text: label }, { text: figure(one) }, { text: figure(other) }],
  });
  return {
    columns: [
      { label: words("figure"), numeric: false },
      { label: columns.first, numeric: true },
      { label: columns.second, numeric: true },
    ],
    rows: [
      row(words("projectsFunded"), ({ funded }) => formatNumber(funded.length)),
      row(words("moneySpent"), ({ cost, currency }) => formatAmount(cost, currency)),
      row(words("nothingFunded"), ({ votersByFunded }) => formatNumber(votersByFunded[0] ?? 0)),
    ],
  };
}

/** Those that either funds first, in the order of votes; the others as many as a page holds. */
const MOST_PROJECTS = 300;

function projectsTable(the: Two & { readonly inOne: ReadonlySet<string>; readonly inOther: ReadonlySet<string> }) {
  const { one, language, columns, inOne, inOther } = the;
  const words = resultWords(language);
  const said = (funded: boolean) => ({ text: funded ? words("fundedShort") : words("notFundedShort") });
  const all = [...one.funded, ...one.others].toSorted(
    (a, b) => Number(inEither(b.id)) - Number(inEither(a.id)) || b.votes - a.votes,
  );
  function inEither(id: string): boolean {
    return inOne.has(id) || inOther.has(id);
  }
  return {
    columns: [
      { label: words("project"), numeric: false },
      { label: withUnit(words("cost"), one.currency), numeric: true },
      { label: words("votes"), numeric: true },
      { label: columns.first, numeric: false },
      { label: columns.second, numeric: false },
    ],
    rows: all.slice(0, MOST_PROJECTS).map(({ id, name, cost, votes }) => ({
      cells: [
        { text: name },
        { text: bareAmount(cost) },
        { text: formatNumber(votes) },
        said(inOne.has(id)),
        said(inOther.has(id)),
      ],
    })),
  };
}
