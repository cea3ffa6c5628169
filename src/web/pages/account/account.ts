/** Who I am: my name, my places and roles, the language of my pages, and my password. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  changePassword,
  findDemonstrationAccount,
  identityRefusals,
  LEAST_PASSWORD_LENGTH,
} from "../../../identity/index.ts";
import type { Language } from "../../../lib/language.ts";
import { roleName } from "../../../platform/role-names.ts";
import { errorsOf, type FormErrors, goTo, sendPage, wordsOf } from "../../visit.ts";
import type { Web } from "../../web.ts";
import { type OwnPlace, placesOf } from "./own-places.ts";
import { type Exchange, fieldOf, keepLanguage, startSession } from "./session.ts";
import { accountWords } from "./words.ts";

const IDENTITY = { refusals: identityRefusals };

export function registerAccountPage(app: FastifyInstance, web: Web): void {
  const guarded = { preHandler: app.csrfProtection };
  app.get("/account", async (request, reply) => showAccount({ request, reply }, {}));

  for (const form of ["/account/password", "/account/language"])
    app.get(form, async (request, reply) => goTo({ request, reply }, "/account"));

  app.post("/account/language", guarded, async (request, reply) => {
    const language: Language = fieldOf(request, "language") === "cy" ? "cy" : "en";
    keepLanguage({ request, reply }, language);
    return goTo({ request, reply }, "/account", accountWords(language)("languageSaved"));
  });

  app.post("/account/password", guarded, async (request, reply) => {
    const the = { request, reply };
    const { userId } = request.session;
    if (userId === undefined) return goTo(the, "/sign-in?return=%2Faccount");
    const { language } = request.visit;
    const words = accountWords(language);
    const current = fieldOf(request, "current");
    if (current === "") {
      const text = words("currentNeeded");
      return showAccount(the, {
        errors: { summary: [{ text, href: "#current" }], byField: { current: { text } } },
        status: 400,
      });
    }
    if ((await findDemonstrationAccount(web.house.database, userId)) !== null) {
      const text = words("demonstrationPassword");
      return showAccount(the, {
        errors: { summary: [{ text, href: "#current" }], byField: { current: { text } } },
        status: 403,
      });
    }
    const changed = await changePassword(web.house.database, {
      userId,
      current,
      password: fieldOf(request, "password"),
    });
    if (!changed.ok) {
      const { refusal } = changed;
      if (refusal.code === "too_many_tries") reply.header("retry-after", String(refusal.retryAfterSeconds));
      const { status } = wordsOf(IDENTITY, changed.refusal, language);
      return showAccount(the, { errors: errorsOf(IDENTITY, changed.refusal, language), status });
    }
    await startSession(request, userId);
    return goTo(the, "/account", words("passwordChanged"));
  });
}

async function showAccount(
  the: Exchange,
  shown: { readonly errors?: FormErrors; readonly status?: number },
): Promise<FastifyReply> {
  const { visit, session } = the.request;
  if (session.userId === undefined) return goTo(the, "/sign-in?return=%2Faccount");
  const { web, language } = visit;
  const words = accountWords(language);
  const { userId } = session;
  const actor = await web.house.database.national((tx) => web.house.findActor(tx, { kind: "person", userId }));
  const places = await placesOf(web, userId);
  const title = words("accountTitle");
  return sendPage(the, "pages/account/account.njk", {
    top: { title, breadcrumbs: [], ...(shown.errors && { errors: shown.errors.summary }) },
    model: {
      w: words,
      title,
      name: actor.kind === "person" ? actor.name : "",
      email: places.find((place) => place.email !== null)?.email ?? null,
      roles: rolesTable(places, language),
      demonstration: (await findDemonstrationAccount(web.house.database, userId)) !== null,
      least: LEAST_PASSWORD_LENGTH,
      errors: shown.errors?.byField ?? {},
      token: await the.reply.generateCsrf(),
    },
    status: shown.status ?? 200,
  });
}

/** For the macro moneyTable. */
function rolesTable(places: readonly OwnPlace[], language: Language) {
  const words = accountWords(language);
  const columns = (["place", "role", "actingFor", "narrowedTo"] as const).map((key) => ({
    label: words(key),
    numeric: false,
  }));
  const rows = places.flatMap((place) =>
    place.roles.map((one) => ({
      cells: [
        { text: language === "cy" ? (place.nameWelsh ?? place.name) : place.name, href: `/places/${place.slug}` },
        { text: roleName(one.role, language) },
        { text: one.partner ?? words("nobody") },
        { text: one.area ?? words("wholePlace") },
      ],
    })),
  );
  return { columns, rows };
}
