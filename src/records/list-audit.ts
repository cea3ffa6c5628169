/** The audit trail of a place as people read it: when, who (an id, never a name), what, which record, in which sealed block. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { listed, listedShape } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { countEntries, findEntries, MOST_COUNTED } from "./store/desk.ts";

const entry = z.object({
  auditId: field.id,
  madeAt: z.string(),
  actor: z.string(),
  action: z.string(),
  record: z.string(),
  block: z.string().nullable().describe("The number of its sealed block; none until it is sealed"),
  position: z.number().nullable(),
});

export const listAudit = declarePlaceUseCase({
  name: "audit.list",
  summary: "List the audit trail, the latest first",
  permission: "audit.read",
  changes: false,
  route: { method: "get", path: "audit" },
  command: { words: "audit list" },
  input: z.strictObject({
    action: field.words(60).nullable().default(null).describe("How the action begins, for example ledger."),
    record: field.words(100).nullable().default(null).describe("The record's id"),
    actor: field.words(80).nullable().default(null).describe("The actor's mark, for example operator"),
    from: field.day.nullable().default(null),
    to: field.day.nullable().default(null),
    page: field.page,
  }),
  output: z.object({ entries: z.array(entry), countedAll: z.boolean(), ...listedShape }),
  example: { action: "document." },
  refusals: recordsRefusals,
  handle: async (ctx, { page, ...filter }) => {
    const asked = { placeId: ctx.place.placeId, ...filter };
    const total = await countEntries(ctx.tx, asked);
    const entries = await findEntries(ctx.tx, { ...asked, page });
    return accept({ entries, countedAll: total < MOST_COUNTED, ...listed(page, total) });
  },
});
