/** A place's services by theme, the page of one, and adding one. Families are shown only suppressed. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Language } from "../../../lib/language.ts";
import { addService, placesRefusals, type ShownReach } from "../../../places/index.ts";
import { ask, type FormErrors, goTo, sendPage, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { fileLinks } from "../money/addresses.ts";
import { askedFormat, EXPORT_LIMIT, sendTable } from "../money/exports.ts";
import { readAboutRecord } from "../records/index.ts";
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
  type ShownPlace,
} from "./place-page.ts";
import { periodWords, reachWords, readReach } from "./reach.ts";
import { staffWords } from "./staff-words.ts";
import { placeWords } from "./words.ts";

type AtPlace = { Params: { readonly place: string } };
type AtService = { Params: { readonly place: string; readonly service: string } };
type ListedService = ShownPlace["services"][number];

export function registerServices(app: FastifyInstance): void {
  app.get<AtPlace>("/places/:place/services", { config: EXPORT_LIMIT }, async (request, reply) =>
    showServices({ request, reply }, request.params.place),
  );
  app.get<AtPlace>("/places/:place/services/new", async (request, reply) =>
    showForm({ request, reply }, { slug: request.params.place }),
  );
  app.get<AtService>("/places/:place/services/:service", async (request, reply) =>
    showService({ request, reply }, request.params),
  );
  app.post<AtPlace>("/places/:place/services/new", { preHandler: app.csrfProtection }, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const input = {
      name: fieldOf(request, "name"),
      nameWelsh: fieldOf(request, "nameWelsh").trim() || null,
      description: fieldOf(request, "description").replaceAll("\r\n", "\n"),
      providerId: fieldOf(request, "providerId"),
      themeId: fieldOf(request, "themeId") || null,
      areaId: fieldOf(request, "areaId") || null,
    };
    const added = await ask(request, addService, { place: slug, input });
    if (added.ok) return goTo(the, placeAddress(slug, "services", added.value.serviceId), "The service is added.");
    const again = await formAgain(the, { useCase: addService, refusal: added.refusal, plain: PLAIN });
    return again === null ? reply : showForm(the, { slug, values: input, ...again });
  });
}

const PLAIN = { providerId: staffWords.providerNeeded, name: staffWords.nameNeeded };

async function showServices(the: Exchange, slug: string): Promise<FastifyReply> {
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const { language } = the.request.visit;
  const words = placeWords(language);
  const reach = await readReach(the.request, { slug, serviceIds: shown.services.map((one) => one.serviceId) });
  const format = askedFormat(the);
  if (format !== null) return sendTable(the, { format, table: servicesFile(shown, { slug, reach }) });
  const [mayAdd] = await mayAt(the.request, { slug, permissions: ["partner.manage"] });
  const columns = (["name", "provider", "area", "families", "reachPeriod"] as const).map((key) => ({
    label: words(key),
    numeric: false,
  }));
  const tables = themesOf(shown, language).map(({ name, services }) => ({
    name,
    columns,
    rows: services.map((service) =>
      rowOf(language, { shown, slug, service, latest: reach.get(service.serviceId)?.[0] }),
    ),
  }));
  return sendPage(the, "pages/places/services.njk", {
    top: {
      title: words("services"),
      place: slug,
      room: "partners",
      breadcrumbs: crumbsTo(language, { shown, last: [{ text: words("services") }] }),
    },
    model: {
      w: words,
      count: words("servicesCount", { count: shown.services.length }),
      tables,
      ...fileLinks(placeAddress(slug, "services"), {}),
      partnersHref: placeAddress(slug, "partners"),
      addHref: mayAdd ? placeAddress(slug, "services", "new") : null,
    },
  });
}

/** Families reached are told in the words of the page: small counts stay hidden in a file too. */
function servicesFile(
  shown: ShownPlace,
  { slug, reach }: { readonly slug: string; readonly reach: ReadonlyMap<string, readonly ShownReach[]> },
) {
  const columns = ["service_id", "name", "name_welsh", "provider", "theme", "area", "families", "from", "to"] as const;
  return {
    name: `${slug}-services`,
    sheet: placeWords("en")("services"),
    columns: columns.map((name) => ({ name, type: "text" as const })),
    rows: shown.services.map((one) => {
      const latest = reach.get(one.serviceId)?.[0];
      return [
        one.serviceId,
        one.name,
        one.nameWelsh ?? "",
        one.provider,
        one.theme ?? "",
        areaOf("en", { shown, areaId: one.areaId }),
        latest === undefined ? "" : reachWords("en", latest.count),
        latest?.startsOn ?? "",
        latest?.endsOn ?? "",
      ];
    }),
  };
}

/** In the order of the themes; services under none come last. */
function themesOf(
  shown: ShownPlace,
  language: Language,
): readonly { readonly name: string; readonly services: readonly ListedService[] }[] {
  const themes = shown.themes.map((theme) => ({
    name: nameIn(language, theme),
    services: shown.services.filter((service) => service.themeId === theme.themeId),
  }));
  const none = {
    name: placeWords(language)("noTheme"),
    services: shown.services.filter((service) => service.themeId === null),
  };
  return [...themes, none].filter(({ services }) => services.length > 0);
}

type Row = {
  readonly shown: ShownPlace;
  readonly slug: string;
  readonly service: ListedService;
  readonly latest: ShownReach | undefined;
};

function rowOf(language: Language, { shown, slug, service, latest }: Row) {
  const words = placeWords(language);
  return {
    cells: [
      { text: nameIn(language, service), href: placeAddress(slug, "services", service.serviceId) },
      { text: service.provider },
      { text: areaOf(language, { shown, areaId: service.areaId }) },
      { text: latest === undefined ? words("familiesUnknown") : reachWords(language, latest.count) },
      { text: latest === undefined ? "–" : periodWords(language, latest) },
    ],
  };
}

function areaOf(language: Language, the: { readonly shown: ShownPlace; readonly areaId: string | null }): string {
  const area = the.shown.areas.find((one) => one.areaId === the.areaId);
  return area === undefined ? placeWords(language)("wholePlace") : nameIn(language, area);
}

async function showService(the: Exchange, at: AtService["Params"]): Promise<FastifyReply> {
  const slug = at.place;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const service = shown.services.find((one) => one.serviceId === at.service);
  if (service === undefined) return sendRefusal(the, { refusals: placesRefusals }, { code: "service_not_found" });
  const { language } = the.request.visit;
  const words = placeWords(language);
  const reach = (await readReach(the.request, { slug, serviceIds: [service.serviceId] })).get(service.serviceId) ?? [];
  const theme = shown.themes.find((one) => one.themeId === service.themeId);
  const provider = shown.partners.find((one) => one.partnerId === service.providerId);
  const title = nameIn(language, service);
  return sendPage(the, "pages/places/service.njk", {
    top: {
      title,
      place: slug,
      room: "partners",
      breadcrumbs: crumbsTo(language, {
        shown,
        last: [{ text: words("services"), href: placeAddress(slug, "services") }, { text: title }],
      }),
    },
    model: {
      w: words,
      title,
      description: service.description,
      facts: [
        {
          label: words("provider"),
          text: provider ? nameIn(language, provider) : service.provider,
          href: `${placeAddress(slug, "partners")}#${service.providerId}`,
        },
        { label: words("theme"), text: theme === undefined ? words("noTheme") : nameIn(language, theme) },
        { label: words("area"), text: areaOf(language, { shown, areaId: service.areaId }) },
      ],
      columns: (["reachPeriod", "families", "reachSource"] as const).map((key) => ({
        label: words(key),
        numeric: false,
      })),
      reach: reach.map((one) => ({
        cells: [{ text: periodWords(language, one) }, { text: reachWords(language, one.count) }, { text: one.source }],
      })),
      followHref: placeAddress(slug, "trace", service.serviceId),
      aboutRecord: await readAboutRecord(the.request, { place: slug, record: service.serviceId }),
    },
  });
}

type FormShown = {
  readonly slug: string;
  readonly values?: Readonly<Record<string, string | null>>;
  readonly errors?: FormErrors;
  readonly status?: number;
};

async function showForm(the: Exchange, form: FormShown): Promise<FastifyReply> {
  const { slug, values = {}, errors = NO_ERRORS } = form;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const [may] = await mayAt(the.request, { slug, permissions: ["partner.manage"] });
  if (!may) return sendRefusal(the, addService, { code: "not_allowed", permission: "partner.manage" });
  const { language } = the.request.visit;
  const last = [
    { text: placeWords(language)("services"), href: placeAddress(slug, "services") },
    { text: staffWords.addService },
  ];
  const providers = shown.partners.filter((one) => one.parts.includes("provider"));
  return sendPage(the, "pages/places/service-new.njk", {
    top: {
      title: staffWords.addService,
      place: slug,
      room: "partners",
      breadcrumbs: crumbsTo(language, { shown, last }),
      errors: errors.summary,
    },
    model: {
      s: staffWords,
      action: placeAddress(slug, "services", "new"),
      values,
      errors: errors.byField,
      providers: choices(
        providers.map((one) => ({ value: one.partnerId, text: one.name })),
        { chosen: values["providerId"] ?? "", empty: staffWords.choose },
      ),
      themes: choices(
        shown.themes.map((one) => ({ value: one.themeId, text: one.name })),
        { chosen: values["themeId"] ?? "", empty: staffWords.noTheme },
      ),
      areas: choices(
        shown.areas.map((one) => ({ value: one.areaId, text: one.name })),
        { chosen: values["areaId"] ?? "", empty: staffWords.wholePlace },
      ),
    },
    status: form.status ?? 200,
  });
}
