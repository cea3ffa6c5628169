/** The sentence of every fault, in every language: one that is missing does not compile. */
import type { Language } from "../../lib/language.ts";
import { ERROR_MESSAGES } from "./error-messages.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { Fault, FaultCode } from "./faults.ts";
import { WARNING_MESSAGES } from "./warning-messages.ts";

export const FAULT_MESSAGES: Readonly<Record<FaultCode, FaultMessage>> = { ...ERROR_MESSAGES, ...WARNING_MESSAGES };

/** What to tell the person who mends the file; the place of the fault is not in it. */
export function explainFault(fault: Fault, language: Language): string {
  return FAULT_MESSAGES[fault.code][language](fault);
}
