/** Lays down one limit, or ends one: how much a role may authorise, for one pot or every pot, one kind of act or every kind. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { act, role } from "./input.ts";
import { refuseArea, refuseLimit } from "./limits.ts";
import { approvalRefusals } from "./messages.ts";
import { endAuthority as end, findAuthorityArea, insertAuthorities } from "./store/authorities.ts";

const audited = (value: { readonly authorityId: string }) => value.authorityId;
const output = z.object({ authorityId: field.id });

export const setAuthority = declarePlaceUseCase({
  name: "authority.set",
  summary: "Lay down how much a role may authorise",
  permission: "authority.set",
  changes: true,
  route: { method: "post", path: "authorities" },
  command: { words: "authority set" },
  input: z.strictObject({
    role,
    potId: field.id.nullable().default(null).describe("Left out, every pot that has no limits of its own"),
    act: act.nullable().default(null).describe("Left out, every act"),
    upToPence: field.positivePence.nullable().default(null).describe("Left out, any amount"),
    capital: z.boolean().default(false).describe("Capital as well as revenue"),
    signatures: z.coerce.number().int().min(1).max(2).default(1).describe("How many besides the preparer's"),
    startsOn: field.day.nullable().default(null).describe("Left out, today"),
    words: field.text(200).default("").describe("Where it is laid down"),
  }),
  output,
  example: { role: "pool_manager", upToPence: "2500000", words: "Constitution, part 4" },
  refusals: approvalRefusals,
  audited,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const refused = await refuseLimit(ctx, input.potId);
    if (refused) return refused;
    const authorityId = ctx.newId();
    await insertAuthorities(ctx.tx, placeId, [
      {
        ...input,
        authorityId,
        signatures: input.signatures === 2 ? 2 : 1,
        startsOn: input.startsOn ?? ctx.today,
        endsOn: null,
        scheme: "",
        setBy: ctx.mark,
      },
    ]);
    return accept({ authorityId });
  },
});

export const endAuthority = declarePlaceUseCase({
  name: "authority.end",
  summary: "End a limit from today on",
  permission: "authority.set",
  changes: true,
  route: { method: "post", path: "authorities/{authorityId}/end" },
  command: { words: "authority end", positional: ["authorityId"] },
  input: z.strictObject({ authorityId: field.id }),
  output,
  example: { authorityId: "0199c0de-0000-7000-8000-00000000000b" },
  refusals: approvalRefusals,
  audited,
  handle: async (ctx, { authorityId }) => {
    const { placeId } = ctx.place;
    const found = await findAuthorityArea(ctx.tx, placeId, authorityId);
    if (found === null) return refuse({ code: "authority_not_found" });
    const refused = refuseArea(ctx, { permission: "authority.set", areaId: found.areaId });
    if (refused) return refused;
    const ended = await end(ctx.tx, { placeId, authorityId, endsOn: ctx.today, endedBy: ctx.mark });
    return ended ? accept({ authorityId }) : refuse({ code: "authority_not_found" });
  },
});
