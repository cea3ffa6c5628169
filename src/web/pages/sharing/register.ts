/** The register of a place's information-sharing agreements: those in force for anyone, the others for people who work under them. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { purposeName, REGISTER_STATES } from "../../../sharing/index.ts";
import { formatDay } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { fileLinks } from "../money/addresses.ts";
import { choiceOf, named, pageNumber } from "../money/exchange.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import type { ValueOf } from "../money/reading.ts";
import { cell, column, dayCell, type MoneyTable } from "../money/tables.ts";
import { type Desk, deskOf, type Exchange, topHere } from "./frame.ts";
import { readRegister } from "./reading.ts";

type Read = ValueOf<typeof readRegister>;
type One = Read["agreements"][number];

export const TONES = { in_force: "green", to_start: "teal", unsigned: "yellow", past: "grey", ended: "grey" } as const;

export function registerRegister(app: FastifyInstance): void {
  app.get("/places/:place/sharing", { config: EXPORT_LIMIT }, (request, reply) => show({ request, reply }));
}

async function show(the: Exchange): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { words, to, visit } = desk;
  const asked = choiceOf(the.request, "state", REGISTER_STATES) ?? "in_force";
  const page = pageNumber(the.request);
  const found = await ask(the.request, readRegister, { place: visit.place, input: { state: asked, page } });
  if (!found.ok) return sendRefusal(the, readRegister, found.refusal);
  const { total, pages, readsAll, mayPrepare, mayReadViews, agreements } = found.value;
  const state = readsAll ? asked : "in_force";
  const format = askedFormat(the);
  if (format !== null) return sendTable(the, { format, table: fileOf(desk, agreements) });
  const query = { state: state === "in_force" ? null : state };
  const at = (number: number) => to.list({ ...query, page: number });
  const top = await topHere(desk, { title: words("title"), listed: false });
  if (top === null) return the.reply;
  return sendPage(the, "pages/sharing/register.njk", {
    top,
    model: {
      w: words,
      states: readsAll
        ? REGISTER_STATES.map((one) => ({
            text: words(one),
            href: to.list({ state: one === "in_force" ? null : one }),
            current: one === state,
          }))
        : [],
      table: total === 0 ? null : tableOf(desk, agreements),
      empty: { title: words(state === "in_force" ? "noneTitle" : "noneOther"), text: emptyText(desk, state) },
      prepareHref: mayPrepare ? to.prepare() : null,
      viewsHref: mayReadViews ? to.views() : null,
      ...fileLinks(to.list(), { ...query, page: page === 1 ? null : page }),
      page,
      previous: page > 1 ? at(Math.min(page - 1, pages)) : null,
      next: page < pages ? at(page + 1) : null,
    },
  });
}

const emptyText = ({ words }: Desk, state: string) => words(state === "in_force" ? "noneText" : "noneOtherText");

/** Purposes begin with a small letter, so that they can stand in a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const partnersOf = ({ visit }: Desk, parties: One["parties"]) =>
  parties.map((one) => named(visit.language, [one.name, one.nameWelsh])).join(", ");

function tableOf(desk: Desk, agreements: Read["agreements"]): MoneyTable {
  const { words, visit, to } = desk;
  const { language } = visit;
  return {
    caption: words("title"),
    columns: [
      column(words("agreement")),
      column(words("purposes")),
      column(words("parties")),
      column(words("gateway")),
      column(words("days")),
      column(words("review")),
      column(words("state")),
    ],
    rows: agreements.map((one) => ({
      cells: [
        {
          ...cell(`${one.number}. ${named(language, [one.title, one.titleWelsh])}`, to.one(one.agreementId)),
          ...(one.madeUp && { note: words("madeUp") }),
        },
        cell(capital(one.purposes.map((purpose) => purposeName(purpose, language)).join("; "))),
        cell(partnersOf(desk, one.parties)),
        cell(one.gateway),
        cell(daysOf(desk, one)),
        dayCell(language, one.reviewOn),
        stateCell(desk, one),
      ],
    })),
  };
}

function stateCell({ words }: Desk, { state, reviewOverdue }: One) {
  const said = cell(words(`state_${state}`));
  return reviewOverdue ? { ...said, note: words("overdue") } : { ...said, tag: TONES[state] };
}

function daysOf({ words, visit }: Desk, { startsOn, endsOn }: One): string {
  // A day is not broken over two lines.
  const day = (one: string) => formatDay(visit.language, one as Day).replaceAll(" ", "\u00a0");
  return words("dayToDay", { from: day(startsOn), to: day(endsOn) });
}

const FILE_COLUMNS = [
  "number",
  "agreement_id",
  "title",
  "title_welsh",
  "state",
  "purposes",
  "senders",
  "receivers",
  "gateway",
  "starts_on",
  "review_on",
  "ends_on",
  "made_up",
] as const;

function fileOf({ visit, words }: Desk, agreements: Read["agreements"]) {
  const days = ["starts_on", "review_on", "ends_on"];
  return {
    name: `${visit.place}-information-sharing`,
    sheet: words("title").slice(0, 31),
    columns: FILE_COLUMNS.map((name) => ({
      name,
      type: name === "number" ? ("number" as const) : days.includes(name) ? ("day" as const) : ("text" as const),
    })),
    rows: agreements.map((one) => [
      one.number,
      one.agreementId,
      one.title,
      one.titleWelsh ?? "",
      one.state,
      one.purposes.join("; "),
      namesWhere(one, "sends"),
      namesWhere(one, "receives"),
      one.gateway,
      one.startsOn,
      one.reviewOn,
      one.endsOn,
      one.madeUp ? "yes" : "no",
    ]),
  };
}

const namesWhere = ({ parties }: One, does: "sends" | "receives") =>
  parties
    .filter((party) => party[does])
    .map(({ name }) => name)
    .join("; ");
