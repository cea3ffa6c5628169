/** The limits laid down at a place and the schemes it can begin from; without any, what holds then. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { UNLESS_LAID_DOWN } from "./domain/authority.ts";
import { SCHEMES, type Scheme } from "./domain/schemes.ts";
import { act, role } from "./input.ts";
import { approvalRefusals } from "./messages.ts";
import { listAuthorities as findAuthorities } from "./store/authorities.ts";

const limit = { role, upToPence: field.penceText.nullable(), capital: z.boolean(), signatures: z.number() };

export const listAuthorities = declarePlaceUseCase({
  name: "authority.list",
  summary: "List who may authorise up to how much",
  permission: "approval.read",
  changes: false,
  route: { method: "get", path: "authorities" },
  command: { words: "authority list" },
  input: z.strictObject({}),
  output: z.object({
    authorities: z.array(
      z.object({
        authorityId: field.id,
        potId: field.id.nullable(),
        pot: z.string().nullable(),
        potWelsh: z.string().nullable(),
        act: act.nullable(),
        ...limit,
        scheme: z.string(),
        words: z.string(),
        startsOn: z.string(),
        endsOn: z.string().nullable(),
        setBy: z.string(),
        setAt: z.string(),
      }),
    ),
    otherwise: z.object(limit).describe("What holds for a pot for which nothing is laid down"),
    schemes: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        source: z.string(),
        about: z.string(),
        steps: z.array(z.object({ ...limit, words: z.string() })),
      }),
    ),
  }),
  example: {},
  refusals: approvalRefusals,
  handle: async (ctx) => {
    const authorities = await findAuthorities(ctx.tx, { placeId: ctx.place.placeId, today: ctx.today });
    const schemes: readonly Scheme[] = SCHEMES;
    const { role: holder, upToPence, capital, signatures } = UNLESS_LAID_DOWN;
    return accept({ authorities, otherwise: { role: holder, upToPence, capital, signatures }, schemes });
  },
});
