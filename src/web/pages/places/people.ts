/** The desk where people are invited to a place and roles are given and ended. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { endRole, grantRole, identityRefusals, invite, listPeople } from "../../../identity/index.ts";
import { ROLES, type Role } from "../../../platform/actor.ts";
import { roleName } from "../../../platform/role-names.ts";
import { ask, goTo, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { placeAddress } from "./addresses.ts";
import { type FormShown, formAgain, sendAdministration } from "./administration-page.ts";
import { choices, type Exchange, openPlacePage, queryOf } from "./place-page.ts";
import { staffWords } from "./staff-words.ts";

type AtPlace = { Params: { readonly place: string } };
type Sent = Exchange["request"];

const PLAIN = { name: staffWords.nameNeeded, role: staffWords.roleNeeded };

export function registerPeople(app: FastifyInstance): void {
  const guarded = { preHandler: app.csrfProtection };
  const path = "/places/:place/administration/people";
  app.get<AtPlace>(path, async (request, reply) => showPeople({ request, reply }, { slug: request.params.place }));

  app.post<AtPlace>(path, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const values = {
      ...roleFields(request),
      name: fieldOf(request, "name"),
      language: fieldOf(request, "language") === "cy" ? "cy" : "en",
    } as const;
    const invited = await ask(request, invite, { place: slug, input: values });
    if (invited.ok) return goTo(the, placeAddress(slug, "administration", "people"), staffWords.invited);
    const again = await formAgain(the, { useCase: invite, refusal: invited.refusal, plain: PLAIN });
    return again === null ? reply : showPeople(the, { slug, form: "invite", values, ...again });
  });

  app.post<AtPlace>(`${path}/roles`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const values = roleFields(request);
    const granted = await ask(request, grantRole, { place: slug, input: values });
    if (granted.ok) return goTo(the, placeAddress(slug, "administration", "people"), staffWords.granted);
    const again = await formAgain(the, { useCase: grantRole, refusal: granted.refusal, plain: PLAIN });
    return again === null ? reply : showPeople(the, { slug, form: "grant", values, ...again });
  });

  // A form's own address, opened by the language switch after a refusal, leads back to its page.
  app.get<AtPlace>(`${path}/roles`, async (request, reply) =>
    goTo({ request, reply }, placeAddress(request.params.place, "administration", "people")),
  );

  app.get<AtPlace>(`${path}/end`, async (request, reply) => askToEnd({ request, reply }, request.params.place));

  app.post<AtPlace>(`${path}/end`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const ended = await ask(request, endRole, { place: slug, input: { holdingId: fieldOf(request, "holdingId") } });
    if (ended.ok) return goTo(the, placeAddress(slug, "administration", "people"), staffWords.ended);
    const again = await formAgain(the, { useCase: endRole, refusal: ended.refusal });
    if (again === null) return reply;
    return showPeople(the, {
      slug,
      ...again,
      errors: { ...again.errors, summary: again.errors.summary.map(({ text }) => ({ text, href: "#people" })) },
    });
  });
}

function roleFields(request: Sent) {
  return {
    email: fieldOf(request, "email").trim(),
    role: fieldOf(request, "role") as Role,
    partnerId: fieldOf(request, "partnerId") || null,
    areaId: fieldOf(request, "areaId") || null,
  };
}

async function showPeople(the: Exchange, page: FormShown & { readonly slug: string }): Promise<FastifyReply> {
  const { slug } = page;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const listed = await ask(the.request, listPeople, { place: slug, input: {} });
  if (!listed.ok) return sendRefusal(the, listPeople, listed.refusal);
  const areas = new Map(shown.areas.map((area) => [area.areaId, area.name]));
  const people = listed.value.people.map((one) => ({
    name: one.name,
    email: one.email,
    own: one.userId === the.request.session.userId,
    role: roleName(one.role, "en"),
    partner: one.partner ?? staffWords.noPartner,
    area: one.areaId === null ? staffWords.wholePlace : (areas.get(one.areaId) ?? ""),
    endHref: `${placeAddress(slug, "administration", "people", "end")}?holding=${one.holdingId}`,
  }));
  const selects = (form: string) => {
    const chosen = (field: string): string =>
      page.form === form && typeof page.values?.[field] === "string" ? page.values[field] : "";
    return {
      roles: choices(
        ROLES.map((role) => ({ value: role, text: capital(roleName(role, "en")) })),
        { chosen: chosen("role"), empty: staffWords.choose },
      ),
      partners: choices(
        shown.partners.map((one) => ({ value: one.partnerId, text: one.name })),
        { chosen: chosen("partnerId"), empty: staffWords.noPartner },
      ),
      areas: choices(
        shown.areas.map((one) => ({ value: one.areaId, text: one.name })),
        { chosen: chosen("areaId"), empty: staffWords.wholePlace },
      ),
    };
  };
  const model = { people, invite: selects("invite"), grant: selects("grant") };
  return sendAdministration(the, { ...page, shown, title: staffWords.people, template: "people", model });
}

async function askToEnd(the: Exchange, slug: string): Promise<FastifyReply> {
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const listed = await ask(the.request, listPeople, { place: slug, input: {} });
  if (!listed.ok) return sendRefusal(the, listPeople, listed.refusal);
  const holdingId = queryOf(the.request, "holding");
  const one = listed.value.people.find((person) => person.holdingId === holdingId);
  if (one === undefined) return sendRefusal(the, { refusals: identityRefusals }, { code: "role_not_found" });
  const model = {
    question: staffWords.endQuestion,
    warning: staffWords.endWarning,
    facts: [
      { label: staffWords.person, text: `${one.name} (${one.email})` },
      { label: staffWords.role, text: roleName(one.role, "en") },
      { label: staffWords.actsFor, text: one.partner ?? staffWords.noPartner },
    ],
    action: placeAddress(slug, "administration", "people", "end"),
    field: { name: "holdingId", value: holdingId },
    button: staffWords.endButton,
    cancelHref: placeAddress(slug, "administration", "people"),
  };
  return sendAdministration(the, { slug, shown, title: staffWords.endTitle, template: "confirm", model });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
