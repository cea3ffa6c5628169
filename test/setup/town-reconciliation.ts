/** What a town has beside the host's own ledger: codes, a listing with lines to match, a match, and requests in every state. */
import { createHash } from "node:crypto";
import { recordPayment } from "../../src/ledger/index.ts";
import { must } from "../../src/lib/assert.ts";
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
import type { TestHouse } from "./house.ts";

type Keeping = {
  readonly slug: string;
  readonly mark: string;
  readonly finance: Credential;
  readonly manager: Credential;
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

export function listingOf(rows: readonly string[]): string {
  return ["Document No,Line,Posting Date,Amount,Cost Centre,Account,Supplier,Reference", ...rows, ""].join("\r\n");
}

/** A file of codes for the town's own host and pot. */
export function codesOf(town: { readonly ids: Readonly<Record<string, string>> }, day: string): string {
  const { partnerId, potId } = town.ids;
  return `body,pot,cost_centre,subjective_group,starts_on,ends_on\r\n${partnerId},${potId},4471,4,${day},${day}\r\n`;
}

export async function addReconciliation(test: TestHouse, the: Keeping) {
  const { mark, partnerId: bodyId, potId, serviceId, commitmentId } = the;
  const at = { by: the.finance, place: the.slug } as const;
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
  const file = { input: { bytes: Buffer.from(text) }, sha256: createHash("sha256").update(text).digest("hex") };
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
  // A month in which nothing happened, whatever a test does to the others.
  const month = { ...side, from: "2012-02-01", to: "2012-02-29" };
  const { hash } = value(await test.ask(showReconciliation, { ...at, input: month }));
  const earlier = { ...side, from: "2012-01-01", to: "2012-01-31" };
  const shown = value(await test.ask(showReconciliation, { ...at, input: earlier }));
  value(await test.ask(signReconciliation, { ...at, input: { ...earlier, part: "prepared", hash: shown.hash } }));
  const upload = async (what: string): Promise<string> => {
    const bytes = Buffer.from(listingOf([`U${what},1,${DAY},1.00,4471,,${mark},`]));
    const input = { name: `${mark} ${what}.csv`, body: bodyId, content: () => bytes };
    return value(await test.ask(keepListingUpload, { ...at, input })).listingUploadId;
  };
  const own = {
    mappingId,
    paymentToMatch,
    matchId,
    statementHash: hash,
    lineId: lineOf("D0"),
    lineThatPays: lineOf("D9"),
  };
  const uploads = { listingUploadId: await upload("1"), listingUploadToConfirm: await upload("2") };
  return { ...own, ...requests, ...uploads, listingFileId: must(taken.listingFileId, "the listing was taken in") };
}

/** One sent, one authorised that waits to be sent, one of the finance officer's and one of another's. */
async function addRequests(test: TestHouse, { slug, mark, finance, manager, partnerId, commitmentId }: Keeping) {
  const value = test.value;
  const make = async (by: Credential) => {
    const lines = [{ words: `${mark} work`, netPence: "5000" }];
    return value(await test.ask(makeRequest, { by, place: slug, input: { commitmentId, dueOn: "2013-03-15", lines } }));
  };
  const authorise = async (requestId: string) =>
    value(await test.ask(authoriseRequest, { by: manager, place: slug, input: { requestId } }));
  const sent = await make(finance);
  await authorise(sent.requestId);
  const { batchId } = value(await test.ask(sendRequests, { by: finance, place: slug, input: { bodyId: partnerId } }));
  await authorise((await make(finance)).requestId);
  const { requestId } = await make(finance);
  const requestOfAnother = (await make(manager)).requestId;
  return { requestSent: sent.requestId, batchId, requestId, requestOfAnother };
}
