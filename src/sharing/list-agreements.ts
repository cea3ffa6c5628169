/**
 * The register of a place's agreements. Anyone reads those in force, as councils publish them; what waits for signatures or has ended is
 * for people who work under them.
 */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { permits } from "../platform/policy.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import type { AgreementState } from "./domain/agreement.ts";
import { agreementOut } from "./input.ts";
import { agreementRefusals } from "./messages.ts";
import { presentAgreement } from "./present.ts";
import { listAgreementRows } from "./store/agreements.ts";

export const REGISTER_STATES = ["in_force", "waiting", "past", "all"] as const;
export type RegisterState = (typeof REGISTER_STATES)[number];

const STATES: Readonly<Record<RegisterState, readonly AgreementState[]>> = {
  in_force: ["in_force"],
  waiting: ["unsigned", "to_start"],
  past: ["past", "ended"],
  all: ["in_force", "unsigned", "to_start", "past", "ended"],
};
const PAGE_ROWS = 25;

export const listAgreements = declarePlaceUseCase({
  name: "sharing.list",
  summary: "List the information-sharing agreements, the latest first",
  permission: "sharing.read",
  changes: false,
  route: { method: "get", path: "sharing" },
  command: { words: "sharing list" },
  input: z.strictObject({
    state: z.enum(REGISTER_STATES).default("in_force").describe("Others than those in force: for people who work here"),
    page: field.page,
  }),
  output: z.object({
    agreements: z.array(agreementOut),
    readsAll: z.boolean().describe("Whether those that wait or have ended are shown to whoever asks"),
    page: z.number(),
    pages: z.number(),
    total: z.number(),
  }),
  example: {},
  refusals: agreementRefusals,
  handle: async (ctx, { state, page }) => {
    const readsAll = permits(ctx.actor, "sharing.read_all", ctx.place.area?.areaId ?? null);
    const wanted = STATES[readsAll ? state : "in_force"];
    const rows = await listAgreementRows(ctx.tx, ctx.place.placeId);
    const all = rows.map((row) => presentAgreement(row, ctx.today)).filter((one) => wanted.includes(one.state));
    return accept({
      agreements: all.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS),
      readsAll,
      page,
      pages: Math.max(1, Math.ceil(all.length / PAGE_ROWS)),
      total: all.length,
    });
  },
});
