/** Limits of authority on a real database: a council's steps, two signatures, capital, and a pot's own limits. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  adoptScheme,
  authoriseApproval,
  endAuthority,
  listAuthorities,
  prepareApproval,
  refuseApproval,
  setAuthority,
  showApproval,
} from "../approvals/index.ts";
import { must } from "../lib/assert.ts";
import { addPartner, showPlace } from "../places/index.ts";
import { newId } from "../platform/ids.ts";
import { DAY } from "./ledger.fixture.ts";
import { openPot } from "./open-pot.ts";
import { openStream } from "./open-stream.ts";
import { code, openTwoPeople, type TwoPeople } from "./two-people.fixture.ts";

let town: TwoPeople;
beforeEach(async () => {
  town = await openTwoPeople();
});
afterEach(() => town.house.close());

describe("limits", () => {
  const adopt = async (scheme: string, pot: string | null = null) =>
    town.value(adoptScheme, { scheme, potId: pot }, { by: await town.person("administrator") });

  it("are an administrator's to lay down, and a scheme in shares of revenue is refused", async () => {
    expect((await town.refusal(adoptScheme, { scheme: "waverley" })).code).toBe("not_allowed");
    const by = await town.person("administrator");
    expect((await town.refusal(adoptScheme, { scheme: "blackpool" }, { by })).code).toBe("scheme_not_expressible");
    expect((await town.refusal(adoptScheme, { scheme: "waverley", potId: newId() }, { by })).code).toBe(
      "pot_not_found",
    );
  });

  it("and refusals reach no further than the area of a role", async () => {
    const { areas } = await town.value(showPlace, {});
    const { areaId, slug } = must(areas[0], "the place is made of councils");
    const [by, officer] = await Promise.all(
      (["administrator", "finance_officer"] as const).map((role) =>
        town.house.personWith(role, { placeId: town.placeId, areaId }),
      ),
    );
    const host = await town.value(addPartner, { name: "Host of the area", kind: "council", parts: ["host"], areaId });
    const opening = { name: "Hosted pot", purpose: "A test", mode: "pooled" as const, openedOn: "2012-04-01" };
    const { potId } = await town.value(openPot, { ...opening, hostId: host.partnerId });
    const at = { place: slug, ...(by && { by }) };
    expect((await town.refusal(setAuthority, { role: "pool_manager" }, at)).code).toBe("another_area");
    expect((await town.refusal(adoptScheme, { scheme: "waverley", potId }, at)).code).toBe("another_area");
    const prepared = await town.prepare({ pot: potId });
    const refusing = { approvalId: prepared.approvalId, reason: "No" };
    const there = { place: slug, ...(officer && { by: officer }) };
    expect((await town.refusal(refuseApproval, refusing, there)).code).toBe("another_area");
    const { approvalId, shownHash } = prepared;
    expect((await town.refusal(authoriseApproval, { approvalId, shownHash }, there)).code).toBe("no_authority");
  });

  it("West Lancashire's steps: who may sign changes at £25,000, £50,000 and £100,000", async () => {
    await adopt("west-lancashire-2023");
    const people = {
      pool_manager: await town.person("pool_manager"),
      finance_officer: await town.person("finance_officer"),
      committee_member: await town.person("committee_member"),
    };
    const signer = async (pence: bigint, role: keyof typeof people) =>
      code(await town.authorise(await town.prepare({ pence }), people[role]));
    expect(await signer(25_000_00n, "pool_manager")).toBe("done");
    expect(await signer(25_000_01n, "pool_manager")).toBe("no_authority");
    expect(await signer(50_000_00n, "finance_officer")).toBe("done");
    expect(await signer(50_000_01n, "finance_officer")).toBe("no_authority");
    expect(await signer(100_000_01n, "committee_member")).toBe("done");
  });

  it("Oxfordshire's: a director and a member both sign, in either order, neither twice", async () => {
    await adopt("oxfordshire-2004");
    const [director, other, member] = [
      await town.person("finance_officer"),
      await town.person("finance_officer"),
      await town.person("committee_member"),
    ];
    const prepared = await town.prepare();
    expect(prepared.needs).toBe(2);
    const first = await town.authorise(prepared, director);
    expect(first).toMatchObject({ ok: true, value: { state: "waiting", signatures: 1, needs: 2, answer: null } });
    expect(await town.transfers()).toEqual([]);
    expect(code(await town.authorise(prepared, director))).toBe("signed_already");
    expect(code(await town.authorise(prepared, other))).toBe("no_authority");
    expect(await town.authorise(prepared, member)).toMatchObject({ ok: true, value: { state: "done", signatures: 2 } });
    expect(await town.transfers()).toHaveLength(1);
  });

  it("capital is for a limit that says so", async () => {
    await adopt("west-lancashire-2023");
    const capital = await town.value(openStream, {
      name: "Capital grant",
      payerId: town.payerId,
      amountPence: "1000000",
      startsOn: "2012-04-01",
      endsOn: "2013-03-31",
      power: "Section 31",
      capital: true,
    });
    const request = { ...town.contribution({ pence: 100n }), streamId: capital.streamId };
    const prepared = await town.value(prepareApproval, { act: "contribution.record", request });
    expect(code(await town.authorise(prepared, await town.person("finance_officer")))).toBe("no_authority");
    expect(code(await town.authorise(prepared, await town.person("committee_member")))).toBe("done");
    const deciding = { name: "Work", decidedBy: "The board", decidedOn: DAY, power: "Clause 7" };
    const drawing = { potId: town.potId, amountPence: "100", capital: true, ...deciding };
    const allocating = await town.value(prepareApproval, { act: "allocation.record", request: drawing });
    expect(await town.value(showApproval, { approvalId: allocating.approvalId })).toMatchObject({ capital: true });
  });

  it("a pot's own stand in place of the general ones; adopted anew they replace what was there; an ended one is gone", async () => {
    const by = await town.person("administrator");
    await adopt("waverley");
    const own = await town.value(
      setAuthority,
      { role: "pool_manager", potId: town.potId, upToPence: "500000" },
      { by },
    );
    const manager = await town.person("pool_manager");
    expect(code(await town.authorise(await town.prepare(), manager))).toBe("done");
    await town.value(endAuthority, { authorityId: own.authorityId }, { by });
    expect((await town.refusal(endAuthority, { authorityId: own.authorityId }, { by })).code).toBe(
      "authority_not_found",
    );
    expect(code(await town.authorise(await town.prepare(), manager))).toBe("no_authority");
    expect(await adopt("west-lancashire-2023")).toMatchObject({ ended: 4 });
    expect(code(await town.authorise(await town.prepare(), manager))).toBe("done");
    const { authorities } = await town.value(listAuthorities, {});
    expect(new Set(authorities.map(({ scheme }) => scheme))).toEqual(new Set(["west-lancashire-2023"]));
  });
});
