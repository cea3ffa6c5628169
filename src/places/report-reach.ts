/** A provider's count of families reached in a period: one number, no person. Shown only suppressed. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, said } from "../platform/use-case/index.ts";
import { placesRefusals } from "./messages.ts";
import { findService, insertReach } from "./store/partners.ts";

export const reportReach = declarePlaceUseCase({
  name: "service.report_reach",
  summary: "Report how many families a service reached in a period",
  permission: "partner.manage",
  changes: true,
  route: { method: "post", path: "services/reach" },
  input: z
    .strictObject({
      serviceId: field.id,
      startsOn: field.day,
      endsOn: field.day,
      families: z.number().int().min(0).max(1_000_000),
      source: field.words(200),
    })
    .refine((input) => input.endsOn >= input.startsOn, {
      path: ["endsOn"],
      message: said({
        en: "The period must end on or after its first day",
        cy: "Rhaid i'r cyfnod ddod i ben ar ei ddiwrnod cyntaf neu ar ei ôl",
      }),
    }),
  output: z.object({ serviceId: field.id }),
  example: {
    serviceId: "018f3a52-0000-7000-8000-000000000001",
    startsOn: "2012-10-01",
    endsOn: "2012-12-31",
    families: 48,
    source: "Provider's return",
  },
  refusals: placesRefusals,
  audited: (value: { readonly serviceId: string }) => value.serviceId,
  handle: async (ctx, input) => {
    const { serviceId } = input;
    if ((await findService(ctx.tx, ctx.place.placeId, serviceId)) === null)
      return refuse({ code: "service_not_found" });
    if (!(await insertReach(ctx.tx, ctx.place.placeId, input)))
      return refuse({ code: "reach_exists", startsOn: input.startsOn });
    return accept({ serviceId });
  },
});
