/** The form for a payment that the host's own ledger has made: recorded whatever conditions and funds say. */
import { recordElsewhere } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { named, queryOf } from "../exchange.ts";
import { resolveWords } from "../words-resolve.ts";
import { baseOf, type Desk, dateField, faultsAt } from "./desk.ts";
import { dayValues, type FormField, type Item } from "./fields.ts";
import type { Prepared } from "./form.ts";
import { amountFields, faultsAtLines, lineFields, otherWay, paidOf } from "./lines.ts";
import { partnerItems } from "./open-records.ts";
import { groupField, groupOf, isCapital, kindField } from "./terms.ts";
import { recordOrPrepare } from "./two-people.ts";

export function elsewhereForm(desk: Desk): Prepared {
  const { the, visit, choices, inPot } = desk;
  const own = resolveWords(visit.language);
  const byLines = queryOf(the.request, "by") === "lines";
  return {
    ...baseOf(desk),
    title: own("elsewhereTitle"),
    lead: own("elsewhereLead"),
    other: otherWay({ language: visit.language, byLines, href: the.request.visit.address }),
    useCase: recordElsewhere,
    fieldOf: { ...faultsAt("paidOn"), ...faultsAtLines(byLines), pot_not_found: "commitmentId" },
    fields: elsewhereFields(desk, byLines),
    values: dayValues("paidOn", choices.reader.today),
    run: async (typed, requestKey) =>
      recordOrPrepare(the, {
        useCase: recordElsewhere,
        requestKey,
        input: {
          commitmentId: typed.maybe("commitmentId"),
          potId: inPot.pot.pot.potId,
          ...paidOf(typed),
          paidOn: typed.text("paidOn"),
          reference: typed.text("reference"),
          supplierId: typed.maybe("supplierId"),
          serviceId: typed.maybe("serviceId"),
          capital: isCapital(typed),
          subjectiveGroup: groupOf(typed),
        },
        done: ({ items, paymentId }) => {
          const open = items.reduce((sum, one) => sum + BigInt(one.amountPence), 0n);
          return { href: visit.to.trace(paymentId), notice: own("elsewhereDone", { amount: formatPounds(open) }) };
        },
      }),
  };
}

function elsewhereFields(desk: Desk, byLines: boolean): readonly FormField[] {
  const { visit, words, choices, inPot } = desk;
  const { language } = visit;
  const own = resolveWords(language);
  const commitments = inPot.commitments
    .filter((one) => !one.reversed)
    .map((one): Item => {
      const left = words("leftOf", { amount: formatPounds(one.amountPence - one.paidPence) });
      const service = named(language, [one.service, one.serviceWelsh]);
      return { value: one.commitmentId, text: `${one.supplier}: ${service}, ${one.reference} (${left})` };
    });
  const services = choices.place.services.map((one) => ({
    value: one.serviceId,
    text: named(language, [one.name, one.nameWelsh]),
  }));
  return [
    {
      kind: "select",
      name: "commitmentId",
      label: own("elsewhereCommitment"),
      items: [{ value: "", text: own("elsewhereNone") }, ...commitments],
      optional: true,
    },
    {
      kind: "select",
      name: "supplierId",
      label: words("supplier"),
      items: partnerItems(choices, { language, words }),
      optional: true,
    },
    {
      kind: "select",
      name: "serviceId",
      label: words("service"),
      items: [{ value: "", text: words("pickOne") }, ...services],
      optional: true,
    },
    ...amountFields(words, byLines),
    dateField(desk, { name: "paidOn", label: words("paidOn") }),
    { kind: "text", name: "reference", label: own("elsewhereReference") },
    kindField(own),
    groupField(language),
    ...lineFields(language, byLines),
  ];
}
