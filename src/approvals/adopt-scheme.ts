/** Takes over the steps of a council's scheme, for one pot or for every pot, in place of what was laid down there before. */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { SCHEME_NAMES, schemeNamed } from "./domain/schemes.ts";
import { refuseLimit } from "./limits.ts";
import { approvalRefusals } from "./messages.ts";
import { endAuthoritiesOf, insertAuthorities } from "./store/authorities.ts";

export const adoptScheme = declarePlaceUseCase({
  name: "authority.adopt",
  summary: "Take over the limits of a council's virement scheme",
  permission: "authority.set",
  changes: true,
  route: { method: "post", path: "authorities/adopt" },
  command: { words: "authority adopt", positional: ["scheme"] },
  input: z.strictObject({
    scheme: z.enum(SCHEME_NAMES).describe("The name of a scheme of authority.list"),
    potId: field.id.nullable().default(null).describe("Left out, every pot that has no limits of its own"),
  }),
  output: z.object({ ended: z.number(), authorityIds: z.array(field.id) }),
  example: { scheme: "west-lancashire-2023", potId: "0199c0de-0000-7000-8000-000000000002" },
  refusals: approvalRefusals,
  audited: (value: { readonly ended: number; readonly authorityIds: readonly string[] }) =>
    must(value.authorityIds[0], "a scheme has steps"),
  handle: async (ctx, { scheme: name, potId }) => {
    const { placeId } = ctx.place;
    const refused = await refuseLimit(ctx, potId);
    if (refused) return refused;
    const scheme = must(schemeNamed(name), "the input names a scheme");
    if (scheme.steps.length === 0) return refuse({ code: "scheme_not_expressible", scheme: scheme.title });
    const ended = await endAuthoritiesOf(ctx.tx, { placeId, potId, endsOn: ctx.today, endedBy: ctx.mark });
    const steps = scheme.steps.map((step) => ({
      ...step,
      authorityId: ctx.newId(),
      potId,
      act: null,
      scheme: scheme.name,
      startsOn: ctx.today,
      endsOn: null,
      setBy: ctx.mark,
    }));
    await insertAuthorities(ctx.tx, placeId, steps);
    return accept({ ended, authorityIds: steps.map(({ authorityId }) => authorityId) });
  },
});
