/** A year end on one page: what is left in each pot and under which rule, each open commitment decided, and the end itself. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { checkPeriod, endYear, showYear } from "../../../ledger/index.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { newId } from "../../../platform/ids.ts";
import { formatMoment } from "../../shell/formats.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { choiceOf, type Exchange, parameterOf } from "../money/exchange.ts";
import { keyOf } from "../money/forms/form.ts";
import { recordOrPrepare } from "../money/forms/two-people.ts";
import { cell, column, moneyCell, numeric } from "../money/tables.ts";
import { type Book, closeTop, type Setting, settingOf, yearAddress } from "./frame.ts";
import type { ValueOf } from "./reading.ts";
import { explainedIn, fieldsOf, stopsOf, type Values } from "./stops.ts";

type Read = ValueOf<typeof showYear>;
const PATH = "/places/:place/close/:year/end";

export function registerYearEnd(app: FastifyInstance): void {
  app.get(PATH, (request, reply) => show({ request, reply }, { errors: null, values: {} }));
  app.post(PATH, { preHandler: app.csrfProtection }, (request, reply) => end({ request, reply }));
}

function askedOf({ request }: Exchange): { readonly year: string; readonly book: Book } {
  const year = parameterOf(request, "year").slice(0, 40);
  return { year, book: choiceOf(request, "book", ["real", "shadow"]) ?? "real" };
}

type Sent = { readonly errors: FormErrors | null; readonly values: Values };

async function show(the: Exchange, { errors, values }: Sent): Promise<FastifyReply> {
  const setting = settingOf(the.request);
  const { visit, words } = setting;
  const asked = askedOf(the);
  const found = await ask(the.request, showYear, { place: visit.place, input: asked });
  if (!found.ok && found.refusal.code === "input_not_valid") return the.reply.callNotFound() as never;
  if (!found.ok) return sendRefusal(the, showYear, found.refusal);
  const read = found.value;
  const period = `${read.year}/13`;
  const checklist = await ask(the.request, checkPeriod, { place: visit.place, input: { period, book: asked.book } });
  return sendPage(the, "pages/close/year-end.njk", {
    top: closeTop(setting, {
      title: words("yearEndTitle", { year: read.year }),
      crumbs: [{ text: read.year, href: yearAddress(visit.place, read.year) }, { text: words("yearEnd") }],
      ...(errors && { errors: errors.summary.map(({ text }) => ({ text, href: "#ending" })) }),
    }),
    model: {
      c: words,
      year: read.year,
      requestKey: newId(),
      shadow: asked.book === "shadow",
      action: `/places/${visit.place}/close/${read.year}/end${asked.book === "shadow" ? "?book=shadow" : ""}`,
      ended:
        read.ended === null
          ? null
          : [
              { label: words("hash"), text: read.ended.hash },
              { label: words("closedAt"), text: formatMoment(visit.language, new Date(read.ended.madeAt)) },
              { label: words("entries"), text: String(read.ended.entries) },
            ],
      pots: read.pots.length === 0 ? null : potsTable(read, setting),
      commitments: read.commitments.map((one) => ({
        id: one.commitmentId,
        text: one.reference === "" ? one.words : `${one.words} (${one.reference})`,
        left: formatPounds(one.leftPence),
        chosen: values[`commitment_${one.commitmentId}`] ?? "",
      })),
      stops: checklist.ok ? stopsOf(checklist.value.items, { words, values }) : [],
    },
    status: errors === null ? 200 : 400,
  });
}

function potsTable(read: Read, { visit, words }: Setting) {
  return {
    caption: words("yearLeft"),
    columns: [
      column(words("pot")),
      column(words("stream")),
      column(words("rule")),
      numeric(words("notAllocated")),
      numeric(words("notCommitted")),
      numeric(words("committed")),
      numeric(words("paid")),
    ],
    rows: read.pots.map((one) => ({
      cells: [
        cell(one.pot, visit.to.pot(one.potSlug)),
        cell(one.stream),
        cell(words(one.rule)),
        moneyCell(one.potPence),
        moneyCell(one.allocationPence),
        moneyCell(one.commitmentPence),
        moneyCell(one.paidPence),
      ],
    })),
  };
}

async function end(the: Exchange): Promise<FastifyReply> {
  const { visit, words } = settingOf(the.request);
  const asked = askedOf(the);
  const values = fieldsOf(the);
  const commitments = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith("commitment_") && (value === "carry" || value === "release")
      ? [{ commitmentId: name.slice("commitment_".length), decision: value } as const]
      : [],
  );
  const done = await recordOrPrepare(the, {
    useCase: endYear,
    requestKey: keyOf(the.request.body),
    input: { ...asked, commitments, explained: explainedIn(values) },
    done: ({ carriedPence, returnedPence }) => {
      const amounts = { carried: formatPounds(carriedPence), returned: formatPounds(returnedPence) };
      return { href: the.request.visit.address, notice: words("yearEnded", amounts) };
    },
  });
  if (done.ok) return goTo(the, done.value.href, done.value.notice);
  if (["not_allowed", "place_not_found", "another_area"].includes(done.refusal.code))
    return sendRefusal(the, endYear, done.refusal);
  return show(the, { errors: errorsOf(endYear, done.refusal, visit.language), values });
}
