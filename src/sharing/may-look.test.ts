/** Who may look: for the host without a partner, for a party that receives, and nobody who is here for themselves. */
import { describe, expect, it } from "vitest";
import type { Actor, Role } from "../platform/actor.ts";
import { mayLook } from "./may-look.ts";

const party = { name: "", nameWelsh: null, health: false };
const parties = [
  { ...party, partnerId: "police", sends: true, receives: false },
  { ...party, partnerId: "council", sends: false, receives: true },
];

describe("looking", () => {
  const person = (...holdings: readonly (readonly [Role, string | null])[]): Actor => ({
    kind: "person",
    userId: "u",
    name: "n",
    holdings: holdings.map(([role, partnerId]) => ({ role, partnerId, areaId: null })),
  });

  it.each([
    [person(["key_worker", "council"]), true],
    [person(["key_worker", "police"]), false],
    [person(["key_worker", "elsewhere"]), false],
    [person(["key_worker", null]), true],
    [person(["auditor", null]), true],
    [person(["resident", null]), false],
    [person(["committee_member", null]), false],
    [person(["resident", "council"]), false],
    [person(["resident", null], ["analyst", "council"]), true],
    [person(), false],
    [{ kind: "key", keyId: "k", partnerId: "council", scopes: [] } as Actor, true],
    [{ kind: "key", keyId: "k", partnerId: "police", scopes: [] } as Actor, false],
    [{ kind: "operator" } as Actor, false],
    [{ kind: "public" } as Actor, false],
  ])("%o may: %s", (actor, may) => {
    expect(mayLook(actor, { parties })).toBe(may);
  });
});
