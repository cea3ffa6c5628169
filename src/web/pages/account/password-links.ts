/** Asking for a link to set a password, and the page a link leads to. Looking at a link uses nothing up. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  findLink,
  identityRefusals,
  LEAST_PASSWORD_LENGTH,
  type OpenLink,
  requestReset,
  SIGN_IN_PATH,
  useLink,
} from "../../../identity/index.ts";
import { errorsOf, type FormErrors, goTo, sendPage, wordsOf } from "../../visit.ts";
import type { Web } from "../../web.ts";
import { type Exchange, fieldOf, startSession } from "./session.ts";
import { accountWords } from "./words.ts";

const IDENTITY = { refusals: identityRefusals };

export function registerPasswordLinks(app: FastifyInstance, web: Web): void {
  const guarded = { preHandler: app.csrfProtection };
  const { database } = web.house;
  app.get("/reset", async (request, reply) => showReset({ request, reply }, null));

  app.post("/reset", guarded, async (request, reply) => {
    const the = { request, reply };
    const words = accountWords(request.visit.language);
    const email = fieldOf(request, "email").trim().slice(0, 320);
    if (email === "") {
      const text = words("emailNeeded");
      return showReset(the, {
        errors: { summary: [{ text, href: "#email" }], byField: { email: { text } } },
        status: 400,
      });
    }
    const asked = await requestReset(database, { email, address: request.ip });
    if (!asked.ok) {
      reply.header("retry-after", String(asked.refusal["retryAfterSeconds"]));
      return showReset(the, { errors: errorsOf(IDENTITY, asked.refusal, request.visit.language), status: 429 });
    }
    const title = words("resetSentTitle");
    return sendPage(the, "pages/account/reset-sent.njk", {
      top: { title, breadcrumbs: [] },
      model: { w: words, title, email },
    });
  });

  app.get<{ Params: { readonly token: string } }>("/account/link/:token", async (request, reply) => {
    const the = hidden({ request, reply });
    const link = await findLink(database, request.params.token);
    return link === null ? showGone(the) : showLink(the, { link });
  });

  app.post<{ Params: { readonly token: string } }>("/account/link/:token", guarded, async (request, reply) => {
    const the = hidden({ request, reply });
    const { token } = request.params;
    const link = await findLink(database, token);
    if (link === null) return showGone(the);
    const set = await useLink(database, { token, password: fieldOf(request, "password") });
    if (!set.ok) {
      if (set.refusal.code === "link_not_valid") return showGone(the);
      const { language } = request.visit;
      const { status } = wordsOf(IDENTITY, set.refusal, language);
      return showLink(the, { link, errors: errorsOf(IDENTITY, set.refusal, language), status });
    }
    await startSession(request, null);
    return goTo(the, SIGN_IN_PATH, accountWords(request.visit.language)("passwordSet"));
  });
}

/** The page's address is a secret: it is not told to any page that is opened from here. */
function hidden(the: Exchange): Exchange {
  the.reply.header("referrer-policy", "no-referrer");
  return the;
}

type Shown = { readonly errors?: FormErrors; readonly status?: number };

async function showReset(the: Exchange, shown: Shown | null): Promise<FastifyReply> {
  const words = accountWords(the.request.visit.language);
  return sendPage(the, "pages/account/reset.njk", {
    top: { title: words("resetTitle"), breadcrumbs: [], ...(shown?.errors && { errors: shown.errors.summary }) },
    model: { w: words, errors: shown?.errors?.byField ?? {}, token: await the.reply.generateCsrf() },
    status: shown?.status ?? 200,
  });
}

async function showLink(the: Exchange, shown: Shown & { readonly link: OpenLink }): Promise<FastifyReply> {
  const words = accountWords(the.request.visit.language);
  const title = words(shown.link.kind === "invitation" ? "linkInvitationTitle" : "linkResetTitle");
  return sendPage(the, "pages/account/link.njk", {
    top: { title, breadcrumbs: [], ...(shown.errors && { errors: shown.errors.summary }) },
    model: {
      w: words,
      title,
      link: shown.link,
      least: LEAST_PASSWORD_LENGTH,
      errors: shown.errors?.byField ?? {},
      token: await the.reply.generateCsrf(),
    },
    status: shown.status ?? 200,
  });
}

function showGone(the: Exchange): Promise<FastifyReply> {
  const words = accountWords(the.request.visit.language);
  const title = words("linkGoneTitle");
  return sendPage(the, "pages/account/link-gone.njk", {
    top: { title, breadcrumbs: [] },
    model: { w: words, title },
    status: 404,
  });
}
