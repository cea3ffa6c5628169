/** Who signs for whom, and what an agreement must say: rules as lines, in the order of the refusals. */
import { describe, expect, it } from "vitest";
import { must } from "../../lib/assert.ts";
import { mustDay } from "../../lib/day.ts";
import { decideSigning, type Signer, type Signing } from "./signing.ts";
import { refuseTerms, type Terms } from "./terms.ts";
import type { Capacity } from "./words.ts";

const today = mustDay("2013-03-29");
const signers: Readonly<Record<string, Signer>> = {
  priya: { mark: "person:1", isLead: false, ownPartners: new Set(["police"]) },
  gwen: { mark: "person:2", isLead: true, ownPartners: new Set(["council"]) },
  other: { mark: "person:3", isLead: false, ownPartners: new Set(["hospital"]) },
};
const parties = [
  { partnerId: "police", health: false },
  { partnerId: "council", health: false },
  { partnerId: "hospital", health: true },
  { partnerId: "court", health: false },
];
const signatures = [
  { partnerId: "hospital", capacity: "signatory" as Capacity, signedBy: "person:3" },
  { partnerId: "court", capacity: "signatory" as Capacity, signedBy: "person:2" },
];

// Who signs, for which partner, as what, on paper or here, on which day | what is answered.
const cases = `
  priya police   signatory          here  -          | 2013-03-29
  priya police   signatory          paper 2013-03-01 | 2013-03-01
  priya police   signatory          here  2013-03-01 | 2013-03-29
  priya police   signatory          paper 2013-04-01 | signed_later
  priya police   caldicott_guardian here  -          | no_health_data
  priya council  signatory          here  -          | not_your_partner
  priya stranger signatory          here  -          | not_a_party
  gwen  council  signatory          here  -          | 2013-03-29
  gwen  police   signatory          paper -          | partner_signs_itself
  gwen  court    signatory          paper -          | signed_already
  gwen  hospital caldicott_guardian here  -          | paper_wanting
  gwen  hospital caldicott_guardian paper 2013-03-01 | 2013-03-01
  other hospital caldicott_guardian here  -          | same_person
  other hospital caldicott_guardian paper 2013-03-01 | 2013-03-01
  other hospital signatory          here  -          | signed_already
`;

const lines = cases
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/[\s|]+/));

describe("signing", () => {
  it.each(lines)("by %s for %s as %s, %s, %s: %s", (...words) => {
    const [who = "", partnerId = "", capacity = "", how = "", on = "", answer = ""] = words;
    const asked: Signing = {
      partnerId,
      capacity: capacity as Capacity,
      onPaper: how === "paper" ? "file 12" : "",
      signedOn: on === "-" ? null : mustDay(on),
    };
    const around = { today, parties, signatures, withOfficer: new Set(["police", "hospital"]) };
    const decided = decideSigning(asked, { ...around, signer: must(signers[who], who) });
    expect(decided.ok ? decided.value.signedOn : decided.refusal.code).toBe(answer);
  });
});

describe("terms", () => {
  const terms: Terms = {
    parties: [
      { partnerId: "police", sends: true, receives: false, health: false },
      { partnerId: "council", sends: false, receives: true, health: false },
    ],
    startsOn: mustDay("2013-01-01"),
    reviewOn: mustDay("2013-06-30"),
    endsOn: mustDay("2013-12-31"),
    assessedOn: mustDay("2012-12-01"),
  };
  const around = { today, partnersHere: new Set(["police", "council"]), replaces: null };
  const [first, second] = terms.parties;
  const withParties = (...changes: readonly object[]) => ({
    ...terms,
    parties: changes.map((change) => ({ ...first, ...change })) as Terms["parties"],
  });
  const code = (one: Terms, more: Partial<Parameters<typeof refuseTerms>[1]> = {}) =>
    refuseTerms(one, { ...around, ...more })?.refusal.code ?? "accepted";

  it("are accepted where all is there", () => {
    expect(code(terms)).toBe("accepted");
    expect(code({ ...terms, endsOn: terms.reviewOn })).toBe("accepted");
  });

  it("are refused in the order of the form", () => {
    const end = { endedOn: today, replacedBy: null };
    expect(code(withParties({ partnerId: "stranger" }), { replaces: { title: "t", end } })).toBe("replaced_already");
    expect(code(withParties({ partnerId: "stranger" }, {}, {}))).toBe("partner_not_here");
    expect(code(withParties({}, { sends: false }))).toBe("party_twice");
    expect(code(withParties({ sends: false, health: true }))).toBe("party_does_nothing");
    expect(code(withParties({ sends: false, receives: true, health: true }))).toBe("health_not_sent");
    expect(code(withParties({ ...second }))).toBe("nobody_sends");
    expect(code(withParties({}))).toBe("nobody_receives");
    const late = {
      ...terms,
      assessedOn: mustDay("2013-03-30"),
      reviewOn: terms.startsOn,
      endsOn: mustDay("2012-01-01"),
    };
    expect(code(late)).toBe("assessed_later");
    expect(code({ ...late, assessedOn: today })).toBe("review_before_start");
    expect(code({ ...late, assessedOn: today, reviewOn: mustDay("2013-02-01") })).toBe("end_before_review");
    const past = { startsOn: mustDay("2012-01-01"), reviewOn: mustDay("2012-06-01"), endsOn: mustDay("2013-03-28") };
    expect(code({ ...terms, ...past })).toBe("over_already");
  });
});
