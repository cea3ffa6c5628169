/**
 * How a form of the ledger is shown, read and carried out. Each carries a request key made when it is first shown, so that
 * a double click, a reload or a second sending records once.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../../lib/language.ts";
import type { Refusal, Result } from "../../../../lib/result.ts";
import { newId } from "../../../../platform/ids.ts";
import { errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../../visit.ts";
import { type Exchange, topOf, visitOf } from "../exchange.ts";
import { creditControl, presentCredit } from "./credit-lines.ts";
import {
  anchorOf,
  controlsOf,
  errorsFrom,
  type FormField,
  readFields,
  type Typed,
  type Values,
  valuesOf,
} from "./fields.ts";
import { sumsToShow } from "./line-sums.ts";
import { ADD_LINE, lineControl, moreLines, presentLines } from "./lines.ts";
import { formWords } from "./words.ts";

export type Done = { readonly href: string; readonly notice: string };

export type Prepared = {
  readonly title: string;
  /** The name of the record that the form is about, over the title. */
  readonly caption?: string;
  readonly lead: string;
  /** Another way to fill it in. */
  readonly other?: { readonly text: string; readonly href: string };
  /** What will happen, line by line. */
  readonly points?: readonly string[];
  /** It moves real money, so it is prepared, and someone else authorises it. */
  readonly twoPeople?: boolean;
  readonly submit: string;
  readonly warning?: boolean;
  readonly crumbs: readonly { readonly text: string; readonly href?: string }[];
  readonly cancelHref: string;
  readonly fields: readonly FormField[];
  readonly values: Values;
  readonly useCase: { readonly refusals: object };
  /** Where a refusal names a field by another name than the form, or names none. */
  readonly fieldOf?: Readonly<Record<string, string>>;
  readonly run: (typed: Typed, requestKey: string) => Promise<Result<Done>>;
};

/** A form, or a page that stands in its place: a refusal, or a choice to make first. */
export type Preparation = { readonly form: Prepared } | { readonly page: Promise<FastifyReply> | FastifyReply };

type Place = { readonly path: string; readonly prepare: (the: Exchange) => Promise<Preparation> };

export function registerForm(app: FastifyInstance, { path, prepare }: Place): void {
  app.get(path, async (request, reply) => {
    const the = { request, reply };
    const prepared = await prepare(the);
    if ("page" in prepared) return prepared.page;
    return showForm(the, {
      form: prepared.form,
      values: prepared.form.values,
      requestKey: newId(),
      errors: null,
      status: 200,
    });
  });

  app.post(path, { preHandler: app.csrfProtection }, async (request, reply) => {
    const the = { request, reply };
    const { language } = request.visit;
    const prepared = await prepare(the);
    if ("page" in prepared) return prepared.page;
    const { form } = prepared;
    const values = valuesOf(request, form.fields);
    const requestKey = keyOf(request.body);
    const show = (shown: Partial<Shown>) =>
      showForm(the, { form, values, requestKey, errors: null, status: 200, ...shown });
    if (wordIn(request.body, "press") === ADD_LINE) return show({ values: moreLines(values) });
    const { typed, faults } = readFields(form.fields, { values, words: formWords(language), language });
    if (faults.length > 0) return show({ errors: errorsFrom(faults), status: 400 });
    const refuse = (refusal: Refusal, key = requestKey) =>
      show({
        requestKey: key,
        errors: errorsFor(form, { refusal, language, values }),
        status: wordsOf(form.useCase, refusal, language).status,
      });
    const summed = sumsToShow(typed, values);
    if (!summed.ok) return refuse(summed.refusal);
    if (summed.value !== null) return show({ values: summed.value });
    const done = await form.run(typed, requestKey);
    if (done.ok) return goTo(the, done.value.href, done.value.notice);
    const { refusal } = done;
    if (refusal.code === "not_allowed" || refusal.code === "place_not_found")
      return sendRefusal(the, form.useCase, refusal);
    return refuse(refusal, refusal.code === "key_reused" ? newId() : requestKey);
  });
}

function wordIn(body: unknown, name: string): string {
  const word = (body as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof word === "string" ? word : "";
}

export function keyOf(body: unknown): string {
  const key = wordIn(body, "requestKey");
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : newId();
}

/** A refusal beside the field it is about, its link opening the control of that field. */
function errorsFor(
  form: Prepared,
  the: { readonly refusal: Refusal; readonly language: Language; readonly values: Values },
): FormErrors {
  const { refusal, language, values } = the;
  const found = errorsOf(form.useCase, refusal, language);
  const [own] = Object.keys(found.byField);
  const renamed = (name: string): FormField | undefined => {
    const [head = ""] = name.split(".");
    const wanted = form.fieldOf?.[refusal.code] ?? form.fieldOf?.[head] ?? head;
    return form.fields.find((field) => field.name === wanted);
  };
  const faults = Object.entries(found.byField).map(([name, { text }]) => {
    const field = renamed(name);
    const control = field === undefined ? null : controlAt(field, { values, refused: { field: name, refusal } });
    return { at: control ?? field?.name, anchor: control ?? (field && anchorOf(field)), text };
  });
  if (own === undefined) return found;
  // The amount that lines make up is refused with the line that made it so: once is enough.
  const said = faults.filter(
    (one, index) => faults.findIndex(({ anchor, text }) => anchor === one.anchor && text === one.text) === index,
  );
  return {
    summary: said.map(({ anchor, text }) => ({ text, ...(anchor && { href: `#${anchor}` }) })),
    byField: Object.fromEntries(faults.flatMap(({ at, text }) => (at ? [[at, { text }]] : []))),
  };
}

/** The box of a line that a refusal is about. */
function controlAt(
  field: FormField,
  { values, refused }: { readonly values: Values; readonly refused: Parameters<typeof lineControl>[1] },
): string | null {
  if (field.kind === "lines") return lineControl(values, refused);
  return field.kind === "credit" ? creditControl({ rows: field.rows, values }, refused) : null;
}

type Shown = {
  readonly form: Prepared;
  readonly values: Values;
  readonly requestKey: string;
  readonly errors: FormErrors | null;
  readonly status: number;
};

function showForm(the: Exchange, { form, values, requestKey, errors, status }: Shown): Promise<FastifyReply> {
  const visit = visitOf(the.request);
  const words = formWords(visit.language);
  const { language } = visit;
  const lines = form.fields.some(({ kind }) => kind === "lines") ? presentLines({ values, words, language }) : null;
  const credited = form.fields.find((field) => field.kind === "credit");
  const credit = credited === undefined ? null : presentCredit({ rows: credited.rows, values, words, language });
  const unsummed = [lines, credit].find((one) => one !== null && one.sums === null);
  return sendPage(the, "pages/money/form.njk", {
    top: topOf(visit, {
      title: form.title,
      crumbs: [...form.crumbs, { text: form.title }],
      ...(errors && { errors: errors.summary }),
    }),
    model: {
      w: words,
      title: form.title,
      caption: form.caption,
      lead: form.lead,
      points: form.points ?? [],
      twoPeople: form.twoPeople ?? false,
      other: form.other,
      lines,
      credit,
      addLine: ADD_LINE,
      submit: unsummed?.check ?? form.submit,
      warning: form.warning ?? false,
      cancelHref: form.cancelHref,
      action: the.request.visit.address,
      requestKey,
      openGroups: form.fields
        .filter((field) => errors?.byField[field.name] || controlsOf(field).some((name) => values[name]))
        .map(({ group }) => group),
      fields: form.fields.map((field) => ({
        ...field,
        label: field.optional === true ? words("optional", { label: field.label }) : field.label,
        value: values[field.name] ?? "",
        error: errors?.byField[field.name],
      })),
      values,
      errors: errors?.byField ?? {},
    },
    status,
  });
}
