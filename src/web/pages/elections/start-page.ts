/** Where an election is brought or opened: by anyone, without signing in. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  bringElection,
  type FileShown,
  formatAmount,
  listElections,
  showElection,
  writeChoice,
} from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { dropFile, readForm, takeFile } from "../../multipart-form.ts";
import { formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { pageOf, pagesModel, withQuery } from "../records/frame.ts";
import { BRING_RATE, ELECTIONS, type Exchange, electionPath, fileName } from "./frame.ts";
import { tablesWords } from "./tables-words.ts";
import { electionWords } from "./words.ts";

const MEBIBYTE = 1_048_576;
/** A little more than is taken, so that a file that is too large is told so in words. */
const READ_AT_MOST = { fileSize: 17 * MEBIBYTE };

export function registerStart(app: FastifyInstance): void {
  app.get(ELECTIONS, (request, reply) => showStart({ request, reply }, null));
  app.post(
    ELECTIONS,
    { preHandler: [readForm(READ_AT_MOST), app.csrfProtection], onResponse: dropFile, config: BRING_RATE },
    (request, reply) => bring({ request, reply }),
  );
}

async function showStart(the: Exchange, errors: FormErrors | null): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const listed = await ask(the.request, listElections, { input: {} });
  if (!listed.ok) return sendRefusal(the, listElections, listed.refusal);
  return sendPage(the, "pages/elections/start.njk", {
    top: {
      title: words("startTitle"),
      breadcrumbs: [{ text: words("elections") }],
      ...(errors !== null && { errors: errors.summary }),
    },
    status: errors === null ? 200 : 422,
    model: {
      w: words,
      title: words("startTitle"),
      ...(await publishedPage(the, { files: listed.value.elections, path: ELECTIONS })),
      token: await the.reply.generateCsrf(),
      action: ELECTIONS,
      next: "",
      tables: { text: tablesWords(language)("link"), href: `${ELECTIONS}/tables` },
      verifyHref: `${ELECTIONS}/verify`,
      errors: errors?.byField ?? {},
    },
  });
}

const ROWS = 25;

/** Of the published elections those of the page that is asked for, the newest first. */
export async function publishedPage(
  the: Exchange,
  { files, path }: { readonly files: readonly FileShown[]; readonly path: string },
) {
  const page = pageOf(the);
  const shown = files.slice((page - 1) * ROWS, page * ROWS);
  const listed = { page, pages: Math.max(1, Math.ceil(files.length / ROWS)), total: files.length };
  return {
    published: await publishedRows(the, shown),
    pages: files.length > ROWS ? pagesModel(listed, (number) => withQuery(path, { page: number })) : null,
  };
}

/** Each with what it is about and its figures. */
async function publishedRows(the: Exchange, files: readonly FileShown[]) {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const rows = [];
  for (const file of files) {
    const shown = await ask(the.request, showElection, { input: { address: file.address } });
    const election = shown.ok ? (shown.value.read?.election ?? null) : null;
    rows.push({
      title: fileName(file, language),
      href: electionPath(file.address),
      verifyHref: electionPath(file.address, "verify"),
      verifyText: words("verifyOf", { name: fileName(file, language) }),
      by: file.place === null ? null : words("publishedBy", { place: placeName(file.place, language) }),
      madeUp: file.madeUp,
      result:
        file.rule === null
          ? null
          : { text: words("openDecided"), href: electionPath(file.address, writeChoice(file.rule)) },
      facts:
        election === null
          ? null
          : words("facts", {
              projects: formatNumber(election.projects.length),
              voters: formatNumber(election.voters),
              budget: formatAmount(election.budget, election.currency),
            }),
    });
  }
  return rows;
}

export function placeName(place: NonNullable<FileShown["place"]>, language: Language): string {
  return language === "cy" ? (place.nameWelsh ?? place.name) : place.name;
}

async function bring(the: Exchange): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const sent = await takeFile(the.request);
  if ("fault" in sent) {
    const tooLarge = wordsOf(bringElection, { code: "file_too_large" }, language).text;
    const text = { no_file: words("noFile"), too_large: tooLarge, not_sent: words("notSent") }[sent.fault];
    return showStart(the, { summary: [{ text, href: "#file" }], byField: { file: { text } } });
  }
  const { name, bytes } = sent;
  const brought = await ask(the.request, bringElection, { input: { name, content: () => bytes } });
  if (!brought.ok) return showStart(the, errorsOf(bringElection, brought.refusal, language));
  const next = (the.request.body as Readonly<Record<string, unknown>> | undefined)?.["next"];
  return goTo(the, electionPath(brought.value.address, ...(next === "verify" ? ["verify"] : [])));
}
