/**
 * Who may sign what, as lines of text. The worked examples are the schemes' own steps: West Lancashire 2023 (£25,000,
 * £50,000, £100,000, above), Oxfordshire 2004 (a director and a member together up to £250,000; capital for the council),
 * Waverley (£100, £1,000, £5,000, £50,000).
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";
import {
  AUTHORISING_ROLES,
  type AuthorisingRole,
  type Authority,
  authoritiesFor,
  decideSigning,
  reachOf,
  UNLESS_LAID_DOWN,
  whoMayAuthorise,
} from "./authority.ts";
import { SCHEMES, schemeNamed } from "./schemes.ts";

const TODAY = "2013-03-29" as Day;
const POT = "0199c0de-0000-7000-8000-000000000001";

const rulesOf = (scheme: string): readonly Authority[] =>
  (schemeNamed(scheme)?.steps ?? [UNLESS_LAID_DOWN]).map((step) => ({ ...UNLESS_LAID_DOWN, ...step }));

const pounds = (text: string): Pence =>
  BigInt(text.replaceAll(",", "").replace(".", "")) * (text.includes(".") ? 1n : 100n);

const cases = `
  scheme               | amount       | kind    | roles                             | signed           | says
  none                 | 9,000,000    | capital | finance_officer                   |                  | finance_officer 1
  none                 | 1            | revenue | pool_manager                      |                  | no: nothing; finance_officer
  none                 | 1            | revenue | committee_member, partner_officer |                  | no: nothing; finance_officer
  west-lancashire-2023 | 25,000       | revenue | pool_manager                      |                  | pool_manager 1
  west-lancashire-2023 | 25,000.01    | revenue | pool_manager                      |                  | no: 25000; finance_officer committee_member
  west-lancashire-2023 | 25,000       | revenue | pool_manager                      | pool_manager     | pool_manager 1
  west-lancashire-2023 | 50,000       | revenue | finance_officer                   |                  | finance_officer 1
  west-lancashire-2023 | 50,000.01    | revenue | finance_officer, pool_manager     |                  | no: 50000; committee_member
  west-lancashire-2023 | 100,000      | revenue | committee_member                  |                  | committee_member 1
  west-lancashire-2023 | 9,000,000    | revenue | committee_member                  |                  | committee_member 1
  west-lancashire-2023 | 1            | capital | finance_officer                   |                  | no: nothing; committee_member
  oxfordshire-2004     | 250,000      | revenue | finance_officer                   |                  | finance_officer 2
  oxfordshire-2004     | 250,000      | revenue | committee_member                  | finance_officer  | committee_member 2
  oxfordshire-2004     | 250,000      | revenue | finance_officer                   | finance_officer  | no: 250000; finance_officer committee_member
  oxfordshire-2004     | 250,000      | revenue | committee_member                  | committee_member | no: 250000; finance_officer committee_member
  oxfordshire-2004     | 250,000.01   | revenue | finance_officer                   |                  | no: 250000; committee_member
  oxfordshire-2004     | 250,000.01   | revenue | committee_member                  |                  | committee_member 1
  oxfordshire-2004     | 10           | capital | finance_officer                   |                  | no: nothing; committee_member
  oxfordshire-2004     | 10           | capital | committee_member                  |                  | committee_member 1
  waverley             | 100          | revenue | partner_officer                   |                  | partner_officer 1
  waverley             | 1,000.01     | revenue | partner_officer, pool_manager     |                  | no: 1000; finance_officer committee_member
  waverley             | 50,000       | revenue | committee_member                  |                  | committee_member 1
  waverley             | 50,000.01    | revenue | committee_member                  |                  | no: 50000;
`;

const rows = cases
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("|").map((cell) => cell.trim()));
const rolesIn = (text: string) =>
  text
    .split(",")
    .map((role) => role.trim())
    .filter(Boolean) as AuthorisingRole[];

describe("who may sign", () => {
  it.each(rows)("%s: £%s of %s by %s, signed by %s already: %s", (...row) => {
    const [scheme = "", amount = "", kind = "", roles = "", signed = "", says = ""] = row;
    const decided = decideSigning(rulesOf(scheme), {
      asked: { potId: POT, act: "payment", amountPence: pounds(amount), capital: kind === "capital" },
      roles: rolesIn(roles),
      signedAs: rolesIn(signed),
    });
    const said = decided.ok
      ? `${decided.value.role} ${decided.value.signatures}`
      : `no: ${decided.refusal.mostPence === null ? "nothing" : decided.refusal.mostPence / 100n}; ${decided.refusal.who.map(({ role }) => role).join(" ")}`.trim();
    expect(said).toBe(says);
  });
});

// Role, limit and signatures of each step. Two steps of one role are given in either order: the amount decides, not the order.
const steps = `
  steps                                                     | amount | roles                            | signed          | says
  finance_officer 500 2                                     | 500    | finance_officer                  | finance_officer | finance_officer 2
  finance_officer 500 2, committee_member any 1             | 500    | finance_officer                  | finance_officer | finance_officer 2
  finance_officer 500 2, committee_member any 1             | 500    | finance_officer committee_member |                 | committee_member 1
  finance_officer 500 2, pool_manager 500 2, committee_member any 1 | 500 | finance_officer             | finance_officer | no_authority
  finance_officer 500 2, finance_officer any 1              | 500    | finance_officer                  |                 | finance_officer 2
  finance_officer any 1, finance_officer 500 2              | 500    | finance_officer                  |                 | finance_officer 2
  finance_officer any 1, finance_officer 500 2              | 501    | finance_officer                  |                 | finance_officer 1
  finance_officer 500 1, finance_officer 900 2              | 500    | finance_officer                  |                 | finance_officer 1
  finance_officer 900 2, finance_officer 500 1              | 500    | finance_officer                  |                 | finance_officer 1
  finance_officer 900 2, finance_officer 500 1              | 501    | finance_officer                  |                 | finance_officer 2
  finance_officer 900 2, finance_officer 500 1              | 901    | finance_officer                  |                 | no_authority
`;

const tableOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("|").map((cell) => cell.trim()));

const stepsOf = (text: string): readonly Authority[] =>
  text.split(", ").map((one) => {
    const [role, upTo = "", signatures] = one.split(" ");
    return {
      ...UNLESS_LAID_DOWN,
      role: role as AuthorisingRole,
      upToPence: upTo === "any" ? null : pounds(upTo),
      capital: false,
      signatures: signatures === "2" ? 2 : 1,
    };
  });

describe("one signature or two", () => {
  it.each(tableOf(steps))("%s: £%s by %s, signed by %s already: %s", (...row) => {
    const [laidDown = "", amount = "", roles = "", signed = "", says = ""] = row;
    const decided = decideSigning(stepsOf(laidDown), {
      asked: { potId: POT, act: "payment", amountPence: pounds(amount), capital: false },
      roles: rolesIn(roles.replaceAll(" ", ",")),
      signedAs: rolesIn(signed),
    });
    expect(decided.ok ? `${decided.value.role} ${decided.value.signatures}` : decided.refusal.code).toBe(says);
  });

  // Beside the steps above: what a page says of an amount before anybody has signed, and how far each role reaches at all.
  const said = `
    steps                                          | amount | who may, and signatures                | up to how much at all
    finance_officer 500 2, committee_member 500 2  | 500    | finance_officer committee_member 2     | finance_officer 500, committee_member 500
    finance_officer 500 2, committee_member any 1  | 500    | finance_officer committee_member 1     | finance_officer 500, committee_member any
    finance_officer 500 2, committee_member any 1  | 501    | committee_member 1                     | finance_officer 500, committee_member any
    finance_officer any 1, finance_officer 500 2   | 500    | finance_officer 2                      | finance_officer any
    finance_officer 500 2, finance_officer any 1   | 501    | finance_officer 1                      | finance_officer any
    finance_officer 900 2, finance_officer 500 1   | 400    | finance_officer 1                      | finance_officer 900
    finance_officer 500 1, finance_officer 900 2   | 400    | finance_officer 1                      | finance_officer 900
    pool_manager 500 2                             | 501    | 1                                      | pool_manager 500
  `;

  it.each(tableOf(said))("%s: £%s is for %s; %s", (laidDown = "", amount = "", who = "", reach = "") => {
    const asked = { potId: POT, act: "payment", amountPence: pounds(amount), capital: false };
    const found = whoMayAuthorise(stepsOf(laidDown), asked);
    expect([...found.who.map(({ role }) => role), found.signatures].join(" ")).toBe(who);
    const upTo = (pence: Pence | null) => (pence === null ? "any" : pence / 100n);
    const reaches = reachOf(stepsOf(laidDown), asked).map((one) => `${one.role} ${upTo(one.upToPence)}`);
    expect(reaches.join(", ")).toBe(reach);
  });
});

describe("which limits hold", () => {
  const of = (more: Partial<Authority>): Authority => ({ ...UNLESS_LAID_DOWN, upToPence: 100n, ...more });
  const here = { potId: POT, today: TODAY };

  it("none laid down: a finance officer, any amount, revenue and capital", () => {
    expect(authoritiesFor([], here)).toEqual([UNLESS_LAID_DOWN]);
    expect(
      whoMayAuthorise([UNLESS_LAID_DOWN], { ...here, act: "payment", amountPence: 10n ** 15n, capital: true }),
    ).toEqual({ who: [{ role: "finance_officer", upToPence: null }], signatures: 1 });
  });

  it("a pot's own stand in place of those for every pot", () => {
    const [own, general] = [of({ potId: POT }), of({ role: "pool_manager" })];
    expect(authoritiesFor([own, general], here)).toEqual([own]);
    expect(authoritiesFor([own, general], { ...here, potId: "another" })).toEqual([general]);
    expect(authoritiesFor([own, general], { ...here, potId: null })).toEqual([general]);
  });

  it("from their first day, and no longer on the day they end", () => {
    const days = (startsOn: string, endsOn: string | null) =>
      of({ startsOn: startsOn as Day, endsOn: endsOn as Day | null });
    const holds = (one: Authority) => authoritiesFor([one], here)[0] === one;
    expect(holds(days("2013-03-29", null))).toBe(true);
    expect(holds(days("2013-03-30", null))).toBe(false);
    expect(holds(days("2012-04-01", "2013-03-30"))).toBe(true);
    expect(holds(days("2012-04-01", "2013-03-29"))).toBe(false);
  });

  it("one for a kind of act is for no other", () => {
    const asked = { potId: POT, amountPence: 1n, capital: false };
    const rules = [of({ act: "payment" })];
    expect(whoMayAuthorise(rules, { ...asked, act: "payment" }).who).toHaveLength(1);
    expect(whoMayAuthorise(rules, { ...asked, act: "allocation" }).who).toHaveLength(0);
  });
});

describe("always", () => {
  const rule = fc.record({
    potId: fc.constant(null),
    act: fc.constantFrom(null, "payment" as const, "allocation" as const),
    role: fc.constantFrom(...AUTHORISING_ROLES),
    upToPence: fc.option(fc.bigInt({ min: 1n, max: 1000n })),
    capital: fc.boolean(),
    signatures: fc.constantFrom(1 as const, 2 as const),
    startsOn: fc.constant(TODAY),
    endsOn: fc.constant(null),
  });
  const asked = fc.record({
    potId: fc.constant(POT),
    act: fc.constantFrom("payment" as const, "allocation" as const),
    amountPence: fc.bigInt({ min: 1n, max: 2000n }),
    capital: fc.boolean(),
  });

  it("nobody signs above the limits of their roles, and a smaller amount never needs a role that a larger does not", () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 8 }),
        asked,
        fc.constantFrom(...AUTHORISING_ROLES),
        (rules, what, role) => {
          const decide = (amountPence: Pence) =>
            decideSigning(rules, { asked: { ...what, amountPence }, roles: [role], signedAs: [] });
          const decided = decide(what.amountPence);
          const covers = rules.some(
            (one) =>
              one.role === role &&
              (one.act === null || one.act === what.act) &&
              (one.capital || !what.capital) &&
              (one.upToPence === null || one.upToPence >= what.amountPence),
          );
          expect(decided.ok).toBe(covers);
          if (decided.ok) expect(decide(1n).ok).toBe(true);
        },
      ),
    );
  });

  it("a scheme that can be laid down has a step for someone, and a source", () => {
    for (const { name, steps, source } of SCHEMES) {
      expect(source).not.toBe("");
      expect(steps.length > 0).toBe(name !== "blackpool");
    }
  });
});
