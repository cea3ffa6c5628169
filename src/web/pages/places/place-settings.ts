/** The desk of the place itself: its colour, its neighbourhoods and its themes. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { addTheme, chooseColour, listPlaces, openNeighbourhood } from "../../../places/index.ts";
import { ask, goTo, sendRefusal } from "../../visit.ts";
import { fieldOf } from "../account/session.ts";
import { placeAddress } from "./addresses.ts";
import { type FormShown, formAgain, sendAdministration } from "./administration-page.ts";
import { choices, type Exchange, mayAt, openPlacePage } from "./place-page.ts";
import { staffWords } from "./staff-words.ts";

type AtPlace = { Params: { readonly place: string } };

const PLAIN = { name: staffWords.nameNeeded };
const LARGEST_LIST = 200;

export function registerPlaceSettings(app: FastifyInstance): void {
  const guarded = { preHandler: app.csrfProtection };
  const path = "/places/:place/administration/place";
  app.get<AtPlace>(path, async (request, reply) => showSettings({ request, reply }, { slug: request.params.place }));

  // A form's own address, opened by the language switch after a refusal, leads back to its page.
  for (const form of ["colour", "neighbourhoods", "themes"])
    app.get<AtPlace>(`${path}/${form}`, async (request, reply) =>
      goTo({ request, reply }, placeAddress(request.params.place, "administration", "place")),
    );

  app.post<AtPlace>(`${path}/colour`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const colour = fieldOf(request, "colour").trim().toLowerCase();
    const chosen = await ask(request, chooseColour, { place: slug, input: { colour: colour === "" ? null : colour } });
    if (chosen.ok) return goTo(the, placeAddress(slug, "administration", "place"), staffWords.colourSaved);
    const again = await formAgain(the, { useCase: chooseColour, refusal: chosen.refusal });
    return again === null
      ? reply
      : showSettings(the, { slug, form: "colour", values: { colour }, ...atField(again, "colour") });
  });

  app.post<AtPlace>(`${path}/neighbourhoods`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const parts = fieldOf(request, "parts");
    const values = {
      name: fieldOf(request, "name"),
      nameWelsh: fieldOf(request, "nameWelsh").trim() || null,
      insideAreaId: fieldOf(request, "insideAreaId") || null,
      source: fieldOf(request, "source").trim() || null,
    };
    const opened = await ask(request, openNeighbourhood, {
      place: slug,
      input: { ...values, parts: [...partsOf(parts)] },
    });
    if (opened.ok) return goTo(the, placeAddress(slug, "administration", "place"), staffWords.opened);
    const again = await formAgain(the, { useCase: openNeighbourhood, refusal: opened.refusal, plain: PLAIN });
    return again === null
      ? reply
      : showSettings(the, { slug, form: "neighbourhood", values: { ...values, parts }, ...again });
  });

  app.post<AtPlace>(`${path}/themes`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const values = { name: fieldOf(request, "name"), nameWelsh: fieldOf(request, "nameWelsh").trim() || null };
    const added = await ask(request, addTheme, { place: slug, input: values });
    if (added.ok) return goTo(the, placeAddress(slug, "administration", "place"), staffWords.themeAdded);
    const again = await formAgain(the, { useCase: addTheme, refusal: added.refusal, plain: PLAIN });
    return again === null ? reply : showSettings(the, { slug, form: "theme", values, ...again });
  });
}

type Again = { readonly errors: NonNullable<FormShown["errors"]>; readonly status: number };

/** A refusal that names no field belongs to the only field of its form. */
function atField({ errors, status }: Again, field: string): Again {
  return {
    status,
    errors: {
      summary: errors.summary.map(({ text }) => ({ text, href: `#${field}` })),
      byField: { [field]: { text: errors.summary[0]?.text ?? "" } },
    },
  };
}

/** One part a line, with the ward's code before its name where it has one. One line more than may be is kept, and refused. */
function partsOf(text: string) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, LARGEST_LIST + 1)
    .map((line) => {
      const coded = /^([EWSN]\d{8})[\s,]+(.+)$/i.exec(line);
      return coded ? { code: coded[1]?.toUpperCase() ?? null, name: coded[2] ?? "" } : { code: null, name: line };
    });
}

async function showSettings(the: Exchange, page: FormShown & { readonly slug: string }): Promise<FastifyReply> {
  const { slug } = page;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const [may] = await mayAt(the.request, { slug, permissions: ["place.manage"] });
  if (!may) return sendRefusal(the, chooseColour, { code: "not_allowed", permission: "place.manage" });
  const councils = shown.areas.filter((area) => area.kind === "council");
  const inside =
    page.form === "neighbourhood" && typeof page.values?.["insideAreaId"] === "string"
      ? page.values["insideAreaId"]
      : "";
  const model = {
    colour: page.form === "colour" ? page.values?.["colour"] : await colourOf(the, shown.slug),
    neighbourhoods: shown.areas
      .filter((area) => area.kind === "neighbourhood")
      .map((area) => ({
        name: area.name,
        slug: area.slug,
        href: placeAddress(area.slug),
        inside: councils.find((one) => one.areaId === area.insideAreaId)?.name ?? staffWords.insideNone,
        parts: area.parts.join(", "),
      })),
    councils: choices(
      councils.map((one) => ({ value: one.areaId, text: one.name })),
      { chosen: inside, empty: staffWords.insideNone },
    ),
    themes: shown.themes.map((theme) => ({ name: theme.name, nameWelsh: theme.nameWelsh })),
  };
  return sendAdministration(the, { ...page, shown, title: staffWords.place, template: "place-settings", model });
}

async function colourOf(the: Exchange, slug: string): Promise<string | null> {
  const places = await the.request.visit.web.house.database.national(listPlaces);
  return places.find((place) => place.slug === slug)?.colour ?? null;
}
