/** What the forms of the ledger choose from: only for those who may record. */
import { z } from "zod";
import { ledgerRefusals, listAccounts, listPrecommitments, listStreams, showPot } from "../../../ledger/index.ts";
import { accept, type Result } from "../../../lib/result.ts";
import { showPlace } from "../../../places/index.ts";
import { declarePlaceUseCase, field, type PlaceContext, performWithin } from "../../../platform/use-case/index.ts";
import { readPages } from "./all-pages.ts";
import {
  type Account,
  allCommitments,
  type Commitment,
  MOST_PAGES,
  type Pot,
  type Precommitment,
  passOn,
  readerOf,
  type ValueOf,
} from "./reading.ts";

export const readChoices = declarePlaceUseCase({
  name: "ledger.form_page",
  summary: "What the forms of the ledger choose from",
  permission: "ledger.record",
  changes: false,
  input: z.strictObject({ pot: field.words(200).nullable().default(null) }),
  output: z.object({}),
  example: {},
  refusals: ledgerRefusals,
  handle: async (ctx, input) => {
    const place = await performWithin(ctx, showPlace, {});
    if (!place.ok) return passOn(place);
    const streams = await performWithin(ctx, listStreams, {});
    if (!streams.ok) return passOn(streams);
    const inPot = input.pot === null ? null : await readInPot(ctx, input.pot);
    if (inPot !== null && !inPot.ok) return passOn(inPot);
    return accept({
      reader: readerOf(ctx),
      place: place.value,
      streams: streams.value.streams,
      inPot: inPot?.value ?? null,
    });
  },
});
export type Choices = ValueOf<typeof readChoices>;
export type ChoicesInPot = NonNullable<Choices["inPot"]>;

type InPot = {
  readonly pot: Pot;
  readonly commitments: readonly Commitment[];
  readonly accounts: readonly Account[];
  /** Those that still hold money. */
  readonly precommitments: readonly Precommitment[];
};

async function readInPot(ctx: PlaceContext, name: string): Promise<Result<InPot>> {
  const pot = await performWithin(ctx, showPot, { pot: name });
  if (!pot.ok) return pot;
  const { potId } = pot.value.pot;
  const commitments = await allCommitments(ctx, { potId, asAt: ctx.today });
  if (!commitments.ok) return commitments;
  const read = await readPages(MOST_PAGES, (page) => performWithin(ctx, listAccounts, { potId, page }));
  if (!read.ok) return read;
  const accounts = read.value.flatMap((page) => page.accounts);
  const set = await readPages(MOST_PAGES, (page) =>
    performWithin(ctx, listPrecommitments, { potId, open: true, page }),
  );
  if (!set.ok) return set;
  const precommitments = set.value.flatMap((page) => page.precommitments);
  return accept({ pot: pot.value, commitments: commitments.value, accounts, precommitments });
}
