/**
 * Ilfracombe's shadow accounts: neighbourhood services, libraries and highways kept "as if" they were one budget, the
 * first step before co-commissioning. Nobody's money moves. The model is the source's; every amount is made up.
 */
import { mustDay } from "../src/lib/day.ts";
import { placeOrders } from "./drawing.ts";
import type {
  DemoAllocation,
  DemoContribution,
  DemoLedger,
  DemoPartner,
  DemoPot,
  DemoService,
  DemoStream,
  Words,
} from "./types.ts";

const YEAR = { from: mustDay("2012-04-01"), to: mustDay("2013-03-31") };
const BY = { preparedBy: "ilfracombe-pool", authorisedBy: "ilfracombe-finance" };
const NORTH_DEVON = "E07000043";

const partners: readonly DemoPartner[] = [
  {
    id: "north-devon-council",
    name: "North Devon Council",
    nameWelsh: "Cyngor Gogledd Dyfnaint",
    kind: "council",
    parts: ["host", "funder", "provider"],
    identifier: { scheme: "GSS", code: NORTH_DEVON },
    councilGss: NORTH_DEVON,
    madeUp: false,
  },
  {
    id: "devon-county-council",
    name: "Devon County Council",
    nameWelsh: "Cyngor Sir Dyfnaint",
    kind: "council",
    parts: ["funder", "provider"],
    identifier: { scheme: "GSS", code: "E10000008" },
    councilGss: "E10000008",
    madeUp: false,
  },
];

type Block = {
  readonly id: string;
  readonly holderId: string;
  readonly amountPence: bigint;
  readonly quarterPence: bigint;
  readonly themeId: string;
  readonly stream: Words;
  readonly pot: Words;
  readonly service: Words;
};

const BLOCKS: readonly Block[] = [
  {
    id: "neighbourhood",
    holderId: "north-devon-council",
    amountPence: 48_600_000n,
    quarterPence: 11_925_075n,
    themeId: "ilfracombe-neighbourhood",
    stream: {
      en: "Neighbourhood services in Ilfracombe, 2012-13",
      cy: "Gwasanaethau cymdogaeth yn Ilfracombe, 2012-13",
    },
    pot: {
      en: "Ilfracombe shadow account: neighbourhood services",
      cy: "Cyfrif cysgodol Ilfracombe: gwasanaethau cymdogaeth",
    },
    service: { en: "Street cleaning, parks and bins", cy: "Glanhau strydoedd, parciau a biniau" },
  },
  {
    id: "libraries",
    holderId: "devon-county-council",
    amountPence: 11_240_000n,
    quarterPence: 2_786_540n,
    themeId: "ilfracombe-libraries",
    stream: { en: "Ilfracombe library, 2012-13", cy: "Llyfrgell Ilfracombe, 2012-13" },
    pot: { en: "Ilfracombe shadow account: libraries", cy: "Cyfrif cysgodol Ilfracombe: llyfrgelloedd" },
    service: { en: "Ilfracombe library", cy: "Llyfrgell Ilfracombe" },
  },
  {
    id: "highways",
    holderId: "devon-county-council",
    amountPence: 37_450_000n,
    quarterPence: 8_410_225n,
    themeId: "ilfracombe-highways",
    stream: { en: "Highways in Ilfracombe, 2012-13", cy: "Priffyrdd yn Ilfracombe, 2012-13" },
    pot: { en: "Ilfracombe shadow account: highways", cy: "Cyfrif cysgodol Ilfracombe: priffyrdd" },
    service: { en: "Road and pavement repairs", cy: "Atgyweirio ffyrdd a phalmentydd" },
  },
];

function streamOf({ id, holderId, amountPence, stream }: Block): DemoStream {
  return {
    id: `ilfracombe-${id}-2012`,
    name: stream,
    payerId: holderId,
    holderId,
    amountPence,
    ...YEAR,
    power: "The council's own budget",
    conditions: ["Shadow only: the council keeps and spends this money"],
    ringFenced: false,
    note: "",
    figureIds: [],
    madeUp: true,
  };
}

function potOf({ id, pot }: Block): DemoPot {
  return {
    id: `ilfracombe-shadow-${id}`,
    name: pot,
    purpose: { en: "To see what one local budget would hold.", cy: "I weld beth fyddai mewn un gyllideb leol." },
    mode: "shadow",
    hostId: "north-devon-council",
    councilGss: NORTH_DEVON,
    neighbourhoodSlug: "ilfracombe",
    openedOn: mustDay("2012-05-01"),
    power: "No power is needed: no money moves",
    madeUp: true,
  };
}

function contributionOf({ id, amountPence }: Block, index: number): DemoContribution {
  return {
    id: `ilfracombe-in-${id}`,
    streamId: `ilfracombe-${id}-2012`,
    potId: `ilfracombe-shadow-${id}`,
    amountPence,
    date: mustDay("2012-05-08"),
    reference: `SHADOW-${index + 1}`,
    ...BY,
  };
}

function allocationOf({ id, amountPence, service, themeId }: Block): DemoAllocation {
  return {
    id: `ilfracombe-${id}`,
    potId: `ilfracombe-shadow-${id}`,
    purpose: service,
    themeId,
    amountPence,
    draws: [{ contributionId: `ilfracombe-in-${id}`, amountPence }],
    date: mustDay("2012-05-22"),
    decidedBy: "Ilfracombe neighbourhood board (made up)",
    power: "None: an entry in shadow accounts",
    minute: "INB/12/05, minute 2",
    ...BY,
  };
}

function serviceOf({ id, service, holderId, themeId }: Block): DemoService {
  return {
    id: `ilfracombe-${id}-service`,
    name: service,
    description: service,
    providerId: holderId,
    themeId,
    councilGss: NORTH_DEVON,
    areaName: "Ilfracombe",
    madeUp: true,
  };
}

const drawn = BLOCKS.map((block, index) =>
  placeOrders(allocationOf(block), [
    {
      id: `ilfracombe-shadow-order-${block.id}`,
      supplierId: block.holderId,
      serviceId: `ilfracombe-${block.id}-service`,
      kind: "award",
      date: mustDay("2012-05-29"),
      reference: `SHADOW-ORDER-${index + 1}`,
      payments: {
        netPence: block.quarterPence,
        vatPercent: 0,
        first: { year: 2012, month: 4 },
        everyMonths: 3,
        ordered: 4,
        paid: 3,
        payAfterDays: 20,
        invoicePrefix: `SHADOW-${index + 1}-`,
        firstDocument: 9_100_000_000 + index,
      },
    },
  ]),
);

export const ilfracombe: DemoLedger = {
  placeSlug: "north-devon",
  partners,
  people: [
    ["ilfracombe-finance", "Fiona Braund", "finance officer"] as const,
    ["ilfracombe-pool", "Piers Lovering", "pool manager"] as const,
    ["ilfracombe-resident", "Ruth Copp", "resident"] as const,
  ].map(([id, name, role]) => ({
    id,
    name,
    email: `${id}@onepot.example`,
    roles: [role],
    placeSlug: "north-devon",
    // Who keeps the accounts closes the books of the whole place; a resident lives in the town.
    ...(role === "resident" && { neighbourhoodSlug: "ilfracombe", councilGss: NORTH_DEVON }),
    partnerId: role === "resident" ? null : "north-devon-council",
  })),
  streams: BLOCKS.map(streamOf),
  pots: BLOCKS.map(potOf),
  contributions: BLOCKS.map(contributionOf),
  allocations: BLOCKS.map(allocationOf),
  commitments: drawn.flatMap((part) => part.commitments),
  payments: drawn.flatMap((part) => part.payments),
  services: BLOCKS.map(serviceOf),
  reach: [],
};
