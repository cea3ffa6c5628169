/**
 * The forms for what happens to an allocation and to a commitment after they are made: a virement, money set aside before
 * an order, and the release of what a commitment still holds.
 */
import type { FastifyInstance } from "fastify";
import { makePrecommitment, recordVirement, releaseCommitment } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept } from "../../../../lib/result.ts";
import { ask } from "../../../visit.ts";
import { named, queryOf } from "../exchange.ts";
import type { ChoicesInPot } from "../reading-choices.ts";
import { accountsOf, baseOf, choosePage, type Desk, dateField, faultsAt, prepare, sharesField } from "./desk.ts";
import { dayValues, type FormField, type Item } from "./fields.ts";
import { type Preparation, type Prepared, registerForm } from "./form.ts";
import { partnerItems } from "./open-records.ts";
import { recordOrPrepare } from "./two-people.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

type Allocation = ChoicesInPot["pot"]["allocations"][number];
type Commitment = ChoicesInPot["commitments"][number];

export function registerLifecycle(app: FastifyInstance): void {
  const at = (kind: string) => `/places/:place/pots/:pot/${kind}/new`;
  registerForm(app, { path: at("virements"), prepare: (the) => prepare(the, virementForm) });
  registerForm(app, { path: at("precommitments"), prepare: (the) => prepare(the, precommitmentForm) });
  registerForm(app, { path: at("releases"), prepare: (the) => prepare(the, releaseForm) });
}

/** The allocation that the address names, or the choice of one; a form that was sent twice finds its own emptied. */
function withAllocation(
  desk: Desk,
  the: {
    readonly kind: "virements" | "precommitments";
    readonly title: string;
    readonly question: string;
    readonly make: (from: Allocation) => Prepared;
  },
): Preparation {
  const { visit, words, inPot } = desk;
  const asked = queryOf(desk.the.request, "allocation");
  const standing = inPot.pot.allocations.filter((one) => !one.reversed);
  const live = standing.filter((one) => one.amountPence > one.committedPence);
  const known = desk.the.request.method === "POST" ? standing : live;
  const from = known.find(({ allocationId }) => allocationId === asked);
  if (from !== undefined) return { form: the.make(from) };
  const choices = live.map((one) => ({
    text: named(visit.language, [one.name, one.nameWelsh]),
    left: words("leftOf", { amount: formatPounds(one.amountPence - one.committedPence) }),
    href: visit.to.newRecord(inPot.pot.pot.slug, the.kind, { allocation: one.allocationId }),
  }));
  return choosePage(desk, { title: the.title, question: the.question, choices });
}

function virementForm(desk: Desk): Preparation {
  const own = lifecycleWords(desk.visit.language);
  const make = (from: Allocation) => virementOf(desk, from);
  return withAllocation(desk, { kind: "virements", title: own("virement"), question: own("virementFrom"), make });
}

function virementOf(desk: Desk, from: Allocation): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  const { allocationId } = from;
  const own = lifecycleWords(visit.language);
  const items = inPot.pot.allocations
    .filter((one) => !one.reversed && one.allocationId !== allocationId)
    .map((one): Item => ({ value: one.allocationId, text: named(visit.language, [one.name, one.nameWelsh]) }));
  return {
    ...baseOf(desk),
    title: own("virement"),
    lead: own("virementLead", {
      allocation: named(visit.language, [from.name, from.nameWelsh]),
      amount: formatPounds(from.amountPence - from.committedPence),
    }),
    points: [own("virementPoint")],
    useCase: recordVirement,
    fieldOf: { ...faultsAt("movedOn"), insufficient_funds_then: "movedOn", account_closed: "movedOn" },
    fields: [
      {
        kind: "select",
        name: "toAllocationId",
        label: own("toAllocation"),
        items: [{ value: "", text: words("pickOne") }, ...items],
      },
      { kind: "money", name: "amountPence", label: words("amount") },
      dateField(desk, { name: "movedOn", label: own("movedOn") }),
      { kind: "text", name: "decidedBy", label: words("decidedBy") },
      { kind: "text", name: "power", label: words("power"), hint: own("powerHint") },
      { kind: "text", name: "reason", label: words("reason") },
      ...sharesField(words, accountsOf(desk, { kind: "allocation", recordId: allocationId })),
    ],
    values: dayValues("movedOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const input = {
        allocationId,
        toAllocationId: typed.text("toAllocationId"),
        amountPence,
        movedOn: typed.text("movedOn"),
        decidedBy: typed.text("decidedBy"),
        power: typed.text("power"),
        reason: typed.text("reason"),
        shares: typed.shares === null ? null : [...typed.shares],
      };
      const notice = own("moved", { amount: formatPounds(BigInt(amountPence)) });
      const done = () => ({ href: `${visit.to.pot(inPot.pot.pot.slug)}#allocations`, notice });
      return recordOrPrepare(the, { useCase: recordVirement, requestKey, input, done });
    },
  };
}

function precommitmentForm(desk: Desk): Preparation {
  const own = lifecycleWords(desk.visit.language);
  const make = (from: Allocation) => precommitmentOf(desk, from);
  return withAllocation(desk, {
    kind: "precommitments",
    title: own("precommit"),
    question: own("precommitFrom"),
    make,
  });
}

/** It moves nothing, so that one person is enough, in a real pot as well. */
function precommitmentOf(desk: Desk, from: Allocation): Prepared {
  const { the, visit, words, choices, inPot } = desk;
  const own = lifecycleWords(visit.language);
  return {
    ...baseOf(desk),
    twoPeople: false,
    submit: words("save"),
    title: own("precommit"),
    lead: own("precommitLead", { allocation: named(visit.language, [from.name, from.nameWelsh]) }),
    points: [own("precommitCounts"), own("precommitMoves"), own("precommitEnds")],
    useCase: makePrecommitment,
    fieldOf: { ...faultsAt("madeOn"), account_closed: "madeOn", insufficient_funds_then: "madeOn" },
    fields: precommitmentFields(desk),
    values: dayValues("madeOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const amountPence = typed.text("amountPence");
      const input = {
        allocationId: from.allocationId,
        amountPence,
        madeOn: typed.text("madeOn"),
        endsOn: typed.maybe("endsOn"),
        serviceId: typed.maybe("serviceId"),
        supplierId: typed.maybe("supplierId"),
        words: typed.text("words"),
      };
      const done = await ask(the.request, makePrecommitment, { place: visit.place, requestKey, input });
      const notice = own("setAside", { amount: formatPounds(BigInt(amountPence)) });
      return done.ok ? accept({ href: visit.to.precommitments({ pot: inPot.pot.pot.slug }), notice }) : done;
    },
  };
}

function precommitmentFields(desk: Desk): readonly FormField[] {
  const { visit, words, choices } = desk;
  const own = lifecycleWords(visit.language);
  const services = choices.place.services.map((one) => ({
    value: one.serviceId,
    text: named(visit.language, [one.name, one.nameWelsh]),
  }));
  return [
    { kind: "text", name: "words", label: own("forWhat") },
    { kind: "money", name: "amountPence", label: words("amount") },
    dateField(desk, { name: "madeOn", label: own("setAsideOn") }),
    { kind: "date", name: "endsOn", label: own("lastDay"), hint: own("lastDayHint"), optional: true },
    {
      kind: "select",
      name: "supplierId",
      label: words("supplier"),
      items: partnerItems(choices, { language: visit.language, words }),
      optional: true,
    },
    {
      kind: "select",
      name: "serviceId",
      label: words("service"),
      items: [{ value: "", text: words("pickOne") }, ...services],
      optional: true,
    },
  ];
}

function releaseForm(desk: Desk): Preparation {
  const { visit, words, inPot } = desk;
  const own = lifecycleWords(visit.language);
  const standing = inPot.commitments.filter((one) => !one.reversed);
  const live = standing.filter((one) => one.amountPence > one.paidPence);
  const known = desk.the.request.method === "POST" ? standing : live;
  const of = known.find(({ commitmentId }) => commitmentId === queryOf(desk.the.request, "commitment"));
  if (of !== undefined) return { form: releaseOf(desk, of) };
  const choices = live.map((one) => ({
    text: `${one.supplier}: ${named(visit.language, [one.service, one.serviceWelsh])}`,
    left: words("leftOf", { amount: formatPounds(one.amountPence - one.paidPence) }),
    href: visit.to.newRecord(inPot.pot.pot.slug, "releases", { commitment: one.commitmentId }),
  }));
  return choosePage(desk, { title: own("release"), question: own("releaseFrom"), choices });
}

function releaseOf(desk: Desk, of: Commitment): Prepared {
  const { the, visit, words, choices } = desk;
  const own = lifecycleWords(visit.language);
  const heldPence = of.amountPence - of.paidPence;
  return {
    ...baseOf(desk),
    title: own("release"),
    lead: own("releaseLead", {
      supplier: of.supplier,
      service: named(visit.language, [of.service, of.serviceWelsh]),
      amount: formatPounds(heldPence),
    }),
    points: [own("releaseBack"), own("releasePaid")],
    useCase: releaseCommitment,
    fieldOf: { ...faultsAt("releasedOn"), insufficient_funds_then: "releasedOn", account_closed: "releasedOn" },
    fields: [
      {
        kind: "money",
        name: "amountPence",
        label: own("releaseAmount"),
        hint: own("releaseHint"),
        optional: true,
      },
      dateField(desk, { name: "releasedOn", label: own("releasedOn") }),
      { kind: "text", name: "reason", label: words("reason") },
    ],
    values: dayValues("releasedOn", choices.reader.today),
    run: async (typed, requestKey) => {
      const { commitmentId } = of;
      const amountPence = typed.maybe("amountPence");
      const input = {
        commitmentId,
        amountPence,
        releasedOn: typed.text("releasedOn"),
        reason: typed.text("reason"),
      };
      return recordOrPrepare(the, {
        useCase: releaseCommitment,
        requestKey,
        input,
        // The answer to a form that was sent again is the first as it was kept: its pence as text.
        done: (made) => ({
          href: visit.to.trace(commitmentId),
          notice: own("released", { amount: formatPounds(BigInt(made.amountPence)) }),
        }),
      });
    },
  };
}
