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
import { formWords } from "./words.ts";

export type Done = { readonly href: string; readonly notice: string };

export type Prepared = {
  readonly title: string;
  /** The name of the record that the form is about, over the title. */
  readonly caption?: string;
  readonly lead: string;
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
    const { typed, faults } = readFields(form.fields, { values, words: formWords(language) });
    if (faults.length > 0) return showForm(the, { form, values, requestKey, errors: errorsFrom(faults), status: 400 });
    const done = await form.run(typed, requestKey);
    if (done.ok) return goTo(the, done.value.href, done.value.notice);
    const { refusal } = done;
    if (refusal.code === "not_allowed" || refusal.code === "place_not_found")
      return sendRefusal(the, form.useCase, refusal);
    return showForm(the, {
      form,
      values,
      requestKey: refusal.code === "key_reused" ? newId() : requestKey,
      errors: errorsFor(form, { refusal, language }),
      status: wordsOf(form.useCase, refusal, language).status,
    });
  });
}

function keyOf(body: unknown): string {
  const key = (body as Readonly<Record<string, unknown>> | null)?.["requestKey"];
  return typeof key === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : newId();
}

/** A refusal beside the field it is about, its link opening the control of that field. */
function errorsFor(
  form: Prepared,
  { refusal, language }: { readonly refusal: Refusal; readonly language: Language },
): FormErrors {
  const found = errorsOf(form.useCase, refusal, language);
  const [own] = Object.keys(found.byField);
  const renamed = (name: string): FormField | undefined => {
    const [head = ""] = name.split(".");
    const wanted = form.fieldOf?.[refusal.code] ?? form.fieldOf?.[head] ?? head;
    return form.fields.find((field) => field.name === wanted);
  };
  const faults = Object.entries(found.byField).map(([name, { text }]) => ({
    field: renamed(name),
    text,
  }));
  if (own === undefined) return found;
  return {
    summary: faults.map(({ field, text }) => ({ text, ...(field && { href: `#${anchorOf(field)}` }) })),
    byField: Object.fromEntries(faults.flatMap(({ field, text }) => (field ? [[field.name, { text }]] : []))),
  };
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
      submit: form.submit,
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
