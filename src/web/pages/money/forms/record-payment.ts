/** The form for a payment on a commitment, which can name the published line in which it was printed. */
import { z } from "zod";
import { ledgerRefusals, recordPayment } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { accept, type Result } from "../../../../lib/result.ts";
import { declarePlaceUseCase, field } from "../../../../platform/use-case/index.ts";
import { findLineByReference } from "../../../../spending/index.ts";
import { ask } from "../../../visit.ts";
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
  sharesField,
} from "./desk.ts";
import { dayValues, type FormField, type Typed } from "./fields.ts";
import type { Done, Preparation, Prepared } from "./form.ts";
import { amountFields, faultsAtLines, lineFields, otherWay, paidOf } from "./lines.ts";
import { groupField, groupOf, isCapital, kindField } from "./terms.ts";
import { recordOrPrepare } from "./two-people.ts";

/** The published line of a payment, by the reference that the host printed; with or without the tax it recovers. */
const findPublished = declarePlaceUseCase({
  name: "payment.find_published",
  summary: "Find the published line of a payment by its reference",
  permission: "spending.read",
  changes: false,
  input: z.strictObject({
    publisherId: field.id,
    reference: field.words(400),
    amountPence: field.pence,
    vatPence: field.pence,
  }),
  output: z.object({}),
  example: {
    publisherId: "0199c0de-0000-7000-8000-000000000001",
    reference: "5100447648",
    amountPence: "960000",
    vatPence: "0",
  },
  refusals: ledgerRefusals,
  handle: async (ctx, { vatPence, ...input }) => {
    const asked = { placeId: ctx.place.placeId, ...input };
    const net = await findLineByReference(ctx.tx, asked);
    const found = net ?? (await findLineByReference(ctx.tx, { ...asked, amountPence: input.amountPence + vatPence }));
    return accept({ line: found });
  },
});

export function paymentForm(desk: Desk): Preparation {
  const { the, visit, words, choices, inPot } = desk;
  const live = inPot.commitments.filter((one) => !one.reversed && one.amountPence > one.paidPence);
  // A form that was sent twice finds its commitment paid in full by itself: its own key then gives the first answer again.
  const from = the.request.method === "POST" ? inPot.commitments.filter(({ reversed }) => !reversed) : live;
  const on = from.find(({ commitmentId }) => commitmentId === queryOf(the.request, "commitment"));
  const byLines = queryOf(the.request, "by") === "lines";
  if (on === undefined) {
    const asked = byLines ? { by: "lines" } : {};
    const list = live.map((one) => ({
      text: `${one.supplier}: ${named(visit.language, [one.service, one.serviceWelsh])}`,
      left: words("leftOf", { amount: formatPounds(one.amountPence - one.paidPence) }),
      href: visit.to.newRecord(inPot.pot.pot.slug, "payments", { commitment: one.commitmentId, ...asked }),
    }));
    return choosePage(desk, { title: words("payment"), question: words("chooseCommitment"), choices: list });
  }
  const { commitmentId } = on;
  const form: Prepared = {
    ...baseOf(desk),
    title: words("payment"),
    lead: words("paymentLead", {
      supplier: on.supplier,
      service: named(visit.language, [on.service, on.serviceWelsh]),
      amount: formatPounds(on.amountPence - on.paidPence),
    }),
    other: otherWay({ language: visit.language, byLines, href: the.request.visit.address }),
    useCase: recordPayment,
    fieldOf: {
      ...faultsAt("paidOn"),
      ...faultsAtLines(byLines),
      spend_line_not_found: "spendReference",
      spendLine: "spendReference",
    },
    fields: paymentFields(desk, { commitmentId, byLines }),
    values: dayValues("paidOn", choices.reader.today),
    run: (typed, requestKey) => pay(desk, { typed, requestKey, commitmentId }),
  };
  return { form };
}

type Paying = { readonly typed: Typed; readonly requestKey: string; readonly commitmentId: string };

async function pay(desk: Desk, { typed, requestKey, commitmentId }: Paying): Promise<Result<Done>> {
  const { the, visit, words, inPot } = desk;
  const paid = paidOf(typed);
  const { amountPence, vatRecoveredPence } = paid;
  const reference = typed.text("spendReference");
  const spendLine =
    reference === ""
      ? accept(null)
      : await publishedLine(desk, { hostId: inPot.pot.pot.hostId, reference, amountPence, vatRecoveredPence });
  if (!spendLine.ok) return spendLine;
  const notice = words("paymentDone", { amount: formatPounds(BigInt(amountPence)) });
  return recordOrPrepare(the, {
    useCase: recordPayment,
    requestKey,
    input: {
      commitmentId,
      ...paid,
      paidOn: typed.text("paidOn"),
      ...lateOf(typed),
      reference: typed.text("reference"),
      spendLine: spendLine.value,
      capital: isCapital(typed),
      subjectiveGroup: groupOf(typed),
      shares: typed.shares === null ? null : [...typed.shares],
    },
    done: (made) => ({ href: visit.to.trace(made.paymentId), notice }),
  });
}

type Sought = {
  readonly hostId: string;
  readonly reference: string;
  readonly amountPence: string;
  readonly vatRecoveredPence: string;
};

async function publishedLine(
  desk: Desk,
  the: Sought,
): Promise<Result<{ readonly fileId: string; readonly row: number } | null>> {
  const input = {
    publisherId: the.hostId,
    reference: the.reference,
    amountPence: the.amountPence,
    vatPence: the.vatRecoveredPence,
  };
  const found = await ask(desk.the.request, findPublished, { place: desk.visit.place, input });
  if (!found.ok) return found;
  if (found.value.line !== null) return accept(found.value.line);
  const message = desk.words("spendMissing", { publisher: desk.inPot.pot.pot.host });
  return { ok: false, refusal: { code: "input_not_valid", faults: [{ field: "spendReference", message }] } };
}

function paymentFields(
  desk: Desk,
  { commitmentId, byLines }: { readonly commitmentId: string; readonly byLines: boolean },
): readonly FormField[] {
  const { words, visit } = desk;
  const { host } = desk.inPot.pot.pot;
  return [
    ...amountFields(words, byLines),
    dateField(desk, { name: "paidOn", label: words("paidOn") }),
    lateField(words),
    { kind: "text", name: "reference", label: words("reference"), optional: true },
    {
      kind: "text",
      name: "spendReference",
      label: words("spendReference"),
      hint: words("spendReferenceHint", { publisher: host }),
      optional: true,
    },
    kindField(resolveWords(visit.language)),
    groupField(visit.language),
    ...sharesField(words, accountsOf(desk, { kind: "commitment", recordId: commitmentId })),
    ...lineFields(visit.language, byLines),
  ];
}
