/** Matching, the statement with its two signatures, codes, requests out and paid, journals: as finance officers do it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReconciliationTown, type ReconciliationTown } from "../../test/setup/reconciliation-town.ts";
import { openPot } from "../ledger/index.ts";
import { openNeighbourhood } from "../places/index.ts";
import { sql } from "../platform/database/index.ts";
import { acceptCertain } from "./accept-certain.ts";
import { acceptMatch } from "./accept-match.ts";
import { authoriseRequest } from "./authorise-request.ts";
import { cancelRequest } from "./cancel-request.ts";
import { endCode } from "./end-code.ts";
import { importCodes } from "./import-codes.ts";
import { listCodes } from "./list-codes.ts";
import { listReconciliationMatches } from "./list-matches.ts";
import { listPaymentRequests } from "./list-requests.ts";
import { listUnmatched } from "./list-unmatched.ts";
import { makeJournal } from "./make-journal.ts";
import { makeRequest } from "./make-request.ts";
import { mapCode } from "./map-code.ts";
import { readOutgoing } from "./outgoing.ts";
import { markRequestPaid } from "./pay-request.ts";
import { sendRequests } from "./send-requests.ts";
import { showReconciliation } from "./show-statement.ts";
import { signReconciliation } from "./sign-statement.ts";
import { suggest } from "./suggest.ts";
import { undoMatch } from "./undo-match.ts";

let town: ReconciliationTown;
const side = () => ({ bodyId: town.bodyId, potId: town.potId });
const FEBRUARY = { from: "2013-02-01", to: "2013-02-28" };

beforeAll(async () => {
  town = await openReconciliationTown();
});
afterAll(() => town?.house.close());

describe("a month of the host's ledger", () => {
  it("what is certain is accepted at once, the rest one by one", async () => {
    const first = await town.pay(6_240_00n, { reference: "OP-7" });
    const second = await town.pay(1_000_00n, { reference: "" });
    const third = await town.pay(300_00n, { reference: "OP-9" });
    town.house.value(
      await town.take(`
        7001,1,04/02/2013,6240.00,4471,41100,Irwell Family Support,January,OP-7
        7002,1,05/02/2013,700.00,4471,41100,Irwell Family Support,Room,
        7002,2,05/02/2013,300.00,4471,41100,Irwell Family Support,Chairs,
        7003,1,20/02/2013,305.00,4471,41100,Irwell Family Support,Late,OP-9
        7004,1,21/02/2013,12.00,4471,41100,Bank,Charge,`),
    );
    const { suggestions } = await town.value(suggest, side());
    const told = suggestions.map(({ strength, kind, recordIds, amountPence }) => [
      strength,
      kind,
      recordIds,
      amountPence,
    ]);
    expect(told).toContainEqual(["certain", "one_to_one", [first], 624_000n]);
    expect(told).toContainEqual(["likely", "one_to_many", [second], 100_000n]);
    expect(suggestions.some(({ recordIds }) => recordIds.includes(third))).toBe(false);
    expect(suggestions[0]?.reasons).toContain("the amount is the same to the penny");
    expect(await town.value(acceptCertain, side())).toMatchObject({ accepted: 1, paid: 0, amountPence: 624_000n });
    expect((await town.refusal(acceptCertain, side())).code).toBe("nothing_certain");
    const many = suggestions.find(({ kind }) => kind === "one_to_many");
    await town.value(acceptMatch, { ...side(), lineIds: [...(many?.lineIds ?? [])], recordIds: [second] });
  });

  it("a match that does not agree to the penny, or is matched already, is refused", async () => {
    const { lines, records } = await town.value(suggest, side());
    const line = lines.find(({ amountPence }) => amountPence === 305_00n);
    const record = records.find(({ amountPence }) => amountPence === 300_00n);
    const chosen = { lineIds: [line?.lineId ?? ""], recordIds: [record?.recordId ?? ""] };
    expect(await town.refusal(acceptMatch, { ...side(), ...chosen })).toMatchObject({
      code: "sums_differ",
      linesPence: 305_00n,
      recordsPence: 300_00n,
    });
    expect((await town.refusal(acceptMatch, { ...side(), lineIds: [], recordIds: [] })).code).toBe("match_empty");
    const { matches } = await town.value(listReconciliationMatches, side());
    const [match] = matches;
    const again = { lineIds: [...(match?.lineIds ?? [])], recordIds: [...(match?.recordIds ?? [])] };
    expect((await town.refusal(acceptMatch, { ...side(), ...again })).code).toBe("already_matched");
    expect((await town.refusal(acceptMatch, { ...side(), ...again, potId: await town.pot("Another pot") })).code).toBe(
      "record_not_found",
    );
  });

  it("eight accept the same match after it was undone: one does", async () => {
    const { matches } = await town.value(listReconciliationMatches, side());
    const [match] = matches;
    const matchId = match?.matchId ?? "";
    await town.value(undoMatch, { matchId, reason: "To look again" });
    expect((await town.refusal(undoMatch, { matchId })).code).toBe("match_undone");
    const chosen = { lineIds: [...(match?.lineIds ?? [])], recordIds: [...(match?.recordIds ?? [])] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => town.ask(acceptMatch, { ...side(), ...chosen })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const twice = await town.house.database.inPlace(town.placeId, (tx) =>
      tx.rows(sql`select line_id from reconciliation_match_line m
        where not exists (select from reconciliation_undo u where u.match_id = m.match_id) group by line_id having count(*) > 1`),
    );
    expect(twice).toEqual([]);
  });

  it("the statement says what differs, comes out to the penny, and is signed by two people as shown", async () => {
    const shown = await town.value(showReconciliation, { ...side(), ...FEBRUARY });
    // Ours: 6,240 + 1,000 + 300 paid, less the 50,000 of the January contribution. Theirs: 6,240 + 700 + 300 + 305 + 12.
    expect(shown).toMatchObject({
      opening: { onepotPence: -50_000_00n, listingPence: 0n },
      period: { onepotPence: 7_540_00n, listingPence: 7_557_00n },
      matchedPence: 7_240_00n,
      onepotOnlyPence: -50_000_00n,
      listingOnlyPence: 12_00n,
      differencesPence: -5_00n,
      coded: false,
    });
    const sign = { ...side(), ...FEBRUARY, hash: shown.hash };
    expect((await town.refusal(signReconciliation, { ...sign, part: "reviewed" })).code).toBe("not_prepared");
    expect((await town.refusal(signReconciliation, { ...sign, hash: "0".repeat(64), part: "prepared" })).code).toBe(
      "statement_stale",
    );
    await town.value(signReconciliation, { ...sign, part: "prepared" });
    expect((await town.refusal(signReconciliation, { ...sign, part: "reviewed" })).code).toBe("own_statement");
    await town.value(signReconciliation, { ...sign, part: "reviewed" }, { by: town.second });
    town.house.value(await town.take("7010,1,27/02/2013,1.00,4471,41100,Bank,Charge,"));
    const after = await town.value(showReconciliation, { ...side(), ...FEBRUARY });
    expect(after.signatures.map(({ part, current }) => [part, current])).toEqual([
      ["prepared", false],
      ["reviewed", false],
    ]);
    expect((await town.refusal(signReconciliation, { ...sign, part: "prepared" })).code).toBe("statement_stale");
  });

  it("what is not matched ages, in both directions", async () => {
    const { items, sums } = await town.value(listUnmatched, { ...side(), asAt: "2013-04-30" });
    const told = items.map(({ side: of, amountPence, age }) => `${of} ${amountPence} ${age}`);
    expect(told).toEqual(
      expect.arrayContaining(["listing 1200 61-90", "onepot 30000 61-90", "onepot -5000000 over-90"]),
    );
    expect(sums.reduce((total, { count }) => total + count, 0)).toBe(items.length);
    const { items: old } = await town.value(listUnmatched, {
      ...side(),
      asAt: "2013-04-30",
      side: "onepot",
      age: "over-90",
    });
    expect(old.map(({ amountPence }) => amountPence)).toEqual([-50_000_00n]);
  });
});

describe("codes", () => {
  it("are dated, a tie is refused, and decide which lines are the pot's", async () => {
    const code = { ...side(), costCentre: "4471", subjectiveGroup: 4, startsOn: "2012-04-01" };
    const { mappingId } = await town.value(mapCode, { ...code, subjective: "41100" });
    expect((await town.refusal(mapCode, { ...code, subjective: "9" })).code).toBe("code_overlaps");
    expect((await town.refusal(mapCode, { ...side(), subjectiveGroup: 4, startsOn: "2012-04-01" })).code).toBe(
      "code_empty",
    );
    town.house.value(await town.take("7020,1,27/02/2013,5.00,9999,41100,Elsewhere,Not ours,"));
    const { lines, coded } = await town.value(suggest, side());
    expect([coded, lines.some(({ costCentre }) => costCentre === "9999")]).toEqual([true, false]);
    await town.value(endCode, { mappingId, endsOn: "2013-03-31" });
    expect((await town.refusal(endCode, { mappingId, endsOn: "2013-03-31" })).code).toBe("code_not_found");
    await town.value(mapCode, { ...code, subjective: "41200", startsOn: "2013-04-01" });
  });

  it("come in from a file, all or none", async () => {
    const file = (rows: string) => ({
      content: Buffer.from(`body,pot,service_id,cost_centre,subjective_group,starts_on\n${rows}`).toString("base64"),
    });
    const good = `Host Council,families-pot,${town.serviceId},4471,5,2012-04-01\n`;
    expect(await town.refusal(importCodes, file(`${good}Nobody,families-pot,,1,4,2012-04-01\n`))).toMatchObject({
      code: "rows_refused",
      refused: [{ row: 3, column: "body" }],
    });
    expect(await town.value(importCodes, file(good))).toMatchObject({ codes: 1, ended: 0, already: 0 });
  });

  it("of another area's pots are not listed at an area's own address", async () => {
    const by = await town.house.personWith("administrator", { placeId: town.placeId });
    const openArea = (name: string) =>
      town.value(openNeighbourhood, { name, parts: [{ name: `${name} estate` }] }, { by });
    const [own, other] = [await openArea("Own"), await openArea("Other")];
    for (const { areaId, slug } of [own, other]) {
      const pot = { name: `Pot of ${slug}`, purpose: "A test", mode: "pooled", openedOn: "2012-04-01" } as const;
      const { potId } = await town.value(openPot, { ...pot, hostId: town.bodyId, areaId });
      const code = { bodyId: town.bodyId, potId, costCentre: slug, subjectiveGroup: 4, startsOn: "2012-04-01" };
      await town.value(mapCode, code);
    }
    const { codes } = await town.value(listCodes, {}, { place: own.slug });
    const centres = codes.map(({ costCentre }) => costCentre);
    expect([centres.includes(own.slug), centres.includes(other.slug)]).toEqual([true, false]);
  });

  it("go out, are edited and come back: what is there is left, what gained a last day ends, the rest is new", async () => {
    const head = "body,pot,service_id,cost_centre,subjective_group,starts_on,ends_on\n";
    const row = (rest: string) => `Host Council,families-pot,${town.serviceId},${rest}\n`;
    const file = (rows: string) => ({ content: Buffer.from(`${head}${rows}`).toString("base64") });
    const there = row("4471,5,2012-04-01,");
    expect(await town.value(importCodes, file(there))).toMatchObject({ codes: 0, ended: 0, already: 1 });
    // The next code of the same service starts the day after the first one ends: one file says both.
    const edited = row("4471,5,2012-04-01,2013-03-31") + row("4472,5,2013-04-01,");
    expect(await town.value(importCodes, file(edited))).toMatchObject({ codes: 1, ended: 1, already: 0 });
    const { codes } = await town.value(listCodes, { potId: side().potId });
    const days = codes
      .filter(({ serviceId }) => serviceId === town.serviceId)
      .map((one) => [one.costCentre, one.endsOn]);
    expect(days).toEqual([
      ["4471", "2013-03-31"],
      ["4472", null],
    ]);
  });

  it("in a file name every fault by row and column, with what stands there, and nothing is taken", async () => {
    const head = "body,pot,service_id,cost_centre,subjective_group,starts_on,ends_on\n";
    const file = (text: string) => ({ content: Buffer.from(text).toString("base64") });
    const before = (await town.value(listCodes, {})).codes.length;
    const rows = [
      `Host Council,families-pot,${town.serviceId},4472,5,2013-05-01,`,
      "Host Council,families-pot,,9,4,2013-05-01,2013-04-30",
      "Host Council,families-pot,,,4,2030-01-01,",
    ];
    expect((await town.refusal(importCodes, file(`${head}${rows.join("\n")}\n`)))["refused"]).toMatchObject([
      { row: 2, column: "starts_on", value: "2013-05-01" },
      { row: 3, column: "ends_on", value: "2013-04-30" },
      { row: 4, column: "cost_centre", value: "" },
    ]);
    const both = "Nobody,families-pot,,1,11,soon,\n";
    expect((await town.refusal(importCodes, file(`${head}${both}${rows[2]}\n`)))["refused"]).toMatchObject([
      { row: 2, column: "body", value: "Nobody" },
      { row: 2, column: "subjective_group", value: "11" },
      { row: 2, column: "starts_on", value: "soon" },
      { row: 3, column: "cost_centre" },
    ]);
    expect((await town.refusal(importCodes, file("body,cost_centre\nHost Council,1\n")))["refused"]).toMatchObject([
      { row: 1, column: "pot" },
      { row: 1, column: "subjective_group" },
      { row: 1, column: "starts_on" },
    ]);
    expect((await town.value(listCodes, {})).codes).toHaveLength(before);
  });

  it("make a balanced journal, once", async () => {
    const asked = { ...side(), ...FEBRUARY };
    const made = await town.value(makeJournal, asked);
    expect(made).toMatchObject({ lines: 2, totalPence: 7_540_00n, already: false });
    expect(await town.value(makeJournal, asked)).toMatchObject({ batchId: made.batchId, already: true });
    const { content } = await town.value(readOutgoing, { batchId: made.batchId });
    const words = '"Families pot, 2013-02-01 to 2013-02-28"';
    expect(content.replace("\ufeff", "").trim().split("\r\n")).toEqual([
      "journal,date,cost_centre,subjective,project,subjective_group,description,debit,credit",
      `1,2013-02-28,4471,,,5,${words},7540.00,`,
      `1,2013-02-28,4471,41100,,4,${words},,7540.00`,
    ]);
  });
});

describe("payment requests", () => {
  const request = (pence: bigint, vat = 0n) => ({
    commitmentId: town.commitmentId,
    dueOn: "2013-03-28",
    lines: [{ words: "March", netPence: String(pence), vatPence: String(vat), vatRecoverablePence: String(vat) }],
  });

  it("requested, authorised by another, sent once, paid by a line of the listing", async () => {
    const made = await town.value(makeRequest, request(50_00n, 10_00n));
    const { requestId } = made;
    expect(made.bornePence).toBe(50_00n);
    expect((await town.refusal(authoriseRequest, { requestId })).code).toBe("own_request");
    expect((await town.refusal(sendRequests, { bodyId: town.bodyId })).code).toBe("nothing_to_send");
    await town.value(authoriseRequest, { requestId }, { by: town.second });
    expect(await town.refusal(authoriseRequest, { requestId }, { by: town.second })).toMatchObject({
      code: "request_state",
      state: "authorised",
    });
    const sent = await town.value(sendRequests, { bodyId: town.bodyId });
    expect(sent).toMatchObject({ requests: 1, grossPence: 60_00n });
    expect((await town.refusal(sendRequests, { bodyId: town.bodyId })).code).toBe("nothing_to_send");
    const [first, second] = [
      await town.value(readOutgoing, { batchId: sent.batchId }),
      await town.value(readOutgoing, { batchId: sent.batchId }),
    ].map(({ content }) => content);
    expect(first).toContain(`${made.reference},1,Irwell Family Support`);
    expect(second).toBe(first);
    town.house.value(
      await town.take(
        `8001,1,28/02/2013,50.00,4471,41100,Irwell,March,${made.reference}\n8002,1,28/02/2013,49.00,4471,41100,Irwell,March,x`,
      ),
    );
    const { lines, suggestions } = await town.value(suggest, side());
    expect(suggestions.find(({ request: of }) => of)).toMatchObject({ strength: "certain", recordIds: [requestId] });
    const wrong = lines.find(({ document }) => document === "8002");
    expect((await town.refusal(markRequestPaid, { requestId, lineId: wrong?.lineId ?? "" })).code).toBe(
      "request_amount",
    );
    expect(await town.value(acceptCertain, side())).toMatchObject({ accepted: 1, paid: 1 });
    const { requests } = await town.value(listPaymentRequests, { state: "paid" });
    expect(requests.map((one) => [one.requestId, one.stateOn])).toEqual([[requestId, "2013-02-28"]]);
    const paid = await town.house.database.inPlace(town.placeId, (tx) =>
      tx.rows(
        sql`select amount_pence as pence, vat_recovered_pence as vat, reference from payment where payment_id = ${requests[0]?.paymentId}`,
      ),
    );
    expect(paid).toEqual([{ pence: 50_00n, vat: 10_00n, reference: "8001" }]);
    const { matches } = await town.value(listReconciliationMatches, side());
    expect((await town.refusal(undoMatch, { matchId: matches[0]?.matchId ?? "" })).code).toBe("match_paid");
  });

  it("fifty at once request no more than is left of the commitment", async () => {
    const over = await town.refusal(makeRequest, request(100_000_00n));
    const left = over["availablePence"] as bigint;
    // 30,000 committed, less 7,540 and 50 paid.
    expect(left).toBe(22_410_00n);
    const answers = await Promise.all(Array.from({ length: 50 }, () => town.ask(makeRequest, request(1_000_00n))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(22);
    const some = answers.find(({ ok }) => ok);
    const requestId = some?.ok ? some.value.requestId : "";
    await town.value(cancelRequest, { requestId, reason: "Sent twice" });
    expect((await town.refusal(cancelRequest, { requestId, reason: "Again" })).code).toBe("request_state");
    await town.value(makeRequest, request(1_000_00n));
    expect((await town.refusal(makeRequest, request(500_00n))).code).toBe("over_commitment");
  });

  it("VAT that does not fit is refused", async () => {
    expect((await town.refusal(makeRequest, request(10n, 11n))).code).toBe("vat_parts");
  });
});

describe("a shadow pot", () => {
  it("reconciles a body's own ledger with the part that its own streams paid", async () => {
    const potId = await town.pot("Shadow pot", "shadow");
    const streamId = await town.stream("Shadow stream", { pence: 9_000_00n });
    town.house.value(await town.contribute({ streamId, potId, pence: 5_000_00n }));
    const { allocationId } = town.house.value(await town.allocate({ potId, pence: 4_000_00n })) as {
      allocationId: string;
    };
    const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 3_000_00n })) as {
      commitmentId: string;
    };
    town.house.value(await town.payFor({ commitmentId, pence: 800_00n }));
    const asked = { bodyId: town.payerId, potId, ...FEBRUARY };
    const shown = await town.value(showReconciliation, asked);
    expect(shown).toMatchObject({ book: "shadow", closing: { onepotPence: 800_00n, listingPence: 0n } });
    const host = await town.value(showReconciliation, { ...asked, bodyId: town.bodyId });
    expect(host.closing.onepotPence).toBe(0n);
    const request = { commitmentId, dueOn: "2013-03-28", lines: [{ words: "x", netPence: "1" }] };
    expect((await town.refusal(makeRequest, request)).code).toBe("shadow_pot");
  });
});
