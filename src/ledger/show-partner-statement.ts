/** A partner's statement of a quarter: what it put in, what that paid for, what is left; and what it received. */
import { z } from "zod";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field } from "../platform/use-case/index.ts";
import { periodWords } from "./domain/periods.ts";
import { book, quarter } from "./input.ts";
import { makeStatement } from "./partner-statement.ts";
import { periodRefusals } from "./period-messages.ts";
import { ACCRUAL_KINDS } from "./store/accruals.ts";
import { listStatementsOut } from "./store/closing.ts";
import { findPartnerNames } from "./store/partner-statement.ts";

const moves = {
  openingPence: field.penceText,
  putInPence: field.penceText,
  paidPence: field.penceText,
  returnedPence: field.penceText.describe("Given back to the stream at a year end"),
  movedPence: field.penceText.describe("Moved between pots"),
  closingPence: field.penceText.describe("What is left"),
  committedPence: field.penceText.describe("Of what is left: committed and not yet paid"),
  accruedPence: field.penceText.describe("Received and not yet paid at the end; not part of what is left"),
};
const potNamed = { potId: field.id, pot: z.string(), potWelsh: z.string().nullable(), potSlug: z.string() };
const bought = z.object({
  ...potNamed,
  serviceId: field.id,
  service: z.string(),
  serviceWelsh: z.string().nullable(),
  supplier: z.string().nullable(),
  amountPence: field.penceText,
});

export const showPartnerStatement = declarePlaceUseCase({
  name: "partner.statement",
  summary: "A partner's statement of a quarter, each book apart",
  permission: "ledger.read",
  changes: false,
  route: { method: "get", path: "partners/{partnerId}/statement" },
  command: { words: "partner statement", positional: ["partnerId", "quarter"] },
  input: z.strictObject({ partnerId: field.id, quarter }),
  output: z.object({
    partner: z.object({ partnerId: field.id, name: z.string(), nameWelsh: z.string().nullable() }),
    quarter: z.string(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    books: z.array(
      z.object({
        book,
        holdings: z.array(
          z.object({
            ...potNamed,
            streamId: field.id,
            stream: z.string(),
            streamWelsh: z.string().nullable(),
            clawback: z.string(),
            clawbackPence: field.penceText
              .nullable()
              .describe("What is left of a stream that has ended, where its terms say that something goes back"),
            ...moves,
          }),
        ),
        totals: z.object(moves),
        bought: z.array(bought).describe("What its money paid for"),
        received: z.array(bought).describe("What it was paid as a supplier, whoever put the money in"),
        between: z
          .array(
            z.object({ potId: field.id, pot: z.string(), kind: z.enum(ACCRUAL_KINDS), amountPence: field.penceText }),
          )
          .describe("What stands at the end between it and the pots"),
      }),
    ),
    figuresHash: z
      .string()
      .describe("SHA-256 of its ids and figures: two statements with the same figures have the same"),
    block: z.object({ blockNumber: field.penceText, sealedAt: z.string(), hash: z.string() }).nullable(),
    sentAt: z.string().nullable(),
    sentHash: z.string().nullable().describe("Of the figures that were sent: another than now where they have changed"),
  }),
  example: { partnerId: "0199c0de-0000-7000-8000-000000000004", quarter: "2012-13/Q4" },
  refusals: periodRefusals,
  handle: async (ctx, input) => {
    const { placeId } = ctx.place;
    const partner = await findPartnerNames(ctx.tx, placeId, input.partnerId);
    if (partner === null) return refuse({ code: "partner_not_found" });
    const made = await makeStatement(ctx, input);
    const { name, to } = input.quarter;
    const out = await listStatementsOut(ctx.tx, placeId, { book: null, to, quarter: name });
    const sent = out.find((one) => one.partnerId === input.partnerId);
    return accept({
      partner: { partnerId: input.partnerId, ...partner },
      quarter: name,
      name: periodWords(ctx.language, input.quarter),
      ...made,
      sentAt: sent?.sentAt?.toISOString() ?? null,
      sentHash: sent?.figuresHash ?? null,
    });
  },
});
