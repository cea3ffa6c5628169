/** What a town has beside the host's own ledger: codes, a listing with lines to match, a match, and requests in every state. */
import { recordPayment } from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
import { addDays, mustDay } from "../../src/lib/day.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import {
  acceptMatch,
  authoriseRequest,
  keepListingUpload,
  makeRequest,
  mapCode,
  sendRequests,
  showReconciliation,
  signReconciliation,
  suggest,
  takeInListing,
  undoMatch,
} from "../../src/reconciliation/index.ts";
import { fileInput } from "./file-input.ts";
import type { TestHouse } from "./house.ts";
import type { Making } from "./real-input.ts";
import type { Town } from "./town.ts";

type Keeping = {
  readonly slug: string;
  readonly mark: string;
  readonly people: Town["people"];
  readonly partnerId: string;
  readonly potId: string;
  readonly serviceId: string;
  readonly commitmentId: string;
};

const COLUMNS = {
  document: 0,
  line: 1,
  postedOn: 2,
  amount: 3,
  costCentre: 4,
  subjective: 5,
  supplier: 6,
  reference: 7,
};
const DAY = "2013-01-15";

function listingOf(rows: readonly string[]): string {
  return ["Document No,Line,Posting Date,Amount,Cost Centre,Account,Supplier,Reference", ...rows, ""].join("\r\n");
}

/** A file of codes for the town's own host and pot. */
function codesOf(town: { readonly ids: Readonly<Record<string, string>> }, day: string): string {
  const { partnerId, potId } = town.ids;
  return `body,pot,cost_centre,subjective_group,starts_on,ends_on\r\n${partnerId},${potId},4471,4,${day},${day}\r\n`;
}

export async function addReconciliation(test: TestHouse, the: Keeping) {
  const { mark, partnerId: bodyId, potId, serviceId, commitmentId } = the;
  const at = { by: the.people.finance_officer, place: the.slug } as const;
  const value = test.value;
  const side = { bodyId, potId };
  const code = { ...side, costCentre: "4471", subjectiveGroup: 4, startsOn: "2012-04-01" };
  value(await test.ask(mapCode, { ...at, input: { ...code, serviceId } }));
  const { mappingId } = value(await test.ask(mapCode, { ...at, input: { ...code, subjective: "9000" } }));
  const pay = async (what: string): Promise<string> => {
    const payment = { commitmentId, amountPence: "4200", paidOn: DAY, reference: `${mark} ${what}` };
    return value(await test.ask(recordPayment, { ...at, input: payment })).paymentId;
  };
  const [paymentToMatch, paymentMatched] = [await pay("to match"), await pay("matched")];
  await pay("certain");
  const requests = await addRequests(test, the);
  // What is certain is accepted by one test for all of them: the first and the last line name nothing.
  const rows = ["", `${mark} matched`, `${mark} certain`].map(
    (reference, row) => `D${row},1,${DAY},42.00,4471,,${mark},${reference}`,
  );
  const text = listingOf([...rows, `D9,1,2013-02-04,50.00,4471,,${mark},`]);
  const file = fileInput(Buffer.from(text));
  const taken = value(
    await test.ask(takeInListing, {
      ...at,
      input: { name: `${mark} listing.csv`, body: bodyId, file, columns: COLUMNS },
    }),
  );
  const { lines } = value(await test.ask(suggest, { ...at, input: side }));
  const lineOf = (document: string) =>
    must(
      lines.find((one) => one.document === document),
      "the line was taken in",
    ).lineId;
  const matching = { ...side, lineIds: [lineOf("D1")], recordIds: [paymentMatched] };
  const { matchId } = value(await test.ask(acceptMatch, { ...at, input: matching }));
  const undone = value(
    await test.ask(acceptMatch, { ...at, input: { ...side, lineIds: [lineOf("D0")], recordIds: [paymentToMatch] } }),
  );
  value(await test.ask(undoMatch, { ...at, input: { matchId: undone.matchId, reason: mark } }));
  const statementHash = await signOne(test, { at, side });
  const upload = async (what: string): Promise<string> => {
    const bytes = Buffer.from(listingOf([`U${what},1,${DAY},1.00,4471,,${mark},`]));
    const input = { name: `${mark} ${what}.csv`, body: bodyId, content: () => bytes };
    return value(await test.ask(keepListingUpload, { ...at, input })).listingUploadId;
  };
  const own = {
    mappingId,
    paymentToMatch,
    matchId,
    statementHash,
    lineId: lineOf("D0"),
    lineThatPays: lineOf("D9"),
  };
  const uploads = { listingUploadId: await upload("1"), listingUploadToConfirm: await upload("2") };
  return { ...own, ...requests, ...uploads, listingFileId: must(taken.listingFileId, "the listing was taken in") };
}

type Signing = {
  readonly at: { readonly by: Credential; readonly place: string };
  readonly side: { readonly bodyId: string; readonly potId: string };
};

/** Signs one month, and gives the hash of another in which nothing happened, whatever a test does to the others. */
async function signOne(test: TestHouse, { at, side }: Signing): Promise<string> {
  const month = { ...side, from: "2012-02-01", to: "2012-02-29" };
  const { hash } = test.value(await test.ask(showReconciliation, { ...at, input: month }));
  const earlier = { ...side, from: "2012-01-01", to: "2012-01-31" };
  const shown = test.value(await test.ask(showReconciliation, { ...at, input: earlier }));
  const signing = { ...earlier, part: "prepared" as const, hash: shown.hash };
  test.value(await test.ask(signReconciliation, { ...at, input: signing }));
  return hash;
}

/** One sent, one authorised that waits to be sent, one of the finance officer's and one of another's. */
async function addRequests(test: TestHouse, { slug, mark, people, partnerId, commitmentId }: Keeping) {
  const { finance_officer: finance, pool_manager: manager } = people;
  const value = test.value;
  const make = async (by: Credential) => {
    const lines = [{ words: `${mark} work`, netPence: "5000" }];
    return value(await test.ask(makeRequest, { by, place: slug, input: { commitmentId, dueOn: "2013-03-15", lines } }));
  };
  const authorise = async (requestId: string) =>
    value(await test.ask(authoriseRequest, { by: finance, place: slug, input: { requestId } }));
  const sent = await make(manager);
  await authorise(sent.requestId);
  const { batchId } = value(await test.ask(sendRequests, { by: finance, place: slug, input: { bodyId: partnerId } }));
  await authorise((await make(manager)).requestId);
  const { requestId } = await make(finance);
  const requestOfAnother = (await make(manager)).requestId;
  return { requestSent: sent.requestId, batchId, requestId, requestOfAnother };
}

const newListing = ({ unique }: Making) => Buffer.from(listingOf([`${unique},1,2013-02-04,12.50,4471,,${unique},`]));
/** A day of its own for each request, so that no two codes tie. */
const newDay = ({ unique }: Making) => addDays(mustDay("2030-01-01"), Number.parseInt(unique, 16) % 60_000);

/** Fields that are made by their name, or by their use case and name. */
export const specialOfReconciliation: Readonly<Record<string, (making: Making) => unknown>> = {
  body: ({ town }) => town.ids["partnerId"],
  "reconciliation.take_in.file": (making) => fileInput(newListing(making)),
  "reconciliation.take_in.preview": () => false,
  "reconciliation.send_file.content": (making) => newListing(making).toString("base64"),
  "reconciliation.send_file.preview": () => false,
  "reconciliation.upload.content": (making) => {
    const bytes = newListing(making);
    return () => bytes;
  },
  "reconciliation.confirm_upload.listingUploadId": ({ town }) => town.ids["listingUploadToConfirm"],
  "reconciliation.sign.hash": ({ town }) => town.ids["statementHash"],
  "code.map.startsOn": newDay,
  "code.map.endsOn": newDay,
  "code.import.content": (making) => Buffer.from(codesOf(making.town, newDay(making))).toString("base64"),
  lineIds: ({ town }) => [town.ids["lineId"]],
  recordIds: ({ town }) => [town.ids["paymentToMatch"]],
  "payment_request.paid.requestId": ({ town }) => town.ids["requestSent"],
  "payment_request.paid.lineId": ({ town }) => town.ids["lineThatPays"],
  "payment_request.authorise.requestId": ({ town }) => town.ids["requestOfAnother"],
  dueOn: () => "2013-03-15",
};
