/** What the pages of an election share: their addresses, the way to them, and the page on which somebody waits for work. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { electionRefusals, type FileShown, type WorkShown } from "../../../decisions/index.ts";
import type { Language } from "../../../lib/language.ts";
import { formatNumber } from "../../shell/formats.ts";
import { sendPage, wordsOf } from "../../visit.ts";
import { electionWords } from "./words.ts";

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export const ELECTIONS = "/elections";
/** How often each address may bring a file, or ask for a count. */
export const BRING_RATE = { rateLimit: { max: 10, timeWindow: 60_000 } };
export const ASK_RATE = { rateLimit: { max: 30, timeWindow: 60_000 } };

/** How often each address may look at a result, or wait for one: one look a second, and room for reading. */
export const LOOK_RATE = { rateLimit: { max: 180, timeWindow: 60_000 } };

export function electionPath(address: string, ...rest: readonly string[]): string {
  return [ELECTIONS, address, ...rest.map(encodeURIComponent)].join("/");
}

export function paramsOf<const Names extends string>(request: FastifyRequest): Readonly<Record<Names, string>> {
  return request.params as Readonly<Record<Names, string>>;
}

/** What a page calls the file: its title where a place published it, else its own name. */
export function fileName(file: FileShown, language: Language): string {
  if (file.title === null) return file.name;
  return language === "cy" ? (file.titleWelsh ?? file.title) : file.title;
}

/** The unit in a heading, so that the cells have the bare figures. */
export function withUnit(heading: string, currency: string | null): string {
  return currency === null ? heading : `${heading} (${currency === "GBP" ? "£" : currency})`;
}

/** Whether a refusal is of the file itself, so that there is no form to show it on. */
export function hasNoForm(code: string): boolean {
  return code === "election_not_found" || code === "file_not_countable" || code === "not_read_yet";
}

type Crumb = { readonly text: string; readonly href?: string };

export function crumbsTo(language: Language, at: readonly Crumb[]): readonly Crumb[] {
  return [{ text: electionWords(language)("elections"), href: ELECTIONS }, ...at];
}

type Titles = "waitingTitle" | "countingTitle" | "comparingTitle" | "provingTitle";

/** Quick work is seen at once; on long work whoever reads or presses is interrupted less often. */
function secondsToNextLook({ askedAt }: WorkShown, now: Date): number {
  const waited = now.getTime() - new Date(askedAt).getTime();
  return waited < 5000 ? 1 : waited < 30_000 ? 3 : 6;
}

/** The browser itself asks again: it needs no script, and leaving the page ends it. */
export async function sendWaiting(
  the: Exchange,
  { file, work, title }: { readonly file: FileShown; readonly work: WorkShown; readonly title: Titles },
): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const seconds = secondsToNextLook(work, the.request.visit.web.house.now());
  the.reply.header("refresh", String(seconds));
  const { part = "", percent = null, raises = 0 } = work.progress ?? {};
  const known = part === "reading" || part === "counting" || part === "proving" ? part : "";
  return sendElectionPage(the, {
    template: "waiting",
    title: words(title, { name: fileName(file, language) }),
    above: [],
    model: {
      lead: words("waitingLead", { count: seconds }),
      stop:
        file.forgetAt === null
          ? null
          : {
              action: electionPath(file.address, "stop"),
              token: await the.reply.generateCsrf(),
              work: work.key,
              text: words("stop"),
            },
      percent,
      doing: words(`part_${known}`),
      raised: raises > 0 ? words("raises", { number: formatNumber(raises) }) : null,
    },
  });
}

/** Work that was refused or failed: why, and back to the form. */
export async function sendStopped(
  the: Exchange,
  { file, work, back }: { readonly file: FileShown; readonly work: WorkShown; readonly back: string },
): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const words = electionWords(language);
  const { refusal } = work;
  const known = refusal !== null && refusal.code in electionRefusals;
  const asked = work.state === "stopped";
  const reason = known ? wordsOf({ refusals: electionRefusals }, refusal, language).text : words("failed");
  return sendElectionPage(the, {
    template: "stopped",
    title: words(asked ? "stoppedAsAsked" : "stoppedTitle"),
    above: [{ text: fileName(file, language), href: electionPath(file.address) }],
    status: asked ? 200 : known ? 422 : 500,
    model: {
      text: asked ? words("nothingKept") : reason,
      back: { text: words("again"), href: back },
    },
  });
}

type Page = {
  readonly template: string;
  readonly title: string;
  /** Between the list of elections and the page. */
  readonly above: readonly Crumb[];
  readonly model: object;
  readonly status?: number;
  readonly errors?: readonly { readonly text: string; readonly href?: string }[];
};

/** No page of a file is for a search engine, and none says its address to another site. */
export async function sendElectionPage(the: Exchange, page: Page): Promise<FastifyReply> {
  const { language } = the.request.visit;
  the.reply.header("x-robots-tag", "noindex");
  return sendPage(the, `pages/elections/${page.template}.njk`, {
    top: {
      title: page.title,
      breadcrumbs: crumbsTo(language, [...page.above, { text: page.title }]),
      ...(page.errors !== undefined && page.errors.length > 0 && { errors: page.errors }),
    },
    model: { w: electionWords(language), title: page.title, ...page.model },
    ...(page.status !== undefined && { status: page.status }),
  });
}
