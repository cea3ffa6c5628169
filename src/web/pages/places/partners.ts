/** A place's partners: who they are, what they do here and their public numbers; and adding one. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { addPartner, PARTNER_KINDS, PARTNER_PARTS } from "../../../places/index.ts";
import { ask, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf, fieldsOf } from "../account/session.ts";
import { fileLinks } from "../money/addresses.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import { placeAddress } from "./addresses.ts";
import { formAgain } from "./administration-page.ts";
import {
  choices,
  crumbsTo,
  type Exchange,
  mayAt,
  NO_ERRORS,
  nameIn,
  openPlacePage,
  queryOf,
  type ShownPlace,
} from "./place-page.ts";
import { staffWords } from "./staff-words.ts";
import { type PlaceKey, placeWords } from "./words.ts";

const SCHEMES = ["GB-COH", "GB-CHC", "GB-NHS", "GB-LAE", "GSS", "UKPRN"] as const;

type AtPlace = { Params: { readonly place: string } };

export function registerPartners(app: FastifyInstance): void {
  app.get<AtPlace>("/places/:place/partners", { config: EXPORT_LIMIT }, async (request, reply) =>
    showPartners({ request, reply }, request.params.place),
  );
  app.get<AtPlace>("/places/:place/partners/new", async (request, reply) =>
    showForm({ request, reply }, { slug: request.params.place }),
  );
  app.post<AtPlace>("/places/:place/partners/new", { preHandler: app.csrfProtection }, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const scheme = fieldOf(request, "scheme");
    const identifier = fieldOf(request, "identifiers").trim();
    const input = {
      name: fieldOf(request, "name"),
      nameWelsh: fieldOf(request, "nameWelsh").trim() || null,
      kind: fieldOf(request, "kind") as (typeof PARTNER_KINDS)[number],
      parts: [...fieldsOf(request, "parts")] as (typeof PARTNER_PARTS)[number][],
      areaId: fieldOf(request, "areaId") || null,
      identifiers: identifier === "" ? [] : [{ scheme, identifier }],
    };
    const added = await ask(request, addPartner, { place: slug, input });
    if (added.ok) return goTo(the, placeAddress(slug, "partners"), `${input.name.trim()} is a partner here now.`);
    const again = await formAgain(the, { useCase: addPartner, refusal: added.refusal, plain: PLAIN });
    return again === null ? reply : showForm(the, { slug, values: { ...input, scheme, identifier }, ...again });
  });
}

const PLAIN = { kind: staffWords.kindNeeded, name: staffWords.nameNeeded };

async function showPartners(the: Exchange, slug: string): Promise<FastifyReply> {
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const { language } = the.request.visit;
  const words = placeWords(language);
  const [kind, part] = [queryOf(the.request, "kind"), queryOf(the.request, "part")];
  const areaId = shown.narrowedTo?.areaId ?? null;
  const partners = shown.partners.filter(
    (one) =>
      (kind === "" || one.kind === kind) &&
      (part === "" || (one.parts as readonly string[]).includes(part)) &&
      (areaId === null || one.areaId === areaId || one.areaId === null),
  );
  const format = askedFormat(the);
  if (format !== null)
    return sendTable(the, { format, table: partnersFile(partners, { slug, sheet: words("partners") }) });
  const [mayAdd] = await mayAt(the.request, { slug, permissions: ["partner.manage"] });
  const present = new Set(shown.partners.map((one) => one.kind));
  const address = placeAddress(slug, "partners");
  return sendPage(the, "pages/places/partners.njk", {
    top: {
      title: words("partners"),
      place: slug,
      room: "partners",
      breadcrumbs: crumbsTo(language, { shown, last: [{ text: words("partners") }] }),
    },
    model: {
      w: words,
      count: words("partnersCount", { count: partners.length }),
      partners: partners.map((one) => rowOf(language, one)),
      ...fileLinks(address, { kind, part }),
      anyPartners: shown.partners.length > 0,
      filtered: kind !== "" || part !== "",
      address,
      servicesHref: placeAddress(slug, "services"),
      sharingHref: placeAddress(slug, "sharing"),
      addHref: mayAdd ? placeAddress(slug, "partners", "new") : null,
      kinds: choices(
        PARTNER_KINDS.filter((one) => present.has(one)).map((value) => ({ value, text: words(`kind_${value}`) })),
        { chosen: kind, empty: words("allKinds") },
      ),
      parts: choices(
        PARTNER_PARTS.map((value) => ({ value, text: words(`part_${value}`) })),
        { chosen: part, empty: words("allParts") },
      ),
    },
  });
}

function partnersFile(
  partners: ShownPlace["partners"],
  { slug, sheet }: { readonly slug: string; readonly sheet: string },
) {
  return {
    name: `${slug}-partners`,
    sheet,
    columns: (["partner_id", "name", "name_welsh", "kind", "parts", "identifiers", "made_up"] as const).map((name) => ({
      name,
      type: "text" as const,
    })),
    rows: partners.map((one) => [
      one.partnerId,
      one.name,
      one.nameWelsh ?? "",
      one.kind,
      one.parts.join("; "),
      one.identifiers.map(({ scheme, identifier }) => `${scheme}: ${identifier}`).join("; "),
      one.madeUp ? "yes" : "no",
    ]),
  };
}

function rowOf(language: Language, partner: ShownPlace["partners"][number]) {
  const words = placeWords(language);
  return {
    id: partner.partnerId,
    name: nameIn(language, partner),
    madeUp: partner.madeUp && !partner.name.endsWith("(made up)"),
    kind: words(`kind_${partner.kind}`),
    parts: partner.parts.map((part) => words(`part_${part}`)).join(", "),
    identifiers: partner.identifiers.map(({ scheme, identifier }) => ({
      scheme: schemeWords(language, scheme),
      identifier,
    })),
  };
}

function schemeWords(language: Language, scheme: string): string {
  const known = (SCHEMES as readonly string[]).includes(scheme);
  return known
    ? placeWords(language)(`scheme_${scheme.replaceAll("-", "_")}` as Extract<PlaceKey, `scheme_${string}`>)
    : scheme;
}

type FormShown = {
  readonly slug: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly errors?: FormErrors;
  readonly status?: number;
};

async function showForm(the: Exchange, form: FormShown): Promise<FastifyReply> {
  const { slug } = form;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const [may] = await mayAt(the.request, { slug, permissions: ["partner.manage"] });
  if (!may) return sendRefusal(the, addPartner, { code: "not_allowed", permission: "partner.manage" });
  const { language } = the.request.visit;
  const words = placeWords("en");
  const values = form.values ?? {};
  const text = (name: string): string => (typeof values[name] === "string" ? values[name] : "");
  const chosen = Array.isArray(values["parts"]) ? values["parts"] : [];
  const errors = form.errors ?? NO_ERRORS;
  return sendPage(the, "pages/places/partner-new.njk", {
    top: {
      title: staffWords.addPartner,
      place: slug,
      room: "partners",
      breadcrumbs: crumbsTo(language, {
        shown,
        last: [
          { text: placeWords(language)("partners"), href: placeAddress(slug, "partners") },
          { text: staffWords.addPartner },
        ],
      }),
      errors: errors.summary,
    },
    model: {
      s: staffWords,
      action: placeAddress(slug, "partners", "new"),
      values,
      errors: errors.byField,
      kinds: choices(
        PARTNER_KINDS.map((value) => ({ value, text: words(`kind_${value}`) })),
        { chosen: text("kind"), empty: staffWords.choose },
      ),
      parts: PARTNER_PARTS.map((value) => ({
        value,
        text: capital(words(`part_${value}`)),
        checked: chosen.includes(value),
      })),
      schemes: choices(
        SCHEMES.map((value) => ({ value, text: schemeWords("en", value) })),
        { chosen: text("scheme"), empty: staffWords.noNumber },
      ),
      areas: choices(
        shown.areas.map((area) => ({ value: area.areaId, text: area.name })),
        { chosen: text("areaId"), empty: words("wholePlace") },
      ),
    },
    status: form.status ?? 200,
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
