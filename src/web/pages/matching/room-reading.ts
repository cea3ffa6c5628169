/** What the room of matching shows, read in one transaction: with people by name, and what the reader may do. */
import { z } from "zod";
import { accept, type Refused } from "../../../lib/result.ts";
import { showMatching, showMatchingRun } from "../../../linkage/index.ts";
import { listPartners } from "../../../places/index.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, performWithin } from "../../../platform/use-case/index.ts";
import { showAgreement } from "../../../sharing/index.ts";
import type { ValueOf } from "../money/reading.ts";
import { makersOf } from "../money/reading-people.ts";

const passOn = (refused: Refused) => refused as Refused<never>;
const page = {
  permission: "matching.report",
  changes: false,
  output: z.object({}),
  refusals: showMatching.refusals,
} as const;

export const readRoom = declarePlaceUseCase({
  ...page,
  name: "matching.room_page",
  summary: "What the room of matching shows",
  input: z.strictObject({}),
  example: {},
  handle: async (ctx) => {
    const found = await performWithin(ctx, showMatching, {});
    if (!found.ok) return passOn(found);
    const { runs, threshold } = found.value;
    const partners = await listPartners(ctx.tx, ctx.place.placeId);
    const marks = [...runs.map(({ askedBy }) => askedBy), ...(threshold === null ? [] : [threshold.setBy])];
    const area = ctx.place.area?.areaId ?? null;
    return accept({
      ...found.value,
      partners: new Map(partners.map((one) => [one.partnerId, one.name])),
      names: await makersOf(ctx, marks),
      may: {
        bring: permits(ctx.actor, "matching.bring", area),
        run: permits(ctx.actor, "matching.run", area),
        review: permits(ctx.actor, "matching.review", area),
        allow: permits(ctx.actor, "matching.allow", area),
        prepare: permits(ctx.actor, "sharing.keep", area),
        views: permits(ctx.actor, "sharing.views", area),
      },
    });
  },
});

export type RoomRead = ValueOf<typeof readRoom>;

export const readRun = declarePlaceUseCase({
  ...page,
  name: "matching.run_page",
  summary: "What the report of a run shows",
  input: showMatchingRun.input,
  example: showMatchingRun.example,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, showMatchingRun, input);
    if (!found.ok) return passOn(found);
    const { agreementId, askedBy } = found.value.run;
    const agreement = await performWithin(ctx, showAgreement, { agreementId });
    const names = await makersOf(ctx, [askedBy]);
    return accept({
      ...found.value,
      agreementTitle: agreement.ok ? agreement.value.title : agreementId,
      startedBy: names.get(askedBy) ?? askedBy,
      mayReview: permits(ctx.actor, "matching.review", ctx.place.area?.areaId ?? null),
    });
  },
});
