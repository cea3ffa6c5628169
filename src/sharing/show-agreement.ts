/** One agreement: what it says, who signed for whom and when, and how it ended. Who they were is for people who work under it. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { agreementOut, capacity, personField } from "./input.ts";
import { agreementRefusals } from "./messages.ts";
import { presentAgreement } from "./present.ts";
import { findAgreement } from "./store/agreements.ts";
import { signableBy } from "./who-signs.ts";

const mark = z.string().nullable().describe("An id, never a name; none for the public");

export const showAgreement = declarePlaceUseCase({
  name: "sharing.show",
  summary: "Show an information-sharing agreement",
  permission: "sharing.read",
  changes: false,
  route: { method: "get", path: "sharing/{agreementId}" },
  command: { words: "sharing show", positional: ["agreementId"] },
  input: z.strictObject({ agreementId: field.id }),
  output: agreementOut.extend({
    basis: z.string(),
    specialBasis: z.string(),
    crimeBasis: z.string(),
    fields: z.array(personField),
    keepDays: z.number(),
    assessment: z.string(),
    assessedOn: z.string(),
    privacyNotice: z.string(),
    replacesId: field.id.nullable(),
    preparedBy: mark,
    signatures: z.array(
      z.object({ partnerId: field.id, capacity, signedOn: z.string(), onPaper: z.string().nullable(), signedBy: mark }),
    ),
    end: z
      .object({ endedOn: z.string(), reason: z.string(), replacedBy: field.id.nullable(), endedBy: mark })
      .nullable(),
    readsAll: z.boolean(),
    maySign: z.array(
      z.object({
        partnerId: field.id,
        capacity,
        paper: z.boolean().describe("Only by recording what was signed on paper"),
      }),
    ),
    mayEnd: z.boolean().describe("To end it or replace it"),
  }),
  example: { agreementId: "0199c0de-0000-7000-8000-000000000071" },
  refusals: agreementRefusals,
  handle: async (ctx, { agreementId }) => {
    const row = await findAgreement(ctx.tx, { placeId: ctx.place.placeId, agreementId });
    const readsAll = permits(ctx.actor, "sharing.read_all", ctx.place.area?.areaId ?? null);
    if (row === null) return refuse({ code: "agreement_not_found" });
    const shown = presentAgreement(row, ctx.today);
    if (!readsAll && shown.state !== "in_force") return refuse({ code: "agreement_not_found" });
    const known = <T>(value: T): T | null => (readsAll ? value : null);
    const { basis, specialBasis, crimeBasis, fields, keepDays, assessment, assessedOn, privacyNotice, replacesId } =
      row;
    return accept({
      ...shown,
      basis,
      specialBasis,
      crimeBasis,
      fields,
      keepDays,
      assessment,
      assessedOn,
      privacyNotice,
      replacesId,
      preparedBy: known(row.preparedBy),
      signatures: row.signatures.map(({ partnerId, capacity: as, signedOn, onPaper, signedBy }) => ({
        partnerId,
        capacity: as,
        signedOn,
        onPaper: known(onPaper),
        signedBy: known(signedBy),
      })),
      end: row.end === null ? null : { ...row.end, endedBy: known(row.end.endedBy) },
      readsAll,
      maySign: await signableBy(ctx, row),
      mayEnd:
        row.end === null &&
        shown.state !== "past" &&
        permits(ctx.actor, "sharing.keep", ctx.place.area?.areaId ?? null),
    });
  },
});
