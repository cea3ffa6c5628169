/** What waits for a second person, and what became of the rest. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { ASKED_STATES } from "../../../approvals/index.ts";
import { formatMoment } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { choiceOf, named, pageNumber } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { cell, column, type MoneyTable, moneyCell, numeric } from "../money/tables.ts";
import { type Desk, deskOf, type Exchange, nameOf, topHere } from "./frame.ts";
import { readApprovals } from "./reading.ts";

type Read = ValueOf<typeof readApprovals>;

export function registerList(app: FastifyInstance): void {
  app.get("/places/:place/approvals", (request, reply) => show({ request, reply }));
}

async function show(the: Exchange): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { words, to, visit } = desk;
  const state = choiceOf(the.request, "state", ASKED_STATES) ?? "waiting";
  const page = pageNumber(the.request);
  const found = await ask(the.request, readApprovals, { place: visit.place, input: { state, page } });
  if (!found.ok) return sendRefusal(the, readApprovals, found.refusal);
  const { total, pages } = found.value;
  const at = (number: number) => to.list({ state: state === "waiting" ? null : state, page: number });
  const title = words(state === "waiting" ? "title" : state === "for_you" ? "for_you" : "allTitle");
  return sendPage(the, "pages/approvals/list.njk", {
    top: topHere(desk, { title, listed: false }),
    model: {
      w: words,
      title,
      states: ASKED_STATES.map((one) => ({
        text: one === "for_you" ? words("forYouCount", { count: found.value.forYou }) : words(one),
        href: to.list({ state: one === "waiting" ? null : one }),
        current: one === state,
      })),
      table: total === 0 ? null : tableOf(desk, found.value),
      emptyTitle: words(state === "waiting" ? "noneWaiting" : state === "for_you" ? "noneForYou" : "none"),
      limitsHref: to.limits,
      page,
      previous: page > 1 ? at(Math.min(page - 1, pages)) : null,
      next: page < pages ? at(page + 1) : null,
    },
  });
}

function tableOf({ words, visit, to }: Desk, { approvals, makers }: Read): MoneyTable {
  const { language } = visit;
  return {
    caption: words("allTitle"),
    columns: [
      column(words("what")),
      column(words("pot")),
      numeric(words("amount")),
      column(words("preparedBy")),
      column(words("prepared")),
      column(words("expires")),
      column(words("state")),
    ],
    rows: approvals.map((one) => ({
      cells: [
        cell(words(one.act), to.one(one.approvalId)),
        one.pot === null || one.potSlug === null
          ? cell("")
          : cell(named(language, [one.pot, one.potWelsh]), to.pot(one.potSlug)),
        moneyCell(one.amountPence),
        cell(nameOf(words, [one.preparedBy, makers])),
        cell(formatMoment(language, one.preparedAt)),
        cell(one.state === "waiting" ? formatMoment(language, one.expiresAt) : ""),
        cell(words(stateOf(one))),
      ],
    })),
  };
}

function stateOf(one: Read["approvals"][number]) {
  if (one.state !== "waiting") return one.state;
  return one.expired ? "expired" : one.forYou ? "for_you" : "waiting";
}
