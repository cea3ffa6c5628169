/** Reversing a record: a page that says what will happen, a reason, and a new entry with the opposite lines. */
import type { FastifyInstance } from "fastify";
import { listTransfers, reverseTransfer } from "../../../../ledger/index.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, parameterOf, visitOf } from "../exchange.ts";
import { readChoices } from "../reading-choices.ts";
import { lateField, lateOf } from "./desk.ts";
import { dayValues } from "./fields.ts";
import { type Preparation, registerForm } from "./form.ts";
import { nothingPage } from "./nothing.ts";
import { dateHint } from "./open-records.ts";
import { recordOrPrepare } from "./two-people.ts";
import { formWords } from "./words.ts";

const KINDS = {
  contribution: "contributionKind",
  allocation: "allocationKind",
  commitment: "commitmentKind",
  payment: "paymentKind",
  transfer: "transferKind",
  reversal: "transferKind",
  virement: "transferKind",
  release: "transferKind",
  credit_note: "transferKind",
  paid_elsewhere: "paymentKind",
  clearing: "transferKind",
  journal: "transferKind",
  accrual: "transferKind",
  carry_forward: "transferKind",
  handover: "transferKind",
} as const;

export function registerReversal(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/trace/:record/reverse", prepare: prepare });
}

async function prepare(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
  const words = formWords(visit.language);
  const recordId = parameterOf(the.request, "record");
  const choices = await ask(the.request, readChoices, { place: visit.place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const found = await ask(the.request, listTransfers, { place: visit.place, input: { recordId } });
  if (!found.ok && found.refusal.code !== "input_not_valid")
    return { page: sendRefusal(the, listTransfers, found.refusal) };
  const all = found.ok ? found.value.transfers : [];
  // A form that was sent twice finds its transfer reversed already: its own key then gives the first answer again.
  const sentAgain = the.request.method === "POST";
  const original = all.find((one) => one.kind !== "reversal" && (sentAgain || one.reversedById === null));
  if (original === undefined) {
    const [title, text] = [words("reverseNothing"), words("reverseNothingText")];
    return { page: nothingPage(the, { title, text, status: 404 }) };
  }
  const { today } = choices.value.reader;
  const amount = formatPounds(original.amountPence);
  return {
    form: {
      title: words("reverse"),
      caption: `${original.words}, ${amount}`,
      lead: words("reverseLead"),
      points: [
        words("reverseMoves", { amount }),
        words("reverseUsed"),
        words("reverseUndo", { kind: words(KINDS[original.kind]) }),
      ],
      twoPeople: original.book === "real",
      submit: words(original.book === "real" ? "prepare" : "reverseNow"),
      warning: true,
      crumbs: [{ text: original.words, href: visit.to.trace(recordId) }],
      cancelHref: visit.to.trace(recordId),
      useCase: reverseTransfer,
      fieldOf: { after_today: "reversedOn", before_transfer: "reversedOn", period_closed: "late" },
      fields: [
        { kind: "text", name: "reason", label: words("reason") },
        {
          kind: "date",
          name: "reversedOn",
          label: words("reversedOn"),
          hint: dateHint(words, { language: visit.language, today }),
        },
        lateField(words),
      ],
      values: dayValues("reversedOn", today),
      run: async (typed, requestKey) => {
        const input = {
          transferId: original.transferId,
          reason: typed.text("reason"),
          reversedOn: typed.text("reversedOn"),
          ...lateOf(typed),
        };
        const done = () => ({ href: visit.to.trace(recordId), notice: words("reverseDone", { amount }) });
        return recordOrPrepare(the, { useCase: reverseTransfer, requestKey, input, done });
      },
    },
  };
}
