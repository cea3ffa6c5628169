/** Records a pot's own bank account, from the desk or from the pot's page, which shows it then. */
import type { FastifyInstance } from "fastify";
import { accept } from "../../../lib/result.ts";
import { openBank } from "../../../reconciliation/index.ts";
import { ask, sendPage, sendRefusal } from "../../visit.ts";
import { type Exchange, named, queryOf, topOf, visitOf } from "../money/exchange.ts";
import { dayValues, type FormField, type Item } from "../money/forms/fields.ts";
import { type Preparation, registerForm } from "../money/forms/form.ts";
import { dateHint } from "../money/forms/open-records.ts";
import { formWords } from "../money/forms/words.ts";
import { deskPath, readDesk } from "./desk.ts";
import { deskWords } from "./words.ts";
import { deskMessages } from "./words-both.ts";

export function registerBank(app: FastifyInstance): void {
  registerForm(app, { path: "/places/:place/reconciliation/bank", prepare });
}

async function prepare(the: Exchange): Promise<Preparation> {
  const { request } = the;
  const visit = visitOf(request);
  const { place, language, to } = visit;
  const words = deskMessages(language);
  const desk = await ask(request, readDesk, { place, input: {} });
  if (!desk.ok) return { page: sendRefusal(the, readDesk, desk.refusal) };
  if (!desk.value.mayKeep) return { page: sendRefusal(the, openBank, { code: "not_allowed" }) };
  const { pots, banks, today } = desk.value;
  const title = words("bankTitle");
  const crumbs = [{ text: deskWords.title, href: deskPath(request) }];
  // A pot that has one stays in the list, so that a form sent twice is answered by its key, not by a missing choice.
  const real = pots.filter(({ book, closedOn }) => book === "real" && closedOn === null);
  if (!real.some(({ potId }) => banks.every((bank) => bank.potId !== potId))) {
    const top = topOf(visit, { title, crumbs: [...crumbs, { text: title }] });
    const model = {
      w: formWords(language),
      title,
      choices: null,
      question: words("bankNone"),
      cancelHref: deskPath(request),
    };
    if (request.method === "GET") return { page: sendPage(the, "pages/money/choose.njk", { top, model }) };
  }
  const items = real.map((one) => ({ value: one.potId, text: named(language, [one.name, one.nameWelsh]) }));
  const asked = real.find(({ slug }) => slug === queryOf(request, "pot"));
  return {
    form: {
      title,
      lead: words("bankLead"),
      submit: words("bankSave"),
      crumbs,
      cancelHref: asked === undefined ? deskPath(request) : to.pot(asked.slug),
      fields: fieldsOf(visit, { items, today }),
      values: { potId: asked?.potId ?? "", accountKind: "current", ...dayValues("openedOn", asked?.openedOn ?? today) },
      useCase: openBank,
      fieldOf: { before_opening: "openedOn", after_today: "openedOn" },
      run: async (typed, requestKey) => {
        const accountKind = typed.text("accountKind") === "deposit" ? ("deposit" as const) : ("current" as const);
        const [potId, lastFour, openedOn] = [typed.text("potId"), typed.text("lastFour"), typed.text("openedOn")];
        const input = { potId, accountKind, lastFour, openedOn };
        const done = await ask(request, openBank, { place, input, requestKey });
        const slug = real.find((one) => one.potId === potId)?.slug;
        const href = slug === undefined ? deskPath(request) : to.pot(slug);
        return done.ok ? accept({ href, notice: words("bankDone") }) : done;
      },
    },
  };
}

function fieldsOf(
  { language }: ReturnType<typeof visitOf>,
  { items, today }: { readonly items: readonly Item[]; readonly today: Parameters<typeof dateHint>[1]["today"] },
): readonly FormField[] {
  const words = deskMessages(language);
  const kinds = (["current", "deposit"] as const).map((value) => ({ value, text: words(value) }));
  const pick = { value: "", text: formWords(language)("pickOne") };
  return [
    { kind: "select", name: "potId", label: words("bankPot"), items: [pick, ...items] },
    { kind: "radios", name: "accountKind", label: words("bankKind"), items: kinds },
    { kind: "text", name: "lastFour", label: words("lastFour") },
    {
      kind: "date",
      name: "openedOn",
      label: words("bankSince"),
      hint: dateHint(formWords(language), { language, today }),
    },
  ];
}
