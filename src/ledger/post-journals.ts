/**
 * Posts journals: up to a thousand in one go, all or none. Each moves money between accounts that are there, and keeps
 * each pound with its stream. The file that the command takes is this input as JSON.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import type { Day } from "../lib/day.ts";
import { accept, type Refused, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, hashJson, type PlaceContext } from "../platform/use-case/index.ts";
import { journalsAct } from "./acts/lifecycle.ts";
import { faultOfJournal } from "./domain/journal.ts";
import { book } from "./input.ts";
import { type LedgerRefusal, ledgerRefusals } from "./messages.ts";
import { mayEnterSoft, refuseRecord } from "./posting.ts";
import { type BatchOutcome, findJournalAccounts, type JournalAccount, postBatch } from "./store/batches.ts";

const journal = z.strictObject({
  transferId: field.id
    .nullable()
    .default(null)
    .describe("Made by whoever sends it, so that it is posted once; left out, a new one"),
  book,
  effectiveOn: field.day,
  words: field.words(400),
  lines: z
    .array(z.strictObject({ accountId: field.id, amountPence: field.pence }))
    .min(2)
    .max(200),
});
type Journal = z.output<typeof journal>;

export const postJournals = declarePlaceUseCase({
  name: "ledger.post",
  summary: "Post journals from a file, all or none",
  permission: "ledger.record",
  changes: true,
  route: { method: "post", path: "ledger/journals" },
  command: { words: "ledger post", file: true },
  input: z.strictObject({ journals: z.array(journal).min(1).max(1000) }),
  output: z.object({
    posted: z.number().describe("How many are new; the rest were there already"),
    transferIds: z.array(field.id),
  }),
  example: {
    journals: [
      {
        book: "shadow",
        effectiveOn: "2013-03-15",
        words: "Repairs coded to the wrong service",
        lines: [
          { accountId: "0199c0de-0000-7000-8000-000000000011", amountPence: "-1000" },
          { accountId: "0199c0de-0000-7000-8000-000000000012", amountPence: "1000" },
        ],
      },
    ],
  },
  refusals: ledgerRefusals,
  twoPeople: journalsAct,
  audited: "ledger",
  handle: async (ctx, { journals }) => {
    const placeId = ctx.place.placeId;
    const named = [...new Set(journals.flatMap(({ lines }) => lines.map(({ accountId }) => accountId)))];
    const found = await findJournalAccounts(ctx.tx, placeId, named);
    const accounts = new Map(found.map((account) => [account.accountId, account]));
    for (const [index, one] of journals.entries()) {
      const refused = refuseJournal(ctx, { one, at: index + 1, accounts });
      if (refused !== null) return refused;
    }
    const transfers = journals.map((one) => ({
      ...one,
      transferId: one.transferId ?? ctx.newId(),
      kind: "journal" as const,
      requestHash: hashJson({ useCase: "ledger.post", input: one }),
    }));
    const outcome = await postBatch(ctx.tx, placeId, {
      transfers: transfers.map((one) => ({ ...one, recordId: one.transferId })),
      madeBy: ctx.mark,
      soft: mayEnterSoft(ctx),
    });
    if (outcome.outcome !== "posted") return refuse(refusalOf(outcome));
    return accept({ posted: outcome.posted, transferIds: transfers.map(({ transferId }) => transferId) });
  },
});

type Refusing = {
  readonly one: Journal;
  readonly at: number;
  readonly accounts: ReadonlyMap<string, JournalAccount>;
};

function refuseJournal(ctx: PlaceContext, { one, at, accounts }: Refusing): Refused<LedgerRefusal> | null {
  const lines = one.lines.map((line) => ({ ...line, account: accounts.get(line.accountId) }));
  for (const { account } of lines) {
    if (account?.openedOn == null) continue;
    const refused = refuseRecord(ctx, {
      day: one.effectiveOn,
      pot: { openedOn: account.openedOn, areaId: account.areaId },
    });
    if (refused !== null) return refused;
  }
  if (lines.some(({ account }) => account === undefined)) return refuse({ code: "unknown_account", at });
  const fault = faultOfJournal(lines.map((line) => ({ ...line, streamId: line.account?.streamId ?? null })));
  return fault === null ? null : refuse({ code: fault.code, at, sumPence: fault.sumPence });
}

/** The database's answer, with the journal that it is about. */
function refusalOf(the: BatchOutcome): LedgerRefusal {
  const at = must(the.atFault, "a journal is named");
  switch (the.outcome) {
    case "key_reused":
    case "wrong_book":
    case "account_closed":
    case "too_large":
      return { code: the.outcome };
    case "unknown_account":
      return { code: the.outcome, at };
    case "period_closed":
      return { code: the.outcome, openFrom: must(the.lowestOn, "the first open day is named") };
    case "insufficient_funds":
      return { code: the.outcome, availablePence: the.availablePence ?? 0n };
    case "insufficient_funds_then":
      return { code: the.outcome, day: must(the.lowestOn, "the day is named") as Day, availablePence: 0n };
    default:
      return { code: "unbalanced", at, sumPence: 0n };
  }
}
