/**
 * How long a debt has stood: from the period end at which it was first recorded under its reference to the day asked for, in
 * the bands of an aged debtors report (30, 60 and 90 days).
 */
import type { Day } from "../../lib/day.ts";
import type { Pence } from "../../lib/pence.ts";

export const BANDS = ["to30", "to60", "to90", "over90"] as const;
export type Band = (typeof BANDS)[number];
export const NO_BANDS: Readonly<Record<Band, Pence>> = { to30: 0n, to60: 0n, to90: 0n, over90: 0n };

export function ageDays(since: Day, day: Day): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${since}T00:00:00Z`)) / 86_400_000);
}

export function bandOf(days: number): Band {
  return days <= 30 ? "to30" : days <= 60 ? "to60" : days <= 90 ? "to90" : "over90";
}

export function addToBands(
  bands: Readonly<Record<Band, Pence>>,
  one: { readonly since: Day; readonly day: Day; readonly pence: Pence },
): Readonly<Record<Band, Pence>> {
  const band = bandOf(ageDays(one.since, one.day));
  return { ...bands, [band]: bands[band] + one.pence };
}
