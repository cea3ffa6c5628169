/**
 * A place with one of everything, made through the use cases themselves, and the examples of all use cases made real for
 * it: an id in an example becomes the town's own by the name of its field, and what must be unique becomes new. A later
 * use case is tested by its declaration alone; one that names a new kind of record adds it here.
 */
import { SMALL } from "../../src/decisions/elections.fixture.ts";
import { bringElection } from "../../src/decisions/index.ts";
import { grantRole, invite, makeKey } from "../../src/identity/index.ts";
import {
  closeLedger,
  openPot,
  openStream,
  recordAllocation,
  recordCommitment,
  recordContribution,
  recordPayment,
} from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, londonDay } from "../../src/lib/day.ts";
import {
  addPartner,
  addService,
  addTheme,
  listPlaces,
  openNeighbourhood,
  reportReach,
} from "../../src/places/index.ts";
import { ROLES, type Role } from "../../src/platform/actor.ts";
import { newId } from "../../src/platform/ids.ts";
import { insertJob } from "../../src/platform/jobs/index.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { addDocument, addTask, askQuestion, doTask, withdrawDocument } from "../../src/records/index.ts";
import { importSpendFile, keepUpload } from "../../src/spending/index.ts";
import { fileInput } from "./file-input.ts";
import type { TestHouse } from "./house.ts";
import { addBank, shadowOf } from "./town-bank.ts";
import { addMatching } from "./town-matching.ts";
import { addApprovals, addShadowMoney, DAY, type Keeping } from "./town-money.ts";
import { addReconciliation } from "./town-reconciliation.ts";
import { addSharing } from "./town-sharing.ts";

/** Words that stand in nothing but a town's own records: where they are seen, something of the town is seen. */
export type Town = {
  readonly slug: string;
  readonly placeId: number;
  readonly mark: string;
  readonly people: Readonly<Record<Role, Credential & { readonly kind: "person" }>>;
  /** A key in force; the key of `ids.keyId` is another, which may be revoked. */
  readonly key: string;
  /** By the name of the field that holds it. */
  readonly ids: Readonly<Record<string, string>>;
  readonly spendRows: number;
};

export function spendFileOf(mark: string, rows = 6): Buffer {
  const lines = Array.from({ length: rows }, (_, row) =>
    [
      `2012-0${4 + (row % 6)}-1${row % 9}`,
      `${row % 4 === 3 ? "-" : ""}${750 + row}.0${row % 10}`,
      `${mark} Supplies ${row % 3}`,
      "Children's services",
    ].join(","),
  );
  return Buffer.from(["Payment Date,Amount,Beneficiary Name,Service Area", ...lines, ""].join("\r\n"));
}

export async function openTown(test: TestHouse, the: { readonly slug: string; readonly mark: string }): Promise<Town> {
  const { slug, mark } = the;
  const placeId = await test.openPlace(slug);
  const people = {} as Record<Role, Credential & { kind: "person" }>;
  for (const role of ROLES) people[role] = await test.personWith(role, { placeId });
  const by = people.administrator;
  const finance = people.finance_officer;
  const at = { place: slug };
  const value = test.value;
  const { partnerId } = value(
    await test.ask(addPartner, {
      by,
      ...at,
      input: { name: `${mark} Family Support`, kind: "charity", parts: ["provider", "funder"] },
    }),
  );
  const { themeId } = value(await test.ask(addTheme, { by, ...at, input: { name: `${mark} theme` } }));
  const { areaId } = value(
    await test.ask(openNeighbourhood, {
      by,
      ...at,
      input: { name: `${mark} Ward`, parts: [{ name: `${mark} estate` }] },
    }),
  );
  const { serviceId } = value(
    await test.ask(addService, { by, ...at, input: { name: `${mark} key workers`, providerId: partnerId } }),
  );
  const reach = { serviceId, startsOn: "2012-07-01", endsOn: "2012-09-30", families: 48, source: `${mark} return` };
  value(await test.ask(reportReach, { by: finance, ...at, input: reach }));
  const money = await addMoney(test, { slug, mark, people, finance, partnerId, serviceId, themeId });
  const bank = await addBank(test, { slug, placeId, mark, finance, partnerId, serviceId, ...shadowOf(money) });
  await closeEarlier(test, { slug, finance });
  const { key, keyId, holdingId } = await addPeople(test, { slug, mark, by, partnerId });
  const desk = await addDesk(test, { slug, mark, finance, administrator: by, record: money.paymentId });
  const spending = await addSpending(test, { slug, mark, finance });
  const elections = await addElections(test);
  const beside = await addReconciliation(test, { slug, mark, people, partnerId, serviceId, ...money });
  const sharing = await addSharing(test, { slug, placeId, mark, partnerId, lead: people.information_governance_lead });
  const matching = await addMatching(test, { slug, placeId, mark, partnerId, people, ...sharing });
  const { userId } = must(people.administrator, "a town has an administrator");
  const own = { partnerId, themeId, areaId, serviceId, holdingId, keyId, userId };
  const ids = { ...own, ...money, ...bank, ...desk, ...spending, ...elections, ...beside, ...sharing, ...matching };
  const same = {
    providerId: partnerId,
    hostId: partnerId,
    payerId: partnerId,
    supplierId: partnerId,
    bodyId: partnerId,
    counterpartyId: partnerId,
    insideAreaId: areaId,
    record: money.paymentId,
    pot: money.potSlug,
  };
  return { slug, placeId, mark, people, key, ids: { ...ids, ...same }, spendRows: 6 };
}

/** The year before the town's money: March softly closed in one book, and ready for its year end in the other. */
async function closeEarlier(test: TestHouse, the: { readonly slug: string; readonly finance: Credential }) {
  const at = { by: the.finance, place: the.slug } as const;
  const close = async (period: string, book: "real" | "shadow", state: "soft" | "hard") =>
    test.value(await test.ask(closeLedger, { ...at, input: { period, book, state } }));
  await close("2011-12/12", "real", "soft");
  await close("2011-12/11", "shadow", "hard");
  await close("2011-12/12", "shadow", "soft");
}

type Staffing = { readonly slug: string; readonly mark: string; readonly by: Credential; readonly partnerId: string };

/** Somebody invited with two roles, and two keys of the partner. */
async function addPeople(test: TestHouse, the: Staffing) {
  const { mark, by, partnerId } = the;
  const at = { place: the.slug };
  const value = test.value;
  const { holdingId } = value(
    await test.ask(invite, {
      by,
      ...at,
      input: { email: `${mark.toLowerCase()}@onepot.example`, name: `${mark} Person`, role: "analyst" },
    }),
  );
  value(
    await test.ask(grantRole, {
      by,
      ...at,
      input: { email: `${mark.toLowerCase()}@onepot.example`, role: "resident" },
    }),
  );
  const newKey = async () => {
    const scopes = ["spending:write" as const, "money:read" as const];
    const expiresOn = addDays(londonDay(new Date()), 30);
    return value(await test.ask(makeKey, { by, ...at, input: { partnerId, name: `${mark} key`, scopes, expiresOn } }));
  };
  const { key } = await newKey();
  const { keyId } = await newKey();
  return { key, keyId, holdingId };
}

/** A stream, a pot, and what the one gave to the other. */
async function openMoney(test: TestHouse, the: Keeping) {
  const { mark, partnerId } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const value = test.value;
  const stream = {
    name: `${mark} grant`,
    payerId: partnerId,
    amountPence: "900000000",
    startsOn: "2012-04-01",
    endsOn: "2013-03-31",
  };
  const conditions = [{ kind: "purpose" as const, words: `${mark} purpose` }];
  const { streamId } = value(
    await test.ask(openStream, { ...at, input: { ...stream, power: "Section 31", conditions } }),
  );
  const pot = {
    name: `${mark} pot`,
    purpose: `${mark} families`,
    mode: "pooled" as const,
    hostId: partnerId,
    openedOn: "2012-04-01",
  };
  const { potId, slug: potSlug } = value(await test.ask(openPot, { ...at, input: pot }));
  const { contributionId } = value(
    await test.ask(recordContribution, {
      ...at,
      input: { streamId, potId, amountPence: "800000000", madeOn: DAY, reference: mark },
    }),
  );
  return { streamId, potId, potSlug, contributionId };
}

async function addMoney(test: TestHouse, the: Keeping & { readonly people: Town["people"] }) {
  const { mark, partnerId, serviceId, themeId } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const value = test.value;
  const amountPence = "100000";
  const opened = await openMoney(test, the);
  const { potId } = opened;
  const deciding = { decidedBy: `${mark} board`, decidedOn: DAY, power: "Clause 7", themeId };
  const { allocationId } = value(
    await test.ask(recordAllocation, {
      ...at,
      input: { potId, name: `${mark} work`, amountPence: "600000000", ...deciding },
    }),
  );
  const buying = { kind: "order" as const, supplierId: partnerId, serviceId, committedOn: DAY, reference: mark };
  const { commitmentId } = value(
    await test.ask(recordCommitment, { ...at, input: { allocationId, amountPence: "400000000", ...buying } }),
  );
  const payment = value(
    await test.ask(recordPayment, { ...at, input: { commitmentId, amountPence, paidOn: DAY, reference: mark } }),
  );
  // A transfer that nothing has used yet, so that it can be reversed.
  const spare = value(
    await test.ask(recordPayment, {
      ...at,
      input: { commitmentId, amountPence, paidOn: DAY, reference: `${mark} spare` },
    }),
  );
  const shadow = await addShadowMoney(test, the);
  const approvals = await addApprovals(test, { slug: the.slug, commitmentId, people: the.people });
  return {
    ...opened,
    ...shadow,
    ...approvals,
    allocationId,
    commitmentId,
    paymentId: payment.paymentId,
    transferId: spare.transferId,
  };
}

type AtDesk = {
  readonly administrator: Credential;
  readonly slug: string;
  readonly mark: string;
  readonly finance: Credential;
  readonly record: string;
};

/** Documents, questions and tasks, some of them already withdrawn, done or waiting. */
async function addDesk(test: TestHouse, the: AtDesk) {
  const { mark, record } = the;
  const at = { by: the.finance, place: the.slug } as const;
  const value = test.value;
  const document = async (name: string): Promise<string> => {
    const content = spendFileOf(`${mark} ${name}`).toString("base64");
    return value(
      await test.ask(addDocument, { ...at, input: { record, fileName: `${name}.csv`, content, public: false } }),
    ).documentId;
  };
  const task = async (title: string): Promise<string> =>
    value(await test.ask(addTask, { ...at, input: { title: `${mark} ${title}`, forRole: "administrator" } })).taskId;
  const documentWithdrawn = await document("withdrawn");
  value(await test.ask(withdrawDocument, { ...at, input: { documentId: documentWithdrawn } }));
  const taskDone = await task("done");
  value(await test.ask(doTask, { by: the.administrator, place: the.slug, input: { taskId: taskDone } }));
  const asked = value(await test.ask(askQuestion, { ...at, input: { record, words: `${mark} question` } }));
  const jobId = newId();
  await test.database.national(async (tx) => {
    const places = await listPlaces(tx);
    const { placeId } = must(
      places.find((place) => place.slug === the.slug),
      "the town is open",
    );
    await insertJob(tx, {
      jobId,
      placeId,
      kind: "spend.import",
      title: `${mark} job`,
      input: {},
      requestedBy: "operator",
    });
  });
  const { questionId } = asked;
  return {
    documentId: await document("document"),
    documentWithdrawn,
    taskId: await task("task"),
    taskDone,
    questionId,
    jobId,
  };
}

/** Two, since one of them is forgotten by a use case. */
async function addElections(test: TestHouse) {
  const bring = async (): Promise<string> => {
    const input = { name: "town.pb", content: () => Buffer.from(SMALL) };
    return test.value(await test.ask(bringElection, { by: { kind: "public" }, input })).address;
  };
  return { electionToStop: await bring(), electionToForget: await bring() };
}

async function addSpending(
  test: TestHouse,
  the: { readonly slug: string; readonly mark: string; readonly finance: Credential },
) {
  const at = { by: the.finance, place: the.slug } as const;
  const file = fileInput(spendFileOf(the.mark));
  const imported = test.value(await test.ask(importSpendFile, { ...at, input: { name: `${the.mark}.csv`, file } }));
  const upload = async (name: string, rows: number): Promise<string> => {
    const bytes = spendFileOf(`${the.mark} ${name}`, rows);
    const input = { name: `${the.mark} ${name}.csv`, content: () => bytes };
    return test.value(await test.ask(keepUpload, { ...at, input })).uploadId;
  };
  return {
    fileId: must(imported.fileId, "the file was stored"),
    uploadId: await upload("upload", 6),
    uploadToConfirm: await upload("second upload", 6),
    uploadForJob: await upload("large upload", 110_000),
  };
}
