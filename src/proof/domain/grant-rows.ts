/**
 * Grants as 360Giving publishes them. Source: 360Giving Data Standard 1.3, flat table of grants: the ten fields that each
 * grant must have, under the titles of its spreadsheet, and org-id.guide for the identifiers of organisations. A body that
 * has no public identifier is named by the place's own prefix, and the column "Onepot:Missing" says so: data that is to be
 * published needs a prefix of the publisher's own from 360Giving.
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";

type OrgIdentifier = { readonly scheme: string; readonly identifier: string };
export type GrantBody = {
  readonly partnerId: string;
  readonly name: string;
  readonly identifiers: readonly OrgIdentifier[];
};
export type Grant = {
  readonly commitmentId: string;
  readonly title: string;
  readonly description: string;
  readonly amountPence: Pence;
  readonly awardedOn: Day;
  readonly endsOn: Day | null;
  readonly recipient: GrantBody;
  readonly funder: GrantBody;
};

/** Schemes of org-id.guide, the one to be preferred first: charities, companies, local authorities, the NHS, providers. */
const SCHEMES: readonly (readonly [scheme: string, prefix: string])[] = [
  ["GB-CHC", "GB-CHC"],
  ["GB-SC", "GB-SC"],
  ["GB-NIC", "GB-NIC"],
  ["GB-COH", "GB-COH"],
  ["GB-LAE", "GB-LAE"],
  ["GB-LAS", "GB-LAS"],
  ["GB-NHS", "GB-NHS"],
  ["UKPRN", "GB-UKPRN"],
];

export const GRANT_TITLES = [
  "Identifier",
  "Title",
  "Description",
  "Currency",
  "Amount Awarded",
  "Award Date",
  "Planned Dates:End Date",
  "Recipient Org:Identifier",
  "Recipient Org:Name",
  "Funding Org:Identifier",
  "Funding Org:Name",
  "Onepot:Missing",
] as const;

export function grantRow(grant: Grant, slug: string): readonly (string | bigint | null)[] {
  const recipient = orgIdentifier(grant.recipient, slug);
  const funder = orgIdentifier(grant.funder, slug);
  const missing = [
    ...(grant.title === "" ? ["Title"] : []),
    ...(grant.description === "" ? ["Description"] : []),
    ...(recipient.own ? ["public identifier of the recipient"] : []),
    ...(funder.own ? ["public identifier of the funder"] : []),
  ];
  return [
    `onepot-${slug}-${grant.commitmentId}`,
    grant.title,
    grant.description,
    "GBP",
    grant.amountPence,
    grant.awardedOn,
    grant.endsOn,
    recipient.identifier,
    grant.recipient.name,
    funder.identifier,
    grant.funder.name,
    missing.join("; "),
  ];
}

/** The public identifier that is preferred, or the place's own. */
export function orgIdentifier(body: GrantBody, slug: string): { readonly identifier: string; readonly own: boolean } {
  for (const [scheme, prefix] of SCHEMES) {
    const found = body.identifiers.find((one) => one.scheme === scheme);
    if (found !== undefined) return { identifier: `${prefix}-${found.identifier}`, own: false };
  }
  return { identifier: `onepot-${slug}-org-${body.partnerId}`, own: true };
}
