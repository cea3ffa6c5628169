/** What the pages of agreements read, in one transaction: people by name for those who work under the agreements. */
import { z } from "zod";
import { accept, type Refused } from "../../../lib/result.ts";
import { listPartners } from "../../../places/index.ts";
import { permits } from "../../../platform/policy.ts";
import { declarePlaceUseCase, field, performWithin } from "../../../platform/use-case/index.ts";
import { agreementRefusals, listAgreements, listViews, showAgreement } from "../../../sharing/index.ts";
import { makersOf } from "../money/reading-people.ts";

const passOn = (refused: Refused) => refused as Refused<never>;
const page = { changes: false, output: z.object({}), refusals: agreementRefusals } as const;

export const readRegister = declarePlaceUseCase({
  ...page,
  permission: "sharing.read",
  name: "sharing.list_page",
  summary: "What the register of agreements shows",
  input: listAgreements.input,
  example: {},
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listAgreements, input);
    if (!found.ok) return passOn(found);
    const area = ctx.place.area?.areaId ?? null;
    const mayPrepare = permits(ctx.actor, "sharing.keep", area);
    return accept({ ...found.value, mayPrepare, mayReadViews: permits(ctx.actor, "sharing.views", area) });
  },
});

export const readAgreement = declarePlaceUseCase({
  ...page,
  permission: "sharing.read",
  name: "sharing.page",
  summary: "What the page of an agreement shows",
  input: showAgreement.input,
  example: showAgreement.example,
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, showAgreement, input);
    if (!found.ok) return passOn(found);
    const { preparedBy, signatures, end } = found.value;
    const marks = [preparedBy, end?.endedBy ?? null, ...signatures.map(({ signedBy }) => signedBy)];
    const known = marks.filter((mark) => mark !== null);
    const mayReadViews = permits(ctx.actor, "sharing.views", ctx.place.area?.areaId ?? null);
    return accept({ ...found.value, makers: await makersOf(ctx, known), mayReadViews });
  },
});

/** The form: the partners there are, and the agreement that is to be replaced. */
export const readPreparing = declarePlaceUseCase({
  ...page,
  permission: "sharing.keep",
  name: "sharing.prepare_page",
  summary: "What the form of a new agreement shows",
  input: z.strictObject({ replaces: field.id.nullable() }),
  example: { replaces: null },
  handle: async (ctx, { replaces }) => {
    const partners = await listPartners(ctx.tx, ctx.place.placeId);
    const found = replaces === null ? null : await performWithin(ctx, showAgreement, { agreementId: replaces });
    if (found !== null && !found.ok) return passOn(found);
    return accept({ partners, old: found?.value ?? null });
  },
});

export const readViews = declarePlaceUseCase({
  ...page,
  permission: "sharing.views",
  name: "sharing.views_page",
  summary: "What the log of views shows",
  input: listViews.input,
  example: {},
  handle: async (ctx, input) => {
    const found = await performWithin(ctx, listViews, input);
    if (!found.ok) return passOn(found);
    const { views } = found.value;
    const agreements = await performWithin(ctx, listAgreements, { state: "all" });
    if (!agreements.ok) return passOn(agreements);
    const partners = await listPartners(ctx.tx, ctx.place.placeId);
    const names = new Map(partners.map((one) => [one.partnerId, one.name]));
    const makers = await makersOf(
      ctx,
      views.map(({ viewer }) => viewer),
    );
    return accept({ ...found.value, agreements: agreements.value.agreements, names, makers });
  },
});
