/**
 * The four modes of a pot, in the order in which places take them, and what each allows. In aligned and shadow pots
 * nobody's money moves: their accounts are the shadow book. Only the other two are real.
 */
export const MODES_IN_ORDER = ["aligned", "shadow", "pooled", "delegated"] as const;
type Mode = (typeof MODES_IN_ORDER)[number];

export function bookOf(mode: Mode): "real" | "shadow" {
  return mode === "pooled" || mode === "delegated" ? "real" : "shadow";
}

/** A step goes forward. Where it reaches the real book, a new pot follows the old one, whose accounts stay as they are. */
export function decideStep(from: Mode, to: Mode): "backwards" | "same_pot" | "new_pot" {
  if (MODES_IN_ORDER.indexOf(to) <= MODES_IN_ORDER.indexOf(from)) return "backwards";
  return bookOf(from) === bookOf(to) ? "same_pot" : "new_pot";
}
