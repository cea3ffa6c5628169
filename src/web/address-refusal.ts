/** What a page answers when its address names nothing. */
import type { Refusal } from "../lib/result.ts";

/** An address whose id is no id is the address of nothing: it gets the words of a record that is not there. */
export function asNotFound(refusal: Refusal, code: string): Refusal {
  return refusal.code === "input_not_valid" ? { code } : refusal;
}
