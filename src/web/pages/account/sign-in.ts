/** Signing in with an e-mail address and a password, or by a button of the demonstration; and signing out. */
import type { FastifyInstance, FastifyReply } from "fastify";
import {
  demonstrationAccounts,
  findDemonstrationAccount,
  identityRefusals,
  type SignedIn,
  signIn,
} from "../../../identity/index.ts";
import type { Refusal } from "../../../lib/result.ts";
import { errorsOf, type FormErrors, goTo, sendPage, wordsOf } from "../../visit.ts";
import type { Web } from "../../web.ts";
import { demonstrationButtons } from "./demonstration-people.ts";
import { placesOf } from "./own-places.ts";
import { localAddress } from "./return-address.ts";
import { type Exchange, fieldOf, offerLanguage, startSession } from "./session.ts";
import { accountWords } from "./words.ts";

const IDENTITY = { refusals: identityRefusals };

export function registerSignIn(app: FastifyInstance, web: Web): void {
  const guarded = { preHandler: app.csrfProtection };
  app.get("/sign-in", async (request, reply) => {
    const returnTo = localAddress((request.query as Readonly<Record<string, unknown>>)["return"]);
    if (request.session.userId !== undefined) return goTo({ request, reply }, returnTo ?? "/account");
    return showForm({ request, reply }, { email: "", returnTo });
  });

  app.post("/sign-in", guarded, async (request, reply) => {
    const the = { request, reply };
    const asked = { email: fieldOf(request, "email").trim(), returnTo: localAddress(fieldOf(request, "return")) };
    const password = fieldOf(request, "password");
    const missing = missingFields(the, { email: asked.email, password });
    if (missing !== null) return showForm(the, { ...asked, errors: missing, status: 400 });
    const result = await signIn(web.house.database, { email: asked.email, password, address: request.ip });
    if (!result.ok) return refused(the, asked, result.refusal);
    // Their password is known: where others reach the server it opens nothing, in the words of a wrong one.
    if (!web.demonstrationSignIns && (await findDemonstrationAccount(web.house.database, result.value.userId)) !== null)
      return refused(the, asked, { code: "sign_in_failed" });
    return enter(the, { person: result.value, returnTo: asked.returnTo });
  });

  app.get("/sign-in/demonstration", async (request, reply) => goTo({ request, reply }, "/sign-in"));
  app.get("/sign-out", async (request, reply) => goTo({ request, reply }, "/account"));

  app.post("/sign-in/demonstration", guarded, async (request, reply) => {
    const email = fieldOf(request, "email");
    const accounts = web.demonstrationSignIns ? await demonstrationAccounts(web.house.database) : [];
    const chosen = accounts.find((account) => account.email === email);
    const person = chosen && (await findDemonstrationAccount(web.house.database, chosen.userId));
    if (!person) return goTo({ request, reply }, "/sign-in");
    return enter({ request, reply }, { person, returnTo: localAddress(fieldOf(request, "return")) });
  });

  app.post("/sign-out", guarded, async (request, reply) => {
    await startSession(request, null);
    return goTo({ request, reply }, "/", accountWords(request.visit.language)("signedOut"));
  });
}

async function enter(
  the: Exchange,
  { person, returnTo }: { readonly person: SignedIn; readonly returnTo: string | null },
): Promise<FastifyReply> {
  await startSession(the.request, person.userId);
  offerLanguage(the, person.language);
  if (returnTo !== null && returnTo !== "/") return goTo(the, returnTo);
  const places = await placesOf(the.request.visit.web, person.userId);
  const [first] = places;
  return goTo(the, first === undefined ? "/account" : `/places/${first.slug}`);
}

type Asked = { readonly email: string; readonly returnTo: string | null };

function refused(the: Exchange, asked: Asked, refusal: Refusal): Promise<FastifyReply> {
  const { language } = the.request.visit;
  const wait = refusal["retryAfterSeconds"];
  if (typeof wait === "number") the.reply.header("retry-after", String(wait));
  const { status } = wordsOf(IDENTITY, refusal, language);
  return showForm(the, { ...asked, errors: errorsOf(IDENTITY, refusal, language), status });
}

function missingFields(the: Exchange, form: { readonly email: string; readonly password: string }): FormErrors | null {
  const words = accountWords(the.request.visit.language);
  const faults = [
    ...(form.email === "" ? [{ field: "email", text: words("emailNeeded") }] : []),
    ...(form.password === "" ? [{ field: "password", text: words("passwordNeeded") }] : []),
  ];
  if (faults.length === 0) return null;
  return {
    summary: faults.map(({ field, text }) => ({ text, href: `#${field}` })),
    byField: Object.fromEntries(faults.map(({ field, text }) => [field, { text }])),
  };
}

async function showForm(
  the: Exchange,
  form: Asked & { readonly errors?: FormErrors; readonly status?: number },
): Promise<FastifyReply> {
  const words = accountWords(the.request.visit.language);
  return sendPage(the, "pages/account/sign-in.njk", {
    top: { title: words("signInTitle"), breadcrumbs: [], ...(form.errors && { errors: form.errors.summary }) },
    model: {
      w: words,
      email: form.email,
      returnTo: form.returnTo,
      errors: form.errors?.byField ?? {},
      token: await the.reply.generateCsrf(),
      people: await demonstrationButtons(the.request),
      boxTitle: words("demonstrationTitle"),
      boxLead: words("demonstrationLead"),
    },
    status: form.status ?? 200,
  });
}
