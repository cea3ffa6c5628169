/** The pages beside the council's ledger, opened and used as a finance officer does: every page, and what each form does. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, openDoors, openVisitor, type Visitor } from "../../../../test/setup/doors.ts";
import { fileInput } from "../../../../test/setup/file-input.ts";
import { openTestHouse, type TestHouse } from "../../../../test/setup/house.ts";
import { makeSignIn, TEST_PASSWORD } from "../../../../test/setup/people.ts";
import { openTown, type Town } from "../../../../test/setup/town.ts";
import { multipart } from "../../../../test/stories/page-driver.ts";
import { newId } from "../../../platform/ids.ts";
import { mapCode, takeInListing } from "../../../reconciliation/index.ts";

type Told = {
  readonly lines: readonly { readonly lineId: string; readonly document: string }[];
  readonly records: readonly { readonly recordId: string; readonly kind: string; readonly amountPence: string }[];
};

let test: TestHouse;
let doors: Doors;
let town: Town;
let officer: Visitor;
let side: string;
const at = (rest: string) => `/places/salford/reconciliation${rest}`;

beforeAll(async () => {
  test = await openTestHouse();
  doors = await openDoors(test);
  town = await openTown(test, { slug: "salford", mark: "Irwell" });
  const { email } = await makeSignIn(test, { role: "finance_officer", placeId: town.placeId });
  officer = openVisitor(doors.app);
  await officer.get("/sign-in");
  expect((await officer.post("/sign-in", { email, password: TEST_PASSWORD })).statusCode).toBe(303);
  side = `body=${town.ids["partnerId"]}&pot=${town.ids["potId"]}`;
});
afterAll(async () => {
  await doors?.close();
  await test?.close();
});

describe("pages", () => {
  it.each([
    ["", "Irwell listing.csv"],
    ["/take-in", "Listing or statement"],
    ["/match?SIDE", "the amount is the same to the penny"],
    ["/statement?SIDE&from=2013-01-01&to=2013-01-31", "From ours to theirs"],
    ["/statement?SIDE&from=2012-01-01&to=2012-01-31", "Prepared by"],
    ["/unmatched?SIDE", "their ledger only"],
    ["/codes", "4471"],
    ["/codes/new", "Subjective group"],
    ["/bank", "Last four digits"],
    ["/codes/import", "The list as it stands"],
    ["/requests", "authorised"],
    ["/requests/new", "Commitment"],
    ["/take-in/UPLOAD", "What it would bring"],
  ])("%s", async (address, words) => {
    const page = await officer.get(
      at(address.replace("SIDE", side).replace("UPLOAD", town.ids["listingUploadId"] ?? "")),
    );
    expect(page.statusCode, page.body.slice(0, 2000)).toBe(200);
    expect(page.body).toContain(words);
    expect(page.body).not.toContain("undefined");
  });

  it("are refused to whoever may not read the ledger", async () => {
    expect((await openVisitor(doors.app).get(at(""))).statusCode).toBe(303);
  });

  it("files: codes, what is not matched, and the batch as it went out", async () => {
    expect((await officer.get(at("/codes?format=csv"))).body).toContain("cost_centre");
    const template = await officer.get(at("/codes/template?format=csv"));
    expect(template.body.replace("\ufeff", "").trim()).toBe(
      "body,pot,allocation_id,service_id,cost_centre,subjective,project,subjective_group,starts_on,ends_on",
    );
    expect((await officer.get(at(`/unmatched?${side}&format=csv`))).body).toContain("stands_in");
    expect((await officer.get(at(`/outgoing/${town.ids["batchId"]}`))).body).toContain("OP");
  });
});

describe("a credit and what was paid elsewhere", () => {
  it("are named in plain words, matched once by the form, and the same by the API", async () => {
    const [partnerId = "", potId = ""] = [town.ids["partnerId"], town.ids["shadowPot"]];
    const shadow = `body=${partnerId}&pot=${potId}`;
    const rows = [
      "C1,1,2013-01-16,-1.00,,,Irwell Family Support,",
      "C2,1,2013-01-16,1000.00,,,Irwell,Irwell elsewhere",
    ];
    const head = "Document No,Line,Posting Date,Amount,Cost Centre,Account,Supplier,Reference";
    // The town's codes are of its real pot: this one's lines are those under a code of its own.
    const code = { bodyId: partnerId, potId, costCentre: "4480", subjectiveGroup: 4, startsOn: "2012-04-01" };
    const by = { by: town.people.finance_officer, place: town.slug } as const;
    test.value(await test.ask(mapCode, { ...by, input: code }));
    const text = [head, ...rows.map((row) => row.replace(",,,", ",4480,,")), ""].join("\r\n");
    const input = { name: "credits.csv", body: partnerId, file: fileInput(Buffer.from(text)) };
    test.value(await test.ask(takeInListing, { ...by, input }));
    const page = await officer.get(at(`/match?${shadow}`));
    for (const words of ["credit note", "paid elsewhere", "the reference Irwell elsewhere is the same"])
      expect(page.body).toContain(words);
    const api = async () => {
      const url = `/api/v1/places/salford/reconciliation/suggestions?bodyId=${partnerId}&potId=${potId}`;
      const answer = await doors.app.inject({ url, headers: { authorization: `Bearer ${town.key}` } });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json() as Told;
    };
    const told = await api();
    const credit = told.records.find(({ kind }) => kind === "credit_note");
    expect(credit).toMatchObject({ amountPence: "-100" });
    expect(told.records.find(({ kind }) => kind === "paid_elsewhere")).toMatchObject({ amountPence: "100000" });
    const lineId = told.lines.find(({ document }) => document === "C1")?.lineId ?? "";
    const hand = { body: partnerId, pot: potId, source: "ledger", lineId, recordId: credit?.recordId ?? "" };
    expect((await officer.post(at("/match"), hand)).statusCode).toBe(303);
    expect((await api()).records.some(({ kind }) => kind === "credit_note")).toBe(false);
    const again = await officer.post(at("/match"), hand);
    expect([again.statusCode, again.body.includes("matched already")]).toEqual([422, true]);
    const statement = await officer.get(at(`/statement?${shadow}&from=2013-01-01&to=2013-01-31`));
    expect(statement.body).toContain("paid elsewhere");
  });
});

describe("forms", () => {
  const hand = () => ({ body: town.ids["partnerId"] ?? "", pot: town.ids["potId"] ?? "", source: "ledger" });

  it("what does not agree is told on the page; what is certain is accepted", async () => {
    await officer.get(at(`/match?${side}`));
    const wrong = await officer.post(at("/match"), {
      ...hand(),
      lineId: town.ids["lineThatPays"] ?? "",
      recordId: town.ids["paymentToMatch"] ?? "",
    });
    expect([wrong.statusCode, wrong.body.includes("agree to the penny")]).toEqual([422, true]);
    const done = await officer.post(at("/match/certain"), hand());
    expect([done.statusCode, done.headers.location]).toEqual([303, at(`/match?${side}&source=ledger`)]);
    expect((await officer.get(at(`/match?${side}`))).body).toContain("The match is accepted.");
  });

  it("a statement is signed as shown", async () => {
    const page = await officer.get(at(`/statement?${side}&from=2013-01-01&to=2013-01-31`));
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec(page.body)?.[1] ?? "";
    const period = { from: "2013-01-01", to: "2013-01-31" };
    expect((await officer.post(at("/statement"), { ...hand(), ...period, part: "prepared", hash })).statusCode).toBe(
      303,
    );
    const stale = await officer.post(at("/statement"), {
      ...hand(),
      ...period,
      part: "prepared",
      hash: "0".repeat(64),
    });
    expect([stale.statusCode, stale.body.includes("changed since it was shown")]).toEqual([422, true]);
  });

  it("an upload is taken in", async () => {
    await officer.get(at(`/take-in/${town.ids["listingUploadId"]}`));
    const done = await officer.post(at(`/take-in/${town.ids["listingUploadId"]}/confirm`));
    expect([done.statusCode, done.headers.location]).toEqual([303, at("")]);
  });

  it("a bank statement is offered once the pot's own account is recorded, which its page shows then", async () => {
    const pot = `/places/salford/pots/${town.ids["potSlug"]}`;
    for (const address of [at(""), at("/take-in")])
      expect((await officer.get(address)).body).not.toContain("The pot&#39;s own bank account</label>");
    expect((await officer.get(at("/take-in"))).body).not.toContain('value="bank"');
    expect((await officer.get(pot)).body).toContain(`/reconciliation/bank?pot=${town.ids["potSlug"]}`);
    const form = at(`/bank?pot=${town.ids["potSlug"]}`);
    const page = await officer.get(form);
    expect(page.body).toContain(`value="${town.ids["potId"]}" selected`);
    // Only pots in which money moves: the shadow pot has no account.
    expect(page.body).not.toContain(town.ids["shadowPot"] ?? "none");
    const requestKey = /name="requestKey"[^>]*value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const since = { "openedOn-day": "1", "openedOn-month": "2", "openedOn-year": "2013" };
    const fields = { requestKey, potId: town.ids["potId"] ?? "", accountKind: "deposit", ...since };
    const wrong = await officer.post(form, { ...fields, lastFour: "12345" });
    expect([wrong.statusCode, wrong.body.includes('href="#lastFour"')]).toEqual([400, true]);
    const early = await officer.post(form, { ...fields, lastFour: "4821", "openedOn-year": "2001" });
    expect([early.statusCode, early.body.includes('href="#openedOn-day"')]).toEqual([422, true]);
    for (const _ of ["once", "again"]) {
      const done = await officer.post(form, { ...fields, lastFour: "4821" });
      expect([done.statusCode, done.headers.location]).toEqual([303, pot]);
    }
    expect((await officer.get(pot)).body).toContain("Deposit account, number ending 4821, since 1 February 2013");
    expect((await officer.get(`${pot}?lang=cy`)).body).toContain("Cyfrif cadw, rhif sy&#39;n gorffen â 4821");
    await officer.get(`${pot}?lang=en`);
    expect((await officer.get(pot)).body).not.toContain("/reconciliation/bank?pot=");
    expect((await officer.get(at("/take-in"))).body).toContain('value="bank"');
    expect((await officer.get(at(""))).body).toContain("Deposit account, number ending 4821");
    // It is for those who reconcile: the public page of the pot says nothing of it.
    expect((await openVisitor(doors.app).get(pot)).body).not.toContain("4821");
    const another = await officer.post(form, { ...fields, requestKey: newId(), lastFour: "9999" });
    expect([another.statusCode, another.body.includes("recorded already")]).toEqual([409, true]);
  });

  it("codes go out, are edited and come back; what is wrong is told by row and column and nothing is kept", async () => {
    const upload = async (text: string) => {
      const page = await officer.get(at("/codes/import"));
      const requestKey = /name="requestKey" value="([0-9a-f-]{36})"/.exec(page.body)?.[1] ?? "";
      const fields = { _csrf: officer.token() ?? "", requestKey };
      const sent = multipart(fields, { name: "codes.csv", bytes: Buffer.from(text) });
      const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { cookie, ...sent.headers };
      const send = () => doors.app.inject({ method: "POST", url: at("/codes/import"), headers, payload: sent.payload });
      return { first: await send(), again: await send() };
    };
    const out = async () => (await officer.get(at("/codes?format=csv"))).body.replace("\ufeff", "").trimEnd();
    const list = await out();
    const [, line = ""] = list.split("\r\n");
    const [body, pot] = line.split(",");
    const wrong = await upload(
      `${list}\r\n${body},No such pot,,,1,,,4,2013-01-01,\r\n${body},${pot},,,1,,,4,soon,\r\n`,
    );
    expect(wrong.first.statusCode).toBe(422);
    for (const words of ["No such pot", "soon", "starts_on", "2 cells cannot be taken in"])
      expect(wrong.first.body).toContain(words);
    expect(await out()).toBe(list);
    // Sent twice with one key: the second is the first's answer, so the notice counts the code once.
    const right = await upload(`${list}\r\n${body},${pot},,,7788,,,4,2000-01-01,2000-12-31\r\n`);
    expect([right.first.statusCode, right.again.statusCode]).toEqual([303, 303]);
    const shown = await officer.get(at("/codes"));
    expect(shown.body).toContain("1 code was taken in.");
    expect((await out()).split("\r\n")).toHaveLength(list.split("\r\n").length + 1);
    const welsh = await officer.get(at("/codes/import?lang=cy"));
    expect(welsh.body).toContain("Cymryd codau i mewn o ffeil");
    await officer.get(at("/codes/import?lang=en"));
  });

  it("without a file, says so; to those who may only read, says no", async () => {
    await officer.get(at("/codes/import"));
    const cookie = [...officer.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = multipart({ _csrf: officer.token() ?? "" }, { name: "", bytes: Buffer.alloc(0) });
    const headers = { cookie, ...sent.headers };
    const empty = await doors.app.inject({ method: "POST", url: at("/codes/import"), headers, payload: sent.payload });
    expect([empty.statusCode, empty.body.includes("Choose a file")]).toEqual([422, true]);
    const { email } = await makeSignIn(test, { role: "auditor", placeId: town.placeId });
    const auditor = openVisitor(doors.app);
    await auditor.get("/sign-in");
    await auditor.post("/sign-in", { email, password: TEST_PASSWORD });
    expect((await auditor.get(at("/codes/import"))).statusCode).toBe(403);
    expect((await auditor.get(at("/codes"))).body).not.toContain("/codes/import");
  });

  it("a request of another is authorised, sent, and one is cancelled", async () => {
    await officer.get(at("/requests"));
    const post = (what: string, fields: Record<string, string>) => officer.post(at(`/requests/${what}`), fields);
    expect((await post("authorise", { requestId: town.ids["requestOfAnother"] ?? "" })).statusCode).toBe(303);
    expect((await post("send", { bodyId: town.ids["partnerId"] ?? "" })).statusCode).toBe(303);
    expect((await post("cancel", { requestId: town.ids["requestId"] ?? "" })).statusCode).toBe(303);
    expect((await post("nonsense", {})).statusCode).toBe(404);
  });
});
