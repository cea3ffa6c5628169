/** The shapes that several use cases of approvals take and give. */
import { z } from "zod";
import { ACT_KINDS, field } from "../platform/use-case/index.ts";
import { AUTHORISING_ROLES } from "./domain/authority.ts";

/** Rows of one page of a list. */
export const PAGE_ROWS = 25;

const words = z.object({ en: z.string(), cy: z.string() });

export const shownOut = z
  .array(z.object({ label: words, text: words }))
  .describe("What would happen, line by line: an authorisation is for exactly this");

export const shownHash = z.string().describe("SHA-256 of what is shown, as 64 hexadecimal figures");

export const role = z.enum(AUTHORISING_ROLES);
export const act = z.enum(ACT_KINDS);

export const whoMayOut = z.array(
  z.object({ role, upToPence: field.penceText.nullable().describe("Nothing stands for any amount") }),
);

export const answerOut = z
  .record(z.string(), z.unknown())
  .nullable()
  .describe("The answer of the act, once it is carried out");

export const EXAMPLE_APPROVAL = "0199c0de-0000-7000-8000-00000000000a";

export const approvalOut = {
  approvalId: field.id,
  act,
  useCase: z.string(),
  potId: field.id.nullable(),
  pot: z.string().nullable(),
  potWelsh: z.string().nullable(),
  potSlug: z.string().nullable(),
  areaId: field.id.nullable(),
  book: z.enum(["real", "shadow"]),
  capital: z.boolean(),
  amountPence: field.penceText,
  preparedBy: z.string(),
  preparedAt: z.string(),
  expiresAt: z.string(),
  expired: z.boolean().describe("It was not authorised in time; it can only be prepared again"),
  state: z.enum(["waiting", "done", "refused", "withdrawn", "stale"]),
  endedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  reason: z.string(),
};
