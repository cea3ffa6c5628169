/** A day as the three controls of a form's field. */
import type { FastifyRequest } from "fastify";
import { dayOf } from "../../../lib/day.ts";
import { fieldOf } from "../account/session.ts";

export type TypedDay = { readonly day: string; readonly month: string; readonly year: string };

export function typedDay(request: FastifyRequest, name: string): TypedDay {
  const part = (which: string) => fieldOf(request, `${name}-${which}`).trim().slice(0, 10);
  return { day: part("day"), month: part("month"), year: part("year") };
}

export const nothingTyped = ({ day, month, year }: TypedDay): boolean => `${day}${month}${year}` === "";

/** YYYY-MM-DD, or null where it is no real date. */
export function dayTyped({ day, month, year }: TypedDay): string | null {
  const [date, ofMonth, ofYear] = [day, month, year].map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : 0));
  return dayOf({ year: ofYear ?? 0, month: ofMonth ?? 0, day: date ?? 0 });
}

export function shownDay(day: string): TypedDay {
  const [year = "", month = "", date = ""] = day.split("-");
  return day === ""
    ? { day: "", month: "", year: "" }
    : { day: String(Number(date)), month: String(Number(month)), year };
}
