/**
 * The written forms of public identifiers of organisations (org-id.guide lists the schemes; GB-COH: Companies House,
 * GB-CHC: Charity Commission, GB-NHS: NHS ODS, GSS: ONS area codes, UKPRN: learning providers).
 */
const FORMS: Readonly<Record<string, { readonly pattern: RegExp; readonly form: string }>> = {
  "GB-COH": { pattern: /^(?:\d{8}|[A-Z]{2}\d{6})$/, form: "8 figures, or 2 letters and 6 figures" },
  "GB-CHC": { pattern: /^\d{6,7}(?:-\d{1,3})?$/, form: "6 or 7 figures" },
  "GB-NHS": { pattern: /^[A-Z0-9]{3,6}$/, form: "3 to 6 capital letters and figures" },
  "GB-LAE": { pattern: /^[A-Z]{3}$/, form: "3 capital letters" },
  GSS: { pattern: /^[EWSN]\d{8}$/, form: "a letter and 8 figures" },
  UKPRN: { pattern: /^1\d{7}$/, form: "8 figures that begin with 1" },
};

/** Null where the identifier is well written, or its scheme is not one we know; otherwise the form it should have. */
export function identifierFault(scheme: string, identifier: string): string | null {
  const known = FORMS[scheme];
  if (!known || known.pattern.test(identifier)) return null;
  return known.form;
}
