/** The desk for keys of partners' programs. A key is shown once, in the answer to the form that made it. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { identityRefusals, listKeys, makeKey, revokeKey } from "../../../identity/index.ts";
import { addDays, londonDay } from "../../../lib/day.ts";
import { SCOPES, type Scope } from "../../../platform/actor.ts";
import { formatAgo, formatDay } from "../../shell/formats.ts";
import { ask, goTo, sendRefusal } from "../../visit.ts";
import { fieldOf, fieldsOf } from "../account/session.ts";
import { placeAddress } from "./addresses.ts";
import { type FormShown, formAgain, sendAdministration } from "./administration-page.ts";
import { choices, type Exchange, openPlacePage, queryOf } from "./place-page.ts";
import { staffWords } from "./staff-words.ts";

type AtPlace = { Params: { readonly place: string } };

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  "money:read": staffWords.scope_money_read,
  "money:write": staffWords.scope_money_write,
  "spending:write": staffWords.scope_spending_write,
};
/** Long enough that nobody makes one a month, short enough that a forgotten one ends. */
const USUAL_DAYS = 180;

export function registerKeys(app: FastifyInstance): void {
  const guarded = { preHandler: app.csrfProtection };
  const path = "/places/:place/administration/keys";
  app.get<AtPlace>(path, async (request, reply) => showKeys({ request, reply }, { slug: request.params.place }));

  app.post<AtPlace>(path, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const values = {
      partnerId: fieldOf(request, "partnerId"),
      name: fieldOf(request, "name"),
      scopes: [...fieldsOf(request, "scopes")] as Scope[],
      expiresOn: fieldOf(request, "expiresOn").trim(),
    };
    const made = await ask(request, makeKey, { place: slug, input: values });
    if (made.ok) return showMade(the, { slug, ...made.value });
    const plain = { partnerId: staffWords.partnerNeeded, name: staffWords.nameNeeded, scopes: staffWords.scopesNeeded };
    const again = await formAgain(the, { useCase: makeKey, refusal: made.refusal, plain });
    return again === null ? reply : showKeys(the, { slug, values, ...again });
  });

  app.get<AtPlace>(`${path}/revoke`, async (request, reply) => askToRevoke({ request, reply }, request.params.place));

  app.post<AtPlace>(`${path}/revoke`, guarded, async (request, reply) => {
    const the = { request, reply };
    const slug = request.params.place;
    const revoked = await ask(request, revokeKey, { place: slug, input: { keyId: fieldOf(request, "keyId") } });
    if (revoked.ok) return goTo(the, placeAddress(slug, "administration", "keys"), staffWords.keyRevoked);
    return sendRefusal(the, revokeKey, revoked.refusal);
  });
}

async function showKeys(the: Exchange, page: FormShown & { readonly slug: string }): Promise<FastifyReply> {
  const { slug, values = {} } = page;
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const listed = await ask(the.request, listKeys, { place: slug, input: {} });
  if (!listed.ok) return sendRefusal(the, listKeys, listed.refusal);
  const now = the.request.visit.web.house.now();
  const today = londonDay(now);
  const keys = listed.value.keys.map((key) => {
    const over = key.revokedAt !== null ? "revoked" : key.expiresOn < today ? "expired" : "inForce";
    return {
      name: key.name,
      partner: key.partner ?? "",
      scopes: key.scopes.map((scope) => SCOPE_WORDS[scope]).join("; "),
      expiresOn: formatDay("en", key.expiresOn),
      lastUsed: key.lastUsedAt === null ? staffWords.neverUsed : formatAgo("en", { at: key.lastUsedAt, now }),
      state: { text: staffWords[over], tone: over === "inForce" ? "green" : "grey" },
      revokeHref:
        over === "inForce" ? `${placeAddress(slug, "administration", "keys", "revoke")}?key=${key.keyId}` : null,
    };
  });
  const usual = addDays(today, USUAL_DAYS);
  const chosen = Array.isArray(values["scopes"]) ? values["scopes"] : [];
  const model = {
    keys,
    partners: choices(
      shown.partners.map((one) => ({ value: one.partnerId, text: one.name })),
      {
        chosen: typeof values["partnerId"] === "string" ? values["partnerId"] : "",
        empty: staffWords.choose,
      },
    ),
    scopes: SCOPES.map((value) => ({ value, text: SCOPE_WORDS[value], checked: chosen.includes(value) })),
    expiresOn: values["expiresOn"] ?? usual,
    expiresHint: staffWords.expiresHint.replace("{{day}}", usual),
  };
  return sendAdministration(the, { ...page, shown, title: staffWords.keys, template: "keys", model });
}

async function showMade(
  the: Exchange,
  made: { readonly slug: string; readonly key: string; readonly expiresOn: string },
): Promise<FastifyReply> {
  const shown = await openPlacePage(the, made.slug);
  if (shown === null) return the.reply;
  const model = { key: made.key, expiresOn: made.expiresOn };
  return sendAdministration(the, {
    slug: made.slug,
    shown,
    title: staffWords.keyMadeTitle,
    template: "key-made",
    model,
  });
}

async function askToRevoke(the: Exchange, slug: string): Promise<FastifyReply> {
  const shown = await openPlacePage(the, slug);
  if (shown === null) return the.reply;
  const listed = await ask(the.request, listKeys, { place: slug, input: {} });
  if (!listed.ok) return sendRefusal(the, listKeys, listed.refusal);
  const keyId = queryOf(the.request, "key");
  const key = listed.value.keys.find((one) => one.keyId === keyId);
  if (key === undefined) return sendRefusal(the, { refusals: identityRefusals }, { code: "key_not_found" });
  const model = {
    question: staffWords.revokeQuestion,
    warning: staffWords.revokeWarning,
    facts: [
      { label: staffWords.key, text: key.name },
      { label: staffWords.keyFor, text: key.partner ?? "" },
      { label: staffWords.mayDo, text: key.scopes.map((scope) => SCOPE_WORDS[scope]).join("; ") },
    ],
    action: placeAddress(slug, "administration", "keys", "revoke"),
    field: { name: "keyId", value: keyId },
    button: staffWords.revokeButton,
    cancelHref: placeAddress(slug, "administration", "keys"),
  };
  return sendAdministration(the, { slug, shown, title: staffWords.revokeTitle, template: "confirm", model });
}
