/**
 * Under which of a body's codes a record stands: the most exact mapping in force on its day, service with allocation before
 * allocation, before service, before pot. Two that would tie are refused when they are entered, so there is at most one.
 * The subjective groups are CIPFA's (Service Reporting Code of Practice for Local Authorities).
 */
import type { Day } from "../../lib/day.ts";
import type { Code } from "./match.ts";

export const SUBJECTIVE_GROUPS = [
  "Employees",
  "Premises-related expenditure",
  "Transport-related expenditure",
  "Supplies and services",
  "Third party payments",
  "Transfer payments",
  "Support services",
  "Depreciation and impairment losses",
  "Income",
  "Capital financing costs",
] as const;

/** What a mapping stands for; null is any. */
type For = { readonly potId: string; readonly allocationId: string | null; readonly serviceId: string | null };

export type Mapping = For &
  Code & {
    readonly mappingId: string;
    readonly bodyId: string;
    readonly subjectiveGroup: number;
    readonly startsOn: Day;
    readonly endsOn: Day | null;
  };

/** The mapping of the record on the day, or null where there is none. */
export function codeFor(record: For, on: { readonly day: Day; readonly mappings: readonly Mapping[] }): Mapping | null {
  const fitting = on.mappings.filter(
    (one) =>
      one.potId === record.potId &&
      inForce(one, on.day) &&
      (one.allocationId === null || one.allocationId === record.allocationId) &&
      (one.serviceId === null || one.serviceId === record.serviceId),
  );
  return fitting.sort((a, b) => exactness(b) - exactness(a))[0] ?? null;
}

function inForce({ startsOn, endsOn }: Pick<Mapping, "startsOn" | "endsOn">, day: Day): boolean {
  return startsOn <= day && (endsOn === null || endsOn >= day);
}

function exactness({ allocationId, serviceId }: For): number {
  return (allocationId === null ? 0 : 2) + (serviceId === null ? 0 : 1);
}

/** Whether two mappings stand for the same on some day, so that neither would win. */
export function ties(first: Omit<Mapping, "mappingId">, second: Omit<Mapping, "mappingId">): boolean {
  const same = (key: "bodyId" | "potId" | "allocationId" | "serviceId"): boolean => first[key] === second[key];
  const apart =
    (first.endsOn !== null && first.endsOn < second.startsOn) ||
    (second.endsOn !== null && second.endsOn < first.startsOn);
  return same("bodyId") && same("potId") && same("allocationId") && same("serviceId") && !apart;
}
