/**
 * The story by the pages, as a pool manager and a finance officer with a browser and no JavaScript: each form is fetched, its own fields are
 * filled in, and it is sent with its token. A form's fields carry the names of the use case's own; money is typed in
 * pounds and a day in its three parts where the form asks so.
 */
import { must } from "../../src/lib/assert.ts";
import type { Doors, Fields, Visitor } from "../setup/doors.ts";
import type { TestHouse } from "../setup/house.ts";
import { makeSignIn, signIn } from "../setup/people.ts";
import { openOfficer } from "./officer.ts";
import { type Driver, PLACE, type Sent, type SPEND_FILE } from "./salford-pound.ts";

const IN_POT = "pots/salford-families-pot";

/** Where the form of a use case is. */
const FORMS: Readonly<Record<string, (sent: Sent) => string>> = {
  "partner.add": () => "partners/new",
  "service.add": () => "services/new",
  "stream.open": () => "streams/new",
  "pot.open": () => "pots/new",
  "contribution.record": () => `${IN_POT}/contributions/new`,
  "allocation.record": () => `${IN_POT}/allocations/new`,
  "commitment.record": ({ allocationId }) => `${IN_POT}/commitments/new?allocation=${allocationId}`,
  "payment.record": ({ commitmentId }) => `${IN_POT}/payments/new?commitment=${commitmentId}`,
  "credit_note.record": ({ paymentId = ":record" }) => `trace/${paymentId}/credit-note`,
  "commitment.release": ({ commitmentId }) => `${IN_POT}/releases/new?commitment=${commitmentId}`,
};

/** True once every form of the story has a page. */
export function pagesAreThere(doors: Doors): boolean {
  const paths = new Set(doors.routes.filter(({ method }) => method === "POST").map(({ path }) => path));
  return Object.values(FORMS).every((form) =>
    paths.has(`/places/:place/${form({}).replace(IN_POT, "pots/:pot").split("?")[0]}`),
  );
}

export async function openPageDriver(the: {
  readonly test: TestHouse;
  readonly doors: Doors;
  readonly placeId: number;
}): Promise<Driver> {
  const { test, doors, placeId } = the;
  const { email } = await makeSignIn(test, { role: "pool_manager", placeId });
  const visitor = await signIn(doors, email);
  const officer = await openOfficer(the);
  const send = async (name: string, sent: Sent): Promise<string> => {
    const address = `/places/${PLACE}/${must(FORMS[name], `${name} has a form`)(sent)}`;
    const page = await visitor.get(address);
    const answer = await visitor.post(address, filledIn(page.body, sent));
    if (answer.statusCode !== 303) throw new Error(`${address}: ${answer.statusCode} ${errorsIn(answer.body)}`);
    return String(answer.headers["location"]);
  };
  const made = async (work: () => Promise<void>) => {
    const before = await lastIds(test, placeId);
    await work();
    const after = await lastIds(test, placeId);
    return Object.fromEntries(Object.entries(after).filter(([id, value]) => before[id] !== value));
  };
  return {
    importSpending: (file) => importByPage({ doors, visitor }, file),
    record: (name, sent) =>
      made(async () => {
        await send(name, sent);
      }),
    together: (name, sent) =>
      made(async () => {
        const waiting = await send(name, sent);
        const approvalId = must(/approvals\/([0-9a-f-]{36})$/.exec(waiting)?.[1], "the form leads to its approval");
        await officer.authorise(approvalId);
      }),
    trace: async (record) => {
      // The page shows the same chain in words; its numbers are compared through the API, which anyone may ask.
      const page = await visitor.get(`/places/${PLACE}/trace/${record}`);
      if (page.statusCode !== 200) throw new Error(`the trace page answers ${page.statusCode}`);
      for (const words of [
        "Troubled families attachment fees",
        "Intensive family key workers",
        "Key worker in Langworthy",
      ])
        if (!page.body.includes(words)) throw new Error(`the trace page does not show ${words}`);
      return (await visitor.get(`/api/v1/places/${PLACE}/trace/${record}`)).json();
    },
  };
}

async function importByPage(
  { doors, visitor }: { readonly doors: Doors; readonly visitor: Visitor },
  file: typeof SPEND_FILE,
) {
  const address = `/places/${PLACE}/spending/import`;
  await visitor.get(address);
  const sent = multipart({ _csrf: visitor.token() ?? "" }, file);
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const kept = await doors.app.inject({
    method: "POST",
    url: address,
    headers: { cookie, ...sent.headers },
    payload: sent.payload,
  });
  if (kept.statusCode !== 303) throw new Error(`the upload: ${kept.statusCode} ${errorsIn(kept.body)}`);
  const check = String(kept.headers["location"]);
  await visitor.get(check);
  const stored = await visitor.post(`${check}/confirm`, {});
  if (stored.statusCode !== 303) throw new Error(`storing: ${stored.statusCode} ${errorsIn(stored.body)}`);
  const fileId = must(
    /files\/([0-9a-f-]{36})/.exec(String(stored.headers["location"]))?.[1],
    "storing leads to the file",
  );
  const shown = (await visitor.get(`/api/v1/places/${PLACE}/spending/files/${fileId}`)).json();
  return { fileId, lines: shown.file.lines, totalPence: shown.file.totalPence };
}

export function multipart(fields: Fields, file: { readonly name: string; readonly bytes: Uint8Array }) {
  const boundary = "----onepotstory7a1f";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join("")}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: text/csv\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, payload };
}

/** The fields that the form has, from what is to be sent. */
function filledIn(html: string, sent: Sent): Fields {
  const names = new Set([...html.matchAll(/\sname="([^"]+)"/g)].map((match) => match[1] ?? ""));
  const fields: Record<string, string> = {};
  for (const [input = ""] of html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1] ?? "";
    if (name !== "" && name !== "_csrf") fields[name] = /value="([^"]*)"/.exec(input)?.[1] ?? "";
  }
  const put = (name: string, value: string): void => {
    if (names.has(name)) fields[name] = value;
  };
  for (const [field, value] of Object.entries(sent)) {
    const text = Array.isArray(value) ? String(value[0]) : value === true ? "yes" : String(value);
    put(field, text);
    if (/Pence$/.test(field)) {
      const pounds = `${text.slice(0, -2) || "0"}.${text.slice(-2).padStart(2, "0")}`;
      put(field.replace(/Pence$/, ""), pounds);
      put(field, pounds);
    }
    if (/^\d{4}-\d\d-\d\d$/.test(text)) {
      const [year = "", month = "", day = ""] = text.split("-");
      put(`${field}-day`, String(Number(day)));
      put(`${field}-month`, String(Number(month)));
      put(`${field}-year`, year);
    }
    // The page finds the published line by the reference that was printed with it.
    if (field === "spendLine") put("spendReference", String(sent["reference"]));
  }
  return fields;
}

function errorsIn(html: string): string {
  const summary = /govuk-error-summary[\s\S]*?<\/ul>/.exec(html)?.[0] ?? /<h1[\s\S]*?<\/h1>/.exec(html)?.[0] ?? "";
  return summary.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

const RECORDS = {
  partnerId: "partner",
  serviceId: "service",
  streamId: "stream",
  potId: "pot",
  contributionId: "contribution",
  allocationId: "allocation",
  commitmentId: "commitment",
  paymentId: "payment",
} as const;

/** The newest record of each kind: ids of version 7 grow. */
async function lastIds(test: TestHouse, placeId: number): Promise<Readonly<Record<string, string>>> {
  const client = await test.reader();
  try {
    const found: Record<string, string> = {};
    for (const [field, table] of Object.entries(RECORDS)) {
      const { rows } = await client.query(`select max(${table}_id::text) as id from ${table} where place_id = $1`, [
        placeId,
      ]);
      found[field] = String(rows[0]?.id);
    }
    return found;
  } finally {
    await client.end();
  }
}
