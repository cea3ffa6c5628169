/**
 * The head of a place's chain, for anyone to write down: the newest block's number and hash stand for every row before it. Who
 * keeps one finds later whether anything was taken away, even by the owner of the database.
 */
import { z } from "zod";
import { accept } from "../lib/result.ts";
import { findLastEnded } from "../platform/jobs/index.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import { readTrialBalance } from "./domain/chain-texts.ts";
import { NIGHTLY_PROOF } from "./nightly-proof.ts";
import { findNewestHead, type PublishedHead } from "./store/heads.ts";

function published({ balance, ...head }: PublishedHead) {
  return { ...head, written: `${head.number}:${head.hash}`, balance: readTrialBalance(balance) };
}

type Ended = "done" | "refused" | "failed" | "cancelled";

const count = z.string().describe("A whole number");

export const showHeads = declarePlaceUseCase({
  name: "audit.heads",
  summary: "Show the newest block of the audit trail, to be written down elsewhere",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "audit/heads" },
  command: { words: "audit heads", everyPlace: true },
  input: z.strictObject({}),
  output: z.object({
    head: z
      .object({
        number: count,
        hash: z.string().describe("SHA-256, as 64 figures of base 16"),
        written: z.string().describe("NUMBER:HASH, as ledger verify --head takes it"),
        sealedAt: z.iso.datetime(),
        entries: count.describe("Audit entries in all blocks up to it"),
        transfers: count.describe("Transfers in all blocks up to it"),
        balance: z.array(z.object({ book: z.string(), kind: z.string(), pence: z.string() })),
      })
      .nullable(),
    proved: z
      .object({
        at: z.iso.datetime(),
        state: z
          .enum(["done", "refused", "failed", "cancelled"])
          .describe("done: every check held; refused: one did not"),
      })
      .nullable()
      .describe("The last of the nightly proofs that has ended"),
  }),
  example: {},
  refusals: {},
  handle: async (ctx) => {
    const found = await findNewestHead(ctx.tx, ctx.place.placeId);
    const head = found === null ? null : published(found);
    const last = await findLastEnded(ctx.tx, { placeId: ctx.place.placeId, kind: NIGHTLY_PROOF });
    return accept({ head, proved: last === null ? null : { at: last.endedAt, state: last.state as Ended } });
  },
});
