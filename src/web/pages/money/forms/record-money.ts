/** The forms for contributions, allocations and commitments. Each ends at its record's own line of the pound. */
import type { FastifyInstance } from "fastify";
import { recordAllocation, recordCommitment, recordContribution } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { named, queryOf } from "../exchange.ts";
import { resolveWords } from "../words-resolve.ts";
import {
  accountsOf,
  baseOf,
  choosePage,
  type Desk,
  dateField,
  faultsAt,
  lateField,
  lateOf,
  prepare,
  sharesField,
} from "./desk.ts";
import { dayValues, type FormField, type Item } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { partnerItems } from "./open-records.ts";
import { elsewhereForm } from "./record-elsewhere.ts";
import { paymentForm } from "./record-payment.ts";
import { planFields, stagesOf } from "./stages.ts";
import { groupField, groupOf, isCapital, kindField } from "./terms.ts";
import { recordOrPrepare } from "./two-people.ts";

export function registerRecordings(app: FastifyInstance): void {
  const at = (kind: string) => `/places/:place/pots/:pot/${kind}/new`;
  registerForm(app, {
    path: at("contributions"),
    prepare: (the) => prepare(the, (desk) => ({ form: contributionForm(desk) })),
  });
  registerForm(app, {
    path: at("allocations"),
    prepare: (the) => prepare(the, (desk) => ({ form: allocationForm(desk) })),
  });
  registerForm(app, { path: at("commitments"), prepare: (the) => prepare(the, commitmentForm) });
  registerForm(app, { path: at("payments"), prepare: (the) => prepare(the, paymentForm) });
  registerForm(app, {
    path: at("elsewhere"),
    prepare: (the) => prepare(the, (desk) => ({ form: elsewhereForm(desk) })),
  });
}

function contributionForm(desk: Desk): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  const { pot } = inPot.pot;
  const items = choices.streams.flatMap((one): Item[] => {
    const left = one.amountPence - (pot.book === "real" ? one.realGivenPence : one.shadowGivenPence);
    const stream = named(visit.language, [one.name, one.nameWelsh]);
    return left > 0n
      ? [{ value: one.streamId, text: words("streamLeft", { stream, amount: formatPounds(left) }) }]
      : [];
  });
  return {
    ...baseOf(desk),
    title: words("contribution"),
    lead: words("contributionLead"),
    useCase: recordContribution,
    fieldOf: faultsAt("madeOn"),
    fields: [
      {
        kind: "select",
        name: "streamId",
        label: words("stream"),
        items: [{ value: "", text: words("pickOne") }, ...items],
      },
      { kind: "money", name: "amountPence", label: words("amount") },
      dateField(desk, { name: "madeOn", label: words("madeOn") }),
      lateField(words),
      { kind: "text", name: "reference", label: words("reference"), optional: true },
    ],
    values: { ...dayValues("madeOn", choices.reader.today), streamId: queryOf(the.request, "stream") ?? "" },
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const notice = words("contributionDone", { amount: formatPounds(BigInt(amountPence)) });
      return recordOrPrepare(the, {
        useCase: recordContribution,
        requestKey,
        input: {
          streamId: typed.text("streamId"),
          potId: pot.potId,
          amountPence,
          madeOn: typed.text("madeOn"),
          ...lateOf(typed),
          reference: typed.text("reference"),
        },
        done: (made) => ({ href: visit.to.trace(made.contributionId), notice }),
      });
    },
  };
}

function allocationForm(desk: Desk): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  return {
    ...baseOf(desk),
    title: words("allocation"),
    lead: words("allocationLead", { amount: formatPounds(inPot.pot.figures.unallocatedPence) }),
    useCase: recordAllocation,
    fieldOf: faultsAt("decidedOn"),
    fields: allocationFields(desk),
    values: dayValues("decidedOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const notice = words("allocationDone", { amount: formatPounds(BigInt(amountPence)) });
      return recordOrPrepare(the, {
        useCase: recordAllocation,
        requestKey,
        input: {
          potId: inPot.pot.pot.potId,
          name: typed.text("name"),
          nameWelsh: typed.maybe("nameWelsh"),
          purpose: typed.text("purpose"),
          themeId: typed.maybe("themeId"),
          amountPence,
          decidedBy: typed.text("decidedBy"),
          decidedOn: typed.text("decidedOn"),
          ...lateOf(typed),
          power: typed.text("power"),
          capital: typed.ticked("capital"),
          shares: typed.shares === null ? null : [...typed.shares],
        },
        done: (made) => ({ href: visit.to.trace(made.allocationId), notice }),
      });
    },
  };
}

function allocationFields(desk: Desk): readonly FormField[] {
  const { visit, words, choices, inPot } = desk;
  const themes = choices.place.themes.map((one) => ({
    value: one.themeId,
    text: named(visit.language, [one.name, one.nameWelsh]),
  }));
  const streams = inPot.pot.streams.map((one) => ({
    id: one.streamId,
    name: named(visit.language, [one.stream, one.streamWelsh]),
    pence: one.unallocatedPence,
  }));
  return [
    { kind: "text", name: "name", label: words("allocationName") },
    { kind: "text", name: "nameWelsh", label: words("nameWelsh"), optional: true },
    { kind: "money", name: "amountPence", label: words("amount") },
    { kind: "text", name: "decidedBy", label: words("decidedBy") },
    dateField(desk, { name: "decidedOn", label: words("decidedOn") }),
    lateField(words),
    { kind: "text", name: "power", label: words("power"), hint: words("powerHint") },
    {
      kind: "select",
      name: "themeId",
      label: words("theme"),
      items: [{ value: "", text: words("none") }, ...themes],
      optional: true,
    },
    { kind: "text", name: "purpose", label: words("minute"), optional: true },
    { kind: "tick", name: "capital", label: resolveWords(visit.language)("capitalMoney") },
    ...sharesField(words, streams),
  ];
}

function commitmentForm(desk: Desk): Preparation {
  const { the, visit, words, choices, inPot } = desk;
  const live = inPot.pot.allocations.filter((one) => !one.reversed && one.amountPence > one.committedPence);
  const from = live.find(({ allocationId }) => allocationId === queryOf(the.request, "allocation"));
  if (from === undefined) {
    const list = live.map((one) => ({
      text: named(visit.language, [one.name, one.nameWelsh]),
      left: words("leftOf", { amount: formatPounds(one.amountPence - one.committedPence) }),
      href: visit.to.newRecord(inPot.pot.pot.slug, "commitments", { allocation: one.allocationId }),
    }));
    return choosePage(desk, { title: words("commitment"), question: words("chooseAllocation"), choices: list });
  }
  const { allocationId } = from;
  const form: Prepared = {
    ...baseOf(desk),
    title: words("commitment"),
    lead: words("commitmentLead", {
      allocation: named(visit.language, [from.name, from.nameWelsh]),
      amount: formatPounds(from.amountPence - from.committedPence),
    }),
    useCase: recordCommitment,
    fieldOf: { ...faultsAt("committedOn"), stages: "stage1-amount" },
    fields: commitmentFields(desk, allocationId),
    values: dayValues("committedOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const kind = (["award", "order", "grant"] as const).find((one) => one === typed.text("kind")) ?? "order";
      const notice = words("commitmentDone", { amount: formatPounds(BigInt(amountPence)) });
      const stages = stagesOf(typed, desk);
      if (!stages.ok) return stages;
      return recordOrPrepare(the, {
        useCase: recordCommitment,
        requestKey,
        input: {
          allocationId,
          kind,
          supplierId: typed.text("supplierId"),
          serviceId: typed.text("serviceId"),
          amountPence,
          committedOn: typed.text("committedOn"),
          ...lateOf(typed),
          endsOn: typed.maybe("endsOn"),
          reference: typed.text("reference"),
          words: typed.text("words"),
          capital: isCapital(typed),
          subjectiveGroup: groupOf(typed),
          precommitmentId: typed.maybe("precommitmentId"),
          stages: stages.value,
          shares: typed.shares === null ? null : [...typed.shares],
        },
        done: (made) => ({ href: visit.to.trace(made.commitmentId), notice }),
      });
    },
  };
  return { form };
}

function commitmentFields(desk: Desk, allocationId: string): readonly FormField[] {
  const { visit, words, choices } = desk;
  const services = choices.place.services.map((one) => ({
    value: one.serviceId,
    text: named(visit.language, [one.name, one.nameWelsh]),
  }));
  return [
    {
      kind: "radios",
      name: "kind",
      label: words("kind"),
      items: (["award", "order", "grant"] as const).map((one) => ({ value: one, text: words(one) })),
    },
    {
      kind: "select",
      name: "supplierId",
      label: words("supplier"),
      items: partnerItems(choices, { language: visit.language, words }),
    },
    {
      kind: "select",
      name: "serviceId",
      label: words("service"),
      items: [{ value: "", text: words("pickOne") }, ...services],
    },
    { kind: "money", name: "amountPence", label: words("amount") },
    dateField(desk, { name: "committedOn", label: words("committedOn") }),
    lateField(words),
    { kind: "date", name: "endsOn", label: words("commitmentEnds"), optional: true },
    { kind: "text", name: "reference", label: words("reference"), optional: true },
    { kind: "text", name: "words", label: words("words"), optional: true },
    kindField(resolveWords(visit.language)),
    groupField(visit.language),
    ...planFields(desk, allocationId),
    ...sharesField(words, accountsOf(desk, { kind: "allocation", recordId: allocationId })),
  ];
}
