/** The start page, the pages about the site itself, and the places' own colours. */
import type { FastifyInstance } from "fastify";
import about from "../../../package.json" with { type: "json" };
import { listPlaces } from "../../places/index.ts";
import { type PlaceColour, placeStylesheet } from "../shell/place-colour.ts";
import { sendPage } from "../visit.ts";
import type { Web } from "../web.ts";
import { showStart } from "./home/start-page.ts";
import { homeWords } from "./home/words.ts";

const TITLES = {
  cookies: { en: "Cookies", cy: "Cwcis" },
  accessibility: { en: "Accessibility statement", cy: "Datganiad hygyrchedd" },
  privacy: { en: "Privacy", cy: "Preifatrwydd" },
} as const;

export function registerHomePages(app: FastifyInstance, web: Web): void {
  app.get("/", async (request, reply) => showStart({ request, reply }));
  app.get("/about", async (request, reply) => {
    const words = homeWords(request.visit.language);
    const title = words("aboutTitle");
    return sendPage({ request, reply }, "pages/home/about.njk", {
      top: { title, breadcrumbs: [] },
      model: { w: words, title, version: about.version },
    });
  });
  for (const page of ["cookies", "accessibility", "privacy"] as const)
    app.get(`/${page}`, async (request, reply) =>
      sendPage({ request, reply }, `pages/${page}.njk`, {
        top: { title: TITLES[page][request.visit.language], breadcrumbs: [] },
      }),
    );
  app.get("/places.css", async (_request, reply) => {
    const places = await web.house.database.national(listPlaces);
    const coloured = places.flatMap((place) =>
      place.colour === null ? [] : [{ slug: place.slug, colour: place.colour as PlaceColour }],
    );
    return reply
      .type("text/css; charset=utf-8")
      .header("cache-control", "public, max-age=300")
      .send(placeStylesheet(coloured));
  });
}
