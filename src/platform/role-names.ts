/** Roles as people read them, on pages and in the words of refusals. */

import type { Language } from "../lib/language.ts";
import type { Role } from "./actor.ts";

const NAMES: Readonly<Record<Role, Readonly<Record<Language, string>>>> = {
  finance_officer: { en: "finance officer", cy: "swyddog cyllid" },
  pool_manager: { en: "pool manager", cy: "rheolwr y gronfa" },
  partner_officer: { en: "partner officer", cy: "swyddog partner" },
  key_worker: { en: "key worker", cy: "gweithiwr allweddol" },
  committee_member: { en: "committee member", cy: "aelod pwyllgor" },
  resident: { en: "resident", cy: "preswylydd" },
  analyst: { en: "analyst", cy: "dadansoddwr" },
  programme_officer: { en: "programme officer", cy: "swyddog rhaglen" },
  hub_officer: { en: "hub officer", cy: "swyddog canolfan" },
  information_governance_lead: { en: "information governance lead", cy: "arweinydd llywodraethu gwybodaeth" },
  auditor: { en: "auditor", cy: "archwilydd" },
  administrator: { en: "administrator", cy: "gweinyddwr" },
};

export function roleName(role: Role, language: Language): string {
  return NAMES[role][language];
}
