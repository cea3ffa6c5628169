/** When an agreement is in force, for what and for whom: rules as lines, and the order of the refusals. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mustDay } from "../../lib/day.ts";
import { decideSharing, type Kept, reviewIsOverdue, signaturesWanting, stateOn } from "./agreement.ts";
import { CAPACITIES, type Capacity, type Purpose } from "./words.ts";

const party = (partnerId: string, does: string) => ({
  partnerId,
  name: partnerId,
  nameWelsh: null,
  sends: does.includes("s"),
  receives: does.includes("r"),
  health: does.includes("h"),
});

function kept(change: Partial<Kept> = {}): Kept {
  return {
    agreementId: "a",
    number: 1,
    title: "Families",
    titleWelsh: null,
    purposes: ["find_families"],
    gateway: "Children Act 2004, section 10",
    fields: ["surname"],
    parties: [party("police", "s"), party("hospital", "sh"), party("council", "r")],
    keepDays: 90,
    startsOn: mustDay("2013-01-01"),
    reviewOn: mustDay("2013-06-30"),
    endsOn: mustDay("2013-12-31"),
    signatures: signed("police council hospital hospital/caldicott_guardian"),
    end: null,
    ...change,
  };
}

function signed(words: string) {
  return words.split(" ").map((one) => {
    const [partnerId = "", as = "signatory"] = one.split("/");
    return { partnerId, capacity: CAPACITIES.find((each): each is Capacity => each === as) ?? ("signatory" as const) };
  });
}

const ended = (on: string) => ({ end: { endedOn: mustDay(on), replacedBy: null } });

describe("an agreement stands", () => {
  it.each([
    ["2012-12-31", {}, "to_start"],
    ["2013-01-01", {}, "in_force"],
    ["2013-07-01", {}, "in_force"],
    ["2013-12-31", {}, "in_force"],
    ["2014-01-01", {}, "past"],
    ["2013-03-29", { signatures: signed("police council hospital") }, "unsigned"],
    ["2013-03-29", { signatures: signed("police hospital hospital/caldicott_guardian") }, "unsigned"],
    ["2013-03-28", ended("2013-03-29"), "in_force"],
    ["2013-03-29", ended("2013-03-29"), "ended"],
    ["2014-03-29", ended("2013-03-29"), "ended"],
  ] as const)("on %s with %o as %s", (day, change, state) => {
    expect(stateOn(kept(change), mustDay(day))).toBe(state);
  });

  it("past its review still in force, and says so", () => {
    expect(reviewIsOverdue(kept(), mustDay("2013-06-30"))).toBe(false);
    expect(reviewIsOverdue(kept(), mustDay("2013-07-01"))).toBe(true);
    expect(reviewIsOverdue(kept(), mustDay("2014-07-01"))).toBe(false);
  });

  it("in force only once every party and each guardian has signed, in whatever order", () => {
    const all = signed("police council hospital hospital/caldicott_guardian");
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (signatures) => {
        const one = kept({ signatures });
        const wanting = signaturesWanting(one);
        expect(wanting).toHaveLength(all.length - signatures.length);
        expect(stateOn(one, mustDay("2013-03-29"))).toBe(wanting.length === 0 ? "in_force" : "unsigned");
      }),
    );
  });
});

describe("sharing is refused", () => {
  // Each line breaks everything that the lines below it break as well, so that the order is seen.
  const purpose: Purpose = "evaluation";
  const worst = { ...ended("2013-03-01"), endsOn: mustDay("2013-03-02"), signatures: [] };
  const asked = (change: Partial<Kept>, the: { today?: string; purpose?: Purpose; sender?: string } = {}) => {
    const answer = decideSharing(kept(change), {
      today: mustDay(the.today ?? "2013-03-29"),
      purpose: the.purpose ?? purpose,
      sender: the.sender ?? "council",
    });
    return answer.ok ? "accepted" : answer.refusal.code;
  };

  it("in the order: not there, ended, past, unsigned, to start, purpose, sender", () => {
    expect(decideSharing(null, { today: mustDay("2013-03-29"), purpose })).toMatchObject({
      refusal: { code: "agreement_not_found" },
    });
    expect(asked(worst)).toBe("agreement_ended");
    expect(asked({ ...worst, end: null })).toBe("agreement_past");
    expect(asked({ signatures: [] }, { today: "2012-12-01" })).toBe("agreement_unsigned");
    expect(asked({}, { today: "2012-12-01" })).toBe("agreement_to_start");
    expect(asked({})).toBe("purpose_not_agreed");
    expect(asked({}, { purpose: "find_families" })).toBe("sender_not_agreed");
    expect(asked({}, { purpose: "find_families", sender: "police" })).toBe("accepted");
  });

  it("naming each partner that has not signed once", () => {
    const answer = decideSharing(kept({ signatures: signed("police") }), { today: mustDay("2013-03-29"), purpose });
    expect(answer).toMatchObject({ refusal: { partners: "hospital, council" } });
  });
});
