/**
 * What a cost is: the ten groups of the subjective analysis that councils' accounts share. Source: CIPFA, Service Reporting
 * Code of Practice for Local Authorities (SeRCOP), the recommended standard subjective analysis: groups 1 to 9 make up net
 * cost of services, group 10 stands outside it.
 */
import type { Language } from "../../lib/language.ts";

export type SubjectiveGroup = { readonly group: number; readonly en: string; readonly cy: string };

export const SUBJECTIVE_GROUPS: readonly SubjectiveGroup[] = [
  { group: 1, en: "Employees", cy: "Gweithwyr" },
  { group: 2, en: "Premises-related expenditure", cy: "Gwariant sy'n gysylltiedig ag eiddo" },
  { group: 3, en: "Transport-related expenditure", cy: "Gwariant sy'n gysylltiedig â thrafnidiaeth" },
  { group: 4, en: "Supplies and services", cy: "Cyflenwadau a gwasanaethau" },
  { group: 5, en: "Third party payments", cy: "Taliadau i drydydd partïon" },
  { group: 6, en: "Transfer payments", cy: "Taliadau trosglwyddo" },
  { group: 7, en: "Support services", cy: "Gwasanaethau cymorth" },
  { group: 8, en: "Depreciation and impairment losses", cy: "Dibrisiant a cholledion amhariad" },
  { group: 9, en: "Income", cy: "Incwm" },
  { group: 10, en: "Capital financing costs", cy: "Costau cyllido cyfalaf" },
];

/** A group of the ten by its number has a name, "4 Supplies and services"; an account code of the host's own stands as it is. */
export function groupText(code: string, language: Language): string {
  const known = SUBJECTIVE_GROUPS.find(({ group }) => String(group) === code);
  return known === undefined ? code : `${known.group} ${known[language]}`;
}
