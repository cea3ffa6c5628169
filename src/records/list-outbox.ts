/** The messages of a place that were sent or would be: the whole text, less what would let its reader sign in as another. */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { concealLinks } from "../platform/outbox/index.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { listed, listedShape } from "./input.ts";
import { recordsRefusals } from "./messages.ts";
import { countMessages, findMessages, MESSAGE_STATES } from "./store/desk.ts";

const message = z.object({
  messageId: field.id,
  kind: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string().describe("{address} stands for the public address of this Onepot"),
  state: z.enum(MESSAGE_STATES),
  madeAt: z.string(),
  sentAt: z.string().nullable(),
  attempts: z.number(),
  lastError: z.string().nullable(),
});

export const listOutbox = declarePlaceUseCase({
  name: "outbox.list",
  summary: "List the messages that would be sent",
  permission: "outbox.read",
  changes: false,
  route: { method: "get", path: "outbox" },
  command: { words: "outbox list" },
  input: z.strictObject({ state: z.enum(MESSAGE_STATES).nullable().default(null), page: field.page }),
  output: z.object({ messages: z.array(message), ...listedShape }),
  example: { state: "waiting" },
  refusals: recordsRefusals,
  handle: async (ctx, { state, page }) => {
    const asked = { placeId: ctx.place.placeId, state };
    const total = await countMessages(ctx.tx, asked);
    const messages = await findMessages(ctx.tx, { ...asked, page });
    const shown = messages.map((one) => ({ ...one, body: concealLinks(one.body) }));
    return accept({ messages: shown, ...listed(page, total) });
  },
});
