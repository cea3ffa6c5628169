/** The forms by which money is given back: a credit note (credit-note.ts), a pre-commitment let go, and all that has expired at once. */
import type { FastifyInstance } from "fastify";
import {
  expireCommitments,
  listCommitments,
  listPrecommitments,
  releasePrecommitment,
} from "../../../../ledger/index.ts";
import type { Day } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept } from "../../../../lib/result.ts";
import { formatDay } from "../../../shell/formats.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { readPages } from "../all-pages.ts";
import { type Exchange, named, parameterOf, type Visit, visitOf } from "../exchange.ts";
import type { Commitment, Precommitment } from "../reading.ts";
import { readChoices } from "../reading-choices.ts";
import { moneyWords } from "../words.ts";
import { bankWords } from "../words-bank.ts";
import { creditForm } from "./credit-note.ts";
import { type Preparation, registerForm } from "./form.ts";
import { nothingPage } from "./nothing.ts";
import { recordOrPrepare } from "./two-people.ts";
import { formWords } from "./words.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

const MOST_PAGES = 20;
/** So many are named before the form; the rest are counted. */
const NAMED = 20;

export function registerEnds(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/trace/:record/credit-note", prepare: creditForm });
  registerForm(app, { path: "/places/:place/precommitments/:precommitmentId/release", prepare: letGoForm });
  registerForm(app, { path: "/places/:place/commitments/expire", prepare: expireForm });
}

/** The pre-commitment of the address, as it is listed: open, or as it ended. */
async function findListed(the: Exchange, visit: Visit) {
  const id = parameterOf(the.request, "precommitmentId");
  const { place } = visit;
  const read = await readPages(MOST_PAGES, (page) => ask(the.request, listPrecommitments, { place, input: { page } }));
  if (!read.ok) return read;
  const listed = read.value.flatMap((page) => page.precommitments);
  return accept(listed.find(({ precommitmentId }) => precommitmentId === id) ?? null);
}

async function letGoForm(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
  const { language, place, to } = visit;
  const words = formWords(language);
  const own = lifecycleWords(language);
  // What only those who may record see: the refusal of the use case itself, before anything is shown.
  const choices = await ask(the.request, readChoices, { place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const found = await findListed(the, visit);
  if (!found.ok) return { page: sendRefusal(the, listPrecommitments, found.refusal) };
  const one = found.value;
  if (one === null) return { page: sendRefusal(the, releasePrecommitment, { code: "precommitment_not_found" }) };
  if (one.state !== "open" && the.request.method !== "POST")
    return { page: sendRefusal(the, releasePrecommitment, { code: "precommitment_ended" }) };
  const list = to.precommitments({ pot: one.potSlug });
  const amount = formatPounds(one.amountPence);
  return {
    form: {
      title: own("letGo"),
      caption: one.pot,
      lead: own("letGoLead", { amount, words: one.words, allocation: one.allocation }),
      points: [own("letGoPoint")],
      submit: own("expireNow"),
      crumbs: [{ text: bankWords(language)("precommitments"), href: list }],
      cancelHref: list,
      useCase: releasePrecommitment,
      fields: [{ kind: "text", name: "reason", label: words("reason") }],
      values: {},
      run: async (typed, requestKey) => {
        const input = { precommitmentId: one.precommitmentId, reason: typed.text("reason") };
        const done = await ask(the.request, releasePrecommitment, { place, requestKey, input });
        return done.ok ? accept({ href: list, notice: own("letGoDone", { amount }) }) : done;
      },
    },
  };
}

type Due = { readonly commitments: readonly Commitment[]; readonly precommitments: readonly Precommitment[] };

/** What still holds money after its last day. */
async function readDue(the: Exchange, today: Day) {
  const { place } = visitOf(the.request);
  const over = (endsOn: string | null) => endsOn !== null && endsOn < today;
  const orders = await readPages(MOST_PAGES, (page) => ask(the.request, listCommitments, { place, input: { page } }));
  if (!orders.ok) return orders;
  const set = await readPages(MOST_PAGES, (page) =>
    ask(the.request, listPrecommitments, { place, input: { open: true, page } }),
  );
  if (!set.ok) return set;
  const commitments = orders.value
    .flatMap((page) => page.commitments)
    .filter((one) => !one.reversed && over(one.endsOn) && one.amountPence > one.paidPence);
  const precommitments = set.value.flatMap((page) => page.precommitments).filter(({ endsOn }) => over(endsOn));
  return accept<Due>({ commitments, precommitments });
}

function pointsOf({ commitments, precommitments }: Due, { language }: Visit): readonly string[] {
  const own = lifecycleWords(language);
  const inBook = (book: "real" | "shadow", text: string) => (book === "shadow" ? own("shadowPrefix", { text }) : text);
  const day = (endsOn: string | null) => formatDay(language, (endsOn ?? "") as Day);
  const lines = [
    ...commitments.map((one) => {
      const amount = formatPounds(one.amountPence - one.paidPence);
      const service = named(language, [one.service, one.serviceWelsh]);
      const { supplier } = one;
      return inBook(one.book, own("expireCommitment", { supplier, service, day: day(one.endsOn), amount }));
    }),
    ...precommitments.map((one) => {
      const amount = formatPounds(one.amountPence);
      return inBook(one.book, own("expirePrecommitment", { words: one.words, day: day(one.endsOn), amount }));
    }),
  ];
  const count = lines.length - NAMED;
  return count <= 0 ? lines : [...lines.slice(0, NAMED), own("expireMore", { count })];
}

async function expireForm(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
  const { language, place, to } = visit;
  const words = formWords(language);
  const own = lifecycleWords(language);
  const choices = await ask(the.request, readChoices, { place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const found = await readDue(the, choices.value.reader.today);
  if (!found.ok) return { page: sendRefusal(the, listCommitments, found.refusal) };
  const points = pointsOf(found.value, visit);
  // A form that was sent twice finds all released already: its own key then gives the first answer again.
  if (points.length === 0 && the.request.method !== "POST")
    return { page: nothingPage(the, { title: own("expireNothing"), text: own("expireNothingText"), status: 200 }) };
  const real = found.value.commitments.some(({ book }) => book === "real");
  return {
    form: {
      title: own("expire"),
      lead: own("expireLead"),
      points,
      twoPeople: real,
      submit: real ? words("prepare") : own("expireNow"),
      crumbs: [{ text: moneyWords(language)("commitments"), href: to.commitments() }],
      cancelHref: to.room,
      useCase: expireCommitments,
      fields: [{ kind: "text", name: "reason", label: words("reason") }],
      values: { reason: own("expireReason") },
      run: async (typed, requestKey) => {
        const input = { reason: typed.text("reason") };
        const done = () => ({ href: to.commitments(), notice: own("expireDone") });
        return recordOrPrepare(the, { useCase: expireCommitments, requestKey, input, done });
      },
    },
  };
}
