/**
 * The whole demonstration, for the loader: places, the figures of the source texts, the money of three places, and
 * people to sign in as. The published spending is made apart (spend.ts), because it is large.
 */
import { figures } from "./figures.ts";
import { ilfracombe } from "./ilfracombe.ts";
import { newcastle } from "./newcastle.ts";
import { BUSINESS_DATE, places } from "./places.ts";
import { greaterManchester } from "./salford.ts";
import { sources } from "./sources.ts";
import type { DemoLedger, DemoPerson, Words } from "./types.ts";

const ledgers: readonly DemoLedger[] = [greaterManchester, newcastle, ilfracombe];

const programmePeople: readonly DemoPerson[] = [
  {
    id: "programme",
    name: "Pamela Idris",
    email: "programme@onepot.example",
    roles: ["programme officer"],
    placeSlug: "programme",
    partnerId: null,
  },
];

/** Shown wherever what the demonstration made up is shown. */
const MADE_UP: Words = {
  en: "Made up for the demonstration, except figures that name their source.",
  cy: "Dychmygol, at ddibenion arddangos, heblaw ffigurau sy'n enwi eu ffynhonnell.",
};

export const demonstration = {
  businessDate: BUSINESS_DATE,
  madeUp: MADE_UP,
  places,
  sources,
  figures,
  ledgers,
  people: [...ledgers.flatMap((ledger) => ledger.people), ...programmePeople],
} as const;
