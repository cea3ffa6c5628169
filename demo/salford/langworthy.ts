/**
 * Langworthy's shadow account: what the council spends there on play in the school holidays, kept "as if" the
 * neighbourhood held it. Nobody's money moves. All made up. The payment is one that Salford made from its own budget and
 * published: the account names that line of the made-up spending, and adds nothing to it.
 */
import { mustDay } from "../../src/lib/day.ts";
import type {
  DemoAllocation,
  DemoCommitment,
  DemoContribution,
  DemoPartner,
  DemoPayment,
  DemoPot,
  DemoReach,
  DemoService,
  DemoStream,
} from "../types.ts";
import { SALFORD_GSS } from "./partners.ts";
import { FINANCE } from "./pots.ts";

const NEIGHBOURHOOD = "langworthy";
const POT = "langworthy-shadow-play";
const STREAM = "langworthy-play-2012";
const CONTRIBUTION = `${STREAM}-in-${POT}`;
const SUPPLIER = "penderwick";
const SERVICE = "play-langworthy";

const provider: DemoPartner = {
  id: SUPPLIER,
  name: "Penderwick Play Schemes (made up)",
  kind: "charity",
  parts: ["provider"],
  identifier: { scheme: "MADE-UP", code: "MADE-UP-GM-PENDERWICK" },
  madeUp: true,
};

const stream: DemoStream = {
  id: STREAM,
  name: {
    en: "Holiday play in Langworthy (part of the council's budget), 2012-13",
    cy: "Chwarae yn ystod y gwyliau yn Langworthy (rhan o gyllideb y cyngor), 2012-13",
  },
  payerId: "salford",
  holderId: "salford",
  councilGss: SALFORD_GSS,
  amountPence: 1_200_000n,
  from: mustDay("2012-04-01"),
  to: mustDay("2013-03-31"),
  power: "The council's own budget",
  conditions: ["Shadow only: the council keeps and spends this money"],
  ringFenced: false,
  note: "Shadow only: the council keeps and spends this money.",
  figureIds: [],
  madeUp: true,
};

const pot: DemoPot = {
  id: POT,
  name: {
    en: "Langworthy shadow account: holiday play",
    cy: "Cyfrif cysgodol Langworthy: chwarae yn ystod y gwyliau",
  },
  purpose: {
    en: "To see what a play budget held by Langworthy would buy.",
    cy: "I weld beth fyddai cyllideb chwarae dan ofal Langworthy yn ei brynu.",
  },
  mode: "shadow",
  hostId: "salford",
  councilGss: SALFORD_GSS,
  neighbourhoodSlug: NEIGHBOURHOOD,
  openedOn: mustDay("2012-06-11"),
  power: "No power is needed: no money moves",
  madeUp: true,
};

const contribution: DemoContribution = {
  id: CONTRIBUTION,
  streamId: STREAM,
  potId: POT,
  amountPence: 900_000n,
  date: mustDay("2012-06-18"),
  reference: "LSA-0001",
  ...FINANCE,
};

const allocation: DemoAllocation = {
  id: "langworthy-play",
  potId: POT,
  purpose: {
    en: "Play schemes in the school holidays, Langworthy",
    cy: "Cynlluniau chwarae yng ngwyliau'r ysgol, Langworthy",
  },
  themeId: "gm-early-intervention",
  amountPence: 600_000n,
  draws: [{ contributionId: CONTRIBUTION, amountPence: 600_000n }],
  date: mustDay("2012-06-28"),
  decidedBy: "Langworthy neighbourhood committee (made up)",
  power: "None: an entry in shadow accounts",
  minute: "LNC/12/06, minute 3",
  ...FINANCE,
};

const commitment: DemoCommitment = {
  id: "langworthy-order-play",
  allocationId: allocation.id,
  supplierId: SUPPLIER,
  serviceId: SERVICE,
  kind: "order",
  amountPence: 400_000n,
  draws: [{ contributionId: CONTRIBUTION, amountPence: 400_000n }],
  date: mustDay("2012-07-05"),
  reference: "LSA-ORDER-1",
  ...FINANCE,
};

/** Supplier, day, amounts and number are those of the published line. */
export const langworthyPayment: DemoPayment = {
  id: "langworthy-order-play-2012-08",
  commitmentId: commitment.id,
  supplierId: SUPPLIER,
  serviceId: SERVICE,
  netPence: 271_708n,
  vatPence: 54_341n,
  grossPence: 326_049n,
  draws: [{ contributionId: CONTRIBUTION, amountPence: 271_708n }],
  date: mustDay("2012-08-17"),
  forPeriod: { from: mustDay("2012-07-23"), to: mustDay("2012-08-10") },
  invoice: "PPS-LW-1208",
  documentNumber: "5200640214",
  asPublished: true,
  ...FINANCE,
};

const service: DemoService = {
  id: SERVICE,
  name: { en: "Holiday play scheme, Langworthy", cy: "Cynllun chwarae'r gwyliau, Langworthy" },
  description: {
    en: "Play for children aged 5 to 11 in the school holidays.",
    cy: "Chwarae i blant 5 i 11 oed yng ngwyliau'r ysgol.",
  },
  providerId: SUPPLIER,
  themeId: "gm-early-intervention",
  councilGss: SALFORD_GSS,
  neighbourhoodSlug: NEIGHBOURHOOD,
  areaName: "Langworthy",
  madeUp: true,
};

const reach: DemoReach = {
  serviceId: SERVICE,
  from: mustDay("2012-07-23"),
  to: mustDay("2012-08-31"),
  families: 26,
};

export const langworthy = {
  provider,
  stream,
  pot,
  contribution,
  allocation,
  commitment,
  payment: langworthyPayment,
  service,
  reach,
} as const;
