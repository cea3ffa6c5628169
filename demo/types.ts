/**
 * The shapes of the demonstration: plain data that a loader turns into records. Keys are short stable words; the
 * loader makes an identifier of each. Money is whole pence. `madeUp` is true of whatever never happened: organisations,
 * amounts and people invented for the demonstration. What the five source texts say is in figures.ts, with its source.
 */
import type { Day } from "../src/lib/day.ts";
import type { Pence } from "../src/lib/pence.ts";

/** What the public reads, in both languages. */
export type Words = { readonly en: string; readonly cy: string };

export type Mode = "aligned" | "shadow" | "pooled" | "delegated";

export type PlaceKind = "whole_place" | "council" | "programme";

/** An area of a neighbourhood: a ward, or any named area; `liesIn` names the wards it is in, as far as is known. */
export type DemoArea =
  | { readonly kind: "ward"; readonly code: string; readonly name: string }
  | { readonly kind: "area"; readonly name: string; readonly liesIn: readonly string[]; readonly note: string };

export type LeadBody =
  | "council"
  | "ward committee"
  | "resident-led trust"
  | "partnership"
  | "housing association"
  | "community";

export type DemoNeighbourhood = {
  readonly slug: string;
  readonly name: Words;
  /** Other spellings found in the sources, kept so that a search for them finds the place. */
  readonly otherSpellings: readonly string[];
  readonly councilGss: string;
  readonly areas: readonly DemoArea[];
  readonly mode: Mode;
  readonly leadBody: LeadBody;
  /** The source's own words for the model; empty where no source names the neighbourhood. */
  readonly quote: string;
  readonly sourceId: string;
  readonly themes: readonly DemoTheme[];
};

export type DemoProject = { readonly id: string; readonly name: Words };

export type DemoTheme = {
  readonly id: string;
  readonly name: Words;
  readonly projects: readonly DemoProject[];
  /** The source, or null where the theme is made up. */
  readonly sourceId: string | null;
};

export type DemoPlace = {
  readonly slug: string;
  readonly name: Words;
  readonly kind: PlaceKind;
  /** Councils by GSS code, as they stood on the business date. */
  readonly councils: readonly string[];
  readonly hostGss: string | null;
  readonly description: Words;
  readonly themes: readonly DemoTheme[];
  readonly neighbourhoods: readonly DemoNeighbourhood[];
  readonly businessDate: Day;
  readonly sourceId: string;
};

export type PartnerKind =
  | "council"
  | "police"
  | "nhs"
  | "central government"
  | "housing association"
  | "school"
  | "charity"
  | "social enterprise"
  | "company"
  | "partnership"
  | "resident body";

export type PartnerPart = "funder" | "commissioner" | "provider" | "host" | "centre";

export type DemoPartner = {
  readonly id: string;
  readonly name: string;
  readonly nameWelsh?: string;
  readonly kind: PartnerKind;
  readonly parts: readonly PartnerPart[];
  /** A public identifier: a GSS code, or one that says it is made up. */
  readonly identifier: { readonly scheme: "GSS" | "MADE-UP"; readonly code: string };
  readonly councilGss?: string;
  readonly madeUp: boolean;
};

export type Role =
  | "finance officer"
  | "pool manager"
  | "partner officer"
  | "key worker"
  | "committee member"
  | "resident"
  | "analyst"
  | "programme officer"
  | "hub officer"
  | "information governance lead"
  | "auditor"
  | "administrator";

export type DemoPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly placeSlug: string;
  readonly neighbourhoodSlug?: string;
  readonly councilGss?: string;
  readonly partnerId: string | null;
};

export type DemoStream = {
  readonly id: string;
  readonly name: Words;
  /** Who pays the money out, and the partner of the place that holds it. */
  readonly payerId: string;
  readonly holderId: string;
  readonly councilGss?: string;
  readonly amountPence: Pence;
  readonly from: Day;
  readonly to: Day;
  /** The power or grant the money comes under. */
  readonly power: string;
  readonly conditions: readonly string[];
  readonly ringFenced: boolean;
  readonly note: string;
  readonly figureIds: readonly string[];
  readonly madeUp: true;
};

export type DemoPot = {
  readonly id: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly mode: Mode;
  readonly hostId: string;
  readonly councilGss?: string;
  readonly neighbourhoodSlug?: string;
  readonly openedOn: Day;
  readonly power: string;
  readonly madeUp: true;
};

/** Prepared by one person and authorised by another: the two-person rule. */
export type TwoPeople = { readonly preparedBy: string; readonly authorisedBy: string };

export type DemoContribution = TwoPeople & {
  readonly id: string;
  readonly streamId: string;
  readonly potId: string;
  readonly amountPence: Pence;
  readonly date: Day;
  readonly reference: string;
};

/** Part of an amount that is drawn on one contribution. The parts of a record sum to its amount. */
export type Draw = { readonly contributionId: string; readonly amountPence: Pence };

export type DemoAllocation = TwoPeople & {
  readonly id: string;
  readonly potId: string;
  readonly purpose: Words;
  readonly themeId: string;
  readonly amountPence: Pence;
  readonly draws: readonly Draw[];
  readonly date: Day;
  readonly decidedBy: string;
  readonly power: string;
  readonly minute: string;
};

export type DemoCommitment = TwoPeople & {
  readonly id: string;
  readonly allocationId: string;
  readonly supplierId: string;
  readonly serviceId: string;
  readonly kind: "order" | "award" | "grant";
  readonly amountPence: Pence;
  readonly draws: readonly Draw[];
  readonly date: Day;
  readonly reference: string;
};

/** The net amount is charged to the pot; the host recovers the tax. Gross is net and tax together. */
export type DemoPayment = TwoPeople & {
  readonly id: string;
  readonly commitmentId: string;
  readonly supplierId: string;
  readonly serviceId: string;
  readonly netPence: Pence;
  readonly vatPence: Pence;
  readonly grossPence: Pence;
  readonly draws: readonly Draw[];
  readonly date: Day;
  readonly forPeriod: { readonly from: Day; readonly to: Day };
  readonly invoice: string;
  /** The document number in the host's finance system, the same as in its published spending. */
  readonly documentNumber: string;
  /** Of a shadow pot: the council made this payment from its own budget and published it, so the record names that line. */
  readonly asPublished?: true;
};

export type DemoService = {
  readonly id: string;
  readonly name: Words;
  readonly description: Words;
  readonly providerId: string;
  readonly themeId: string;
  readonly councilGss?: string;
  /** Where the service is one neighbourhood's alone: it is then listed there and not with its council's. */
  readonly neighbourhoodSlug?: string;
  /** Whom the provider's returns of families count, in words. */
  readonly areaName: string;
  readonly madeUp: true;
};

/** Families reached. Counts under the place's threshold must be suppressed wherever they are shown. */
export type DemoReach = {
  readonly serviceId: string;
  readonly from: Day;
  readonly to: Day;
  readonly families: number;
};

/** The money of one place. */
export type DemoLedger = {
  readonly placeSlug: string;
  readonly partners: readonly DemoPartner[];
  readonly people: readonly DemoPerson[];
  readonly streams: readonly DemoStream[];
  readonly pots: readonly DemoPot[];
  readonly contributions: readonly DemoContribution[];
  readonly allocations: readonly DemoAllocation[];
  readonly commitments: readonly DemoCommitment[];
  readonly payments: readonly DemoPayment[];
  readonly services: readonly DemoService[];
  readonly reach: readonly DemoReach[];
};

/** An information-sharing agreement; days as YYYY-MM-DD. Each party signed on paper on a day. */
export type DemoAgreement = {
  readonly placeSlug: string;
  readonly preparedBy: string;
  readonly title: Words;
  readonly purposes: readonly ("find_families" | "support_family" | "evaluation")[];
  readonly gateway: string;
  readonly basis: string;
  readonly specialBasis: string;
  readonly crimeBasis: string;
  readonly keepDays: number;
  readonly startsOn: string;
  readonly reviewOn: string;
  readonly endsOn: string;
  readonly assessment: string;
  readonly assessedOn: string;
  readonly privacyNotice: string;
  readonly parties: readonly {
    readonly partnerId: string;
    readonly does: "sends" | "sends health data" | "receives" | "both";
    /** Who records the paper, and the day on it. */
    readonly signedBy: string;
    readonly paperOn: string;
  }[];
  readonly paperAt: string;
};

export type DemoSource = {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  /** As precise as is known: a day, a month or a year. */
  readonly date: string;
  /** Which of the five source texts (0 to 4); null for what was published elsewhere. */
  readonly seed: 0 | 1 | 2 | 3 | 4 | null;
};

export type FigureValue =
  | { readonly kind: "money"; readonly pence: Pence; readonly toPence?: Pence; readonly bound?: Bound }
  | { readonly kind: "number"; readonly text: string; readonly toText?: string; readonly bound?: Bound };

/** "up to 120,000", "at least sixty", "around fifty", "less than one per cent": part of the figure, never dropped. */
export type Bound = "up to" | "at least" | "around" | "less than" | "over";

export type DemoFigure = {
  readonly id: string;
  readonly placeSlug: string;
  readonly label: Words;
  /** As the source prints it, to the letter. */
  readonly quote: string;
  readonly value: FigureValue;
  readonly unit: string;
  /** What the amount covers in time ("a year", "5 years"), empty when it is a count at a date. */
  readonly period: string;
  readonly date: string;
  readonly priceYear?: string;
  readonly sourceId: string;
  readonly confidence: "sourced" | "derived" | "general knowledge";
  readonly note: string;
  readonly disagreesWith: readonly string[];
  /** The figures that a derived one is worked out from. */
  readonly derivedFrom: readonly string[];
  /** Pages or records that show it. */
  readonly usedIn: readonly string[];
};

export type SpendFile = {
  readonly placeSlug: string;
  readonly publisherGss: string;
  readonly name: string;
  readonly text: string;
};
