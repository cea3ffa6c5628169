/**
 * Newcastle's neighbourhood pot for Cowgate, Kenton Bar and Montagu: ward committees invest in family support from a
 * community enterprise. The model is the source's; every amount, and every body but the public ones, is made up.
 */
import { mustDay } from "../src/lib/day.ts";
import { placeOrders } from "./drawing.ts";
import type { DemoAllocation, DemoContribution, DemoLedger, DemoPartner, DemoStream } from "./types.ts";

const YEAR = { from: mustDay("2012-04-01"), to: mustDay("2013-03-31") };
const BY = { preparedBy: "newcastle-pool", authorisedBy: "newcastle-finance" };
const POT = "newcastle-families";

const partners: readonly DemoPartner[] = [
  {
    id: "newcastle-council",
    name: "Newcastle City Council",
    kind: "council",
    parts: ["host", "funder", "commissioner"],
    identifier: { scheme: "GSS", code: "E08000021" },
    councilGss: "E08000021",
    madeUp: false,
  },
  {
    id: "nhs-north-of-tyne",
    name: "NHS North of Tyne",
    nameWelsh: "GIG Gogledd y Tyne",
    kind: "nhs",
    parts: ["funder"],
    identifier: { scheme: "MADE-UP", code: "MADE-UP-NE-NHS" },
    madeUp: false,
  },
  {
    id: "action-for-children",
    name: "Action for Children",
    kind: "charity",
    parts: ["provider"],
    identifier: { scheme: "MADE-UP", code: "MADE-UP-NE-AFC" },
    madeUp: false,
  },
  {
    id: "three-estates",
    name: "Three Estates Community Enterprise (made up)",
    kind: "social enterprise",
    parts: ["provider"],
    identifier: { scheme: "MADE-UP", code: "MADE-UP-NE-TECE" },
    madeUp: true,
  },
  {
    id: "ward-committee",
    name: "Ward committees of Cowgate, Kenton Bar and Montagu",
    kind: "resident body",
    parts: ["commissioner"],
    identifier: { scheme: "MADE-UP", code: "MADE-UP-NE-WARD" },
    madeUp: false,
  },
];

const streams: readonly DemoStream[] = [
  {
    id: "newcastle-revenue-2012",
    name: {
      en: "Newcastle family support budget (part), 2012-13",
      cy: "Cyllideb cymorth i deuluoedd Newcastle (rhan), 2012-13",
    },
    payerId: "newcastle-council",
    holderId: "newcastle-council",
    amountPence: 14_850_000n,
    ...YEAR,
    power: "Section 1 of the Localism Act 2011 (general power of competence)",
    conditions: ["For families who live in the three areas"],
    ringFenced: false,
    note: "",
    figureIds: [],
    madeUp: true,
  },
  {
    id: "newcastle-health-2012",
    name: { en: "NHS North of Tyne, family health, 2012-13", cy: "GIG Gogledd y Tyne, iechyd teuluoedd, 2012-13" },
    payerId: "nhs-north-of-tyne",
    holderId: "nhs-north-of-tyne",
    amountPence: 4_200_000n,
    ...YEAR,
    power: "Section 256 of the National Health Service Act 2006",
    conditions: ["For services that also improve health"],
    ringFenced: true,
    note: "",
    figureIds: [],
    madeUp: true,
  },
];

const contributions: readonly DemoContribution[] = [
  { streamId: "newcastle-revenue-2012", amountPence: 14_850_000n, date: "2012-06-14", reference: "NCB-0001" },
  { streamId: "newcastle-health-2012", amountPence: 3_600_000n, date: "2012-06-20", reference: "NCB-0002" },
].map(({ date, ...rest }) => ({ id: `${rest.streamId}-in-${POT}`, potId: POT, date: mustDay(date), ...rest, ...BY }));

const familySupport: DemoAllocation = {
  id: "newcastle-family-support",
  potId: POT,
  purpose: { en: "Family support by neighbours who are trained", cy: "Cymorth i deuluoedd gan gymdogion hyfforddedig" },
  themeId: "newcastle-family-support",
  amountPence: 12_000_000n,
  draws: [
    { contributionId: `newcastle-health-2012-in-${POT}`, amountPence: 3_600_000n },
    { contributionId: `newcastle-revenue-2012-in-${POT}`, amountPence: 8_400_000n },
  ],
  date: mustDay("2012-07-05"),
  decidedBy: "Joint meeting of the three ward committees (made up)",
  power: "Section 101 of the Local Government Act 1972: scheme of delegation (made up)",
  minute: "WC/12/07, minute 3",
  ...BY,
};

const drawn = placeOrders(familySupport, [
  {
    id: "newcastle-order-support",
    supplierId: "three-estates",
    serviceId: "newcastle-peer-parenting",
    date: mustDay("2012-07-16"),
    reference: "PO-NCB-01",
    payments: {
      netPence: 985_050n,
      vatPercent: 0,
      first: { year: 2012, month: 8 },
      everyMonths: 1,
      ordered: 8,
      paid: 7,
      payAfterDays: 16,
      invoicePrefix: "TECE",
      firstDocument: 7_100_000_210,
    },
  },
]);

export const newcastle: DemoLedger = {
  placeSlug: "newcastle",
  partners,
  people: [
    ["newcastle-finance", "Frances Oyelaran", "finance officer"] as const,
    ["newcastle-pool", "Paul Redpath", "pool manager"] as const,
    ["newcastle-committee", "Christine Milburn", "committee member"] as const,
    ["newcastle-resident", "Ravi Charlton", "resident"] as const,
  ].map(([id, name, role]) => ({
    id,
    name,
    email: `${id}@onepot.example`,
    roles: [role],
    placeSlug: "newcastle",
    neighbourhoodSlug: "cowgate-kenton-bar-montagu",
    councilGss: "E08000021",
    partnerId: role === "finance officer" || role === "pool manager" ? "newcastle-council" : null,
  })),
  streams,
  pots: [
    {
      id: POT,
      name: {
        en: "Cowgate, Kenton Bar and Montagu families pot",
        cy: "Cronfa deuluoedd Cowgate, Kenton Bar a Montagu",
      },
      purpose: {
        en: "Family support that ward committees choose.",
        cy: "Cymorth i deuluoedd o ddewis pwyllgorau ward.",
      },
      mode: "delegated",
      hostId: "newcastle-council",
      councilGss: "E08000021",
      neighbourhoodSlug: "cowgate-kenton-bar-montagu",
      openedOn: mustDay("2012-06-04"),
      power: "Section 101 of the Local Government Act 1972: scheme of delegation (made up)",
      madeUp: true,
    },
  ],
  contributions,
  allocations: [familySupport],
  commitments: drawn.commitments,
  payments: drawn.payments,
  services: [
    {
      id: "newcastle-peer-parenting",
      name: { en: "Peer-parenting volunteers", cy: "Gwirfoddolwyr magu plant gan gymheiriaid" },
      description: {
        en: "Residents trained to support other parents.",
        cy: "Trigolion wedi'u hyfforddi i gefnogi rhieni eraill.",
      },
      providerId: "three-estates",
      themeId: "newcastle-family-support",
      councilGss: "E08000021",
      areaName: "Cowgate, Kenton Bar and Montagu",
      madeUp: true,
    },
  ],
  reach: [
    { serviceId: "newcastle-peer-parenting", from: mustDay("2012-08-01"), to: mustDay("2012-09-30"), families: 3 },
    { serviceId: "newcastle-peer-parenting", from: mustDay("2012-10-01"), to: mustDay("2012-12-31"), families: 17 },
    { serviceId: "newcastle-peer-parenting", from: mustDay("2013-01-01"), to: mustDay("2013-03-29"), families: 24 },
  ],
};
