/** The form for a credit note on a payment: one amount or, asked for with ?by=lines, line by line with the VAT of each. */
import { addCredited, listPaymentLines, listTransfers, recordCreditNote } from "../../../../ledger/index.ts";
import type { Day } from "../../../../lib/day.ts";
import { formatPounds } from "../../../../lib/pence.ts";
import { ask, sendRefusal } from "../../../visit.ts";
import { type Exchange, parameterOf, queryOf, visitOf } from "../exchange.ts";
import { saysMore } from "../lines-of-record.ts";
import { readChoices } from "../reading-choices.ts";
import type { CreditRow } from "./credit-lines.ts";
import { faultsAt } from "./desk.ts";
import { dayValues, type FormField, type Typed } from "./fields.ts";
import type { Preparation } from "./form.ts";
import { nothingPage } from "./nothing.ts";
import { dateHint } from "./open-records.ts";
import { recordOrPrepare } from "./two-people.ts";
import { formWords } from "./words.ts";
import { creditWords } from "./words-credit.ts";
import { lifecycleWords } from "./words-lifecycle.ts";

export async function creditForm(the: Exchange): Promise<Preparation> {
  const visit = visitOf(the.request);
  const { language, place, to } = visit;
  const words = formWords(language);
  const own = lifecycleWords(language);
  const lined = creditWords(language);
  const paymentId = parameterOf(the.request, "record");
  const choices = await ask(the.request, readChoices, { place, input: {} });
  if (!choices.ok) return { page: sendRefusal(the, readChoices, choices.refusal) };
  const payment = await findPayment(the, paymentId);
  if (!payment.ok) return { page: sendRefusal(the, listTransfers, payment.refusal) };
  if (payment.value === null)
    return { page: nothingPage(the, { title: own("creditNothing"), text: own("creditNothingText"), status: 404 }) };
  const found = await ask(the.request, listPaymentLines, { place, input: { paymentId } });
  if (!found.ok) return { page: sendRefusal(the, listPaymentLines, found.refusal) };
  const { lines } = found.value;
  const more = saysMore(lines);
  const byLines = queryOf(the.request, "by") === "lines" && lines.length > 0;
  const amount = formatPounds(payment.value.amountPence);
  const real = payment.value.book === "real";
  const caption = payment.value.words;
  return {
    form: {
      title: own("credit"),
      caption,
      lead: own("creditLead", { amount }),
      points: [own("creditBack"), own("creditLimit"), ...(more && !byLines ? [lined("asOnePoint")] : [])],
      twoPeople: real,
      submit: words(real ? "prepare" : "save"),
      crumbs: [{ text: caption, href: to.trace(paymentId) }],
      cancelHref: to.trace(paymentId),
      ...((more || byLines) && {
        other: {
          text: lined(byLines ? "asOne" : "byLines"),
          href: to.credit(paymentId, byLines ? {} : { by: "lines" }),
        },
      }),
      useCase: recordCreditNote,
      fieldOf: {
        ...faultsAt("creditedOn"),
        before_transfer: "creditedOn",
        account_closed: "creditedOn",
        ...(byLines && { amountPence: "lines" }),
      },
      fields: fieldsOf(the, { today: choices.value.reader.today, rows: byLines ? lines : null }),
      values: dayValues("creditedOn", choices.value.reader.today),
      run: (typed, requestKey) => credit(the, { typed, requestKey, paymentId }),
    },
  };
}

/** The payment of the address; null where the record is none that stands. */
async function findPayment(the: Exchange, paymentId: string) {
  const { place } = visitOf(the.request);
  const found = await ask(the.request, listTransfers, { place, input: { recordId: paymentId } });
  if (!found.ok && found.refusal.code !== "input_not_valid") return found;
  const all = found.ok ? found.value.transfers : [];
  const value = all.find((one) => one.kind === "payment" && one.reversedById === null) ?? null;
  return { ok: true, value } as const;
}

type Asked = { readonly today: Day; readonly rows: readonly CreditRow[] | null };

function fieldsOf(the: Exchange, { today, rows }: Asked): readonly FormField[] {
  const { language } = visitOf(the.request);
  const words = formWords(language);
  const own = lifecycleWords(language);
  const lined = creditWords(language);
  const amount = { kind: "money", name: "amountPence", label: own("creditAmount"), hint: own("creditHint") } as const;
  return [
    ...(rows === null ? [amount] : []),
    { kind: "date", name: "creditedOn", label: own("creditedOn"), hint: dateHint(words, { language, today }) },
    { kind: "text", name: "reference", label: own("creditReference"), optional: true },
    { kind: "text", name: "reason", label: words("reason") },
    ...(rows === null
      ? []
      : [{ kind: "credit", name: "lines", label: lined("lines"), hint: lined("linesHint"), rows } as const]),
  ];
}

type Crediting = { readonly typed: Typed; readonly requestKey: string; readonly paymentId: string };

async function credit(the: Exchange, { typed, requestKey, paymentId }: Crediting) {
  const { language, to } = visitOf(the.request);
  const given = givenOf(typed);
  const input = {
    paymentId,
    ...given,
    creditedOn: typed.text("creditedOn"),
    reference: typed.text("reference"),
    reason: typed.text("reason"),
  };
  const notice = lifecycleWords(language)("credited", { amount: formatPounds(BigInt(given.amountPence)) });
  const done = () => ({ href: to.trace(paymentId), notice });
  return recordOrPrepare(the, { useCase: recordCreditNote, requestKey, input, done });
}

/** What is given back: typed as one amount, or as the lines that make it up. */
function givenOf({ credited, text }: Typed) {
  const added = credited === null ? null : addCredited(credited);
  if (credited === null || added === null || !added.ok) return { amountPence: text("amountPence") };
  return {
    amountPence: String(added.value.bornePence),
    lines: credited.map((one) => ({
      line: one.line,
      netPence: String(one.netPence),
      vatPence: String(one.vatPence),
      recoverablePence: String(one.recoverablePence),
    })),
  };
}
