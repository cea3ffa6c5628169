/** The form that prepares an agreement, or one that replaces another and begins with its words. In English, as a desk. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { newId } from "../../../platform/ids.ts";
import type { InputFault } from "../../../platform/use-case/index.ts";
import { PERSON_FIELDS, PURPOSES, personFieldName, prepareAgreement, purposeName } from "../../../sharing/index.ts";
import { asNotFound } from "../../address-refusal.ts";
import { ask, errorsOf, type FormErrors, goTo, sendPage, sendRefusal, wordsOf } from "../../visit.ts";
import { fieldOf, fieldsOf } from "../account/session.ts";
import { queryOf } from "../money/exchange.ts";
import type { ValueOf } from "../money/reading.ts";
import { atFields, NO_ERRORS } from "../places/place-page.ts";
import { dayTyped, shownDay, type TypedDay, typedDay } from "./days.ts";
import { deskOf, type Exchange, topHere } from "./frame.ts";
import { readPreparing } from "./reading.ts";
import { capital } from "./register.ts";
import { staffWords } from "./staff-words.ts";

const TEXTS = [
  "title",
  "titleWelsh",
  "gateway",
  "basis",
  "specialBasis",
  "crimeBasis",
  "keepDays",
  "assessment",
  "privacyNotice",
] as const;
const DAYS = ["startsOn", "reviewOn", "endsOn", "assessedOn"] as const;
const PARTS = ["sends", "receives", "health"] as const;

type Values = {
  readonly texts: Readonly<Record<(typeof TEXTS)[number], string>>;
  readonly days: Readonly<Record<(typeof DAYS)[number], TypedDay>>;
  readonly purposes: readonly string[];
  readonly fields: readonly string[];
  readonly parties: Readonly<Record<(typeof PARTS)[number], readonly string[]>>;
};

type Sent = { readonly values: Values | null; readonly errors: FormErrors; readonly status: number };
type Read = ValueOf<typeof readPreparing>;

export function registerPrepare(app: FastifyInstance): void {
  const path = "/places/:place/sharing/new";
  app.get(path, (request, reply) => show({ request, reply }, { replaces: queryOf(request, "replaces"), sent: null }));
  app.post(path, { preHandler: app.csrfProtection }, (request, reply) => prepare({ request, reply }));
}

async function show(
  the: Exchange,
  { replaces, sent }: { readonly replaces: string | null; readonly sent: Sent | null },
): Promise<FastifyReply> {
  const desk = deskOf(the);
  const { visit, to } = desk;
  const found = await ask(the.request, readPreparing, { place: visit.place, input: { replaces } });
  if (!found.ok) return sendRefusal(the, readPreparing, asNotFound(found.refusal, "agreement_not_found"));
  const { partners, old } = found.value;
  const values = sent?.values ?? valuesOf(old);
  const errors = sent?.errors ?? NO_ERRORS;
  const top = await topHere(desk, {
    title: staffWords.prepare,
    listed: true,
    ...(sent !== null && { errors: errors.summary }),
  });
  if (top === null) return the.reply;
  return sendPage(the, "pages/sharing/prepare.njk", {
    top,
    model: {
      s: staffWords,
      action: to.prepare(),
      requestKey: newId(),
      replaces: old === null ? null : { id: old.agreementId, title: old.title, href: to.one(old.agreementId) },
      cancelHref: old === null ? to.list() : to.one(old.agreementId),
      partnersHref: to.partners,
      values: values.texts,
      days: DAYS.map((name) => ({ name, label: staffWords[name], typed: values.days[name] })),
      purposes: PURPOSES.map((value) => ({
        value,
        text: capital(purposeName(value, "en")),
        checked: values.purposes.includes(value),
      })),
      fields: PERSON_FIELDS.map((value) => ({
        value,
        text: capital(personFieldName(value, "en")),
        checked: values.fields.includes(value),
      })),
      parties: partners.map(({ partnerId, name }) => ({
        partnerId,
        name,
        ticks: PARTS.map((part) => ({
          part,
          text: staffWords[part],
          checked: values.parties[part].includes(partnerId),
        })),
      })),
      errors: errors.byField,
    },
    status: sent?.status ?? 200,
  });
}

const NO_DAY = shownDay("");

function valuesOf(old: Read["old"]): Values {
  const ticked = (part: (typeof PARTS)[number]) =>
    (old?.parties ?? []).filter((one) => one[part]).map(({ partnerId }) => partnerId);
  const days = { startsOn: NO_DAY, reviewOn: NO_DAY, endsOn: NO_DAY };
  return {
    texts: {
      title: old?.title ?? "",
      titleWelsh: old?.titleWelsh ?? "",
      gateway: old?.gateway ?? "",
      basis: old?.basis ?? "",
      specialBasis: old?.specialBasis ?? "",
      crimeBasis: old?.crimeBasis ?? "",
      keepDays: old === null ? "" : String(old.keepDays),
      assessment: old?.assessment ?? "",
      privacyNotice: old?.privacyNotice ?? "",
    },
    days: { ...days, assessedOn: shownDay(old?.assessedOn ?? "") },
    purposes: old?.purposes ?? [],
    fields: old?.fields ?? [],
    parties: { sends: ticked("sends"), receives: ticked("receives"), health: ticked("health") },
  };
}

function sentValues(request: FastifyRequest): Values {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, fieldOf(request, name).trim()]));
  const days = Object.fromEntries(DAYS.map((name) => [name, typedDay(request, name)]));
  const parties = Object.fromEntries(PARTS.map((part) => [part, fieldsOf(request, part)]));
  const ticked = { purposes: fieldsOf(request, "purposes"), fields: fieldsOf(request, "fields") };
  return { texts, days, parties, ...ticked } as Values;
}

type Input = z.input<typeof prepareAgreement.input>;

/** What is typed as the use case takes it; what is no day, or nothing, is left for it to refuse. */
function inputOf({ texts, days, parties, purposes, fields }: Values, replacesId: string | null): Input {
  const { sends, receives, health } = parties;
  const [startsOn, reviewOn, endsOn, assessedOn] = DAYS.map((name) => dayTyped(days[name]) ?? "");
  return {
    ...texts,
    titleWelsh: texts.titleWelsh === "" ? null : texts.titleWelsh,
    startsOn: startsOn ?? "",
    reviewOn: reviewOn ?? "",
    endsOn: endsOn ?? "",
    assessedOn: assessedOn ?? "",
    purposes: [...purposes] as Input["purposes"],
    fields: [...fields] as Input["fields"],
    parties: [...new Set([...sends, ...receives, ...health])].map((partnerId) => ({
      partnerId,
      sends: sends.includes(partnerId),
      receives: receives.includes(partnerId),
      health: health.includes(partnerId),
    })),
    replacesId,
  };
}

async function prepare(the: Exchange): Promise<FastifyReply> {
  const { words, visit, to } = deskOf(the);
  const { request } = the;
  const values = sentValues(request);
  const replaces = fieldOf(request, "replacesId") || null;
  const key = fieldOf(request, "requestKey");
  const requestKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key) ? key : newId();
  const input = inputOf(values, replaces);
  const done = await ask(request, prepareAgreement, { place: visit.place, input, requestKey });
  if (done.ok) return goTo(the, to.one(done.value.agreementId), words("preparedNotice"));
  const { refusal } = done;
  const apart = ["not_allowed", "place_not_found", "agreement_not_found"];
  if (apart.includes(refusal.code)) return sendRefusal(the, prepareAgreement, refusal);
  const told =
    refusal.code === "input_not_valid"
      ? { ...refusal, faults: plainFaults(refusal["faults"] as never, values) }
      : refusal;
  const errors = withAnchors(atFields(errorsOf(prepareAgreement, told, visit.language)));
  const { status } = wordsOf(prepareAgreement, told, visit.language);
  return show(the, { replaces, sent: { values, errors, status } });
}

/** A day that is none, or a field that was left empty, in the words of the form rather than those of the shape of its input. */
function plainFaults(faults: readonly InputFault[], { texts }: Values): readonly InputFault[] {
  return faults.map(({ field, message }) => {
    const day = DAYS.find((name) => name === field);
    if (day !== undefined) return { field, message: staffWords.realDate.replace("{label}", staffWords[day]) };
    const text = TEXTS.find((name) => name === field);
    if (text !== undefined && texts[text] === "")
      return { field, message: staffWords.fillIn.replace("{label}", staffWords[text]) };
    const list = (["purposes", "fields", "parties"] as const).find((name) => name === field);
    return { field, message: list === undefined ? message : `${staffWords[list]}: ${message}` };
  });
}

/** The first control of a day, of a list of ticks or of the table of partners. */
function withAnchors(errors: FormErrors): FormErrors {
  const day = new RegExp(`^#(${DAYS.join("|")})$`);
  const summary = errors.summary.map((one) =>
    one.href !== undefined && day.test(one.href) ? { ...one, href: `${one.href}-day` } : one,
  );
  return { ...errors, summary };
}
