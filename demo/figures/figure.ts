/** A short way to write a figure: what is not said is empty, and a source's figure is "sourced". */
import type { DemoFigure, FigureValue, Words } from "../types.ts";

const PENCE_A_POUND = 100n;
const MILLION = 1_000_000n;

export function words(en: string, cy: string): Words {
  return { en, cy };
}

export function pounds(amount: bigint, to?: bigint): FigureValue {
  const pence = amount * PENCE_A_POUND;
  return to === undefined ? { kind: "money", pence } : { kind: "money", pence, toPence: to * PENCE_A_POUND };
}

export function millions(amount: bigint, to?: bigint): FigureValue {
  return to === undefined ? pounds(amount * MILLION) : pounds(amount * MILLION, to * MILLION);
}

export function number(
  text: string,
  more: { readonly toText?: string; readonly bound?: "up to" | "at least" | "around" | "less than" | "over" } = {},
): FigureValue {
  return { kind: "number", text, ...more };
}

type Short = Pick<DemoFigure, "id" | "label" | "quote" | "value" | "unit" | "date" | "sourceId" | "usedIn"> &
  Partial<Omit<DemoFigure, "id">>;

export function figure(short: Short): DemoFigure {
  return {
    placeSlug: "programme",
    period: "",
    confidence: short.sourceId === "worked-out" ? "derived" : "sourced",
    note: "",
    disagreesWith: [],
    derivedFrom: [],
    ...short,
  };
}
