/** A role held in one area counts under that area's address. */
import { expect, it } from "vitest";
import type { Actor } from "./actor.ts";
import { type Permission, permits } from "./policy.ts";

const WIGAN = "018f3a52-0000-7000-8000-00000000000a";
const BURY = "018f3a52-0000-7000-8000-00000000000b";

const cases = `
  held in | at    | permission      | may
  whole   | whole | ledger.record   | yes
  whole   | wigan | ledger.record   | yes
  wigan   | whole | ledger.record   | no
  wigan   | wigan | ledger.record   | yes
  wigan   | bury  | ledger.record   | no
  wigan   | wigan | spending.import | yes
  wigan   | bury  | spending.import | no
  wigan   | whole | spending.import | no
  wigan   | wigan | people.manage   | no
  whole   | whole | money.read      | yes
`;

const areas: Readonly<Record<string, string | null>> = { whole: null, wigan: WIGAN, bury: BURY };

const rows = cases
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("|").map((cell) => cell.trim()));

it.each(rows)("held in %s, at %s: %s is %s", (held = "", at = "", permission = "", may = "") => {
  const actor: Actor = {
    kind: "person",
    userId: "018f3a52-0000-7000-8000-00000000000c",
    name: "Test Person",
    holdings: [{ role: "finance_officer", partnerId: null, areaId: areas[held] ?? null }],
  };
  expect(permits(actor, permission as Permission, areas[at] ?? null)).toBe(may === "yes");
});
