/** A route's pattern as an address of one town: parameters by their name, those of later subjects added to the town. */
import type { RouteFound } from "./doors.ts";
import type { Town } from "./town.ts";

/** Parameters whose name is not that of the field that holds the record. */
const NAMES: Readonly<Record<string, string>> = {
  slug: "place",
  id: "record",
  stream: "streamId",
  allocation: "allocationId",
  commitment: "commitmentId",
  contribution: "contributionId",
  payment: "paymentId",
  transfer: "transferId",
  file: "fileId",
  upload: "uploadId",
  partner: "partnerId",
  service: "serviceId",
  theme: "themeId",
  area: "areaId",
  key: "keyId",
  holding: "holdingId",
  approval: "approvalId",
  authority: "authorityId",
  run: "runId",
  reading: "readingId",
  person: "matchedPersonId",
  personUpload: "personUploadId",
};

export function addressOf(route: Pick<RouteFound, "path">, town: Town): string {
  const known: Readonly<Record<string, string>> = {
    ...town.ids,
    place: town.slug,
    row: "2",
    year: "2012-13",
    quarter: "Q4",
    token: "made-up-token",
    // Of a published election, where a test publishes one.
    address: "town-2013",
    count: "greedy.cost.project-id",
    recordId: town.ids["paymentId"] ?? "",
  };
  return route.path
    .replaceAll(
      /:(\w+)(\([^)]*\))?/g,
      (_, name: string) => known[name] ?? known[NAMES[name] ?? ""] ?? "0199c0de-0000-7000-8000-000000000009",
    )
    .replace("*", "nothing");
}
