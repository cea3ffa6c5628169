/** Where an election is brought from a spreadsheet: two CSV files, and what neither of them says. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { bringTablesOfElection } from "../../../decisions/index.ts";
import { dropFile, type FormFile, readForm, takeFiles } from "../../multipart-form.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, wordsOf } from "../../visit.ts";
import { BRING_RATE, crumbsTo, ELECTIONS, type Exchange, electionPath } from "./frame.ts";
import { tablesWords } from "./tables-words.ts";
import { electionWords } from "./words.ts";

const PATH = `${ELECTIONS}/tables`;
const FILES = ["projects", "ballots"] as const;
const VOTE_TYPES = ["approval", "choose-1", "cumulative", "ordinal", "scoring"] as const;
const READ_AT_MOST = { fileSize: 17 * 1_048_576, files: FILES.length };

export function registerTables(app: FastifyInstance): void {
  app.get(PATH, (request, reply) => showForm({ request, reply }, { fields: { currency: "GBP" }, errors: null }));
  app.post(
    PATH,
    { preHandler: [readForm(READ_AT_MOST), app.csrfProtection], onResponse: dropFile, config: BRING_RATE },
    (request, reply) => bring({ request, reply }),
  );
}

type Fields = Readonly<Record<string, string>>;
type Form = { readonly fields: Fields; readonly errors: FormErrors | null };

async function showForm(the: Exchange, { fields, errors }: Form): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = tablesWords(language);
  return sendPage(the, "pages/elections/tables.njk", {
    top: {
      title: words("title"),
      breadcrumbs: crumbsTo(language, [{ text: words("title") }]),
      ...(errors !== null && { errors: errors.summary }),
    },
    status: errors === null ? 200 : 422,
    model: {
      s: words,
      title: words("title"),
      action: PATH,
      token: await the.reply.generateCsrf(),
      forgotten: electionWords(language)("forgotten"),
      bring: electionWords(language)("bring"),
      fields,
      errors: errors?.byField ?? {},
      voteTypes: VOTE_TYPES.map((value) => ({
        value,
        text: electionWords(language)(`vote_${value}`),
        checked: fields["voteType"] === value,
      })),
    },
  });
}

async function bring(the: Exchange): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const files = await takeFiles(the.request);
  const sent = (the.request.body ?? {}) as Fields;
  const fields = { title: "", budget: "", currency: "", voteType: "", ...sent };
  const { title, budget, currency, voteType } = fields;
  const content = (name: (typeof FILES)[number]) => {
    const file = files.get(name);
    return () => (file !== undefined && "bytes" in file ? file.bytes : Buffer.alloc(0));
  };
  const input = { title, budget, currency, voteType, projects: content("projects"), ballots: content("ballots") };
  const missing = FILES.flatMap((name) => {
    const fault = faultOf(files.get(name));
    if (fault === null) return [];
    const tooLarge = wordsOf(bringTablesOfElection, { code: "file_too_large" }, language).text;
    const text = { no_file: tablesWords(language)(`no_${name}`), too_large: tooLarge, not_sent: words("notSent") }[
      fault
    ];
    return [{ text, name }];
  });
  if (missing.length > 0) {
    return showForm(the, {
      fields,
      errors: {
        summary: missing.map(({ text, name }) => ({ text, href: `#${name}` })),
        byField: Object.fromEntries(missing.map(({ text, name }) => [name, { text }])),
      },
    });
  }
  const brought = await ask(the.request, bringTablesOfElection, { input: input as never });
  if (!brought.ok) return showForm(the, { fields, errors: errorsOf(bringTablesOfElection, brought.refusal, language) });
  return goTo(the, electionPath(brought.value.address));
}

function faultOf(file: FormFile | undefined): "no_file" | "too_large" | "not_sent" | null {
  if (file === undefined) return "no_file";
  return "fault" in file ? file.fault : null;
}
