/**
 * Who is told of what waits for a second person: everyone whose signature would count and nobody else, once, by a task and
 * a message without a name; the task ends with the approval, and who prepared it learns what became of it.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  listApprovals,
  prepareApproval,
  refuseApproval,
  setAuthority,
  withdrawApproval,
} from "../../src/approvals/index.ts";
import { openPot } from "../../src/ledger/index.ts";
import { code, openTwoPeople, type TwoPeople } from "../../src/ledger/two-people.fixture.ts";
import { listAreas } from "../../src/places/index.ts";
import type { Role } from "../../src/platform/actor.ts";
import { sql } from "../../src/platform/database/index.ts";
import { newId } from "../../src/platform/ids.ts";
import type { Credential } from "../../src/platform/use-case/index.ts";
import { listTasks, undoTask } from "../../src/records/index.ts";

type Person = Credential & { readonly kind: "person" };

let town: TwoPeople;
let second: Person;
let manager: Person;
beforeEach(async () => {
  town = await openTwoPeople();
  second = await town.person("finance_officer");
  manager = await town.person("pool_manager");
});
afterEach(() => town.house.close());

const tasks = async (by: Credential, state: "open" | "done" = "open") =>
  (await town.value(listTasks, { state }, { by })).tasks;
const open = async (by: Credential) => (await tasks(by)).length;
const addressOf = ({ userId }: Person) => `${userId}@onepot.example`;

type Kept = { readonly to: string; readonly kind: string; readonly subject: string; readonly body: string };
const messages = (kind: string) =>
  town.house.database.inPlace(town.placeId, (tx) =>
    tx.rows(sql<Kept>`
      select to_address as "to", kind, subject, body from outbox_message
       where place_id = ${town.placeId} and kind = ${kind} order by to_address limit 100`),
  );

describe("what is prepared", () => {
  it("is told once to each who may authorise it, and to nobody else, whatever is sent again", async () => {
    const key = newId();
    await Promise.all(Array.from({ length: 5 }, () => town.prepare({ key })));
    const sent = await messages("approval_waiting");
    expect(sent.map(({ to }) => to)).toEqual([addressOf(second)]);
    // A pool manager's signature counts only where a limit says so, and who prepared it never authorises it.
    expect([await open(second), await open(manager), await open(town.finance)]).toEqual([1, 0, 0]);
  });

  it("is named by its act, pot, amount, book, preparer's role and expiry, and by no person", async () => {
    const { approvalId } = await town.prepare();
    const [sent] = await messages("approval_waiting");
    expect(sent?.subject).toBe("Something waits for you to authorise at Greater Manchester");
    expect(sent?.body).toMatch(
      /^Contribution: Pot, £5,000\.00 \(real money\)\n\nPrepared by: finance officer\nExpires: \d+ \w+ \d{4}\n/,
    );
    expect(sent?.body).toContain(`{address}/places/greater-manchester/approvals/${approvalId}\n`);
    expect(sent?.body).not.toContain("Test Person");
    const [task] = await tasks(second);
    expect(task).toMatchObject({
      title: "Authorise or refuse: Contribution: Pot, £5,000.00 (real money)",
      path: `/approvals/${approvalId}`,
    });
  });

  it("is told to an officer of its own area at that area's address, and to none of another", async () => {
    const areas = await town.house.database.inPlace(town.placeId, (tx) => listAreas(tx, town.placeId));
    const [here, elsewhere] = areas;
    const of = (area: typeof here) =>
      town.house.personWith("finance_officer", { placeId: town.placeId, areaId: area?.areaId ?? "" });
    const [own, other] = [await of(here), await of(elsewhere)];
    const opening = { purpose: "Area", mode: "pooled", hostId: town.hostId, openedOn: "2012-04-01" } as const;
    const { potId: pot } = await town.value(openPot, { ...opening, name: "Area pot", areaId: here?.areaId ?? "" });
    const { approvalId } = await town.prepare({ pot });
    const sent = await messages("approval_waiting");
    expect(sent.map(({ to }) => to)).toEqual([addressOf(second), addressOf(own)].sort());
    const linkTo = (person: Person) => sent.find(({ to }) => to === addressOf(person))?.body;
    expect(linkTo(own)).toContain(`{address}/places/${here?.slug}/approvals/${approvalId}`);
    expect(linkTo(second)).toContain(`{address}/places/greater-manchester/approvals/${approvalId}`);
    expect(linkTo(other)).toBeUndefined();
    const shown = await town.value(listApprovals, { state: "for_you" }, { by: own, place: here?.slug ?? "" });
    expect(shown.approvals.map((one) => one.approvalId)).toEqual([approvalId]);
  });

  it("is told to no one whose account is closed, and in Welsh to whoever reads Welsh", async () => {
    const gone = await town.person("finance_officer");
    await town.house.database.national(async (tx) => {
      await tx.run(sql`update user_account set closed_at = clock_timestamp() where user_id = ${gone.userId}`, 1);
      await tx.run(sql`update user_account set language = 'cy' where user_id = ${second.userId}`, 1);
    });
    await town.prepare();
    const sent = await messages("approval_waiting");
    expect(sent.map(({ to }) => to)).toEqual([addressOf(second)]);
    expect(sent[0]?.body).toContain("Paratowyd gan: swyddog cyllid");
    expect((await tasks(second))[0]?.title).toBe("Awdurdodi neu wrthod: Cyfraniad: Pot, £5,000.00 (arian go iawn)");
  });
});

describe("the task ends", () => {
  const ends = {
    authorised: async (one) => code(await town.authorise(one, second)),
    refused: async ({ approvalId }) =>
      code(await town.ask(refuseApproval, { approvalId, reason: "Another order" }, { by: second })),
    withdrawn: async ({ approvalId }) => code(await town.ask(withdrawApproval, { approvalId })),
    expired: async ({ approvalId }) => {
      const admin = await town.house.admin();
      for (const [table, column, id] of [
        ["approval", "expires_at", "approval_id::text"],
        ["task", "lapses_at", "record_id"],
      ])
        await admin.query(
          `update ${table} set ${table === "approval" ? "prepared_at = prepared_at - interval '29 days'," : ""}
                  ${column} = ${column} - interval '29 days' where ${id} = $1`,
          [approvalId],
        );
      await admin.end();
      return "done";
    },
  } satisfies Record<string, (one: { approvalId: string; shownHash: string }) => Promise<string | undefined>>;

  it.each(Object.keys(ends) as (keyof typeof ends)[])("when it is %s", async (how) => {
    const other = await town.person("finance_officer");
    const prepared = await town.prepare();
    expect([await open(second), await open(other)]).toEqual([1, 1]);
    expect(await ends[how](prepared)).toBe("done");
    expect([await open(second), await open(other)]).toEqual([0, 0]);
    const [task] = await tasks(other, "done");
    expect(task).toMatchObject({ path: `/approvals/${prepared.approvalId}` });
    const { taskId } = task ?? { taskId: "" };
    if (how === "expired") expect((await town.refusal(undoTask, { taskId }, { by: other })).code).toBe("task_lapsed");
  });

  it("when it is prepared anew, and the new one is told of instead", async () => {
    const old = await town.prepare();
    const input = { act: "contribution.record", request: town.contribution({ pence: 7n }), replaces: old.approvalId };
    const { approvalId } = await town.value(prepareApproval, input);
    expect((await tasks(second)).map(({ path }) => path)).toEqual([`/approvals/${approvalId}`]);
  });

  it("for whoever has signed, and for those whose role has, while another role is still to sign", async () => {
    const administrator = await town.person("administrator");
    const limit = (role: "finance_officer" | "committee_member") => ({ role, signatures: 2 as const, capital: true });
    for (const role of ["finance_officer", "committee_member"] as const)
      await town.value(setAuthority, limit(role), { by: administrator });
    const member = await town.person("committee_member");
    const other = await town.person("finance_officer");
    const prepared = await town.prepare();
    expect([await open(second), await open(other), await open(member)]).toEqual([1, 1, 1]);
    expect(code(await town.authorise(prepared, second))).toBe("done");
    expect(await town.stateOf(prepared)).toBe("waiting");
    expect([await open(second), await open(other), await open(member)]).toEqual([0, 0, 1]);
    expect(code(await town.authorise(prepared, member))).toBe("done");
    expect(await open(member)).toBe(0);
  });
});

describe("who prepared it", () => {
  it("is told when it was carried out or refused, without the reason", async () => {
    await town.authorise(await town.prepare(), second);
    const [done] = await messages("approval_done");
    expect([done?.to, done?.subject]).toEqual([
      addressOf(town.finance as Person),
      "What you prepared is authorised: Greater Manchester",
    ]);
    const { approvalId } = await town.prepare({ pence: 1n });
    await town.value(refuseApproval, { approvalId, reason: "Mrs Smith's invoice" }, { by: second });
    const [refused] = await messages("approval_refused");
    expect(refused?.to).toBe(addressOf(town.finance as Person));
    expect(refused?.body).not.toContain("Smith");
    expect(refused?.body).toContain(`{address}/places/greater-manchester/approvals/${approvalId}`);
  });
});

describe("the list of approvals", () => {
  it("counts what waits for its reader alone, and puts first what expires first", async () => {
    const [early, late, mine] = [
      await town.prepare(),
      await town.prepare({ pence: 2n }),
      await town.prepare({ pence: 3n, by: second }),
    ];
    const admin = await town.house.admin();
    await admin.query("update approval set expires_at = expires_at + interval '1 day' where approval_id = $1", [
      early.approvalId,
    ]);
    await admin.end();
    const list = (by: Credential, state: "for_you" | "waiting") => town.value(listApprovals, { state }, { by });
    const idsOf = (one: { readonly approvals: readonly { readonly approvalId: string }[] }) =>
      one.approvals.map(({ approvalId }) => approvalId);
    const forSecond = await list(second, "for_you");
    expect([forSecond.forYou, forSecond.total, idsOf(forSecond)]).toEqual([2, 2, [late.approvalId, early.approvalId]]);
    const all = await list(second, "waiting");
    expect(idsOf(all)).toEqual([late.approvalId, mine.approvalId, early.approvalId]);
    expect(all.approvals.map(({ forYou }) => forYou)).toEqual([true, false, true]);
    expect((await list(manager, "waiting")).forYou).toBe(0);
    const role: Role = "auditor";
    expect((await list(await town.person(role), "for_you")).total).toBe(0);
  });
});
