/** What the demonstration brings, matches and reads of made-up families: how many, whose registers, and how much of the queue was read. */
import type { AgencyFile } from "../../src/linkage/index.ts";

type Register = { readonly source: string; readonly partnerId: string; readonly name: string };

export const familyFiles: {
  readonly families: number;
  readonly seed: number;
  readonly registers: Readonly<Record<AgencyFile["agency"], Register>>;
  /** How many pairs each reader read, and how many were drawn by lot to measure. */
  readonly readFirst: number;
  readonly readSecond: number;
  readonly drawn: number;
  readonly drawnAgain: number;
  readonly threshold: number;
  readonly reason: string;
} = {
  families: 1500,
  seed: 2013,
  registers: {
    police: { source: "Custody and incidents", partnerId: "police", name: "police-incidents-2013-03.csv" },
    school: { source: "Pupils", partnerId: "weirside", name: "school-pupils-2013-03.csv" },
    hospital: { source: "Accident and emergency", partnerId: "hospital", name: "hospital-emergency-2013-03.csv" },
    court: { source: "Court hearings", partnerId: "court", name: "court-hearings-2013-03.csv" },
    "council-tax": { source: "Council tax", partnerId: "salford", name: "council-tax-2013-03.csv" },
    "social-care": { source: "Children's social care", partnerId: "salford", name: "social-care-2013-03.csv" },
    jobcentre: { source: "Jobcentre claims", partnerId: "jobcentre", name: "jobcentre-claims-2013-03.csv" },
  },
  readFirst: 60,
  readSecond: 30,
  drawn: 430,
  drawnAgain: 55,
  threshold: 0.99,
  reason: "Agreed by the partners' information governance group on 26 March 2013 (made up)",
};
