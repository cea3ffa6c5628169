/**
 * Signs an agreement for a partner, or records that it was signed on paper. With the last signature it is in force from its first day, and
 * what it replaces ends there.
 */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { signaturesWanting, stateOn } from "./domain/agreement.ts";
import { decideSigning } from "./domain/signing.ts";
import { capacity } from "./input.ts";
import { agreementRefusals } from "./messages.ts";
import { type AgreementRow, findAgreement, insertEnd, insertSignature, takeNumber } from "./store/agreements.ts";
import { endTasksOf, endTasksOfSigned, tellInForce } from "./tell.ts";
import { partnersWithOfficer, signerOf } from "./who-signs.ts";

type Signed = { readonly agreementId: string; readonly wanting: number };

export const signAgreement = declarePlaceUseCase({
  name: "sharing.sign",
  summary: "Sign an information-sharing agreement for a partner, or record its signature on paper",
  permission: "sharing.sign",
  changes: true,
  route: { method: "post", path: "sharing/{agreementId}/sign" },
  command: { words: "sharing sign", positional: ["agreementId"] },
  input: z.strictObject({
    agreementId: field.id,
    partnerId: field.id,
    capacity: capacity.default("signatory"),
    onPaper: field
      .words(300)
      .or(z.literal(""))
      .default("")
      .describe("Where the signed paper is kept, if it is on paper"),
    signedOn: field.day.nullable().default(null).describe("The day on the paper; left out, today"),
  }),
  output: z.object({ agreementId: field.id, wanting: z.number().describe("Signatures that are still wanting") }),
  example: {
    agreementId: "0199c0de-0000-7000-8000-000000000071",
    partnerId: "0199c0de-0000-7000-8000-000000000001",
    onPaper: "Legal services, file 12",
  },
  refusals: agreementRefusals,
  audited: (value: Signed) => value.agreementId,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const { agreementId, ...asked } = input;
    const found = await findAgreement(ctx.tx, { placeId, agreementId });
    if (found === null) return refuse({ code: "agreement_not_found" });
    // Of two signatures at once, each must see the other: the last one puts the agreement in force.
    await takeNumber(ctx.tx, { placeId, name: `agreement:${agreementId}` });
    const row = (await findAgreement(ctx.tx, { placeId, agreementId })) ?? found;
    const { title, endsOn, end, parties, signatures } = row;
    if (end !== null) return refuse({ code: "agreement_ended", title, endedOn: end.endedOn });
    if (stateOn(row, ctx.today) === "past") return refuse({ code: "agreement_past", title, endsOn });
    const withOfficer = await partnersWithOfficer(ctx);
    const around = { today: ctx.today, parties, signatures, signer: signerOf(ctx), withOfficer };
    const decided = decideSigning(asked, around);
    if (!decided.ok) return decided;
    const signature = { partnerId: asked.partnerId, capacity: asked.capacity, onPaper: asked.onPaper };
    const { signedOn } = decided.value;
    await insertSignature(ctx.tx, { placeId, agreementId, ...signature, signedBy: ctx.mark, signedOn });
    const wanting = signaturesWanting({ parties, signatures: [...signatures, signature] });
    if (wanting.length > 0) await endTasksOfSigned(ctx, { agreementId, wanting });
    else await comeIntoForce(ctx, row);
    return accept({ agreementId, wanting: wanting.length });
  },
});

/** What it replaces is in force until the day before its own first, or ends today where that day is past. */
async function comeIntoForce(ctx: PlaceContext, row: AgreementRow): Promise<void> {
  const { placeId } = ctx.place;
  await tellInForce(ctx, row);
  if (row.replacesId === null) return;
  const agreementId = row.replacesId;
  await takeNumber(ctx.tx, { placeId, name: `agreement:${agreementId}` });
  const old = await findAgreement(ctx.tx, { placeId, agreementId });
  if (old === null || old.end !== null) return;
  const endedOn = row.startsOn > ctx.today ? row.startsOn : ctx.today;
  const ending = { endedOn, reason: "", replacedBy: row.agreementId, endedBy: ctx.mark };
  await insertEnd(ctx.tx, { placeId, agreementId, ...ending });
  await endTasksOf(ctx, agreementId);
}
