/**
 * The examples of all use cases made real for a town: an id in an example becomes the town's own by the name of its field,
 * and what must be unique becomes new.
 */
import { randomUUID } from "node:crypto";
import { SMALL } from "../../src/decisions/elections.fixture.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import { rolesFor } from "../../src/platform/policy.ts";
import { type AnyUseCase, type Credential, perform } from "../../src/platform/use-case/index.ts";
import { fileInput } from "./file-input.ts";
import type { TestHouse } from "./house.ts";
import { spendFileOf, type Town } from "./town.ts";
import { bankFields } from "./town-bank.ts";
import { specialOfMatching } from "./town-matching.ts";
import { DAY, LATER } from "./town-money.ts";
import { specialOfReconciliation } from "./town-reconciliation.ts";
import { specialOfSharing } from "./town-sharing.ts";

/** The example of a use case, as this town's own request. New each time where it must be. */
export function realInput(useCase: AnyUseCase, town: Town): Record<string, unknown> {
  return realObject(useCase.example as Readonly<Record<string, unknown>>, {
    useCase,
    town,
    unique: randomUUID().slice(0, 8),
  });
}

export type Making = { readonly useCase: AnyUseCase; readonly town: Town; readonly unique: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function realObject(example: Readonly<Record<string, unknown>>, making: Making): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(example).map(([field, value]) => [field, realValue(field, { value, making })]),
  );
}

function realValue(field: string, { value, making }: { readonly value: unknown; readonly making: Making }): unknown {
  const { town, unique, useCase } = making;
  const special = SPECIAL[`${useCase.name}.${field}`] ?? SPECIAL[field];
  if (special) return special(making);
  if (typeof value === "string" && UUID.test(value))
    return must(town.ids[field], `${useCase.name}: test/setup/town.ts has no record for the field ${field}`);
  if (typeof value === "string" && field === "name") return `${value.slice(0, 100)} ${unique}`;
  if (Array.isArray(value))
    return value.map((item) =>
      item !== null && typeof item === "object" ? realObject(item as Readonly<Record<string, unknown>>, making) : item,
    );
  return value;
}

const newFile = ({ unique }: Making) => spendFileOf(unique);

/** Fields that are made by their name, or by their use case and name. */
const SPECIAL: Readonly<Record<string, (making: Making) => unknown>> = {
  email: ({ town, useCase, unique }) =>
    useCase.name === "role.grant" ? `${town.mark.toLowerCase()}@onepot.example` : `person.${unique}@onepot.example`,
  expiresOn: () => addDays(londonDay(new Date()), 30),
  amountPence: () => "10000",
  // After the days on which the town's own money moved.
  vatRecoveredPence: () => "2000",
  decidedOn: () => LATER,
  ...bankFields,
  committedOn: () => LATER,
  paidOn: () => LATER,
  place: ({ town }) => town.slug,
  pot: ({ town }) => town.ids["pot"],
  row: () => 2,
  file: (making) => fileInput(newFile(making)),
  content: (making) => newFile(making).toString("base64"),
  "spend.send_file.preview": () => false,
  "spend.choose_columns.columns": () => ({ paidOn: 0, amount: 1, supplier: 2, serviceArea: 3 }),
  "spend.upload.content": (making) => {
    const bytes = newFile(making);
    return () => bytes;
  },
  "election.publish.content": () => () => Buffer.from(SMALL),
  "election.bring.content": () => () => Buffer.from(SMALL),
  "election.stop.address": ({ town }) => town.ids["electionToStop"],
  "election.forget.address": ({ town }) => town.ids["electionToForget"],
  "election.bring_tables.projects": () => () => Buffer.from("project_id,cost\nA,60\n"),
  "election.bring_tables.ballots": () => () => Buffer.from("voter_id,vote\n1,A\n"),
  "election.publish.slug": ({ unique }) => `town-${unique}`,
  "spend.confirm_upload.uploadId": ({ town }) => town.ids["uploadToConfirm"],
  "document.restore.documentId": ({ town }) => town.ids["documentWithdrawn"],
  "task.undo.taskId": ({ town }) => town.ids["taskDone"],
  "search.find.words": ({ town }) => town.mark,
  "spend.queue_upload.uploadId": ({ town }) => town.ids["uploadForJob"],
  "place.open.slug": () => "trafford",
  "ledger.statement.asAt": () => DAY,
  "contribution.record.streamId": ({ town }) => town.ids["shadowStream"],
  "contribution.record.potId": ({ town }) => town.ids["shadowPot"],
  "allocation.record.potId": ({ town }) => town.ids["shadowPot"],
  "commitment.record.allocationId": ({ town }) => town.ids["shadowAllocation"],
  "payment.record.commitmentId": ({ town }) => town.ids["shadowCommitment"],
  "transfer.reverse.transferId": ({ town }) => town.ids["shadowTransfer"],
  "approval.prepare.request": ({ town }) => ({
    commitmentId: town.ids["commitmentId"],
    amountPence: "10000",
    paidOn: LATER,
  }),
  shownHash: ({ town }) => town.ids["shownHash"],
  "approval.refuse.approvalId": ({ town }) => town.ids["approvalToRefuse"],
  "approval.withdraw.approvalId": ({ town }) => town.ids["approvalToWithdraw"],
  ...specialOfReconciliation,
  ...specialOfSharing,
  ...specialOfMatching,
};

/** Someone of the town who may do it; the operator where no role may. */
export function actorFor(useCase: AnyUseCase, town: Town): Credential {
  const roles = rolesFor(useCase.permission);
  if (roles === "any") return town.people.administrator;
  const [role] = roles;
  return role === undefined ? { kind: "operator" } : town.people[role];
}

type Asking = { readonly town: Town; readonly by: Credential; readonly input: unknown; readonly key?: string };

export function performIn(test: TestHouse, useCase: AnyUseCase, the: Asking) {
  return perform(test.house, useCase, {
    credential: the.by,
    input: the.input,
    language: "en",
    ...(useCase.scope === "place" && { place: the.town.slug }),
    ...(the.key !== undefined && { requestKey: the.key }),
  });
}
