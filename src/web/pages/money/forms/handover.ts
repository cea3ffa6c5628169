/** The form by which a pot hands money that is not allocated to one of its parts, and a part hands it back. */
import type { FastifyInstance } from "fastify";
import { recordHandover } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { named } from "../exchange.ts";
import { baseOf, choosePage, type Desk, dateField, faultsAt, prepare, sharesField } from "./desk.ts";
import { dayValues, type Item } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { recordOrPrepare } from "./two-people.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

export function registerHandover(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/pots/:pot/handovers/new", prepare: (the) => prepare(the, handoverForm) });
}

function handoverForm(desk: Desk): Preparation {
  const { visit, inPot } = desk;
  const { pot, parts } = inPot.pot;
  const own = lifecycleWords(visit.language);
  const others = parts.filter(({ closedOn }) => closedOn === null);
  const items: readonly Item[] = others.map((one) => ({
    value: one.potId,
    text: named(visit.language, [one.name, one.nameWelsh]),
  }));
  if (pot.parentId !== null)
    return { form: formOf(desk, { items: [{ value: pot.parentId, text: own("handBack") }], toPotId: pot.parentId }) };
  const [only] = others;
  if (only === undefined) return choosePage(desk, { title: own("handover"), question: own("noParts"), choices: null });
  return { form: formOf(desk, { items, toPotId: others.length === 1 ? only.potId : "" }) };
}

type To = { readonly items: readonly Item[]; readonly toPotId: string };

function formOf(desk: Desk, { items, toPotId }: To): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  const { pot, streams, figures } = inPot.pot;
  const own = lifecycleWords(visit.language);
  const unallocated = streams.map((one) => ({
    id: one.streamId,
    name: named(visit.language, [one.stream, one.streamWelsh]),
    pence: one.unallocatedPence,
  }));
  return {
    ...baseOf(desk),
    title: own("handover"),
    lead: own("handoverLead", { amount: formatPounds(figures.unallocatedPence) }),
    points: [own("handoverStream"), own("handoverFigures")],
    useCase: recordHandover,
    fieldOf: {
      ...faultsAt("movedOn"),
      insufficient_funds_then: "movedOn",
      account_closed: "movedOn",
      pot_closed: "toPotId",
    },
    fields: [
      {
        kind: "select",
        name: "toPotId",
        label: own("toPot"),
        items: items.length === 1 ? items : [{ value: "", text: words("pickOne") }, ...items],
      },
      { kind: "money", name: "amountPence", label: words("amount") },
      dateField(desk, { name: "movedOn", label: own("movedOn") }),
      { kind: "text", name: "decidedBy", label: words("decidedBy") },
      { kind: "text", name: "power", label: words("power"), hint: words("powerHint") },
      { kind: "text", name: "reason", label: words("reason") },
      ...sharesField(words, unallocated),
    ],
    values: { ...dayValues("movedOn", choices.reader.today), toPotId },
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const input = {
        potId: pot.potId,
        toPotId: typed.text("toPotId"),
        amountPence,
        movedOn: typed.text("movedOn"),
        decidedBy: typed.text("decidedBy"),
        power: typed.text("power"),
        reason: typed.text("reason"),
        shares: typed.shares === null ? null : [...typed.shares],
      };
      const notice = own("handedOver", { amount: formatPounds(BigInt(amountPence)) });
      const done = () => ({ href: `${visit.to.pot(pot.slug)}#handovers`, notice });
      return recordOrPrepare(the, { useCase: recordHandover, requestKey, input, done });
    },
  };
}
