/** The ledger's town with what the tests of two people do in it: prepare a contribution, and authorise it as someone. */
import { authoriseApproval, prepareApproval, showApproval } from "../approvals/index.ts";
import type { Role } from "../platform/actor.ts";
import { sql } from "../platform/database/index.ts";
import type { Credential } from "../platform/use-case/index.ts";
import { DAY, openLedgerTown } from "./ledger.fixture.ts";

export type Waiting = { readonly approvalId: string; readonly shownHash: string };
type Sent = { readonly pence?: bigint; readonly by?: Credential; readonly key?: string; readonly pot?: string };
export type TwoPeople = Awaited<ReturnType<typeof openTwoPeople>>;

/** "done", or the name of the refusal. */
export function code(result: { readonly ok: boolean; readonly refusal?: { readonly code: string } }) {
  return result.ok ? "done" : result.refusal?.code;
}

export async function openTwoPeople() {
  const town = await openLedgerTown();
  const streamId = await town.stream("Grant", { pence: 100_000_000n });
  const potId = await town.pot("Pot");
  const contribution = ({ pence = 5_000_00n, pot = potId }: Sent = {}) => ({
    streamId,
    potId: pot,
    amountPence: String(pence),
    madeOn: DAY,
  });
  return {
    ...town,
    streamId,
    potId,
    contribution,
    prepare: (the: Sent = {}) =>
      town.value(
        prepareApproval,
        { act: "contribution.record", request: contribution(the) },
        { ...(the.by && { by: the.by }), ...(the.key && { key: the.key }) },
      ),
    person: (role: Role) => town.house.personWith(role, { placeId: town.placeId }),
    authorise: ({ approvalId, shownHash }: Waiting, by: Credential) =>
      town.ask(authoriseApproval, { approvalId, shownHash }, { by }),
    stateOf: async ({ approvalId }: Waiting) => (await town.value(showApproval, { approvalId })).state,
    transfers: () =>
      town.house.database.inPlace(town.placeId, (tx) =>
        tx.rows(
          sql<{ id: string; madeBy: string }>`select transfer_id as id, made_by as "madeBy" from transfer limit 100`,
        ),
      ),
  };
}
