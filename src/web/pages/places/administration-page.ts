/** What the desks of a place's administration share: their breadcrumbs, their frame, and a confirmation before an end. */
import type { FastifyReply } from "fastify";
import type { Refusal } from "../../../lib/result.ts";
import { errorsOf, type FormErrors, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { placeAddress } from "./addresses.ts";
import { atFields, crumbsTo, type Exchange, NO_ERRORS, type ShownPlace } from "./place-page.ts";
import { staffWords } from "./staff-words.ts";

export type FormShown = {
  /** Which of a page's forms was sent, so that its fields keep what was typed. */
  readonly form?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly errors?: FormErrors;
  readonly status?: number;
};

type Page = {
  readonly slug: string;
  readonly shown: ShownPlace;
  readonly title: string;
  readonly template: string;
  readonly model: object;
} & FormShown;

export async function sendAdministration(the: Exchange, page: Page): Promise<FastifyReply> {
  const { slug, shown, title, errors = NO_ERRORS } = page;
  const { language } = the.request.visit;
  const last = [{ text: staffWords.administration, href: placeAddress(slug, "administration") }, { text: title }];
  return sendPage(the, `pages/places/${page.template}.njk`, {
    top: {
      title,
      place: slug,
      room: "administration",
      breadcrumbs: crumbsTo(language, { shown, last }),
      errors: errors.summary,
    },
    model: {
      s: staffWords,
      title,
      base: placeAddress(slug, "administration"),
      form: page.form ?? "",
      values: page.values ?? {},
      errors: errors.byField,
      ...page.model,
    },
    status: page.status ?? 200,
  });
}

/** The errors of a form to be shown again, or null where the refusal has a page of its own, which has been sent. */
export async function formAgain(
  the: Exchange,
  asked: {
    readonly useCase: { readonly refusals: object };
    readonly refusal: Refusal;
    readonly plain?: Readonly<Record<string, string>>;
  },
): Promise<{ readonly errors: FormErrors; readonly status: number } | null> {
  const { useCase, refusal } = asked;
  if (refusal.code === "not_allowed" || refusal.code === "place_not_found") {
    await sendRefusal(the, useCase, refusal);
    return null;
  }
  const { language } = the.request.visit;
  const errors = atFields(errorsOf(useCase, refusal, language));
  return { errors: inPlainWords(errors, asked.plain ?? {}), status: wordsOf(useCase, refusal, language).status };
}

/** What the shape of an input says, in either language, of a choice not made or a name left empty. */
const INPUT_WORDS = /Choose one of|Dewiswch un o'r rhain|UUID|Enter some words|Rhowch eiriau/;

/** A choice not made or a name left empty, in the words of the form rather than those of the shape of its input. */
function inPlainWords(errors: FormErrors, plain: Readonly<Record<string, string>>): FormErrors {
  const better = (field: string, text: string): string => (INPUT_WORDS.test(text) ? (plain[field] ?? text) : text);
  return {
    summary: errors.summary.map(({ text, href }) => ({
      text: better(href?.slice(1) ?? "", text),
      ...(href !== undefined && { href }),
    })),
    byField: Object.fromEntries(
      Object.entries(errors.byField).map(([field, { text }]) => [field, { text: better(field, text) }]),
    ),
  };
}
