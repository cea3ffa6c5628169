/** Two people on a real database: what one prepares another authorises, exactly as shown, and once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listApprovals, prepareApproval, refuseApproval, showApproval, withdrawApproval } from "../approvals/index.ts";
import { sql } from "../platform/database/index.ts";
import { newId } from "../platform/ids.ts";
import { type Credential, perform } from "../platform/use-case/index.ts";
import { DAY, PLACE } from "./ledger.fixture.ts";
import { listTransfers } from "./list-transfers.ts";
import { recordAllocation } from "./record-allocation.ts";
import { recordContribution } from "./record-contribution.ts";
import { recordPayment } from "./record-payment.ts";
import { reverseTransfer } from "./reverse-transfer.ts";
import { setDrawOrder } from "./set-draw-order.ts";
import { code, openTwoPeople, type TwoPeople } from "./two-people.fixture.ts";

let town: TwoPeople;
beforeEach(async () => {
  town = await openTwoPeople();
});
afterEach(() => town.house.close());

describe("money in a real pot", () => {
  it("is refused to one person alone, and nothing is changed", async () => {
    const asked = await perform(town.house.house, recordContribution, {
      credential: town.finance,
      place: PLACE,
      input: town.contribution(),
      language: "en",
    });
    expect(code(asked)).toBe("needs_two_people");
    expect(await town.transfers()).toEqual([]);
  });

  it("is prepared by one and authorised by another, and its transfer leads to both", async () => {
    const prepared = await town.prepare();
    expect(prepared).toMatchObject({ needs: 1, whoMay: [{ role: "finance_officer", upToPence: null }] });
    const shown = prepared.shown.map(({ label, text }) => `${label.en}: ${text.en}`);
    expect(shown).toEqual([
      "What happens: A stream puts money into a pot",
      "Pot: Pot",
      "Book: Real money",
      "Amount: £5,000.00",
      "Stream: Grant",
      "Day: 15 January 2013",
    ]);
    expect(await town.transfers()).toEqual([]);
    const second = await town.person("finance_officer");
    expect(code(await town.authorise(prepared, second))).toBe("done");
    expect(await town.transfers()).toEqual([{ id: prepared.approvalId, madeBy: `person:${town.finance.userId}` }]);
    const after = await town.value(showApproval, { approvalId: prepared.approvalId });
    expect(after).toMatchObject({
      state: "done",
      endedBy: `person:${second.userId}`,
      signatures: [{ signedBy: `person:${second.userId}`, role: "finance_officer" }],
      answer: { transferId: prepared.approvalId },
      may: { authorise: false, refuse: false, withdraw: false },
    });
    const { transfers } = await town.value(listTransfers, {});
    expect(transfers.map((one) => [one.transferId, one.madeBy, one.authorisedBy])).toEqual([
      [prepared.approvalId, `person:${town.finance.userId}`, [`person:${second.userId}`]],
    ]);
  });

  it("in a shadow pot one person is enough", async () => {
    const shadow = await town.pot("Shadow", "shadow");
    const asked = { act: "contribution.record", request: town.contribution({ pot: shadow }) };
    expect((await town.refusal(prepareApproval, asked)).code).toBe("one_person_enough");
    expect((await town.contribute({ streamId: town.streamId, potId: shadow, pence: 100n })).ok).toBe(true);
    expect((await town.value(listApprovals, { state: "all" })).total).toBe(0);
  });

  it("a reversal says what it reverses, and needs two people too", async () => {
    const made = town.house.value(await town.contribute({ streamId: town.streamId, potId: town.potId, pence: 700n }));
    const request = { transferId: made.transferId, reason: "Entered twice" };
    const prepared = await town.value(prepareApproval, { act: "transfer.reverse", request });
    expect(prepared.shown.map(({ text }) => text.en)).toContain("Grant, 15 January 2013");
    expect(code(await town.authorise(prepared, await town.person("finance_officer")))).toBe("done");
    const again = await town.refusal(reverseTransfer, request);
    expect(again.code).toBe("already_reversed");
  });
});

describe("preparing", () => {
  it("refuses at once, by the act's own name, what could not be done", async () => {
    const refusal = async (request: Record<string, unknown>, act = "contribution.record") =>
      town.refusal(prepareApproval, { act, request });
    expect((await refusal(town.contribution({ pence: 100_000_001n }))).code).toBe("stream_exhausted");
    expect((await refusal({ ...town.contribution(), streamId: newId() })).code).toBe("stream_not_found");
    expect((await refusal({}, "place.show")).code).toBe("act_not_known");
    expect((await refusal({}, "nothing")).code).toBe("act_not_known");
    expect(await refusal({ ...town.contribution(), amountPence: "0", madeOn: "soon" })).toMatchObject({
      code: "input_not_valid",
      faults: [{ field: "request.amountPence" }, { field: "request.madeOn" }],
    });
    expect(await town.transfers()).toEqual([]);
  });

  it("carries the act's own words to every door", async () => {
    const request = town.contribution({ pence: 100_000_001n });
    const refusal = await town.refusal(prepareApproval, { act: "contribution.record", request });
    expect(refusal["inWords"]).toMatchObject({
      status: 409,
      field: "amountPence",
      en: expect.stringContaining("Grant"),
    });
  });

  it("may be done by a program, which never authorises, nor does who made its key", async () => {
    const administrator = await town.person("administrator");
    await town.house.database.inPlace(town.placeId, (tx) =>
      tx.run(
        sql`insert into role_holding (place_id, holding_id, user_id, role, granted_by)
            values (${town.placeId}, ${newId()}, ${administrator.userId}, 'finance_officer', 'test')`,
        1,
      ),
    );
    const keyId = newId();
    await town.house.database.inPlace(town.placeId, (tx) =>
      tx.run(
        sql`insert into api_key (key_id, key_hash, place_id, partner_id, name, scopes, created_by, expires_on)
            values (${keyId}, ${Buffer.from(keyId)}, ${town.placeId}, ${town.hostId}, 'Finance system',
              '{money:read,money:write}', ${administrator.userId}, '2099-01-01')`,
        1,
      ),
    );
    const key: Credential = { kind: "key", keyId };
    const prepared = await town.prepare({ by: key });
    expect(code(await town.authorise(prepared, key))).toBe("not_allowed");
    expect(code(await town.authorise(prepared, { kind: "operator" }))).toBe("not_allowed");
    expect(code(await town.authorise(prepared, administrator))).toBe("own_approval");
    expect(code(await town.authorise(prepared, town.finance))).toBe("done");
    expect(await town.transfers()).toEqual([{ id: prepared.approvalId, madeBy: `key:${keyId}` }]);
  });

  it("with one key twice gives one approval", async () => {
    const key = newId();
    const all = await Promise.all(Array.from({ length: 10 }, () => town.prepare({ key })));
    expect(new Set(all.map(({ approvalId }) => approvalId))).toEqual(new Set([key]));
    expect((await town.value(listApprovals, {})).total).toBe(1);
    const other = { act: "contribution.record", request: town.contribution({ pence: 1n }) };
    expect((await town.refusal(prepareApproval, other, { key })).code).toBe("key_reused");
  });
});

describe("authorising is refused in a fixed order", () => {
  it("not there, ended, own, signed, no authority, stale", async () => {
    const [second, manager] = [await town.person("finance_officer"), await town.person("pool_manager")];
    const nothing = { approvalId: newId(), shownHash: "0".repeat(64) };
    expect(code(await town.authorise(nothing, second))).toBe("approval_not_found");
    const prepared = await town.prepare();
    const wrong = { ...prepared, shownHash: "0".repeat(64) };
    expect(code(await town.authorise(wrong, town.finance))).toBe("own_approval");
    expect(code(await town.authorise(wrong, await town.person("auditor")))).toBe("not_allowed");
    expect(code(await town.authorise(wrong, await town.person("administrator")))).toBe("not_allowed");
    const lacking = await town.authorise(wrong, manager);
    expect(lacking.ok ? null : lacking.refusal).toMatchObject({
      code: "no_authority",
      mostPence: null,
      who: [{ role: "finance_officer", upToPence: null }],
    });
    expect(code(await town.authorise(wrong, second))).toBe("stale");
    expect(await town.stateOf(prepared)).toBe("waiting");
    expect(code(await town.authorise(prepared, second))).toBe("done");
    expect(code(await town.authorise(wrong, town.finance))).toBe("approval_ended");
  });

  it("expired after 28 days, by the database's clock", async () => {
    const prepared = await town.prepare();
    const admin = await town.house.admin();
    await admin.query(
      "update approval set prepared_at = prepared_at - interval '28 days', expires_at = expires_at - interval '28 days'",
    );
    await admin.end();
    expect(code(await town.authorise(prepared, await town.person("finance_officer")))).toBe("approval_expired");
    expect(await town.value(listApprovals, { state: "expired" })).toMatchObject({ total: 1 });
    expect(await town.value(listApprovals, {})).toMatchObject({ total: 0 });
    expect((await town.ask(withdrawApproval, { approvalId: prepared.approvalId })).ok).toBe(true);
  });

  it("when what would happen is no longer what was shown, until it is prepared anew", async () => {
    const prepared = await town.prepare();
    const admin = await town.house.admin();
    await admin.query("update stream set name = 'Another grant'");
    await admin.end();
    const second = await town.person("finance_officer");
    expect(code(await town.authorise(prepared, second))).toBe("stale");
    expect(await town.stateOf(prepared)).toBe("waiting");
    const request = { act: "contribution.record", request: town.contribution(), replaces: prepared.approvalId };
    const anew = await town.value(prepareApproval, request);
    expect(await town.stateOf(prepared)).toBe("stale");
    expect(code(await town.authorise(prepared, second))).toBe("approval_ended");
    expect(code(await town.authorise(anew, second))).toBe("done");
  });

  it("when it can no longer be carried out: by the act's own name, and it goes on waiting", async () => {
    const [one, two] = [await town.prepare({ pence: 60_000_000n }), await town.prepare({ pence: 60_000_000n })];
    const second = await town.person("finance_officer");
    expect(code(await town.authorise(one, second))).toBe("done");
    expect(code(await town.authorise(two, second))).toBe("stream_exhausted");
    expect(await town.value(showApproval, { approvalId: two.approvalId })).toMatchObject({
      state: "waiting",
      signatures: [],
    });
  });

  it("when who prepared it may no longer do so", async () => {
    const leaver = await town.person("pool_manager");
    const prepared = await town.prepare({ by: leaver });
    await town.house.database.inPlace(town.placeId, (tx) =>
      tx.run(sql`update role_holding set ended_at = clock_timestamp() where user_id = ${leaver.userId}`, 1),
    );
    expect(code(await town.authorise(prepared, town.finance))).toBe("preparer_gone");
  });
});

describe("fifty at once", () => {
  it("one authorisation of one approval carries it out, exactly once", async () => {
    const prepared = await town.prepare();
    const people = await Promise.all(Array.from({ length: 5 }, () => town.person("finance_officer")));
    const asked = Array.from({ length: 50 }, (_, index) => town.authorise(prepared, people[index % 5] ?? town.finance));
    const codes = (await Promise.all(asked)).map(code);
    expect(codes.filter((one) => one === "done")).toHaveLength(1);
    expect(codes.filter((one) => one === "approval_ended")).toHaveLength(49);
    expect(await town.transfers()).toHaveLength(1);
  });

  it("authorising, refusing and withdrawing: one of them ends it", async () => {
    const prepared = await town.prepare();
    const { approvalId } = prepared;
    const second = await town.person("finance_officer");
    const asked = Array.from({ length: 51 }, (_, index) =>
      index % 3 === 0
        ? town.authorise(prepared, second)
        : index % 3 === 1
          ? town.ask(refuseApproval, { approvalId, reason: "No" }, { by: second })
          : town.ask(withdrawApproval, { approvalId }),
    );
    const codes = (await Promise.all(asked)).map(code);
    expect(codes.filter((one) => one === "done")).toHaveLength(1);
    expect(await town.transfers()).toHaveLength((await town.stateOf(prepared)) === "done" ? 1 : 0);
  });
});

describe("refusing and withdrawing", () => {
  it("someone else refuses with a reason; only who prepared it withdraws", async () => {
    const second = await town.person("pool_manager");
    const [one, two] = [await town.prepare(), await town.prepare()];
    const refusing = (by: Credential) =>
      town.ask(refuseApproval, { approvalId: one.approvalId, reason: "Wrong pot" }, { by });
    expect(code(await refusing(town.finance))).toBe("own_approval");
    expect(code(await refusing(second))).toBe("done");
    expect(await town.value(showApproval, { approvalId: one.approvalId })).toMatchObject({
      state: "refused",
      reason: "Wrong pot",
    });
    const withdrawing = (by: Credential) => town.ask(withdrawApproval, { approvalId: two.approvalId }, { by });
    expect(code(await withdrawing(second))).toBe("not_preparer");
    expect(code(await withdrawing(town.finance))).toBe("done");
    expect(code(await withdrawing(town.finance))).toBe("approval_ended");
    expect(await town.transfers()).toEqual([]);
  });
});

describe("a request under an approval", () => {
  it("is no door around it: the application cannot change what was prepared, shown or signed", async () => {
    const prepared = await town.prepare();
    const attempts = [
      "update approval set prepared_by = 'nobody'",
      "update approval set shown_hash = sha256('')",
      "update approval set input = '{}'",
      "update approval set expires_at = expires_at + interval '1 day'",
      "delete from approval",
      "update approval_signature set signed_by = 'nobody'",
      "delete from approval_signature",
      `update approval set state = 'done', ended_by = prepared_by, ended_at = now(), answer = '{}'`,
      `insert into approval_signature (place_id, approval_id, signature_number, signed_by, role, shown_hash)
         values (${town.placeId}, '${prepared.approvalId}', 1, 'operator', 'finance_officer', sha256(''))`,
    ];
    for (const attempt of attempts)
      await expect(
        town.house.database.inPlace(town.placeId, (tx) => tx.run(sql.raw(attempt), "any")),
        attempt,
      ).rejects.toThrow();
  });

  it("a payment shows its tax, its shares and its published line", async () => {
    await town.contribute({ streamId: town.streamId, potId: town.potId, pence: 9_000_00n });
    const { allocationId } = town.house.value(await town.allocate({ potId: town.potId, pence: 9_000_00n }));
    const { commitmentId } = town.house.value(await town.commit({ allocationId, pence: 9_000_00n }));
    const request = {
      commitmentId,
      amountPence: "62400",
      vatRecoveredPence: "12480",
      paidOn: DAY,
      reference: "IFS-LW-1302",
      shares: [{ streamId: town.streamId, amountPence: "62400" }],
    };
    const { shown } = await town.value(prepareApproval, { act: recordPayment.name, request });
    const lines = Object.fromEntries(shown.map(({ label, text }) => [label.en, text.en]));
    expect(lines).toMatchObject({
      Amount: "£624.00",
      "Tax recovered besides": "£124.80",
      "Drawn on": "£624.00: Grant",
      Supplier: "Irwell Family Support",
      Service: "Key workers",
      Reference: "IFS-LW-1302",
    });
  });

  it("an allocation shows the order that its pot's agreement sets for its day, and no other than was shown is drawn by", async () => {
    const other = await town.stream("Older", { pence: 9_000_00n });
    for (const streamId of [town.streamId, other])
      await town.contribute({ streamId, potId: town.potId, pence: 9_000_00n });
    const deciding = { name: "Work", decidedBy: "Board", decidedOn: DAY, power: "Clause 7" };
    const request = { potId: town.potId, amountPence: "100", ...deciding };
    const prepare = async () => {
      const prepared = await town.value(prepareApproval, { act: recordAllocation.name, request });
      return { ...prepared, drawn: prepared.shown.find(({ label }) => label.en === "Drawn on")?.text };
    };
    const before = await prepare();
    expect(before.drawn?.en).toBe("The most restricted money first: ring-fenced before free, then the earliest end");
    const order = { potId: town.potId, reason: "Agreed", clause: "Clause 9" };
    // From a later day: nothing changes for what is decided on this one.
    await town.value(setDrawOrder, { ...order, order: "in_proportion", fromOn: "2013-02-01" });
    expect((await prepare()).drawn).toEqual(before.drawn);
    const stated = { order: "stated_order" as const, streamIds: [other, town.streamId], fromOn: DAY };
    await town.value(setDrawOrder, { ...order, ...stated });
    const second = await town.person("finance_officer");
    expect(code(await town.authorise(before, second))).toBe("stale");
    const after = await prepare();
    expect(after.drawn).toEqual({
      en: "In the order stated by the agreement, then the most restricted first (1. Older; 2. Grant; Clause 9)",
      cy: "Yn y drefn y mae'r cytundeb yn ei nodi, yna'r mwyaf cyfyngedig yn gyntaf (1. Older; 2. Grant; Clause 9)",
    });
    expect(code(await town.authorise(after, second))).toBe("done");
    const { answer } = await town.value(showApproval, { approvalId: after.approvalId });
    expect(answer).toMatchObject({ shares: [{ streamId: other, amountPence: "100" }] });
  });
});
