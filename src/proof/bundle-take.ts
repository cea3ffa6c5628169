/**
 * Takes an audit bundle of a place: all that is needed to verify its ledger again without a database, as it was at one moment.
 * Where the bytes go is a door's to say: a file of this machine, or a download.
 */
import { z } from "zod";
import { must } from "../lib/assert.ts";
import { accept } from "../lib/result.ts";
import { declarePlaceUseCase } from "../platform/use-case/index.ts";
import type { Manifest } from "./bundle-format.ts";
import { writeBundle } from "./bundle-write.ts";

/** Takes the next bytes, and answers once it can take more. */
export type BundleSink = (piece: Buffer) => Promise<void>;

export type BundleTaken = Pick<Manifest, "madeAt" | "head" | "parts">;

export const takeBundle = declarePlaceUseCase({
  name: "ledger.bundle",
  summary: "Take an audit bundle, which verifies without a database",
  permission: "ledger.verify",
  changes: false,
  input: z.strictObject({
    /** Given by a door, never by a caller of the API. */
    sink: z.custom<BundleSink>((value) => typeof value === "function"),
  }),
  output: z.object({
    madeAt: z.string(),
    head: z.object({ number: z.string(), hash: z.string(), sealedAt: z.string() }).nullable(),
    parts: z.array(z.object({ name: z.string(), rows: z.number(), bytes: z.number(), sha256: z.string() })),
  }),
  example: { sink: async () => undefined },
  refusals: {},
  handle: async (ctx, { sink }) => {
    const { pieces, manifest } = writeBundle(ctx.tx, { place: ctx.place, now: ctx.now });
    for await (const piece of pieces) await sink(piece);
    const { madeAt, head, parts } = must(manifest(), "the manifest is the last part");
    return accept<BundleTaken>({ madeAt, head, parts });
  },
});
