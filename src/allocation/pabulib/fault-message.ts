/** The form of a fault's sentences: one for each language, made of what was found and what would be right. */
import type { Language } from "../../lib/language.ts";
import type { Fault, FaultCode, GRADES } from "./faults.ts";

export type FaultMessage = { readonly [In in Language]: (words: Pick<Fault, "found" | "expected">) => string };

type OfGrade<Grade> = { [Code in FaultCode]: (typeof GRADES)[Code] extends Grade ? Code : never }[FaultCode];
export type ErrorCode = OfGrade<"error">;
export type WarningCode = OfGrade<"warning">;
