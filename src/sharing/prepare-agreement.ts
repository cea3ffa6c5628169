/**
 * Prepares an information-sharing agreement for its parties to sign. It never changes afterwards: a change is a new agreement that
 * replaces it, at once where the old one was not yet signed by all, else from its own first day once all have signed.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { listPartners } from "../places/index.ts";
import { declarePlaceUseCase, field, type PlaceContext, said } from "../platform/use-case/index.ts";
import { signaturesWanting } from "./domain/agreement.ts";
import { refuseTerms } from "./domain/terms.ts";
import { PERSON_FIELDS, PURPOSES } from "./domain/words.ts";
import { personField, purpose } from "./input.ts";
import { agreementRefusals } from "./messages.ts";
import { type AgreementRow, findAgreement, insertAgreement, insertEnd, takeNumber } from "./store/agreements.ts";
import { endTasksOf, tellSigners } from "./tell.ts";

const MOST_PARTIES = 200;
/** Ten years, as the database holds. */
const MOST_DAYS_KEPT = 3660;

const choose = said({ en: "Choose at least one", cy: "Dewiswch o leiaf un" });
const address = said({
  en: "Write the address of the privacy notice in full, beginning with https://",
  cy: "Ysgrifennwch gyfeiriad yr hysbysiad preifatrwydd yn llawn, gan ddechrau â https://",
});
const wholeDays = said({
  en: "Write whole days, from 1 to 3660",
  cy: "Ysgrifennwch ddyddiau cyfan, o 1 i 3660",
});

const party = z.strictObject({
  partnerId: field.id,
  sends: z.boolean().default(false),
  receives: z.boolean().default(false),
  health: z.boolean().default(false).describe("It sends health data: its Caldicott guardian signs as well"),
});

export const prepareAgreement = declarePlaceUseCase({
  name: "sharing.prepare",
  summary: "Prepare an information-sharing agreement",
  permission: "sharing.keep",
  changes: true,
  route: { method: "post", path: "sharing" },
  command: { words: "sharing prepare", file: true },
  input: z.strictObject({
    title: field.words(200),
    titleWelsh: field.words(200).nullable().default(null),
    purposes: z.array(purpose).min(1, choose).max(PURPOSES.length),
    gateway: field.words(500).describe("The law by which it may be shared, for example Children Act 2004, section 10"),
    basis: field.words(500).describe("Lawful basis for personal data, for example UK GDPR article 6(1)(e)"),
    specialBasis: field.words(500).or(z.literal("")).default("").describe("For special categories: article 9"),
    crimeBasis: field.words(500).or(z.literal("")).default("").describe("For offences: article 10"),
    fields: z.array(personField).min(1, choose).max(PERSON_FIELDS.length).describe("What may be sent of a person"),
    parties: z.array(party).min(1, choose).max(MOST_PARTIES),
    keepDays: z.coerce
      .number(wholeDays)
      .int(wholeDays)
      .min(1, wholeDays)
      .max(MOST_DAYS_KEPT, wholeDays)
      .describe("Records of people found not to be concerned are deleted after so many days"),
    startsOn: field.day,
    reviewOn: field.day,
    endsOn: field.day.describe("Its last day"),
    assessment: field.words(300).describe("Where the impact assessment is, by name or reference"),
    assessedOn: field.day,
    privacyNotice: z
      .string()
      .trim()
      .max(500)
      .regex(/^https?:\/\/[^\s/]+\.[^\s]+$/, address),
    replacesId: field.id.nullable().default(null).describe("The agreement that this one is to replace"),
    madeUp: z.boolean().default(false),
  }),
  output: z.object({ agreementId: field.id, number: z.number() }),
  example: {
    title: "Finding families who may be helped",
    purposes: ["find_families"],
    gateway: "Children Act 2004, section 10",
    basis: "UK GDPR article 6(1)(e), public task",
    fields: ["forename", "surname", "date_of_birth"],
    parties: [
      { partnerId: "0199c0de-0000-7000-8000-000000000001", sends: true },
      { partnerId: "0199c0de-0000-7000-8000-000000000002", receives: true },
    ],
    keepDays: 90,
    startsOn: "2013-04-01",
    reviewOn: "2014-03-31",
    endsOn: "2099-03-31",
    assessment: "Impact assessment 12",
    assessedOn: "2013-03-01",
    privacyNotice: "https://www.example.org/privacy",
  },
  refusals: agreementRefusals,
  audited: (value: { readonly agreementId: string }) => value.agreementId,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const replaces =
      input.replacesId === null ? null : await findAgreement(ctx.tx, { placeId, agreementId: input.replacesId });
    if (input.replacesId !== null && replaces === null) return refuse({ code: "agreement_not_found" });
    const partners = await listPartners(ctx.tx, placeId);
    const partnersHere = new Set(partners.map(({ partnerId }) => partnerId));
    const refused = refuseTerms(input, { today: ctx.today, partnersHere, replaces });
    if (refused !== null) return refused;
    const agreementId = ctx.newId();
    const number = await takeNumber(ctx.tx, { placeId, name: "agreement" });
    const made = { ...input, agreementId, number, preparedBy: ctx.mark };
    await insertAgreement(ctx.tx, placeId, {
      ...made,
      purposes: PURPOSES.filter((one) => input.purposes.includes(one)),
      fields: PERSON_FIELDS.filter((one) => input.fields.includes(one)),
    });
    if (replaces !== null) await endUnsigned(ctx, { replaces, replacedBy: agreementId });
    await tellSigners(ctx, made);
    return accept({ agreementId, number });
  },
});

/** What was not yet signed by all is put aside at once; what is in force stays so until the new one is. */
async function endUnsigned(
  ctx: PlaceContext,
  { replaces, replacedBy }: { readonly replaces: AgreementRow; readonly replacedBy: string },
): Promise<void> {
  if (signaturesWanting(replaces).length === 0) return;
  const { placeId } = ctx.place;
  const { agreementId } = replaces;
  await insertEnd(ctx.tx, { placeId, agreementId, endedOn: ctx.today, reason: "", replacedBy, endedBy: ctx.mark });
  await endTasksOf(ctx, agreementId);
}
