/**
 * Facts about an entry that an auditor looks at first; none says that anything is wrong, and none is added to another.
 * Source: ISA 240, "The Auditor's Responsibilities Relating to Fraud", application material on journal entries
 * (by whom they are made, outside usual hours, in round numbers). The hours and the size are parameters, said wherever the facts are shown.
 */
import type { Pence } from "../../lib/pence.ts";

/** London's clock: night is before the first hour or from the second on. */
export const NIGHT = { endsAtHour: 7, beginsAtHour: 20 } as const;
/** Whole thousands of pounds. */
export const ROUND_PENCE: Pence = 100_000n;

export type Unusual = { readonly weekend: boolean; readonly night: boolean; readonly round: boolean };

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  weekday: "short",
  hour: "2-digit",
  hourCycle: "h23",
});

export function unusualOf(entry: { readonly postedAt: Date; readonly amountPence: Pence }): Unusual {
  const parts = new Map(CLOCK.formatToParts(entry.postedAt).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get("hour"));
  return {
    weekend: parts.get("weekday") === "Sat" || parts.get("weekday") === "Sun",
    night: hour < NIGHT.endsAtHour || hour >= NIGHT.beginsAtHour,
    round: entry.amountPence > 0n && entry.amountPence % ROUND_PENCE === 0n,
  };
}
