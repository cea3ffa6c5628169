/** One pot as at a day: where its money came from, what was decided, set aside and paid, and what is left, by stream. */
import { z } from "zod";
import { findDoneActs } from "../approvals/index.ts";
import type { Day } from "../lib/day.ts";
import { accept, refuse } from "../lib/result.ts";
import { declarePlaceUseCase, field, type PlaceContext } from "../platform/use-case/index.ts";
import { addFigures, figuresOf } from "./domain/figures.ts";
import { asAt, contributionOut, figuresOut, mode, potOut } from "./input.ts";
import { ledgerRefusals } from "./messages.ts";
import { listHandovers } from "./store/handovers.ts";
import { listAllocations, listContributions } from "./store/lists.ts";
import { findPotNamed, findStandings, listParts } from "./store/pots.ts";
import { findFollowed, listSteps } from "./store/steps.ts";

export const showPot = declarePlaceUseCase({
  name: "pot.show",
  summary: "Show a pot: in from each stream, allocated, committed, paid and left, as at a day",
  permission: "money.read",
  changes: false,
  route: { method: "get", path: "pots/{pot}" },
  command: { words: "pot show", positional: ["pot"] },
  input: z.strictObject({ pot: field.words(200).describe("Its address or its name"), asAt }),
  output: z.object({
    asAt: z.string(),
    pot: z.object(potOut),
    figures: z.object(figuresOut),
    streams: z.array(
      z.object({
        streamId: field.id,
        stream: z.string(),
        streamWelsh: z.string().nullable(),
        ringFenced: z.boolean(),
        endsOn: z.string(),
        ...figuresOut,
      }),
    ),
    follows: z
      .object({ potId: field.id, slug: z.string(), name: z.string(), nameWelsh: z.string().nullable() })
      .nullable()
      .describe("The pot that this one goes on from"),
    steps: z.array(
      z.object({
        stepNumber: z.number(),
        mode,
        fromOn: z.string(),
        power: z.string(),
        words: z.string(),
        successorId: field.id.nullable(),
        successor: z.string().nullable(),
        successorSlug: z.string().nullable(),
        statement: z.unknown().describe("What stood there the day before, in pence as text"),
        statementHash: z.string(),
        blockNumber: z.string().nullable(),
        madeBy: z.string(),
        madeAt: z.string(),
        approval: z
          .object({ approvalId: field.id, authorisedBy: z.array(z.string()), authorisedAt: z.string() })
          .nullable()
          .describe("Who authorised it; none where one person was enough"),
      }),
    ),
    parts: z
      .array(z.object({ ...potOut, ...figuresOut }))
      .describe("Pots that are part of this one, not counted above"),
    withParts: z
      .object(figuresOut)
      .nullable()
      .describe("The pot with its parts, each pound once; null where it has none. All are of one book"),
    handovers: z
      .array(
        z.object({
          handoverId: field.id,
          way: z.enum(["in", "out"]),
          otherId: field.id,
          other: z.string(),
          otherWelsh: z.string().nullable(),
          otherSlug: z.string(),
          amountPence: field.penceText,
          movedOn: z.string(),
          decidedBy: z.string(),
          power: z.string(),
          reason: z.string(),
          transferId: field.id,
          reversed: z.boolean(),
        }),
      )
      .describe("What was handed between the pot and its parts: in what was put in, where it stands now"),
    contributions: z.array(z.object(contributionOut)),
    allocations: z.array(
      z.object({
        allocationId: field.id,
        name: z.string(),
        nameWelsh: z.string().nullable(),
        purpose: z.string(),
        theme: z.string().nullable(),
        amountPence: field.penceText.describe("As decided, with what virements brought and took since"),
        viredPence: field.penceText,
        committedPence: field.penceText,
        paidPence: field.penceText,
        decidedBy: z.string(),
        decidedOn: z.string(),
        power: z.string(),
        transferId: field.id,
        reversed: z.boolean(),
      }),
    ),
  }),
  example: { pot: "greater-manchester-troubled-families-pot", asAt: "2013-03-29" },
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const placeId = ctx.place.placeId;
    const day = input.asAt ?? ctx.today;
    const pot = await findPotNamed(ctx.tx, { placeId, areaId: ctx.place.area?.areaId ?? null, named: input.pot });
    if (pot === null) return refuse({ code: "pot_not_found", pot: input.pot });
    if (day < pot.openedOn) return refuse({ code: "before_opening", openedOn: pot.openedOn });
    const standings = await findStandings(ctx.tx, { placeId, potIds: [pot.potId], asAt: day });
    const streams = standings.flatMap((standing) => {
      const { streamId, stream, streamWelsh, ringFenced, endsOn } = standing;
      return streamId === null ? [] : [{ streamId, stream, streamWelsh, ringFenced, endsOn, ...figuresOf(standing) }];
    });
    const contributions = await listContributions(ctx.tx, { placeId, streamId: null, potId: pot.potId, asAt: day });
    const allocations = await listAllocations(ctx.tx, { placeId, potId: pot.potId, asAt: day });
    const steps = await findSteps(ctx, pot.potId);
    const follows = await findFollowed(ctx.tx, placeId, pot.potId);
    const parts = await findParts(ctx, { potId: pot.potId, day });
    const figures = addFigures(standings.map(figuresOf));
    const handovers = await listHandovers(ctx.tx, { placeId, potId: pot.potId, asAt: day });
    const withParts = parts.length === 0 ? null : addFigures([figures, ...parts]);
    const found = { parts, withParts, handovers, contributions, allocations };
    return accept({ asAt: day, pot, figures, streams, follows, steps, ...found });
  },
});

/** A step leaves no transfer: its approval is the one that answered with its statement's hash. */
async function findSteps(ctx: PlaceContext, potId: string) {
  const { placeId } = ctx.place;
  const taken = await listSteps(ctx.tx, placeId, potId);
  if (taken.length === 0) return [];
  const acts = await findDoneActs(ctx.tx, { placeId, potId, act: "step" });
  const approvals = acts.map(({ answer, ...approval }) => ({ approval, hash: hashIn.safeParse(answer) }));
  return taken.map((step) => {
    const statementHash = step.statementHash.toString("hex");
    const found = approvals.find(({ hash }) => hash.success && hash.data.statementHash === statementHash);
    return { ...step, statementHash, approval: found?.approval ?? null };
  });
}

const hashIn = z.object({ statementHash: z.string() });

async function findParts(ctx: PlaceContext, { potId, day }: { readonly potId: string; readonly day: Day }) {
  const { placeId } = ctx.place;
  const parts = await listParts(ctx.tx, placeId, potId);
  if (parts.length === 0) return [];
  const standings = await findStandings(ctx.tx, { placeId, potIds: parts.map((one) => one.potId), asAt: day });
  return parts
    .filter(({ openedOn }) => openedOn <= day)
    .map((one) => ({ ...one, ...addFigures(standings.filter((each) => each.potId === one.potId).map(figuresOf)) }));
}
