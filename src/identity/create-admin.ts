/**
 * Makes the first administrator, at the machine itself: an account, the role at a place, and a link to set the password.
 * Before any place is open the account stands alone, and the role is given when there is one.
 */
import { z } from "zod";
import { LANGUAGES } from "../lib/language.ts";
import { accept, type Result, refuse } from "../lib/result.ts";
import { enterPlace, findHoldings, findPlace, insertHolding, listPlaces } from "../places/index.ts";
import { writeAudit } from "../platform/audit/index.ts";
import { type Context, declareNationalUseCase, field, type PlaceInHand } from "../platform/use-case/index.ts";
import { emailField } from "./input.ts";
import { makeLink } from "./links.ts";
import { type IdentityRefusal, identityRefusals } from "./messages.ts";
import { insertAccount, lockAccountByEmail } from "./store/accounts.ts";
import { endSessionsOf } from "./store/sessions.ts";

export const createAdmin = declareNationalUseCase({
  name: "admin.create",
  summary: "Make the first administrator of a place",
  permission: "admin.create",
  changes: true,
  command: { words: "admin create" },
  input: z.strictObject({
    email: emailField,
    name: field.words(120),
    place: field.slug.optional().describe("The place to administer; not needed while there is only one"),
    language: z.enum(LANGUAGES).default("en"),
  }),
  output: z.object({
    userId: field.id,
    place: z.string().nullable().describe("Where the role was given; null before any place is open"),
    link: z
      .string()
      .nullable()
      .describe("The path where the password is set, shown once; null where one is set already"),
  }),
  example: { email: "sam.okoye@example.com", name: "Sam Okoye", place: "salford" },
  refusals: identityRefusals,
  audited: "itself",
  handle: async (ctx, input) => {
    const chosen = await choosePlace(ctx, input.place);
    if (!chosen.ok) return chosen;
    const { email, name, language } = input;
    await insertAccount(ctx.tx, {
      userId: ctx.newId(),
      email,
      name,
      language,
      passwordHash: null,
      demonstration: false,
    });
    const account = await lockAccountByEmail(ctx.tx, email);
    if (account === null || account.closed) return refuse({ code: "account_closed" });
    const place = chosen.value;
    if (place !== null) await makeAdministrator(ctx, { place, userId: account.userId });
    const link =
      account.passwordHash === null ? await makeLink(ctx.tx, { kind: "invitation", userId: account.userId }) : null;
    return accept({ userId: account.userId, place: place?.slug ?? null, link });
  },
});

async function choosePlace(
  ctx: Context,
  slug: string | undefined,
): Promise<Result<PlaceInHand | null, IdentityRefusal>> {
  if (slug !== undefined) {
    const place = await findPlace(ctx.tx, slug);
    return place === null ? refuse({ code: "no_such_place", place: slug }) : accept(place);
  }
  const places = await listPlaces(ctx.tx);
  const [first] = places;
  if (first === undefined) return accept(null);
  if (places.length > 1) return refuse({ code: "place_needed", places: places.map((place) => place.slug).join(", ") });
  return accept(await findPlace(ctx.tx, first.slug));
}

/** Asking twice gives the role once. */
async function makeAdministrator(
  ctx: Context,
  the: { readonly place: PlaceInHand; readonly userId: string },
): Promise<void> {
  const { place, userId } = the;
  await enterPlace(ctx.tx, place.placeId);
  const held = await findHoldings(ctx.tx, place.placeId, userId);
  if (held.some(({ role, areaId }) => role === "administrator" && areaId === null)) return;
  const holdingId = ctx.newId();
  const holding = {
    holdingId,
    userId,
    role: "administrator",
    partnerId: null,
    areaId: null,
    grantedBy: ctx.mark,
  } as const;
  await insertHolding(ctx.tx, place.placeId, holding);
  await endSessionsOf(ctx.tx, userId);
  await writeAudit(
    { ...ctx, place },
    { action: "admin.create", recordId: holdingId, content: { userId, role: "administrator" } },
  );
}
