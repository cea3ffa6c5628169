/** The first page of the money room: what is spent here, the pots and the streams, and where to follow the pound from. */
import type { FastifyInstance } from "fastify";
import type { Day } from "../../../lib/day.ts";
import { formatPounds } from "../../../lib/pence.ts";
import { formatDay, formatMoney, formatMonth, formatNumber } from "../../shell/formats.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { withQuery } from "./addresses.ts";
import { visitOf } from "./exchange.ts";
import { potsTable } from "./pots.ts";
import { readRoom } from "./reading.ts";
import { moneyWords } from "./words.ts";
import { bankWords } from "./words-bank.ts";
import { resolveWords } from "./words-resolve.ts";

export function registerRoom(app: FastifyInstance): void {
  app.get("/places/:place/money", async (request, reply) => {
    const the = { request, reply };
    const visit = visitOf(request);
    const { language, to } = visit;
    const words = moneyWords(language);
    const bank = bankWords(language);
    const found = await ask(request, readRoom, { place: visit.place, input: {} });
    if (!found.ok) return sendRefusal(the, readRoom, found.refusal);
    const { reader, pots, streams, spending, waiting, precommitments } = found.value;
    const day = formatDay(language, pots.asAt as Day);
    const title = words("money");
    const months = { from: formatMonth(language, spending.from), to: formatMonth(language, spending.to) };
    const counts = { lines: formatNumber(spending.lines), suppliers: formatNumber(spending.suppliers) };
    return sendPage(the, "pages/money/room.njk", {
      top: {
        title,
        place: visit.place,
        room: "money",
        breadcrumbs: [{ text: words("overview"), href: to.overview }, { text: title }],
      },
      model: {
        w: words,
        title,
        to,
        reader,
        approvals:
          waiting === null ? null : waiting === 0 ? words("roomWaitingNone") : words("roomWaiting", { count: waiting }),
        setAside:
          precommitments === null ? bank("seePrecommitments") : bank("openPrecommitments", { count: precommitments }),
        expire: bank("expire"),
        seeResolve: resolveWords(language)("seeResolve"),
        day,
        source: words("sourceLedger", { day }),
        spending:
          spending.lines === 0
            ? null
            : {
                label: words("roomSpendingFigure", months),
                value: formatMoney(spending.totalPence, "short"),
                exact: formatPounds(spending.totalPence),
                compare: words("roomSpendingCount", { count: spending.lines, ...counts }),
                source: words("sourceSpending"),
                href: withQuery(to.spending, { from: spending.from, to: spending.to }),
                linkText: words("roomSpendingOpen"),
              },
        real: potsTable(pots, { language, to, book: "real" }),
        shadow: potsTable(pots, { language, to, book: "shadow" }),
        streamsLead: streams.length === 0 ? null : words("roomStreamsLead", { count: streams.length }),
        traceAction: `/places/${visit.place}/trace`,
      },
    });
  });
}
